import { randomBytes } from 'node:crypto'
import type { FileKey, Mark } from '../domain/project/project-mark.ts'
import { mac } from './mac.ts'

/** Keys of project files. The secrets behind them stay here; a thread gets the key of one file. */
export interface ProjectKeys {
  /** A key for a new file, of the newest secret. */
  newKey(): FileKey
  /** The key that a file was marked with; null when none of the secrets is the one that it names. */
  keyOf(mark: Pick<Mark, 'id' | 'nonce'>): string | null
}

const NONCE_BYTES = 16
const ID_CHARS = 8

/** @param secrets newest first: the first one marks, all of them are known */
export function projectKeys(secrets: readonly [string, ...string[]]): ProjectKeys {
  return {
    newKey() {
      const nonce = randomBytes(NONCE_BYTES).toString('base64url')
      return { id: idOf(secrets[0]), nonce, key: mac(secrets[0], 'project', nonce) }
    },
    keyOf({ id, nonce }) {
      const known = secrets.find((secret) => idOf(secret) === id)
      return known === undefined ? null : mac(known, 'project', nonce)
    },
  }
}

/** Tells secrets apart, also those of other services, and says nothing of them. No nonce is this text. */
function idOf(secret: string): string {
  return mac(secret, 'project', 'id').slice(0, ID_CHARS)
}
