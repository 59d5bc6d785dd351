import { counted, figure, fold, h, table } from './dom.js'
/** @import { ColumnQuality, DataQuality } from '../features/replies/dataset.ts' */
/** @import { Finding } from '../features/replies/parts.ts' */

/**
 * The data-quality report: how the wards were joined, what is missing in each possible indicator, which values lie far
 * from the rest, and every note made while reading the files.
 * @param {DataQuality} quality
 */
export function qualityView(quality) {
  const joins = /** @type {const} */ ([
    ['by code', quality.matchedByCode],
    ['by the same name', quality.matchedByName],
    ['by another spelling of the name', quality.matchedByNameForm],
    ['by hand', quality.matchedByHand],
  ])
    .filter(([, count]) => count > 0)
    .map(([how, count]) => `${figure(count)} ${how}`)
  return fold(
    `Data quality: ${counted(quality.findings.length, 'note')}, ${percent(quality.missingShare)} of the values missing`,
    quality.boundaries === null
      ? null
      : h(
          'p',
          {},
          `${counted(quality.boundaries, 'boundary', 'boundaries')}${quality.sourceCrs === null ? '' : `, coordinates ${quality.sourceCrs}`}; wards joined: ${joins.length === 0 ? 'none' : joins.join(', ')}.`,
        ),
    quality.findings.length === 0 ? null : h('ul', {}, ...quality.findings.map(findingLine)),
    table(
      'Quality of the possible indicators',
      ['Indicator', 'Missing', 'Least', 'Greatest', 'Far from the rest, and not changed'],
      quality.columns.map((column) => [
        column.name,
        `${figure(column.missing)} (${percent(column.missingShare)})`,
        figure(column.min),
        figure(column.max),
        remarkOn(column),
      ]),
    ),
  )
}

/** @param {ColumnQuality} column */
function remarkOn({ constant, outliers }) {
  if (constant) return 'the same in every ward: does not tell wards apart'
  if (outliers.count === 0) return '–'
  const more = outliers.count - outliers.wards.length
  return (
    outliers.wards.map(({ ward, value }) => `${ward}: ${figure(value)}`).join('; ') +
    (more > 0 ? `; and ${figure(more)} more` : '')
  )
}

/** @param {Finding} finding */
export function findingLine({ detail, examples = [] }) {
  return h('li', {}, detail, examples.length === 0 ? null : h('span', { class: 'quiet' }, ` (${examples.join(', ')})`))
}

/** @param {number} share */
function percent(share) {
  return `${(share * 100).toLocaleString('en-GB', { maximumSignificantDigits: 2 })} %`
}
