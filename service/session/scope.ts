import { randomBytes } from 'node:crypto'
import type { SealSecret } from '../config/config.ts'
import { isSame, mac } from './mac.ts'
import { openUnderDataKey, sealUnderDataKey, type SealSecrets } from './seal.ts'
import { readRecord, writeRecord } from './session-record.ts'

const MINT = Symbol('mint')
const ID = /^[A-Za-z0-9_-]{32}$/
const RANDOM_CHARS = 16
const MARK_CHARS = 8

/** Whose an id is: this session's, another session's, or not an id of this service. */
export type IdOrigin = 'own' | 'foreign' | 'unknown'

/** Safe single segments of object keys and the closed set of state keys. */
export const STATE_NAMES = ['workspace', 'chat', 'arena'] as const
export type StateName = (typeof STATE_NAMES)[number]

/** Times in milliseconds since 1970, by Redis's clock. */
export interface RecordState {
  readonly version: number
  readonly absoluteExpiresAt: number
  readonly idleExpiresAt: number
}

/**
 * Who a verified session is: the data it owns and the key that opens them.
 * `#dataKey` is the guarantee: no code outside this file can write, cast or parse an object that has it.
 */
class Identity {
  readonly createdAt: number
  /** Its record when it was last read or written; null before the first write. */
  record: RecordState | null = null
  readonly #dataId: string
  #dataKey: string | (() => string)

  /** @param dataKey 256 bits in base64url, or what opens it */
  constructor(mint: symbol, dataId: string, dataKey: string | (() => string), createdAt: number) {
    if (mint !== MINT) throw new Error('Cannot make an identity by hand')
    this.#dataId = dataId
    this.#dataKey = dataKey
    this.createdAt = createdAt
  }

  /** What @fastify/session hashes to see whether the record changed. A log could show no more. */
  toJSON(): string {
    return this.#dataId
  }

  static is(value: unknown): value is Identity {
    return typeof value === 'object' && value !== null && #dataKey in value
  }

  /** Opened at the first use and kept for the request. */
  static dataKey(identity: Identity): string {
    if (typeof identity.#dataKey === 'function') identity.#dataKey = identity.#dataKey()
    return identity.#dataKey
  }

  static scope(identity: Identity, idSecrets: SealSecrets, { idleExpiresAt }: RecordState): SessionScope {
    return new Scope(MINT, identity.#dataId, identity, idSecrets, idleExpiresAt)
  }

  static write(identity: Identity, secrets: SealSecrets, token: string): string {
    return writeRecord(
      secrets,
      token,
      { dataId: identity.#dataId, createdAt: identity.createdAt },
      Identity.dataKey(identity),
    )
  }
}

export type SessionIdentity = Identity

/** The identity of a new person: a data id and a data key that nobody had before. */
export function newIdentity(now: number): SessionIdentity {
  return new Identity(MINT, randomBytes(24).toString('base64url'), randomBytes(32).toString('base64url'), now)
}

/** The record to store. */
export function sealIdentity(identity: SessionIdentity, secrets: SealSecrets, token: string): string {
  return Identity.write(identity, secrets, token)
}

/**
 * The only way to the identity of an existing session: its record, its token and our secret together.
 * @throws SealBroken when the record was not made for this token, or was altered
 */
export function openIdentity(record: string, secrets: SealSecrets, token: string): SessionIdentity {
  const { dataId, createdAt, openDataKey } = readRecord(record, secrets, token)
  return new Identity(MINT, dataId, openDataKey, createdAt)
}

/**
 * Proof that one live request was made by one verified session, and the only name of that session's data.
 * It is closed when the reply has gone, and work that outlives its request finds no name and no key.
 */
class Scope {
  /** When the session ends unless another request puts that off. */
  readonly idleExpiresAt: number
  #dataId: string | null
  #identity: SessionIdentity | null
  readonly #idSecrets: SealSecrets

  constructor(mint: symbol, dataId: string, identity: SessionIdentity, idSecrets: SealSecrets, idleExpiresAt: number) {
    if (mint !== MINT) throw new Error('Cannot make a scope by hand: scopeOf() is the one mint')
    this.#dataId = dataId
    this.#identity = identity
    this.#idSecrets = idSecrets
    this.idleExpiresAt = idleExpiresAt
  }

  /** Names this session's data in replies and object keys. It is not a credential. */
  get dataId(): string {
    if (this.#dataId === null) throw new Error('Cannot reach user data: the reply has been sent')
    return this.#dataId
  }

  /** Stored with every object that is not sealed, and compared at every read. */
  get ownerTag(): string {
    return this.#mark('owner', '').slice(0, 22)
  }

  /** All keys of one session share a hash tag, so that one script may touch them together. */
  stateKey(name: StateName): string {
    return `data:{${this.dataId}}:${name}`
  }

  endedKey(): string {
    return `ended:{${this.dataId}}`
  }

  /** @param name segments of `[A-Za-z0-9_-][A-Za-z0-9._-]*`, made by the server, never by a client */
  objectKey(name: string): string {
    if (!/^(?:[A-Za-z0-9_-][A-Za-z0-9._-]{0,63}\/){0,2}[A-Za-z0-9_-][A-Za-z0-9._-]{0,63}$/.test(name)) {
      throw new RangeError(`Cannot use ${JSON.stringify(name)} as an object name`)
    }
    return `sessions/${this.dataId}/${name}`
  }

  seal(place: string, plaintext: Uint8Array): Buffer {
    return sealUnderDataKey(this.#key(), place, plaintext)
  }

  /** @throws SealBroken when the bytes were not sealed for this session and this place */
  open(place: string, envelope: Buffer): Buffer {
    return openUnderDataKey(this.#key(), place, envelope)
  }

  /** A new id: random part, a mark that this service minted it, a mark of its owner. 32 characters of base64url. */
  mintId(): string {
    const random = randomBytes(12).toString('base64url')
    return random + serviceMark(this.#idSecrets[0], random) + this.#mark('id', random).slice(0, MARK_CHARS)
  }

  /** Tells whose an id is by its marks alone, without any store. */
  originOf(id: string): IdOrigin {
    if (!ID.test(id)) return 'unknown'
    const random = id.slice(0, RANDOM_CHARS)
    const minted = id.slice(RANDOM_CHARS, RANDOM_CHARS + MARK_CHARS)
    if (!this.#idSecrets.some((secret) => isSame(minted, serviceMark(secret, random)))) return 'unknown'
    return isSame(id.slice(RANDOM_CHARS + MARK_CHARS), this.#mark('id', random).slice(0, MARK_CHARS))
      ? 'own'
      : 'foreign'
  }

  close(): void {
    this.#dataId = null
    this.#identity = null
  }

  toJSON(): string {
    return '[SessionScope]'
  }

  #key(): string {
    if (this.#identity === null) throw new Error('Cannot reach user data: the reply has been sent')
    return Identity.dataKey(this.#identity)
  }

  #mark(purpose: 'owner' | 'id', text: string): string {
    return mac(this.#key(), purpose, text)
  }
}

export type SessionScope = Scope

/**
 * Mints the scope of a request from its verified session. Only the session-bound part of the app calls it.
 * @param session what @fastify/session left on the request: `{}` where its cookie path did not match, null once ended
 * @throws Error when the session holds no identity that a sealed record vouched for
 */
export function scopeOf(session: { identity?: unknown } | null | undefined, idSecrets: SealSecrets): SessionScope {
  if (!Identity.is(session?.identity) || session.identity.record === null) {
    throw new Error('Cannot mint a scope: the request carries no verified session')
  }
  return Identity.scope(session.identity, idSecrets, session.identity.record)
}

function serviceMark({ secret }: SealSecret, random: string): string {
  return mac(secret, 'minted-id', random).slice(0, MARK_CHARS)
}
