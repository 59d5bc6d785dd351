import type { PlanOptions } from '../../domain/plan/plan-options.ts'
import { button, choice, field, fill, h } from '../dom.ts'
import { words } from '../words/en.ts'

type Exceptions = NonNullable<PlanOptions['exceptions']>

/** Wards that are in a plan or not, whatever the rules say, each with a reason. */
export function exceptionsField(wards: readonly string[], onChange: () => void) {
  const text = words.exceptions
  let entries: Exceptions = []
  const ward = h('input', { type: 'text', list: 'wards-of-plan' })
  const way = choice(
    [
      { value: 'in', label: text.ways.in },
      { value: 'out', label: text.ways.out },
    ],
    'in',
  )
  const reason = h('input', { type: 'text', maxlength: 500 })
  const list = h('ul', {})
  const said = h('span', { class: 'quiet', role: 'status' })
  const show = (): void => {
    list.hidden = entries.length === 0
    fill(
      list,
      ...entries.map((entry) =>
        h(
          'li',
          {},
          text.entry(entry.ward, entry.in, entry.reason),
          ' ',
          button(
            text.drop,
            () => {
              entries = entries.filter((other) => other !== entry)
              show()
              onChange()
            },
            { kind: 'link', says: text.dropFor(entry.ward) },
          ),
        ),
      ),
    )
  }
  const add = button(text.add, () => {
    const isKnown = wards.includes(ward.value)
    said.textContent = !isKnown ? text.unknownWard : reason.value.trim() === '' ? text.noReason : ''
    if (said.textContent !== '') return
    entries = [
      ...entries.filter((entry) => entry.ward !== ward.value),
      { ward: ward.value, in: way.value === 'in', reason: reason.value.trim() },
    ]
    ward.value = ''
    reason.value = ''
    show()
    onChange()
  })
  // What is being typed here is not yet part of the plan.
  const entry = h(
    'div',
    { class: 'fields' },
    field(text.ward, ward),
    field(text.way, way),
    field(text.reason, reason),
    add,
  )
  entry.addEventListener('input', (event) => {
    event.stopPropagation()
  })
  show()
  return {
    view: h(
      'fieldset',
      {},
      h('legend', {}, text.title),
      list,
      entry,
      said,
      h('datalist', { id: 'wards-of-plan' }, ...wards.map((value) => h('option', { value }))),
    ),
    read: (): Exceptions => entries,
    write: (next: Exceptions): void => {
      entries = next
      show()
    },
  }
}
