import { firstStatus, sendBytes } from '../smuggling/send.ts'
import type { Operation } from '../world.ts'

const NAME = 'smuggle requests past the balancer'
/** At least so many prefixes a person, however many people share them out. */
const LEAST = 6

/** Bytes that two readers of a connection may take for two different rows of requests, while everybody else is at work. */
export function smugglingOperations(): Operation[] {
  return [
    {
      name: NAME,
      route: 'raw bytes',
      weight: 0,
      everyone: true,
      async run({ world, person, era }) {
        const count = Math.max(LEAST, Math.ceil(world.smuggling.total / world.peopleAtOnce))
        let isRefused = false
        await Promise.all(
          world.smuggling.take(count).map(async (prefix) => {
            const begin = performance.now()
            const { isConnected, replies } = await sendBytes(world.target, prefix.bytes)
            if (!isConnected) {
              isRefused = true
              world.smuggling.giveBack(prefix)
              return
            }
            world.tally.smuggled.add(prefix.name)
            world.inspector.inspect({
              user: person.user,
              era: era.number,
              operation: NAME,
              route: 'raw bytes',
              method: 'bytes',
              address: prefix.name,
              begin,
              end: performance.now(),
              status: firstStatus(replies),
              replyHeaders: {},
              bytes: replies,
              requestId: undefined,
              task: undefined,
              error: undefined,
            })
          }),
        )
        return isRefused ? 'refused' : 'done'
      },
    },
  ]
}
