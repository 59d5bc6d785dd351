import { whole } from './formats.ts'
import { words } from './words/en.ts'

export type Attributes = Record<string, string | number | boolean | ((event: Event) => void) | undefined>
export type Child = Node | string | null | undefined

/**
 * Sets attributes; a function becomes a listener, `true` an empty attribute, `false` and undefined nothing.
 * Markup is never parsed: every child is a node or becomes a text node, so the content of a file is never read as HTML.
 */
function dress<E extends Element>(element: E, attributes: Attributes, children: readonly Child[]): E {
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') element.addEventListener(name, value)
    else if (value !== undefined && value !== false) element.setAttribute(name, value === true ? '' : String(value))
  }
  element.append(...children.filter((child) => child !== null && child !== undefined))
  return element
}

/** Makes an HTML element: `h('button', { type: 'button', click: run }, 'Run')`. */
export function h<T extends keyof HTMLElementTagNameMap>(
  tag: T,
  attributes: Attributes = {},
  ...children: Child[]
): HTMLElementTagNameMap[T] {
  return dress(document.createElement(tag), attributes, children)
}

/** Makes an SVG element. */
export function svg<T extends keyof SVGElementTagNameMap>(
  tag: T,
  attributes: Attributes = {},
  ...children: Child[]
): SVGElementTagNameMap[T] {
  return dress(document.createElementNS('http://www.w3.org/2000/svg', tag), attributes, children)
}

/** The element of index.html with this id. */
export function byId<E extends HTMLElement>(id: string, kind: new () => E): E {
  const element = document.getElementById(id)
  if (!(element instanceof kind)) throw new Error(`Cannot find #${id} in the page`)
  return element
}

/**
 * A table inside a box that scrolls sideways on narrow screens and can be reached by keyboard.
 * @param rows the first cell of each row is its heading
 */
export function table(caption: string, headings: readonly Child[], rows: readonly (readonly Child[])[]): HTMLElement {
  return scrollBox(
    caption,
    h(
      'table',
      {},
      h('caption', {}, caption),
      h('thead', {}, h('tr', {}, ...headings.map((heading) => h('th', { scope: 'col' }, heading)))),
      h(
        'tbody',
        {},
        ...rows.map(([first, ...others]) =>
          h('tr', {}, h('th', { scope: 'row' }, first), ...others.map((cell) => h('td', {}, cell))),
        ),
      ),
    ),
  )
}

/** How many of thousands of rows a list shows. The rest can be read in a download. */
export const MOST_SHOWN = 200

/** The first of many rows, and how many more there are. */
export function longTable<T>(
  caption: string,
  headings: readonly Child[],
  items: readonly T[],
  rowOf: (item: T) => readonly Child[],
): HTMLElement {
  return h('div', { class: 'long' }, table(caption, headings, items.slice(0, MOST_SHOWN).map(rowOf)), moreThan(items))
}

/** How many are not shown, or nothing when all are. */
export function moreThan(items: readonly unknown[]): HTMLElement | null {
  return items.length <= MOST_SHOWN
    ? null
    : h('p', { class: 'quiet' }, words.moreNotShown(whole(items.length - MOST_SHOWN)))
}

export function scrollBox(label: string, content: HTMLElement): HTMLElement {
  return h('div', { class: 'scroll', role: 'region', 'aria-label': label, tabindex: 0 }, content)
}

/** A closed list that opens on demand. */
export function fold(summary: string, ...content: Child[]): HTMLDetailsElement {
  return h('details', {}, h('summary', {}, summary), ...content)
}

/** A button that does one thing. */
export function button(
  label: string,
  act: () => void,
  { kind = 'secondary', says, key }: { readonly kind?: string; readonly says?: string; readonly key?: string } = {},
): HTMLButtonElement {
  return h('button', { type: 'button', class: kind, 'aria-label': says, 'data-key': key, click: act }, label)
}

/** A name that may be broken after its signs, as `mean_rainfall_mm` may. */
export function breakable(name: string): HTMLElement {
  return h('span', {}, ...name.split(/(?<=[_.\-/])/).flatMap((part, at) => (at === 0 ? [part] : [h('wbr'), part])))
}

/** A label above its control. */
export function field(label: string, control: HTMLElement): HTMLElement {
  return h('label', { class: 'field' }, h('span', {}, label), control)
}

/** A list to choose one of. */
export function choice(
  options: readonly { readonly value: string; readonly label: string }[],
  current: string,
  attributes: Attributes = {},
): HTMLSelectElement {
  return h(
    'select',
    attributes,
    ...options.map(({ value, label }) => h('option', { value, selected: value === current }, label)),
  )
}

/**
 * Replaces what is in an element. The focus stays where it was, at the element with the same `data-key`.
 */
export function fill(place: Element, ...children: Child[]): void {
  const focused = document.activeElement
  const key = focused !== null && place.contains(focused) ? focused.getAttribute('data-key') : null
  place.replaceChildren(...children.filter((child) => child !== null && child !== undefined))
  if (key === null) return
  const again = place.querySelector(`[data-key="${CSS.escape(key)}"]`)
  if (again instanceof HTMLElement) again.focus({ preventScroll: true })
}
