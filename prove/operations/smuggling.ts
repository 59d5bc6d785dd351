import type { Prefix } from '../smuggling/prefixes.ts'
import { sendBytes } from '../smuggling/send.ts'
import type { Operation } from '../world.ts'
import { rawExchange } from './raw-exchange.ts'

const NAME = 'smuggle requests past the balancer'
/** The least number of prefixes a person sends, however many people share them. */
const LEAST = 6
const AT_ONCE = 4

/**
 * Bytes that two readers of a connection may read as two different sequences of requests, while everybody else is at
 * work.
 */
export function smugglingOperations(): Operation[] {
  return [
    {
      name: NAME,
      route: 'raw bytes',
      weight: 0,
      everyone: true,
      async run(tab) {
        const { world } = tab
        const count = Math.max(LEAST, Math.ceil(world.smuggling.total / world.peopleAtOnce))
        const waiting = [...world.smuggling.take(count)]
        const refused: Prefix[] = []
        const send = async (prefix: Prefix): Promise<void> => {
          const begin = performance.now()
          const { isConnected, replies } = await sendBytes(world.target, prefix.bytes)
          if (!isConnected) {
            refused.push(prefix)
            return
          }
          world.tally.smuggled.add(prefix.name)
          world.inspector.inspect(rawExchange(tab, { operation: NAME, address: prefix.name, begin }, replies))
        }
        const smuggler = async (): Promise<void> => {
          for (let prefix = waiting.shift(); prefix !== undefined; prefix = waiting.shift()) await send(prefix)
        }
        await Promise.all(Array.from({ length: AT_ONCE }, smuggler))
        world.smuggling.giveBack(refused)
        return refused.length > 0 ? 'refused' : 'done'
      },
    },
  ]
}
