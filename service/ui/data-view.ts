import { counted, figure, fold, h, MOST_SHOWN, moreThan, table } from './dom.ts'
import { matchesView } from './matches-view.ts'
import { qualityView } from './quality-view.ts'
import type { Dataset } from '../features/replies/dataset.ts'
import type { UploadedFile } from '../features/replies/files.ts'
import type { Column } from '../features/replies/parts.ts'
import type { Settle } from './matches-view.ts'

/**
 * One line about a file that was read, with a button to remove it.
 * @param isKept true when another file should have replaced it and could not
 */
export function fileLine(file: UploadedFile, isKept: boolean, onRemove: () => void) {
  return h(
    'p',
    { class: 'done' },
    h('span', { class: 'tick', 'aria-hidden': 'true' }, '✓'),
    h(
      'span',
      {},
      isKept ? 'Still in use: ' : '',
      [file.filename, ...partsOf(file)].filter((part) => part !== undefined).join(' · '),
      ' ',
      h(
        'button',
        { type: 'button', class: 'link', 'aria-label': `Remove ${file.filename}`, click: onRemove },
        'Remove',
      ),
    ),
  )
}

function partsOf({
  role,
  rows,
  columns,
  features,
  crs,
  sourceCrs,
  facilities,
  wards,
  months,
  refusedRows,
}: UploadedFile) {
  if (role === 'wards') return [counted(rows ?? 0, 'ward'), counted(columns?.length ?? 0, 'column')]
  if (role === 'boundaries')
    return [
      counted(features ?? 0, 'boundary', 'boundaries'),
      sourceCrs === 'not stated'
        ? 'coordinate system not stated, taken as WGS 84'
        : `coordinates ${sourceCrs ?? crs ?? ''}`,
    ]
  return [
    counted(facilities ?? 0, 'facility', 'facilities'),
    counted(wards ?? 0, 'ward'),
    counted(months?.length ?? 0, 'month'),
    counted(rows ?? 0, 'row'),
    refusedRows === undefined || refusedRows === 0
      ? undefined
      : `${counted(refusedRows, 'row')} with counts that cannot be`,
  ]
}

/**
 * What the service found in the files: figures first, then what a person has to know or settle, then all columns.
 */
export function foundView(dataset: Dataset, settle: Settle) {
  const { wards, matched, duplicates, columns, quality } = dataset
  const hasBoundaries = quality.boundaries !== null
  return [
    h(
      'dl',
      { class: 'tiles' },
      tile('Wards', figure(wards)),
      hasBoundaries ? tile('With a boundary', figure(matched)) : null,
      hasBoundaries ? tile('Without a boundary', figure(wards - matched), matched < wards) : null,
      tile('Possible indicators', figure(columns.filter((column) => column.indicator).length)),
      tile('Missing values in these', figure(quality.missingCells), quality.missingCells > 0),
    ),
    ...matchesView(dataset, settle),
    listed(
      counted(quality.unusedBoundaries.length, 'boundary without a ward', 'boundaries without a ward'),
      quality.unusedBoundaries,
    ),
    listed(`${counted(duplicates.length, 'ward')} whose name repeats`, duplicates),
    qualityView(quality),
    fold(`All ${counted(columns.length, 'column')}`, columnsTable(columns)),
  ].filter((part) => part !== null)
}

/** A closed list, or nothing when it would be empty. */
function listed(summary: string, items: readonly string[]) {
  return items.length === 0
    ? null
    : fold(summary, h('ul', {}, ...items.slice(0, MOST_SHOWN).map((item) => h('li', {}, item))), moreThan(items))
}

function tile(label: string, value: string, isNotable = false) {
  return h('div', { class: isNotable ? 'tile notable' : 'tile' }, h('dt', {}, label), h('dd', {}, value))
}

function columnsTable(columns: readonly Column[]) {
  return table(
    'Columns of the ward table',
    ['Column', 'Type', 'Missing', 'Least', 'Greatest', 'Use', 'More of it means'],
    columns.map((column) => [
      column.name === '' ? h('em', {}, 'no name') : column.name,
      column.type,
      figure(column.missing),
      figure(column.min),
      figure(column.max),
      column.indicator ? 'possible indicator' : (column.reason ?? 'not an indicator'),
      column.direction === null || !column.indicator ? '–' : column.direction === 'direct' ? 'more risk' : 'less risk',
    ]),
  )
}
