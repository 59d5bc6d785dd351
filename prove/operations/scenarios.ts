import { personOfCrowd } from '../../local/sign-in/people.ts'
import { jsonOf, type Exchange } from '../client.ts'
import { expectedPlan } from '../expected-plan.ts'
import type { Outcome } from '../outcome.ts'
import type { PlanRecord } from '../person.ts'
import { ask, judge, pick, type Operation, type Tab } from '../world.ts'
import { mustBeStale } from './analyses.ts'
import { comparePlan, makePlan, recordPlan } from './plans.ts'

interface NamedReply {
  readonly plan: {
    readonly id: string
    readonly name: string | null
    readonly lockedAt: string | null
    readonly lockedBy: string | null
  }
}

interface ComparisonReply {
  readonly plans: readonly { readonly id: string }[]
  readonly wards: readonly { readonly wardName: string; readonly allocated: readonly (number | null)[] }[]
}

/** Plans as scenarios: named, locked, copied, compared, deleted. */
export function scenarioOperations(): Operation[] {
  return [
    {
      name: 'name a plan',
      route: 'PATCH /api/itn-plans/{planId}',
      heavy: true,
      weight: 1,
      run: namePlan,
    },
    {
      name: 'lock a plan',
      route: 'POST /api/itn-plans/{planId}/lock',
      heavy: true,
      weight: 1,
      run: lockPlan,
    },
    {
      name: 'read a locked plan',
      route: 'GET /api/itn-plans/{planId}',
      heavy: true,
      weight: 1,
      async run(tab) {
        const locked = (): PlanRecord[] => tab.era.plans.filter(({ lockedAs }) => lockedAs !== undefined)
        // The other tab may change the data meanwhile, and with them what can be locked.
        for (let tries = 0; tries < 3 && locked().length === 0; tries += 1) await lockPlan(tab)
        const plan = pick(tab.random, locked())
        if (plan === undefined) return 'skipped'
        const reply = await ask(tab, this, { address: `/api/itn-plans/${plan.id}` })
        const outcome = judge(tab, reply, [200])
        if (outcome === 'done') {
          comparePlan(tab, reply, plan)
          compareLock(tab, reply, plan)
        }
        return outcome
      },
    },
    {
      name: 'copy a plan',
      route: 'POST /api/itn-plans/{planId}/copies',
      heavy: true,
      weight: 1,
      async run(tab) {
        const plan = await somePlan(tab)
        if (plan === null) return 'skipped'
        const reply = await ask(tab, this, { address: `/api/itn-plans/${plan.id}/copies`, body: {} })
        const must = mustBeStale(tab.era.changes, plan.analysis, reply)
        const outcome = judge(tab, reply, must === true ? [409] : must === false ? [201] : [201, 409])
        recordPlan(tab, reply, plan, 'keep')
        return outcome
      },
    },
    {
      name: 'compare plans',
      route: 'POST /api/itn-plans/compare',
      heavy: true,
      weight: 1,
      run: comparePlans,
    },
    {
      name: 'delete a plan',
      route: 'DELETE /api/itn-plans/{planId}',
      heavy: true,
      weight: 1,
      async run(tab) {
        const made = await makePlan(tab, 'forget')
        if (typeof made === 'string') return made
        const { creation, id } = made
        creation.removal = { begin: performance.now(), end: Infinity }
        const reply = await ask(tab, this, { address: `/api/itn-plans/${id}` })
        if (reply.status === 200) creation.removal = { begin: creation.removal.begin, end: reply.end }
        return judge(tab, reply, [200])
      },
    },
  ]
}

/** One of the tab's plans, made if there is none; null if none can be made now. */
async function somePlan(tab: Tab): Promise<PlanRecord | null> {
  if (tab.era.plans.length === 0) await makePlan(tab)
  return pick(tab.random, tab.era.plans) ?? null
}

async function lockPlan(tab: Tab): Promise<Outcome> {
  const plan = await somePlan(tab)
  if (plan === null) return 'skipped'
  plan.lock ??= { begin: performance.now(), end: Infinity }
  const reply = await ask(
    tab,
    { name: 'lock a plan', route: 'POST /api/itn-plans/{planId}/lock', heavy: true },
    { address: `/api/itn-plans/${plan.id}/lock` },
  )
  const outcome = judge(tab, reply, [200])
  const locked = jsonOf<NamedReply>(reply).plan
  if (reply.status !== 200 || locked === undefined) return outcome
  plan.lock = { begin: plan.lock.begin, end: Math.min(plan.lock.end, reply.end) }
  plan.lockedAs ??= { name: locked.name, lockedAt: locked.lockedAt, lockedBy: locked.lockedBy }
  compareLock(tab, reply, plan)
  return outcome
}

async function namePlan(tab: Tab): Promise<Outcome> {
  const { era, person, world } = tab
  const plan = await somePlan(tab)
  if (plan === null) return 'skipped'
  era.planNames += 1
  const name = world.canaries.text({ user: person.user, era: era.number, field: 'plan name', version: era.planNames })
  const wasLocked = plan.lock !== undefined && plan.lock.end < performance.now()
  const reply = await ask(
    tab,
    { name: 'name a plan', route: 'PATCH /api/itn-plans/{planId}', heavy: true },
    { address: `/api/itn-plans/${plan.id}`, body: { name } },
  )
  const outcome = judge(tab, reply, wasLocked ? [409] : plan.lock === undefined ? [200] : [200, 409])
  if (reply.status === 200 && jsonOf<NamedReply>(reply).plan?.name !== name)
    report(tab, reply, 'A plan does not have the name that was just given')
  return outcome
}

async function comparePlans(tab: Tab): Promise<Outcome> {
  const { era } = tab
  const [one, other] = [await somePlan(tab), pick(tab.random, era.plans)]
  if (one === null || other === undefined) return 'skipped'
  const plans = [one, other]
  const reply = await ask(
    tab,
    { name: 'compare plans', route: 'POST /api/itn-plans/compare', heavy: true },
    { address: '/api/itn-plans/compare', body: { planIds: plans.map(({ id }) => id) } },
  )
  const outcome = judge(tab, reply, [200])
  const { wards } = jsonOf<ComparisonReply>(reply)
  if (reply.status !== 200 || wards === undefined) return outcome
  const shown = new Map(wards.map(({ wardName, allocated }) => [wardName, allocated]))
  plans.forEach(({ analysis, totalNets }, at) => {
    for (const { wardName, allocated } of expectedPlan(analysis.edition, totalNets))
      if (shown.get(wardName)?.[at] !== allocated)
        report(tab, reply, `A comparison shows ${String(shown.get(wardName)?.[at])} nets where ${allocated} follow`)
  })
  return outcome
}

/** A locked plan is the same for ever: its name, when it was locked, and by whom, if its person had signed in. */
function compareLock(tab: Tab, reply: Exchange, { lockedAs }: PlanRecord): void {
  const { plan } = jsonOf<NamedReply>(reply)
  const { account } = tab.person
  const own = account === null ? null : personOfCrowd(account.word).name
  if (plan !== undefined && plan.lockedBy !== null && plan.lockedBy !== own)
    report(tab, reply, `A plan of ${String(own)} was locked by ${JSON.stringify(plan.lockedBy)}`)
  const isSame = (['name', 'lockedAt', 'lockedBy'] as const).every((field) => plan?.[field] === lockedAs?.[field])
  if (lockedAs === undefined || isSame) return
  report(tab, reply, `A locked plan is ${JSON.stringify(plan)} where it was locked as ${JSON.stringify(lockedAs)}`)
}

function report({ world, person, era }: Tab, { method, address }: Exchange, detail: string): void {
  world.inspector.report({
    kind: 'wrong numbers',
    detail,
    viewer: { user: person.user, era: era.number },
    request: `${method} ${address}`,
  })
}
