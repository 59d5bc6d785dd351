import { Fault } from '../domain/fault.ts'
import { say } from '../domain/said.ts'
import type { Metrics } from '../metrics/metrics.ts'
import type { SessionScope } from '../session/scope.ts'
import { newest } from './newest.ts'
import type { RedisConnection } from './redis.ts'
import { sealedState, STATE_BUDGETS } from './sealed-state.ts'
import { voteCounter, type VoteChoice } from './vote-tally.ts'

/** Who answered in which place, and the one vote. The question and the answers are not kept. */
export interface Battle {
  readonly id: string
  readonly at: number
  readonly a: string
  readonly b: string
  readonly vote: VoteChoice | null
}

/** The battles of one session, oldest first. No method takes an id of a session. */
export interface ArenaLog {
  /** @throws Fault `session-store-unavailable` when Redis does not answer, `no-session` when the session has ended */
  read(): Promise<readonly Battle[]>
  /** Past the cap the oldest battles are dropped. */
  add(battle: Battle): Promise<void>
  /**
   * Records a battle's vote and counts it in the shared tally, in one step: either both happen, once, or neither does.
   * @throws Fault `voted` when the battle already has a vote, `stale` when its contestants are no longer compared
   */
  vote(battle: Battle, choice: VoteChoice): Promise<Battle>
}

/** The seal and the text around the battles take less than 512 bytes of the budget. */
const MOST = { entries: 200, bytes: STATE_BUDGETS.arena - 512 } as const

/** @param contestants the closed list of names that votes are counted for */
export function arenaLog(
  redis: RedisConnection,
  scope: SessionScope,
  metrics: Metrics,
  contestants: readonly string[],
): ArenaLog {
  const state = sealedState<{ readonly battles: readonly Battle[] }>(redis, scope, metrics, 'arena', { battles: [] })
  return {
    read: async () => (await state.read()).battles,
    add: async (battle) => {
      await state.update(({ battles }) => ({ battles: newest([...battles, battle], MOST) }))
    },
    vote: async (battle, choice) => {
      const voted = { ...battle, vote: choice }
      await state.update(
        ({ battles }) => {
          const current = battles.find(({ id }) => id === battle.id)
          if (current === undefined) throw new Fault('not-found', say('nothing-with-id', {}))
          // The owner sees it, so that nothing is lost when the reply to a vote was lost.
          if (current.vote !== null)
            throw new Fault('voted', say('voted-already', { vote: current.vote, a: current.a, b: current.b }))
          return { battles: battles.map((other) => (other === current ? voted : other)) }
        },
        voteCounter(contestants, battle.a, battle.b, choice),
      )
      return voted
    },
  }
}
