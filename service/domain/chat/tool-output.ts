import type { Answer } from './answer.ts'

const LONGEST_TEXT_SHARE = 0.4

/** What a model calls the result of the call that was carried out at this place, the first at 0. */
export function resultName(at: number): string {
  return `r${String(at + 1)}`
}

/**
 * Writes an answer as compact JSON for a model's prompt, at most `mostCharacters` long (at least 400), with the name by
 * which the model points to its cells. If it is too
 * long, rows are left out from the end of the table, and `rowsLeftOut` says how many. Then sentences of the basis are
 * left out, and then the end of the text.
 */
export function toolOutput({ text, table, basis }: Answer, result: string, mostCharacters = 8_000): string {
  const room = Math.max(400, mostCharacters)
  const whole = JSON.stringify({ result, text, ...table, basis })
  if (whole.length <= room) return whole
  const told = cut(text, Math.floor(room * LONGEST_TEXT_SHARE))
  const kept = fitting(basis, Math.floor((room * (1 - LONGEST_TEXT_SHARE)) / 2))
  const frame = {
    result,
    text: told,
    ...(table && { columns: table.columns }),
    basis: kept,
    ...(kept.length < basis.length && { basisLeftOut: basis.length - kept.length }),
    ...(told !== text && { textCut: true }),
  }
  const used = JSON.stringify({ ...frame, rows: [], rowsLeftOut: table?.rows.length ?? 0 }).length
  if (table === undefined || used > room)
    return JSON.stringify({ ...frame, columns: undefined, ...(table && { rowsLeftOut: table.rows.length }) })
  const rows = fitting(table.rows, room - used)
  return JSON.stringify({ ...frame, rows, rowsLeftOut: table.rows.length - rows.length })
}

/** The first items, as many as fit as JSON. */
function fitting<Item>(items: readonly Item[], room: number): readonly Item[] {
  let left = room
  const end = items.findIndex((item) => {
    left -= JSON.stringify(item).length + 1
    return left < 0
  })
  return end < 0 ? items : items.slice(0, end)
}

/** The beginning of a text, as much as fits as JSON. */
function cut(text: string, room: number): string {
  if (JSON.stringify(text).length <= room) return text
  let end = Math.min(text.length, room)
  while (end > 0 && JSON.stringify(text.slice(0, end)).length > room) end = Math.floor(end * 0.9)
  return `${text.slice(0, end).toWellFormed()}…`
}
