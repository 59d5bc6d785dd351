import { Signer, type CookieSerializeOptions } from '@fastify/cookie'
import type { Stage } from '../config.ts'

export interface SessionCookie {
  readonly name: string
  /** No Max-Age and no Expires: idle and absolute expiry are Redis's alone. */
  readonly attributes: Readonly<CookieSerializeOptions> & { readonly path: '/'; readonly secure: boolean; readonly httpOnly: true; readonly sameSite: 'lax' }
  readonly signer: Signer
  /** The token of a validly signed value, else null. */
  tokenOf(value: string | undefined): string | null
}

/**
 * The session cookie. Over HTTPS it has the `__Host-` prefix, so no other host or path can set it;
 * on plain-HTTP localhost the name and the flag fall back, and nothing else does.
 * @param secrets newest first; a cookie signed by an older one is good and is signed anew
 */
export function sessionCookie(stage: Stage, secrets: readonly string[]): SessionCookie {
  const isSecure = stage !== 'local'
  const signer = new Signer([...secrets], 'sha256')
  return {
    name: isSecure ? '__Host-session' : 'session',
    attributes: { path: '/', secure: isSecure, httpOnly: true, sameSite: 'lax' },
    signer,
    tokenOf: (value) => {
      if (value === undefined) return null
      const { valid, value: token } = signer.unsign(value)
      return valid ? token : null
    }
  }
}
