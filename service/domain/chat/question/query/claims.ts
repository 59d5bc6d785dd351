import type { ToolCall } from '../../tools.ts'
import { ask } from '../replies.ts'
import type { Meaning } from '../replies.ts'
import type { Bound } from './bind.ts'
import { isTag } from './draft.ts'
import type { Asking, Subject } from './draft.ts'

/**
 * A number that says how many wards or LGAs there are, as in `all the 20 LGAs`, and not how many rows are wanted.
 * `the 20 wards` says it where no order follows; that is settled by `settleClaim`.
 */
export function isClaim(asking: Asking, at: number, next: number, count: number | null): boolean {
  const subject = subjectAt(asking, next)
  if (subject === null || count === null) return false
  const before = asking.reading.words
    .slice(0, asking.tokens[at]?.from ?? 0)
    .slice(-4)
    .map(({ text }) => text)
    .join(' ')
  const isAll = /\ball(?: of)?(?: the| our| these| those| my)?$/.test(before)
  const isThese = /\b(?:the|our|these|those|my)$/.test(before)
  if (isThese && !isAll) asking.draft.isLimitOfThese = true
  return isAll || (isThese && count >= totalOf(asking, subject))
}

/** The number that was read as a limit of `the 20 wards` without an order: it says how many there are. */
export function settleClaim({ draft }: Asking, { orders }: Bound): void {
  if (!draft.isLimitOfThese || draft.limit === null || orders.length > 0) return
  draft.claimed = draft.limit
  draft.limit = null
}

/** Asks about a number of all wards or LGAs that is not that of the data. */
export function askAboutClaim(asking: Asking): Meaning | null {
  const { draft, tokens, reading } = asking
  if (draft.claimed === null || draft.where.length + draft.relative.length > 0) return null
  const at = tokens.findIndex((token) => token.kind === 'number' && token.value === draft.claimed)
  const subject = subjectAt(asking, nounAfter(asking, at))
  const number = tokens[at]
  if (subject === null || number === undefined) return null
  const total = totalOf(asking, subject)
  if (total === draft.claimed) {
    draft.claimed = null
    return null
  }
  const noun = subject === 'lgas' ? 'LGAs' : 'wards'
  const [start, end] = [reading.words[number.from]?.start ?? 0, reading.words[number.to]?.end ?? 0]
  return ask(`The data have ${String(total)} ${noun}, not ${draft.claimed.toLocaleString('en')}. For all of them?`, [
    `${reading.message.slice(0, start)}${String(total)}${reading.message.slice(end)}`,
  ])
}

/** The calls with what the question takes to be true of their number; null if no answer would speak of it. */
export function withClaim({ draft }: Asking, calls: readonly ToolCall[]): readonly ToolCall[] | null {
  const { claimed } = draft
  if (claimed === null) return calls
  const [first, ...others] = calls
  if (first?.tool !== 'query_wards') return null
  return [{ ...first, input: { ...first.input, claimedCount: claimed } }, ...others]
}

/** The place of the noun that a number counts. */
export function nounAfter(asking: Asking, at: number): number {
  let place = at + 1
  while (
    isTag(asking, place, 'filler', 'tiers', 'rural', 'urban') ||
    ['tier', 'value'].includes(asking.tokens[place]?.kind ?? '') ||
    isTag(asking, place, 'risk')
  )
    place += 1
  return place
}

function subjectAt(asking: Asking, at: number): Subject | null {
  return isTag(asking, at, 'lgas') ? 'lgas' : isTag(asking, at, 'wards') ? 'wards' : null
}

function totalOf({ dataset }: Asking, subject: Subject): number {
  return subject === 'lgas' ? dataset.lgas.length : dataset.wards.length
}
