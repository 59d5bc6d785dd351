import { Fault } from '../domain/fault.ts'
import { say } from '../domain/said.ts'
import type { VouchedPerson } from '../session/person.ts'
import { endedKeyOf, sealIdentity, signedInIdentity, type SessionIdentity } from '../session/scope.ts'
import { hashOfToken, recordKeyOf, REPLICA_TIMEOUT_MS, TOMBSTONE_MS, tombstoneKeyOf } from './end-session.ts'
import { epochKeyOf, handleOf, listKeyOf, sealListed, type PersonSessionsOptions } from './person-sessions.ts'
import { luaScript } from './redis.ts'

export interface SignInSessionOptions extends Omit<PersonSessionsOptions, 'redis'> {
  readonly idleSeconds: number
}

export interface SignInSteps {
  /** The session that signs in, as it was read in this request. */
  readonly from: { readonly token: string; readonly identity: SessionIdentity } | null
  /** What stands in where there is no such session, or where it has ended since. */
  readonly otherwise: SessionIdentity
  /** The token that nobody had before. */
  readonly token: string
  readonly person: VouchedPerson
  readonly device: string
}

/**
 * One step: the new record is there, the person's list names it, and the old token is dead. The record is later than
 * the person's epoch.
 * KEYS: new record, epoch, list, ended mark of the data; then, with an old session, its record and its tombstone.
 */
const SIGN_IN = luaScript(
  `
if redis.call('EXISTS', KEYS[1]) == 1 then return {tag, 'taken'} end
local epoch = tonumber(redis.call('GET', KEYS[2]) or '0')
if KEYS[5] then
  local old = redis.call('HMGET', KEYS[5], 'version', 'since')
  if not old[1] or redis.call('EXISTS', KEYS[4]) == 1 then return {tag, 'ended'} end
  if old[2] and tonumber(old[2]) <= epoch then return {tag, 'ended'} end
  redis.call('SET', KEYS[6], '1', 'PX', ARGV[4])
  redis.call('DEL', KEYS[5])
  redis.call('HDEL', KEYS[3], ARGV[7])
end
local absolute = now + tonumber(ARGV[3])
local idle = math.min(now + tonumber(ARGV[2]), absolute)
local since = math.max(now, epoch + 1)
redis.call('HSET', KEYS[1], 'sealed', ARGV[1], 'version', 1, 'absolute', absolute)
redis.call('HSET', KEYS[1], 'since', string.format('%d', since))
redis.call('PEXPIREAT', KEYS[1], idle)
redis.call('HSET', KEYS[3], ARGV[5], ARGV[6])
redis.call('PEXPIREAT', KEYS[3], math.max(absolute, redis.call('PEXPIRETIME', KEYS[3])))
return {tag, 'ok', absolute, idle, since}`,
  'write',
)

/**
 * Signs a session in: what it holds passes to a new token and its person, and the old token is dead for every task in
 * that instant. After a failure that leaves it unknown whether this was done, look for the record of the new token.
 * @returns the identity under the new token
 * @throws Fault `session-store-unavailable` when it is not known to have been done, or could not be made permanent
 */
export async function signInSession(
  { revoker, logoutAcks, idleSeconds, absoluteSeconds, sealSecrets }: SignInSessionOptions,
  { from, otherwise, token, person, device }: SignInSteps,
): Promise<SessionIdentity> {
  const attempt = async (base: SessionIdentity, oldToken: string | null): Promise<SessionIdentity | null> => {
    const identity = signedInIdentity(base, person)
    const sealed = sealIdentity(identity, sealSecrets, token)
    const dataId = sealed.split(' ')[3] ?? ''
    const handle = handleOf(token)
    const listed = sealListed(sealSecrets, person.personId, handle, {
      tokenHash: hashOfToken(token),
      dataId,
      device,
      signedInAt: Date.now(),
      providerSession: person.providerSession,
    })
    const [outcome, absoluteExpiresAt, idleExpiresAt, epoch] = await revoker.run(
      SIGN_IN,
      [
        recordKeyOf(token),
        epochKeyOf(person.personId),
        listKeyOf(person.personId),
        endedKeyOf(dataId),
        ...(oldToken === null ? [] : [recordKeyOf(oldToken), tombstoneKeyOf(oldToken)]),
      ],
      [
        sealed,
        idleSeconds * 1000,
        absoluteSeconds * 1000,
        TOMBSTONE_MS,
        handle,
        listed,
        oldToken === null ? handle : handleOf(oldToken),
      ],
    )
    if (outcome?.toString() !== 'ok') return null
    identity.record = {
      version: 1,
      absoluteExpiresAt: Number(absoluteExpiresAt),
      idleExpiresAt: Number(idleExpiresAt),
      epoch: Number(epoch),
    }
    return identity
  }

  const identity = (from && (await attempt(from.identity, from.token))) ?? (await attempt(otherwise, null))
  if (identity === null) throw new Fault('session-store-unavailable', say('session-not-signed-in', {}))
  // A failover must not bring the old token back.
  await revoker.waitForReplicas(logoutAcks, REPLICA_TIMEOUT_MS)
  return identity
}
