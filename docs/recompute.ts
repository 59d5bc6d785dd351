import { readFileSync } from 'node:fs'
import { parse } from 'csv-parse/sync'
import { recomputeCertainty, type CertainResults } from './recompute-certainty.ts'
import { recomputeChoices, scoreByWeights, type ChosenResults } from './recompute-choices.ts'
import { leftOutByRule, needOf, netsOf, type Row } from './recompute-nets.ts'
import { outsideOf } from './recompute-scope.ts'
import { plainWards, recomputeQuery, type Query } from './recompute-query.ts'
import { recomputeTime, type TimedResults } from './recompute-time.ts'

/**
 * Recomputes a ranking and a net plan from the downloaded files alone, with none of the service's code, and says where
 * they differ. Usage: node docs/recompute.ts analysis_results.json rankings.csv itn_plan.csv [ward]
 * The answer to a query, from the uploaded table and the downloads:
 * node docs/recompute.ts query request.json reply.json wards.csv [rankings.csv [itn_plan.csv]]
 */
interface Results extends CertainResults, ChosenResults, TimedResults {
  readonly mode: string
  readonly indicators: readonly (CertainResults['indicators'][number] & ChosenResults['indicators'][number])[]
  readonly models: readonly (readonly string[])[]
  readonly pca: {
    readonly suitable: boolean
    readonly scored: number
    readonly components: readonly { readonly explainedVarianceRatio: number; readonly loadings: readonly number[] }[]
  }
  readonly imputations: readonly (CertainResults['imputations'][number] & { readonly value: number })[]
  readonly positivity: readonly (CertainResults['positivity'][number] & TimedResults['positivity'][number])[]
  readonly wards: readonly (CertainResults['wards'][number] &
    ChosenResults['wards'][number] & {
      readonly score: number
      readonly rank: number
      readonly pcaScore: number | null
      readonly pcaRank: number | null
      readonly tier: string
      readonly robustness: { readonly topThirdShare: number; readonly medianRank: number }
    })[]
}
const TOLERANCE = 1e-9

function middle(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other)
  const half = Math.floor(sorted.length / 2)
  return sorted.length % 2 === 1 ? (sorted[half] ?? NaN) : ((sorted[half - 1] ?? NaN) + (sorted[half] ?? NaN)) / 2
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

/** Ranks from the greatest value: 1 + the number of greater ones. */
function ranksOf(values: readonly number[]): number[] {
  const first = new Map<number, number>()
  values
    .toSorted((one, other) => other - one)
    .forEach((value, place) => {
      if (!first.has(value)) first.set(value, place + 1)
    })
  return values.map((value) => first.get(value) ?? NaN)
}

/** Each ward's sum over the scored components of component × explained variance, from z-scores (inverse: negated). */
function pcaScores({ indicators, pca, wards }: Results): number[] {
  const z = indicators.map(({ name, direction }) => {
    const values = wards.map((ward) => ward.indicators.find((one) => one.name === name)?.raw ?? NaN)
    const mean = meanOf(values)
    const deviation = Math.sqrt(meanOf(values.map((value) => (value - mean) ** 2)))
    return values.map((value) => ((direction === 'inverse' ? -1 : 1) * (value - mean)) / deviation)
  })
  const component = (loadings: readonly number[], ward: number): number =>
    loadings.reduce((sum, loading, place) => sum + loading * (z[place]?.[ward] ?? NaN), 0)
  return wards.map((_, ward) =>
    pca.components
      .slice(0, pca.scored)
      .reduce(
        (sum, { loadings, explainedVarianceRatio }) => sum + explainedVarianceRatio * component(loadings, ward),
        0,
      ),
  )
}

/** The differences, in sentences; `say` gets the working of the named ward. */
export function recompute(
  results: Results,
  rankings: readonly Row[],
  plan: readonly Row[],
  shown?: string,
  say: (line: string) => void = () => undefined,
): string[] {
  const wrong: string[] = []
  const check = (what: string, found: unknown, worked: unknown): void => {
    const isSame =
      typeof found === 'number' && typeof worked === 'number' ? Math.abs(found - worked) <= TOLERANCE : found === worked
    if (!isSame) wrong.push(`${what}: the file says ${String(found)}, worked out it is ${String(worked)}`)
  }
  if (results.mode !== 'standard') throw new Error('Only standard mode is recomputed here')

  const rawOf = new Map(
    results.wards.map(({ wardName, indicators }) => [
      wardName,
      new Map(indicators.map(({ name, raw }) => [name, raw])),
    ]),
  )
  const normalisedOf = new Map(results.wards.map(({ wardName, indicators }) => [wardName, indicators]))
  // A filled gap is the mean of its neighbours' values in the file, or of the whole column.
  for (const { ward, column, value, neighbours } of results.imputations) {
    const isFilled = (name: string): boolean =>
      results.imputations.some((other) => other.ward === name && other.column === column)
    const sources = neighbours.length > 0 ? neighbours : [...rawOf.keys()].filter((name) => !isFilled(name))
    check(`${column} of ${ward}`, value, meanOf(sources.map((name) => rawOf.get(name)?.get(column) ?? NaN)))
  }

  // Measured test positivity: 100 · positive / tested.
  for (const { column, wards } of results.positivity) {
    if (!results.indicators.some(({ name }) => name === column)) continue
    for (const { ward, tested, positive } of wards)
      if (ward !== null && tested > 0)
        check(`${column} of ${ward}`, rawOf.get(ward)?.get(column), (100 * positive) / tested)
  }

  const inModels: number[][] = []
  const methodScores = new Map<string, number>()
  const scores = new Map(
    [...rawOf].map(([ward, raw]) => {
      const normalised = new Map(
        results.indicators.map(({ name, direction, min, max }) => {
          const value = raw.get(name) ?? NaN
          return [
            name,
            max === min ? 0.5 : direction === 'inverse' ? (max - value) / (max - min) : (value - min) / (max - min),
          ]
        }),
      )
      const own = scoreByWeights(results, normalised)
      for (const { name, normalised: told } of normalisedOf.get(ward) ?? [])
        check(`normalised ${name} of ${ward}`, told, normalised.get(name))
      const values = results.models.map((model) => meanOf(model.map((name) => normalised.get(name) ?? NaN)))
      inModels.push(values.map((value) => Math.round(value * 1e12) / 1e12))
      if (ward === shown) {
        say(`${ward}, indicator by indicator:`)
        for (const { name, direction, min, max } of results.indicators)
          say(
            `  ${name} ${String(raw.get(name))}, ${direction}, ${String(min)} to ${String(max)}: ` +
              (normalised.get(name) ?? NaN).toFixed(6),
          )
        say(
          `  ${String(values.length)} models, from ${Math.min(...values).toFixed(6)} ` +
            `to ${Math.max(...values).toFixed(6)}; their median ${middle(values).toFixed(6)} is the score` +
            (own === null ? '' : ` by the method; the weighted mean ${own.toFixed(6)} is the score here`),
        )
      }
      methodScores.set(ward, middle(values))
      return [ward, own ?? middle(values)]
    }),
  )
  const third = Math.floor(scores.size / 3)
  const modelRanks = results.models.map((_, model) => ranksOf(inModels.map((values) => values[model] ?? NaN)))
  const pca = results.pca.suitable ? pcaScores(results) : null
  const csv = new Map(rankings.map((row) => [row['ward_name'] ?? '', row]))
  for (const [at, { wardName, score, rank, tier, robustness, pcaScore, pcaRank }] of results.wards.entries()) {
    const places = modelRanks.map((ranks) => ranks[at] ?? NaN)
    check(
      `share of models with ${wardName} in the top third`,
      robustness.topThirdShare,
      places.filter((place) => place <= third).length / places.length,
    )
    check(`median of the model ranks of ${wardName}`, robustness.medianRank, middle(places))
    check(`PCA score of ${wardName}`, pcaScore, pca === null ? null : pca[at])
    check(
      `PCA rank of ${wardName}`,
      pcaRank,
      pca === null ? null : 1 + results.wards.filter((other) => (other.pcaScore ?? NaN) > (pcaScore ?? NaN)).length,
    )
    const own = scores.get(wardName) ?? NaN
    // From the file's own scores, which have twelve decimals.
    const above = results.wards.filter((other) => other.score > score).length
    const place = above + 1
    const workedTier = place <= third ? 'High' : place > scores.size - third ? 'Low' : 'Medium'
    check(`score of ${wardName}`, score, own)
    check(`rank of ${wardName}`, rank, place)
    check(`tier of ${wardName}`, tier, workedTier)
    const row = csv.get(wardName)
    check(`score of ${wardName} in rankings.csv`, Number(row?.['score']), own)
    check(`rank of ${wardName} in rankings.csv`, Number(row?.['rank']), place)
    check(`tier of ${wardName} in rankings.csv`, row?.['tier'], workedTier)
    if (wardName === shown)
      say(`  ${String(above)} of ${String(scores.size)} wards score higher: rank ${String(place)}, tier ${workedTier}`)
  }

  recomputeChoices(results, rankings, methodScores, check)
  recomputeTime(results, rankings, check)

  const planned = plan.filter((row) => row['order'] !== '')
  const kind = ['pca', 'column', 'composite'].find((each) => plan[0] !== undefined && `${each}_rank` in plan[0])
  const rankColumn = `${kind ?? 'composite'}_rank`
  const values = plan.filter((row) => row['rank_value'] !== '').map((row) => Number(row['rank_value']))
  const sign = plan[0]?.['rank_first'] === 'lowest' ? -1 : 1
  const rankByValue = (row: Row): number =>
    row['rank_value'] === ''
      ? values.length + 1
      : 1 + values.filter((value) => sign * value > sign * Number(row['rank_value'])).length
  const ranks = new Map(results.wards.map(({ wardName, rank, pcaRank }) => [wardName, kind === 'pca' ? pcaRank : rank]))
  const needs = planned.map(needOf)
  const nets = netsOf(planned, needs)
  const leavesOut = plan[0] !== undefined && plan[0]['urban_from_percent'] !== ''
  const out = leavesOut ? leftOutByRule(plan, rankColumn) : new Set<string>()
  const outside = outsideOf(plan, new Map(results.wards.map(({ wardName, tier }) => [wardName, tier])))
  for (const row of plan) {
    const ward = row['ward_name'] ?? ''
    check(`whether ${ward} is outside of the plan`, row['left_out_by'] === 'where', outside.has(ward))
    check(`whether the urban rule leaves out ${ward}`, row['left_out_by'] === 'urban', out.has(ward))
    check(
      `rank of ${ward} in itn_plan.csv`,
      Number(row[rankColumn]),
      kind === 'column' ? rankByValue(row) : ranks.get(ward),
    )
    const isHigh = results.wards.find(({ wardName }) => wardName === ward)?.tier === 'High'
    if (/^tier High\b/.test(row['protected_because'] ?? '')) check(`tier High of ${ward}`, true, isHigh)
  }
  recomputeCertainty(results, rankings, plan, check)
  let before = { tier: 0, rank: 0 }
  for (const [at, row] of planned.entries()) {
    const ward = row['ward_name'] ?? ''
    const need = needs[at] ?? NaN
    const given = nets[at] ?? NaN
    const now = { tier: Number(row['allocation_tier']), rank: Number(row[rankColumn]) }
    // A ward without its own share is not known to be below the threshold.
    const isFirst =
      row['urban_column'] === '' ||
      leavesOut ||
      row['protected_because'] !== '' ||
      row['exception'] !== '' ||
      (row['urban_percent'] !== '' && Number(row['urban_percent']) < Number(row['urban_threshold_percent']))
    check(`tier of ${ward} in itn_plan.csv`, now.tier, isFirst ? 1 : 2)
    if (now.tier < before.tier || (now.tier === before.tier && now.rank < before.rank))
      wrong.push(`${ward} is served after a ward that comes later`)
    check(`need of ${ward}`, Number(row['nets_needed']), need)
    check(`nets of ${ward}`, Number(row['nets_allocated']), given)
    check(
      `people covered in ${ward}`,
      Number(row['people_covered']),
      Math.min(Number(row['population']), Number(row['people_per_net']) * Number(row['nets_allocated'])),
    )
    if (ward === shown)
      say(`  ${String(row['population'])} people need ${String(need)} nets, and the ward gets ${String(given)}`)
    before = now
  }
  return wrong
}

/** Says where the reply to a query differs from what follows from the files. */
function checkQuery([requestFile = '', replyFile = '', ...tables]: readonly string[]): void {
  const read = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'))
  const [wards = [], rankings = [], plan = []] = tables.map((file): Row[] =>
    parse(readFileSync(file), { columns: true, bom: true }),
  )
  const wrong = recomputeQuery(
    read(requestFile) as Query,
    read(replyFile) as Parameters<typeof recomputeQuery>[1],
    plainWards(wards, rankings, plan),
  )
  process.stdout.write(`${[...wrong, `${String(wrong.length)} differences`].join('\n')}\n`)
  process.exitCode = wrong.length === 0 ? 0 : 1
}

if (import.meta.main && process.argv[2] === 'query') checkQuery(process.argv.slice(3))
else if (import.meta.main) {
  const [resultsFile = '', rankingsFile = '', planFile = '', ward] = process.argv.slice(2)
  const rows = (file: string): Row[] => parse(readFileSync(file), { columns: true })
  const results = JSON.parse(readFileSync(resultsFile, 'utf8')) as Results
  const write = (line: string): void => {
    process.stdout.write(`${line}\n`)
  }
  const wrong = recompute(results, rows(rankingsFile), rows(planFile), ward ?? results.wards[0]?.wardName, write)
  for (const line of wrong) write(line)
  write(`${String(results.wards.length)} wards recomputed, ${String(wrong.length)} differences`)
  process.exitCode = wrong.length === 0 ? 0 : 1
}
