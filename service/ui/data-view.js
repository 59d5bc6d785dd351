import { counted, figure, fold, h, table } from './dom.js'
/** @import { Column, Dataset, Finding, UnmatchedWard, UploadedFile } from './replies.ts' */

/**
 * One line on a file that was read.
 * @param {UploadedFile} file
 */
export function fileLine(file) {
  const parts = [
    file.filename,
    file.rows === undefined ? undefined : counted(file.rows, 'ward'),
    file.columns === undefined ? undefined : counted(file.columns.length, 'column'),
    file.features === undefined ? undefined : counted(file.features, 'boundary', 'boundaries'),
    file.sourceCrs ?? file.crs
  ]
  return h('p', { class: 'done' }, h('span', { class: 'tick', 'aria-hidden': 'true' }, '✓'), h('span', {}, parts.filter((part) => part !== undefined).join(' · ')))
}

/**
 * What the service found in the files: figures first, then whatever a person has to know or settle, then all columns.
 * @param {Dataset} dataset
 * @param {UploadedFile | undefined} boundaries
 */
export function foundView(dataset, boundaries) {
  const missing = dataset.columns.reduce((sum, column) => sum + (column.indicator ? column.missing : 0), 0)
  return [
    h('dl', { class: 'tiles' },
      tile('Wards', figure(dataset.wards)),
      boundaries === undefined ? null : tile('With a boundary', figure(dataset.matched)),
      boundaries === undefined ? null : tile('Without a boundary', figure(dataset.unmatched.length), dataset.unmatched.length > 0),
      tile('Possible indicators', figure(dataset.columns.filter((column) => column.indicator).length)),
      tile('Missing values in them', figure(missing), missing > 0)),
    dataset.unmatched.length === 0 ? null : unmatchedView(dataset.unmatched),
    dataset.duplicates.length === 0 ? null : fold(`${counted(dataset.duplicates.length, 'ward')} whose name repeats`, h('ul', {}, ...dataset.duplicates.map((name) => h('li', {}, name)))),
    dataset.quality.length === 0 ? null : fold(counted(dataset.quality.length, 'note on the quality of the data', 'notes on the quality of the data'), h('ul', {}, ...dataset.quality.map(findingLine))),
    fold(`All ${counted(dataset.columns.length, 'column')}`, columnsTable(dataset.columns))
  ].filter((part) => part !== null)
}

/**
 * @param {string} label
 * @param {string} value
 * @param {boolean} [isNotable]
 */
function tile(label, value, isNotable = false) {
  return h('div', { class: isNotable ? 'tile notable' : 'tile' }, h('dt', {}, label), h('dd', {}, value))
}

/** @param {readonly UnmatchedWard[]} unmatched */
function unmatchedView(unmatched) {
  const view = fold(`${counted(unmatched.length, 'ward')} without a boundary: ranked, but not on the map`,
    table('Wards without a boundary', ['Ward', 'Why', 'It may be'], unmatched.map((ward) => [
      ward.name,
      ward.reason ?? 'no such boundary',
      ward.suggestions.length === 0 ? '–' : ward.suggestions.map((suggestion) => suggestion.boundary).join(', ')
    ])))
  view.open = unmatched.length <= 12
  return view
}

/** @param {Finding} finding */
function findingLine(finding) {
  const examples = finding.examples ?? []
  return h('li', {}, finding.detail, examples.length === 0 ? null : h('span', { class: 'quiet' }, ` (${examples.join(', ')})`))
}

/** @param {readonly Column[]} columns */
function columnsTable(columns) {
  return table('Columns of the ward table', ['Column', 'Type', 'Missing', 'Least', 'Greatest', 'Use', 'More of it means'], columns.map((column) => [
    column.name === '' ? h('em', {}, 'no name') : column.name,
    column.type,
    figure(column.missing),
    figure(column.min),
    figure(column.max),
    column.indicator ? 'possible indicator' : column.reason ?? 'not an indicator',
    column.direction === null || !column.indicator ? '–' : column.direction === 'direct' ? 'more risk' : 'less risk'
  ]))
}
