import { setTimeout as pause } from 'node:timers/promises'
import type { Outcome } from '../outcome.ts'
import { dial } from '../smuggling/send.ts'
import { isLost, type Operation, type Tab } from '../world.ts'
import { rawExchange } from './raw-exchange.ts'

/** How long nothing is read or sent, and how long a reply may take after that. */
const STALL_MS = 1_500
const REPLY_MS = 10_000
/** One person in so many stalls. */
const ONE_IN = 5

interface Stall {
  readonly name: string
  readonly address: string
  /** What is sent before the stall, and what after it; null: the connection is dropped instead. */
  readonly parts: (tab: Tab) => readonly [string, string | null]
  /** Nothing is read until the stall is over. */
  readonly readsLate?: boolean
}

const STALLS: readonly Stall[] = [
  {
    name: 'read a reply late',
    address: '/api/dataset',
    parts: (tab) => [`${headOf(tab, 'GET /api/dataset')}\r\n`, ''],
    readsLate: true,
  },
  {
    name: 'send headers slowly',
    address: '/api/files',
    parts: (tab) => [headOf(tab, 'GET /api/files'), 'X-Late: 1\r\n\r\n'],
  },
  {
    name: 'never end a body',
    address: '/api/files',
    parts: (tab) => [
      `${headOf(tab, 'POST /api/files')}Content-Type: application/json\r\nContent-Length: 1000\r\n\r\n{"role":`,
      null,
    ],
  },
]

/** Connections on which a person reads or sends nothing for a while, among those of people who work. */
export function stallingOperations(): Operation[] {
  return STALLS.map((stall) => ({
    name: stall.name,
    route: 'raw bytes',
    weight: 0,
    everyone: true,
    run: async (tab: Tab) => (tab.person.user % ONE_IN === 0 ? await run(stall, tab) : 'skipped'),
  }))
}

async function run(stall: Stall, tab: Tab): Promise<Outcome> {
  const { world, era } = tab
  const begin = performance.now()
  const replies = await stalled(world.target, stall.parts(tab), stall.readsLate === true)
  if (replies === null) return 'refused'
  const exchange = rawExchange(tab, { operation: stall.name, address: stall.address, begin }, replies)
  world.inspector.inspect(exchange)
  const { status } = exchange
  if (stall.parts(tab)[1] === null) {
    // Half a request is no request: nothing may have been carried out.
    if (status < 200 || status >= 400) return 'done'
  } else if (status === 200) return 'done'
  else if ([0, 429, 502, 503, 504].includes(status)) return 'refused'
  else if (status === 409 || (status === 401 && (era.ending || isLost(world, era)))) return 'gone'
  world.tally.unexpected(exchange)
  return 'failed'
}

/** Everything that came back; null if there was no connection. */
async function stalled(
  target: string,
  [first, second]: readonly [string, string | null],
  readsLate: boolean,
): Promise<Buffer | null> {
  const chunks: Buffer[] = []
  const opened = Promise.withResolvers<boolean>()
  const closed = Promise.withResolvers<undefined>()
  const socket = dial(target, () => {
    opened.resolve(true)
  })
  socket
    .on('error', () => undefined)
    .once('close', () => {
      opened.resolve(false)
      closed.resolve(undefined)
    })
  if (!(await opened.promise)) return null
  const read = (): void => {
    socket.on('data', (chunk: Buffer) => chunks.push(chunk))
  }
  socket.write(first)
  if (!readsLate) read()
  await pause(STALL_MS)
  if (readsLate) read()
  if (second === null) socket.destroy()
  else if (second !== '') socket.write(second)
  const timer = setTimeout(() => socket.destroy(), REPLY_MS)
  await closed.promise
  clearTimeout(timer)
  return Buffer.concat(chunks)
}

/** A request line and the headers of every request, without the empty line at their end. */
function headOf({ world, era }: Tab, line: string): string {
  return `${line} HTTP/1.1\r\nHost: ${new URL(world.target).host}\r\nCookie: ${era.cookie}\r\nConnection: close\r\n`
}
