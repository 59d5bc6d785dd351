import { watchAll, type Cell } from '../cell.ts'
import { h } from '../dom.ts'
import type { State } from '../state.ts'
import { filterWards } from '../wards/filter.ts'
import type { Shown } from '../wards/shown.ts'
import type { Ward } from '../wards/ward.ts'
import { words } from '../words/en.ts'

const MOST_FOUND = 8
/**
 * Map and tables of many wards follow when nothing was typed for this long. The list below the field follows at once.
 */
const PAUSE_MS = 200

/**
 * The field that finds a ward by letters of its name or code. They filter map, tables and counts as well, unless a ward
 * is opened before.
 * @param onOpen called for a ward that was chosen in the list
 */
export function findWard(state: State, shown: Cell<Shown | null>, onOpen: (ward: Ward) => void): HTMLElement {
  const { filter, ranking } = state
  const field = h('input', {
    type: 'search',
    id: 'find-ward',
    autocomplete: 'off',
    placeholder: words.filters.findHint,
    'aria-label': words.filters.find,
    role: 'combobox',
    'aria-expanded': 'false',
    'aria-controls': 'found-wards',
    'aria-autocomplete': 'list',
  })
  const list = h('ul', {
    role: 'listbox',
    id: 'found-wards',
    class: 'found',
    'aria-label': words.filters.found,
    hidden: true,
  })
  let active = -1
  let timer: ReturnType<typeof setTimeout> | undefined

  const found = (): readonly Ward[] => {
    const now = shown.value
    if (now === null || field.value === '') return []
    return filterWards(now.ranking.wards, { ...filter.value, find: field.value }, now.classes).slice(0, MOST_FOUND)
  }
  const filterBy = (find: string): void => {
    clearTimeout(timer)
    timer = undefined
    field.value = find
    if (filter.value.find !== find) filter.set({ ...filter.value, find })
  }
  const close = (): void => {
    list.hidden = true
    field.setAttribute('aria-expanded', 'false')
  }
  const open = (ward: Ward): void => {
    filterBy('')
    close()
    onOpen(ward)
  }
  const optionOf = (ward: Ward, at: number): HTMLElement =>
    h(
      'li',
      {
        role: 'option',
        id: `found-${String(at)}`,
        'aria-selected': String(at === active),
        // Before the field loses the focus and the list closes.
        mousedown: (event) => {
          event.preventDefault()
          open(ward)
        },
      },
      words.filters.foundWard(ward),
    )
  const showFound = (): void => {
    const wards = found()
    active = Math.min(active, wards.length - 1)
    list.replaceChildren(...wards.map(optionOf))
    list.hidden = wards.length === 0 || document.activeElement !== field
    field.setAttribute('aria-expanded', String(!list.hidden))
    if (active >= 0) field.setAttribute('aria-activedescendant', `found-${String(active)}`)
    else field.removeAttribute('aria-activedescendant')
  }
  field.addEventListener('input', () => {
    active = -1
    clearTimeout(timer)
    timer = setTimeout(() => {
      filterBy(field.value)
    }, PAUSE_MS)
    showFound()
  })
  field.addEventListener('focus', showFound)
  field.addEventListener('blur', close)
  field.addEventListener('keydown', (event) => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault()
      active = Math.max(0, Math.min(found().length - 1, active + (event.key === 'ArrowDown' ? 1 : -1)))
      showFound()
    } else if (event.key === 'Enter') {
      const ward = found()[Math.max(0, active)]
      if (ward !== undefined) open(ward)
    } else if (event.key === 'Escape' && field.value !== '') {
      event.preventDefault()
      filterBy('')
      showFound()
    }
  })
  watchAll([shown, filter, ranking], () => {
    // What is being typed stays, unless there is nothing left to be found.
    if (timer === undefined || ranking.value === null) filterBy(filter.value.find)
    showFound()
  })
  return h('div', { class: 'find' }, field, list)
}
