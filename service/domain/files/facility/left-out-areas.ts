import { makeFinding } from '../finding.ts'
import { areaForm, normalForm } from '../normal-form.ts'
import type { Inquiry } from '../reading/inquiry.ts'
import { makeQuestion, questionId } from '../reading/question.ts'
import { say } from '../../said.ts'
import type { SlotsOf } from './left-out-totals.ts'
import type { SeenReports } from './positivity-builder.ts'
import { known, type ReportStore } from './report-store.ts'
import { sumsUnderOtherNames } from './ward-sums.ts'

const EXAMPLES = 10
const SHOWN = 3

/**
 * Finds "facilities" that sum up their ward: they are called like it or its LGA, and have the sums of the other
 * facilities of the ward. If they have more than those, they may sum up facilities that are not in the table: a person
 * is asked, as about the sums under other names.
 */
export function leftOutAreas(
  { store, facilities, wards }: SeenReports,
  slotsOf: SlotsOf,
  leftOut: ReadonlySet<number>,
  asked: Inquiry,
): ReadonlySet<number> {
  const found = new Set<number>()
  const open: number[] = []
  const ofWard: number[][] = wards.map(() => [])
  facilities.forEach(({ ward }, facility) => ofWard[ward]?.push(facility))
  ofWard.forEach((own, number) => {
    const ward = wards[number]
    if (ward === undefined || own.length < 2) return
    const [wardForm, lgaForm] = [normalForm(ward.wardName), areaForm(ward.lga ?? '')]
    for (const facility of own) {
      const name = facilities[facility]?.name ?? ''
      if (normalForm(name) !== wardForm && areaForm(name) !== lgaForm) continue
      const slots = Array.from(slotsOf[facility] ?? []).filter((slot) => !leftOut.has(slot))
      const others = own.filter((one) => one !== facility)
      const compared = slots.map((slot) => compareWithOthers(store, slot, others))
      if (compared.length === 0 || compared.includes('less')) continue
      if (compared.every((one) => one === 'equal')) found.add(facility)
      else open.push(facility)
    }
  })
  open.push(...sumsUnderOtherNames(store, facilities, leftOut).filter((facility) => !found.has(facility)))
  const namesOf = (numbers: Iterable<number>): string[] =>
    [...numbers].map((facility) => facilities[facility]?.name ?? '')
  if (found.size > 0)
    asked.note(
      makeFinding('row-dropped', say('facilities-summing-up', {}), {
        count: found.size,
        examples: namesOf(found).slice(0, EXAMPLES),
      }),
    )
  if (open.length > 0 && askAbout(namesOf(open), asked)) for (const facility of open) found.add(facility)
  return found
}

/** Whether a person says that facilities called like their ward are whole wards. */
function askAbout(names: readonly string[], asked: Inquiry): boolean {
  const rest = names.length - SHOWN
  const answer = asked.ask(
    makeQuestion({
      id: questionId('rows-no-wards', 'facilities'),
      kind: 'rows-no-wards',
      said: say('facilities-or-wards', {
        names: names.slice(0, SHOWN),
        more: rest > 0 ? say('and-more', { count: rest }) : '',
      }),
      options: [
        { value: 'keep', said: say('facilities-kept', {}) },
        { value: 'leave-out', said: say('facilities-left-out', {}) },
      ],
      affects: 'ranking',
      columns: [],
    }),
  )
  return answer === 'leave-out'
}

/** Whether a report has in every place as many people as the other facilities have together, or more. */
function compareWithOthers(store: ReportStore, slot: number, others: readonly number[]): 'equal' | 'more' | 'less' {
  const counts = store.counts(slot)
  const same = others.map((other) => store.find(other, store.periodOf(slot))).filter((one) => one !== -1)
  let found: 'equal' | 'more' = 'equal'
  for (let place = 0; place < counts.length; place += 1) {
    const count = known(counts[place])
    const sum = same.reduce((total, one) => total + known(store.counts(one)[place]), 0)
    if (count < sum) return 'less'
    if (count > sum) found = 'more'
  }
  return found
}
