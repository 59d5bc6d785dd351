import { counted, figure, h, scrollBox } from './dom.ts'
import type { Column, Direction, Mode } from '../features/replies/parts.ts'

const LEAST = 2
const MOST = 10

export interface Choice { indicators: string[]; directions: Record<string, Direction>; mode: Mode }

/** The form to choose indicators, their directions and the method. */
export function indicatorsForm(columns: readonly Column[], onRun: (choice: Choice) => void) {
  const rows = columns.filter((column) => column.indicator).map(indicatorRow)
  const ticked = () => rows.filter(({ box }) => box.checked)
  const advice = h('p', { class: 'quiet', id: 'indicator-advice' })
  const run = h('button', { type: 'submit', 'aria-describedby': 'indicator-advice' }, 'Rank the wards')
  const mode = modeChoice()

  const advise = () => {
    const count = ticked().length
    const isEnough = count >= LEAST && count <= MOST
    advice.textContent = isEnough
      ? `${counted(count, 'indicator')} chosen.`
      : `${counted(count, 'indicator')} chosen: choose ${String(LEAST)} to ${String(MOST)}.`
    run.disabled = !isEnough
  }
  const form = h(
    'form',
    {
      change: advise,
      submit: (event) => {
        event.preventDefault()
        onRun({
          indicators: ticked().map(({ name }) => name),
          directions: Object.fromEntries(ticked().map(({ name, direction }) => [name, direction.value as Direction])),
          mode: mode.read(),
        })
      },
    },
    h(
      'p',
      {},
      'Each indicator counts the same. Those that are ticked are suggested. The direction is guessed from the name: ' +
        'change it where it is wrong for your area.',
    ),
    scrollBox(
      'Indicators to rank by',
      h(
        'table',
        { class: 'choices' },
        h('caption', { class: 'unseen' }, 'Indicators to rank by'),
        h(
          'thead',
          {},
          h(
            'tr',
            {},
            ...['Indicator', 'More of it means', 'Because', 'Missing', 'Least', 'Greatest'].map((heading) =>
              h('th', { scope: 'col' }, heading),
            ),
          ),
        ),
        h('tbody', {}, ...rows.map(({ row }) => row)),
      ),
    ),
    mode.field,
    h('div', { class: 'row run' }, run, advice),
  )
  advise()
  return form
}

function indicatorRow(column: Column, index: number) {
  const id = `indicator-${String(index)}`
  const box = h('input', { type: 'checkbox', id, checked: column.suggested })
  const direction = h(
    'select',
    { 'aria-label': `More ${column.name} means` },
    h('option', { value: 'direct', selected: column.direction !== 'inverse' }, 'more risk'),
    h('option', { value: 'inverse', selected: column.direction === 'inverse' }, 'less risk'),
  )
  const row = h(
    'tr',
    {},
    h('th', { scope: 'row' }, h('label', { class: 'check', for: id }, box, h('span', {}, column.name))),
    h('td', {}, direction),
    h('td', { class: 'quiet' }, column.why),
    ...[column.missing, column.min, column.max].map((value) => h('td', { class: 'number' }, figure(value))),
  )
  return { name: column.name, box, direction, row }
}

function modeChoice() {
  const standard = h('input', { type: 'radio', name: 'mode', value: 'standard', id: 'mode-standard', checked: true })
  const legacy = h('input', { type: 'radio', name: 'mode', value: 'legacy', id: 'mode-legacy' })
  const field = h(
    'fieldset',
    {},
    h('legend', {}, 'Method'),
    h(
      'label',
      { class: 'check', for: 'mode-standard' },
      standard,
      h('span', {}, 'Standard ', h('span', { class: 'quiet' }, 'all combinations of the indicators')),
    ),
    h(
      'label',
      { class: 'check', for: 'mode-legacy' },
      legacy,
      h(
        'span',
        {},
        'Legacy ',
        h('span', { class: 'quiet' }, 'repeats what the earlier system showed, to check past decisions'),
      ),
    ),
  )
  return { field, read: () => (legacy.checked ? 'legacy' : ('standard' as Mode)) }
}
