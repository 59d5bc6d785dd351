import { breakable, h, scrollBox } from '../dom.ts'
import { shareText } from '../formats.ts'
import { words } from '../words/en.ts'
import type { Choices } from './choices.ts'
import { weightsOf } from './weights.ts'

/**
 * How much each chosen indicator counts: points that a person types, and the shares that follow, which are what the
 * service is given.
 * @param onSwitch called when weights begin or cease to count
 * @param onWeigh called when points change, while they are typed
 */
export function weightsView(
  names: readonly string[],
  choices: Choices,
  { onSwitch, onWeigh }: { readonly onSwitch: () => void; readonly onWeigh: () => void },
): HTMLElement {
  const text = words.indicators.weights
  const isLegacy = choices.mode === 'legacy'
  const box = h('input', {
    type: 'checkbox',
    checked: choices.isWeighted && !isLegacy,
    disabled: isLegacy,
    'data-key': 'own-weights',
    change: () => {
      choices.isWeighted = box.checked
      onSwitch()
    },
  })
  return h(
    'div',
    { class: 'details' },
    h('p', { class: 'quiet' }, isLegacy ? text.notInLegacy : text.text),
    h('label', { class: 'check' }, box, text.own),
    choices.isWeighted && !isLegacy && names.length > 0 ? pointsTable(names, choices, onWeigh) : null,
  )
}

function pointsTable(names: readonly string[], choices: Choices, onWeigh: () => void): HTMLElement {
  const { caption, headings, pointsOf } = words.indicators.weights
  const shares = names.map(() => h('td', { class: 'number' }))
  const show = (): void => {
    const weights = weightsOf(names.map(choices.pointsOf))
    shares.forEach((cell, at) => {
      cell.textContent = weights === null ? '–' : shareText(weights[at] ?? 0)
    })
  }
  show()
  return scrollBox(
    caption,
    h(
      'table',
      { class: 'weights' },
      h('caption', {}, caption),
      h('thead', {}, h('tr', {}, ...headings.map((heading) => h('th', { scope: 'col' }, heading)))),
      h(
        'tbody',
        {},
        ...names.map((name, at) => {
          const points = h('input', {
            type: 'number',
            min: 0,
            step: 'any',
            value: choices.pointsOf(name),
            'aria-label': pointsOf(name),
            'data-key': `points of ${name}`,
            input: () => {
              choices.weigh(name, points.valueAsNumber)
              show()
              onWeigh()
            },
          })
          return h('tr', {}, h('th', { scope: 'row' }, breakable(name)), h('td', {}, points), shares[at] ?? null)
        }),
      ),
    ),
  )
}
