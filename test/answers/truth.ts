import type { AnalysisResult } from '../../service/domain/ranking/analysis-result.ts'

// Figures of wards, worked out apart from the service's queries: from the cells of the file and the ranking alone.

/** A ward: the cells of its row, and its place in the ranking. */
export interface Ward {
  readonly name: string
  readonly lga: string
  readonly rank: number
  readonly score: number
  readonly tier: string
  readonly cells: Readonly<Record<string, string>>
}

/** A number of a ward, or null where the cell is empty. */
export function num({ cells, score }: Ward, column: string): number | null {
  if (column === 'score') return score
  const cell = cells[column] ?? ''
  return cell === '' || cell === 'NA' ? null : Number(cell)
}

/** Splits a CSV without quoted cells into wards. `names` are the columns of the ward's name and of its LGA. */
export function wardsOf(
  csv: string,
  names: readonly [string, string | null],
  { wards }: AnalysisResult,
): readonly Ward[] {
  const [header = '', ...lines] = csv.trim().split(/\r?\n/)
  const columns = header.split(',')
  const ranked = new Map(wards.map((ward) => [ward.wardName, ward]))
  return lines.map((line) => {
    const parts = line.split(',')
    const cells = Object.fromEntries(columns.map((column, at) => [column, parts[at] ?? '']))
    const name = cells[names[0]] ?? ''
    const own = ranked.get(name)
    if (own === undefined) throw new Error(`${name} is not ranked`)
    return {
      name,
      lga: names[1] === null ? '' : (cells[names[1]] ?? ''),
      rank: own.rank,
      score: own.score,
      tier: own.tier,
      cells,
    }
  })
}

export function values(wards: readonly Ward[], column: string): number[] {
  return wards.flatMap((ward) => num(ward, column) ?? [])
}

export function sum(wards: readonly Ward[], column: string): number {
  return values(wards, column).reduce((total, value) => total + value, 0)
}

export function mean(wards: readonly Ward[], column: string): number {
  return sum(wards, column) / values(wards, column).length
}

/** Linear between the two nearest values. */
export function quantile(wards: readonly Ward[], column: string, q: number): number {
  const sorted = values(wards, column).sort((one, other) => one - other)
  const at = q * (sorted.length - 1)
  const low = Math.floor(at)
  return sorted[low]! + (at - low) * ((sorted[low + 1] ?? sorted[low])! - sorted[low]!)
}

export function median(wards: readonly Ward[], column: string): number {
  return quantile(wards, column, 0.5)
}

export function deviation(wards: readonly Ward[], column: string): number {
  const own = values(wards, column)
  const middle = mean(wards, column)
  return Math.sqrt(own.reduce((total, value) => total + (value - middle) ** 2, 0) / (own.length - 1))
}

export function weightedMean(wards: readonly Ward[], column: string, weight: string): number {
  const both = wards.filter((ward) => num(ward, column) !== null && num(ward, weight) !== null)
  const total = both.reduce((all, ward) => all + num(ward, column)! * num(ward, weight)!, 0)
  return total / sum(both, weight)
}

export function correlation(wards: readonly Ward[], one: string, other: string): number {
  const both = wards.filter((ward) => num(ward, one) !== null && num(ward, other) !== null)
  const [meanOne, meanOther] = [mean(both, one), mean(both, other)]
  let [product, squareOne, squareOther] = [0, 0, 0]
  for (const ward of both) {
    const [x, y] = [num(ward, one)! - meanOne, num(ward, other)! - meanOther]
    product += x * y
    squareOne += x * x
    squareOther += y * y
  }
  return product / Math.sqrt(squareOne * squareOther)
}

/** Wards whose value satisfies a test. An empty cell satisfies none. */
export function where(wards: readonly Ward[], column: string, test: (value: number) => boolean): readonly Ward[] {
  return wards.filter((ward) => {
    const value = num(ward, column)
    return value !== null && test(value)
  })
}

export function inTier(wards: readonly Ward[], ...tiers: readonly string[]): readonly Ward[] {
  return wards.filter(({ tier }) => tiers.includes(tier))
}

export function inLga(wards: readonly Ward[], ...lgas: readonly string[]): readonly Ward[] {
  return wards.filter(({ lga }) => lgas.includes(lga))
}

export function notInLga(wards: readonly Ward[], ...lgas: readonly string[]): readonly Ward[] {
  return wards.filter(({ lga }) => !lgas.includes(lga))
}

/** The names with the greatest values of a column first. */
export function greatest(wards: readonly Ward[], column: string, count = Infinity): readonly string[] {
  return where(wards, column, () => true)
    .toSorted((one, other) => num(other, column)! - num(one, column)!)
    .slice(0, count)
    .map(({ name }) => name)
}

export function least(wards: readonly Ward[], column: string, count = Infinity): readonly string[] {
  return [...greatest(wards, column)].reverse().slice(0, count)
}

export function byRank(wards: readonly Ward[], count = Infinity): readonly string[] {
  return wards
    .toSorted((one, other) => one.rank - other.rank)
    .slice(0, count)
    .map(({ name }) => name)
}

export function byRankLast(wards: readonly Ward[], count = Infinity): readonly string[] {
  return [...byRank(wards)].reverse().slice(0, count)
}

/** A figure of each group. */
export function groups(
  wards: readonly Ward[],
  of: (ward: Ward) => string,
  figure: (wards: readonly Ward[]) => number,
): Readonly<Record<string, number>> {
  return Object.fromEntries(
    [...new Set(wards.map(of))].map((group) => [group, figure(wards.filter((ward) => of(ward) === group))]),
  )
}

/** The groups with the greatest figures first. */
export function greatestGroups(figures: Readonly<Record<string, number>>, count = 1): readonly string[] {
  return Object.entries(figures)
    .sort(([, one], [, other]) => other - one)
    .slice(0, count)
    .map(([group]) => group)
}

export function leastGroups(figures: Readonly<Record<string, number>>, count = 1): readonly string[] {
  return [...greatestGroups(figures, Infinity)].reverse().slice(0, count)
}

/**
 * The nets of each ward: its whole need by rank, first where the urban share is below 75, until the stock is used up.
 */
export function allocate(
  wards: readonly Ward[],
  stock: number,
  people: string,
  urbanShare: string,
): ReadonlyMap<string, { readonly need: number; readonly nets: number }> {
  const isUrban = (ward: Ward): number => Number((num(ward, urbanShare) ?? 0) >= 75)
  let left = stock
  const order = wards.toSorted((one, other) => isUrban(one) - isUrban(other) || one.rank - other.rank)
  return new Map(
    order.map((ward) => {
      const need = Math.ceil((num(ward, people) ?? 0) / 1.8)
      const nets = Math.min(need, left)
      left -= nets
      return [ward.name, { need, nets }]
    }),
  )
}
