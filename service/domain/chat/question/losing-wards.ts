import type { Reading } from './reading.ts'
import { ask } from './replies.ts'
import type { Meaning } from './replies.ts'
import { pattern } from './words.ts'

/** A smaller number is no stock of a plan. */
const LEAST_STOCK = 1_000
const LOSERS = pattern(
  String.raw`\b(?:who|which (?:wards?|lgas?|areas?|places?|ones?)|what (?:wards?|lgas?)) (?:would |will |do `,
  String.raw`|does |go )?`,
  String.raw`(?:lose|loses|lost|lose out|loses out|gain|gains|drop out|drops out|miss out|misses out)\b`,
)

/** Whether a message asks who gets none any more, if something changes. */
export function asksForLosers(plain: string): boolean {
  return LOSERS.test(plain) && plain.includes(' if ')
}

/** `Who loses if we have 150,000?` asks who gets none any more, and takes no nets away. */
export function withoutLosers(plain: string): string {
  return plain.replace(LOSERS, ' ')
}

/** `Who loses if we have 150,000?` without a plan: there is nothing yet that somebody could lose. */
export function askForPlan({ figures }: Reading): Meaning {
  const [figure] = figures
  const stock = figure?.value ?? null
  return ask(
    'There is no net plan yet, so nobody can lose nets that a plan gave. Make one first; then I compare ' +
      'the next with it.',
    stock === null || stock < LEAST_STOCK ? [] : [`Plan ${stock.toLocaleString('en')} nets`],
  )
}

/** `Which wards get less than 50 % of their need?`: a question changes no plan, unless it asks what would be. */
export function isOnlyAsking({ words, plain }: Reading): boolean {
  const isQuestion = /^(?:which|who|how|where|is|are|does|do|did|why|list|count|name)$/.test(words[0]?.text ?? '')
  const isWhatIf = /\b(?:if|what about|how about|suppose|with only|with just|only had|only have|instead)\b/.test(plain)
  return isQuestion && !isWhatIf && !plain.startsWith(' how about ')
}
