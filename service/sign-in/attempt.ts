import { randomBytes } from 'node:crypto'
import type { VouchedPerson } from '../session/person.ts'
import { openForService, SealBroken, sealForService, type SealSecrets } from '../session/seal.ts'

/** One sign-in under way. It lives in a sealed cookie of the browser that began it, and nowhere else. */
export interface Attempt {
  readonly state: string
  readonly nonce: string
  /** The PKCE code verifier. */
  readonly verifier: string
  /** Milliseconds since 1970. */
  readonly startedAt: number
  /** Whether the person has to show again who they are, though the provider may remember them. */
  readonly isFresh: boolean
  /** What remains to be done when the provider has answered and the session store has not. */
  readonly vouched?: { readonly person: VouchedPerson; readonly token: string }
}

/** Time to type a password and a second factor. */
export const ATTEMPT_MS = 300_000

const PLACE = 'sign-in-cookie'

export function newAttempt(now: number, isFresh: boolean): Attempt {
  const random = (): string => randomBytes(32).toString('base64url')
  return { state: random(), nonce: random(), verifier: random(), startedAt: now, isFresh }
}

/** The cookie's value: base64url. */
export function sealAttempt(secrets: SealSecrets, attempt: Attempt): string {
  return sealForService(secrets, 'sign-in', PLACE, JSON.stringify(attempt)).toString('base64url')
}

/** Gives null for a cookie that is missing, too old, altered or not of this service. */
export function openAttempt(secrets: SealSecrets, value: string | undefined, now: number): Attempt | null {
  if (value === undefined) return null
  try {
    const text = openForService(secrets, 'sign-in', PLACE, Buffer.from(value, 'base64url'))
    const attempt = JSON.parse(text) as Attempt
    return now - attempt.startedAt < ATTEMPT_MS ? attempt : null
  } catch (error) {
    if (error instanceof SealBroken) return null
    throw error
  }
}
