import type { Outline } from '../../outline.ts'
import type { Reading } from '../reading.ts'
import { emptyDraft, isTag, tagAt, textAt } from './draft.ts'
import type { Asking } from './draft.ts'
import { joinAlternatives } from './join-alternatives.ts'
import type { ReadCondition } from './join-alternatives.ts'
import type { Tag } from './lexicon.ts'
import { comparatives } from './read-comparatives.ts'
import { columnFirst, columnLast } from './read-conditions.ts'
import { figures } from './read-figures.ts'
import { groupCounts } from './read-group-counts.ts'
import { groupsWithOnly, groupsWithout } from './read-groups-without.ts'
import { groupPicks } from './read-group-picks.ts'
import { groups } from './read-groups.ts'
import { limits, ordinals, topCondition } from './read-limits.ts'
import { superlatives } from './read-orders.ts'
import {
  COMPARATIVES,
  comparedPlaces,
  namedWards,
  places,
  served,
  states,
  tiers,
  urbanOrRural,
  vague,
  within,
  values,
} from './read-places.ts'
import { rankCondition } from './read-rank.ts'
import { besideLga, columnBetween } from './read-relative.ts'
import { sorts } from './read-sorts.ts'
import { charts, subjects } from './read-subjects.ts'
import { topShare } from './read-top-share.ts'
import { tokensOf } from './tokens.ts'
import type { Token } from './tokens.ts'

/**
 * Each takes the tokens that it understands at a place, and gives how many. Those with more specific phrases
 * come first.
 */
const READERS: readonly ((asking: Asking, at: number) => number)[] = [
  served,
  within,
  groupsWithout,
  groupsWithOnly,
  groupCounts,
  groupPicks,
  comparatives,
  comparedPlaces,
  besideLga,
  columnBetween,
  columnLast,
  columnFirst,
  rankCondition,
  places,
  namedWards,
  states,
  tiers,
  vague,
  values,
  urbanOrRural,
  charts,
  topCondition,
  sorts,
  topShare,
  superlatives,
  ordinals,
  limits,
  groups,
  figures,
  subjects,
]

/** Words that may be left, since they change nothing by themselves. Any other word that is left makes the rules ask. */
const SILENT: ReadonlySet<Tag> = new Set<Tag>([
  'filler',
  'and',
  'of',
  'in',
  'is',
  'with',
  'to',
  'between',
  'across',
  'rank',
  'describe',
])

/** A question as far as it can be read, and the tokens that no reader took. */
export interface Read {
  readonly asking: Asking
  readonly unused: readonly Token[]
}

/** Whether "own" follows the name or the pronoun that it belongs to: `Gwale own`, `my own data`. */
function isOwned(asking: Asking, at: number): boolean {
  const kind = asking.tokens[at - 1]?.kind ?? 'tag'
  return ['lga', 'ward', 'state', 'column'].includes(kind) || /^(?:my|our|its|their|your)$/.test(textAt(asking, at - 1))
}

/** Whether something of the plan is asked for, so that "in the plan" adds nothing to it. */
function speaksOfPlan({ draft }: Asking): boolean {
  const isOfPlan = (column: string): boolean =>
    /^@?(?:served|nets|need|lacking|covered|people|coveragePercent)$/.test(column)
  return (
    draft.where.some(({ column }) => isOfPlan(column)) ||
    draft.wanted.some((each) => each.kind === 'column' && isOfPlan(each.column))
  )
}

/** Whether a verb stands here: the conditions before it say what a share is a part of. */
function endsBase(asking: Asking, at: number): boolean {
  const { draft } = asking
  if (!draft.isShare || draft.shareBase > 0) return false
  return (
    isTag(asking, at, 'is', 'with') ||
    (draft.wanted.length === 0 && /^(?:that|which|who) are$/.test(textAt(asking, at))) ||
    /^(?:live|lives|living|reside|residing|fall|falls|stay|stays)$/.test(textAt(asking, at))
  )
}

/** Whether "among" or "in" stands here after a condition: what follows says what a share is a part of. */
function beginsWhole(asking: Asking, at: number, before: number): boolean {
  const { isShare, sharePart } = asking.draft
  const isLink = isTag(asking, at, 'in', 'of', 'across') || textAt(asking, at).startsWith('among')
  return isShare && isLink && before > 0 && sharePart === 0
}

export function readDraft(reading: Reading, outline: Outline): Read | null {
  const { dataset } = outline
  if (dataset === null) return null
  const tokens = tokensOf(reading, dataset)
  const asking: Asking = { reading, outline, dataset, tokens, used: new Set(), draft: emptyDraft() }
  const { draft } = asking
  const unread: number[] = []
  const conditions: ReadCondition[] = []
  let at = 0
  while (at < tokens.length) {
    const [where, relative] = [draft.where.length, draft.relative.length]
    const taken = asking.used.has(at) ? 1 : READERS.reduce((found, read) => found || read(asking, at), 0)
    const [is, another] = [...draft.where.slice(where), ...draft.relative.slice(relative)]
    if (is !== undefined && another === undefined) conditions.push({ from: at, to: at + taken, is })
    if (beginsWhole(asking, at, where)) draft.sharePart = where
    if (endsBase(asking, at)) asking.draft.shareBase = asking.draft.where.length
    if (taken === 0) unread.push(at)
    at += Math.max(1, taken)
  }
  const left = joinAlternatives(asking, conditions, unread)
  const isSilent = (place: number): boolean => {
    const tag = tagAt(asking, place)
    const text = textAt(asking, place)
    if (text === 'own') return isOwned(asking, place)
    if (tag === 'inPlan') return speaksOfPlan(asking)
    return tag !== null && (SILENT.has(tag) || text === 'recorded')
  }
  const comparesChoice = asking.draft.where.some(({ op }) => op === 'in') || asking.draft.isVersus
  // "Which of A and B has more people" compares the two.
  const comparatives = comparesChoice ? left.filter((place) => COMPARATIVES.has(textAt(asking, place))) : []
  if (comparatives.length > 0) asking.draft.isVersus = true
  for (const place of comparatives) asking.used.add(place)
  return {
    asking,
    unused: left.filter((place) => !asking.used.has(place) && !isSilent(place)).flatMap((place) => tokens[place] ?? []),
  }
}
