import { counted, figure, h, table } from './dom.js'
/** @import { Column, Plan } from './replies.ts' */

/** Rows of the table; the download has all. */
const SHOWN = 100

/**
 * How many nets there are, and which column counts the people.
 * @param {readonly Column[]} columns
 * @param {(choice: { totalNets: number, populationColumn?: string }) => void} onPlan
 */
export function planForm(columns, onPlan) {
  const nets = h('input', { type: 'number', id: 'nets', min: 0, max: 1_000_000_000, step: 1, required: true, inputmode: 'numeric' })
  const people = h('select', { id: 'people' },
    h('option', { value: '' }, 'found by its name'),
    ...columns.filter(({ min }) => min !== null).map(({ name }) => h('option', { value: name }, name)))
  return h('form', {
    submit: (event) => {
      event.preventDefault()
      onPlan({ totalNets: nets.valueAsNumber, ...(people.value === '' ? {} : { populationColumn: people.value }) })
    }
  },
  h('div', { class: 'row' }, h('label', { for: 'nets' }, 'Nets in stock'), nets, h('label', { for: 'people' }, 'Population'), people, h('button', { type: 'submit' }, 'Plan the nets')))
}

/**
 * Who gets how many nets, in the order in which wards are served.
 * @param {Plan} plan
 */
export function planView({ parameters, totals, wards, excluded, caveats }) {
  return [
    h('p', {}, `${figureOf(totals.allocated)} of ${figureOf(totals.stock)} nets go to ${counted(totals.wardsFull + totals.wardsPartial, 'ward')}; ${figureOf(totals.remaining)} remain. ${figure(totals.coveragePercent)} % of ${figureOf(totals.population)} people are covered. Population from ${parameters.populationColumn}.`),
    table('Nets by ward', ['Ward', 'Rank', 'People', 'Needed', 'Nets', 'Covered'], wards.slice(0, SHOWN).map((ward) => [
      ward.wardName, figureOf(ward.rank), figureOf(ward.population), figureOf(ward.need), figureOf(ward.allocated), `${figure(ward.coveragePercent)} %`
    ])),
    wards.length <= SHOWN ? null : h('p', { class: 'quiet' }, `${figureOf(wards.length - SHOWN)} more wards are in the download.`),
    excluded.length === 0 ? null : h('p', {}, `Left out: ${excluded.slice(0, SHOWN).map(({ wardName, reason }) => `${wardName} (${reason})`).join('; ')}${excluded.length > SHOWN ? '; and more' : ''}.`),
    caveats.length === 0 ? null : h('div', { class: 'caveats' }, h('h3', {}, 'Keep in mind'), h('ul', {}, ...caveats.map((caveat) => h('li', {}, caveat))))
  ].filter((part) => part !== null)
}

/** Nets and people are counted: every digit is shown. @param {number} count */
function figureOf(count) {
  return count.toLocaleString('en-GB', { maximumFractionDigits: 0 })
}
