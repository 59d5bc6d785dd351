import { inOrder, labels, total, type Ward } from './truth.ts'
import type { Turn } from './talk.ts'

/** Conversations that go on with a figure, or narrow a list by conditions. `column` is one of the data. */
export function aboutFigures(wards: readonly Ward[], column: string): readonly (readonly Turn[])[] {
  const cell = ({ cells }: Ward): number => cells[column] ?? NaN
  const people = ({ people }: Ward): number => people
  const lgas = [...new Set(wards.map(({ lga }) => lga))]
  const [one = '', other = ''] = lgas
  const of = (lga: string): readonly Ward[] => wards.filter((ward) => ward.lga === lga)
  const high = wards.filter(({ tier }) => tier === 'High')
  const middle = median(high.map(people))
  const peopled = inOrder(
    high.filter((ward) => ward.people > middle),
    people,
  )
  const top = wards.slice(0, 10)
  const urban = wards.filter((ward) => ward.urban >= 75)
  const byLga = lgas.toSorted().map((lga) => mean(of(lga).map(cell)))
  return [
    [
      ['show the high risk wards', { rows: labels(high) }],
      [`with population more than ${String(middle)}`, { rows: labels(peopled), says: ['High'] }],
    ],
    [
      ['how many high risk wards are there?', { figures: [high.length] }],
      [`with population more than ${String(middle)}`, { figures: [peopled.length], says: ['High'] }],
      ['how many high risk wards are there?', { figures: [high.length] }],
      ['how about medium?', { figures: [wards.filter(({ tier }) => tier === 'Medium').length], says: ['Medium'] }],
    ],
    [
      ['how many wards are there in the High tier?', { figures: [high.length] }],
      ['show the high risk wards', { rows: labels(high) }],
      ['only the urban ones', { rows: labels(high.filter((ward) => urban.includes(ward))), says: ['High'] }],
    ],
    [
      [`wards in ${one} LGA with ${column} above 0`, { rows: labels(inOrder(of(one), cell)) }],
      ['how many people live there?', { figures: [total(of(one), people)] }],
      ['which one has the most people?', { says: [inOrder(of(one), people)[0]?.label ?? ''] }],
    ],
    [
      [`average ${column}`, { figures: [round(mean(wards.map(cell)))] }],
      ['now by LGA', { intent: 'query_wards', figures: byLga.map(round) }],
      ['plot it', { intent: 'draw_chart', figures: byLga.map(round) }],
    ],
    [
      [`average ${column} in ${one} LGA`, { figures: [round(mean(of(one).map(cell)))] }],
      ['the median?', { figures: [round(median(of(one).map(cell)))], says: [one] }],
      ['what about population?', { figures: [round(median(of(one).map(people)))], says: [one] }],
      [`and in ${other}?`, { figures: [round(median(of(other).map(people)))], says: [other] }],
    ],
    [
      [`list the wards in ${one} LGA`, { rows: labels(of(one)) }],
      [
        `where population is over ${String(middle)}`,
        {
          rows: labels(
            inOrder(
              of(one).filter((ward) => ward.people > middle),
              people,
            ),
          ),
          says: [one],
        },
      ],
    ],
    [
      ['top 10 wards', { rows: labels(top) }],
      ['which one has the most people?', { says: [inOrder(top, people)[0]?.label ?? ''] }],
    ],
  ]
}

function mean(values: readonly number[]): number {
  return total(values, (value) => value) / values.length
}

/** Between the two in the middle where the count is even. */
function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const [low = NaN, up = NaN] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]]
  return (low + up) / 2
}

/** As a reply rounds it. */
function round(value: number): number {
  return Math.round(value * 1e4) / 1e4
}
