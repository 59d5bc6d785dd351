import { problemTitles } from './problem-titles.ts'
import type * as english from '../en/shell.ts'
import type { Worded } from '../worded.ts'
import { counted } from './counted.ts'

export const stations = {
  data: 'Données',
  indicators: 'Indicateurs',
  results: 'Résultats',
  nets: 'Moustiquaires',
  ask: 'Demander',
} as const satisfies Worded<typeof english.stations>

export const marks = {
  done: 'fait',
  needs: 'à vous',
  stale: 'périmé',
} as const satisfies Worded<typeof english.marks>

export const tabs = {
  map: 'Carte',
  results: 'Liste',
  nets: 'Moustiquaires',
  ask: 'Demander',
} as const satisfies Worded<typeof english.tabs>

export const rail = {
  noData: 'Ajoutez un tableau des aires',
  questions: (count) => `${counted(count, 'question')} sans réponse`,
  names: (count) => `${counted(count, 'nom')} à vérifier`,
  found: (wards, onMap) =>
    onMap === null ? counted(wards, 'aire') : `${counted(wards, 'aire')}, ${onMap.toLocaleString()} sur la carte`,
  toRank: 'Regardez, puis classez les aires',
  indicators: (count) => counted(count, 'indicateur'),
  ranked: (wards, filled) =>
    counted(wards, 'aire classée', 'aires classées') +
    (filled === 0 ? '' : `, ${counted(filled, 'valeur complétée', 'valeurs complétées')}`),
  toPlan: 'Dites combien il y a de moustiquaires',
  planned: (nets, covered) => `${nets} moustiquaires, ${covered} couverts`,
  ask: 'Questions avec vos mots, en anglais',
} as const satisfies Worded<typeof english.rail>

export const session = {
  none: 'Pas encore de session',
  until: (minutes, time) =>
    `La session se termine après ${counted(minutes, 'minute')} sans activité, au plus tard à ${time}`,
  endsIn: (minutes) => `Votre session se termine dans ${counted(minutes, 'minute')}`,
  endsText: 'Vos fichiers et vos résultats seront effacés avec elle. Continuez, ou téléchargez ce qu’il vous faut.',
  goOn: 'Continuer',
  hasEnded: 'Votre session est terminée.',
  hasEndedText:
    'Elle est restée trop longtemps sans activité, a atteint sa durée maximale ou a été terminée ailleurs, et ses ' +
    'données sont effacées. Choisissez vos fichiers de nouveau pour en commencer une autre.',
  wasEnded: 'La session est terminée.',
  wasEndedText: 'Vos fichiers et vos résultats sont en cours d’effacement.',
} as const satisfies Worded<typeof english.session>

export const shell = {
  unfit: 'Ce navigateur ne peut pas protéger vos données ; cette page n’y fait donc rien. Il lui faut :',
  features: {
    secureContext: 'une connexion par HTTPS',
    contentPolicy: 'les politiques de sécurité du contenu',
    openerPolicy: 'des fenêtres séparées de celles qui les ont ouvertes',
    referrerPolicy: 'les politiques de référent',
    cookies: 'les cookies de ce site, qui sont désactivés',
  },
  looking: 'Recherche de votre session …',
  pageFault: (error) => `La page a échoué : ${error}`,
  cancel: 'Annuler',
  seconds: (count) => `${String(count)} s`,
  tryNow: 'Réessayer maintenant',
  tryingAgain: (seconds) => `Rien n’est perdu. Nouvel essai dans ${counted(seconds, 'seconde')}.`,
  offline: 'Vous êtes hors ligne',
  offlineText: 'Ce que vous voyez reste ici. La page reprend d’elle-même quand la connexion revient.',
  problems: {
    titles: problemTitles,
    otherTitle: 'Cela n’a pas marché',
    request: (id) => `Si cela se répète, signalez-le à l’exploitant de ce service : demande ${id}.`,
    line: (line) => `ligne ${String(line)}`,
    column: (column) => `colonne ${String(column)}`,
    pointer: (pointer) => `à ${pointer}`,
  },
} as const satisfies Worded<typeof english.shell>

export const http = {
  noAnswer: 'Le service n’a pas répondu. Vérifiez la connexion.',
  cutOff: 'La réponse a été coupée. Vérifiez la connexion.',
  notFetched: (filename) => `${filename} n’a pas pu être chargé. Vérifiez la connexion.`,
  uploadCut: (filename) => `L’envoi de ${filename} a été coupé et recommence.`,
  larger: (filename) => `${filename} est plus grand qu’annoncé. Choisissez-le de nouveau.`,
  storeFailed: (filename, code) => `Le stockage n’a pas pu prendre ${filename} (${code}).`,
  storeRefused: (filename, code) => `Le stockage a refusé ${filename} (${code}). Choisissez le fichier de nouveau.`,
  status: (status) => `Le service a répondu avec le statut ${String(status)}.`,
} as const satisfies Worded<typeof english.http>
