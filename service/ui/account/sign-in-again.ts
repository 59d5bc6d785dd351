import type { Bench } from '../bench.ts'
import { Problem } from '../http.ts'
import { words } from '../words/en.ts'

/**
 * Offers to sign in again when something was refused because the last sign-in is too long ago.
 * @param error what was thrown; undefined when nothing was
 * @param title what the person wanted, as a question
 */
export async function offerSignIn(bench: Pick<Bench, 'confirm'>, error: unknown, title: string): Promise<void> {
  const text = words.account
  if (!(error instanceof Problem) || error.kind !== 'sign-in-again') return
  if (await bench.confirm(title, text.againText, text.again, text.stay)) location.assign('/auth/login?fresh=true')
}
