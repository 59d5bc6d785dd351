import type * as english from '../en/account.ts'
import type { Worded } from '../worded.ts'

export const account = {
  signIn: 'Se connecter',
  yours: 'Vos sessions',
  open: (name) => `${name} : vos sessions`,
  signedInAs: (name) => `Vous êtes connecté en tant que ${name}.`,
  device: 'Appareil',
  since: 'Connexion',
  act: 'Terminer',
  thisOne: 'celle-ci',
  end: 'Terminer',
  endSays: (device, since) => `Terminer la session sur ${device}, ouverte ${since}`,
  ended: 'La session a été terminée.',
  othersEnded: 'Toutes vos autres sessions ont été terminées.',
} as const satisfies Worded<typeof english.account>
