import t from 'tap'
import { certaintyModel } from '../../service/domain/certainty/certainty-model.ts'
import type { CertaintyModel } from '../../service/domain/certainty/certainty-model.ts'
import { certaintyOf } from '../../service/domain/certainty/certainty-reply.ts'
import type { Certainty } from '../../service/domain/certainty/certainty-reply.ts'
import { drawRanks } from '../../service/domain/certainty/draw-ranks.ts'
import { randomStream } from '../../service/domain/random.ts'
import { servedBy, servingModel } from '../../service/domain/certainty/serving-model.ts'
import {
  addVariance,
  binsByValue,
  emptyParts,
  groupSquares,
  shareOf,
} from '../../service/domain/certainty/source-shares.ts'
import { withoutNets } from '../../service/domain/certainty/stated-certainty.ts'
import { summariseDraws } from '../../service/domain/certainty/summarise-draws.ts'
import { joinPositivity } from '../../service/domain/dataset/join-positivity.ts'
import { joinWards } from '../../service/domain/dataset/join-wards.ts'
import { readBoundaries } from '../../service/domain/files/boundary/read-boundaries.ts'
import { readPositivity } from '../../service/domain/files/read-positivity.ts'
import { readWards } from '../../service/domain/files/read-wards.ts'
import { planBasis } from '../../service/domain/plan/plan-basis.ts'
import { planNets } from '../../service/domain/plan/plan-nets.ts'
import type { PlanOptions } from '../../service/domain/plan/plan-options.ts'
import { ranksOf } from '../../service/domain/plan/rules/order.ts'
import { settledInputs } from '../../service/domain/plan/settled-inputs.ts'
import { analyse } from '../../service/domain/ranking/analyse.ts'
import type { AnalysisResult } from '../../service/domain/ranking/analysis-result.ts'
import { makeSample } from '../../service/sample/make-sample.ts'
import { makeMessyData } from '../support/messy-data.ts'
import { refusal } from '../support/refusal.ts'
import { stateCertainty } from '../support/stated-certainty.ts'

const DRAWS = 1_000

async function sample() {
  const { wards, boundaries } = makeSample()
  const dataset = joinWards(
    await readWards(wards, 'wards.csv', { answers: { 'duplicate-differs:name:Kofar Kudu': 'apart' } }),
    await readBoundaries(boundaries, 'boundaries.zip'),
  )
  const result = analyse(dataset, {})
  return { result, basis: planBasis(dataset, result) }
}

function certaintyFor(result: AnalysisResult, model: CertaintyModel, seed: number, cuts: readonly number[]): Certainty {
  const ends = [...cuts, DRAWS]
  const slices = ends.map((to, at) => drawRanks(model, seed, ends[at - 1] ?? 0, to))
  return certaintyOf(result, model, [summariseDraws(model, slices, 0, model.wards)])
}

t.test('a stream gives the same numbers in every run, with the moments of their distributions', (t) => {
  const [one, other] = [randomStream(7, 3), randomStream(7, 3)]
  t.strictSame(
    Array.from({ length: 100 }, () => one.normal()),
    Array.from({ length: 100 }, () => other.normal()),
  )
  t.not(randomStream(7, 4).uniform(), randomStream(7, 3).uniform())
  const many = 200_000
  const moments = (draw: () => number): [mean: number, variance: number] => {
    const values = Array.from({ length: many }, draw)
    const mean = values.reduce((sum, value) => sum + value, 0) / many
    return [mean, values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / many]
  }
  const random = randomStream(1, 1)
  for (const [name, draw, mean, variance] of [
    ['uniform', () => random.uniform(), 0.5, 1 / 12],
    ['normal', () => random.normal(), 0, 1],
    // A gamma variable of shape 4 has mean 4 and variance 4.
    ['gamma', () => random.gamma(4), 4, 4],
  ] as const) {
    const [found, spread] = moments(draw)
    t.ok(Math.abs(found - mean) < 5 * Math.sqrt(variance / many), `${name}: mean ${String(found)}`)
    t.ok(Math.abs(spread / variance - 1) < 0.02, `${name}: variance ${String(spread)}`)
  }
  t.end()
})

t.test('the same seed gives the same figures, however the draws are divided, and another seed others', async (t) => {
  const { result } = await sample()
  const model = certaintyModel(result, null)
  const whole = certaintyFor(result, model, 5, [])
  t.strictSame(certaintyFor(result, model, 5, [1, 17, 900]), whole)
  t.notSame(certaintyFor(result, model, 6, []), whole)
  t.equal(whole.wards.length, 60)
})

t.test('intervals and chances agree with draws made apart from the service, and hold fresh draws', async (t) => {
  const { result } = await sample()
  const { wards } = certaintyFor(result, certaintyModel(result, null), 11, [])
  const fresh = drawApart(result, 4_000)
  const third = Math.floor(wards.length / 3)
  let [inside, wide] = [0, 0]
  wards.forEach((ward, place) => {
    const ranks = fresh.map((draw) => draw[place] ?? NaN)
    const chance = ranks.filter((rank) => rank <= third).length / ranks.length
    const error = Math.sqrt((chance * (1 - chance) + 0.001) * (1 / DRAWS + 1 / ranks.length))
    t.ok(
      Math.abs(chance - ward.chanceHigh) < 5 * error,
      `${ward.wardName}: ${String(ward.chanceHigh)} against ${String(chance)}`,
    )
    if (ward.rankHigh - ward.rankLow < 10) return
    wide += 1
    inside += ranks.filter((rank) => rank >= ward.rankLow && rank <= ward.rankHigh).length / ranks.length
  })
  const coverage = (100 * inside) / wide
  t.ok(wide >= 20, `${String(wide)} wards have an interval of ten ranks or more`)
  t.ok(coverage >= 88 && coverage <= 92, `${coverage.toFixed(1)} % of fresh draws lie in the interval`)
  t.comment(`| fresh draws within the 90 % interval | ${coverage.toFixed(1)} % (${String(wide)} wards) |`)
})

t.test('what is drawn with a plan says of the ranking what is drawn of the ranking alone', async (t) => {
  const { result, basis } = await sample()
  const ofPlan = stateCertainty(result, { basis, options: { totalNets: 200_000 } })
  const ofRanking = stateCertainty(result)
  t.notSame(ofPlan, ofRanking)
  t.equal(JSON.stringify(withoutNets(ofPlan)), JSON.stringify(ofRanking), 'to the byte')
})

t.test('a verdict is sure where the draws agree, and a matter of choice where they do not', async (t) => {
  const { result, basis } = await sample()
  const model = certaintyModel(result, { basis, options: { totalNets: 200_000 } })
  const { wards } = certaintyFor(result, model, 3, [])
  for (const { chanceNets, verdict, wardName } of wards) {
    const chance = chanceNets ?? NaN
    t.equal(verdict, chance >= 0.95 ? 'in' : chance <= 0.05 ? 'out' : 'choice', wardName)
  }
  t.strictSame([...new Set(wards.map(({ verdict }) => verdict))].sort(), ['choice', 'in', 'out'])
  const planned = new Set(
    planNets(basis, { totalNets: 200_000 }).wards.flatMap(({ allocated, wardName }) => (allocated > 0 ? wardName : [])),
  )
  for (const { verdict, wardName } of wards.filter(({ verdict }) => verdict !== 'choice'))
    t.equal(planned.has(wardName), verdict === 'in', `${wardName} is ${verdict}`)
})

t.test("with the method's own ranks, the same wards are served as by the plan, whatever its rules", async (t) => {
  const { result, basis } = await sample()
  const name = (place: number): string => basis.wards[place]?.wardName ?? ''
  for (const options of [
    { totalNets: 150_000 },
    { totalNets: 150_000, urbanThreshold: 30, lastWard: 'whole' },
    { totalNets: 400_000, urbanRule: { kind: 'leave-out', urbanFrom: 20, upToPercent: 30 } },
    {
      totalNets: 400_000,
      urbanRule: { kind: 'leave-out', urbanFrom: 20, upToPercent: 60 },
      protect: { tierHigh: true, column: 'test_positivity_rate', from: 50 },
      exceptions: [
        { ward: 'SMPBKR01', in: false, reason: 'served' },
        { ward: name(59), in: true, reason: 'camp' },
      ],
    },
    { totalNets: 60_000, reserve: { percent: 20 }, bufferPercent: 5, baleSize: 100 },
    { totalNets: 90_000, rule: 'household', householdSize: 6, protect: { tierHigh: true } },
    { totalNets: 150_000, ranking: 'pca' },
    { totalNets: 150_000, rankColumn: 'elevation_m', rankFirst: 'lowest', baleSize: 50 },
    {
      totalNets: 400_000,
      rankColumn: 'test_positivity_rate',
      urbanRule: { kind: 'leave-out', urbanFrom: 20, upToPercent: 60 },
      protect: { tierHigh: true },
    },
  ] satisfies readonly PlanOptions[]) {
    const order = ranksOf(basis, settledInputs(basis, options).parameters, settledInputs(basis, options).order)
    const ranks = basis.wards.map(({ rank }) => rank)
    const served = servedBy(servingModel(basis, options), order, ranks, Math.floor(ranks.length / 3)).map(name)
    const planned = planNets(basis, options).wards.flatMap(({ allocated, wardName }) => (allocated > 0 ? wardName : []))
    t.strictSame(served, planned, JSON.stringify(options))
    t.ok(planned.length > 2 && planned.length < 59)
  }
  t.match(refusal(() => certaintyModel({ ...result, mode: 'legacy' }, null)).message, /Legacy mode/)
})

t.test('the share of a source is its part of the variance, with an error that covers what is known', (t) => {
  // Rank = 30 · first + 10 · second + noise of variance 100: variances 900, 100 and 100.
  const random = randomStream(2, 9)
  const draws = Array.from({ length: 2_000 }, () => {
    const [first, second] = [random.normal(), random.normal()]
    return { first, second, unrelated: random.uniform(), rank: 500 + 30 * first + 10 * second + 10 * random.normal() }
  })
  const ranks = Uint16Array.from(draws, ({ rank }) => Math.round(rank))
  for (const [source, share] of [
    ['first', 900 / 1_100],
    ['second', 100 / 1_100],
    ['unrelated', 0],
  ] as const) {
    const parts = emptyParts()
    addVariance(parts, binsByValue(draws.map((draw) => draw[source])), ranks, groupSquares(ranks))
    const found = shareOf(parts)
    // Ten bins lose the slope within a bin: about 3 % of a linear effect.
    t.ok(
      Math.abs(found.share - share) < 3 * found.error + 0.04 * share,
      `${source}: ${found.share.toFixed(3)} ± ${found.error.toFixed(3)} where ${share.toFixed(3)} was put in`,
    )
    t.ok(found.error > 0 && found.error < 0.05)
  }
  t.end()
})

t.test(
  'measured test positivity is drawn from its own counts, and its interval protects no more than it says',
  async (t) => {
    const { wards, facilities } = makeMessyData()
    const measured = await readPositivity([{ bytes: facilities, filename: 'facilities.csv', choices: {} }], {
      facilityLevel: 'all',
      age: 'u5',
      method: 'rdt',
    })
    const table = await readWards(wards, 'wards.csv', { answers: { 'duplicate-differs:name:Kofar Kudu': 'apart' } })
    const dataset = joinWards(joinPositivity(table, measured), null)
    const result = analyse(dataset, {})
    const model = certaintyModel(result, null)
    const [drawn] = model.positivity
    const { min = NaN, max = NaN } = result.indicators[drawn?.indicator ?? -1] ?? {}
    const [counts] = result.positivity
    let found = 0
    for (const { ward, tested, positive } of counts?.wards ?? []) {
      const place = result.wards.findIndex(({ wardName }) => wardName === ward)
      if (place < 0 || tested === 0) continue
      // Wilson's interval, by its formula.
      const [share, z2] = [positive / tested, 1.959963984540054 ** 2]
      const centre = (100 * (share + z2 / (2 * tested))) / (1 + z2 / tested)
      const half = (100 * Math.sqrt((z2 * (share * (1 - share) + z2 / (4 * tested))) / tested)) / (1 + z2 / tested)
      const close = (value: number | undefined, worked: number): boolean => Math.abs((value ?? NaN) - worked) < 1e-9
      t.ok(close(drawn?.centre[place], (centre - min) / (max - min)), ward ?? '')
      t.ok(close(drawn?.spread[place], half / 1.959963984540054 / (max - min)), ward ?? '')
      found += 1
    }
    t.ok(found > 10)
    const { sources } = certaintyFor(result, model, 4, [])
    t.ok(sources.some(({ name, share }) => name === 'counts behind test positivity' && share > 0))

    const basis = { ...planBasis(dataset, result), answers: { 'implausible-people:population': 'people' } }
    const from = 40
    const plan = planNets(basis, {
      totalNets: 30_000,
      protect: { positivityFrom: from },
    })
    const above = result.wards.filter(({ wardName }) => {
      const own = counts?.wards.find(({ ward }) => ward === wardName)
      return own !== undefined && own.tested > 0 && (100 * own.positive) / own.tested >= from
    })
    t.ok(above.length > 0 && above.length < result.wards.length)
    t.strictSame(
      plan.wards.flatMap(({ protectedBecause, wardName }) => (protectedBecause === null ? [] : wardName)).sort(),
      above.map(({ wardName }) => wardName).sort(),
    )
  },
)

/** Draws by the text of the rules, with other random numbers and none of the service's code. Ranks by draw and ward. */
function drawApart({ wards, indicators, imputations }: AnalysisResult, draws: number): readonly (readonly number[])[] {
  let state = 123_456_789n
  const uniform = (): number => {
    state = (state * 6_364_136_223_846_793_005n + 1_442_695_040_888_963_407n) % 2n ** 64n
    return (Number(state >> 11n) + 0.5) / 2 ** 53
  }
  const normal = (): number => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform())
  const sd = (values: readonly number[]): number => {
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length
    return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1))
  }
  const valueOf = (ward: string, column: string): number =>
    wards.find(({ wardName }) => wardName === ward)?.indicators.find(({ name }) => name === column)?.normalised ?? NaN
  const spreadOf = new Map(
    imputations.map(({ ward, column, neighbours }) => {
      const filled = imputations.filter((other) => other.column === column).map((other) => other.ward)
      const own = wards.map(({ wardName }) => wardName).filter((name) => !filled.includes(name))
      const from = neighbours.length >= 2 ? neighbours : own
      return [`${ward}\n${column}`, sd(from.map((name) => valueOf(name, column)))]
    }),
  )
  return Array.from({ length: draws }, () => {
    // A gamma variable of shape 4 is the sum of four exponential ones.
    const weights = indicators.map(() => -Math.log(uniform() * uniform() * uniform() * uniform()))
    const without = Math.floor(uniform() * (indicators.length + 1))
    const turned = indicators.map(({ guessed, why }) => guessed && why === null && uniform() < 0.5)
    const scores = wards.map(({ wardName, indicators: values }) =>
      values.reduce((sum, { name, normalised }, at) => {
        if (at === without) return sum
        const drawn = normalised + (spreadOf.get(`${wardName}\n${name}`) ?? 0) * normal()
        return sum + (weights[at] ?? 0) * (turned[at] === true ? 1 - drawn : drawn)
      }, 0),
    )
    return scores.map((score) => 1 + scores.filter((other) => other > score).length)
  })
}
