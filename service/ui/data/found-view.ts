import { fold, h, MOST_SHOWN, moreThan, table } from '../dom.ts'
import type { Dataset } from '../../features/replies/dataset.ts'
import type { Column } from '../../features/replies/parts.ts'
import { figure } from '../formats.ts'
import { words } from '../words/en.ts'
import { qualityView } from './quality-view.ts'

/** What the service found in the files, as figures. */
export function foundTiles({ wards, matched, columns, quality }: Dataset): HTMLElement {
  const hasBoundaries = quality.boundaries !== null
  const { tiles } = words.found
  return h(
    'dl',
    { class: 'tiles' },
    tile(tiles.wards, figure(wards)),
    hasBoundaries ? tile(tiles.matched, figure(matched)) : null,
    hasBoundaries ? tile(tiles.unmatched, figure(wards - matched), matched < wards) : null,
    tile(tiles.candidates, figure(columns.filter((column) => column.indicator).length)),
    tile(tiles.missing, figure(quality.missingCells), quality.missingCells > 0),
  )
}

/** What a person may want to know of the data, each part on demand. */
export function foundDetails({ duplicates, columns, quality }: Dataset): readonly (HTMLElement | null)[] {
  return [
    listed(words.found.unused(quality.unusedBoundaries.length), quality.unusedBoundaries),
    listed(words.found.repeated(duplicates.length), duplicates),
    qualityView(quality),
    fold(words.found.columns(columns.length), columnsTable(columns)),
  ]
}

/** A closed list, or nothing when it would be empty. */
function listed(summary: string, items: readonly string[]): HTMLElement | null {
  return items.length === 0
    ? null
    : fold(summary, h('ul', {}, ...items.slice(0, MOST_SHOWN).map((item) => h('li', {}, item))), moreThan(items))
}

function tile(label: string, value: string, isNotable = false): HTMLElement {
  return h('div', { class: isNotable ? 'tile notable' : 'tile' }, h('dt', {}, label), h('dd', {}, value))
}

function columnsTable(columns: readonly Column[]): HTMLElement {
  const { caption, headings, noName, candidate, noIndicator, directions } = words.found.columnTable
  return table(
    caption,
    headings,
    columns.map((column) => [
      column.name === '' ? h('em', {}, noName) : column.name,
      column.type,
      figure(column.missing),
      figure(column.min),
      figure(column.max),
      column.indicator ? candidate : (column.reason ?? noIndicator),
      column.direction === null || !column.indicator ? '–' : directions[column.direction],
    ]),
  )
}
