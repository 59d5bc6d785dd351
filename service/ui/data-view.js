import { counted, figure, fold, h, MOST_SHOWN, moreThan, table } from './dom.js'
import { matchesView } from './matches-view.js'
import { qualityView } from './quality-view.js'
/** @import { Dataset } from '../features/replies/dataset.ts' */
/** @import { UploadedFile } from '../features/replies/files.ts' */
/** @import { Column } from '../features/replies/parts.ts' */
/** @import { Settle } from './matches-view.js' */

/**
 * One line about a file that was read, with a button to remove it.
 * @param {UploadedFile} file
 * @param {boolean} isKept true when another file should have replaced it and could not
 * @param {() => void} onRemove
 */
export function fileLine(file, isKept, onRemove) {
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

/** @param {UploadedFile} file */
function partsOf({ role, rows, columns, features, crs, sourceCrs, facilities, wards, months, refusedRows }) {
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
 * @param {Dataset} dataset
 * @param {Settle} settle
 */
export function foundView(dataset, settle) {
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

/**
 * A closed list, or nothing when it would be empty.
 * @param {string} summary
 * @param {readonly string[]} items
 */
function listed(summary, items) {
  return items.length === 0
    ? null
    : fold(summary, h('ul', {}, ...items.slice(0, MOST_SHOWN).map((item) => h('li', {}, item))), moreThan(items))
}

/**
 * @param {string} label
 * @param {string} value
 * @param {boolean} [isNotable]
 */
function tile(label, value, isNotable = false) {
  return h('div', { class: isNotable ? 'tile notable' : 'tile' }, h('dt', {}, label), h('dd', {}, value))
}

/** @param {readonly Column[]} columns */
function columnsTable(columns) {
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
