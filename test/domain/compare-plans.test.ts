import t from 'tap'
import { comparePlans, type NamedPlan } from '../../service/domain/plan/compare-plans.ts'
import type { PlanBasis } from '../../service/domain/plan/plan-basis.ts'
import { planNets } from '../../service/domain/plan/plan-nets.ts'

const BASIS: PlanBasis = {
  wards: Array.from({ length: 100 }, (_, at) => ({
    wardCode: `W${String(at)}`,
    wardName: `Ward ${String(at)}`,
    lga: 'Arewa',
    state: null,
    rank: at + 1,
    tier: 'High' as const,
    pcaRank: null,
  })),
  columns: [{ name: 'population', kind: 'population', isYesNo: false, values: new Float64Array(100).fill(1_800) }],
  unusable: [],
  columnFindings: [],
  positivity: [],
  pcaReasons: ['not computed'],
  caveats: [],
  questions: [],
  answers: {},
}

t.test('why a ward gets other nets is said shortly, and the exceptions stand once among the differences', async (t) => {
  const [before, after] = ['none', 'r'.repeat(500)].map((reason, at): NamedPlan => {
    const exceptions =
      at === 0 ? [] : BASIS.wards.slice(0, 60).map(({ wardName }) => ({ ward: wardName, in: true, reason }))
    const plan = planNets(BASIS, { totalNets: 200_000, exceptions })
    const wards = plan.wards.map((ward) => ({
      ...ward,
      allocationTier: at === 0 ? (1 as const) : (2 as const),
      allocated: ward.allocated - at,
    }))
    return { ...plan, wards, id: String(at), name: null, datasetVersion: 1 }
  })
  const { wards, differences } = comparePlans([before!, after!])
  t.equal(wards.length, 100)
  for (const { why } of wards) {
    t.match(why, /served in tier 2 instead of 1 \(exceptions none → \[\{"ward":"Ward 0"/)
    t.ok((why ?? '').length < 300)
  }
  const [whole] = differences.flatMap(({ parameter, values }) => (parameter === 'exceptions' ? [values[1]] : []))
  t.ok((whole ?? '').length > 60 * 500)
})
