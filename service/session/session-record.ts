import type { SealSecret } from '../config/config.ts'
import { mac } from './mac.ts'
import { openUnderToken, SealBroken, sealUnderToken, type SealSecrets } from './seal.ts'

/** The part of a session's record that is not sealed. */
export interface SessionRecord {
  readonly dataId: string
  /** Milliseconds since 1970. */
  readonly createdAt: number
}

/** `format secretId mark dataId createdAt sealed`; the mark covers everything after it. */
const FORMAT = /^1 ([a-z0-9]{1,8}) ([\w-]{43}) (([\w-]{32}) (\d{1,15}) ([\w-]+))$/

/**
 * A record whose data key is sealed and which is marked as a whole, both under the token and the newest seal secret.
 * With Redis alone or the secret alone nobody can make, alter or open one. It is valid for its own token only, and so
 * in its own place only, whose name is the token's hash.
 */
export function writeRecord(
  secrets: SealSecrets,
  token: string,
  { dataId, createdAt }: SessionRecord,
  dataKey: string,
): string {
  const [secret] = secrets
  const sealed = sealUnderToken(secret, token, Buffer.from(dataKey)).toString('base64url')
  const body = `${dataId} ${String(createdAt)} ${sealed}`
  return `1 ${secret.id} ${markOf(secret, token, body)} ${body}`
}

/**
 * Checks a record by the known secret that marked it, so that a rotation ends no session. The data key is opened at its
 * first use: a request that touches no data needs none.
 * @throws SealBroken when the record was not made for this token, or was altered
 */
export function readRecord(
  text: string,
  secrets: SealSecrets,
  token: string,
): SessionRecord & { readonly openDataKey: () => string } {
  const [, id, mark, body = '', dataId = '', createdAt, sealed = ''] = FORMAT.exec(text) ?? []
  const secret = secrets.find((candidate) => candidate.id === id)
  if (secret === undefined || mark !== markOf(secret, token, body)) throw new SealBroken()
  return {
    dataId,
    createdAt: Number(createdAt),
    openDataKey: () => openUnderToken(secret, token, Buffer.from(sealed, 'base64url')).toString(),
  }
}

function markOf({ id, secret }: SealSecret, token: string, body: string): string {
  return mac(secret, 'record', `${token} ${id} ${body}`)
}
