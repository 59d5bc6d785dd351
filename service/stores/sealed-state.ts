import { setTimeout as pause } from 'node:timers/promises'
import { Fault } from '../domain/fault.ts'
import { say } from '../domain/said.ts'
import type { Metrics } from '../metrics/metrics.ts'
import { SealBroken } from '../session/seal.ts'
import type { SessionScope, StateName } from '../session/scope.ts'
import { luaScript, type RedisConnection } from './redis.ts'

/** One piece of a session's state in Redis. No method takes an id of a session. */
export interface SealedState<State> {
  /** @throws Fault `session-store-unavailable` when Redis does not answer, `no-session` when the session has ended */
  read(): Promise<State>
  /**
   * Changes the state by compare-and-set: `change` gets the latest state and runs again when another request was
   * quicker. Its errors are passed on, and nothing is changed.
   * @param counter increased by one in the same step as the change: either both happen or neither does
   * @throws Fault `conflict` when other requests kept being quicker, `session-full` when it would exceed the budget;
   * nothing was changed
   */
  update(change: (current: State) => State, counter?: Counter): Promise<State>
}

/** A count that all sessions share: the field of a Redis hash, named by this service from a closed list. */
export interface Counter {
  readonly key: string
  readonly field: string
}

/** How many sealed bytes of it a session may keep in Redis. Sessions are free, so the cost of each is bounded. */
export const STATE_BUDGETS = {
  workspace: 64 * 1024,
  chat: 64 * 1024,
  arena: 16 * 1024,
} as const satisfies Record<StateName, number>

const ATTEMPTS = 12
/**
 * Release 0.1.0 did not write one, which means 1. A later form only adds properties, so that two releases may serve one
 * session.
 */
const FORMAT = 2
/** The nonce is in the first sealed bytes, so no two writes begin alike. */
const BEGINNING_BYTES = 32

const READ = luaScript(
  `
if redis.call('EXISTS', KEYS[2]) == 1 then return {tag, 'ended'} end
local state = redis.call('HMGET', KEYS[1], 'sealed', 'version')
if not state[1] then return {tag, 'ok', 0, ''} end
return {tag, 'ok', tonumber(state[2]), state[1]}`,
  'whenFull',
)

// After a failover that lost writes, a version number is used again, so the state is also identified by its own bytes.
// The state expires with the idle session, and never before the deadline that a later request has set.
// A state that an earlier release let grow beyond the budget may still shrink.
// A script that fails does not undo anything, so the count, which may fail, comes first.
const WRITE = luaScript(
  `
if redis.call('EXISTS', KEYS[2]) == 1 then return {tag, 'ended'} end
local state = redis.call('HMGET', KEYS[1], 'version', 'sealed')
local version = tonumber(state[1] or '0')
if version ~= tonumber(ARGV[1]) then return {tag, 'changed'} end
if string.sub(state[2] or '', 1, #ARGV[5]) ~= ARGV[5] then return {tag, 'changed'} end
if #ARGV[2] > tonumber(ARGV[6]) and #ARGV[2] >= #(state[2] or '') then return {tag, 'full'} end
if KEYS[3] then redis.call('HINCRBY', KEYS[3], ARGV[4], 1) end
redis.call('HSET', KEYS[1], 'sealed', ARGV[2], 'version', version + 1)
redis.call('PEXPIREAT', KEYS[1], math.max(tonumber(ARGV[3]), redis.call('PEXPIRETIME', KEYS[1])))
return {tag, 'ok'}`,
  'write',
)

/**
 * Sealed under the session's data key, deleted with the session, and refused once the session has ended.
 * @param empty the state before the first write; its properties stand in for those that an earlier release did not
 * write
 */
export function sealedState<State extends object>(
  redis: RedisConnection,
  scope: SessionScope,
  metrics: Metrics,
  name: StateName,
  empty: State,
): SealedState<State> {
  const key = scope.stateKey(name)
  const keys = [key, scope.endedKey()]

  const load = async (): Promise<{ version: number; beginning: Buffer; value: State }> => {
    const [outcome, version, sealed] = await redis.run(READ, keys, [])
    refuseEnded(outcome)
    if (typeof version !== 'number' || !(sealed instanceof Buffer)) throw broken(metrics)
    return {
      version,
      beginning: sealed.subarray(0, BEGINNING_BYTES),
      value: version === 0 ? empty : { ...empty, ...openState<State>(scope, placeOf(key, version), sealed, metrics) },
    }
  }

  return {
    read: async () => (await load()).value,
    update: async (change, counter) => {
      for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
        const { version, beginning, value } = await load()
        const changed = change(value)
        const sealed = scope.seal(
          placeOf(key, version + 1),
          Buffer.from(JSON.stringify({ ...changed, format: FORMAT })),
        )
        const [outcome] = await redis.run(
          WRITE,
          [...keys, ...(counter === undefined ? [] : [counter.key])],
          [version, sealed, scope.idleExpiresAt, counter?.field ?? '', beginning, STATE_BUDGETS[name]],
        )
        refuseEnded(outcome)
        if (outcome?.toString() === 'ok') return changed
        if (outcome?.toString() === 'full') throw full(name)
        await pause(Math.random() * 5 * attempt)
      }
      throw new Fault('conflict', say('session-kept-changing', {}))
    },
  }
}

function full(name: StateName): Fault {
  return new Fault('session-full', say('session-state-full', { kib: STATE_BUDGETS[name] / 1024, part: name }))
}

// The version is part of the place, so that an older sealed state cannot pass for the current one.
function placeOf(key: string, version: number): string {
  return `${key}\n${String(version)}`
}

function refuseEnded(outcome: Buffer | number | null | undefined): void {
  if (outcome?.toString() === 'ended') throw new Fault('no-session', say('session-has-ended', {}))
}

function openState<State>(scope: SessionScope, place: string, sealed: Buffer, metrics: Metrics): Partial<State> {
  try {
    const { format = 1, ...state } = JSON.parse(scope.open(place, sealed).toString()) as Partial<State> & {
      readonly format?: number
    }
    if (format > FORMAT) throw new Fault('session-store-unavailable', say('session-of-newer-release', {}))
    return state as Partial<State>
  } catch (error) {
    throw error instanceof SealBroken ? broken(metrics, error) : error
  }
}

function broken(metrics: Metrics, cause?: unknown): Fault {
  metrics.isolationViolation('seal')
  return new Fault('session-store-unavailable', say('session-state-not-opened', {}), { cause })
}
