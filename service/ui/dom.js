/** @typedef {Record<string, string | number | boolean | ((event: Event) => void) | undefined>} Attributes */
/** @typedef {Node | string | null | undefined} Child */

/**
 * Sets attributes; a function becomes a listener, `true` an empty attribute, `false` and undefined nothing.
 * Markup is never parsed: every child is a node or becomes a text node, so the content of a file is never read as HTML.
 * @template {Element} E
 * @param {E} element
 * @param {Attributes} attributes
 * @param {readonly Child[]} children
 * @returns {E}
 */
function dress(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') element.addEventListener(name, value)
    else if (value !== undefined && value !== false) element.setAttribute(name, value === true ? '' : String(value))
  }
  element.append(...children.filter((child) => child !== null && child !== undefined))
  return element
}

/**
 * Makes an HTML element: `h('button', { type: 'button', click: run }, 'Run')`.
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @param {Attributes} [attributes]
 * @param {...Child} children
 */
export function h(tag, attributes = {}, ...children) {
  return dress(document.createElement(tag), attributes, children)
}

/**
 * Makes an SVG element.
 * @template {keyof SVGElementTagNameMap} T
 * @param {T} tag
 * @param {Attributes} [attributes]
 * @param {...Child} children
 */
export function svg(tag, attributes = {}, ...children) {
  return dress(document.createElementNS('http://www.w3.org/2000/svg', tag), attributes, children)
}

/**
 * The element of index.html with this id.
 * @template {HTMLElement} E
 * @param {string} id
 * @param {new () => E} kind
 * @returns {E}
 */
export function byId(id, kind) {
  const element = document.getElementById(id)
  if (!(element instanceof kind)) throw new Error(`Cannot find #${id} in the page`)
  return element
}

/**
 * A table inside a box that scrolls sideways on narrow screens and can be reached by keyboard.
 * @param {string} caption
 * @param {readonly Child[]} headings
 * @param {readonly (readonly Child[])[]} rows the first cell of each row is its heading
 */
export function table(caption, headings, rows) {
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

/**
 * The first of many rows, and how many more there are.
 * @template T
 * @param {string} caption
 * @param {readonly Child[]} headings
 * @param {readonly T[]} items
 * @param {(item: T) => readonly Child[]} rowOf
 */
export function longTable(caption, headings, items, rowOf) {
  return h('div', { class: 'long' }, table(caption, headings, items.slice(0, MOST_SHOWN).map(rowOf)), moreThan(items))
}

/**
 * How many are not shown, or nothing when all are.
 * @param {readonly unknown[]} items
 */
export function moreThan(items) {
  return items.length <= MOST_SHOWN
    ? null
    : h('p', { class: 'quiet' }, `${(items.length - MOST_SHOWN).toLocaleString('en-GB')} more are not shown here.`)
}

/**
 * @param {string} label
 * @param {HTMLElement} content
 */
export function scrollBox(label, content) {
  return h('div', { class: 'scroll', role: 'region', 'aria-label': label, tabindex: 0 }, content)
}

/**
 * A closed list that opens on demand.
 * @param {string} summary
 * @param {...Child} content
 */
export function fold(summary, ...content) {
  return h('details', {}, h('summary', {}, summary), ...content)
}

/**
 * `60 wards`, `1 ward`.
 * @param {number} count
 * @param {string} one
 * @param {string} [many]
 */
export function counted(count, one, many = `${one}s`) {
  return `${count.toLocaleString('en-GB')} ${count === 1 ? one : many}`
}

/**
 * A value as a person would write it; a dash when there is none.
 * @param {number | null | undefined} value
 */
export function figure(value) {
  return value === null || value === undefined ? '–' : value.toLocaleString('en-GB', { maximumSignificantDigits: 4 })
}
