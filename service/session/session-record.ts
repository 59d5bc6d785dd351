import type { SealSecret } from '../config/config.ts'
import { mac } from './mac.ts'
import { personIdOf, type VouchedPerson } from './person.ts'
import { openUnderToken, SealBroken, sealUnderToken, type SealSecrets } from './seal.ts'

/** The part of a session's record that is not sealed. */
export interface SessionRecord {
  readonly dataId: string
  /** Milliseconds since 1970. */
  readonly createdAt: number
}

/** The part that is sealed under the token. */
export interface SealedPart {
  /** 256 bits in base64url. */
  readonly dataKey: string
  /** Null in an anonymous session. */
  readonly person: VouchedPerson | null
}

/**
 * `format secretId mark dataId createdAt [personId] sealed`; the mark covers everything after it. Format 1 is an
 * anonymous session and seals the data key. Format 2 has a person, by whose id a script finds the epoch, and seals
 * JSON.
 */
const FORMAT = /^([12]) ([a-z0-9]{1,8}) ([\w-]{43}) (([\w-]{32}) (\d{1,15}) (?:([\w-]{43}) )?([\w-]+))$/

/**
 * A record whose data key is sealed and which is marked as a whole, both under the token and the newest seal secret.
 * With Redis alone or the secret alone nobody can make, alter or open one. It is valid for its own token only, and so
 * in its own place only, whose name is the token's hash.
 */
export function writeRecord(
  secrets: SealSecrets,
  token: string,
  { dataId, createdAt }: SessionRecord,
  { dataKey, person }: SealedPart,
): string {
  const [secret] = secrets
  const plain = person === null ? dataKey : JSON.stringify({ dataKey, person: { ...person, personId: undefined } })
  const sealed = sealUnderToken(secret, token, Buffer.from(plain)).toString('base64url')
  const body = `${dataId} ${String(createdAt)} ${person === null ? '' : `${person.personId} `}${sealed}`
  return `${person === null ? '1' : '2'} ${secret.id} ${markOf(secret, token, body)} ${body}`
}

/**
 * Checks a record by the known secret that marked it, so that a rotation ends no session. The sealed part is opened at
 * its first use: a request that touches no data needs none.
 * @throws SealBroken when the record was not made for this token, or was altered
 */
export function readRecord(
  text: string,
  secrets: SealSecrets,
  token: string,
): SessionRecord & { readonly hasPerson: boolean; readonly open: () => SealedPart } {
  const [, format, id, mark, body = '', dataId = '', createdAt, personId, sealed = ''] = FORMAT.exec(text) ?? []
  const secret = secrets.find((candidate) => candidate.id === id)
  if (secret === undefined || mark !== markOf(secret, token, body)) throw new SealBroken()
  // The mark does not cover the format, and the scripts look for a person in format 2 alone.
  if (format !== (personId === undefined ? '1' : '2')) throw new SealBroken()
  return {
    dataId,
    createdAt: Number(createdAt),
    hasPerson: personId !== undefined,
    open: () => {
      const plain = openUnderToken(secret, token, Buffer.from(sealed, 'base64url')).toString()
      if (personId === undefined) return { dataKey: plain, person: null }
      const { dataKey, person } = JSON.parse(plain) as SealedPart & { readonly person: VouchedPerson }
      if (personIdOf(person.issuer, person.subject) !== personId) throw new SealBroken()
      return { dataKey, person: { ...person, personId } }
    },
  }
}

function markOf({ id, secret }: SealSecret, token: string, body: string): string {
  return mac(secret, 'record', `${token} ${id} ${body}`)
}
