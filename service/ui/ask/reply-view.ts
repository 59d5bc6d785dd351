import type { TurnReply } from '../../features/replies/chat.ts'
import { button, fold, h, longTable, type Child } from '../dom.ts'
import { SERVICE_LANG } from '../http.ts'
import { words } from '../words/en.ts'

export type Reply = TurnReply['reply']
/** What is shown of an answer. Charts and maps are not kept with the conversation. */
export type Shown = Pick<
  Reply,
  'text' | 'basis' | 'options' | 'table' | 'moreTables' | 'chart' | 'map' | 'export' | 'plan' | 'analysis'
>

export interface ReplyActs {
  /** The address of a text that the browser holds. */
  readonly addressOf: (text: string, type: string) => string
  readonly onOption: (option: string) => void
  /** Puts the values of an answer on the map; null where there is no map to put them on. */
  readonly onMap: ((map: NonNullable<Reply['map']>) => void) | null
  readonly onPlan: () => void
  readonly onRanking: () => void
}

/** An answer: text, table, chart, and what can be done with it. */
export function replyParts(message: string, reply: Shown, acts: ReplyActs): readonly Child[] {
  const text = words.ask
  const { options = [], chart, table, moreTables = [], map, basis, plan, analysis } = reply
  const { onMap } = acts
  const chips = [
    map !== undefined && onMap !== null
      ? button(
          text.showOnMap,
          () => {
            onMap(map)
          },
          { kind: 'chip' },
        )
      : null,
    analysis === undefined ? null : button(text.openRanking, acts.onRanking, { kind: 'chip' }),
    plan === undefined ? null : button(text.openPlan, acts.onPlan, { kind: 'chip' }),
    reply.export === undefined
      ? null
      : link(text.download(reply.export.kind), reply.export.download.url, reply.export.kind),
    map === undefined
      ? null
      : link(text.downloadMap, acts.addressOf(JSON.stringify(map), 'application/geo+json'), 'map.geojson'),
  ].filter((chip) => chip !== null)
  return [
    ...ownText(reply)
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => h('p', { lang: SERVICE_LANG }, line)),
    options.length === 0
      ? null
      : h(
          'p',
          { class: 'row' },
          ...options.map((option) =>
            button(option, () => {
              acts.onOption(option)
            }),
          ),
        ),
    chart === undefined ? null : chartFigure(chart, acts),
    ...[...moreTables, ...(table === undefined ? [] : [table])]
      .filter(({ rows }) => rows.length > 0)
      .map((each) => answerTable(message, each)),
    chips.length === 0 ? null : h('p', { class: 'row chips' }, ...chips),
    basis.length === 0
      ? null
      : fold(text.basis, h('ul', { lang: SERVICE_LANG }, ...basis.map((line) => h('li', {}, line)))),
  ]
}

function chartFigure({ words: alt, svg }: NonNullable<Reply['chart']>, { addressOf }: ReplyActs): HTMLElement {
  const address = addressOf(svg, 'image/svg+xml')
  return h(
    'figure',
    { class: 'chart' },
    h('img', { src: address, alt }),
    h('figcaption', {}, link(words.ask.downloadChart, address, 'chart.svg')),
  )
}

/** The text without the options and the basis at its end, which are shown by themselves. */
function ownText({ text, options = [], basis }: Shown): string {
  const end = [options.map((option) => `- ${option}`).join('\n'), basis.join('\n')]
    .filter((part) => part !== '')
    .join('\n\n')
  return end !== '' && text.endsWith(end) ? text.slice(0, text.length - end.length) : text
}

function answerTable(message: string, { columns, rows, rowsLeftOut = 0 }: NonNullable<Reply['table']>): HTMLElement {
  return h(
    'div',
    {},
    longTable(words.ask.answerTo(message), columns, rows, (row) => row.map(cellText)),
    rowsLeftOut === 0 ? null : h('p', { class: 'quiet' }, words.ask.rowsLeftOut(rowsLeftOut)),
  )
}

function cellText(cell: string | number | null): string {
  if (cell === null) return '–'
  return typeof cell === 'number' ? cell.toLocaleString(undefined, { maximumFractionDigits: 4 }) : cell
}

function link(text: string, href: string, filename: string): HTMLElement {
  return h('a', { href, download: filename, rel: 'noopener' }, text)
}
