import { counted, fold, h, longTable } from './dom.js'
import { timeQuestion, timeView } from './positivity-time.js'
import { findingLine } from './quality-view.js'
/** @import { Positivity, PositivityChoices, WardPositivity } from '../features/replies/dataset.ts' */

/** The questions, and for each answer the service's name and the words on the page. */
const QUESTIONS = Object.freeze({
  age: Object.freeze({
    label: 'Who was tested',
    answers: Object.freeze({
      u5: 'children under 5',
      o5: 'people aged 5 and over, except pregnant women',
      pw: 'pregnant women',
      all: 'everybody',
    }),
  }),
  method: Object.freeze({
    label: 'By which test',
    answers: Object.freeze({ both: 'both', rdt: 'rapid test (RDT)', microscopy: 'microscopy' }),
  }),
  facilityLevel: Object.freeze({
    label: 'At which facilities',
    answers: Object.freeze({ all: 'all', primary: 'primary', secondary: 'secondary', tertiary: 'tertiary' }),
  }),
})

/** @type {Readonly<Record<string, string>>} */
const FLAGS = Object.freeze({
  'positivity above 80': 'positivity above 80 %',
  'completeness below 50': 'less than half of the months reported',
  'rows refused': 'some rows not counted',
})

/**
 * The form to choose what test positivity is measured over.
 * @param {(choices: PositivityChoices) => void} onMeasure
 */
export function positivityForm(onMeasure) {
  const questions = Object.entries(QUESTIONS).map(([name, { label, answers }]) => {
    const id = `positivity-${name}`
    const select = h(
      'select',
      { id },
      ...Object.entries(answers).map(([value, words]) => h('option', { value }, words)),
    )
    return { name, select, view: h('p', { class: 'field' }, h('label', { for: id }, label), select) }
  })
  const time = timeQuestion()
  return h(
    'form',
    {
      submit: (event) => {
        event.preventDefault()
        /** @type {unknown} */
        const choices = {
          ...Object.fromEntries(questions.map(({ name, select }) => [name, select.value])),
          ...time.choice(),
        }
        onMeasure(/** @type {PositivityChoices} */ (choices))
      },
    },
    h('div', { class: 'fields' }, ...questions.map(({ view }) => view), time.view),
    h(
      'div',
      { class: 'row' },
      h('button', { type: 'submit', class: 'secondary' }, 'Measure test positivity'),
      h('span', { class: 'quiet' }, 'Other choices add another indicator.'),
    ),
  )
}

/**
 * What was measured and what was not counted, ward by ward.
 * @param {Positivity} measured
 */
export function positivityView(measured) {
  const { column, wards, refused, refusedCount, findings, months } = measured
  const known = wards.filter(({ tpr }) => tpr !== null)
  const [tested, positive] = [sum(wards.map((ward) => ward.tested)), sum(wards.map((ward) => ward.positive))]
  const flagged = wards.filter(({ flags }) => flags.length > 0).length
  return [
    h(
      'p',
      {},
      h('strong', {}, column),
      ` is measured for ${counted(known.length, 'ward')} of ${String(wards.length)} in the facility table: ` +
        `${figureOf(positive)} positive of ${figureOf(tested)} tested ` +
        `(${percent(tested === 0 ? null : (100 * positive) / tested)})${months.length === 0 ? '' : `, over ${counted(months.length, 'month')}`}. It is listed with the indicators below.`,
    ),
    fold(
      `Test positivity by ward${flagged === 0 ? '' : `: ${counted(flagged, 'ward')} to check`}`,
      longTable(
        'Test positivity by ward',
        ['Ward', 'LGA', 'Check', 'Tested', 'Positive', 'Positivity', '95 % interval', 'Months reported'],
        [...wards].sort((one, other) => other.flags.length - one.flags.length),
        rowOf,
      ),
    ),
    timeView(measured),
    refusedCount === 0
      ? null
      : fold(
          `${counted(refusedCount, 'row')} not counted`,
          longTable(
            'Rows that were not counted',
            ['Line', 'Facility', 'Why'],
            refused,
            ({ line, facility, reason }) => [String(line), facility, reason],
          ),
        ),
    findings.length === 0
      ? null
      : fold(`${counted(findings.length, 'note')} on the facility table`, h('ul', {}, ...findings.map(findingLine))),
  ].filter((part) => part !== null)
}

/** @param {WardPositivity} ward */
function rowOf({ wardName, lga, tested, positive, tpr, low, high, completeness, flags }) {
  return [
    wardName,
    lga ?? '–',
    flags.length === 0 ? '–' : flags.map((flag) => FLAGS[flag] ?? flag).join(', '),
    figureOf(tested),
    figureOf(positive),
    percent(tpr),
    low === null || high === null ? '–' : `${low.toFixed(1)} to ${percent(high)}`,
    percent(completeness),
  ]
}

/** @param {readonly number[]} values */
function sum(values) {
  return values.reduce((total, value) => total + value, 0)
}

/** @param {number | null} value */
function percent(value) {
  return value === null ? '–' : `${value.toFixed(1)} %`
}

/**
 * People are counts, so every digit is shown.
 * @param {number} count
 */
function figureOf(count) {
  return count.toLocaleString('en-GB', { maximumFractionDigits: 0 })
}
