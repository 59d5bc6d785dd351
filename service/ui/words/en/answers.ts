import { fixed, whole } from '../../formats.ts'
import { counted, inARow } from '../counted.ts'

export const why = {
  choose: 'Choose a ward on the map or in the table to see why it has its rank.',
  place: ({ ranked }: { readonly ranked: { readonly rank: number; readonly score: number } }, wards: number): string =>
    `Rank ${whole(ranked.rank)} of ${whole(wards)}, score ${fixed(ranked.score, 3)}.`,
  reason: (above: readonly string[], below: readonly string[]): string => {
    if (above.length === 0 && below.length === 0) return 'Close to the mean ward in every indicator.'
    if (above.length === 0) return `Less at risk than the mean ward by ${inARow(below)}.`
    const less = below.length === 0 ? '' : `, less by ${inARow(below)}`
    return `More at risk than the mean ward by ${inARow(above)}${less}.`
  },
  loading: 'Looking at its indicators.',
  caption: (ward: string): string => `Indicators of ${ward}`,
  headings: ['Indicator', 'Value', 'Risk against the mean ward'],
  filled: 'filled in',
  firm: (share: string, median: string): string => `In the top third in ${share} of the models; median rank ${median}.`,
  howSure: 'How sure is this rank?',
  range: (low: string, high: string, chance: string): string =>
    `In nine of ten draws the rank lies between ${low} and ${high}; ` +
    `in ${chance} of them the ward is in the first third.`,
  neighbours: 'Beside it:',
} as const

export const about = {
  relative: 'A rank is relative to the uploaded area; a score is not an absolute risk.',
  caveats: 'Keep in mind',
  models: (count: number, mode: string): string =>
    `The score is the median over ${counted(count, 'model')}, ` +
    `which are combinations of the indicators; ${mode} method.`,
  indicators: 'Indicators that were used',
  indicatorHeadings: ['Indicator', 'More of it means', 'Direction', 'Values filled in'],
  guessed: 'by its name',
  chosen: 'chosen',
  leftOut: (count: number): string => `${counted(count, 'column')} left out`,
  nothingFilled: 'No value was filled in.',
  filled: (count: number): string => `${counted(count, 'missing value')} filled in`,
  filledCaption: 'Values that were filled in',
  filledHeadings: ['Ward', 'Indicator', 'Value', 'How'],
  columnMean: 'mean of the column',
  neighbourMean: (names: readonly string[]): string =>
    `mean of ${counted(names.length, 'neighbour')}: ${names.join(', ')}`,
  noPca: 'Why there is no PCA ranking',
  sources: (draws: number): string => `Where the doubt comes from, over ${counted(draws, 'draw')}`,
  sourceHeadings: ['Source', 'Share'],
} as const

export const made = {
  weights: 'Weights that a person chose',
  weightHeadings: ['Indicator', 'Share'],
  moved: (moved: number, wards: number): string =>
    `${whole(moved)} of ${counted(wards, 'ward')} have another rank than by the method.`,
  entersHigh: (count: number): string => `${counted(count, 'ward')} more in the tier High`,
  leavesHigh: (count: number): string => `${counted(count, 'ward')} no longer in the tier High`,
  comparedWith: (column: string, wards: string): string => `Compared with ${column}, over ${wards} wards`,
  comparedHeadings: ['Figure', 'Value', '95 % interval'],
  bounds: (low: string, high: string): string => `${low} to ${high}`,
  spearman: "Agreement of score and column (Spearman's correlation, −1 to 1)",
  lift: 'Tier High against all wards (1: no difference)',
  meanHigh: 'Mean of the tier High',
  meanAll: 'Mean of all wards',
  noProof: 'What was seen depends on who seeks care, who is tested and who reports: it is not a proof.',
} as const

export const ask = {
  youAsked: 'You asked: ',
  looking: 'Looking for the answer.',
  stop: 'Stop',
  stopped: 'Stopped.',
  forget: 'Forget the conversation',
  answeredBy: (mode: string): string => (mode === 'rules' ? 'Answered by rules.' : `Answered by ${mode}.`),
  showOnMap: 'Show on the map',
  isOnMap: 'The map shows these values.',
  openPlan: 'Open the plan',
  openRanking: 'Open the ranking',
  download: (kind: string): string => `Download ${kind}`,
  downloadMap: 'Download this map (GeoJSON)',
  downloadChart: 'Download this chart (SVG)',
  answerTo: (message: string): string => `Answer to: ${message}`,
  rowsLeftOut: (count: number): string => `${whole(count)} more rows were not kept. Ask again to see them.`,
  basis: 'What this rests on',
} as const

export const arena = {
  compare: 'Compare two answers',
  looking: 'Two answers are being written.',
  slots: { a: 'Answer A', b: 'Answer B' },
  voteOn: 'Which answer is better?',
  choices: { a: 'A is better', b: 'B is better', tie: 'Both are good', bad: 'Neither is good' },
  reveal: (a: string, b: string): string => `Answer A is by ${a}, answer B by ${b}.`,
  leaderboard: 'Who answers best',
  noVotes: 'There are no votes yet.',
  caption: (votes: number): string => `Ratings from ${counted(votes, 'vote')}`,
  headings: ['Who', 'Rating', 'Pairs', 'Better', 'Worse', 'Alike'],
} as const
