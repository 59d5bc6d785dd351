/** The share of requests that may fail: one in two hundred over a month. */
export const ERROR_BUDGET_PERCENT = 0.5

/**
 * Pairs of windows over which the error budget is watched, each with how many times too fast it is used up.
 * @see https://sre.google/workbook/alerting-on-slos/
 */
export const BURN_PAIRS = [
  {
    id: 'error-budget-fast',
    what: "At this rate two days use up the month's budget of errors",
    effect: 'People have seen errors for an hour, and still do',
    urgency: 'page',
    factor: 14.4,
    long: ['1h', 3_600],
    short: ['5m', 300],
  },
  {
    id: 'error-budget-slow',
    what: "At this rate five days use up the month's budget of errors",
    effect: 'People have seen errors for hours, and still do',
    urgency: 'page',
    factor: 6,
    long: ['6h', 21_600],
    short: ['30m', 1_800],
  },
  {
    id: 'error-budget-ticket',
    what: "At this rate the month's budget of errors does not last the month",
    effect: 'A few people see errors, for days',
    urgency: 'inform',
    factor: 1,
    long: ['3d', 259_200],
    short: ['6h', 21_600],
  },
] as const satisfies readonly {
  readonly id: string
  readonly what: string
  readonly effect: string
  readonly urgency: 'page' | 'inform'
  readonly factor: number
  readonly long: readonly [string, number]
  readonly short: readonly [string, number]
}[]
