import t from 'tap'
import { bytesIn, Given, handOver, inHand, sharedCopy } from '../../service/work/given.ts'

t.test('given bytes are taken once, by one job', async (t) => {
  const given = new Given(Uint8Array.of(1, 2, 3))
  t.equal(given.length, 3)
  t.strictSame(given.take(), Uint8Array.of(1, 2, 3))
  t.throws(() => given.take(), /another has them/)
})

t.test('handOver() moves what is given and copies what is lent', async (t) => {
  const lent = Uint8Array.of(1, 2, 3)
  const part = Buffer.from(new ArrayBuffer(100), 10, 4).fill(7)
  const own = Uint8Array.of(4, 5)
  const { message, buffers } = handOver({
    name: 'job',
    input: { list: [lent, new Given(part)], given: new Given(own) },
  })
  const sent = structuredClone(message, { transfer: buffers }) as {
    name: string
    input: { list: Uint8Array[]; given: Uint8Array }
  }
  t.equal(sent.name, 'job')
  t.strictSame([...sent.input.list[0]!], [1, 2, 3])
  t.strictSame([...sent.input.list[1]!], [7, 7, 7, 7])
  t.equal(sent.input.list[1]!.buffer.byteLength, 4, 'nothing beside a part of a buffer goes along')
  t.strictSame([...sent.input.given], [4, 5])
  t.strictSame(lent, Uint8Array.of(1, 2, 3), 'what was lent can be lent again')
  t.equal(own.length, 0, 'what was given is gone')
})

t.test('inHand() hands the same bytes on, and bytesIn() counts them', async (t) => {
  const lent = Uint8Array.of(1, 2, 3)
  const input = { lent, other: [new Given(Uint8Array.of(4))], text: 'ward', none: null }
  t.equal(bytesIn(input), 4)
  const job = inHand<{ lent: Uint8Array; other: Uint8Array[]; text: string; none: null }>(input)
  t.equal(job.lent, lent)
  t.strictSame([...job.other[0]!], [4])
  t.match(job, { text: 'ward', none: null })
})

t.test('handOver() neither moves nor copies what threads share', async (t) => {
  const shared = sharedCopy(Uint8Array.of(1, 2, 3))
  const { message, buffers } = handOver({ slices: [shared] })
  t.equal((message as { slices: Uint8Array[] }).slices[0], shared)
  t.strictSame(buffers, [])
  t.strictSame([...shared], [1, 2, 3])
})
