import type { Dataset } from '../../features/replies/dataset.ts'
import type { QueryReply } from '../../features/replies/queries.ts'
import type { Bench } from '../bench.ts'
import { fill, h, longTable, svg } from '../dom.ts'
import { whole } from '../formats.ts'
import { call } from '../http.ts'
import { words } from '../words/en.ts'

/** The service lists no more wards at once. */
const MOST_WARDS = 500
/** The longest list of columns that still fits beside a picture of them. */
const MOST_COLUMNS = 20
const ROW = 18

/** A ward that lacks values, and whether it lacks that of each column. */
interface Gaps {
  readonly ward: string
  readonly isMissing: readonly boolean[]
}

/**
 * Which wards lack which of the possible indicators, as a picture and as a table. Asked for when it is opened, and
 * again for other data.
 * @returns null where nothing is missing
 */
export function missingView(bench: Bench, { quality, version }: Dataset): HTMLElement | null {
  const text = words.missing
  const columns = quality.columns
    .filter(({ missing }) => missing > 0)
    .sort((one, other) => other.missing - one.missing)
    .slice(0, MOST_COLUMNS)
    .map(({ name }) => name)
  const [first, ...others] = columns
  if (first === undefined) return null
  const content = h('div', { class: 'details', 'aria-live': 'polite' })
  let isAsked = false
  const ask = async (): Promise<void> => {
    isAsked = await bench.noticesAt('missing-notices').attempt(async (signal) => {
      fill(content, h('p', { class: 'quiet' }, text.looking))
      const or = others.map((column) => ({ column, op: 'missing' }))
      const reply = (await call('POST', '/api/query', {
        body: {
          where: [{ column: first, op: 'missing', ...(or.length > 0 && { or }) }],
          select: ['@ward', ...columns],
          limit: MOST_WARDS,
        },
        signal,
      })) as QueryReply
      if (bench.state.dataset.value?.version === version) fill(content, ...partsOf(reply, columns))
    })
  }
  const view = h(
    'details',
    {
      toggle: () => {
        if (view.open && !isAsked) void ask()
      },
    },
    h('summary', {}, text.title(quality.missingCells, columns.length)),
    content,
  )
  return view
}

function partsOf({ rows, total }: QueryReply, columns: readonly string[]): readonly HTMLElement[] {
  const text = words.missing
  const gaps = rows.map(([ward, ...cells]): Gaps => ({
    ward: String(ward),
    isMissing: cells.map((cell) => cell === null),
  }))
  const lacking = ({ isMissing }: Gaps): readonly string[] => columns.filter((_, at) => isMissing[at] === true)
  return [
    h('p', { class: 'quiet' }, text.picture(total, rows.length)),
    picture(gaps, columns),
    longTable(text.caption, text.headings, gaps, (each) => [each.ward, lacking(each).join(', ')]),
  ]
}

/** A row for each column, a narrow stripe for each ward: filled where the value is missing. */
function picture(gaps: readonly Gaps[], columns: readonly string[]): HTMLElement {
  return h(
    'div',
    { class: 'missing', 'aria-hidden': 'true' },
    ...columns.flatMap((name, at) => [
      h('span', { class: 'missing-name', title: name }, name),
      svg(
        'svg',
        { viewBox: `0 0 ${String(gaps.length)} ${String(ROW)}`, preserveAspectRatio: 'none', height: ROW },
        svg('rect', { width: gaps.length, height: ROW, class: 'missing-none' }),
        svg('path', { d: stripes(gaps, at), class: 'missing-gap' }),
      ),
      h('span', { class: 'number quiet' }, whole(gaps.filter(({ isMissing }) => isMissing[at] === true).length)),
    ]),
  )
}

/** The path of all wards that lack a value, neighbours as one. */
function stripes(gaps: readonly Gaps[], column: number): string {
  const parts: string[] = []
  for (let at = 0; at < gaps.length; at += 1) {
    const begin = at
    while (gaps[at]?.isMissing[column] === true) at += 1
    if (at > begin) parts.push(`M${String(begin)} 0H${String(at)}V${String(ROW)}H${String(begin)}Z`)
  }
  return parts.join('')
}
