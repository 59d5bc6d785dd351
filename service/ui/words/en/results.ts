import { fixed, whole } from '../../formats.ts'
import { counted, inARow } from '../counted.ts'

interface Ranked {
  readonly rank: number
  readonly tier: 'High' | 'Medium' | 'Low'
  readonly score: number
}

interface Placed {
  readonly name: string
  readonly lga: string
  readonly ranked: Ranked
}

const place = ({ name, lga }: Placed): string => (lga === '' ? name : `${name} (${lga})`)

export const map = {
  label: 'Map',
  list: 'Wards on the map in the order of the ranking',
  place: (ward: Placed): string =>
    `Rank ${whole(ward.ranked.rank)}: ${place(ward)}, ${ward.ranked.tier}, score ${fixed(ward.ranked.score, 3)}`,
  rankAndTier: ({ rank, tier, score }: Ranked): string => `Rank ${whole(rank)}, ${tier}, score ${fixed(score, 3)}`,
  rankRange: (low: number, high: number): string => `Rank between ${whole(low)} and ${whole(high)}`,
  netsOfNeed: (nets: string, need: string): string => `${nets} of ${need} nets needed`,
  legend: 'Legend',
  noValue: 'no value, or not in the ranking',
  waiting: (share: number | null): string =>
    share === null ? 'not worked out' : `working it out: ${whole(share * 100)} %`,
  workItOut: 'Work out how sure the order is',
  noBoundaries: 'No map yet: there are no boundaries for these wards. Add boundaries at Data to see one.',
  noBoundariesRanked:
    'No map: there are no boundaries for these wards. Add boundaries at Data and rank again to see one.',
  tools: { label: 'Zoom', in: 'Zoom in', out: 'Zoom out', whole: 'Show the whole area' },
  layers: {
    tier: 'Risk tier',
    score: 'Score',
    rank: 'Rank',
    robustness: 'Share of models with the ward in the top third',
    pca: 'Rank by PCA',
    verdict: 'How sure: among the first third?',
    chanceHigh: 'Chance of being in the first third',
    coverage: 'People covered by nets',
    nets: 'Nets planned',
    netVerdict: 'How sure: nets by this plan?',
    chanceNets: 'Chance of nets by this plan',
  },
  tiers: { High: 'High', Medium: 'Medium', Low: 'Low' },
  verdicts: {
    in: 'Surely in the first third',
    choice: 'It depends on choices',
    out: 'Surely not in the first third',
  },
  netVerdicts: {
    in: 'Nets whatever is chosen',
    choice: 'It depends on choices',
    out: 'No nets whatever is chosen',
  },
} as const

export const filters = {
  find: 'Find a ward',
  findHint: 'Find a ward',
  found: 'Wards found',
  foundWard: (ward: Placed): string => `${place(ward)} · rank ${whole(ward.ranked.rank)}`,
  lga: 'LGA',
  allLgas: 'All LGAs',
  tier: 'Tier',
  allTiers: 'All tiers',
  colourBy: 'Colour by',
  sections: {
    ranking: 'Ranking',
    certainty: 'How sure',
    nets: 'Nets',
    indicators: 'Indicators',
    answer: 'Your question',
  },
  clear: 'Show all',
  count: (shown: number, all: number): string =>
    shown === all ? counted(all, 'ward') : `${whole(shown)} of ${counted(all, 'ward')}`,
} as const

export const indicators = {
  text: (isWeighted: boolean): string =>
    `${isWeighted ? 'Indicators count as you weigh them.' : 'Each indicator counts the same.'} ` +
    'The direction is taken from the name: change it where it is wrong for your area.',
  suggested: 'Suggested indicators',
  noneSuggested: 'No column is suggested. Choose two to ten below, and say of each what more of it means.',
  others: (count: number): string => `Others (${whole(count)})`,
  othersCaption: 'Other columns of numbers',
  copiesOf: (name: string): string => `The same values as ${name}`,
  keepOne: 'Use one of them at most: a copy would count twice.',
  headings: ['Indicator', 'More of it means', 'Why'],
  values: (least: string, greatest: string, missing: number): string =>
    `${least} to ${greatest}${missing === 0 ? '' : `, ${whole(missing)} missing`}`,
  directions: { direct: 'more risk', inverse: 'less risk' },
  choose: 'choose',
  means: (name: string): string => `More ${name} means`,
  rank: 'Rank the wards',
  rankAgain: 'Rank again',
  ranking: 'Ranking the wards.',
  ranked: 'The wards are ranked.',
  undirected: (names: readonly string[]): string => `Say what more of ${inARow(names)} means.`,
  count: (count: number, wanted: { readonly least: number; readonly most: number } | null): string =>
    `${counted(count, 'indicator')} chosen${wanted === null ? '.' : `: choose ${whole(wanted.least)} to ${whole(wanted.most)}.`}`,
  stale: 'The data have changed since the ranking that is shown.',
  differ: (changes: readonly string[]): string =>
    `The ranking that is shown was made with other choices: ${changes.join(', ')}.`,
  method: 'Method',
  changes: { weights: 'weights', compareWith: 'the column to compare with', copies: 'copies' },
  alike: (other: string, r: string): string => `Much the same as ${other} (r = ${r})`,
  weights: {
    title: 'Own weights',
    text:
      'Without weights, every combination of the indicators counts the same. With them, a ward is ranked by the ' +
      'weighted mean, and its place by the method stays beside it.',
    notInLegacy: 'The legacy method has no weights of its own.',
    own: 'Weigh the indicators myself',
    caption: 'Weights of the indicators',
    headings: ['Indicator', 'Points', 'Share'],
    pointsOf: (name: string): string => `Points of ${name}`,
    missing: 'Give every chosen indicator points above 0, or leave out what shall not count.',
  },
  compare: {
    title: 'Compare with a column that does not rank',
    text:
      'Such as reported cases: the result says how well the ranking agrees with it. It has to stay out of the ' +
      'indicators.',
    label: 'Compare with',
    none: 'nothing',
  },
  copies: {
    title: 'Copies',
    refused: (names: readonly string[]): string =>
      `The service refused to rank by ${inARow(names)} and what is the same beside it: the same figures would count ` +
      'twice, or cancel each other. Leave one of them out.',
    allow: 'Rank by copies all the same',
    said: 'Then every file of this ranking says that a column and its copy were both used.',
  },
  methods: {
    standard: { name: 'Standard', text: 'all combinations of the indicators' },
    legacy: { name: 'Legacy', text: 'repeats what the earlier system showed, to check past decisions' },
  },
} as const

export const results = {
  views: 'Views of the results',
  viewNames: { wards: 'Wards', lgas: 'LGAs', about: 'What it rests on' },
  headline: (wards: number, count: number): string =>
    `${counted(wards, 'ward')} ranked by ${counted(count, 'indicator')}`,
  noData: 'There are no data yet.',
  noRanking: 'The wards are not ranked yet.',
  go: (hasData: boolean): string => (hasData ? 'Look at the indicators and rank the wards' : 'Add a ward table'),
  staleTitle: 'The data have changed since this ranking',
  stale: 'It and its plan show the earlier data and can no longer be downloaded.',
  staleGo: 'Rank the wards again',
  seen: 'What this table shows (CSV)',
  seenFiltered: 'What this table shows, filtered (CSV)',
  seenName: (date: string): string => `wards_${date}.csv`,
} as const

export const table = {
  label: 'Ranking of wards',
  caption: 'Wards from most to least at risk. Use the buttons in the headings to sort.',
  why: 'Why this rank',
  columns: {
    rank: 'Rank',
    ward: 'Ward',
    lga: 'LGA',
    score: 'Score',
    tier: 'Tier',
    topThird: 'In top third',
    medianRank: 'Median rank',
    methodRank: 'Rank by the method',
    pcaRank: 'PCA rank',
    pcaScore: 'PCA score',
    rankLow: 'Rank from',
    rankHigh: 'Rank to',
    chanceHigh: 'Chance of High',
    nets: 'Nets',
    coverage: 'Covered',
    code: 'Code',
  },
} as const

export const lgas = {
  caption: 'Wards by LGA',
  headings: ['LGA', 'Wards', 'High', 'Medium', 'Low', 'Mean score', 'First ward (rank)'],
  none: 'The data have no column of LGAs.',
  show: (lga: string): string => `Show ${lga} alone`,
} as const

export const downloads = {
  title: 'Download',
  labels: {} as Readonly<Record<string, string>>,
  making: (label: string): string => `Making the file: ${label}.`,
  first: 'The first file of a ranking takes longest: how sure the order is is worked out with it.',
  coming: (label: string): string => `The file is being downloaded: ${label}.`,
} as const
