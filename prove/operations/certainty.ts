import { jsonOf } from '../client.ts'
import type { Outcome } from '../outcome.ts'
import { ask, judge, pick, type Operation, type Tab } from '../world.ts'
import { mustBeStale } from './analyses.ts'

interface CertaintyReply {
  readonly wards: readonly {
    readonly wardName: string
    readonly rank: number
    readonly chanceHigh: number
    readonly chanceNets: number | null
  }[]
}

/** Few draws: the walls are the same as with many. */
const DRAWS = 100

export function certaintyOperations(): Operation[] {
  return [
    {
      name: 'ask how sure the order is',
      route: 'POST /api/analyses/{analysisId}/certainty',
      heavy: true,
      weight: 1,
      run: askHowSure,
    },
  ]
}

async function askHowSure(tab: Tab): Promise<Outcome> {
  const { era, world, person } = tab
  const analysis = pick(tab.random, era.analyses)
  if (analysis === undefined) return 'skipped'
  const plan = pick(
    tab.random,
    era.plans.filter((each) => each.analysis === analysis),
  )
  const body = { draws: DRAWS, seed: person.user, ...(plan !== undefined && { planId: plan.id }) }
  const reply = await ask(
    tab,
    { name: 'ask how sure the order is', route: 'POST /api/analyses/{analysisId}/certainty', heavy: true },
    { address: `/api/analyses/${analysis.id}/certainty`, body },
  )
  const must = mustBeStale(era.changes, analysis, reply)
  const right = must === true ? [409] : must === false ? [200] : [200, 409]
  // The plan may have been dropped to make room for others.
  const outcome = judge(tab, reply, plan === undefined ? right : [...right, 404])
  const { wards } = jsonOf<CertaintyReply>(reply)
  if (reply.status !== 200 || wards === undefined) return outcome
  if (wards.some(({ chanceNets }) => (chanceNets === null) !== (plan === undefined)))
    world.inspector.report({
      kind: 'wrong numbers',
      detail: 'Chances of nets are said without a plan, or are missing with one',
      viewer: { user: person.user, era: era.number },
      request: `${reply.method} ${reply.address}`,
    })
  const shown = new Map(wards.map(({ wardName, rank }) => [wardName, rank]))
  const { ranking } = analysis.edition
  if (shown.size !== ranking.length || ranking.some(({ wardName, rank }) => shown.get(wardName) !== rank))
    world.inspector.report({
      kind: 'wrong numbers',
      detail: 'How sure the order is was said of another ranking',
      viewer: { user: person.user, era: era.number },
      request: `${reply.method} ${reply.address}`,
    })
  return outcome
}
