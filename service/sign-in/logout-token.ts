import { createRemoteJWKSet, errors, jwtVerify } from 'jose'
import { Fault } from '../domain/fault.ts'
import { say, type Said } from '../domain/said.ts'

/** What a provider asks for: to end the sessions of one of its own sessions, or all of a person. */
export interface LogoutRequest {
  readonly subject: string
  /** Null: all sessions of the person. */
  readonly providerSession: string | null
  /** The token's own id, which may be used once. */
  readonly tokenId: string
}

export interface LogoutTokenChecks {
  readonly issuer: string
  readonly clientId: string
  readonly jwksUri: string
  readonly skewSeconds: number
  readonly timeoutMs: number
}

const EVENT = 'http://schemas.openid.net/event/backchannel-logout'
const ALGORITHMS = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
  'Ed25519',
] as const
/** A logout token is for now. */
export const LOGOUT_TOKEN_SECONDS = 120

/**
 * Checks a logout token by OpenID Connect Back-Channel Logout 1.0, section 2.6. A token that names no subject is
 * refused, since sessions are found by their person.
 * @throws Fault `sign-in-refused` when a check fails, `sign-in-unavailable` when the keys cannot be had
 */
export async function readLogoutToken(token: string, checks: LogoutTokenChecks): Promise<LogoutRequest> {
  const keys = createRemoteJWKSet(new URL(checks.jwksUri), { timeoutDuration: checks.timeoutMs })
  const { payload, protectedHeader } = await jwtVerify(token, keys, {
    issuer: checks.issuer,
    audience: checks.clientId,
    algorithms: [...ALGORITHMS],
    clockTolerance: checks.skewSeconds,
    maxTokenAge: LOGOUT_TOKEN_SECONDS,
    requiredClaims: ['iat', 'jti', 'sub', 'events'],
  }).catch((cause: unknown) => {
    if (cause instanceof errors.JWKSTimeout || isUnreadable(cause))
      throw new Fault('sign-in-unavailable', say('provider-keys-silent', {}), { cause })
    throw refused(say('logout-unsigned', {}), cause)
  })
  const { sub: subject, jti: tokenId, sid, events, nonce } = payload
  // A type is recommended; an ID token says that it is one, or has a nonce or no event.
  if (protectedHeader.typ !== undefined && !/^(?:application\/)?(?:logout\+jwt|jwt)$/i.test(protectedHeader.typ))
    throw refused(say('logout-of-other-type', {}))
  if (typeof events !== 'object' || events === null || !(EVENT in events))
    throw refused(say('logout-not-announced', {}))
  if (nonce !== undefined) throw refused(say('logout-with-nonce', {}))
  if (sid !== undefined && typeof sid !== 'string') throw refused(say('logout-without-session', {}))
  if (typeof subject !== 'string' || typeof tokenId !== 'string') throw refused(say('logout-of-nobody', {}))
  return { subject, providerSession: sid ?? null, tokenId }
}

/** jose throws its general error for a reply that is no 200 or no JSON, and what fetch throws for no reply at all. */
function isUnreadable(cause: unknown): boolean {
  return cause instanceof TypeError || (cause instanceof errors.JOSEError && cause.code === 'ERR_JOSE_GENERIC')
}

function refused(why: Said, cause?: unknown): Fault {
  return new Fault('sign-in-refused', say('logout-token-refused', { why }), { cause })
}
