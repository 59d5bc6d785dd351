import { askAboutPickedLgas } from './beside-counts.ts'
import type { Asking } from './draft.ts'
import { field, isTag, skip, textAt } from './draft.ts'

const KINDS: ReadonlySet<string> = new Set(['tier', 'value'])
const NOT_ONE = /^(?:without any|without|lack|lacks|lacking|zero)$/
const EVEN = /^(?:even|single|solitary|lone)$/

/**
 * `LGAs without a High ward`, `LGAs that do not have even one urban ward`, `LGAs where no ward is rural`: the LGAs that
 * have no ward of those that satisfy the conditions. What the wards are is read after it.
 */
export function groupsWithout(asking: Asking, at: number): number {
  const { draft, dataset, tokens } = asking
  if (!isTag(asking, at, 'lgas') || dataset.lgas.length === 0 || draft.subjects.has('wards') || draft.hasNone) return 0
  if (tokens[at - 1]?.kind === 'lga' || tokens[at + 1]?.kind === 'lga' || isOfPlace(asking, at)) return 0
  const none = skip(asking, at + 1, 'with', 'is', 'filler')
  const noun = isNone(asking, none) ? afterOne(asking, none + 1) : null
  if (noun === null) return 0
  const isWard = isTag(asking, noun, 'wards')
  if (!isWard && !isKindOfWards(asking, noun)) return 0
  // Of "no ward is High" the condition follows.
  const to = isWard ? skip(asking, noun + 1, 'is', 'with', 'in', 'filler') : noun
  if (isWard && to >= tokens.length) return 0
  for (let place = none; place < to; place += 1) asking.used.add(place)
  // "LGAs that do not have only Low wards" may have some.
  if (Array.from({ length: noun - none }, (_, step) => textAt(asking, none + step)).includes('only'))
    draft.question ??= askAboutPickedLgas()
  draft.hasNone = true
  askForLgas(asking, at)
  return to - at
}

/** `LGAs with only rural wards`: the LGAs that have no other wards than those that satisfy the conditions. */
export function groupsWithOnly(asking: Asking, at: number): number {
  const { draft, dataset, tokens } = asking
  if (!isTag(asking, at, 'lgas') || dataset.lgas.length === 0 || draft.hasNone) return 0
  if (tokens[at - 1]?.kind === 'lga' || tokens[at + 1]?.kind === 'lga') return 0
  const kind = skip(asking, at + 1, 'with', 'is', 'filler')
  const between = Array.from({ length: kind - at - 1 }, (_, step) => textAt(asking, at + 1 + step))
  if (!between.includes('only') || !isKindOfWards(asking, kind)) return 0
  for (let place = at + 1; place < kind; place += 1) asking.used.add(place)
  // "Wards of LGAs with only Low wards" asks for other wards than those that are counted.
  if (isOfPlace(asking, at) || isTag(asking, at - 1, 'neg')) draft.question ??= askAboutPickedLgas()
  draft.hasOnly = true
  askForLgas(asking, at)
  return kind - at
}

/** The question is about LGAs; "how many LGAs" are the groups of the answer, and not their wards. */
function askForLgas(asking: Asking, at: number): void {
  const { draft } = asking
  draft.groups.push(field(asking, 'lga'))
  draft.areLgasFirst = true
  draft.subjects.add('lgas')
  let before = at - 1
  while (isTag(asking, before, 'filler')) before -= 1
  if (isTag(asking, before, 'count')) draft.isCount = false
}

/** Whether wards of LGAs are asked for, and not the LGAs. */
function isOfPlace(asking: Asking, at: number): boolean {
  let before = at - 1
  while (isTag(asking, before, 'filler')) before -= 1
  return isTag(asking, before, 'in', 'of') && isTag(asking, before - 1, 'wards', 'people')
}

function isNone(asking: Asking, at: number): boolean {
  const token = asking.tokens[at]
  if (token?.kind === 'number') return token.value === 0 && !token.isPercent
  return isTag(asking, at, 'neg') || NOT_ONE.test(textAt(asking, at))
}

/** The place after `have even one`, `any` or `a single`; null where a number other than one stands there. */
function afterOne(asking: Asking, at: number): number | null {
  let place = at
  for (;;) {
    const token = asking.tokens[place]
    if (token?.kind === 'number') {
      if (token.value !== 1 || token.isPercent || token.isOrdinal) return null
    } else if (textAt(asking, place) === 'at least') {
      if (asking.tokens[place + 1]?.kind !== 'number') return null
    } else if (!isTag(asking, place, 'filler', 'with') && !EVEN.test(textAt(asking, place))) return place
    place += 1
  }
}

/** Whether a kind of wards stands here: `High wards`, `high risk ward`, `urban one`. */
function isKindOfWards(asking: Asking, at: number): boolean {
  let noun = at
  while (
    isTag(asking, noun, 'risk', 'urban', 'rural', 'tiers') ||
    KINDS.has(asking.tokens[noun]?.kind ?? '') ||
    (noun > at && isTag(asking, noun, 'or') && KINDS.has(asking.tokens[noun + 1]?.kind ?? ''))
  )
    noun += 1
  return noun > at && (isTag(asking, noun, 'wards') || /^ones?$/.test(textAt(asking, noun)))
}
