import { timingSafeEqual } from 'node:crypto'
import type { CookieSerializeOptions } from '@fastify/cookie'
import type { Stage } from '../config.ts'
import { mac } from './mac.ts'

export interface SessionCookie {
  readonly name: string
  /** No Max-Age and no Expires: idle and absolute expiry are Redis's alone. */
  readonly attributes: Readonly<CookieSerializeOptions> & { readonly path: '/'; readonly secure: boolean; readonly httpOnly: true; readonly sameSite: 'lax' }
  readonly signer: Signer
  /** The token of a validly signed value, else null. */
  tokenOf(value: string | undefined): string | null
}

/** As @fastify/session wants it. `renew` is true when an older secret signed the value. */
interface Signer {
  sign(token: string): string
  unsign(value: string): { valid: true; renew: boolean; value: string } | { valid: false; renew: false; value: null }
}

/**
 * The session cookie. Over HTTPS it has the `__Host-` prefix, so no other host or path can set it;
 * on plain-HTTP localhost the name and the flag fall back, and nothing else does.
 * @param secrets newest first; a cookie signed by an older one is good and is signed anew
 */
export function sessionCookie(stage: Stage, secrets: readonly [string, ...string[]]): SessionCookie {
  const isSecure = stage !== 'local'
  const signer = createSigner(secrets)
  return {
    name: isSecure ? '__Host-session' : 'session',
    attributes: { path: '/', secure: isSecure, httpOnly: true, sameSite: 'lax' },
    signer,
    tokenOf: (value) => value === undefined ? null : signer.unsign(value).value
  }
}

/** `token.signature`, the signature compared as text, since base64 has more than one spelling of the same bytes. */
function createSigner(secrets: readonly [string, ...string[]]): Signer {
  const [newest] = secrets
  return {
    sign: (token) => `${token}.${mac(newest, 'cookie', token)}`,
    unsign: (value) => {
      const dot = value.lastIndexOf('.')
      const token = value.slice(0, dot)
      const given = Buffer.from(value.slice(dot + 1))
      const signer = secrets.find((secret) => {
        const expected = Buffer.from(mac(secret, 'cookie', token))
        return given.length === expected.length && timingSafeEqual(given, expected)
      })
      return dot < 1 || signer === undefined ? { valid: false, renew: false, value: null } : { valid: true, renew: signer !== newest, value: token }
    }
  }
}
