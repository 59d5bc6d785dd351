import type { CookieSerializeOptions } from '@fastify/cookie'
import type { Stage } from '../config/config.ts'
import { isSame, mac } from './mac.ts'

export interface SessionCookie {
  readonly name: string
  /** Without Max-Age and Expires: only Redis decides when a session expires. */
  readonly attributes: Readonly<CookieSerializeOptions> & {
    readonly path: '/'
    readonly secure: boolean
    readonly httpOnly: true
    readonly sameSite: 'lax'
  }
  readonly signer: Signer
  /** The token of a value whose signature is valid, otherwise null. */
  tokenOf(value: string | undefined): string | null
  /** The value that carries a token, signed by the newest secret. */
  valueOf(token: string): string
  /** Whether a value carries this token, signed by the newest secret. */
  isCurrent(value: string | undefined, token: string): boolean
}

/**
 * The signer in the form that @fastify/session needs. The plug-in signs at every request for a cookie that it never
 * sets here, so `sign` returns the token as it is.
 */
interface Signer {
  sign(token: string): string
  unsign(value: string): { valid: true; renew: false; value: string } | { valid: false; renew: false; value: null }
}

/**
 * The session cookie. Over HTTPS it has the `__Host-` prefix, so that no other host or path can set it.
 * On plain-HTTP localhost only the name and the Secure flag differ.
 * @param secrets newest first; a cookie signed by an older one is valid and is signed again
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
