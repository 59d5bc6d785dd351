import { randomBytes } from 'node:crypto'
import { isSame, mac } from './mac.ts'
import type { Person } from './person.ts'
import type { IdOrigin } from './scope.ts'
import {
  openForPerson,
  openUnderDataKey,
  sealUnderDataKey,
  secretIdOf,
  wrapForPerson,
  type SealSecrets,
} from './seal.ts'

const ID = /^[A-Za-z0-9_-]{40}$/
const RANDOM_CHARS = 24
const MARK_CHARS = 8

/**
 * The key of one saved project. What is sealed with it opens with it alone, and only in the place it was sealed for.
 * `#key` never leaves this file but wrapped for its person.
 */
export class ProjectKey {
  readonly #key: string

  /** @param key 256 bits in base64url */
  private constructor(key: string) {
    this.#key = key
  }

  static make(): ProjectKey {
    return new ProjectKey(randomBytes(32).toString('base64url'))
  }

  /** @throws SealBroken when it was wrapped for another person or another place, or was altered */
  static open(secrets: SealSecrets, person: Person, place: string, wrapped: Buffer): ProjectKey {
    return new ProjectKey(openForPerson(secrets, person, place, wrapped))
  }

  wrap(secrets: SealSecrets, person: Person, place: string): Buffer {
    return wrapForPerson(secrets, person, place, this.#key)
  }

  /** Stored with every object of the project, and compared at every read. */
  get ownerTag(): string {
    return mac(this.#key, 'owner', '').slice(0, 22)
  }

  seal(place: string, plaintext: Uint8Array): Buffer {
    return sealUnderDataKey(this.#key, place, plaintext)
  }

  /** @throws SealBroken */
  open(place: string, envelope: Buffer): Buffer {
    return openUnderDataKey(this.#key, place, envelope)
  }

  toJSON(): string {
    return '[ProjectKey]'
  }
}

/** Keys and ids of saved projects. The secrets behind them stay here. */
export interface ProjectSeals {
  /** Wraps a key for a person under the newest secret. */
  wrap(person: Person, place: string, key: ProjectKey): Buffer
  /** @throws SealBroken when it was wrapped for another person or another place, or was altered */
  open(person: Person, place: string, wrapped: Buffer): ProjectKey
  /** Whether it was wrapped under the newest secret. */
  isCurrent(wrapped: Buffer): boolean
  /**
   * A new id: 144 random bits, a mark that this service minted it, a mark of its person. 40 characters of base64url.
   */
  mintId(person: Person): string
  /**
   * Whose an id is, by its marks alone. A mark of a secret that is gone makes an id `unknown`: whose a project is, the
   * place where it lies and its wrapped key decide.
   */
  originOf(person: Person, id: string): IdOrigin
}

export function projectSeals(secrets: SealSecrets): ProjectSeals {
  const [{ id: newestId, secret: newest }] = secrets
  return {
    wrap: (person, place, key) => key.wrap(secrets, person, place),
    open: (person, place, wrapped) => ProjectKey.open(secrets, person, place, wrapped),
    isCurrent: (wrapped) => secretIdOf(wrapped) === newestId,
    mintId(person) {
      const random = randomBytes(18).toString('base64url')
      return random + serviceMark(newest, random) + personMark(newest, person, random)
    },
    originOf(person, id) {
      if (!ID.test(id)) return 'unknown'
      const random = id.slice(0, RANDOM_CHARS)
      const minted = id.slice(RANDOM_CHARS, RANDOM_CHARS + MARK_CHARS)
      const minter = secrets.find(({ secret }) => isSame(minted, serviceMark(secret, random)))
      if (minter === undefined) return 'unknown'
      const mark = id.slice(RANDOM_CHARS + MARK_CHARS)
      return isSame(mark, personMark(minter.secret, person, random)) ? 'own' : 'foreign'
    },
  }
}

function serviceMark(secret: string, random: string): string {
  return mac(secret, 'minted-id', random).slice(0, MARK_CHARS)
}

function personMark(secret: string, { personId }: Person, random: string): string {
  return mac(secret, 'id', `${personId}\n${random}`).slice(0, MARK_CHARS)
}
