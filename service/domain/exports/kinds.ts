import type { StatedCertainty } from '../certainty/stated-certainty.ts'
import type { Dataset } from '../dataset/dataset.ts'
import type { StampedPlan, StampedResult } from './stamped.ts'

/** Words of a message that name a file, for the chat: concepts, and phrases that must occur as they are. */
export interface SpokenWords<Concept extends string = string> {
  readonly concepts?: readonly Concept[]
  readonly phrases?: readonly string[]
}

export interface NamingWords<Concept extends string = string> extends SpokenWords<Concept> {
  /** How specific the words are. Of all files that a message names, the one with the most specific words is meant. */
  readonly tells: number
  /** The words count only if one of these is in the message too. */
  readonly beside?: SpokenWords<Concept>
}

/** What makes a file, and what it costs. */
interface Made<Sources extends readonly unknown[]> {
  /**
   * Up to this many KiB of source, the file is made on the event loop: about 10 ms of CPU (`node bench/loop-jobs.ts`
   * prints it). Larger ones are made on a thread.
   */
  readonly loopKiB: number
  readonly load: () => Promise<(...sources: Sources) => Iterable<string | Uint8Array>>
}

/**
 * What a file is made of, and what makes it. Every maker also gets how sure the order is, with the plan's nets if there
 * is a plan. A maker gives the file piece by piece, so that the whole file is never in memory. It is loaded when its
 * file is made.
 */
type Making =
  | (Made<[result: StampedResult, certainty: StatedCertainty, planId: string | null]> & {
      readonly madeOf: 'result'
      readonly plan: 'none' | 'optional'
    })
  | (Made<[plan: StampedPlan, certainty: StatedCertainty]> & { readonly madeOf: 'plan'; readonly plan: 'required' })
  | (Made<[dataset: Dataset, result: StampedResult, plan: StampedPlan | null, certainty: StatedCertainty]> & {
      readonly madeOf: 'dataset'
      readonly plan: 'optional'
    })

type ExportRow = Making & {
  readonly mediaType: string
  /** Its name on the page. */
  readonly label: string
  /** What it contains, in the words of the chat. */
  readonly holds: string
  /** A message that asks the chat for it. */
  readonly request: string
  readonly words: readonly NamingWords[]
}

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

/**
 * Every file that can be made of a result, by its name. The API, the chat, the page and the prover all use this table.
 */
export const EXPORTS = {
  'rankings.csv': {
    mediaType: 'text/csv; charset=utf-8',
    label: 'Rankings (CSV)',
    holds: 'every ward with its rank, tier, score and indicators',
    request: 'Download the rankings as CSV',
    words: [{ tells: 30, concepts: ['rank'], phrases: ['csv', 'wards'] }],
    plan: 'none',
    madeOf: 'result',
    loopKiB: 384,
    load: async () => (await import('./export-rankings.ts')).exportRankings,
  },
  'itn_plan.csv': {
    mediaType: 'text/csv; charset=utf-8',
    label: 'Bed-net plan (CSV)',
    holds: 'every ward of the net plan with its need and its nets',
    request: 'Download the net plan as CSV',
    words: [
      { tells: 50, concepts: ['planning', 'nets'] },
      { tells: 40, concepts: ['plan'], beside: { concepts: ['rank'], phrases: ['csv', 'wards'] } },
    ],
    plan: 'required',
    madeOf: 'plan',
    loopKiB: 512,
    load: async () => (await import('./export-plan.ts')).exportPlan,
  },
  'rankings.xlsx': {
    mediaType: XLSX,
    label: 'Rankings (Excel)',
    holds: 'every ward with its rank, tier, score and indicators, and a sheet of caveats and choices',
    request: 'Download the rankings as an Excel workbook',
    words: [{ tells: 55, concepts: ['rank'], beside: { phrases: ['xlsx', 'excel', 'workbook'] } }],
    plan: 'none',
    madeOf: 'result',
    // Always on a thread, which alone loads what writes workbooks.
    loopKiB: 0,
    load: async () => (await import('./workbook/workbooks.ts')).rankingsWorkbook,
  },
  'itn_plan.xlsx': {
    mediaType: XLSX,
    label: 'Bed-net plan (Excel)',
    holds: 'every ward of the net plan with its need and its nets, and a sheet of caveats and choices',
    request: 'Download the net plan as an Excel workbook',
    words: [
      { tells: 65, concepts: ['planning', 'nets'], beside: { phrases: ['xlsx', 'excel', 'workbook'] } },
      { tells: 62, concepts: ['plan'], beside: { phrases: ['xlsx', 'excel', 'workbook'] } },
    ],
    plan: 'required',
    madeOf: 'plan',
    loopKiB: 0,
    load: async () => (await import('./workbook/workbooks.ts')).planWorkbook,
  },
  'map.geojson': {
    mediaType: 'application/geo+json',
    label: 'Map (GeoJSON)',
    holds: 'the boundaries with the results of their wards',
    request: 'Download the map as GeoJSON',
    words: [
      { tells: 70, phrases: ['geojson'] },
      { tells: 20, concepts: ['map'] },
    ],
    plan: 'optional',
    madeOf: 'dataset',
    loopKiB: 640,
    load: async () => (await import('./export-map.ts')).exportMap,
  },
  'report.html': {
    mediaType: 'text/html; charset=utf-8',
    label: 'Report with map (HTML)',
    holds: 'a report to print, with method, data version, filled-in values and caveats',
    request: 'Download the report',
    words: [{ tells: 80, concepts: ['report'] }],
    plan: 'optional',
    madeOf: 'dataset',
    loopKiB: 512,
    load: async () => (await import('./export-report.ts')).exportReport,
  },
  'analysis_results.json': {
    mediaType: 'application/json',
    label: 'Whole analysis (JSON)',
    holds: 'all that is needed to compute the analysis again',
    request: 'Download the analysis results as JSON',
    words: [
      { tells: 60, phrases: ['json'] },
      { tells: 10, phrases: ['results', 'result', 'analysis'] },
    ],
    plan: 'optional',
    madeOf: 'result',
    loopKiB: 384,
    load: async () => (await import('./export-analysis.ts')).exportAnalysis,
  },
} as const satisfies Readonly<Record<string, ExportRow>>

type Exports = typeof EXPORTS

export type ExportKind = keyof Exports

/** The kinds that are made of this, or that use a plan in this way. */
export type ExportKindWith<Facts> = {
  [Kind in ExportKind]: Exports[Kind] extends Facts ? Kind : never
}[ExportKind]

/** In the order of the list. */
export const EXPORT_KINDS = Object.keys(EXPORTS) as readonly ExportKind[]

/** Whether a kind is made of this source. Narrows the type of the kind. */
export function isMadeOf<Source extends Making['madeOf']>(
  kind: ExportKind,
  source: Source,
): kind is ExportKindWith<{ readonly madeOf: Source }> {
  return EXPORTS[kind].madeOf === source
}

/** The kinds that use a plan in this way. */
export function kindsByPlan(plan: Making['plan']): readonly ExportKind[] {
  return EXPORT_KINDS.filter((kind) => EXPORTS[kind].plan === plan)
}
