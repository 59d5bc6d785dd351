import { Agent } from 'undici'
import t from 'tap'
import { ownAddress } from '../../local/own-address.ts'
import { sessionCookie } from '../../service/session/cookie.ts'
import { tokenOf } from '../support/client.ts'
import { redis, s3, secrets, startService } from '../support/parts.ts'

const TOKENS = 10_000
const AT_ONCE = 50
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
/** Chi-square with 63 degrees of freedom is above this once in a million times (Wilson and Hilferty). */
const CHI_SQUARE_BOUND = 132

t.setTimeout(240_000)

t.test('10,000 session tokens are long, different and evenly spread', async (t) => {
  const service = await startService(t, { redis: await redis(t), s3: await s3(t) })
  const agent = new Agent({ connections: AT_ONCE })
  t.teardown(() => agent.destroy())
  const tokens: string[] = []
  let started = 0
  const start = async (): Promise<void> => {
    while (started < TOKENS) {
      started += 1
      // One address may not start this many.
      const headers = { 'x-forwarded-for': ownAddress(started) }
      const reply = await agent.request({ origin: service.url, path: '/api/session', method: 'POST', headers })
      await reply.body.dump()
      if (reply.statusCode === 201) tokens.push(tokenOf(String([reply.headers['set-cookie']].flat()[0]).split(';')[0]))
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, start))
  t.ok(tokens.length >= TOKENS * 0.99, `${String(tokens.length)} sessions were started`)
  t.equal(new Set(tokens).size, tokens.length, 'none comes twice')
  t.strictSame(
    tokens.filter((token) => !/^[A-Za-z0-9_-]{22,}$/.test(token)),
    [],
    'each has 128 bits or more',
  )
  const counts = new Map<string, number>()
  for (const character of tokens.join('')) counts.set(character, (counts.get(character) ?? 0) + 1)
  const expected = tokens.join('').length / ALPHABET.length
  const chiSquare = [...ALPHABET].reduce((sum, one) => sum + ((counts.get(one) ?? 0) - expected) ** 2 / expected, 0)
  t.ok(chiSquare < CHI_SQUARE_BOUND, `chi-square ${chiSquare.toFixed(1)} of all characters`)
})

t.test('the time of a refusal does not tell how much of a signature is right', (t) => {
  const cookie = sessionCookie('local', [secrets().cookieSecrets])
  const right = cookie.valueOf('A'.repeat(32))
  const wrongAt = (place: number): string => {
    const at = place < 0 ? right.length + place : place
    return `${right.slice(0, at)}${right[at] === 'A' ? 'B' : 'A'}${right.slice(at + 1)}`
  }
  const values = [wrongAt(right.lastIndexOf('.') + 1), wrongAt(-1)] as const
  t.strictSame(
    values.map((value) => cookie.tokenOf(value)),
    [null, null],
  )
  const times: [number[], number[]] = [[], []]
  for (let sample = 0; sample < 20_000; sample += 1) {
    // In turns, and each as often first, so that both meet the same machine.
    for (const which of sample % 2 === 0 ? ([0, 1] as const) : ([1, 0] as const)) {
      const begin = process.hrtime.bigint()
      cookie.tokenOf(values[which])
      times[which].push(Number(process.hrtime.bigint() - begin))
    }
  }
  const score = Math.abs(welch(...(times.map(withoutStalls) as [number[], number[]])))
  t.ok(score < 4.5, `Welch's t is ${score.toFixed(2)}`)
  t.end()
})

/** The fastest nine of ten: what is slower met another program. */
function withoutStalls(times: readonly number[]): number[] {
  return times.toSorted((one, other) => one - other).slice(0, Math.floor(times.length * 0.9))
}

/** Welch's t of two samples. */
function welch(one: readonly number[], other: readonly number[]): number {
  const [a, b] = [momentsOf(one), momentsOf(other)]
  return (a.mean - b.mean) / Math.sqrt(a.variance / one.length + b.variance / other.length)
}

function momentsOf(values: readonly number[]): { mean: number; variance: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  return { mean, variance: values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1) }
}
