import { createCipheriv, createDecipheriv, createSecretKey, hash, randomFillSync, type KeyObject } from 'node:crypto'
import type { SealSecret } from '../config/config.ts'
import type { Person } from './person.ts'

const FORMAT = 1
const NONCE_BYTES = 12
const TAG_BYTES = 16
/** Takes the place of a seal secret's id in values that are sealed under a session's data key. */
const DATA_KEY_ID = 'data'
/** A token has one record, so the key alone fixes the place. */
const TOKEN_PLACE = 'session-record'

/** Newest first: the first one seals, all of them open. */
export type SealSecrets = readonly [SealSecret, ...SealSecret[]]

/** 32 bytes: a KeyObject or 32 characters. Raw bytes would become a KeyObject, at several times the cipher's cost. */
type CipherKey = KeyObject | string

/** Bytes that did not open: sealed for another session or place, altered, or sealed under a secret that is gone. */
export class SealBroken extends Error {
  constructor(options?: ErrorOptions) {
    super('Cannot open a sealed value: it was sealed for another session or place, or altered', options)
    this.name = 'SealBroken'
  }
}

/**
 * Seals with AES-256-GCM: format version, length and id of the secret, nonce, ciphertext, tag.
 * @param place the key the value is stored under, as associated data: it opens nowhere else
 */
function seal(secretId: string, key: CipherKey, place: string, plaintext: Uint8Array): Buffer {
  const id = Buffer.from(secretId, 'latin1')
  const header = Buffer.alloc(2 + id.length + NONCE_BYTES)
  header[0] = FORMAT
  header[1] = id.length
  id.copy(header, 2)
  const nonce = randomFillSync(header.subarray(2 + id.length))
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(`${secretId}\n${place}`))
  return Buffer.concat([header, cipher.update(plaintext), cipher.final(), cipher.getAuthTag()])
}

/** @throws SealBroken, and never returns a part of the plaintext */
function open(envelope: Buffer, place: string, keyOf: (secretId: string) => CipherKey | undefined): Buffer {
  const idEnd = 2 + (envelope[1] ?? 0)
  const bodyStart = idEnd + NONCE_BYTES
  const bodyEnd = envelope.length - TAG_BYTES
  if (envelope[0] !== FORMAT || bodyEnd < bodyStart) throw new SealBroken()
  const secretId = envelope.toString('latin1', 2, idEnd)
  const key = keyOf(secretId)
  if (key === undefined) throw new SealBroken()
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, envelope.subarray(idEnd, bodyStart))
      .setAAD(Buffer.from(`${secretId}\n${place}`))
      .setAuthTag(envelope.subarray(bodyEnd))
    const plaintext = decipher.update(envelope.subarray(bodyStart, bodyEnd))
    // Checks the tag and gives no more bytes, since GCM pads no last block. Nothing is returned if the tag is wrong.
    decipher.final()
    return plaintext
  } catch (cause) {
    throw new SealBroken({ cause })
  }
}

/** Seals under a session's own data key: 256 bits in base64url. */
export function sealUnderDataKey(dataKey: string, place: string, plaintext: Uint8Array): Buffer {
  return seal(DATA_KEY_ID, createSecretKey(dataKey, 'base64url'), place, plaintext)
}

/** @throws SealBroken */
export function openUnderDataKey(dataKey: string, place: string, envelope: Buffer): Buffer {
  return open(envelope, place, (id) => (id === DATA_KEY_ID ? createSecretKey(dataKey, 'base64url') : undefined))
}

/** Seals under the session's token and a seal secret, so that neither Redis nor the secret alone opens it. */
export function sealUnderToken(secret: SealSecret, token: string, plaintext: Uint8Array): Buffer {
  return seal(secret.id, tokenKey(secret, token), TOKEN_PLACE, plaintext)
}

/** @throws SealBroken */
export function openUnderToken(secret: SealSecret, token: string, envelope: Buffer): Buffer {
  return open(envelope, TOKEN_PLACE, (id) => (id === secret.id ? tokenKey(secret, token) : undefined))
}

/**
 * Wraps a key for a person: AES-256-GCM under a key of the newest seal secret, the issuer and the subject. The service
 * can open it without a cookie, as long as it is told whose it is.
 * @param key 256 bits in base64url
 * @param place where the envelope is kept, as associated data: it opens nowhere else
 * @returns the envelope: format version, length and id of the secret, nonce, ciphertext, tag
 */
export function wrapForPerson(
  [secret]: SealSecrets,
  person: Pick<Person, 'issuer' | 'subject'>,
  place: string,
  key: string,
): Buffer {
  return seal(secret.id, personKey(secret, person), place, Buffer.from(key))
}

/**
 * Opens what `wrapForPerson` wrapped under any of the secrets.
 * @returns the key: 256 bits in base64url
 * @throws SealBroken when it was wrapped for another person or place, or was altered
 */
export function openForPerson(
  secrets: SealSecrets,
  person: Pick<Person, 'issuer' | 'subject'>,
  place: string,
  envelope: Buffer,
): string {
  return open(envelope, place, (id) => keyOfSecret(secrets, id, (secret) => personKey(secret, person))).toString()
}

/** The id of the seal secret that an envelope of `wrapForPerson` was made under. */
export function secretIdOf(envelope: Buffer): string {
  return envelope.toString('latin1', 2, 2 + (envelope[1] ?? 0))
}

/** Seals what only the service reads, for one purpose: entries of a person's list of sessions, sign-ins under way. */
export function sealForService([secret]: SealSecrets, purpose: ServicePurpose, place: string, text: string): Buffer {
  return seal(secret.id, serviceKey(secret, purpose), place, Buffer.from(text))
}

/** @throws SealBroken when it was sealed for another purpose or place, or was altered */
export function openForService(secrets: SealSecrets, purpose: ServicePurpose, place: string, envelope: Buffer): string {
  return open(envelope, place, (id) => keyOfSecret(secrets, id, (secret) => serviceKey(secret, purpose))).toString()
}

type ServicePurpose = 'own-session' | 'sign-in'

function keyOfSecret(secrets: SealSecrets, id: string, keyOf: (secret: SealSecret) => string): string | undefined {
  const secret = secrets.find((candidate) => candidate.id === id)
  return secret === undefined ? undefined : keyOf(secret)
}

function tokenKey(secret: SealSecret, token: string): string {
  return deriveKey(secret, token, TOKEN_PLACE)
}

function personKey(secret: SealSecret, { issuer, subject }: Pick<Person, 'issuer' | 'subject'>): string {
  return deriveKey(secret, `${issuer}\n${subject}`, 'person')
}

function serviceKey(secret: SealSecret, purpose: ServicePurpose): string {
  return deriveKey(secret, '', purpose)
}

/**
 * The one-step key derivation of NIST SP 800-56C with SHA-256: H(counter, shared secret, fixed info). The shared secret
 * is ours together with the token, or alone. The key has 32 characters of base64url: 192 bits, as many as the token.
 */
function deriveKey({ secret }: SealSecret, text: string, purpose: string): string {
  return hash('sha256', `\0\0\0\u0001${secret}\n${text}\n${purpose}`, 'base64url').slice(0, 32)
}
