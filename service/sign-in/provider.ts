import * as oidc from 'openid-client'
import { signInAddresses, type SignInConfig } from '../config/sign-in-config.ts'
import { Fault } from '../domain/fault.ts'
import { say } from '../domain/said.ts'
import { personIdOf, type VouchedPerson } from '../session/person.ts'
import { ATTEMPT_MS, type Attempt } from './attempt.ts'
import { readLogoutToken, type LogoutRequest } from './logout-token.ts'

/** Where people sign in. Nothing is asked of it before somebody wants to. */
export interface Provider {
  /**
   * Where to send a browser for this attempt.
   * @throws Fault `sign-in-unavailable` when the provider does not answer
   */
  authorizationUrl(attempt: Attempt): Promise<string>
  /**
   * Exchanges the code that a browser brought back, and checks everything that is said of the person: signature by a
   * key of the provider's now, issuer, audience, nonce, times with up to a minute of skew, time of authentication.
   * @param query of the callback, as it was sent
   * @throws Fault `sign-in-refused` when anything does not fit, `sign-in-unavailable` when the provider does not answer
   */
  exchange(query: string, attempt: Attempt): Promise<VouchedPerson>
  /** Where a browser ends the provider's own session; null when the provider has no such page or does not answer. */
  signOutUrl(): Promise<string | null>
  /**
   * Checks a logout token (OpenID Connect Back-Channel Logout).
   * @throws Fault `sign-in-refused`, `sign-in-unavailable` as above
   */
  readLogout(token: string): Promise<LogoutRequest>
}

const SKEW_SECONDS = 60
const TIMEOUT_SECONDS = 4
const METADATA_MS = 600_000
/** Codes of failures that are the provider's or the network's, so that trying again may help. */
const UNAVAILABLE: ReadonlySet<unknown> = new Set([
  'OAUTH_TIMEOUT',
  'OAUTH_ABORT',
  'OAUTH_RESPONSE_IS_NOT_CONFORM',
  'OAUTH_RESPONSE_IS_NOT_JSON',
  'OAUTH_PARSE_ERROR',
])

export function openProvider(config: SignInConfig, clientSecret: string): Provider {
  const addresses = signInAddresses(config.publicUrl)
  const client = { client_secret: clientSecret, [oidc.clockTolerance]: SKEW_SECONDS }
  const execute = [
    // Otherwise a token that came over TLS is trusted without its signature.
    oidc.enableNonRepudiationChecks,
    // The configuration takes an http:// issuer in the local stage alone.
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- it is marked so as to stand out, as it does here
    ...(config.issuer.startsWith('http:') ? [oidc.allowInsecureRequests] : []),
  ]
  let known: { readonly metadata: oidc.ServerMetadata; readonly until: number } | null = null

  /** What the provider offers, asked at most every ten minutes. */
  const discover = async (): Promise<oidc.ServerMetadata> => {
    if (known !== null && performance.now() < known.until) return known.metadata
    const found = await oidc.discovery(new URL(config.issuer), config.clientId, client, undefined, {
      execute,
      timeout: TIMEOUT_SECONDS,
    })
    known = { metadata: found.serverMetadata(), until: performance.now() + METADATA_MS }
    return known.metadata
  }
  /** A configuration of its own for each use: its keys are the provider's of now, also right after a change of them. */
  const configuration = async (): Promise<oidc.Configuration> => {
    const made = new oidc.Configuration(await discover(), config.clientId, client)
    made.timeout = TIMEOUT_SECONDS
    for (const step of execute) step(made)
    return made
  }

  return {
    authorizationUrl: (attempt) =>
      asFaults(async () => {
        const url = oidc.buildAuthorizationUrl(await configuration(), {
          redirect_uri: addresses.callback,
          scope: 'openid email',
          state: attempt.state,
          nonce: attempt.nonce,
          code_challenge: await oidc.calculatePKCECodeChallenge(attempt.verifier),
          code_challenge_method: 'S256',
          ...(config.acr !== undefined && { acr_values: config.acr.join(' ') }),
          ...(attempt.isFresh && { prompt: 'login', max_age: String(ATTEMPT_MS / 1000) }),
        })
        return url.href
      }),

    exchange: (query, attempt) =>
      asFaults(async () => {
        const tokens = await oidc.authorizationCodeGrant(
          await configuration(),
          new URL(`${addresses.callback}?${query}`),
          {
            expectedState: attempt.state,
            expectedNonce: attempt.nonce,
            pkceCodeVerifier: attempt.verifier,
            ...(attempt.isFresh && { maxAge: ATTEMPT_MS / 1000 }),
          },
        )
        const claims = tokens.claims()
        if (claims === undefined) throw new Fault('sign-in-refused', say('no-id-token', {}))
        if (config.acr?.includes(claims['acr'] as string) === false)
          throw new Fault('sign-in-refused', say('other-way-of-sign-in', {}))
        const authTime = 1000 * (claims.auth_time ?? 0)
        if (attempt.isFresh && authTime < attempt.startedAt - 1000 * SKEW_SECONDS)
          throw new Fault('sign-in-refused', say('not-asked-again', {}))
        return {
          personId: personIdOf(config.issuer, claims.sub),
          issuer: config.issuer,
          subject: claims.sub,
          authTime,
          name: nameOf(claims),
          email: typeof claims['email'] === 'string' ? plainText(claims['email']) : null,
          providerSession: typeof claims['sid'] === 'string' ? claims['sid'] : null,
        }
      }),

    async signOutUrl() {
      try {
        const made = await configuration()
        if (made.serverMetadata().end_session_endpoint === undefined) return null
        // `logout_uri` is what Amazon Cognito calls the address to return to.
        return oidc.buildEndSessionUrl(made, {
          post_logout_redirect_uri: addresses.signedOut,
          logout_uri: addresses.signedOut,
        }).href
      } catch {
        return null
      }
    },

    readLogout: (token) =>
      asFaults(async () =>
        readLogoutToken(token, {
          issuer: config.issuer,
          clientId: config.clientId,
          jwksUri: (await discover()).jwks_uri ?? '',
          skewSeconds: SKEW_SECONDS,
          timeoutMs: 1000 * TIMEOUT_SECONDS,
        }),
      ),
  }
}

const MOST_CHARS = 100

/** What the provider calls the person. */
function nameOf(claims: oidc.IDToken): string {
  const said = [claims['name'], claims['preferred_username'], claims['email']]
    .filter((claim) => typeof claim === 'string')
    .map(plainText)
    .find((claim) => claim !== '')
  return said ?? 'Somebody without a name'
}

/** What the provider says, without signs that could change how a page reads, and not too long for a record. */
function plainText(claim: string): string {
  return [...claim.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '').trim()].slice(0, MOST_CHARS).join('')
}

async function asFaults<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask()
  } catch (cause) {
    if (cause instanceof Fault) throw cause
    const { code } = cause as { readonly code?: unknown }
    throw UNAVAILABLE.has(code) || cause instanceof TypeError
      ? new Fault('sign-in-unavailable', say('provider-silent', {}), { cause })
      : new Fault('sign-in-refused', say('provider-unfit', {}), {
          cause,
        })
  }
}
