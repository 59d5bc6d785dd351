import { byId, fold, h, longTable } from './dom.js'
import { call } from './http.js'
import { mapPicture } from './map-picture.js'
/** @import { TurnReply, TurnsReply } from '../features/replies/chat.ts' */
/** @typedef {TurnReply['reply']} Reply */
/** @typedef {Pick<Reply, 'text' | 'basis' | 'options' | 'table' | 'moreTables' | 'chart' | 'map' | 'export'>} Shown */

/**
 * The conversation: a question in words, and answers with their figures, table and chart.
 * @param {object} page what the page does around it
 * @param {(action: (signal: AbortSignal) => Promise<void>) => Promise<boolean>} page.attempt
 * @param {(signal: AbortSignal) => Promise<void>} page.ensureSession
 * @param {<T>(place: string, words: string, work: () => Promise<T>) => Promise<T>} page.working
 * @param {(place: string) => boolean} page.isWorking
 * @param {(reply: Reply, signal: AbortSignal) => Promise<void>} page.show shows an analysis or a plan that was made
 */
export function chatView({ attempt, ensureSession, working, isWorking, show }) {
  const turns = byId('chat-turns', HTMLElement)
  const form = byId('chat-form', HTMLFormElement)
  const input = byId('chat-message', HTMLTextAreaElement)
  const forget = byId('chat-forget', HTMLButtonElement)
  /** Addresses of charts and maps, which hold memory until they are given back. @type {string[]} */
  let addresses = []

  /**
   * @param {string} text
   * @param {string} type
   */
  const addressOf = (text, type) => {
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

  /**
   * @param {string} message
   * @param {Shown} reply
   */
  const add = (message, reply) => {
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

  /**
   * @param {string} message
   * @param {Shown} reply
   */
  const partsOf = (message, reply) => [
    ...ownText(reply)
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => h('p', {}, line)),
    reply.options === undefined || reply.options.length === 0
      ? null
      : h('p', { class: 'row' }, ...reply.options.map((option) => optionButton(option))),
    reply.chart === undefined ? null : chartFigure(reply.chart),
    ...[...(reply.moreTables ?? []), ...(reply.table === undefined ? [] : [reply.table])]
      .filter(({ rows }) => rows.length > 0)
      .map((table) => answerTable(message, table)),
    reply.map === undefined ? null : mapPicture(reply.map),
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

  /** @param {string} option */
  const optionButton = (option) =>
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

  /** @param {NonNullable<Reply['chart']>} chart */
  const chartFigure = ({ words, svg }) => {
    const address = addressOf(svg, 'image/svg+xml')
    return h(
      'figure',
      { class: 'chart' },
      h('img', { src: address, alt: words }),
      h('figcaption', {}, link('Download this chart (SVG)', address, 'chart.svg')),
    )
  }

  /** @param {string} message */
  async function ask(message) {
    if (message.trim() === '' || isWorking('chat-form')) return
    const done = await attempt((signal) =>
      working('chat-form', 'Looking for the answer.', async () => {
        await ensureSession(signal)
        const { reply } = /** @type {TurnReply} */ (await call('POST', '/api/chat', { body: { message }, signal }))
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
    /**
     * Shows the conversation so far. Charts and maps are not kept with it.
     * @param {AbortSignal} signal
     */
    async restore(signal) {
      clear()
      const kept = /** @type {TurnsReply} */ (await call('GET', '/api/chat', { signal }))
      for (const { message, reply } of kept.turns)
        add(message, {
          text: reply.text,
          basis: reply.basis,
          ...(reply.options && { options: reply.options }),
          ...(reply.table && { table: reply.table }),
          ...(reply.moreTables && { moreTables: reply.moreTables }),
        })
    },
  }
}

/**
 * The text without the options and the basis at its end, which are shown by themselves.
 * @param {Shown} reply
 */
function ownText({ text, options = [], basis }) {
  const end = [options.map((option) => `- ${option}`).join('\n'), basis.join('\n')]
    .filter((part) => part !== '')
    .join('\n\n')
  return end !== '' && text.endsWith(end) ? text.slice(0, text.length - end.length) : text
}

/**
 * @param {string} message
 * @param {NonNullable<Reply['table']>} table
 */
function answerTable(message, { columns, rows, rowsLeftOut = 0 }) {
  return h(
    'div',
    {},
    longTable(`Answer to: ${message}`, columns, rows, (row) => row.map(cellText)),
    rowsLeftOut === 0
      ? null
      : h('p', { class: 'quiet' }, `${String(rowsLeftOut)} more rows were not kept. Ask again to see them.`),
  )
}

/** @param {string | number | null} cell */
function cellText(cell) {
  if (cell === null) return '–'
  return typeof cell === 'number' ? cell.toLocaleString('en-GB', { maximumFractionDigits: 4 }) : cell
}

/**
 * @param {string} words
 * @param {string} href
 * @param {string} filename
 */
function link(words, href, filename) {
  return h('a', { href, download: filename, rel: 'noopener' }, words)
}
