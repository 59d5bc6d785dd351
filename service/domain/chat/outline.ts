import type { PlanKind } from '../files/column-kinds.ts'
import type { AnalysisOptions } from '../ranking/analysis-result.ts'
import type { PlanOptions } from '../plan/plan-options.ts'

/**
 * What must be known of a session to understand a question: names and choices, but no figures of wards. An interpreter
 * of questions sees nothing else. It is made from the request's own context.
 */
export interface Outline {
  /** Null until there are data. */
  readonly dataset: (DatasetOutline & { readonly version: number }) | null
  /** The newest analysis; null until there is one. */
  readonly analysis: {
    readonly datasetVersion: number
    readonly indicators: readonly string[]
    readonly mode: NonNullable<AnalysisOptions['mode']>
    readonly hasPca: boolean
    readonly stale: boolean
  } | null
  /** The newest plan; null until there is one. */
  readonly plan: { readonly datasetVersion: number; readonly options: PlanOptions; readonly stale: boolean } | null
}

/** The least cost of looking for a name, however short it is. */
const LEAST_BYTES = 12

/**
 * How many bytes the names take as JSON. The cost of looking for them in a message grows with it. A short name counts
 * as twelve bytes, so that the number of names is limited too.
 */
export function nameBytes({ dataset }: Outline): number {
  if (dataset === null) return 0
  return [
    ...dataset.wards,
    ...dataset.lgas,
    ...dataset.columns.flatMap(({ name, values = [] }) => [name, ...values]),
  ].reduce((sum, name) => sum + Math.max(LEAST_BYTES, Buffer.byteLength(name) + '"",'.length), 0)
}

/** Wards by their labels, in the order of the table. Each LGA once. Columns in the order of the file. */
export interface DatasetOutline {
  readonly wards: readonly string[]
  readonly lgas: readonly string[]
  /** Each state once; none if the data do not name it. */
  readonly states?: readonly string[]
  readonly hasBoundaries: boolean
  readonly columns: readonly OutlineColumn[]
}

export interface OutlineColumn {
  readonly name: string
  /** Whether it says which ward a row is about. */
  readonly isKey: boolean
  /** False for text and for columns that are not candidates. */
  readonly indicator: boolean
  /** Whether it holds numbers, so that its values can be shown, compared and mapped. */
  readonly hasNumbers: boolean
  /** Whether wards are ranked by it when nobody names the indicators. */
  readonly suggested: boolean
  /** The different values of a column of text, at most fifty. */
  readonly values?: readonly string[]
  /** Whether some ward's number is 0. */
  readonly hasZeros?: boolean
  /** Whether all of its numbers lie between 0 and 1, so that 30 percent is 0.3. */
  readonly isFraction?: boolean
  /** What a net plan takes it for. */
  readonly kind: PlanKind | null
}
