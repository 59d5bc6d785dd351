import { jsonOf, type Exchange } from '../client.ts'
import { expectedPlan } from '../expected-plan.ts'
import { misfit } from '../expected-ranking.ts'
import type { Outcome } from '../outcome.ts'
import type { AnalysisRecord } from '../person.ts'
import { ask, judge, pick, type Operation, type Request, type Tab } from '../world.ts'
import { mustBeStale } from './analyses.ts'
import { groupQueries, type QueryReply } from './group-queries.ts'
import { makePlan } from './plans.ts'

const QUERY = { name: 'ask the wards', route: 'POST /api/query' } as const

const CHART = { name: 'draw the wards', route: 'POST /api/charts' } as const

export function queryOperations(): Operation[] {
  return [
    { ...QUERY, weight: 2, run: askRanking },
    { ...QUERY, name: 'ask the wards for figures', weight: 1, run: askFigures },
    { ...QUERY, name: 'ask the wards for nets', weight: 1, run: askNets },
    ...groupQueries(QUERY, askKnown),
    { ...CHART, weight: 1, run: drawPeople },
  ]
}

/** The ranking, as a query gives it. */
async function askRanking(tab: Tab): Promise<Outcome> {
  const known = pick(tab.random, tab.era.analyses)
  if (known === undefined) return 'skipped'
  const body = { analysisId: known.id, select: ['ward', 'score', 'rank', 'tier'] }
  return await askKnown(tab, QUERY, known, { address: '/api/query', body }, ({ rows }) =>
    misfit(
      known.edition.ranking,
      rows.map(([wardName, score, rank, tier]) => ({ wardName, score, rank, tier })),
    ),
  )
}

/** The people of each LGA, worked out again. */
async function askFigures(tab: Tab): Promise<Outcome> {
  const known = pick(tab.random, tab.era.analyses)
  if (known === undefined) return 'skipped'
  const { wardNames, lgas, populations } = known.edition
  const people = lgas.map((lga, at) => {
    const own = wardNames.filter((_, ward) => ward % lgas.length === at)
    return [lga, own.reduce((sum, ward) => sum + (populations.get(ward) ?? NaN), 0)] as const
  })
  const body = {
    analysisId: known.id,
    groupBy: ['lga'],
    measures: [{ measure: 'sum', column: 'population' }],
    where: [{ column: 'rank', op: '>=', value: 1 }],
  }
  return await askKnown(
    tab,
    { ...QUERY, name: 'ask the wards for figures' },
    known,
    { address: '/api/query', body },
    ({ rows }) => {
      const shown = new Map(rows.map(([lga, sum]) => [lga, sum]))
      const wrong = people.find(([lga, sum]) => shown.get(lga) !== sum)
      if (wrong === undefined && shown.size === people.length) return null
      return `${String(shown.size)} LGAs where ${String(people.length)} follow from the data, or another sum of people`
    },
  )
}

/** The nets of each ward by a plan. */
async function askNets(tab: Tab): Promise<Outcome> {
  if (tab.era.plans.length === 0) {
    const made = await makePlan(tab)
    if (made !== 'done') return made
  }
  const plan = pick(tab.random, tab.era.plans)
  if (plan === undefined) return 'skipped'
  const body = { planId: plan.id, select: ['ward', 'need', 'nets'] }
  const expected = expectedPlan(plan.analysis.edition, plan.totalNets)
  return await askKnown(
    tab,
    { ...QUERY, name: 'ask the wards for nets' },
    plan.analysis,
    { address: '/api/query', body },
    ({ rows }) => {
      const shown = new Map(rows.map(([ward, need, nets]) => [ward, `${String(nets)} of ${String(need)}`]))
      const wrong = expected.find(({ wardName, need, allocated }) => shown.get(wardName) !== `${allocated} of ${need}`)
      return wrong === undefined && shown.size === expected.length ? null : 'nets that do not follow from the data'
    },
  )
}

/** The people of each ward as bars, the most first. */
async function drawPeople(tab: Tab): Promise<Outcome> {
  const known = pick(tab.random, tab.era.analyses)
  if (known === undefined) return 'skipped'
  const body = {
    kind: 'bar',
    analysisId: known.id,
    measure: { measure: 'sum', column: 'population' },
    where: [{ column: 'rank', op: '>=', value: 1 }],
  }
  const people = [...known.edition.populations.values()].sort((one, other) => other - one)
  return await askKnown(tab, CHART, known, { address: '/api/charts', body }, ({ table, svg }) => {
    const bars = (table?.rows ?? []).map(([, value]) => value)
    const areDrawn = known.edition.wardNames.every((name) => svg?.includes(name) === true)
    return areDrawn && bars.join() === people.join() ? null : 'other bars than those that follow from the data'
  })
}

/** Asks about an analysis. What was made from data that were replaced since must be refused. */
async function askKnown(
  tab: Tab,
  operation: Pick<Operation, 'name' | 'route'>,
  known: AnalysisRecord,
  request: Request,
  wrongIn: (reply: QueryReply) => string | null,
): Promise<Outcome> {
  const reply = await ask(tab, operation, request)
  const must = mustBeStale(tab.era.changes, known, reply)
  if (reply.status === 200 && must === true)
    report(tab, reply, 'history', 'A query was answered from an old result after new data were acknowledged')
  const outcome = judge(tab, reply, must === true ? [409] : must === false ? [200] : [200, 409])
  if (outcome !== 'done' || reply.status !== 200) return outcome
  const wrong = wrongIn(jsonOf<QueryReply>(reply) as QueryReply)
  if (wrong !== null) report(tab, reply, 'wrong numbers', `A query of the wards: ${wrong}`)
  return outcome
}

function report({ world, person, era }: Tab, reply: Exchange, kind: 'history' | 'wrong numbers', detail: string): void {
  world.inspector.report({
    kind,
    detail,
    viewer: { user: person.user, era: era.number },
    request: `${reply.method} ${reply.address}`,
    ...(reply.requestId !== undefined && { requestId: reply.requestId }),
  })
}
