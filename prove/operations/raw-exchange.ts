import type { Exchange } from '../client.ts'
import { firstStatus } from '../smuggling/send.ts'
import type { Tab } from '../world.ts'

/** What came back on a connection of its own, as an exchange whose every byte is searched. */
export function rawExchange(
  { person, era }: Tab,
  of: Pick<Exchange, 'operation' | 'address' | 'begin'>,
  replies: Buffer,
): Exchange {
  return {
    ...of,
    user: person.user,
    era: era.number,
    route: 'raw bytes',
    method: 'bytes',
    end: performance.now(),
    status: firstStatus(replies),
    replyHeaders: {},
    bytes: replies,
    requestId: undefined,
    task: undefined,
    error: undefined,
  }
}
