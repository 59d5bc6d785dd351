import { hash } from 'node:crypto'
import { enqueueErasure } from './erasures.ts'
import { luaScript, type RedisConnection } from './redis.ts'
import { STATE_NAMES, type SessionScope } from '../session/scope.ts'

export const TOMBSTONE_MS = 300_000
export const REPLICA_TIMEOUT_MS = 150

const END_DATA = luaScript(
  `
redis.call('SET', KEYS[1], '1', 'PX', ARGV[1])
redis.call('DEL', unpack(KEYS, 2))
return {tag}`,
  'whenFull',
)
const REVOKE = luaScript(
  `
redis.call('SET', KEYS[2], '1', 'PX', ARGV[1])
redis.call('DEL', KEYS[1])
return {tag}`,
  'whenFull',
)

export interface EndSessionOptions {
  /** A separate connection, because waiting for replicas blocks it. */
  readonly revoker: RedisConnection
  readonly logoutAcks: number
  readonly absoluteSeconds: number
}

/** Reading Redis does not give a usable credential: the record's name is the token's hash. */
export function recordKeyOf(token: string): string {
  return keysOfHash(hashOfToken(token)).record
}

export function tombstoneKeyOf(token: string): string {
  return keysOfHash(hashOfToken(token)).tombstone
}

export function hashOfToken(token: string): string {
  return hash('sha256', token, 'base64url')
}

export function keysOfHash(tokenHash: string): { readonly record: string; readonly tombstone: string } {
  return { record: `sess:{${tokenHash}}`, tombstone: `tomb:{${tokenHash}}` }
}

/**
 * Ends a session for every task from this moment. First its state is deleted and refuses late writes, then its objects
 * are queued for erasure, then its token becomes invalid. In this order, a repeated call finishes what a failure
 * interrupted.
 * @param scope null when the record is already gone and only the token has to be made invalid
 * @throws Fault `session-store-unavailable` when it could not be made permanent
 */
export async function endSession(
  { revoker, logoutAcks, absoluteSeconds }: EndSessionOptions,
  token: string,
  scope: SessionScope | null,
): Promise<void> {
  if (scope !== null) {
    await revoker.run(
      END_DATA,
      [scope.endedKey(), ...STATE_NAMES.map((name) => scope.stateKey(name))],
      [absoluteSeconds * 1000],
    )
    await enqueueErasure(revoker, scope.dataId)
  }
  await revoker.run(REVOKE, [recordKeyOf(token), tombstoneKeyOf(token)], [TOMBSTONE_MS])
  await revoker.waitForReplicas(logoutAcks, REPLICA_TIMEOUT_MS)
}
