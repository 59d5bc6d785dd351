import { RATE_LIMITS, type Rate, type RateLimit, type RateLimitName } from '../config/rate-limits.ts'
import { Fault } from '../domain/fault.ts'
import { say, type PlainKind } from '../domain/said.ts'
import type { Metrics } from '../metrics/metrics.ts'
import { mac } from '../session/mac.ts'
import { networkOf } from '../session/network-of.ts'
import { luaScript, type RedisConnection } from './redis.ts'

/** Who asks. */
export interface Caller {
  /** The client's address. */
  readonly address: string
  /** The id of the person who has signed in, or else of the session's data; none before there is a session. */
  readonly id?: string
}

/** The limits of `service/config/rate-limits.ts`, counted for all tasks together. */
export interface RateLimits {
  /**
   * Takes one of what a limit counts. What is refused is not counted.
   * @throws Fault `too-many` when the limit is reached, with the time until the next one is taken
   * @throws Fault `session-store-unavailable` when the limit cannot be checked
   */
  take(name: RateLimitName, caller: Caller): Promise<void>
}

/**
 * Stored for each key: the time at which what was taken is made up for, one each interval (the generic cell rate
 * algorithm, ITU-T I.371). The key expires at that time, so that only recent callers are remembered. For each key come
 * two arguments, interval in milliseconds and burst. All keys are charged, or none when one of them is over its limit.
 */
const TAKE = luaScript(
  `
local waits, over = 0, 0
local madeUpFor = {}
for at, key in ipairs(KEYS) do
  local interval = tonumber(ARGV[2 * at - 1])
  madeUpFor[at] = math.max(now, tonumber(redis.call('GET', key) or '0')) + interval
  local wait = madeUpFor[at] - now - interval * tonumber(ARGV[2 * at])
  if wait > waits then waits, over = wait, at end
end
if over > 0 then return {tag, 'too-many', over, waits} end
for at, key in ipairs(KEYS) do
  redis.call('SET', key, string.format('%d', madeUpFor[at]), 'PX', string.format('%d', madeUpFor[at] - now))
end
return {tag, 'ok'}`,
  'write',
)

/** @param secret the key of the MAC that stands for a caller, so that reading Redis reveals neither address nor id */
export function rateLimits(redis: RedisConnection, secret: string, metrics: Metrics): RateLimits {
  return {
    async take(name, { address, id }) {
      const limit: RateLimit = RATE_LIMITS[name]
      const keyOf = (kind: string, value: string): string =>
        `limit:{${mac(secret, 'limit', `${name}\n${kind}\n${value}`)}}`
      const counted: readonly Counted[] = [
        { key: keyOf('network', networkOf(address)), rate: limit.ofNetwork, refusal: 'too-many-from-network' },
        ...(id === undefined || limit.ofCaller === undefined
          ? []
          : [{ key: keyOf('caller', id), rate: limit.ofCaller, refusal: 'too-many-from-you' as const }]),
      ]
      const [outcome, over, waitMs] = await redis.run(
        TAKE,
        counted.map(({ key }) => key),
        counted.flatMap(({ rate }) => [rate.everyMs, rate.burst]),
      )
      if (outcome?.toString() === 'ok') return
      metrics.rateLimitRefusal(name)
      const reached = counted[Number(over) - 1]
      if (reached === undefined) throw new Error('A limit was reached that was not asked about')
      throw tooMany(reached, limit.what, Math.ceil(Number(waitMs) / 1_000))
    },
  }
}

interface Counted {
  readonly key: string
  readonly rate: Rate
  readonly refusal: 'too-many-from-you' | 'too-many-from-network'
}

function tooMany({ rate: { burst, everyMs }, refusal }: Counted, what: PlainKind, seconds: number): Fault {
  const wait = seconds === 1 ? say('one-second', {}) : say('several-seconds', { seconds })
  return new Fault('too-many', say(refusal, { burst, what: say(what, {}), everyMs, wait }), {
    retryAfterSeconds: seconds,
  })
}
