import type { ChartOptions } from '../../service/domain/chart/chart-options.ts'
import type { Question } from './judge.ts'
import type { Ward } from './truth.ts'

/** A list of questions, with a function for each kind of answer that adds one. */
export function questionList(): {
  readonly found: Question[]
  readonly figures: (category: string, message: string, ...wanted: readonly number[]) => void
  readonly rows: (category: string, message: string, wanted: readonly (string | Ward)[], isOrdered?: boolean) => void
  readonly groups: (
    category: string,
    message: string,
    wanted: Readonly<Record<string, number>>,
    first?: readonly string[],
  ) => void
  readonly asks: (message: string, about: RegExp) => void
  readonly says: (category: string, message: string, text: RegExp) => void
  readonly declines: (message: string, text: RegExp) => void
  /** Questions that follow this message, or these in their order. */
  readonly after: (before: string | readonly string[], followUps: () => void) => void
  readonly draws: (message: string, chart: ChartOptions) => void
} {
  const found: Question[] = []
  return {
    found,
    figures: (category, message, ...wanted) => {
      found.push({ category, message, expected: { figures: wanted } })
    },
    rows: (category, message, wanted, isOrdered = false) => {
      found.push({
        category,
        message,
        expected: { rows: wanted.map((ward) => (typeof ward === 'string' ? ward : ward.name)), isOrdered },
      })
    },
    groups: (category, message, wanted, first) => {
      found.push({ category, message, expected: { groups: wanted, ...(first !== undefined && { first }) } })
    },
    asks: (message, about) => {
      found.push({ category: 'asks', message, expected: { asks: about } })
    },
    says: (category, message, text) => {
      found.push({ category, message, expected: { says: text } })
    },
    declines: (message, text) => {
      found.push({ category: 'decline', message, expected: { declines: text } })
    },
    after: (before, followUps) => {
      const first = found.length
      followUps()
      for (let at = first; at < found.length; at += 1) found[at] = { ...found[at]!, before }
    },
    draws: (message, chart) => {
      found.push({ category: 'chart', message, expected: { chart } })
    },
  }
}
