import { type Prefix, smugglingPrefixes } from './prefixes.ts'

/** The prefixes of a run, handed out in turn; after the last the first comes again. */
export interface Supply {
  readonly total: number
  take(count: number): readonly Prefix[]
  /** These come next: they could not be sent. */
  giveBack(refused: readonly Prefix[]): void
}

export function createSupply(target: string): Supply {
  const prefixes = dealt(smugglingPrefixes(target))
  const waiting: Prefix[] = []
  return {
    total: prefixes.length,
    take(count) {
      while (waiting.length < count) waiting.push(...prefixes)
      return waiting.splice(0, count)
    },
    giveBack(refused) {
      waiting.unshift(...refused)
    },
  }
}

/**
 * One of each form after the other: prefixes of one form that are sent together affect each other, not other people.
 */
function dealt(prefixes: readonly Prefix[]): readonly Prefix[] {
  const piles = Object.values(Object.groupBy(prefixes, ({ form }) => form)).map((pile = []) => pile)
  const highest = Math.max(...piles.map(({ length }) => length))
  return Array.from({ length: highest }, (_, at) => piles.flatMap((pile) => pile.slice(at, at + 1))).flat()
}
