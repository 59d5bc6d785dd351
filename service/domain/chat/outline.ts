import type { Direction } from '../files/ward-table.ts'
import type { AnalysisOptions } from '../ranking/analysis-result.ts'
import type { PlanOptions } from '../plan/plan-options.ts'

/**
 * What a session has, as far as a question needs it to be understood: names and choices, no figures of wards.
 * It is all that an interpreter of questions is told, and it is made from the request's own context.
 */
export interface Outline {
  /** Null before there are data. */
  readonly dataset: (DatasetOutline & { readonly version: number }) | null
  /** The newest analysis; null before the first. */
  readonly analysis: {
    readonly datasetVersion: number
    readonly indicators: readonly string[]
    readonly mode: NonNullable<AnalysisOptions['mode']>
    readonly hasPca: boolean
    readonly stale: boolean
  } | null
  /** The newest plan; null before the first. */
  readonly plan: { readonly datasetVersion: number; readonly options: PlanOptions; readonly stale: boolean } | null
}

/** Looking for a name costs this much at least, however short it is. */
const LEAST_BYTES = 12

/**
 * How many bytes its names take as JSON, by which it costs more or less to look for them in a message; a short name
 * counts as one of twelve, so that their number is bound too.
 */
export function nameBytes({ dataset }: Outline): number {
  if (dataset === null) return 0
  return [...dataset.wards, ...dataset.lgas, ...dataset.columns.map(({ name }) => name)].reduce(
    (sum, name) => sum + Math.max(LEAST_BYTES, Buffer.byteLength(name) + '"",'.length),
    0,
  )
}

/** Wards by their labels, in the order of the table; LGAs each once; columns in the order of the file. */
export interface DatasetOutline {
  readonly wards: readonly string[]
  readonly lgas: readonly string[]
  readonly hasBoundaries: boolean
  readonly columns: readonly OutlineColumn[]
}

export interface OutlineColumn {
  readonly name: string
  /** False for text and for what is no candidate. */
  readonly indicator: boolean
  /** The guess from its name; null for a text column. */
  readonly direction: Direction | null
}
