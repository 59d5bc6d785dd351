import { fold, h, table } from '../dom.ts'
import type { ColumnQuality, DataQuality } from '../../features/replies/dataset.ts'
import type { Finding } from '../../features/replies/parts.ts'
import { figure, shareText } from '../formats.ts'
import { saidText } from '../said-text.ts'
import { words } from '../words/en.ts'

/**
 * The data-quality report: how the wards were joined, what is missing in each possible indicator, which values lie far
 * from the rest, and every note made while reading the files.
 */
export function qualityView(quality: DataQuality): HTMLElement {
  const { by, caption, headings } = words.quality
  const joins = (
    [
      [by.code, quality.matchedByCode],
      [by.name, quality.matchedByName],
      [by.form, quality.matchedByNameForm],
      [by.hand, quality.matchedByHand],
    ] as const
  )
    .filter(([, count]) => count > 0)
    .map(([how, count]) => `${figure(count)} ${how}`)
  return fold(
    words.quality.title(quality.findings.length, shareText(quality.missingShare)),
    quality.boundaries === null
      ? null
      : h('p', {}, words.quality.boundaries(quality.boundaries, quality.sourceCrs, joins)),
    quality.findings.length === 0 ? null : h('ul', {}, ...quality.findings.map(findingLine)),
    table(
      caption,
      headings,
      quality.columns.map((column) => [
        column.name,
        `${figure(column.missing)} (${shareText(column.missingShare)})`,
        figure(column.min),
        figure(column.max),
        remarkOn(column),
      ]),
    ),
  )
}

function remarkOn({ constant, outliers }: ColumnQuality): string {
  if (constant) return words.quality.constant
  if (outliers.count === 0) return '–'
  const more = outliers.count - outliers.wards.length
  return (
    outliers.wards.map(({ ward, value }) => `${ward}: ${figure(value)}`).join('; ') +
    (more > 0 ? words.quality.more(figure(more)) : '')
  )
}

/** What was found, with its examples, in the language of the page. */
export function findingLine({ detail, said, examples = [], examplesSaid = [] }: Finding): HTMLElement {
  const shown = saidText(detail, said)
  const named = examples.map((text, place) => {
    const own = examplesSaid[place]
    return saidText(text, typeof own === 'object' ? own : undefined)
  })
  return h(
    'li',
    {},
    h('span', { lang: shown.lang }, shown.text),
    named.length === 0
      ? null
      : h(
          'span',
          { class: 'quiet', lang: named.find(({ lang }) => lang !== undefined)?.lang },
          ` (${named.map(({ text }) => text).join(', ')})`,
        ),
  )
}
