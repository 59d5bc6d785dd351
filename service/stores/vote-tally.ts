import { Fault } from '../domain/fault.ts'
import { say } from '../domain/said.ts'
import type { PairCounts } from '../domain/arena/rating.ts'
import { luaScript, type RedisConnection } from './redis.ts'
import type { Counter } from './sealed-state.ts'

/** `a` and `b`: that answer was better; `tie`: both were as good; `bad`: neither was any good. */
export type VoteChoice = 'a' | 'b' | 'tie' | 'bad'

/**
 * The votes of all sessions together. It holds only names from a closed list and counts: no text, no session, no time.
 */
export interface VoteTally {
  /** @throws Fault `session-store-unavailable` when Redis does not answer */
  read(): Promise<PairCounts[]>
}

const TALLY_KEY = 'arena:tally'

const READ = luaScript(
  `
local fields = redis.call('HGETALL', KEYS[1])
return {tag, unpack(fields)}`,
  'whenFull',
)

/** @param contestants the closed list; counts for other names are left out */
export function voteTally(redis: RedisConnection, contestants: readonly string[]): VoteTally {
  return {
    async read() {
      const reply = await redis.run(READ, [TALLY_KEY], [])
      const counts = new Map<string, number>()
      for (let at = 0; at + 1 < reply.length; at += 2) counts.set(String(reply[at]), Number(reply[at + 1]))
      const count = (a: string, b: string, choice: VoteChoice): number => counts.get(fieldOf(a, b, choice)) ?? 0
      return contestants.flatMap((a) =>
        contestants
          .filter((b) => b !== a)
          .map((b) => ({
            a,
            b,
            winsA: count(a, b, 'a'),
            winsB: count(a, b, 'b'),
            ties: count(a, b, 'tie'),
            bad: count(a, b, 'bad'),
          })),
      )
    },
  }
}

/**
 * What one vote increases.
 * @throws Fault `stale` when a name is not on the closed list: its model is no longer configured
 */
export function voteCounter(contestants: readonly string[], a: string, b: string, choice: VoteChoice): Counter {
  if (!contestants.includes(a) || !contestants.includes(b)) throw new Fault('stale', say('contestants-changed', {}))
  return { key: TALLY_KEY, field: fieldOf(a, b, choice) }
}

function fieldOf(a: string, b: string, choice: VoteChoice): string {
  return `${a}/${b}/${choice}`
}
