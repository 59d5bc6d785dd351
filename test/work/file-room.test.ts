import t from 'tap'
import type { Owner } from '../../service/work/fair-queue.ts'
import { openFileRoom } from '../../service/work/file-room.ts'

const MIB = 1024 * 1024
const NEVER = new AbortController().signal

function owner(session: string): Owner {
  return { session, address: `address of ${session}` }
}

t.test('large files of four people are held one at a time, and small ones beside them', async (t) => {
  const room = openFileRoom()
  const steps: string[] = []
  const begun = new Map(['a', 'b', 'c', 'd'].map((name) => [name, Promise.withResolvers<undefined>()]))
  const ends = new Map(['a', 'b', 'c', 'd'].map((name) => [name, Promise.withResolvers<undefined>()]))
  const done = ['a', 'b', 'c', 'd'].map((name) =>
    room.hold(64 * MIB, owner(name), NEVER, async () => {
      steps.push(`${name} begins`)
      begun.get(name)?.resolve(undefined)
      await ends.get(name)?.promise
      steps.push(`${name} ends`)
    }),
  )
  for (const name of ['a', 'b', 'c', 'd']) {
    await begun.get(name)?.promise
    await room.hold(MIB, owner('small'), NEVER, () => Promise.resolve(steps.push('a small one')))
    ends.get(name)?.resolve(undefined)
  }
  await Promise.all(done)
  t.strictSame(
    steps,
    ['a', 'b', 'c', 'd'].flatMap((name) => [`${name} begins`, 'a small one', `${name} ends`]),
  )
})

t.test('a failure and a client that has left give their place to the next one', async (t) => {
  const room = openFileRoom()
  await t.rejects(
    room.hold(64 * MIB, owner('a'), NEVER, () => Promise.reject(new Error('it broke'))),
    /it broke/,
  )
  const held = Promise.withResolvers<undefined>()
  const first = room.hold(64 * MIB, owner('b'), NEVER, () => held.promise)
  const leaving = new AbortController()
  const left = room.hold(64 * MIB, owner('c'), leaving.signal, () => Promise.reject(new Error('it was held')))
  const last = room.hold(64 * MIB, owner('d'), NEVER, () => Promise.resolve('held'))
  leaving.abort()
  await t.rejects(left, /gone before its work/)
  held.resolve(undefined)
  await first
  t.equal(await last, 'held')
})

t.test('what is held over several steps ends when it is given back, and when the client has left', async (t) => {
  const room = openFileRoom()
  const leaving = new AbortController()
  const leave = await room.enter(64 * MIB, owner('a'), NEVER)
  const second = room.enter(64 * MIB, owner('b'), leaving.signal)
  const third = room.enter(64 * MIB, owner('c'), NEVER)
  leave()
  await second
  leaving.abort()
  t.type(await third, 'function')
})
