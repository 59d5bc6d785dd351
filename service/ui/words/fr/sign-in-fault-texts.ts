import type { SIGN_IN_FAULT_TEXTS } from '../../../domain/sign-in-fault-texts.ts'

export const signInFaultTexts = {
  'no-session-to-end': 'Il n’y a pas de session à terminer.',
  'no-session': 'Il n’y a pas de session, ou elle est terminée. Rechargez la page pour en commencer une.',
  'session-has-ended': 'La session est terminée. Commencez-en une nouvelle.',
  'session-ended-elsewhere': 'La session a été terminée par une autre requête. Commencez-en une nouvelle.',
  'session-changed-elsewhere': 'La session a été modifiée par une autre requête. Recommencez.',
  'session-kept-changing':
    'D’autres requêtes modifiaient sans cesse cette session ; celle-ci n’a donc rien changé. Recommencez.',
  'session-not-opened':
    'La session n’a pas pu être ouverte sans risque et a été refusée. Réessayez ; si cela continue, commencez une ' +
    'nouvelle session.',
  'session-state-not-opened': 'Ce qui est gardé pour cette session n’a pas pu être ouvert sans risque et a été refusé.',
  'session-of-newer-release':
    'Une version plus récente du service a enregistré les données de cette session, et celle-ci ne peut pas les ' +
    'lire. Réessayez bientôt.',
  'session-state-full':
    'Une session garde au plus {kib} Kio de cette sorte ({part}), et ce serait plus ; rien n’a été changé. ' +
    'Effacez les fichiers inutiles, téléchargez vos résultats et commencez une nouvelle session.',
  'session-list-not-opened': 'La liste des sessions n’a pas pu être ouverte sans risque et a été refusée.',
  'no-such-session': 'Vous n’avez pas cette session.',
  'session-list-of-signed-in': 'Seules les personnes connectées ont une liste de sessions.',
  'sign-in-again-for-sessions':
    'On ne termine des sessions que dans les cinq minutes après s’être connecté. Connectez-vous de nouveau à ' +
    '/auth/login?fresh=true.',
  'sign-in-again-for-projects':
    'On n’efface un projet pour toujours que dans les cinq minutes après s’être connecté. Connectez-vous de ' +
    'nouveau à /auth/login?fresh=true.',
  'session-not-signed-in': 'La session n’a pas pu être reliée à votre connexion. Réessayez.',
  'sign-in-not-begun': 'Ce navigateur n’a pas commencé cette connexion, ou il y a trop longtemps. Recommencez.',
  'sign-in-used': 'Cette connexion a déjà servi. Recommencez.',
  'no-id-token': 'Le fournisseur de connexion n’a pas envoyé de jeton d’identité.',
  'other-way-of-sign-in':
    'Le fournisseur de connexion vous a laissé entrer d’une autre manière que celle qui est demandée ici.',
  'not-asked-again': 'Le fournisseur de connexion ne vous a pas redemandé qui vous êtes. Recommencez.',
  'provider-silent': 'Le fournisseur de connexion ne répond pas. Réessayez bientôt.',
  'provider-unfit': 'Ce que le fournisseur de connexion a envoyé ne va pas avec cette connexion. Recommencez.',
  'provider-keys-silent': 'Les clés du fournisseur de connexion ne sont pas accessibles. Réessayez bientôt.',
  'logout-token-used': 'Le jeton de déconnexion a déjà servi.',
  'logout-token-refused': 'Le jeton de déconnexion est refusé. {why}.',
  'logout-unsigned': 'Sa signature ou ses indications ne conviennent pas',
  'logout-of-other-type': 'C’est un jeton d’un autre type',
  'logout-not-announced': 'Il n’annonce pas de déconnexion',
  'logout-with-nonce': 'Il a un nonce',
  'logout-without-session': 'Sa session n’a pas de nom',
  'logout-of-nobody': 'Il n’a pas de sujet ou pas d’identifiant',
} as const satisfies Readonly<Record<keyof typeof SIGN_IN_FAULT_TEXTS, string>>
