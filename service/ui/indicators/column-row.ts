import type { Column, Direction } from '../../features/replies/parts.ts'
import { breakable, choice, h } from '../dom.ts'
import { figure, fixed } from '../formats.ts'
import { SERVICE_LANG } from '../http.ts'
import { words } from '../words/en.ts'
import type { Choices } from './choices.ts'
import type { Alike } from './strong-pairs.ts'

/**
 * A column as a row: whether wards are ranked by it, which way it points, why, and which other chosen column measures
 * much the same.
 * @param onChange called after every change
 */
export function columnRow(
  column: Column,
  choices: Choices,
  alike: readonly Alike[],
  onChange: () => void,
): HTMLElement {
  const { directions, choose, means } = words.indicators
  const isTicked = choices.isTicked(column)
  const box = h('input', {
    type: 'checkbox',
    checked: isTicked,
    'data-key': `box ${column.name}`,
    change: () => {
      choices.tick(column.name, box.checked)
      onChange()
    },
  })
  const direction = choices.directionOf(column)
  const select = choice(
    [
      ...(direction === null ? [{ value: '', label: choose }] : []),
      { value: 'direct', label: directions.direct },
      { value: 'inverse', label: directions.inverse },
    ],
    direction ?? '',
    {
      'aria-label': means(column.name),
      'data-key': `direction ${column.name}`,
      class: isTicked && direction === null ? 'wanted' : undefined,
      change: () => {
        choices.turn(column.name, select.value === '' ? null : (select.value as Direction))
        // Whoever says which way it points wants it.
        choices.tick(column.name, true)
        onChange()
      },
    },
  )
  return h(
    'tr',
    {},
    h(
      'th',
      { scope: 'row' },
      h('label', { class: 'check' }, box, breakable(column.name)),
      h('p', { class: 'quiet' }, words.indicators.values(figure(column.min), figure(column.max), column.missing)),
      ...alike.flatMap(({ one, other, r }) =>
        one !== column.name && other !== column.name
          ? []
          : h('p', { class: 'alike' }, words.indicators.alike(one === column.name ? other : one, fixed(r, 2))),
      ),
    ),
    h('td', {}, select),
    h('td', { class: 'quiet because', lang: SERVICE_LANG }, column.why),
  )
}
