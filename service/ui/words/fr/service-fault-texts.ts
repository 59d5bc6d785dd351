import type { SERVICE_FAULT_TEXTS } from '../../../domain/service-fault-texts.ts'

export const serviceFaultTexts = {
  'too-many-from-you':
    'Plus de {burst} {what} sont venus de vous d’un coup, et un de plus est pris toutes les {everyMs} ms. ' +
    'Réessayez dans {wait}.',
  'too-many-from-network':
    'Plus de {burst} {what} sont venus de ce réseau d’un coup, et un de plus est pris toutes les {everyMs} ms. ' +
    'Réessayez dans {wait}.',
  'limited-sessions': 'débuts de session',
  'limited-sign-ins': 'essais de connexion',
  'limited-uploads': 'envois de fichiers',
  'limited-messages': 'messages à la fois',
  'one-second': 'une seconde',
  'several-seconds': '{seconds} secondes',
  'too-many-waiting': '{waiting} requêtes de cette session attendent déjà leur tour. Attendez leurs réponses.',
  'too-much-at-work': 'Trop de travaux sont en cours en ce moment ; rien n’a été changé. Réessayez bientôt.',
  'work-too-long':
    'Cela durait trop longtemps et a été arrêté ; rien n’a été changé. Réessayez plus tard ou avec moins de ' +
    'données.',
  'work-too-large': 'Cela demande plus de mémoire qu’il n’y en a ; rien n’a été changé. Envoyez un fichier plus petit.',
  'replies-unread':
    'Des réponses précédentes à cette session sont encore en cours de lecture. Attendez qu’elles soient lues.',
  'replies-too-large': 'Trop de grandes réponses sont en cours de lecture en ce moment. Réessayez bientôt.',
  'files-too-large': 'Trop de grands fichiers sont traités en ce moment ; rien n’a été changé. Réessayez bientôt.',
  'session-store-silent':
    'Le stockage des sessions n’est pas joignable. Réessayez bientôt ; vérifiez d’abord si un changement envoyé a ' +
    'été fait.',
  'file-store-silent': 'Le stockage des fichiers n’est pas joignable ; rien n’a été changé. Réessayez bientôt.',
  'object-not-opened': 'Un objet enregistré n’a pas pu être ouvert sans risque et a été refusé.',
  'object-larger-than-announced': 'L’objet a {bytes} octets ; au plus {most} étaient annoncés.',
  'no-such-object': 'Cet objet n’existe pas.',
  'stored-file-gone': 'Le fichier enregistré a disparu. Envoyez-le de nouveau.',
  'operator-request-too-large': '{name} a plus de {most} octets.',
  'model-silent': 'Le modèle de langage ne répond pas en ce moment. Rien n’a été changé. Renvoyez bientôt le message.',
  'no-battle':
    'Un concurrent n’a pas répondu ; il n’y a donc pas de comparaison. Posez la question de nouveau, ou avec ' +
    'd’autres mots.',
  'contestants-changed': 'Ces deux concurrents ne sont plus comparés. Commencez une autre comparaison.',
  'voted-already': 'Cette comparaison a déjà son vote, {vote} : a était {a}, b était {b}.',
  'no-such-tool': 'Cet outil n’existe pas.',
  'tool-input-unfit':
    'L’outil {tool} ne prend pas cette entrée{why}. Les outils prennent ce que leurs schémas nomment, et aucun ' +
    'identifiant.',
  'tool-input-because': ' : {place} {refusal}',
} as const satisfies Readonly<Record<keyof typeof SERVICE_FAULT_TEXTS, string>>
