import { inOrder, labels, total, type Ward } from './truth.ts'
import type { Turn } from './talk.ts'

/** Conversations that go on with a list: its rows, its conditions, its order. `column` is one of the data. */
export function aboutLists(wards: readonly Ward[], column: string): readonly (readonly Turn[])[] {
  const lgas = [...new Set(wards.map(({ lga }) => lga))]
  const [one = '', other = ''] = lgas
  const of = (lga: string): readonly Ward[] => wards.filter((ward) => ward.lga === lga)
  const tier = (name: string): readonly Ward[] => wards.filter((ward) => ward.tier === name)
  const [first, second, third] = wards as readonly [Ward, Ward, Ward]
  const five = wards.slice(0, 5)
  const withoutOne = wards.filter(({ lga }) => lga !== one)
  const byPeople = inOrder(five, ({ people }) => people)
  return [
    [
      ['top 5 wards', { intent: 'rank_wards', rows: labels(five) }],
      ['and the next five?', { intent: 'query_wards', rows: labels(wards.slice(5, 10)) }],
      ['more', { rows: labels(wards.slice(10, 15)) }],
      ['the next 3', { rows: labels(wards.slice(15, 18)) }],
      ['previous three', { rows: labels(wards.slice(12, 15)) }],
    ],
    [
      ['top 5 wards', { rows: labels(five) }],
      [`remove ${one} LGA`, { rows: labels(withoutOne.slice(0, 5)), says: [one] }],
      [
        `and without ${other} LGA`,
        { rows: labels(withoutOne.filter(({ lga }) => lga !== other).slice(0, 5)), says: [one, other] },
      ],
    ],
    [
      ['top 5 wards', { rows: labels(five) }],
      ['why the first?', { intent: 'explain_ward', says: [first.label, /rank 1 of/] }],
      ['and the second one?', { intent: 'explain_ward', says: [second.label, /rank 2 of/] }],
      ['what is its population?', { intent: 'ward_values', figures: [second.people] }],
      ['is it safe?', { intent: 'explain_ward', says: [/no absolute risk/, second.label] }],
      ['how many nets does it need?', { figures: [Math.ceil(second.people / 1.8)], says: [second.label] }],
      ['compare the first and the third', { intent: 'compare_wards', says: [first.label, third.label] }],
      ['what is their population?', { figures: [first.people, third.people] }],
      ['what about the last one', { figures: [five[4]?.people ?? NaN], says: [five[4]?.label ?? ''] }],
    ],
    [
      ['top 5 wards', { rows: labels(five) }],
      ['sort them by population', { rows: labels(byPeople) }],
      ['and the lowest?', { rows: labels([...byPeople].reverse()) }],
      [`what is their ${column}?`, { figures: five.map(({ cells }) => cells[column] ?? NaN) }],
      ['what is their total population?', { figures: [total(five, ({ people }) => people)] }],
      ['which of them has the most people?', { says: [byPeople[0]?.label ?? ''] }],
      [
        `which of these has the highest ${column}?`,
        { says: [inOrder(five, ({ cells }) => cells[column] ?? NaN)[0]?.label ?? ''] },
      ],
    ],
    [
      [`show the wards at highest risk in ${one} LGA`, { rows: labels(of(one).slice(0, 10)) }],
      [`and ${other}?`, { rows: labels(of(other).slice(0, 10)) }],
      [`what about ${one}?`, { rows: labels(of(one).slice(0, 10)) }],
      ['only the High ones', { rows: labels(of(one).filter((ward) => ward.tier === 'High')), says: ['High'] }],
      [`same for ${other}`, { rows: labels(of(other).filter((ward) => ward.tier === 'High')), says: ['High', other] }],
    ],
    [
      ['show the high risk wards', { rows: labels(tier('High')) }],
      ['and the low ones?', { rows: labels([...tier('Low')]) }],
      ['same for medium', { rows: labels(tier('Medium')) }],
      ['sort them by name', { rows: labels(tier('Medium')).toSorted() }],
    ],
    [
      [
        `wards in ${one} LGA with ${column} above 0`,
        { rows: labels(inOrder(of(one), ({ cells }) => cells[column] ?? NaN)) },
      ],
      ['how many are they?', { figures: [of(one).length] }],
      [`and in ${other}?`, { figures: [of(other).length] }],
      ['and above 100,000?', { figures: [0] }],
    ],
    [
      ['Show the 4 wards at lowest risk', { rows: labels([...wards].reverse().slice(0, 4)) }],
      ['and the highest?', { rows: labels(wards.slice(0, 4)) }],
      ['why is the 2nd one there?', { says: [second.label, /rank 2 of/] }],
    ],
    [
      ['how many people live in the high risk wards?', { figures: [total(tier('High'), ({ people }) => people)] }],
      ['and the low ones?', { figures: [total(tier('Low'), ({ people }) => people)] }],
      ['what about the medium ones?', { figures: [total(tier('Medium'), ({ people }) => people)] }],
    ],
    [
      [`what is the total population of ${one} LGA?`, { figures: [total(of(one), ({ people }) => people)] }],
      [`and ${other}?`, { figures: [total(of(other), ({ people }) => people)], says: [other] }],
    ],
  ]
}
