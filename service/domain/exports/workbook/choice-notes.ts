import type { AnalysisResult } from '../../ranking/analysis-result.ts'
import type { Cell } from './cell-xml.ts'

/** What a person's choices gave, as rows of the sheet of caveats and choices. None without such choices. */
export function choiceNotes({
  indicators,
  ownWeights,
  correlations = [],
  comparison,
}: AnalysisResult): readonly (readonly [what: string, name: string | null, value: Cell])[] {
  return [
    ...(ownWeights?.weights ?? []).map(({ name, weight }) => ['own weight', name, weight] as const),
    ...correlations.flatMap((row, one) =>
      row
        .slice(one + 1)
        .map(
          (r, offset) =>
            [
              'correlation',
              `${indicators[one]?.name ?? ''} and ${indicators[one + 1 + offset]?.name ?? ''}`,
              r,
            ] as const,
        ),
    ),
    ...(comparison
      ? [
          ['compared with', 'column', comparison.column] as const,
          ...Object.entries(comparison.spearman).map(
            ([name, value]) => ['compared with', `Spearman's rank correlation, ${name}`, value] as const,
          ),
          ...Object.entries(comparison.topThird.lift).map(
            ([name, value]) => ['compared with', `lift of tier High, ${name}`, value] as const,
          ),
        ]
      : []),
  ]
}
