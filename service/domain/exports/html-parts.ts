import { escaped } from '../map/svg-map.ts'

export type Cell = string | number | null

/** Writes a table, row by row. `cells` gives the cells of an item's row. */
export function* table<Item>(
  header: readonly string[],
  items: readonly Item[],
  cells: (item: Item, at: number) => readonly Cell[],
): Generator<string> {
  yield `<table><thead><tr>${header.map((name) => `<th>${escaped(name)}</th>`).join('')}</tr></thead><tbody>`
  for (const [at, item] of items.entries()) yield `<tr>${cells(item, at).map(cellHtml).join('')}</tr>`
  yield '</tbody></table>'
}

function cellHtml(value: Cell): string {
  return typeof value === 'number' ? `<td class="n">${number(value)}</td>` : `<td>${escaped(value ?? '')}</td>`
}

/** A paragraph of plain text. */
export function paragraph(text: string): string {
  return `<p>${escaped(text)}</p>`
}

/** A list of plain texts. */
export function list(items: readonly string[]): string {
  return `<ul>${items.map((item) => `<li>${escaped(item)}</li>`).join('')}</ul>`
}

/** Writes a number with four significant digits, or seven from 1,000 on. The exported files hold every digit. */
export function number(value: number): string {
  return Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(Math.abs(value) >= 1000 ? 7 : 4)))
}
