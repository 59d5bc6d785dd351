import t from 'tap'
import { isSuitable } from '../../docs/recompute-pca.ts'
import { certaintyModel } from '../../service/domain/certainty/certainty-model.ts'
import { orderDrawer } from '../../service/domain/certainty/draw-order.ts'
import { servedBy, servingModel } from '../../service/domain/certainty/serving-model.ts'
import { withoutNets, type StatedCertainty } from '../../service/domain/certainty/stated-certainty.ts'
import type { Dataset } from '../../service/domain/dataset/dataset.ts'
import { joinPositivity } from '../../service/domain/dataset/join-positivity.ts'
import { joinWards } from '../../service/domain/dataset/join-wards.ts'
import { readPositivity } from '../../service/domain/files/read-positivity.ts'
import { readWards } from '../../service/domain/files/read-wards.ts'
import { planBasis, type PlanBasis } from '../../service/domain/plan/plan-basis.ts'
import { planNets } from '../../service/domain/plan/plan-nets.ts'
import type { PlanOptions } from '../../service/domain/plan/plan-options.ts'
import { ranksOf } from '../../service/domain/plan/rules/order.ts'
import { settledInputs } from '../../service/domain/plan/settled-inputs.ts'
import { analyse } from '../../service/domain/ranking/analyse.ts'
import type { AnalysisResult } from '../../service/domain/ranking/analysis-result.ts'
import { randomStream } from '../../service/domain/random.ts'
import { makeSample } from '../../service/sample/make-sample.ts'
import { makeMessyData } from '../support/messy-data.ts'
import fc from '../support/properties.ts'
import { stateCertainty } from '../support/stated-certainty.ts'

interface Given {
  readonly result: AnalysisResult
  readonly basis: PlanBasis
}

const APART = { 'duplicate-differs:name:Kofar Kudu': 'apart' } as const
/** Half of a 95 % interval in standard deviations, squared. */
const Z2 = 1.959963984540054 ** 2

function given(dataset: Dataset, indicators?: readonly string[]): Given {
  const result = analyse(dataset, indicators === undefined ? {} : { indicators })
  const answers = { 'implausible-people:population': 'people' }
  return { result, basis: { ...planBasis(dataset, result), answers } }
}

async function sampleDataset(): Promise<Dataset> {
  return joinWards(await readWards(makeSample().wards, 'wards.csv', { answers: APART }), null)
}

/** Wards with a measured test positivity, `tpr_u5_rdt`. */
async function measuredDataset(): Promise<Dataset> {
  const { wards, facilities } = makeMessyData()
  const measured = await readPositivity([{ bytes: facilities, filename: 'facilities.csv', choices: {} }], {
    facilityLevel: 'all',
    age: 'u5',
    method: 'rdt',
  })
  return joinWards(joinPositivity(await readWards(wards, 'wards.csv', { answers: APART }), measured), null)
}

function servedIn({ basis }: Given, options: PlanOptions): ReadonlySet<string> {
  return new Set(planNets(basis, options).wards.flatMap(({ allocated, wardName }) => (allocated > 0 ? wardName : [])))
}

/** A normal deviate of other random numbers than the service's. */
function otherNormals(): () => number {
  let state = 987_654_321n
  const uniform = (): number => {
    state = (state * 6_364_136_223_846_793_005n + 1_442_695_040_888_963_407n) % 2n ** 64n
    return (Number(state >> 11n) + 0.5) / 2 ** 53
  }
  return () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform())
}

/**
 * The share of draws in which each ward gets nets when all are served from the greatest value on, in one tier, until
 * the stock runs out.
 * @param valueOf a ward's value in a draw; minus infinity comes last
 */
function chancesApart(
  { basis }: Given,
  options: PlanOptions,
  valueOf: (ward: string, normal: () => number) => number,
): ReadonlyMap<string, number> {
  const draws = 4_000
  const normal = otherNormals()
  const needs = planNets(basis, options).wards.map(({ wardName, need }) => ({ wardName, need }))
  const counts = new Map(needs.map(({ wardName }) => [wardName, 0]))
  for (let draw = 0; draw < draws; draw += 1) {
    let left = options.totalNets
    const keys = new Map(needs.map(({ wardName }) => [wardName, valueOf(wardName, normal)]))
    const ordered = needs.toSorted((one, other) => {
      const [first = 0, second = 0] = [keys.get(one.wardName), keys.get(other.wardName)]
      return first === second ? (one.wardName < other.wardName ? -1 : 1) : second > first ? 1 : -1
    })
    for (const { wardName, need } of ordered) {
      if (left <= 0) break
      counts.set(wardName, (counts.get(wardName) ?? 0) + 1)
      left -= need
    }
  }
  return new Map([...counts].map(([ward, count]) => [ward, count / draws]))
}

/** Says where chances lie further apart than five standard errors of both. */
function apart({ wards, draws }: StatedCertainty, worked: ReadonlyMap<string, number>): readonly string[] {
  return wards.flatMap(({ wardName, chanceNets }) => {
    const chance = worked.get(wardName) ?? 0
    const error = Math.sqrt((chance * (1 - chance) + 0.001) * (1 / draws + 1 / 4_000))
    return Math.abs(chance - (chanceNets ?? NaN)) < 5 * error
      ? []
      : `${wardName}: ${String(chanceNets)} against ${String(chance)}`
  })
}

t.test('a column of which nothing is drawn gives nets in all draws or in none, and says so', async (t) => {
  const of = given(await sampleDataset())
  for (const rankFirst of ['highest', 'lowest'] as const) {
    const options = { totalNets: 200_000, rankColumn: 'elevation_m', rankFirst } as const
    const served = servedIn(of, options)
    const { wards, netsCaveats, isFixedOrder } = stateCertainty(of.result, { basis: of.basis, options })
    t.equal(isFixedOrder, true)
    t.strictSame(
      wards
        .filter(({ chanceNets }) => chanceNets === 1)
        .map(({ wardName }) => wardName)
        .sort(),
      [...served].sort(),
    )
    t.ok(wards.every(({ chanceNets }) => chanceNets === 0 || chanceNets === 1))
    t.match(
      netsCaveats.join(' '),
      /Nothing of "elevation_m" is drawn: its order is the same in every draw.*or in none\./,
    )
  }
  const urban = {
    totalNets: 400_000,
    rankColumn: 'elevation_m',
    urbanRule: { kind: 'leave-out', urbanFrom: 20, upToPercent: 60 },
    protect: { tierHigh: true },
  } as const
  const { wards, netsCaveats, isFixedOrder } = stateCertainty(of.result, { basis: of.basis, options: urban })
  t.equal(isFixedOrder, false, 'which wards are protected is drawn')
  t.ok(
    wards.some(({ verdict }) => verdict === 'choice'),
    'the tier High protects a ward in some draws alone',
  )
  t.match(netsCaveats.join(' '), /in none, unless being in the tier High protects it/)
})

t.test('a measured share is drawn from the interval of its counts, whether it ranks the wards or not', async (t) => {
  const dataset = await measuredDataset()
  const others = analyse(dataset, {}).indicators.flatMap(({ name }) => (name === 'tpr_u5_rdt' ? [] : name))
  for (const [of, rankFirst] of [
    [given(dataset, ['tpr_u5_rdt', ...others.slice(0, 3)]), 'highest'],
    [given(dataset, ['tpr_u5_rdt', ...others.slice(0, 3)]), 'lowest'],
    [given(dataset, others.slice(0, 3)), 'highest'],
  ] as const) {
    const options = { totalNets: 20_000, rankColumn: 'tpr_u5_rdt', rankFirst, urbanThreshold: 100 } as const
    const counts = new Map(of.result.positivity[0]?.wards.map((each) => [each.ward, each]))
    const sign = rankFirst === 'lowest' ? -1 : 1
    const isRanked = of.result.indicators.some(({ name }) => name === 'tpr_u5_rdt')
    const worked = chancesApart(of, options, (ward, normal) => {
      const { tested = 0, positive = 0 } = counts.get(ward) ?? {}
      if (tested === 0) return isRanked ? sign * filledIn(of.result, ward, 'tpr_u5_rdt', normal) : -Infinity
      const share = positive / tested
      const middle = (share + Z2 / (2 * tested)) / (1 + Z2 / tested)
      const deviation = Math.sqrt((share * (1 - share) + Z2 / (4 * tested)) / tested) / (1 + Z2 / tested)
      return sign * 100 * (middle + deviation * normal())
    })
    const certainty = stateCertainty(of.result, { basis: of.basis, options })
    t.strictSame(apart(certainty, worked), [])
    t.ok(certainty.wards.some(({ verdict }) => verdict === 'choice'))
    t.equal(certainty.isFixedOrder, false)
    t.match(certainty.netsCaveats.join(' '), /a value of "tpr_u5_rdt" is drawn from the interval of its own counts/)
    t.equal(
      JSON.stringify(withoutNets(certainty)),
      JSON.stringify(stateCertainty(of.result)),
      'the plan changes nothing of what is drawn of the ranking',
    )
  }
})

/** A value that the ranking filled in: normal around it, with the spread of what it is the mean of. */
function filledIn({ wards, imputations }: AnalysisResult, ward: string, column: string, normal: () => number): number {
  const rawOf = (name: string): number =>
    wards.find(({ wardName }) => wardName === name)?.indicators.find((one) => one.name === column)?.raw ?? NaN
  const filled = imputations.filter((one) => one.column === column)
  const own = filled.find((one) => one.ward === ward)
  if (own === undefined) return -Infinity
  const originals = wards.flatMap(({ wardName }) => (filled.some((one) => one.ward === wardName) ? [] : wardName))
  const values = (own.neighbours.length >= 2 ? own.neighbours : originals).map(rawOf)
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1)
  return rawOf(ward) + Math.sqrt(variance) * normal()
}

t.test('a gap that the ranking fills in is drawn with its spread; any other comes last in every draw', async (t) => {
  const dataset = await sampleDataset()
  const of = given(dataset)
  const [column = ''] = of.result.imputations.map((one) => one.column)
  const gaps = of.result.imputations.filter((one) => one.column === column).map(({ ward }) => ward)
  const options = { totalNets: 300_000, rankColumn: column, urbanThreshold: 100 } as const
  const known = new Map(of.result.wards.map((ward) => [ward.wardName, ward.indicators]))
  const certainty = stateCertainty(of.result, { basis: of.basis, options })
  const worked = chancesApart(of, options, (ward, normal) =>
    gaps.includes(ward)
      ? filledIn(of.result, ward, column, normal)
      : (known.get(ward)?.find(({ name }) => name === column)?.raw ?? NaN),
  )
  t.strictSame(apart(certainty, worked), [])
  t.ok(gaps.length > 0 && gaps.every((ward) => !servedIn(of, options).has(ward)), 'the plan itself serves them last')
  t.ok(gaps.some((ward) => (worked.get(ward) ?? 0) > 0.02))
  t.match(certainty.netsCaveats.join(' '), `${String(gaps.length)} ward`)

  const names = of.result.indicators.flatMap(({ name }) => (name === column ? [] : name))
  const without = given(dataset, names.slice(0, 3))
  const last = stateCertainty(without.result, { basis: without.basis, options })
  for (const ward of gaps) t.equal(last.wards.find(({ wardName }) => wardName === ward)?.chanceNets, 0)
  t.match(last.netsCaveats.join(' '), /without a value of .* in every draw\. Nothing of/)
})

/** Forty wards whose four indicators share a factor, without gaps. */
function likeIndicators(): Uint8Array {
  const normal = otherNormals()
  const rows = Array.from({ length: 40 }, (_, at) => {
    const shared = normal()
    return [`Ward ${String(at)}`, ...[1, 2, 3, 4].map((scale) => 50 + 10 * (scale * shared + normal())), 900 + at]
  })
  return Buffer.from(['WardName,rainfall,tpr,malaria_cases,poverty,population', ...rows].join('\n'))
}

t.test(
  'a PCA is drawn by its own rules: with nothing drawn and nothing left out, it is the ranking by PCA',
  async (t) => {
    const dataset = joinWards(await readWards(likeIndicators(), 'wards.csv'), null)
    const all = ['rainfall', 'tpr', 'malaria_cases', 'poverty']
    for (const indicators of [all, all.slice(1)]) {
      const of = given(dataset, indicators)
      t.strictSame([of.result.pca.suitable, of.result.imputations], [true, []])
      const options = { totalNets: 8_000, ranking: 'pca' } as const
      const model = certaintyModel(of.result, { basis: of.basis, options })
      const means = Float64Array.from(of.result.wards, ({ score }) => score)
      const deviates = { positivity: new Float64Array(), filled: new Float64Array() }
      const turned = new Uint8Array(model.unsure.length)
      const values = { deviates, turned, leftOut: indicators.length, means, ranks: new Uint16Array() }
      const pcaRanks = of.result.wards.map(({ pcaRank }) => pcaRank)
      t.strictSame([...orderDrawer(model)(values, randomStream(1, 1))], pcaRanks)
      const without = [...orderDrawer(model)({ ...values, leftOut: 0 }, randomStream(1, 1))]
      const { netsCaveats } = stateCertainty(of.result, { basis: of.basis, options })
      if (indicators.length === 3) {
        t.strictSame(without, pcaRanks, 'two indicators are too few')
        t.match(netsCaveats[1], 'so no draw leaves them out')
        continue
      }
      const others = given(dataset, indicators.slice(1)).result.wards
      t.strictSame(
        without,
        of.result.wards.map(({ wardName }) => others.find((ward) => ward.wardName === wardName)?.pcaRank),
        'the ranking by PCA of the others',
      )
      t.equal(netsCaveats[1], 'Each indicator is left out of some draws.')
    }
  },
)

t.test('an indicator without which a PCA is not suitable is left out of no draw of it', async (t) => {
  const dataset = await sampleDataset()
  const names = given(dataset).result.indicators.map(({ name }) => name)
  let found = 0
  for (const [at, first] of names.entries()) {
    const of = given(
      dataset,
      names.filter((name, place) => name === first || (place + at) % 3 !== 0),
    )
    const { result, basis } = of
    if (!result.pca.suitable) continue
    const columns = result.indicators.map((_, each) => result.wards.map((ward) => ward.indicators[each]?.raw ?? NaN))
    const kept = result.indicators.flatMap(({ name }, left) =>
      isSuitable(columns.filter((_column, each) => each !== left)) ? [] : name,
    )
    found += Number(kept.length > 0 && kept.length < columns.length)
    const { netsCaveats } = stateCertainty(result, { basis, options: { totalNets: 250_000, ranking: 'pca' } })
    if (kept.length === 0) t.equal(netsCaveats[1], 'Each indicator is left out of some draws.')
    for (const name of kept) t.match(netsCaveats[1], name)
  }
  t.ok(found > 0, 'in some choice of indicators some are needed')
})

t.test('whatever ranks are drawn, a plan of any order serves the wards that planNets() serves by them', async (t) => {
  const { basis } = given(await sampleDataset())
  const count = basis.wards.length
  const third = Math.floor(count / 3)
  const some = basis.wards.map(({ wardName }) => wardName)
  const percents = fc.integer({ min: 0, max: 100 })
  let [partial, protectedWards] = [0, 0]
  fc.assert(
    fc.property(
      fc.record({
        scores: fc.array(fc.integer({ min: 0, max: 40 }), { minLength: count, maxLength: count }),
        keys: fc.array(fc.option(fc.integer({ min: 0, max: 30 })), { minLength: count, maxLength: count }),
        order: fc.constantFrom<Partial<PlanOptions>>(
          {},
          { ranking: 'pca' },
          { rankColumn: 'elevation_m' },
          { rankColumn: 'elevation_m', rankFirst: 'lowest' },
        ),
        totalNets: fc.integer({ min: 0, max: 600_000 }),
        urbanRule: fc.oneof(
          fc.record({ kind: fc.constant('tiers' as const), threshold: percents }),
          fc.record({ kind: fc.constant('leave-out' as const), urbanFrom: percents, upToPercent: percents }),
        ),
        protect: fc.constantFrom<NonNullable<PlanOptions['protect']>>(
          {},
          { tierHigh: true },
          { column: 'population', from: 9_000 },
        ),
        lastWard: fc.constantFrom('partial' as const, 'whole' as const),
        exceptions: fc.uniqueArray(
          fc.record({ ward: fc.constantFrom(...some), in: fc.boolean(), reason: fc.constant('named') }),
          { maxLength: 4, selector: ({ ward }) => ward },
        ),
        reserve: fc.record({ percent: percents }),
        baleSize: fc.constantFrom(undefined, 40, 100),
      }),
      ({ scores, keys, order, baleSize, ...rest }) => {
        const options: PlanOptions = { ...order, ...rest, ...(baleSize !== undefined && { baleSize }) }
        const rankOf = (score: number): number => 1 + scores.filter((other) => other > score).length
        const drawn: PlanBasis = {
          ...basis,
          wards: basis.wards.map((ward, place) => {
            const rank = rankOf(scores[place] ?? 0)
            // The PCA ranking is another one.
            const pcaRank = rankOf(scores[count - 1 - place] ?? 0)
            return { ...ward, rank, pcaRank, tier: rank <= third ? 'High' : 'Low' }
          }),
          columns: basis.columns.map((column) =>
            column.name === 'elevation_m'
              ? { ...column, values: Float64Array.from(keys, (key) => key ?? NaN) }
              : column,
          ),
        }
        const inputs = settledInputs(drawn, options)
        const served = servedBy(
          servingModel(basis, options),
          ranksOf(drawn, inputs.parameters, inputs.order),
          drawn.wards.map(({ rank }) => rank),
          third,
        )
        const plan = planNets(drawn, options)
        partial += Number(plan.totals.wardsPartial > 0)
        protectedWards += Number(plan.wards.some(({ protectedBecause }) => protectedBecause !== null))
        return (
          JSON.stringify(served.map((place) => some[place])) ===
          JSON.stringify(plan.wards.flatMap(({ allocated, wardName }) => (allocated > 0 ? wardName : [])))
        )
      },
    ),
    { numRuns: 400 },
  )
  t.ok(partial > 50 && protectedWards > 50, `${String(partial)} and ${String(protectedWards)}`)
})
