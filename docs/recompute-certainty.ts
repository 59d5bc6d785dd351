import { drawAgain, type Draw, type DrawnResults } from './recompute-draws.ts'
import { orderOfDraws } from './recompute-order.ts'
import { leftOutByRule, needOf, netsOf, type Row } from './recompute-nets.ts'

/** The part of analysis_results.json that says how sure the order is. */
export interface CertainResults extends DrawnResults {
  readonly planId: string | null
  readonly certainty: {
    readonly seed: number
    readonly draws: number
    readonly sources: readonly { readonly name: string; readonly share: number; readonly error: number }[]
  }
  readonly wards: readonly (DrawnResults['wards'][number] & {
    readonly certainty: {
      readonly rankLow: number
      readonly rankHigh: number
      readonly meanRank: number
      readonly chanceHigh: number
      readonly chanceNets: number | null
      readonly verdict: string
    } | null
  })[]
}

type Check = (what: string, found: unknown, worked: unknown) => void

/** Draws again with the seed of the file, and checks what each file says of each ward. */
export function recomputeCertainty(
  results: CertainResults,
  rankings: readonly Row[],
  plan: readonly Row[],
  check: Check,
): void {
  const { seed, draws } = results.certainty
  if (draws === 0) return
  const drawn = drawAgain(results, seed, draws)
  const third = Math.floor(results.wards.length / 3)
  const served = canServe(plan) ? servedShares(results, plan, drawn) : null
  const means = results.wards.map(({ indicators }) => {
    const mean = indicators.reduce((sum, { normalised }) => sum + normalised, 0) / indicators.length
    return Math.round(mean * 1e12) / 1e12
  })
  const [inRankings, inPlan] = [rankings, plan].map((rows) => new Map(rows.map((row) => [row['ward_name'], row])))
  for (const [place, { wardName, certainty }] of results.wards.entries()) {
    const ranks = drawn.map((draw) => draw.ranks[place] ?? NaN).sort((one, other) => one - other)
    const chanceHigh = ranks.filter((rank) => rank <= third).length / draws
    const row = inPlan?.get(wardName)
    const told = row?.['chance_nets'] === undefined || row['chance_nets'] === '' ? null : Number(row['chance_nets'])
    const ofPlan = told === null || served === null ? told : (served[place] ?? null)
    // Without a plan, the result says nothing of nets.
    const chanceNets = results.planId === null ? null : ofPlan
    const [rankLow, rankHigh] = interval(ranks)
    const facts = {
      rankLow,
      rankHigh,
      meanRank: 1 + means.filter((mean) => mean > (means[place] ?? NaN)).length,
      chanceHigh,
      chanceNets,
      verdict: verdictOf(chanceNets ?? chanceHigh),
    }
    for (const [name, worked] of Object.entries(facts))
      check(`${name} of ${wardName}`, certainty?.[name as keyof typeof facts], worked)
    check(`chance of nets of ${wardName} in itn_plan.csv`, told, ofPlan)
    for (const [file, cells, verdict] of [
      ['rankings.csv', inRankings?.get(wardName), verdictOf(chanceHigh)],
      ['itn_plan.csv', row, verdictOf(ofPlan ?? chanceHigh)],
    ] as const) {
      if (cells === undefined) continue
      check(
        `rank interval of ${wardName} in ${file}`,
        `${cells['rank_low']}-${cells['rank_high']}`,
        `${rankLow}-${rankHigh}`,
      )
      check(`chance of High of ${wardName} in ${file}`, Number(cells['chance_high']), chanceHigh)
      check(`verdict of ${wardName} in ${file}`, cells['verdict'], verdict)
      check(`seed and draws of ${wardName} in ${file}`, `${cells['seed']} ${cells['draws']}`, `${seed} ${draws}`)
    }
  }
  for (const { name, share, error } of sourceShares(results, drawn)) {
    const found = results.certainty.sources.find((source) => source.name === name)
    check(`share of the variance by ${name}`, found?.share, share)
    check(`its standard error by ${name}`, found?.error, error)
  }
}

function verdictOf(chance: number): string {
  return chance >= 0.95 ? 'in' : chance <= 0.05 ? 'out' : 'choice'
}

/** The least and the greatest rank with at least 5 % below and above, where half of equal ranks count as beyond. */
function interval(sorted: readonly number[]): readonly [low: number, high: number] {
  const middleOf = (rank: number): number =>
    sorted.filter((other) => other < rank).length + sorted.filter((other) => other === rank).length / 2
  const inside = [...new Set(sorted)].filter(
    (rank) => middleOf(rank) >= 0.05 * sorted.length && middleOf(rank) <= 0.95 * sorted.length,
  )
  return [inside[0] ?? NaN, inside.at(-1) ?? NaN]
}

/**
 * Whether the file has all that the chance of nets follows from: no ward that the urban rule leaves out has a household
 * size of its own, which the file does not give for such wards.
 */
function canServe(plan: readonly Row[]): boolean {
  const [first] = plan
  if (first === undefined) return false
  const isSized = first['net_rule'] !== 'household' || first['household_column'] === ''
  return isSized || plan.every((row) => row['left_out_by'] !== 'urban')
}

const RANK_OF_DRAW = 'rank of the draw'

/** In which share of the draws each ward gets nets when the plan is made anew from the ranks of the draw. */
function servedShares(results: CertainResults, plan: readonly Row[], drawn: readonly Draw[]): readonly number[] {
  const { wards } = results
  const orderOf = orderOfDraws(results, plan)
  const placeOf = new Map(wards.map(({ wardName }, place) => [wardName, place]))
  const third = Math.floor(wards.length / 3)
  const reasons = (row: Row): readonly string[] => (row['protected_because'] ?? '').split('; ')
  const protectsHigh = plan.some((row) => reasons(row).includes('tier High'))
  const size = plan.find((row) => row['household_size'] !== '')?.['household_size'] ?? ''
  const leavesOut = plan[0]?.['urban_from_percent'] !== ''
  const counts = wards.map(() => 0)
  for (const draw of drawn) {
    const inOrder = orderOf(draw)
    const rows = plan.map((row): Row => {
      const place = placeOf.get(row['ward_name'] ?? '') ?? -1
      const rank = draw.ranks[place] ?? NaN
      const others = reasons(row).filter((reason) => reason !== '' && reason !== 'tier High')
      const kept = protectsHigh && rank <= third ? ['tier High', ...others] : others
      return { ...row, [RANK_OF_DRAW]: String(inOrder[place]), protected_because: kept.join('; ') }
    })
    const out = leavesOut ? leftOutByRule(rows, RANK_OF_DRAW) : new Set<string>()
    const order = rows
      .filter((row) => (row['order'] !== '' || row['left_out_by'] === 'urban') && !out.has(row['ward_name'] ?? ''))
      .map((row) => ({ row, rank: Number(row[RANK_OF_DRAW]), tier: tierOf(row, leavesOut) }))
      .sort(
        (one, other) =>
          one.tier - other.tier ||
          one.rank - other.rank ||
          ((one.row['ward_name'] ?? '') < (other.row['ward_name'] ?? '') ? -1 : 1),
      )
      .map(({ row }) => (row['household_size'] === '' ? { ...row, household_size: size } : row))
    netsOf(order, order.map(needOf)).forEach((nets, at) => {
      const place = placeOf.get(order[at]?.['ward_name'] ?? '')
      if (nets > 0 && place !== undefined) counts[place] = (counts[place] ?? 0) + 1
    })
  }
  return counts.map((count) => count / drawn.length)
}

function tierOf(row: Row, leavesOut: boolean): 1 | 2 {
  const isFirst =
    row['urban_column'] === '' ||
    leavesOut ||
    row['protected_because'] !== '' ||
    row['exception'] !== '' ||
    (row['urban_percent'] !== '' && Number(row['urban_percent']) < Number(row['urban_threshold_percent']))
  return isFirst ? 1 : 2
}

/** The share of the variance of ranks that lies between the bins of each source, and its error by the jackknife. */
function sourceShares(results: CertainResults, drawn: readonly Draw[]) {
  const { indicators, wards } = results
  const unsure = indicators.filter(({ guessed, why }) => guessed && why === null)
  const measured = indicators.filter(({ name, min, max }) => {
    return min !== max && results.positivity.some(({ column }) => column === name)
  }).length
  const hasFilled = drawn.some(({ filled }) => filled.size > 0)
  const sources: readonly (readonly [name: string, binsOf: (ward: number) => readonly number[]])[] = [
    ...indicators.map(({ name }, at) => {
      const bins = equalBins(drawn.map(({ weights }) => weights[at] ?? NaN))
      return [`weight of ${name}`, () => bins] as const
    }),
    ['which indicator is left out', () => drawn.map(({ leftOut }) => leftOut)],
    ...unsure.map(
      ({ name }, at) =>
        [`direction of ${name}`, () => drawn.map(({ unsureTurned }) => Number(unsureTurned[at]))] as const,
    ),
    ...(measured === 0
      ? []
      : [
          [
            'counts behind test positivity',
            (ward: number) => drawn.map(({ positivity }) => tenthOf((positivity[ward] ?? 0) / Math.sqrt(measured))),
          ] as const,
        ]),
    ...(hasFilled
      ? [
          [
            'filled-in values',
            (ward: number) =>
              drawn.map(({ filled }) => {
                const deviate = filled.get(ward)
                return deviate === undefined ? 0 : tenthOf(deviate)
              }),
          ] as const,
        ]
      : []),
  ]
  return sources.map(([name, binsOf]) => {
    const parts = Array.from({ length: 11 }, () => ({ between: 0, total: 0 }))
    wards.forEach((_, ward) => {
      const bins = binsOf(ward)
      parts.forEach((part, left) => {
        const kept = drawn.flatMap(({ ranks }, draw) =>
          Math.floor((draw * 10) / drawn.length) === left ? [] : { rank: ranks[ward] ?? NaN, bin: bins[draw] ?? NaN },
        )
        const found = varianceOf(kept)
        part.between += found.between
        part.total += found.total
      })
    })
    const shares = parts.map(({ between, total }) => (total > 0 ? between / total : 0))
    const without = shares.slice(0, 10)
    const mean = without.reduce((sum, share) => sum + share, 0) / 10
    const spread = without.reduce((sum, share) => sum + (share - mean) ** 2, 0)
    return { name, share: Math.max(0, shares[10] ?? NaN), error: Math.sqrt(0.9 * spread) }
  })
}

/** The variance of ranks in all, and between bins less what chance puts there. */
function varianceOf(kept: readonly { readonly rank: number; readonly bin: number }[]) {
  const mean = kept.reduce((sum, { rank }) => sum + rank, 0) / kept.length
  const groups = [...Map.groupBy(kept, ({ bin }) => bin).values()]
  const squares = kept.reduce((sum, { rank }) => sum + (rank - mean) ** 2, 0)
  const explained = groups.reduce((sum, group) => {
    const own = group.reduce((total, { rank }) => total + rank, 0) / group.length
    return sum + group.length * (own - mean) ** 2
  }, 0)
  const noise = (squares - explained) / (kept.length - groups.length)
  return { between: (explained - (groups.length - 1) * noise) / kept.length, total: squares / kept.length }
}

function equalBins(values: readonly number[]): readonly number[] {
  const count = Math.max(2, Math.min(10, Math.floor(values.length / 20)))
  return values.map((value) => Math.floor((values.filter((other) => other < value).length * count) / values.length))
}

/** The tenth of the standard normal distribution in which a deviate lies, by its quantiles to four decimals. */
function tenthOf(deviate: number): number {
  const ends = [-1.2816, -0.8416, -0.5244, -0.2533, 0, 0.2533, 0.5244, 0.8416, 1.2816]
  return ends.filter((end) => deviate > end).length
}
