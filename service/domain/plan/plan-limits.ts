import { LIMIT_TEXTS } from '../limit-texts.ts'

const PERCENT = { minimum: 0, maximum: 100, title: LIMIT_TEXTS.percentage } as const

/** The options that are numbers: the least and the greatest value, both included, and in words what is accepted. */
export const PLAN_NUMBERS = {
  totalNets: { minimum: 0, maximum: 1_000_000_000, title: LIMIT_TEXTS['number-of-nets'] },
  urbanThreshold: PERCENT,
  householdSize: { minimum: 1, maximum: 50, title: LIMIT_TEXTS.household },
  peoplePerNet: { minimum: 1, maximum: 10, title: LIMIT_TEXTS['people-per-net'] },
  bufferPercent: PERCENT,
} as const

export const PERCENT_LIMITS = PERCENT

/** More people than any ward has. A ward with more is left out of the plan. */
export const MOST_WARD_PEOPLE = 100_000_000

/** How many wards a plan can name as exceptions. */
export const MOST_EXCEPTIONS = 200

export const PRICE_LIMITS = { minimum: 0, maximum: 1_000_000_000 } as const

export type PlanNumbers = typeof PLAN_NUMBERS

/** What is used for an option that is left out. For a column, it is the first that has one of the known names. */
export const PLAN_DEFAULTS = {
  urbanThreshold: 75,
  ranking: 'composite',
  rule: 'per-person',
  householdSize: 5,
  mode: 'standard',
  lastWard: 'partial',
  /** The WHO planning rule: one net for every 1.8 people. */
  peoplePerNet: 1.8,
} as const

export type PlanDefaults = typeof PLAN_DEFAULTS

/** Whether an option that is a number can have this value. */
export function isTaken(option: keyof PlanNumbers, value: number): boolean {
  const { minimum, maximum } = PLAN_NUMBERS[option]
  return value >= minimum && value <= maximum && (option !== 'totalNets' || Number.isInteger(value))
}
