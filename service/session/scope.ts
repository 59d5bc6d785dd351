import { randomBytes } from 'node:crypto'
import type { SealSecret } from '../config/config.ts'
import { isSame, mac } from './mac.ts'
import type { SignedInPerson, VouchedPerson } from './person.ts'
import { openUnderDataKey, sealUnderDataKey, type SealSecrets } from './seal.ts'
import { readRecord, writeRecord, type SealedPart } from './session-record.ts'

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
  /** When the session was signed in; 0 in an anonymous one. */
  readonly epoch: number
}

/**
 * Who a verified session is: the data it owns, the key that opens them, and the person who has signed in.
 * `#sealed` is the guarantee: no code outside this file can write, cast or parse an object that has it.
 */
class Identity {
  readonly createdAt: number
  /** Its record when it was last read or written; null before the first write. */
  record: RecordState | null = null
  readonly #dataId: string
  readonly #hasPerson: boolean
  #sealed: SealedPart | (() => SealedPart)

  /** @param sealed key and person, or what opens them */
  constructor(
    mint: symbol,
    dataId: string,
    hasPerson: boolean,
    sealed: SealedPart | (() => SealedPart),
    createdAt: number,
  ) {
    if (mint !== MINT) throw new Error('Cannot make an identity by hand')
    this.#dataId = dataId
    this.#hasPerson = hasPerson
    this.#sealed = sealed
    this.createdAt = createdAt
  }

  /** What @fastify/session hashes to see whether the record changed. A log could show no more. */
  toJSON(): string {
    return this.#dataId
  }

  static is(value: unknown): value is Identity {
    return typeof value === 'object' && value !== null && #sealed in value
  }

  /** Opened at the first use and kept for the request. */
  static open(identity: Identity): SealedPart {
    if (typeof identity.#sealed === 'function') identity.#sealed = identity.#sealed()
    return identity.#sealed
  }

  static person(identity: Identity): SignedInPerson | null {
    // A request of an anonymous session that touches no data opens nothing.
    if (!identity.#hasPerson) return null
    const { person } = Identity.open(identity)
    return person === null ? null : { ...person, epoch: identity.record?.epoch ?? 0 }
  }

  /** The same data in the hands of a person who has signed in. */
  static signedIn(identity: Identity, person: VouchedPerson): Identity {
    const { dataKey } = Identity.open(identity)
    return new Identity(MINT, identity.#dataId, true, { dataKey, person }, identity.createdAt)
  }

  static scope(identity: Identity, idSecrets: SealSecrets, { idleExpiresAt }: RecordState): SessionScope {
    return new Scope(MINT, identity.#dataId, identity, idSecrets, idleExpiresAt)
  }

  static write(identity: Identity, secrets: SealSecrets, token: string): string {
    return writeRecord(
      secrets,
      token,
      { dataId: identity.#dataId, createdAt: identity.createdAt },
      Identity.open(identity),
    )
  }
}

export type SessionIdentity = Identity

/** The identity of a new person: a data id and a data key that nobody had before. */
export function newIdentity(now: number): SessionIdentity {
  const dataKey = randomBytes(32).toString('base64url')
  return new Identity(MINT, randomBytes(24).toString('base64url'), false, { dataKey, person: null }, now)
}

/**
 * The identity after a sign-in: what the session holds stays, and its data key is wrapped again with the record.
 * @throws SealBroken when the record's sealed part does not open
 */
export function signedInIdentity(identity: SessionIdentity, person: VouchedPerson): SessionIdentity {
  return Identity.signedIn(identity, person)
}

/**
 * The person who has signed in, or null.
 * @throws SealBroken when the record's sealed part does not open
 */
export function personOf(identity: SessionIdentity): SignedInPerson | null {
  return Identity.person(identity)
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
  const { dataId, createdAt, hasPerson, open } = readRecord(record, secrets, token)
  return new Identity(MINT, dataId, hasPerson, open, createdAt)
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

  /** Who has signed in; null in an anonymous session. */
  get person(): SignedInPerson | null {
    if (this.#identity === null) throw new Error('Cannot reach user data: the reply has been sent')
    return Identity.person(this.#identity)
  }

  /** Stored with every object that is not sealed, and compared at every read. */
  get ownerTag(): string {
    return this.#mark('owner', '').slice(0, 22)
  }

  /** All keys of one session share a hash tag, so that one script may touch them together. */
  stateKey(name: StateName): string {
    return stateKeyOf(this.dataId, name)
  }

  endedKey(): string {
    return endedKeyOf(this.dataId)
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
    return Identity.open(this.#identity).dataKey
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

/** For the store that ends a session by its entry in a person's list; any other has a scope. */
export function stateKeyOf(dataId: string, name: StateName): string {
  return `data:{${dataId}}:${name}`
}

/** For the store that ends a session by its entry in a person's list; any other has a scope. */
export function endedKeyOf(dataId: string): string {
  return `ended:{${dataId}}`
}

function serviceMark({ secret }: SealSecret, random: string): string {
  return mac(secret, 'minted-id', random).slice(0, MARK_CHARS)
}
