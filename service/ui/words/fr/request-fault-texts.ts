import type { REQUEST_FAULT_TEXTS } from '../../../domain/request-fault-texts.ts'

export const requestFaultTexts = {
  'nothing-with-id': 'Il n’y a rien avec cet identifiant.',
  'nothing-at-address': 'Il n’y a rien à cette adresse.',
  'address-not-decoded': 'L’adresse ne peut pas être décodée. Vérifiez ses signes pour cent.',
  'address-not-path': 'L’adresse doit être un chemin, comme /api/session.',
  'body-not-taken': 'Cette adresse ne prend pas de corps de requête.',
  'body-too-deep': 'Le corps de la requête est imbriqué sur plus de {deepest} niveaux.',
  'body-too-large':
    'Le corps de la requête est plus grand que cette adresse ne l’accepte. Envoyez les fichiers à l’adresse ' +
    'signée pour eux.',
  'body-not-json':
    'Le corps de la requête n’est pas du JSON valable, ou a une clé qui n’est jamais acceptée : __proto__, ' +
    'constructor.',
  'body-as-json': 'Envoyez le corps de la requête en application/json.',
  'request-part-unfit': 'La requête ne peut pas être lue ({part}) : la liste dit ce qui ne va pas et où.',
  'request-not-read': 'La requête ne peut pas être lue.',
  'request-not-carried-out':
    'La requête n’a pas pu être exécutée. Elle est notée dans le journal sous son numéro de demande.',
  'request-too-slow': 'La requête n’est pas arrivée à temps : envoyez-la de nouveau.',
  'headers-too-large': 'L’adresse et les en-têtes sont trop grands ensemble. Raccourcissez-les.',
  'not-http': 'Ceci n’est pas une requête HTTP valable.',
  'expect-not-supported': 'Ce service ne connaît pas l’en-tête Expect de cette requête : retirez-le.',
  'send-http-1-1': 'Envoyez la requête en HTTP/1.1.',
  'several-hosts': 'La requête a plusieurs en-têtes Host.',
  'no-host': 'La requête n’a pas d’en-tête Host.',
  'session-named-elsewhere':
    'La requête nomme une session ailleurs que dans le cookie de session ({where}). ' +
    'Seul ce cookie peut la nommer : retirez l’identifiant.',
  'session-cookie-twice': 'La requête porte deux fois le cookie de session.',
  'from-another-site': 'La requête vient d’un autre site.',
  'must-be': 'doit être : {what}',
  'must-be-one-of': 'doit être l’une de ces valeurs : {values,}',
  'must-match-pattern': 'doit suivre le modèle {pattern}',
  'must-not-have-fewer': 'ne doit pas avoir moins de {least} : {of}',
  'must-not-have-more': 'ne doit pas avoir plus de {most} : {of}',
  'schema-says': 'n’est pas accepté : {message}',
  'is-not-known-here': 'n’est pas connu ici',
  'is-missing': 'manque',
  'is-not-valid': 'n’est pas valable',
} as const satisfies Readonly<Record<keyof typeof REQUEST_FAULT_TEXTS, string>>
