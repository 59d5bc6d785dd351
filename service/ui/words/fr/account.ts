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
  leaveTitle: 'Aller chez le fournisseur d’identité ?',
  leaveText:
    'Vous quittez cette page pour celle du fournisseur, où vous prouvez qui vous êtes. Ensuite vous revenez ici, et ' +
    'votre travail dans cette session y est encore.',
  goOn: 'Continuer',
  stay: 'Rester ici',
  outTitle: 'Se déconnecter ?',
  outText:
    'Les fichiers et les résultats de cette session sont effacés. Ensuite vous quittez cette page pour celle du ' +
    'fournisseur d’identité, pour vous y déconnecter aussi.',
  out: 'Terminer et se déconnecter',
  againTitle: 'Reconnectez-vous pour terminer des sessions',
  againText: 'Votre connexion date de plus de cinq minutes. Une fois reconnecté, vous revenez à cette page.',
  again: 'Se reconnecter',
  othersEnded: 'Toutes vos autres sessions ont été terminées.',
} as const satisfies Worded<typeof english.account>
