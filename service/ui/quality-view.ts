import { counted, figure, fold, h, table } from './dom.ts'
import type { ColumnQuality, DataQuality } from '../features/replies/dataset.ts'
import type { Finding } from '../features/replies/parts.ts'

/**
 * The data-quality report: how the wards were joined, what is missing in each possible indicator, which values lie far
 * from the rest, and every note made while reading the files.
 */
export function qualityView(quality: DataQuality) {
  const joins = (
    [
      ['by code', quality.matchedByCode],
      ['by the same name', quality.matchedByName],
      ['by another spelling of the name', quality.matchedByNameForm],
      ['by hand', quality.matchedByHand],
    ] as const
  )
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

function remarkOn({ constant, outliers }: ColumnQuality) {
  if (constant) return 'the same in every ward: does not tell wards apart'
  if (outliers.count === 0) return '–'
  const more = outliers.count - outliers.wards.length
  return (
    outliers.wards.map(({ ward, value }) => `${ward}: ${figure(value)}`).join('; ') +
    (more > 0 ? `; and ${figure(more)} more` : '')
  )
}

export function findingLine({ detail, examples = [] }: Finding) {
  return h('li', {}, detail, examples.length === 0 ? null : h('span', { class: 'quiet' }, ` (${examples.join(', ')})`))
}

function percent(share: number) {
  return `${(share * 100).toLocaleString('en-GB', { maximumSignificantDigits: 2 })} %`
}
