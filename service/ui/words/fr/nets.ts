import type * as english from '../en/nets.ts'
import { whole } from '../../formats.ts'
import type { Worded } from '../worded.ts'
import { counted, inARow } from './counted.ts'

export const nets = {
  noRanking: 'Les moustiquaires sont distribuées dans l’ordre d’un classement, et il n’y en a pas encore.',
  toRanking: 'Classez d’abord les aires',
  stock: 'Moustiquaires en stock',
  slider: (label) => `${label}, curseur`,
  threshold: 'Servies d’abord : aires à moins de % urbain',
  population: 'Population d’une aire',
  chooseColumn: 'choisir une colonne',
  noPopulation:
    'Aucune colonne de nombres ne s’appelle population. Choisissez celle qui compte les habitants d’une aire ; s’il ' +
    'n’y en a pas, ajoutez-la au tableau des aires et choisissez le tableau de nouveau.',
  need: (count) => `Toutes les aires ensemble ont besoin de ${count} moustiquaires.`,
  working: 'Calcul du plan.',
  more: 'Règles du programme',
  order: 'Ordre des aires',
  orders: { composite: 'par score', pca: 'par ACP' },
  rule: 'Moustiquaires par',
  rules: { 'per-person': 'personnes', household: 'ménages' },
  perNet: 'Personnes pour une moustiquaire',
  householdSize: 'Personnes dans un ménage',
  reserve: 'Réservées à la distribution de routine, %',
  buffer: 'Réservées pour les erreurs de comptage, %',
  bale: 'Ballots entiers de',
  bales: { '': 'pas de ballots', 40: '40 moustiquaires', 50: '50 moustiquaires', 100: '100 moustiquaires' },
  lastWard: 'La dernière aire reçoit',
  lastWards: { partial: 'ce qui reste', whole: 'tout ou rien' },
  urbanRule: 'Les aires urbaines sont',
  urbanRules: { tiers: 'servies plus tard', 'leave-out': 'laissées de côté' },
  urbanFrom: 'Urbaine à partir de %',
  upTo: 'Laisser de côté au plus % des habitants',
  protectHigh: 'Les aires de la classe Élevé sont servies, aussi urbaines soient-elles',
  onlyLga: 'Seulement les aires de la LGA choisie plus haut',
} as const satisfies Worded<typeof english.nets>

export const exceptions = {
  title: 'Exceptions',
  ward: 'Aire',
  way: 'Elle est',
  ways: { in: 'dans le plan', out: 'laissée de côté' },
  reason: 'Raison',
  add: 'Ajouter l’exception',
  drop: 'Retirer',
  dropFor: (ward) => `Retirer l’exception de ${ward}`,
  entry: (ward, isIn, reason) => `${ward} est ${isIn ? 'dans le plan' : 'laissée de côté'} : ${reason}`,
  unknownWard: 'Choisissez une aire du classement.',
  noReason: 'Donnez la raison : elle est imprimée avec le plan.',
} as const satisfies Worded<typeof english.exceptions>

export const plan = {
  headline: ({ allocated, stock, wards, remaining }) =>
    `${allocated} moustiquaires sur ${stock} vont à ${counted(wards, 'aire')} ; il en reste ${remaining ?? 'zéro'}.`,
  covered: (percent, people, column) =>
    `${percent} de ${people} habitants sont couverts. Population d’après ${column}.`,
  reserve: (count) => `${count} moustiquaires sont réservées.`,
  rules: 'Règles de ce plan',
  byLga: (count) => `Moustiquaires par LGA (${String(count)})`,
  lgaCaption: 'Moustiquaires par LGA',
  lgaHeadings: ['LGA', 'Aires', 'Moustiquaires nécessaires', 'Moustiquaires prévues', 'Habitants couverts'],
  byWard: 'Moustiquaires par aire',
  without: (count) => `${counted(count, 'aire')} sans moustiquaire`,
  withoutCaption: 'Aires sans moustiquaire',
  excluded: (count) => counted(count, 'aire laissée hors du plan', 'aires laissées hors du plan'),
  headings: {
    ward: 'Aire',
    lga: 'LGA',
    rank: 'Rang',
    people: 'Habitants',
    need: 'Moustiquaires nécessaires',
    nets: 'Moustiquaires prévues',
    covered: 'Habitants couverts',
    chance: 'Chance d’être servie',
  },
} as const satisfies Worded<typeof english.plan>

export const sureNets = {
  ask: 'Calculer la certitude de ces moustiquaires',
  working: (share) => `Calcul de la certitude de ces moustiquaires : ${whole(100 * share)} %`,
  counts: (of) =>
    `Servies quels que soient les choix : ${counted(of.in, 'aire')} ; non servies : ${counted(of.out, 'aire')} ; selon ` +
    `les choix : ${counted(of.choice, 'aire')}.`,
  ofFixedOrder: (of) =>
    `Selon l’ordre décidé, servies : ${counted(of.in, 'aire')} ; non servies : ${counted(of.out, 'aire')} ; selon les ` +
    `choix : ${counted(of.choice, 'aire')}.`,
  meaning: (draws) =>
    `Sur ${draws} classements qu’un analyste aurait aussi bien pu faire, « quels que soient les choix » veut dire ` +
    '95 sur 100.',
} as const satisfies Worded<typeof english.sureNets>

const lockText = ({ day, by, isFromProject }: NonNullable<Parameters<typeof english.scenarios.summary>[1]>): string => {
  const whom = by === null ? '' : ` par ${by}`
  return `, verrouillé le ${day}${whom}${isFromProject ? ' (d’après le projet ouvert)' : ''}`
}

export const scenarios = {
  title: 'Scénarios',
  name: 'Nom du scénario',
  nameHint: 'par exemple : rural d’abord',
  keep: 'Garder comme scénario',
  kept: (name) => `${name} est gardé.`,
  unnamed: 'sans nom',
  pick: (name) => `Comparer ${name}`,
  summary: (count, lock, isStale) =>
    ` ${count} moustiquaires${lock === null ? '' : lockText(lock)}${isStale ? ', de données antérieures' : ''}`,
  open: 'Ouvrir',
  openOf: (name) => `Ouvrir ${name}`,
  opened: (name) => `${name} est affiché.`,
  copy: 'Copier',
  copyOf: (name) => `Copier ${name}`,
  copyName: (name) => `Copie de ${name}`,
  copied: (name) => `${name} a été copié. La copie est affichée.`,
  lock: 'Verrouiller',
  lockOf: (name) => `Verrouiller ${name}`,
  locked: (name) => `${name} est verrouillé : ses chiffres restent ce qu’ils sont.`,
  remove: 'Supprimer',
  removeOf: (name) => `Supprimer ${name}`,
  removeTitle: (name) => `Supprimer ${name} ?`,
  removeText: 'Le scénario ne pourra pas être retrouvé.',
  removed: (name) => `${name} a été supprimé.`,
  compare: (count) => (count < 2 ? 'Comparer : cochez-en deux à quatre' : `Comparer ${String(count)} scénarios`),
} as const satisfies Worded<typeof english.scenarios>

export const compare = {
  unnamed: (number) => `plan ${String(number)}`,
  title: (names) => inARow(names),
  changes: (counts, names) => {
    const of = (change: string): string => counted(counts[change] ?? 0, 'aire')
    return (
      `De ${names[0] ?? ''} à ${names.at(-1) ?? ''} : gagnent des moustiquaires ${of('gained')}, les perdent ` +
      `${of('lost')}, en reçoivent plus ${of('more')}, en reçoivent moins ${of('fewer')}.`
    )
  },
  people: (counts, names) =>
    `Habitants couverts : ${names.map((name, at) => `${counts[at] ?? ''} dans ${name}`).join(', ')}.`,
  differences: 'Ce qui a été décidé autrement',
  rule: 'Règle',
  byLga: 'Moustiquaires par LGA, côte à côte',
  lga: 'LGA',
  netsOf: (name) => `Moustiquaires, ${name}`,
  wards: 'Aires dont les moustiquaires diffèrent',
  ward: 'Aire',
  change: 'Changement',
  kinds: { gained: 'gagne', lost: 'perd', more: 'plus', fewer: 'moins', same: 'pareil' },
  why: 'Pourquoi',
} as const satisfies Worded<typeof english.compare>
