import { jsonOf, type Exchange } from '../client.ts'
import { expectedPlan, planMisfit, type PlanRow } from '../expected-plan.ts'
import type { Creation } from '../history.ts'
import type { Outcome } from '../outcome.ts'
import type { PlanRecord } from '../person.ts'
import { ask, judge, pick, type Operation, type Tab } from '../world.ts'
import { mustBeStale } from './analyses.ts'

interface PlanReply {
  readonly plan: { readonly id: string; readonly stale: boolean; readonly wards: readonly PlanRow[] }
}

export function planOperations(): Operation[] {
  return [
    {
      name: 'plan the nets',
      route: 'POST /api/itn-plans',
      heavy: true,
      weight: 2,
      run: makePlan,
    },
    {
      name: 'list the plans',
      route: 'GET /api/itn-plans',
      weight: 2,
      run: async (tab) => await listPlans(tab),
    },
    {
      name: 'read a plan',
      route: 'GET /api/itn-plans/{planId}',
      heavy: true,
      weight: 1,
      async run(tab) {
        if (tab.era.plans.length === 0) {
          const made = await makePlan(tab)
          if (made !== 'done') return made
        }
        const known = pick(tab.random, tab.era.plans)
        if (known === undefined) return 'skipped'
        const reply = await ask(tab, this, { address: `/api/itn-plans/${known.id}` })
        const outcome = judge(tab, reply, [200])
        if (outcome === 'done') comparePlan(tab, reply, known)
        return outcome
      },
    },
  ]
}

export async function makePlan(tab: Tab): Promise<Outcome>
/** @param use whether others may use the plan from now on; what is deleted at once is not for them */
export async function makePlan(tab: Tab, use: 'forget'): Promise<Outcome | PlanRecord>
export async function makePlan(tab: Tab, use: 'keep' | 'forget' = 'keep'): Promise<Outcome | PlanRecord> {
  const { era, world, person } = tab
  const analysis = pick(tab.random, era.analyses)
  if (analysis === undefined) return 'skipped'
  // A stock that nobody else has.
  const totalNets = 20_000 + Math.floor(tab.random() * 1e6) * 7 + (person.user % 7)
  const reply = await ask(
    tab,
    { name: 'plan the nets', route: 'POST /api/itn-plans', heavy: true },
    { address: '/api/itn-plans', body: { analysisId: analysis.id, totalNets } },
  )
  const must = mustBeStale(era.changes, analysis, reply)
  if (reply.status === 201 && must === true)
    world.inspector.report({
      kind: 'history',
      detail: 'A plan was made from an old result after new data were acknowledged',
      viewer: { user: person.user, era: era.number },
      request: 'POST /api/itn-plans',
    })
  const outcome = judge(tab, reply, must === true ? [409] : must === false ? [201] : [201, 409])
  const record = recordPlan(tab, reply, { analysis, totalNets }, use)
  return use === 'forget' && record !== null ? record : outcome
}

/** Keeps what a reply says of a plan that was asked for, and compares its figures; null if none was made. */
export function recordPlan(
  tab: Tab,
  reply: Exchange,
  { analysis, totalNets }: Pick<PlanRecord, 'analysis' | 'totalNets'>,
  use: 'keep' | 'forget',
): PlanRecord | null {
  const { era, world, person } = tab
  const span = { begin: reply.begin, end: reply.end }
  const { plan } = jsonOf<PlanReply>(reply)
  if (reply.status !== 201 || plan === undefined) {
    era.made.plans.push({
      ...span,
      key: undefined,
      outcome: reply.status >= 400 && reply.status < 500 ? 'refused' : 'unknown',
    })
    return null
  }
  world.canaries.register(plan.id, {
    user: person.user,
    era: era.number,
    field: 'plan id',
    version: era.made.plans.length,
  })
  const creation: Creation = { ...span, key: plan.id, outcome: 'acknowledged' }
  era.made.plans.push(creation)
  const record: PlanRecord = { id: plan.id, analysis, totalNets, creation }
  if (use === 'keep') era.plans.push(record)
  comparePlan(tab, reply, record)
  return record
}

export async function listPlans(tab: Tab, fresh = false): Promise<Outcome> {
  const reply = await ask(
    tab,
    { name: 'list the plans', route: 'GET /api/itn-plans' },
    { address: '/api/itn-plans', fresh },
  )
  const outcome = judge(tab, reply, [200])
  if (outcome === 'done')
    tab.era.listed.plans.push({
      begin: reply.begin,
      end: reply.end,
      keys: (jsonOf<{ plans: { id: string }[] }>(reply).plans ?? []).map(({ id }) => id),
    })
  return outcome
}

export function comparePlan(
  { world, person, era }: Tab,
  reply: Exchange,
  { analysis, totalNets }: Pick<PlanRecord, 'analysis' | 'totalNets'>,
): void {
  const { plan } = jsonOf<PlanReply>(reply)
  const wrong = planMisfit(expectedPlan(analysis.edition, totalNets), plan?.wards ?? [])
  if (wrong !== null)
    world.inspector.report({
      kind: 'wrong numbers',
      detail: `A plan of ${totalNets} nets: ${wrong}`,
      viewer: { user: person.user, era: era.number },
      request: `${reply.method} ${reply.address}`,
    })
}
