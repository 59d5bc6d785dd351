import type { CookieSerializeOptions } from '@fastify/cookie'
import type { Stage } from '../config/config.ts'
import { isSame, mac } from './mac.ts'

export interface SessionCookie {
  readonly name: string
  /** No Max-Age and no Expires: idle and absolute expiry are Redis's alone. */
  readonly attributes: Readonly<CookieSerializeOptions> & {
    readonly path: '/'
    readonly secure: boolean
    readonly httpOnly: true
    readonly sameSite: 'lax'
  }
  readonly signer: Signer
  /** The token of a validly signed value, else null. */
  tokenOf(value: string | undefined): string | null
  /** The value that carries a token, signed by the newest secret. */
  valueOf(token: string): string
  /** Whether a value that a session was found by carries its token, signed by the newest secret. */
  isCurrent(value: string | undefined, token: string): boolean
}

/** As @fastify/session wants it. It has every request signed anew, for cookies that it does not set here: `sign` leaves the token bare. */
interface Signer {
  sign(token: string): string
  unsign(value: string): { valid: true; renew: false; value: string } | { valid: false; renew: false; value: null }
}

/**
 * The session cookie. Over HTTPS it has the `__Host-` prefix, so no other host or path can set it;
 * on plain-HTTP localhost the name and the flag fall back, and nothing else does.
 * @param secrets newest first; a cookie signed by an older one is good and is signed anew
 */
export function sessionCookie(stage: Stage, secrets: readonly [string, ...string[]]): SessionCookie {
  const isSecure = stage !== 'local'
  const [newest] = secrets
  // The signature is compared as text, since base64 has more than one spelling of the same bytes.
  const tokenOf = (value: string): string | null => {
    const dot = value.lastIndexOf('.')
    const token = value.slice(0, dot)
    const signature = value.slice(dot + 1)
    return dot > 0 && secrets.some((secret) => isSame(signature, mac(secret, 'cookie', token))) ? token : null
  }
  const valueOf = (token: string): string => `${token}.${mac(newest, 'cookie', token)}`
  return {
    name: isSecure ? '__Host-session' : 'session',
    attributes: { path: '/', secure: isSecure, httpOnly: true, sameSite: 'lax' },
    signer: {
      sign: (token) => token,
      unsign: (value) => {
        const token = tokenOf(value)
        return token === null
          ? { valid: false, renew: false, value: null }
          : { valid: true, renew: false, value: token }
      },
    },
    tokenOf: (value) => (value === undefined ? null : tokenOf(value)),
    valueOf,
    isCurrent: (value, token) =>
      value?.startsWith(`${token}.`) === true && (secrets.length === 1 || value === valueOf(token)),
  }
}
