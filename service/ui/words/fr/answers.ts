import { fixed, whole } from '../../formats.ts'
import type * as english from '../en/answers.ts'
import type { Worded } from '../worded.ts'
import { counted, inARow } from './counted.ts'

export const why = {
  choose: 'Choisissez une aire sur la carte ou dans le tableau pour voir d’où vient son rang.',
  place: ({ ranked }, wards) => `Rang ${whole(ranked.rank)} sur ${whole(wards)}, score ${fixed(ranked.score, 3)}.`,
  reason: (above, below) => {
    if (above.length === 0 && below.length === 0) return 'Proche de l’aire moyenne pour chaque indicateur.'
    if (above.length === 0) return `Moins à risque que l’aire moyenne par ${inARow(below)}.`
    const less = below.length === 0 ? '' : `, moins par ${inARow(below)}`
    return `Plus à risque que l’aire moyenne par ${inARow(above)}${less}.`
  },
  loading: 'Lecture de ses indicateurs.',
  caption: (ward) => `Indicateurs de ${ward}`,
  headings: ['Indicateur', 'Valeur', 'Risque par rapport à l’aire moyenne'],
  filled: 'complétée',
  firm: (share, median) => `Dans le premier tiers dans ${share} des modèles ; rang médian ${median}.`,
  howSure: 'Ce rang est-il sûr ?',
  range: (low, high, chance) =>
    `Dans neuf tirages sur dix, le rang est entre ${low} et ${high} ; dans ${chance} d’entre eux, l’aire est dans le ` +
    'premier tiers.',
  neighbours: 'À côté :',
} as const satisfies Worded<typeof english.why>

export const about = {
  relative: 'Un rang est relatif à la zone envoyée ; un score n’est pas un risque absolu.',
  caveats: 'À garder à l’esprit',
  models: (count, mode) =>
    `Le score est la médiane de ${counted(count, 'modèle')}, qui sont des combinaisons des indicateurs ; méthode ` +
    `${mode === 'legacy' ? 'ancienne' : 'standard'}.`,
  indicators: 'Indicateurs utilisés',
  indicatorHeadings: ['Indicateur', 'Une valeur plus grande signifie', 'Sens', 'Valeurs complétées'],
  guessed: 'd’après son nom',
  chosen: 'choisi',
  leftOut: (count) => counted(count, 'colonne laissée de côté', 'colonnes laissées de côté'),
  nothingFilled: 'Aucune valeur n’a été complétée.',
  filled: (count) => counted(count, 'valeur manquante complétée', 'valeurs manquantes complétées'),
  filledCaption: 'Valeurs qui ont été complétées',
  filledHeadings: ['Aire', 'Indicateur', 'Valeur', 'Comment'],
  columnMean: 'moyenne de la colonne',
  neighbourMean: (names) =>
    `moyenne de ${counted(names.length, 'aire voisine', 'aires voisines')} : ${names.join(', ')}`,
  noPca: 'Pourquoi il n’y a pas de classement par ACP',
  sources: (draws) => `D’où vient le doute, sur ${counted(draws, 'tirage')}`,
  sourceHeadings: ['Source', 'Part'],
} as const satisfies Worded<typeof english.about>

export const made = {
  weights: 'Poids choisis par une personne',
  weightHeadings: ['Indicateur', 'Part'],
  moved: (moved, wards) => `${whole(moved)} sur ${counted(wards, 'aire')} ont un autre rang que par la méthode.`,
  entersHigh: (count) => `${counted(count, 'aire')} de plus dans la classe Élevé`,
  leavesHigh: (count) => `${counted(count, 'aire')} de moins dans la classe Élevé`,
  comparedWith: (column, wards) => `Comparé avec ${column}, sur ${wards} aires`,
  comparedHeadings: ['Chiffre', 'Valeur', 'Intervalle à 95 %'],
  bounds: (low, high) => `${low} à ${high}`,
  spearman: 'Accord entre le score et la colonne (corrélation de Spearman, −1 à 1)',
  lift: 'Classe Élevé par rapport à toutes les aires (1 : pas de différence)',
  meanHigh: 'Moyenne de la classe Élevé',
  meanAll: 'Moyenne de toutes les aires',
  noProof: 'Ce qui a été observé dépend de qui consulte, de qui est testé et de qui notifie : ce n’est pas une preuve.',
} as const satisfies Worded<typeof english.made>

export const ask = {
  youAsked: 'Vous avez demandé : ',
  looking: 'Recherche de la réponse.',
  stop: 'Arrêter',
  stopped: 'Arrêté.',
  forget: 'Oublier la conversation',
  answeredBy: (mode) => (mode === 'rules' ? 'Réponse donnée par des règles.' : `Réponse donnée par ${mode}.`),
  showOnMap: 'Montrer sur la carte',
  isOnMap: 'La carte montre ces valeurs.',
  openPlan: 'Ouvrir le plan',
  openRanking: 'Ouvrir le classement',
  download: (kind) => `Télécharger ${kind}`,
  downloadMap: 'Télécharger cette carte (GeoJSON)',
  downloadChart: 'Télécharger ce graphique (SVG)',
  answerTo: (message) => `Réponse à : ${message}`,
  rowsLeftOut: (count) => `${whole(count)} lignes de plus n’ont pas été gardées. Redemandez pour les voir.`,
  basis: 'Sur quoi cela repose',
} as const satisfies Worded<typeof english.ask>

export const arena = {
  compare: 'Comparer deux réponses',
  looking: 'Deux réponses sont en cours de rédaction.',
  slots: { a: 'Réponse A', b: 'Réponse B' },
  voteOn: 'Quelle réponse est la meilleure ?',
  choices: {
    a: 'A est meilleure',
    b: 'B est meilleure',
    tie: 'Les deux sont bonnes',
    bad: 'Aucune n’est bonne',
  },
  reveal: (a, b) => `La réponse A est de ${a}, la réponse B de ${b}.`,
  leaderboard: 'Qui répond le mieux',
  noVotes: 'Il n’y a pas encore de votes.',
  caption: (votes) => `Notes d’après ${counted(votes, 'vote')}`,
  headings: ['Qui', 'Note', 'Paires', 'Meilleure', 'Moins bonne', 'Égales'],
} as const satisfies Worded<typeof english.arena>
