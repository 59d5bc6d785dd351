import type { AnswerTable } from './answer.ts'
import type { CallOf, ToolCall } from './tools.ts'

/** A call about the net plan. */
export type PlanCall = CallOf<'plan_nets' | 'change_plan' | 'plan_facts' | 'count_nets_needed'>

/** A list or a figure of wards that can be gone on with: the next rows, another LGA, fewer wards. */
export type ListCall = CallOf<'rank_wards' | 'query_wards'>

/** What the next message of a conversation may refer to. It holds names of the session's own data and no figures. */
export interface Remembered {
  /** The wards of the rows last shown, in their order. */
  readonly shown: readonly string[]
  /** Whether the list had more rows than were shown. */
  readonly isCut: boolean
  /** The wards that the last answer was about, if it was about a few. */
  readonly wards: readonly string[]
  readonly list: ListCall | null
  /** The figure that was given of wards after that list. */
  readonly figure: CallOf<'query_wards'> | null
  /** The last call if it was about the net plan. A question back in between leaves it. */
  readonly plan: PlanCall | null
  readonly open: OpenQuestion | null
}

/** A question that was asked back and waits for an answer. */
export interface OpenQuestion {
  /** How it ends. */
  readonly text: string
  readonly options: readonly string[]
}

export const NOTHING: Remembered = {
  shown: [],
  isCut: false,
  wards: [],
  list: null,
  figure: null,
  plan: null,
  open: null,
} as const

const MOST_SHOWN = 50
/** How many wards a ranking and a query list if nobody says. */
const USUAL_COUNT = 10
const USUAL_ROWS = 50
const MOST_ABOUT = 20
const MOST_BYTES = 8 * 1024
const LONGEST_QUESTION = 300

/** A reply, as far as it is remembered. */
export interface Said {
  readonly call: ToolCall | null
  readonly text: string
  readonly table?: AnswerTable
  readonly options?: readonly string[]
}

/** What to remember after a reply. It takes at most 8 KiB; what is larger is forgotten. */
export function remember(before: Remembered, { call, text, table, options = [] }: Said): Remembered {
  const open = options.length === 0 ? null : { text: text.slice(-LONGEST_QUESTION), options }
  if (call === null) return bounded({ ...before, open })
  const rows = wardsOf(table)
  const shown = rows.length > MOST_SHOWN ? [] : rows
  const list = call.tool === 'rank_wards' || call.tool === 'query_wards' ? withoutClaim(call) : null
  // "How many of them are urban?" leaves the list of them to be gone on with.
  const isFigure = list?.tool === 'query_wards' && list.input.measures !== undefined && list.input.groupBy === undefined
  if (list?.tool === 'query_wards' && before.list !== null && (isFigure || rows.length === 0))
    return bounded({ ...before, wards: [], figure: list, plan: null, open })
  if (list?.tool === 'query_wards' && isFigure) return bounded({ ...before, wards: [], figure: list, plan: null, open })
  const about = namedBy(call)
  const wards = about.length > 0 ? about : list !== null && shown.length === 1 ? shown : []
  if (list !== null) return bounded({ ...NOTHING, shown, isCut: rows.length >= limitOf(list), wards, list, open })
  const plan = isOfPlan(call) ? call : null
  // An explanation or a map leaves a list to be gone on with. A plan or an analysis is what the talk is of from then
  // on.
  return about.length > 0
    ? bounded({ ...before, wards, plan: plan ?? before.plan, open })
    : plan !== null || call.tool === 'run_analysis'
      ? bounded({ ...NOTHING, shown: shown.length > MOST_ABOUT ? [] : shown, plan, open })
      : bounded({ ...before, wards: [], open })
}

/** A call without what its question took to be true of it: what goes on with the call takes it over no more. */
export function withoutClaim<Call extends ToolCall>(call: Call): Call {
  if (call.tool !== 'query_wards') return call
  const { claimedCount: _, ...input } = call.input
  return { ...call, input }
}

function bounded(remembered: Remembered): Remembered {
  return Buffer.byteLength(JSON.stringify(remembered)) <= MOST_BYTES ? remembered : NOTHING
}

/** The wards of a table's rows; none when its rows are not wards. */
function wardsOf(table: AnswerTable | undefined): readonly string[] {
  const at = table?.columns.findIndex((name) => name === 'ward' || name === '@ward') ?? -1
  const wards = at < 0 ? [] : (table?.rows ?? []).map((row) => row[at])
  return wards.filter((ward) => typeof ward === 'string')
}

/**
 * How many rows a list has at most. A ranking of one tier has all of its wards; the first wards of each group are never
 * all that satisfy the conditions.
 */
function limitOf(list: ListCall): number {
  if (list.tool === 'query_wards') return list.input.each === undefined ? (list.input.limit ?? USUAL_ROWS) : 0
  return list.input.count ?? (list.input.tier === undefined ? USUAL_COUNT : Infinity)
}

function isOfPlan(call: ToolCall): call is PlanCall {
  return ['plan_nets', 'change_plan', 'plan_facts', 'count_nets_needed'].includes(call.tool)
}

/** The wards that a call names because they are what it is about. */
function namedBy({ tool, input }: ToolCall): readonly string[] {
  switch (tool) {
    case 'explain_ward':
      return [input.ward]
    case 'compare_wards':
    case 'near_wards':
    case 'ward_values':
      return input.wards
    case 'plan_facts':
    case 'count_nets_needed':
      return input.wards ?? []
    default:
      return []
  }
}
