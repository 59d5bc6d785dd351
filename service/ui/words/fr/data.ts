import type * as english from '../en/data.ts'
import type { Worded } from '../worded.ts'
import { counted } from './counted.ts'

function pairs(choices: readonly { readonly ward: string; readonly boundary: string }[]): string {
  const [pair, another] = choices
  return pair === undefined || another !== undefined
    ? `${counted(choices.length, 'aire')} et leurs limites`
    : `${pair.ward} et ${pair.boundary}`
}

const crs = (name: string): string =>
  /WGS[_ ]?(?:19)?84|CRS84|4326/i.test(name) ? 'longitude et latitude' : `coordonnées ${name}`

export const data = {
  roles: { wards: 'tableau des aires', boundaries: 'limites', facilities: 'tableau des formations sanitaires' },
  incoming: (count) => `${counted(count, 'fichier')} à prendre`,
  takenFor: (filename) => `${filename} est pris pour`,
  inUse: (names) =>
    names.length === 0
      ? ''
      : ` ${names.join(', ')} ${names.length === 1 ? 'est utilisé et peut être remplacé' : 'sont utilisés et peuvent être remplacés'}`,
  kib: (count) => `(${count} Kio)`,
  takeFiles: (count) => `Prendre ${counted(count, 'fichier')}`,
  notNow: 'Laisser tel quel',
  stillInUse: 'Encore utilisé : ',
  remove: 'Retirer',
  removeFile: (filename) => `Retirer ${filename}`,
  wasRead: (filename) => `${filename} a été lu.`,
  wasRemoved: (filename) => `${filename} a été retiré.`,
  next: 'Continuer avec les indicateurs',
  noCrs: 'système de coordonnées non indiqué, pris pour longitude et latitude',
  crs,
  counts: {
    wards: (count) => counted(count, 'aire'),
    columns: (count) => counted(count, 'colonne'),
    boundaries: (count) => counted(count, 'limite'),
    facilities: (count) => counted(count, 'formation'),
    months: (count) => counted(count, 'mois', 'mois'),
    rows: (count) => counted(count, 'ligne'),
    impossible: (count) => `${counted(count, 'ligne')} aux comptes impossibles`,
  },
  replaceBySample: {
    title: 'Remplacer vos fichiers par l’exemple ?',
    text: 'L’exemple prend la place de votre tableau des aires et de vos limites. Un classement de vos fichiers devient périmé.',
    yes: 'Utiliser l’exemple',
  },
  uploadOf: (filename) => `Envoi de ${filename}`,
  uploading: (filename, percent, secondsLeft) =>
    `Envoi de ${filename} : ${String(percent)} %` +
    (secondsLeft === null ? '' : `, encore environ ${counted(secondsLeft, 'seconde')}`),
  stalled: (seconds) =>
    `, et rien n’a avancé depuis ${String(seconds)} s. Attendez, ou annulez et choisissez le fichier de nouveau.`,
  waiting: (filename, percent) =>
    `L’envoi de ${filename} est à ${String(percent)} % et attend le réseau. Il reprend de lui-même.`,
  reading: (filename) => `Lecture de ${filename}`,
} as const satisfies Worded<typeof english.data>

export const found = {
  tiles: {
    wards: 'Aires',
    matched: 'Avec une limite',
    unmatched: 'Sans limite',
    candidates: 'Indicateurs possibles',
    missing: 'Valeurs manquantes',
  },
  unused: (count) => counted(count, 'limite sans aire', 'limites sans aire'),
  repeated: (count) => `${counted(count, 'aire')} au nom répété`,
  columns: (count) => (count < 2 ? 'La colonne' : `Les ${counted(count, 'colonne')}`),
  columnTable: {
    caption: 'Colonnes du tableau des aires',
    headings: ['Colonne', 'Type', 'Manque', 'Minimum', 'Maximum', 'Usage', 'Une valeur plus grande signifie'],
    noName: 'sans nom',
    candidate: 'indicateur possible',
    noIndicator: 'pas un indicateur',
    directions: { direct: 'plus de risque', inverse: 'moins de risque' },
  },
} as const satisfies Worded<typeof english.found>

export const quality = {
  title: (notes, missing) => `Qualité des données : ${counted(notes, 'remarque')}, ${missing} des valeurs manquent`,
  by: { code: 'par le code', name: 'par le même nom', form: 'par une autre écriture du nom', hand: 'à la main' },
  boundaries: (count, name, joins) =>
    `${counted(count, 'limite')}${name === null ? '' : `, ${crs(name)}`} ; aires reliées : ` +
    `${joins.length === 0 ? 'aucune' : joins.join(', ')}.`,
  caption: 'Qualité des indicateurs possibles',
  headings: ['Indicateur', 'Manque', 'Minimum', 'Maximum', 'Loin des autres, et non changé'],
  constant: 'pareil dans chaque aire : ne distingue pas les aires',
  more: (count) => ` ; et ${count} de plus`,
} as const satisfies Worded<typeof english.quality>

export const missing = {
  title: (cells, columns) => `Ce qui manque : ${counted(cells, 'valeur')} dans ${counted(columns, 'colonne')}`,
  looking: 'Recherche de ce qui manque.',
  picture: (wards, shown) =>
    `Chaque bande est une aire à laquelle il manque une valeur (${counted(wards, 'aire')}), foncée là où elle manque` +
    `${shown < wards ? ` ; les ${shown.toLocaleString()} premières sont montrées` : ''}. Les valeurs manquantes sont ` +
    'complétées avant le classement, et le résultat nomme chacune.',
  caption: 'Aires auxquelles il manque une valeur',
  headings: ['Aire', 'Ce qui manque'],
} as const satisfies Worded<typeof english.missing>

export const names = {
  title: (count) => (count === 0 ? 'Chaque aire a une limite' : `${counted(count, 'aire')} sans limite`),
  text:
    'Elles sont classées, mais ne sont pas sur la carte. Ce qui est coché est sans doute le même lieu : regardez, puis ' +
    'reliez tout d’un coup. Pour les autres, choisissez ou cherchez une limite.',
  caption: 'Aires sans limite',
  headings: ['Relier', 'Votre nom', 'Limite', 'Décider'],
  reasons: {
    'no such boundary': 'aucune limite n’a ce nom',
    'a boundary of this name with other signs': 'une limite a ce nom avec d’autres signes (- / _)',
  },
  tick: (ward) => `Relier ${ward}`,
  boundaryFor: (ward) => `Limite pour ${ward}`,
  search: (ward) => `Chercher une limite pour ${ward}`,
  searchHint: 'nom d’une limite',
  another: 'une autre limite …',
  notSame: 'Pas le même lieu',
  notSameAs: (ward) => `Aucune des limites proposées n’est ${ward}`,
  join: (count) => `Relier ${String(count)}`,
  joinOne: 'Relier',
  undo: 'Défaire la dernière liaison',
  saving: (count) => `Enregistrement de ${counted(count, 'décision')}`,
  joined: (choices) => `${pairs(choices)} ont été reliées.`,
  separated: (choices) => `${pairs(choices)} ont été séparées.`,
  refused: (ward) => `Aucune des limites proposées n’est ${ward}.`,
} as const satisfies Worded<typeof english.names>

export const joined = {
  title: (count) => `${counted(count, 'aire reliée', 'aires reliées')} sous une autre écriture`,
  caption: 'Aires reliées sous une autre écriture',
  headings: ['Aire', 'Limite', 'Reliée par', ''],
  by: {
    code: 'le même code',
    'name-form': 'le nom, sans majuscules, chiffres romains ni ajouts',
    accepted: 'une personne',
  },
  separate: 'Séparer',
  separateFrom: (ward, boundary) => `Séparer ${ward} de la limite ${boundary}`,
  refusedTitle: (count) => counted(count, 'paire refusée', 'paires refusées'),
  refusedCaption: 'Paires refusées',
  refusedHeadings: ['Aire', 'Limite', ''],
  joinAfterAll: (ward, boundary) => `Relier quand même ${ward} à la limite ${boundary}`,
} as const satisfies Worded<typeof english.joined>

export const questions = {
  label: 'Questions sur le fichier',
  open: (count) => `${counted(count, 'question')} : répondez d’abord`,
  answered: (count) => `${counted(count, 'question')} avec réponse`,
  takeBack: 'Reprendre',
  takeBackOf: (id) => `Reprendre la réponse à ${id}`,
  tookBack: 'La réponse a été reprise.',
  said: (label) => `Répondu : ${label}.`,
} as const satisfies Worded<typeof english.questions>

export const reading = {
  title: 'Comment le fichier a été lu',
  caption: (filename) => `Colonnes de ${filename}`,
  headings: ['Colonne', 'Prise pour', 'Pourquoi', 'Par exemple'],
  columnIs: (name) => `La colonne ${name} est prise pour`,
  yourChoice: 'vous l’avez dit',
  again: 'Lire le fichier de nouveau',
  wasRead: 'Le fichier a été lu de nouveau.',
  alike: (filename) => `${filename} avait les mêmes colonnes.`,
  readAlike: 'Lire ce fichier comme celui-là',
  readAs: (filename) => `Lu comme ${filename}.`,
  fields: {
    sheet: 'Feuille',
    layer: 'Couche',
    encoding: 'Encodage',
    decimal: 'Décimales après',
    thousands: 'Milliers séparés par',
    headerRow: 'Ligne de l’en-tête',
    missing: 'Marques des valeurs manquantes',
  },
  signs: { '.': 'point (.)', ',': 'virgule (,)', ' ': 'espace', "'": "apostrophe (')", '': 'rien' },
} as const satisfies Worded<typeof english.reading>

export const positivity = {
  questions: {
    age: {
      label: 'Qui a été testé',
      answers: {
        u5: 'enfants de moins de 5 ans',
        o5: 'personnes de 5 ans et plus, sauf femmes enceintes',
        pw: 'femmes enceintes',
        all: 'tout le monde',
      },
    },
    method: {
      label: 'Par quel test',
      answers: { both: 'les deux', rdt: 'test rapide (TDR)', microscopy: 'microscopie' },
    },
    facilityLevel: {
      label: 'Dans quelles formations',
      answers: { all: 'toutes', primary: 'primaires', secondary: 'secondaires', tertiary: 'tertiaires' },
    },
  },
  byYear: 'Par année',
  times: {
    none: 'toutes les années ensemble',
    all: 'aussi chaque année, avec la tendance',
    sahel: 'aussi chaque année, avec la tendance de juillet à octobre (pluies du Sahel)',
    south: 'aussi chaque année, avec la tendance d’avril à octobre (pluies du sud)',
  },
  time: {
    title: 'Positivité des tests par année',
    trend:
      'La tendance est en points de pourcentage par an, avec des bornes à 95 %. Elle n’est sûrement à la hausse ou à ' +
      'la baisse que là où les deux bornes sont au-dessus ou au-dessous de 0.',
    ward: 'Aire',
    headings: ['Tendance', 'De', 'À'],
    ofYear: (percent, reports) => `${percent} % (${reports} % des rapports)`,
  },
  measure: 'Mesurer la positivité des tests',
  measuring: 'Mesure de la positivité des tests.',
  wasMeasured: 'La positivité des tests a été mesurée.',
  hint: 'D’autres choix ajoutent un autre indicateur.',
  measured: ({ known, wards, positive, tested, percent, months }) =>
    ` est mesurée pour ${counted(known, 'aire')} sur ${String(wards)} du tableau des formations : ${positive} positifs ` +
    `sur ${tested} testés (${percent})${months === 0 ? '' : `, sur ${counted(months, 'mois', 'mois')}`}. Elle est ` +
    'listée avec les indicateurs.',
  byWard: (flagged) =>
    `Positivité des tests par aire${flagged === 0 ? '' : ` : ${counted(flagged, 'aire')} à vérifier`}`,
  caption: 'Positivité des tests par aire',
  headings: ['Aire', 'LGA', 'Vérifier', 'Testés', 'Positifs', 'Positivité', 'Intervalle à 95 %', 'Mois rapportés'],
  interval: (low, high) => `${low} à ${high}`,
  flags: {
    'positivity above 80': 'positivité au-dessus de 80 %',
    'completeness below 50': 'moins de la moitié des mois rapportés',
    'rows refused': 'des lignes non comptées',
  },
  notCounted: (count) => counted(count, 'ligne non comptée', 'lignes non comptées'),
  refusedCaption: 'Lignes qui n’ont pas été comptées',
  refusedHeadings: ['Ligne', 'Formation', 'Pourquoi'],
  notes: (count) => `${counted(count, 'remarque')} sur le tableau des formations`,
} as const satisfies Worded<typeof english.positivity>
