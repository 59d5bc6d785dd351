import { whole } from '../../formats.ts'
import { counted, inARow } from '../counted.ts'

/** A lock in words. `by` is null if nobody had signed in. */
interface Lock {
  readonly day: string
  readonly by: string | null
  /** Whether the project that was opened says so, and not this session. */
  readonly isFromProject: boolean
}

const lockText = ({ day, by, isFromProject }: Lock): string =>
  `, locked on ${day}${by === null ? '' : ` by ${by}`}${isFromProject ? ' (as the opened project records it)' : ''}`

export const nets = {
  noRanking: 'Nets are handed out in the order of a ranking, and there is none yet.',
  toRanking: 'Rank the wards first',
  stock: 'Nets in stock',
  slider: (label: string): string => `${label}, slider`,
  threshold: 'Served first: wards below % urban',
  population: 'Population of a ward',
  chooseColumn: 'choose a column',
  noPopulation:
    'No column of numbers is called population. Choose the one that counts the people of a ward; if there is none, add ' +
    'it to the ward table and choose the table again.',
  need: (count: string): string => `All wards together need ${count} nets.`,
  working: 'Working out the plan.',
  more: 'Rules of the programme',
  order: 'Order of the wards',
  orders: { composite: 'by score', pca: 'by PCA' },
  rule: 'Nets for',
  rules: { 'per-person': 'people', household: 'households' },
  perNet: 'People for one net',
  householdSize: 'People in a household',
  reserve: 'Held back for routine channels, %',
  buffer: 'Held back for wrong counts, %',
  bale: 'Whole bales of',
  bales: { '': 'no bales', 40: '40 nets', 50: '50 nets', 100: '100 nets' },
  lastWard: 'The last ward gets',
  lastWards: { partial: 'what is left', whole: 'all or nothing' },
  urbanRule: 'Urban wards are',
  urbanRules: { tiers: 'served later', 'leave-out': 'left out' },
  urbanFrom: 'Urban from %',
  upTo: 'Leave out at most % of people',
  protectHigh: 'Wards of the tier High are served however urban they are',
  onlyLga: 'Only the wards of the LGA that is chosen above',
} as const

export const exceptions = {
  title: 'Exceptions',
  ward: 'Ward',
  way: 'It is',
  ways: { in: 'in the plan', out: 'left out' },
  reason: 'Reason',
  add: 'Add the exception',
  drop: 'Remove',
  dropFor: (ward: string): string => `Remove the exception of ${ward}`,
  entry: (ward: string, isIn: boolean, reason: string): string => `${ward} is ${isIn ? 'in' : 'left out'}: ${reason}`,
  unknownWard: 'Choose a ward of the ranking.',
  noReason: 'Give the reason: it is printed with the plan.',
} as const

export const plan = {
  headline: (of: {
    readonly allocated: string
    readonly stock: string
    readonly wards: number
    readonly remaining: string | null
  }): string =>
    `${of.allocated} of ${of.stock} nets go to ${counted(of.wards, 'ward')}; ${of.remaining ?? 'none'} remain.`,
  covered: (percent: string, people: string, column: string): string =>
    `${percent} of ${people} people are covered. Population from ${column}.`,
  reserve: (count: string): string => `${count} nets are held back.`,
  rules: 'Rules of this plan',
  byLga: (count: number): string => `Nets by LGA (${String(count)})`,
  lgaCaption: 'Nets by LGA',
  lgaHeadings: ['LGA', 'Wards', 'Nets needed', 'Nets planned', 'People covered'],
  byWard: 'Nets by ward',
  without: (count: number): string => `${counted(count, 'ward')} without a net`,
  withoutCaption: 'Wards without a net',
  excluded: (count: number): string => `${counted(count, 'ward')} left out of the plan`,
  headings: {
    ward: 'Ward',
    lga: 'LGA',
    rank: 'Rank',
    people: 'People',
    need: 'Nets needed',
    nets: 'Nets planned',
    covered: 'People covered',
    chance: 'Chance of nets',
  },
} as const

export const sureNets = {
  ask: 'Work out how sure these nets are',
  working: (share: number): string => `Working out how sure these nets are: ${whole(100 * share)} %`,
  counts: (of: Readonly<Record<'in' | 'choice' | 'out', number>>): string =>
    `${counted(of.in, 'ward')} would get nets whatever is chosen, ${counted(of.out, 'ward')} would get none, and for ` +
    `${counted(of.choice, 'ward')} it depends on choices.`,
  ofFixedOrder: (of: Readonly<Record<'in' | 'choice' | 'out', number>>): string =>
    `By the order that was decided, ${counted(of.in, 'ward')} would get nets and ${counted(of.out, 'ward')} none; for ` +
    `${counted(of.choice, 'ward')} it depends on choices.`,
  meaning: (draws: string): string =>
    `Of ${draws} rankings that an analyst could as well have made, “whatever is chosen” means 95 of 100.`,
} as const

export const scenarios = {
  title: 'Scenarios',
  name: 'Name of the scenario',
  nameHint: 'such as: rural first',
  keep: 'Keep as a scenario',
  kept: (name: string): string => `${name} is kept.`,
  unnamed: 'without a name',
  pick: (name: string): string => `Compare ${name}`,
  summary: (nets: string, lock: Lock | null, isStale: boolean): string =>
    ` ${nets} nets${lock === null ? '' : lockText(lock)}${isStale ? ', of earlier data' : ''}`,
  open: 'Open',
  openOf: (name: string): string => `Open ${name}`,
  opened: (name: string): string => `${name} is shown.`,
  copy: 'Copy',
  copyOf: (name: string): string => `Copy ${name}`,
  copyName: (name: string): string => `Copy of ${name}`,
  copied: (name: string): string => `${name} was copied. The copy is shown.`,
  lock: 'Lock',
  lockOf: (name: string): string => `Lock ${name}`,
  locked: (name: string): string => `${name} is locked: its figures stay as they are.`,
  remove: 'Delete',
  removeOf: (name: string): string => `Delete ${name}`,
  removeTitle: (name: string): string => `Delete ${name}?`,
  removeText: 'The scenario cannot be brought back.',
  removed: (name: string): string => `${name} was deleted.`,
  compare: (count: number): string => (count < 2 ? 'Compare: tick two to four' : `Compare ${String(count)} scenarios`),
} as const

export const compare = {
  unnamed: (number: number): string => `plan ${String(number)}`,
  title: (names: readonly string[]): string => inARow(names),
  changes: (counts: Readonly<Record<string, number>>, names: readonly string[]): string => {
    const of = (change: string): string => counted(counts[change] ?? 0, 'ward')
    return (
      `From ${names[0] ?? ''} to ${names.at(-1) ?? ''}: ${of('gained')} gained nets, ${of('lost')} lost them, ` +
      `${of('more')} get more and ${of('fewer')} get fewer.`
    )
  },
  people: (counts: readonly string[], names: readonly string[]): string =>
    `People covered: ${names.map((name, at) => `${counts[at] ?? ''} in ${name}`).join(', ')}.`,
  differences: 'What was decided differently',
  rule: 'Rule',
  byLga: 'Nets by LGA, side by side',
  lga: 'LGA',
  netsOf: (name: string): string => `Nets, ${name}`,
  wards: 'Wards whose nets differ',
  ward: 'Ward',
  change: 'Change',
  kinds: { gained: 'gained', lost: 'lost', more: 'more', fewer: 'fewer', same: 'the same' },
  why: 'Why',
} as const
