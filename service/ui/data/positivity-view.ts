import { choice, field, fold, h, longTable } from '../dom.ts'
import type { Positivity, PositivityChoices, WardPositivity } from '../../features/replies/dataset.ts'
import { fixed, whole } from '../formats.ts'
import { words } from '../words/en.ts'
import { timeQuestion, timeView } from './positivity-time.ts'
import { findingLine } from './quality-view.ts'

/** The form to choose what test positivity is measured over. */
export function positivityForm(onMeasure: (choices: PositivityChoices) => void): HTMLFormElement {
  const questions = Object.entries(words.positivity.questions).map(([name, { label, answers }]) => {
    const select = choice(
      Object.entries(answers).map(([value, text]) => ({ value, label: text })),
      Object.keys(answers)[0] ?? '',
    )
    return { name, select, view: field(label, select) }
  })
  const time = timeQuestion()
  return h(
    'form',
    {
      submit: (event) => {
        event.preventDefault()
        const choices: unknown = {
          ...Object.fromEntries(questions.map(({ name, select }) => [name, select.value])),
          ...time.choice(),
        }
        onMeasure(choices as PositivityChoices)
      },
    },
    h('div', { class: 'fields' }, ...questions.map(({ view }) => view), time.view),
    h(
      'div',
      { class: 'row' },
      h('button', { type: 'submit', class: 'secondary' }, words.positivity.measure),
      h('span', { class: 'quiet' }, words.positivity.hint),
    ),
  )
}

/** What was measured and what was not counted, ward by ward. */
export function positivityView(measured: Positivity): readonly HTMLElement[] {
  const { column, wards, refused, refusedCount, findings, months } = measured
  const known = wards.filter(({ tpr }) => tpr !== null)
  const [tested, positive] = [sum(wards.map((ward) => ward.tested)), sum(wards.map((ward) => ward.positive))]
  const flagged = wards.filter(({ flags }) => flags.length > 0).length
  const text = words.positivity
  const byYear = timeView(measured)
  return [
    h(
      'p',
      {},
      h('strong', {}, column),
      text.measured({
        known: known.length,
        wards: wards.length,
        positive: whole(positive),
        tested: whole(tested),
        percent: percent(tested === 0 ? null : (100 * positive) / tested),
        months: months.length,
      }),
    ),
    fold(
      text.byWard(flagged),
      longTable(
        text.caption,
        text.headings,
        [...wards].sort((one, other) => other.flags.length - one.flags.length),
        rowOf,
      ),
    ),
    ...(byYear === null ? [] : [byYear]),
    ...(refusedCount === 0
      ? []
      : [
          fold(
            text.notCounted(refusedCount),
            longTable(text.refusedCaption, text.refusedHeadings, refused, ({ line, facility, reason }) => [
              String(line),
              facility,
              reason,
            ]),
          ),
        ]),
    ...(findings.length === 0 ? [] : [fold(text.notes(findings.length), h('ul', {}, ...findings.map(findingLine)))]),
  ]
}

function rowOf({ wardName, lga, tested, positive, tpr, low, high, completeness, flags }: WardPositivity): string[] {
  const names: Readonly<Record<string, string>> = words.positivity.flags
  return [
    wardName,
    lga ?? '–',
    flags.length === 0 ? '–' : flags.map((flag) => names[flag] ?? flag).join(', '),
    whole(tested),
    whole(positive),
    percent(tpr),
    low === null || high === null ? '–' : words.positivity.interval(fixed(low, 1), percent(high)),
    percent(completeness),
  ]
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}

function percent(value: number | null): string {
  return value === null ? '–' : `${fixed(value, 1)} %`
}
