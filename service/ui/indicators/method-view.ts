import type { Column, Mode } from '../../features/replies/parts.ts'
import { choice, field, h } from '../dom.ts'
import { words } from '../words/en.ts'
import type { Choices } from './choices.ts'

/** The method: all combinations of the indicators, or what the earlier system did. */
export function methodChoice(choices: Choices, onChange: () => void): HTMLElement {
  const { method, methods } = words.indicators
  const radio = (mode: Mode): HTMLElement =>
    h(
      'label',
      { class: 'check' },
      h('input', {
        type: 'radio',
        name: 'mode',
        value: mode,
        checked: choices.mode === mode,
        'data-key': `mode ${mode}`,
        change: () => {
          choices.mode = mode
          onChange()
        },
      }),
      h('span', {}, methods[mode].name, ' ', h('span', { class: 'quiet' }, methods[mode].text)),
    )
  return h('fieldset', {}, h('legend', {}, method), radio('standard'), radio('legacy'))
}

/** A column of numbers that does not rank, such as cases, with which the ranking is compared once it is made. */
export function compareChoice(
  columns: readonly Column[],
  used: readonly string[],
  choices: Choices,
  onChange: () => void,
): HTMLElement {
  const text = words.indicators.compare
  const free = columns.filter(({ name, type }) => type === 'number' && !used.includes(name))
  const select = choice(
    [{ value: '', label: text.none }, ...free.map(({ name }) => ({ value: name, label: name }))],
    choices.compareWith ?? '',
    {
      'data-key': 'compare-with',
      change: () => {
        choices.compareWith = select.value === '' ? null : select.value
        onChange()
      },
    },
  )
  return h('div', { class: 'details' }, h('p', { class: 'quiet' }, text.text), field(text.label, select))
}
