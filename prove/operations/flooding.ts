import { sendBytes } from '../smuggling/send.ts'
import { isLost, type Operation, type Tab } from '../world.ts'
import type { Outcome } from '../outcome.ts'
import { rawExchange } from './raw-exchange.ts'

const NAME = 'flood the service'
/** One person in so many floods it, so that the others are those whom it may harm. */
const ONE_IN = 10
/** More than three tasks take of one session at a time, those that wait included. */
const AT_ONCE = 80
/** Served, refused because it is too much, or refused because a fault is under way. */
const RIGHT: readonly number[] = [200, 429, 502, 503, 504]

/** Far more requests of one session than it may have under way, each on a connection of its own. */
export function floodingOperations(): Operation[] {
  return [
    {
      name: NAME,
      route: 'raw bytes',
      weight: 0,
      everyone: true,
      async run(tab) {
        if (tab.person.user % ONE_IN !== 0) return 'skipped'
        const outcomes = await Promise.all(Array.from({ length: AT_ONCE }, async () => await sendOne(tab)))
        if (outcomes.includes('failed')) return 'failed'
        return outcomes.includes('done') ? 'done' : 'refused'
      },
    },
  ]
}

async function sendOne(tab: Tab): Promise<Outcome> {
  const { world, era } = tab
  const begin = performance.now()
  const head = [
    'GET /api/dataset HTTP/1.1',
    `Host: ${new URL(world.target).host}`,
    `Cookie: ${era.cookie}`,
    'Connection: close',
  ]
  const { replies } = await sendBytes(world.target, Buffer.from(`${head.join('\r\n')}\r\n\r\n`))
  const exchange = rawExchange(tab, { operation: NAME, address: '/api/dataset', begin }, replies)
  world.inspector.inspect(exchange)
  if (exchange.status === 200) return 'done'
  // Nothing comes back in time where the queue is long.
  if (exchange.status === 0 || RIGHT.includes(exchange.status)) return 'refused'
  if (exchange.status === 409 || (exchange.status === 401 && (era.ending || isLost(world, era)))) return 'gone'
  world.tally.unexpected(exchange)
  return 'failed'
}
