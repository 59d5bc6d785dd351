import { hash } from 'node:crypto'

/** Who has signed in: a subject of an issuer. It is never logged, and only the person's own session shows it. */
export interface Person {
  /** SHA-256 of issuer, newline and subject, as 43 characters of base64url. Names the person in keys; no credential. */
  readonly personId: string
  readonly issuer: string
  readonly subject: string
  /** When the person last showed the provider who they are, in milliseconds since 1970; 0 if it does not say. */
  readonly authTime: number
  /** When this session was signed in, by Redis's clock: a session not later than the person's epoch has ended. */
  readonly epoch: number
}

/** A person with what their own session may show. */
export interface SignedInPerson extends Person {
  /** What the provider calls them, for their own eyes and for the locks that they set on plans. */
  readonly name: string
  /** Null when the provider gives none. */
  readonly email: string | null
  /** The provider's name for its own session (`sid`), by which it can end this one; null when it gives none. */
  readonly providerSession: string | null
}

/** What the provider vouched for at sign-in. */
export type VouchedPerson = Omit<SignedInPerson, 'epoch'>

/** @param issuer a URL, so that it holds no newline and two pairs never give one text */
export function personIdOf(issuer: string, subject: string): string {
  return hash('sha256', `${issuer}\n${subject}`, 'base64url')
}
