import type { AnalysisResult, RankedWard } from '../ranking/analysis-result.ts'

/** A part of a table: its header, and the cells of a ward. */
export interface AddedColumns {
  readonly header: readonly string[]
  readonly cellsOf: (ward: RankedWard, place: number) => readonly (string | number | null)[]
}

/**
 * The columns of what a person chose: the place by the method beside that by own weights, and what was seen in a column
 * that was held back. None without such choices.
 */
export function choiceColumns({ ownWeights, comparison }: AnalysisResult): AddedColumns {
  const hasWeights = (ownWeights ?? null) !== null
  return {
    header: [
      ...(hasWeights ? ['method_score', 'method_rank', 'method_tier'] : []),
      ...(comparison ? [`${comparison.column} (held back)`] : []),
    ],
    cellsOf: ({ byMethod }, place) => [
      ...(hasWeights ? [byMethod?.score ?? null, byMethod?.rank ?? null, byMethod?.tier ?? null] : []),
      ...(comparison ? [comparison.values[place] ?? null] : []),
    ],
  }
}
