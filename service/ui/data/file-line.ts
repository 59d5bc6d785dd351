import { button, h } from '../dom.ts'
import type { UploadedFile } from '../../features/replies/files.ts'
import { words } from '../words/en.ts'

/**
 * One line about a file that was read, with a button to remove it.
 * @param isKept true when another file should have replaced it and could not
 */
export function fileLine(file: UploadedFile, isKept: boolean, onRemove: () => void): HTMLElement {
  return h(
    'p',
    { class: 'done' },
    h('span', { class: 'tick', 'aria-hidden': 'true' }, '✓'),
    h(
      'span',
      {},
      isKept ? words.data.stillInUse : '',
      [file.filename, ...partsOf(file)].join(' · '),
      ' ',
      button(words.data.remove, onRemove, { kind: 'link', says: words.data.removeFile(file.filename) }),
    ),
  )
}

function partsOf(file: UploadedFile): readonly string[] {
  const { role, rows = 0, columns = [], features = 0, facilities = 0, wards = 0, months = [], refusedRows = 0 } = file
  const { counts } = words.data
  if (role === 'wards') return [counts.wards(rows), counts.columns(columns.length)]
  if (role === 'boundaries') {
    const crs = file.sourceCrs ?? file.crs ?? ''
    return [counts.boundaries(features), crs === 'not stated' ? words.data.noCrs : words.data.crs(crs)]
  }
  return [
    counts.facilities(facilities),
    counts.wards(wards),
    counts.months(months.length),
    counts.rows(rows),
    ...(refusedRows === 0 ? [] : [counts.impossible(refusedRows)]),
  ]
}
