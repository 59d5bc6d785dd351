import { byId, fold, h, longTable } from './dom.ts'
import { call } from './http.ts'
import type { TurnReply, TurnsReply } from '../features/replies/chat.ts'
export type Reply = TurnReply['reply']
export type Shown = Pick<Reply, 'text' | 'basis' | 'options' | 'table' | 'chart' | 'map' | 'export'>

/**
 * The conversation: a question in words, and answers with their figures, table and chart.
 * @param page what the page does around it
 */
export function chatView({
  attempt,
  ensureSession,
  working,
  isWorking,
  show,
}: {
  readonly attempt: (action: (signal: AbortSignal) => Promise<void>) => Promise<boolean>
  readonly ensureSession: (signal: AbortSignal) => Promise<void>
  readonly working: <T>(place: string, words: string, work: () => Promise<T>) => Promise<T>
  readonly isWorking: (place: string) => boolean
  readonly show: (reply: Reply, signal: AbortSignal) => Promise<void>
}) {
  const turns = byId('chat-turns', HTMLElement)
  const form = byId('chat-form', HTMLFormElement)
  const input = byId('chat-message', HTMLTextAreaElement)
  const forget = byId('chat-forget', HTMLButtonElement)
  /** Addresses of charts and maps, which hold memory until they are given back. */
  let addresses: string[] = []

  const addressOf = (text: string, type: string) => {
    const address = URL.createObjectURL(new Blob([text], { type }))
    addresses.push(address)
    return address
  }

  const clear = () => {
    turns.replaceChildren()
    for (const address of addresses) URL.revokeObjectURL(address)
    addresses = []
    input.value = ''
    forget.hidden = true
  }

  const add = (message: string, reply: Shown) => {
    forget.hidden = false
    turns.append(
      h(
        'div',
        { class: 'turn' },
        h('p', { class: 'asked' }, h('span', { class: 'unseen' }, 'You asked: '), message),
        h('div', { class: 'said' }, ...partsOf(message, reply)),
      ),
    )
  }

  const partsOf = (message: string, reply: Shown) => [
    ...ownText(reply)
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => h('p', {}, line)),
    reply.options === undefined || reply.options.length === 0
      ? null
      : h('p', { class: 'row' }, ...reply.options.map((option) => optionButton(option))),
    reply.chart === undefined ? null : chartFigure(reply.chart),
    reply.table === undefined || reply.table.rows.length === 0 ? null : answerTable(message, reply.table),
    reply.map === undefined
      ? null
      : link(
          'Download this map (GeoJSON)',
          addressOf(JSON.stringify(reply.map), 'application/geo+json'),
          'map.geojson',
        ),
    reply.export === undefined
      ? null
      : link(`Download ${reply.export.kind}`, reply.export.download.url, reply.export.kind),
    reply.basis.length === 0
      ? null
      : fold('What this rests on', h('ul', {}, ...reply.basis.map((line) => h('li', {}, line)))),
  ]

  const optionButton = (option: string) =>
    h(
      'button',
      {
        type: 'button',
        class: 'secondary',
        click: () => {
          void ask(option)
        },
      },
      option,
    )

  const chartFigure = ({ words, svg }: NonNullable<Reply['chart']>) => {
    const address = addressOf(svg, 'image/svg+xml')
    return h(
      'figure',
      { class: 'chart' },
      h('img', { src: address, alt: words }),
      h('figcaption', {}, link('Download this chart (SVG)', address, 'chart.svg')),
    )
  }

  async function ask(message: string) {
    if (message.trim() === '' || isWorking('chat-form')) return
    const done = await attempt((signal) =>
      working('chat-form', 'Looking for the answer.', async () => {
        await ensureSession(signal)
        const { reply } = (await call('POST', '/api/chat', { body: { message }, signal })) as TurnReply
        add(message, reply)
        await show(reply, signal)
      }),
    )
    if (!done) return
    input.value = ''
    turns.lastElementChild?.scrollIntoView({ block: 'nearest' })
  }

  form.addEventListener('submit', (event) => {
    event.preventDefault()
    void ask(input.value)
  })
  input.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return
    event.preventDefault()
    void ask(input.value)
  })
  forget.addEventListener('click', () => {
    void attempt(async (signal) => {
      await call('DELETE', '/api/chat', { signal })
      clear()
      input.focus()
    })
  })

  return {
    clear,
    /** Shows the conversation so far. Charts and maps are not kept with it. */
    async restore(signal: AbortSignal) {
      clear()
      const kept = (await call('GET', '/api/chat', { signal })) as TurnsReply
      for (const { message, reply } of kept.turns)
        add(message, {
          text: reply.text,
          basis: reply.basis,
          ...(reply.options && { options: reply.options }),
          ...(reply.table && { table: reply.table }),
        })
    },
  }
}

/** The text without the options and the basis at its end, which are shown by themselves. */
function ownText({ text, options = [], basis }: Shown) {
  const end = [options.map((option) => `- ${option}`).join('\n'), basis.join('\n')]
    .filter((part) => part !== '')
    .join('\n\n')
  return end !== '' && text.endsWith(end) ? text.slice(0, text.length - end.length) : text
}

function answerTable(message: string, { columns, rows, rowsLeftOut = 0 }: NonNullable<Reply['table']>) {
  return h(
    'div',
    {},
    longTable(`Answer to: ${message}`, columns, rows, (row) => row.map(cellText)),
    rowsLeftOut === 0
      ? null
      : h('p', { class: 'quiet' }, `${String(rowsLeftOut)} more rows were not kept. Ask again to see them.`),
  )
}

function cellText(cell: string | number | null) {
  if (cell === null) return '–'
  return typeof cell === 'number' ? cell.toLocaleString('en-GB', { maximumFractionDigits: 4 }) : cell
}

function link(words: string, href: string, filename: string) {
  return h('a', { href, download: filename, rel: 'noopener' }, words)
}
