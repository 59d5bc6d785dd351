import type { Test } from 'tap'
import type { Person, Reply } from './client.ts'
import { pagePaths } from './page-paths.ts'

/** The most time that a route may take to say that its session store cannot be reached. */
export const CLOSED_MS = 300
/** The most time until everything works again after its parts are back. */
export const BACK_MS = 1_000
const AT_ONCE_MS = 100
/** What needs no session and asks nobody. */
const untouched = (): readonly string[] => ['/livez', '/', '/openapi.json', pagePaths().script]

/** Holds a refusal to the contract: 503 of this kind, `Retry-After`, `no-store`, no cookie, no internals. */
export function isClosed(
  t: Test,
  reply: Reply,
  withinMs: number,
  what: string,
  kind = 'session-store-unavailable',
): void {
  const { type, requestId, detail } = reply.json<Record<string, string>>()
  t.strictSame([reply.status, type], [503, `urn:chatmrpt:problem:${kind}`], `${what}: 503 ${kind}`)
  t.match(reply.headers['retry-after'], /^[1-9]\d?$/, `${what}: with Retry-After`)
  t.equal(reply.headers['cache-control'], 'no-store')
  t.equal(reply.headers['x-request-id'], requestId)
  t.equal(reply.headers['set-cookie'], undefined, `${what}: no cookie is set or cleared`)
  t.notMatch(detail, /127\.0\.0\.1|ECONN|sess:|timeout|ioredis|Error/i, `${what}: tells nothing of the inside`)
  t.ok(reply.ms < withinMs, `${what}: within ${String(withinMs)} ms (${reply.ms.toFixed(0)} ms)`)
}

/**
 * Holds the reply to `ask` to `isClosed`. A late reply is asked for once more, since a stalled machine makes one reply
 * late, while a broken deadline makes all of them late.
 */
export async function closes(t: Test, ask: () => Promise<Reply>, withinMs: number, what: string): Promise<void> {
  const reply = await ask()
  isClosed(t, reply.ms < withinMs ? reply : await ask(), withinMs, what)
}

/** Checks that routes without a session still work, for somebody who has one. */
export async function isUntouched(t: Test, who: Person): Promise<void> {
  for (const path of untouched()) {
    let reply = await who.get(path)
    // A stalled machine makes a reply late now and then; a reply that waits for Redis is late every time.
    for (let again = 0; reply.ms > AT_ONCE_MS && again < 4; again++) reply = await who.get(path)
    t.equal(reply.status, 200, `${path} with a cookie`)
    t.ok(reply.ms < AT_ONCE_MS, `${path} at once (${reply.ms.toFixed(0)} ms)`)
  }
  t.equal((await who.get('/nowhere')).status, 404)
}
