import { fold, h, longTable } from './dom.js'
/** @import { Positivity, PositivityChoices, WardPositivity } from '../features/replies/dataset.ts' */

/** What may be measured by year, and the months that count. */
const TIMES = Object.freeze({
  none: Object.freeze({ label: 'all years together', months: null }),
  all: Object.freeze({ label: 'each year too, with the trend', months: Object.freeze([]) }),
  sahel: Object.freeze({
    label: 'each year too, with the trend of July to October (rains of the Sahel)',
    months: Object.freeze([7, 8, 9, 10]),
  }),
  south: Object.freeze({
    label: 'each year too, with the trend of April to October (rains of the south)',
    months: Object.freeze([4, 5, 6, 7, 8, 9, 10]),
  }),
})

/** The question by which years positivity is measured, and its answer for the service. */
export function timeQuestion() {
  const id = 'positivity-time'
  const select = h(
    'select',
    { id },
    ...Object.entries(TIMES).map(([value, { label }]) => h('option', { value }, label)),
  )
  return {
    view: h('p', { class: 'field' }, h('label', { for: id }, 'By year'), select),
    /** @returns {Pick<PositivityChoices, 'time'>} */
    choice() {
      const months = Object.entries(TIMES).find(([value]) => value === select.value)?.[1].months ?? null
      if (months === null) return {}
      return { time: months.length === 0 ? {} : { seasonMonths: [...months] } }
    },
  }
}

/**
 * Positivity by year and the trend, ward by ward; null if it was not measured by year.
 * @param {Pick<Positivity, 'time' | 'wards'>} measured
 */
export function timeView({ time, wards }) {
  if (time === undefined) return null
  const name = 'Test positivity by year'
  return fold(
    name,
    h(
      'p',
      { class: 'quiet' },
      'The trend is in percentage points a year, with 95 % bounds. It is up or down for certain only where both ' +
        'bounds are above or below 0.',
    ),
    longTable(
      name,
      ['Ward', ...time.years.map(String), 'Trend', 'From', 'To'],
      [...wards].sort((one, other) => slopeOf(other) - slopeOf(one)),
      (ward) => [
        ward.wardName,
        ...(ward.time?.years ?? []).map(({ tpr, completeness }) =>
          tpr === null ? '–' : `${tpr.toFixed(1)} % (${shown(completeness, 0)} % of reports)`,
        ),
        shown(ward.time?.trend?.slope),
        shown(ward.time?.trend?.low),
        shown(ward.time?.trend?.high),
      ],
    ),
  )
}

/** @param {WardPositivity} ward */
function slopeOf(ward) {
  return ward.time?.trend?.slope ?? -Infinity
}

/**
 * @param {number | null | undefined} value
 * @param {number} digits
 */
function shown(value, digits = 1) {
  return value === null || value === undefined ? '–' : value.toFixed(digits)
}
