import { randomBytes } from 'node:crypto'
import type { ProjectSecret } from '../config/config.ts'
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

/** @param secrets newest first: the first one marks, all of them are known */
export function projectKeys(secrets: readonly [ProjectSecret, ...ProjectSecret[]]): ProjectKeys {
  return {
    newKey() {
      const nonce = randomBytes(NONCE_BYTES).toString('base64url')
      const [{ id, secret }] = secrets
      return { id, nonce, key: mac(secret, 'project', nonce) }
    },
    keyOf({ id, nonce }) {
      const known = secrets.find((secret) => secret.id === id)
      return known === undefined ? null : mac(known.secret, 'project', nonce)
    },
  }
}
