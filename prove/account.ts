import { randomBytes } from 'node:crypto'

/** Who signs in: a word that names one of the invented people of the local provider. */
export interface Account {
  readonly word: string
  /** The session in which the person's name may be seen; null in all of this prover's person. */
  readonly era: number | null
}

/** One in so many people works signed in. */
const SIGNED_IN_EVERY = 3

/** The account of one of the prover's people, which nobody had before; null for most, who do not sign in. */
export function accountOf(user: number): Account | null {
  if (user % SIGNED_IN_EVERY !== 0) return null
  return { word: `${String(user)}-${randomBytes(9).toString('base64url')}`, era: null }
}
