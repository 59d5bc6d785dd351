import { type Prefix, smugglingPrefixes } from './prefixes.ts'

/** The prefixes of a run, handed out in turn; after the last comes the first again. */
export interface Supply {
  readonly total: number
  take(count: number): readonly Prefix[]
  /** Comes next: it could not be sent. */
  giveBack(prefix: Prefix): void
}

export function createSupply(target: string): Supply {
  const prefixes = smugglingPrefixes(target)
  const waiting: Prefix[] = []
  return {
    total: prefixes.length,
    take(count) {
      while (waiting.length < count) waiting.push(...prefixes)
      return waiting.splice(0, count)
    },
    giveBack(prefix) {
      waiting.unshift(prefix)
    },
  }
}
