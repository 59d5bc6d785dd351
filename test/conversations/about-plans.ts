import { byHouseholds, labels, perPerson, planOf, total, type Planned, type Ward } from './truth.ts'
import type { Expected, Turn } from './talk.ts'

/** Conversations about one plan: what it says, and what becomes of it. */
export function aboutPlans(wards: readonly Ward[]): readonly (readonly Turn[])[] {
  const need = total(wards, ({ people }) => perPerson(people))
  const stock = Math.round(need / 3)
  const nets = stock.toLocaleString('en')
  const [one = '', other = ''] = [...new Set(wards.map(({ lga }) => lga))]
  const plan = planOf(wards, stock)
  const high = wards.filter(({ tier }) => tier === 'High')
  const of = (lga: string): readonly Planned[] => plan.filter(({ ward }) => ward.lga === lga)
  const served = plan.filter((each) => each.nets > 0)
  const partial = plan.filter((each) => each.nets > 0 && each.nets < each.need)
  const none = plan.filter((each) => each.nets === 0)
  const [first, last] = [served[0], served.at(-1)] as [Planned, Planned]
  const covered = total(plan, (each) => each.covered)
  const sums = (planned: readonly Planned[]): readonly number[] => [
    total(planned, (each) => each.need),
    total(planned, (each) => each.nets),
    total(planned, (each) => each.need) - total(planned, (each) => each.nets),
  ]
  /** The totals of a changed plan. */
  const plans = (of: readonly Planned[]): Expected => ({
    intent: 'change_plan',
    figures: [
      total(of, (each) => each.nets),
      total(of, (each) => each.need),
      of.filter((each) => each.nets === each.need).length,
      Math.round(total(of, (each) => each.covered) * 1e4) / 1e4,
    ],
  })
  const gains = (before: readonly Planned[], now: readonly Planned[]): number => {
    const had = new Set(before.flatMap((each) => (each.nets > 0 ? each.ward.label : [])))
    return now.filter((each) => each.nets > 0 && !had.has(each.ward.label)).length
  }
  const half = Math.round(stock / 2)
  const more = planOf(wards, stock + 10_000)
  const without = wards.filter(({ lga }) => lga !== one)
  return [
    [
      [`plan ${nets} nets`, { intent: 'plan_nets', figures: [stock, need] }],
      ['how many nets remain?', { intent: 'plan_facts', figures: [stock, 0, need - stock] }],
      ['how many people will be covered', { figures: [Math.round(covered * 1e4) / 1e4] }],
      [
        'which ward got only part of its nets, and how many does it still lack?',
        {
          rows: labels(partial.map(({ ward }) => ward)),
          figures: partial.flatMap((each) => [each.nets, each.need - each.nets]),
        },
      ],
      ['which wards get no nets?', { rows: labels(none.map(({ ward }) => ward)), figures: [none.length] }],
      [
        'which ward is served first?',
        { says: [first.ward.label, last.ward.label], figures: [first.nets, last.nets, last.need] },
      ],
      ['and who is served last?', { says: [last.ward.label] }],
      ['who is left out and why', { figures: [none.length], says: ['stock'] }],
      ['is that enough?', { figures: [need, need - stock] }],
      [
        'what share of the people does this plan cover?',
        { figures: [Math.round((1e6 * covered) / total(wards, ({ people }) => people)) / 1e4] },
      ],
      [
        `who gets more nets, ${one} or ${other}?`,
        { figures: [one, other].map((lga) => total(of(lga), (each) => each.nets)) },
      ],
      [`is ${nets} enough?`, { figures: [need, need - stock] }],
      [
        'which high risk wards did not get nets in the plan',
        { rows: labels(high.filter((ward) => none.some((each) => each.ward === ward))) },
      ],
      [
        'which urban wards get nets in the plan',
        { intent: 'query_wards', rows: labels(wards.filter((ward) => ward.urban >= 75 && isServed(served, ward))) },
      ],
    ],
    [
      [`plan ${nets} nets`, { intent: 'plan_nets', figures: [stock, need] }],
      [`what if only ${half.toLocaleString('en')} arrive?`, plans(planOf(wards, half))],
      [`plan ${nets} nets`, { intent: 'plan_nets', figures: [stock, need] }],
      ['which LGA gets the most nets?', { says: [bestLga(plan)] }],
      ['what is a good urban threshold?', { intent: 'explain_method' }],
    ],
    [
      [`plan ${nets} nets`, { figures: [stock] }],
      [`how many nets does ${first.ward.label} get?`, { figures: [first.nets, first.ward.people] }],
      [`and ${none[0]?.ward.label ?? ''}?`, { figures: [0, none[0]?.need ?? NaN], says: ['runs out before its turn'] }],
      [`how many nets does ${one} LGA get?`, { figures: sums(of(one)) }],
      [`and ${other}?`, { figures: sums(of(other)) }],
      ['how many nets do the high risk wards get?', { figures: sums(plan.filter(({ ward }) => ward.tier === 'High')) }],
      ['how many nets would it take to cover everybody?', { figures: [need] }],
      [
        'how many nets do we need for all high risk wards',
        { figures: [total(high, ({ people }) => perPerson(people))] },
      ],
      [`why does ${none[0]?.ward.label ?? ''} get no nets?`, { figures: [none[0]?.need ?? NaN], says: ['runs out'] }],
      ['how many nets does Atlantis get?', { intent: 'clarify' }],
    ],
    [
      [`plan ${nets} nets`, { figures: [stock] }],
      [
        'add 10,000',
        { ...plans(more), says: [gains(plan, more) === 0 ? 'The same wards' : `${String(gains(plan, more))} ward`] },
      ],
      ['cut it by 10 %', plans(planOf(wards, Math.round((stock + 10_000) * 0.9)))],
      ['double it', plans(planOf(wards, 2 * Math.round((stock + 10_000) * 0.9)))],
      ['halve it', plans(planOf(wards, Math.round((stock + 10_000) * 0.9)))],
      [`make it ${nets}`, plans(plan)],
      ['5k more', plans(planOf(wards, stock + 5_000))],
      ['what if five thousand of them get spoilt?', plans(plan)],
      ['we lost 20%', plans(planOf(wards, Math.round(stock * 0.8)))],
      [`reduce it to ${nets}`, plans(plan)],
      ['actually we only have 9,000', plans(planOf(wards, 9_000))],
      [
        'just the high and medium wards',
        plans(
          planOf(
            wards.filter(({ tier }) => tier !== 'Low'),
            9_000,
          ),
        ),
      ],
      ['what about all wards', plans(planOf(wards, 9_000))],
      ['how many more nets do we need?', { figures: [need - 9_000] }],
    ],
    [
      [`plan ${nets} nets`, { figures: [stock] }],
      [`without ${one} LGA`, { ...plans(planOf(without, stock)), says: [`whose LGA is not ${one}`] }],
      [
        'use households of 6',
        { ...plans(planOf(without, stock, { needOf: byHouseholds(6) })), says: [`whose LGA is not ${one}`] },
      ],
      ['threshold 50 instead', plans(planOf(without, stock, { needOf: byHouseholds(6), threshold: 50 }))],
      [`put ${one} back`, plans(planOf(wards, stock, { needOf: byHouseholds(6), threshold: 50 }))],
      ['use the per-person rule', { intent: 'change_plan', says: ['one net for 1.8 people'] }],
      ['only the High wards', plans(planOf(high, stock, { threshold: 50 }))],
      ['for everybody again', plans(planOf(wards, stock, { threshold: 50 }))],
    ],
    [
      [
        `plan ${nets} nets for ${one} and ${other}`,
        {
          intent: 'plan_nets',
          figures: [
            ...plannedOf(
              planOf(
                wards.filter(({ lga }) => lga === one || lga === other),
                stock,
              ),
            ),
          ],
        },
      ],
      [`plan ${nets} nets for the high risk wards`, { intent: 'plan_nets', figures: plannedOf(planOf(high, stock)) }],
      [`plan ${nets} nets without ${one} LGA`, { intent: 'plan_nets', figures: plannedOf(planOf(without, stock)) }],
      [
        'give 3 nets per household',
        {
          intent: 'clarify',
          says: ['5 or 6'],
          options: ['Use households of 5 in the plan', 'Use households of 6 in the plan'],
        },
      ],
      ['the second', plans(planOf(without, stock, { needOf: byHouseholds(6) }))],
      ['what if the population grows 3%?', { intent: 'decline', says: ['cannot be scaled'] }],
    ],
  ]
}

function plannedOf(plan: readonly Planned[]): readonly number[] {
  return [total(plan, ({ nets }) => nets), total(plan, ({ need }) => need), plan.length]
}

function bestLga(plan: readonly Planned[]): string {
  const sums = [...Map.groupBy(plan, ({ ward }) => ward.lga)].map(([lga, some]) => ({
    lga,
    nets: total(some, ({ nets }) => nets),
  }))
  return sums.sort((one, other) => other.nets - one.nets)[0]?.lga ?? ''
}

function isServed(served: readonly Planned[], ward: Ward): boolean {
  return served.some((each) => each.ward === ward)
}
