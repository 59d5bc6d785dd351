import { hash } from 'node:crypto'
import { Fault } from '../domain/fault.ts'
import { say } from '../domain/said.ts'
import { endedKeyOf, STATE_NAMES, stateKeyOf } from '../session/scope.ts'
import { openForService, SealBroken, sealForService, secretIdOf, type SealSecrets } from '../session/seal.ts'
import { keysOfHash, recordKeyOf, REPLICA_TIMEOUT_MS, TOMBSTONE_MS } from './end-session.ts'
import { enqueueErasure } from './erasures.ts'
import { luaScript, type RedisConnection } from './redis.ts'

/** One of a person's own sessions, as its owner may see it. */
export interface OwnSession {
  /** Names the session among the person's own. It is no credential: 22 characters of base64url. */
  readonly handle: string
  /** The browser and the system in coarse words. */
  readonly device: string
  /** Milliseconds since 1970. */
  readonly signedInAt: number
}

/** What is kept of a session in its person's list, sealed. */
export interface ListedSession extends Omit<OwnSession, 'handle'> {
  readonly tokenHash: string
  readonly dataId: string
  /** The provider's name for its own session; null when it gave none. */
  readonly providerSession: string | null
}

export interface PersonSessionsOptions {
  readonly redis: RedisConnection
  /** A separate connection, because waiting for replicas blocks it. */
  readonly revoker: RedisConnection
  readonly logoutAcks: number
  readonly absoluteSeconds: number
  readonly sealSecrets: SealSecrets
}

/**
 * The sessions of one person, by the id of the person in a verified session's record.
 * Every method throws Fault `session-store-unavailable` when it could not be carried out or made permanent. What was
 * begun then has its effect, and a repeated call finishes it.
 */
export interface PersonSessions {
  /** The sessions that are alive, the newest first. */
  list(personId: string): Promise<readonly OwnSession[]>
  /**
   * Ends one session and deletes its data.
   * @throws Fault `not-found` when the person has no such session
   */
  endOne(personId: string, handle: string): Promise<void>
  /**
   * Ends all sessions but the one of this token, and deletes their data.
   * @throws Fault `no-session` when that one has ended itself
   */
  endOthers(personId: string, token: string): Promise<void>
  /** Ends all sessions of the person for every task, by the epoch, and deletes their data. */
  endAll(personId: string): Promise<void>
  /**
   * Ends all sessions of everybody for every task, by an epoch of all. Their data can be opened by nobody from then on;
   * the lifecycle of the bucket deletes them.
   */
  endEverybody(): Promise<void>
  /** Ends the oldest session of a person who has as many as one may have. */
  makeRoom(personId: string): Promise<void>
  /** Ends the sessions that were signed in under this session of the provider. */
  endProviderSession(personId: string, providerSession: string): Promise<void>
}

/** A person has a few devices; what is kept for one is bounded. */
const MOST_SESSIONS = 20
/** Longer than any session's absolute lifetime may be configured. */
const EPOCH_MS = 8 * 24 * 3_600_000

const LIST = luaScript("return {tag, unpack(redis.call('HGETALL', KEYS[1]))}", 'whenFull')

/** Which of the records exist and are later than the person's epoch and that of all: 1 or 0 for each. */
const ALIVE = luaScript(
  `
local epochOf = function(key) return tonumber(redis.call('GET', key) or '0') end
local epoch = math.max(epochOf(KEYS[1]), epochOf(KEYS[2]))
local alive = {tag}
for at = 3, #KEYS do
  local since = redis.call('HGET', KEYS[at], 'since')
  alive[at - 1] = since and tonumber(since) > epoch and 1 or 0
end
return alive`,
  'whenFull',
)

const FORGET = luaScript("redis.call('HDEL', KEYS[1], unpack(ARGV, 1, #ARGV - 1)) return {tag}", 'whenFull')

/** The epoch never goes back, though the clock may after a failover. */
const RAISE = luaScript(
  `
local epoch = math.max(now, tonumber(redis.call('GET', KEYS[1]) or '0'))
local own = KEYS[2] and redis.call('HGET', KEYS[2], 'since')
if KEYS[2] and not (own and tonumber(own) > tonumber(redis.call('GET', KEYS[1]) or '0')) then return {tag, 'ended'} end
if own then epoch = math.max(epoch, tonumber(own)) end
redis.call('SET', KEYS[1], string.format('%d', epoch), 'PX', ARGV[1])
if own then redis.call('HSET', KEYS[2], 'since', string.format('%d', epoch + 1)) end
return {tag, 'ok'}`,
  'whenFull',
)

/** The token dies in the same step in which its state is deleted and refuses late writes. */
const END = luaScript(
  `
redis.call('SET', KEYS[1], '1', 'PX', ARGV[1])
redis.call('SET', KEYS[2], '1', 'PX', ARGV[2])
redis.call('DEL', unpack(KEYS, 3))
return {tag}`,
  'whenFull',
)

/** By the token alone, so that the list can tell which session is the caller's. */
export function handleOf(token: string): string {
  return hash('sha256', `handle\n${token}`, 'base64url').slice(0, 22)
}

export function listKeyOf(personId: string): string {
  return `person:{${personId}}`
}

export function epochKeyOf(personId: string): string {
  return `epoch:{${personId}}`
}

/** In the place of a person's id, of which it is none: the sessions of everybody, signed in or not. */
const EVERYBODY = 'all'

/** An entry opens in its own place only: under its person and its handle. */
export function sealListed(secrets: SealSecrets, personId: string, handle: string, session: ListedSession): Buffer {
  return sealForService(secrets, 'own-session', `${listKeyOf(personId)}\n${handle}`, JSON.stringify(session))
}

export function personSessions(options: PersonSessionsOptions): PersonSessions {
  const { redis, revoker, logoutAcks, absoluteSeconds, sealSecrets } = options

  /**
   * What can be read of a person's list. An entry of a secret that is gone, or that this task does not know yet, is
   * left where it is: this task cannot open its session either, and the epoch ends it in any case.
   */
  const listed = async (
    personId: string,
  ): Promise<{ readonly entries: ReadonlyMap<string, ListedSession>; readonly unreadable: readonly string[] }> => {
    const fields = await redis.run(LIST, [listKeyOf(personId)], [])
    const entries = new Map<string, ListedSession>()
    const unreadable: string[] = []
    for (let at = 0; at + 1 < fields.length; at += 2) {
      const [handle, sealed] = [String(fields[at]), fields[at + 1]]
      if (!(sealed instanceof Buffer)) continue
      if (sealSecrets.some(({ id }) => id === secretIdOf(sealed)))
        entries.set(handle, openListed(sealSecrets, personId, handle, sealed))
      else unreadable.push(handle)
    }
    return { entries, unreadable }
  }

  const end = async (personId: string, sessions: ReadonlyMap<string, ListedSession>): Promise<void> => {
    for (const { tokenHash, dataId } of sessions.values()) {
      const { record, tombstone } = keysOfHash(tokenHash)
      const state = STATE_NAMES.map((name) => stateKeyOf(dataId, name))
      await revoker.run(END, [tombstone, endedKeyOf(dataId), record, ...state], [TOMBSTONE_MS, absoluteSeconds * 1000])
      await enqueueErasure(revoker, dataId)
    }
    await revoker.waitForReplicas(logoutAcks, REPLICA_TIMEOUT_MS)
    // Last, so that a repeated call finds what a failure left.
    if (sessions.size > 0) await revoker.run(FORGET, [listKeyOf(personId)], [...sessions.keys()])
  }

  const raise = async (personId: string, token?: string): Promise<void> => {
    const keys = [epochKeyOf(personId), ...(token === undefined ? [] : [recordKeyOf(token)])]
    const [outcome] = await revoker.run(RAISE, keys, [EPOCH_MS])
    if (outcome?.toString() === 'ended') throw new Fault('no-session', say('session-has-ended', {}))
    await revoker.waitForReplicas(logoutAcks, REPLICA_TIMEOUT_MS)
  }

  const list: PersonSessions['list'] = async (personId) => {
    const { entries } = await listed(personId)
    const records = [...entries.values()].map(({ tokenHash }) => keysOfHash(tokenHash).record)
    const alive =
      records.length === 0 ? [] : await redis.run(ALIVE, [epochKeyOf(personId), epochKeyOf(EVERYBODY), ...records], [])
    const gone = [...entries.keys()].filter((_handle, at) => alive[at] !== 1)
    if (gone.length > 0) await redis.run(FORGET, [listKeyOf(personId)], gone)
    return [...entries]
      .filter((_entry, at) => alive[at] === 1)
      .map(([handle, { device, signedInAt }]) => ({ handle, device, signedInAt }))
      .sort((one, other) => other.signedInAt - one.signedInAt)
  }

  const endOne: PersonSessions['endOne'] = async (personId, handle) => {
    const session = (await listed(personId)).entries.get(handle)
    if (session === undefined) throw new Fault('not-found', say('no-such-session', {}))
    await end(personId, new Map([[handle, session]]))
  }

  const endAll: PersonSessions['endAll'] = async (personId) => {
    const { unreadable } = await listed(personId)
    await raise(personId)
    await end(personId, (await listed(personId)).entries)
    // Those that were listed before are dead by the epoch, also where nobody can open them any more.
    if (unreadable.length > 0) await revoker.run(FORGET, [listKeyOf(personId)], [...unreadable])
  }

  return {
    list,
    endOne,

    async makeRoom(personId) {
      for (const { handle } of (await list(personId)).slice(MOST_SESSIONS - 1)) await endOne(personId, handle)
    },

    async endOthers(personId, token) {
      await raise(personId, token)
      const own = handleOf(token)
      await end(personId, new Map([...(await listed(personId)).entries].filter(([handle]) => handle !== own)))
    },

    endAll,

    async endEverybody() {
      await raise(EVERYBODY)
    },

    async endProviderSession(personId, providerSession) {
      const { entries, unreadable } = await listed(personId)
      const ended = [...entries].filter(([, session]) => session.providerSession === providerSession)
      // The session may be one that cannot be read here.
      if (unreadable.length === 0) await end(personId, new Map(ended))
      else await endAll(personId)
    },
  }
}

function openListed(secrets: SealSecrets, personId: string, handle: string, sealed: Buffer): ListedSession {
  try {
    const place = `${listKeyOf(personId)}\n${handle}`
    return JSON.parse(openForService(secrets, 'own-session', place, sealed)) as ListedSession
  } catch (error) {
    if (!(error instanceof SealBroken)) throw error
    throw new Fault('session-store-unavailable', say('session-list-not-opened', {}), {
      cause: error,
    })
  }
}
