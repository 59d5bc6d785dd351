import t from 'tap'
import { fairQueue, type FairQueue, type Owner } from '../../service/work/fair-queue.ts'
import fc from '../support/properties.ts'

const stay = new AbortController().signal
const person = (session: string, address = session): Owner => ({ session, address })
const refusalOf = async (entry: Promise<unknown>): Promise<unknown> => entry.catch((error: unknown) => error)
const settle = async (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

/** Enters, and notes in `begun` when its turn comes; what lets go of the place is kept by name. */
function watch(queue: FairQueue): {
  enter: (name: string, owner: Owner, signal?: AbortSignal) => void
  begun: string[]
  end: (name: string) => Promise<void>
} {
  const begun: string[] = []
  const leaves = new Map<string, () => void>()
  return {
    begun,
    enter(name, owner, signal = stay) {
      void queue.enter(owner, signal).then(
        (leave) => {
          begun.push(name)
          leaves.set(name, leave)
        },
        () => undefined,
      )
    },
    async end(name) {
      leaves.get(name)?.()
      await settle()
    },
  }
}

t.test('fairQueue() lets sessions take turns, however much one of them sends', async (t) => {
  const { enter, begun, end } = watch(fairQueue({ places: 1 }))
  for (const count of [1, 2, 3, 4]) enter(`many ${count}`, person('many', 'office'))
  enter('one', person('one', 'office'))
  enter('other', person('other', 'office'))
  await settle()
  t.strictSame(begun, ['many 1'])
  for (const name of ['many 1', 'many 2', 'one', 'other', 'many 3']) await end(name)
  t.strictSame(begun, ['many 1', 'many 2', 'one', 'other', 'many 3', 'many 4'])
})

t.test('fairQueue() lets addresses take turns, however many sessions one of them starts', async (t) => {
  const { enter, begun, end } = watch(fairQueue({ places: 1 }))
  for (const count of [1, 2, 3, 4, 5]) enter(`flood ${count}`, person(`flood ${count}`, 'one address'))
  enter('neighbour 1', person('neighbour', 'another address'))
  enter('neighbour 2', person('neighbour', 'another address'))
  await settle()
  for (const name of ['flood 1', 'flood 2', 'neighbour 1', 'flood 3', 'neighbour 2']) await end(name)
  t.strictSame(begun, ['flood 1', 'flood 2', 'neighbour 1', 'flood 3', 'neighbour 2', 'flood 4'])
})

t.test('fairQueue() never gives one session all of several places', async (t) => {
  const { enter, begun, end } = watch(fairQueue({ places: 3 }))
  for (const count of [1, 2, 3, 4]) enter(`mine ${count}`, person('mine'))
  await settle()
  t.strictSame(begun, ['mine 1', 'mine 2'], 'one place is left for others')
  enter('other', person('other'))
  await settle()
  t.strictSame(begun, ['mine 1', 'mine 2', 'other'])
  await end('other')
  t.strictSame(begun, ['mine 1', 'mine 2', 'other'])
  await end('mine 1')
  t.strictSame(begun, ['mine 1', 'mine 2', 'other', 'mine 3'])
})

t.test('fairQueue() refuses the session that sends too much, and says when to come back', async (t) => {
  let time = 0
  const queue = fairQueue({ places: 1, waitingOfSession: 2, waiting: 4, now: () => time })
  const leave = await queue.enter(person('mine'), stay)
  const waiting = [queue.enter(person('mine'), stay), queue.enter(person('mine'), stay)]
  t.match(await refusalOf(queue.enter(person('mine'), stay)), { kind: 'too-many', retryAfterSeconds: 1 })
  waiting.push(queue.enter(person('second'), stay), queue.enter(person('third'), stay))
  t.match(await refusalOf(queue.enter(person('fourth'), stay)), { kind: 'busy', retryAfterSeconds: 1 })
  time = 100_000
  leave()
  leave()
  await waiting[0]
  t.equal(await Promise.race([waiting[1], settle().then(() => 'waits')]), 'waits', 'a place is let go of once')
  waiting.push(queue.enter(person('fourth'), stay))
  // A mean of 0.9 × 200 ms + 0.1 × 100 s, and four that wait.
  t.match(await refusalOf(queue.enter(person('fifth'), stay)), { kind: 'busy', retryAfterSeconds: 41 })
})

t.test('fairQueue() forgets who has left', async (t) => {
  const queue = fairQueue({ places: 1, waitingOfSession: 1, waiting: 1 })
  const leave = await queue.enter(person('mine'), stay)
  const controller = new AbortController()
  const given = queue.enter(person('other'), controller.signal)
  controller.abort(new Error('gone'))
  await t.rejects(given, /gone/)
  const next = queue.enter(person('other'), stay)
  leave()
  t.type(await next, 'function')
  await t.rejects(queue.enter(person('third'), controller.signal), /gone/)
})

t.test('fairQueue() serves everybody once, each session in its own order, and never too many at a time', async (t) => {
  const arrivals = fc.array(fc.record({ session: fc.nat(5), address: fc.nat(2) }), { minLength: 1, maxLength: 30 })
  await t.resolves(
    fc.assert(
      fc.asyncProperty(arrivals, fc.integer({ min: 1, max: 4 }), async (people, places) => {
        const queue = fairQueue({ places, waitingOfSession: 100 })
        const running = new Map<number, () => void>()
        const begun: number[] = []
        const sessionOf = (at: number): string => `${people[at]!.address}/${people[at]!.session}`
        people.forEach(({ address }, at) => {
          void queue.enter({ session: sessionOf(at), address: String(address) }, stay).then((leave) => {
            begun.push(at)
            running.set(at, leave)
          })
        })
        await settle()
        while (running.size > 0) {
          if (running.size > places) return false
          for (const [session, held] of Map.groupBy(running.keys(), sessionOf))
            if (held.length > Math.max(1, places - 1)) throw new Error(`${session} holds ${held.length} of ${places}`)
          const [at = -1] = running.keys()
          const leave = running.get(at)
          running.delete(at)
          leave?.()
          await settle()
        }
        const inOrder = (ats: readonly number[]): boolean =>
          ats.every((at, place) => place === 0 || at > (ats[place - 1] ?? -1))
        const isServedInOrder = [...Map.groupBy(begun, sessionOf).values()].every(inOrder)
        return begun.length === people.length && new Set(begun).size === people.length && isServedInOrder
      }),
    ),
  )
})
