import { quoted } from '../quoted.ts'
import { correlation } from './agreement.ts'

/** Above it, two indicators measure much the same. */
const STRONG = 0.8
const SHOWN = 10

/**
 * Pearson's r of each two indicators, over the normalised values that the ranking uses: above 0 they raise the risk of
 * the same wards. Null where one of the two has the same value in every ward.
 */
export function correlationMatrix(normalised: readonly Float64Array[]): readonly (readonly (number | null)[])[] {
  const matrix = normalised.map(() => normalised.map((): number | null => null))
  normalised.forEach((one, row) => {
    for (let column = row; column < normalised.length; column += 1) {
      const r = correlation(one, normalised[column] ?? one)
      for (const [at, other] of [
        [row, column],
        [column, row],
      ] as const) {
        const cells = matrix[at]
        if (cells !== undefined) cells[other] = r === null || at !== other ? r : 1
      }
    }
  })
  return matrix
}

/** Names the pairs of indicators that count much the same twice, or cancel each other, the strongest first. */
export function correlationCaveats(
  names: readonly string[],
  matrix: readonly (readonly (number | null)[])[],
): string[] {
  const strong = names
    .flatMap((one, row) =>
      names.slice(row + 1).map((other, offset) => ({ one, other, r: matrix[row]?.[row + 1 + offset] ?? 0 })),
    )
    .filter(({ r }) => Math.abs(r) > STRONG)
    .sort((one, other) => Math.abs(other.r) - Math.abs(one.r))
  const told = strong
    .slice(0, SHOWN)
    .map(
      ({ one, other, r }) =>
        `${quoted(one)} and ${quoted(other)} are strongly correlated (r = ${r.toFixed(2)}): ` +
        (r > 0 ? 'what they share counts twice.' : 'they cancel each other in the score.'),
    )
  if (strong.length <= SHOWN) return told
  return [...told, `${String(strong.length - SHOWN)} more pairs of indicators are correlated above ${String(STRONG)}.`]
}
