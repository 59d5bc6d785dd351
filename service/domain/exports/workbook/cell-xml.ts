export type Cell = string | number | null

/** The most characters that a spreadsheet takes in a cell. */
const MOST_CHARACTERS = 32_767
const LETTERS = 26

/**
 * One cell of a sheet, as XML. Numbers are numbers, everything else is text: none is a formula, whatever it begins
 * with.
 * @param column from 0
 * @param line from 1
 * @param textStyle the style of text cells, which keeps them text when they are edited
 */
export function cellXml(value: Cell, column: number, line: number, textStyle: string): string {
  if (value === null || value === '' || (typeof value === 'number' && !Number.isFinite(value))) return ''
  const address = columnLetters(column) + String(line)
  if (typeof value === 'number') return `<c r="${address}"><v>${String(value)}</v></c>`
  return `<c r="${address}" s="${textStyle}" t="inlineStr"><is><t xml:space="preserve">${cellText(value)}</t></is></c>`
}

/** Replaces what XML cannot hold by `_x0000_`, and marks text that would be read as such a mark. */
function cellText(value: string): string {
  return cut(value)
    .replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '\ufffd')
    .replace(
      /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)/g,
      (sign) => `_x${sign.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`,
    )
    .replaceAll('\r', '_x000D_')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
}

function cut(value: string): string {
  return value.length <= MOST_CHARACTERS ? value : `${value.slice(0, MOST_CHARACTERS - 1)}…`
}

/** A, B, … Z, AA, AB, … */
function columnLetters(column: number): string {
  const last = String.fromCharCode('A'.charCodeAt(0) + (column % LETTERS))
  return column < LETTERS ? last : columnLetters(Math.floor(column / LETTERS) - 1) + last
}
