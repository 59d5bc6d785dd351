import type { SealSecret } from '../config/config.ts'
import { mac } from './mac.ts'
import { openUnderToken, SealBroken, sealUnderToken, type SealSecrets } from './seal.ts'

/** What the record of a session says openly. */
export interface SessionRecord {
  readonly dataId: string
  /** Milliseconds since 1970. */
  readonly createdAt: number
}

/** `format secretId mark dataId createdAt sealed`; the mark is over all that follows it. */
const FORMAT = /^1 ([a-z0-9]{1,8}) ([\w-]{43}) (([\w-]{32}) (\d{1,15}) ([\w-]+))$/

/**
 * A record of which the data key is sealed, and all of it is marked, under the token and the newest seal secret together:
 * neither Redis nor the secret alone can make one, alter one or open it. It is good for its own token only, and so in
 * its own place only, whose name is the token's hash.
 */
export function writeRecord(
  secrets: SealSecrets,
  token: string,
  { dataId, createdAt }: SessionRecord,
  dataKey: string,
): string {
  const [secret] = secrets
  const body = `${dataId} ${String(createdAt)} ${sealUnderToken(secret, token, Buffer.from(dataKey)).toString('base64url')}`
  return `1 ${secret.id} ${markOf(secret, token, body)} ${body}`
}

/**
 * Checks a record by whichever known secret marked it, so that a rotation signs nobody out. The data key is opened when
 * it is asked for: a request that touches no data needs none.
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
