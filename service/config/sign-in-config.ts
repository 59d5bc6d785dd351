/** Where people sign in (OpenID Connect, authorization code with PKCE), and the service's client there. */
export interface SignInConfig {
  /** As in the issuer's tokens. What it offers is listed under it, at `/.well-known/openid-configuration`. */
  readonly issuer: string
  readonly clientId: string
  /** The service's own origin as people type it, without a last slash. */
  readonly publicUrl: string
  /** Ways of authentication (`acr`) of which an ID token must name one; asked for in this order. Default: any. */
  readonly acr?: readonly string[]
}

const PLACES = ['SIGN_IN_ISSUER', 'SIGN_IN_CLIENT_ID', 'SIGN_IN_CLIENT_SECRET', 'SIGN_IN_PUBLIC_URL'] as const

/** The addresses that the issuer may send people to and must know: after they sign in, and after they sign out. */
export function signInAddresses(publicUrl: string): { readonly callback: string; readonly signedOut: string } {
  return { callback: `${publicUrl}/auth/callback`, signedOut: `${publicUrl}/` }
}

/**
 * Reads `SIGN_IN_*`: all four or none, and `SIGN_IN_ACR` beside them. Every fault is added to `faults`; no fault quotes
 * a value. Gives undefined without sign-in, and when its settings cannot be used.
 */
export function readSignIn(
  env: Readonly<Record<string, string | undefined>>,
  stage: string,
  faults: string[],
): { readonly signIn: SignInConfig; readonly clientSecret: string } | undefined {
  const [issuer, clientId, clientSecret, publicUrl] = PLACES.map((name) => env[name] ?? '') as [
    string,
    string,
    string,
    string,
  ]
  const acr = (env['SIGN_IN_ACR'] ?? '').split(' ').filter((value) => value !== '')
  const missing = PLACES.filter((name) => (env[name] ?? '') === '')
  if (missing.length === PLACES.length) return undefined
  const wrong = missing.map((name) => `${name} is not set: sign-in needs ${PLACES.join(', ')}, all of them or none`)
  const expect = (name: (typeof PLACES)[number], isRight: boolean, wish: string): void => {
    if (!missing.includes(name) && !isRight) wrong.push(`${name} must be ${wish}`)
  }
  const isReachable = (url: URL | null): boolean =>
    url !== null &&
    url.username === '' &&
    url.password === '' &&
    (url.protocol === 'https:' || (stage === 'local' && url.protocol === 'http:'))
  expect(
    'SIGN_IN_ISSUER',
    isReachable(URL.parse(issuer)) && !/[?#\s]/.test(issuer),
    "an https:// URL without user, query and fragment, as in the issuer's tokens; http:// only in the local stage",
  )
  expect('SIGN_IN_CLIENT_ID', /^\S{1,200}$/.test(clientId), "the client's id at the issuer, without spaces")
  expect('SIGN_IN_CLIENT_SECRET', /^\S{24,}$/.test(clientSecret), '24 characters or more, without spaces')
  expect(
    'SIGN_IN_PUBLIC_URL',
    isReachable(URL.parse(publicUrl)) && URL.parse(publicUrl)?.origin === publicUrl,
    'the origin that people type, such as https://chatmrpt.example.org; http:// only in the local stage',
  )
  if (acr.some((value) => value.length > 200)) wrong.push('SIGN_IN_ACR has a value of more than 200 characters')
  faults.push(...wrong)
  return wrong.length === 0
    ? { signIn: { issuer, clientId, publicUrl, ...(acr.length > 0 && { acr }) }, clientSecret }
    : undefined
}
