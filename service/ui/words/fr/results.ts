import { fixed, whole } from '../../formats.ts'
import type * as english from '../en/results.ts'
import type { Worded } from '../worded.ts'
import { counted, inARow } from './counted.ts'

const tiers = { High: 'Élevé', Medium: 'Moyen', Low: 'Faible' } as const

const place = ({ name, lga }: { readonly name: string; readonly lga: string }): string =>
  lga === '' ? name : `${name} (${lga})`

export const map = {
  label: 'Carte',
  list: 'Aires sur la carte dans l’ordre du classement',
  place: (ward) =>
    `Rang ${whole(ward.ranked.rank)} : ${place(ward)}, ${tiers[ward.ranked.tier]}, score ${fixed(ward.ranked.score, 3)}`,
  rankAndTier: ({ rank, tier, score }) => `Rang ${whole(rank)}, ${tiers[tier]}, score ${fixed(score, 3)}`,
  rankRange: (low, high) => `Rang entre ${whole(low)} et ${whole(high)}`,
  netsOfNeed: (nets, need) => `${nets} moustiquaires sur ${need} nécessaires`,
  legend: 'Légende',
  noValue: 'sans valeur, ou hors du classement',
  waiting: (share) => (share === null ? 'pas calculé' : `calcul en cours : ${whole(share * 100)} %`),
  workItOut: 'Calculer si l’ordre est sûr',
  noBoundaries: 'Pas encore de carte : ces aires n’ont pas de limites. Ajoutez-en à l’étape Données pour en voir une.',
  noBoundariesRanked:
    'Pas de carte : ces aires n’ont pas de limites. Ajoutez-en à l’étape Données et classez de nouveau pour en voir ' +
    'une.',
  tools: { label: 'Zoom', in: 'Agrandir', out: 'Réduire', whole: 'Montrer toute la zone' },
  layers: {
    tier: 'Classe de risque',
    score: 'Score',
    rank: 'Rang',
    robustness: 'Part des modèles où l’aire est dans le premier tiers',
    pca: 'Rang par ACP',
    verdict: 'Est-ce sûr : dans le premier tiers ?',
    chanceHigh: 'Chance d’être dans le premier tiers',
    coverage: 'Habitants couverts par des moustiquaires',
    nets: 'Moustiquaires prévues',
    netVerdict: 'Est-ce sûr : des moustiquaires par ce plan ?',
    chanceNets: 'Chance d’être servie par ce plan',
  },
  tiers,
  verdicts: {
    in: 'Sûrement dans le premier tiers',
    choice: 'Cela dépend de choix',
    out: 'Sûrement pas dans le premier tiers',
  },
  netVerdicts: {
    in: 'Servie quels que soient les choix',
    choice: 'Cela dépend de choix',
    out: 'Non servie quels que soient les choix',
  },
} as const satisfies Worded<typeof english.map>

export const filters = {
  find: 'Chercher une aire',
  findHint: 'Chercher une aire',
  found: 'Aires trouvées',
  foundWard: (ward) => `${place(ward)} · rang ${whole(ward.ranked.rank)}`,
  lga: 'LGA',
  allLgas: 'Toutes les LGA',
  tier: 'Classe',
  allTiers: 'Toutes les classes',
  colourBy: 'Colorer par',
  sections: {
    ranking: 'Classement',
    certainty: 'Certitude',
    nets: 'Moustiquaires',
    indicators: 'Indicateurs',
    answer: 'Votre question',
  },
  clear: 'Tout montrer',
  count: (shown, all) => (shown === all ? counted(all, 'aire') : `${whole(shown)} sur ${counted(all, 'aire')}`),
} as const satisfies Worded<typeof english.filters>

export const indicators = {
  text: (isWeighted) =>
    `${isWeighted ? 'Les indicateurs comptent selon vos poids.' : 'Chaque indicateur compte autant.'} ` +
    'Le sens est pris du nom : changez-le là où il est faux pour votre zone.',
  suggested: 'Indicateurs proposés',
  noneSuggested:
    'Aucune colonne n’est proposée. Choisissez-en deux à dix ci-dessous, et dites de chacune ce que signifie une ' +
    'valeur plus grande.',
  others: (count) => `Autres (${whole(count)})`,
  othersCaption: 'Autres colonnes de nombres',
  copiesOf: (name) => `Les mêmes valeurs que ${name}`,
  keepOne: 'Utilisez-en une au plus : une copie compterait deux fois.',
  headings: ['Indicateur', 'Une valeur plus grande signifie', 'Pourquoi'],
  values: (least, greatest, missing) =>
    `${least} à ${greatest}${missing === 0 ? '' : `, ${counted(missing, 'manquante')}`}`,
  directions: { direct: 'plus de risque', inverse: 'moins de risque' },
  choose: 'choisir',
  means: (name) => `Une valeur plus grande de ${name} signifie`,
  rank: 'Classer les aires',
  rankAgain: 'Classer de nouveau',
  ranking: 'Classement des aires en cours.',
  ranked: 'Les aires sont classées.',
  undirected: (names) => `Dites ce que signifie une valeur plus grande de ${inARow(names)}.`,
  count: (count, wanted) =>
    counted(count, 'indicateur choisi', 'indicateurs choisis') +
    (wanted === null ? '.' : ` : choisissez-en ${whole(wanted.least)} à ${whole(wanted.most)}.`),
  stale: 'Les données ont changé depuis le classement affiché.',
  differ: (changes) => `Le classement affiché a été fait avec d’autres choix : ${changes.join(', ')}.`,
  method: 'Méthode',
  changes: { weights: 'poids', compareWith: 'la colonne de comparaison', copies: 'copies' },
  alike: (other, r) => `À peu près pareil que ${other} (r = ${r})`,
  weights: {
    title: 'Poids personnels',
    text:
      'Sans poids, chaque combinaison des indicateurs compte autant. Avec eux, une aire est classée par la moyenne ' +
      'pondérée, et sa place par la méthode reste à côté.',
    notInLegacy: 'L’ancienne méthode n’a pas de poids.',
    own: 'Pondérer les indicateurs moi-même',
    caption: 'Poids des indicateurs',
    headings: ['Indicateur', 'Points', 'Part'],
    pointsOf: (name) => `Points de ${name}`,
    missing: 'Donnez à chaque indicateur choisi plus de 0 point, ou laissez de côté ce qui ne doit pas compter.',
  },
  compare: {
    title: 'Comparer avec une colonne qui ne classe pas',
    text:
      'Par exemple les cas notifiés : le résultat dit à quel point le classement s’accorde avec elle. Elle doit rester ' +
      'hors des indicateurs.',
    label: 'Comparer avec',
    none: 'rien',
  },
  copies: {
    title: 'Copies',
    refused: (names) =>
      `Le service a refusé de classer par ${inARow(names)} et ce qui est pareil à côté : les mêmes chiffres ` +
      'compteraient deux fois, ou s’annuleraient. Laissez-en un de côté.',
    allow: 'Classer quand même par des copies',
    said: 'Chaque fichier de ce classement dit alors qu’une colonne et sa copie ont été utilisées.',
  },
  methods: {
    standard: { name: 'Standard', text: 'toutes les combinaisons des indicateurs' },
    legacy: {
      name: 'Ancienne',
      text: 'répète ce que montrait l’ancien système, pour vérifier des décisions passées',
    },
  },
} as const satisfies Worded<typeof english.indicators>

export const results = {
  views: 'Vues des résultats',
  viewNames: { wards: 'Aires', lgas: 'LGA', about: 'Sur quoi cela repose' },
  headline: (wards, count) => `${counted(wards, 'aire classée', 'aires classées')} par ${counted(count, 'indicateur')}`,
  noData: 'Il n’y a pas encore de données.',
  noRanking: 'Les aires ne sont pas encore classées.',
  go: (hasData) => (hasData ? 'Regarder les indicateurs et classer les aires' : 'Ajouter un tableau des aires'),
  staleTitle: 'Les données ont changé depuis ce classement',
  stale: 'Il montre, comme son plan, les données antérieures et ne peut plus être téléchargé.',
  staleGo: 'Classer les aires de nouveau',
  seen: 'Ce que montre ce tableau (CSV)',
  seenFiltered: 'Ce que montre ce tableau, filtré (CSV)',
  seenName: (date) => `aires_${date}.csv`,
} as const satisfies Worded<typeof english.results>

export const table = {
  label: 'Classement des aires',
  caption: 'Aires de la plus à la moins à risque. Les boutons des en-têtes trient.',
  why: 'Pourquoi ce rang',
  columns: {
    rank: 'Rang',
    ward: 'Aire',
    lga: 'LGA',
    score: 'Score',
    tier: 'Classe',
    topThird: 'Premier tiers',
    medianRank: 'Rang médian',
    methodRank: 'Rang par la méthode',
    pcaRank: 'Rang ACP',
    pcaScore: 'Score ACP',
    rankLow: 'Rang de',
    rankHigh: 'Rang à',
    chanceHigh: 'Chance d’Élevé',
    nets: 'Moustiquaires',
    coverage: 'Couverts',
    code: 'Code',
  },
} as const satisfies Worded<typeof english.table>

export const lgas = {
  caption: 'Aires par LGA',
  headings: ['LGA', 'Aires', 'Élevé', 'Moyen', 'Faible', 'Score moyen', 'Première aire (rang)'],
  none: 'Les données n’ont pas de colonne de LGA.',
  show: (lga) => `Montrer ${lga} seule`,
} as const satisfies Worded<typeof english.lgas>

export const downloads = {
  title: 'Télécharger',
  labels: {
    'rankings.csv': 'Classement (CSV)',
    'rankings.xlsx': 'Classement (Excel)',
    'report.html': 'Rapport avec carte (HTML), en anglais',
    'map.geojson': 'Carte (GeoJSON)',
    'analysis_results.json': 'Analyse entière (JSON)',
    'itn_plan.csv': 'Plan de moustiquaires (CSV)',
    'itn_plan.xlsx': 'Plan de moustiquaires (Excel)',
  },
  making: (label) => `Préparation du fichier : ${label}.`,
  first: 'Le premier fichier d’un classement est le plus long : la certitude de l’ordre est calculée avec lui.',
  coming: (label) => `Le fichier est en cours de téléchargement : ${label}.`,
} as const satisfies Worded<typeof english.downloads>
