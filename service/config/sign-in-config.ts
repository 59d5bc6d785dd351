/** Where people sign in (OpenID Connect, authorization code with PKCE), and as which client the service asks there. */
export interface SignInConfig {
  /** As the issuer's tokens name it; what it offers stands under it, at `/.well-known/openid-configuration`. */
  readonly issuer: string
  readonly clientId: string
  /** The service's own origin as people type it, without a last slash. */
  readonly publicUrl: string
}

const PLACES = ['SIGN_IN_ISSUER', 'SIGN_IN_CLIENT_ID', 'SIGN_IN_CLIENT_SECRET', 'SIGN_IN_PUBLIC_URL'] as const

/** The addresses the issuer may send people to, and must know of: after they signed in, and after they signed out. */
export function signInAddresses(publicUrl: string): { readonly callback: string; readonly signedOut: string } {
  return { callback: `${publicUrl}/auth/callback`, signedOut: `${publicUrl}/` }
}

/**
 * Reads `SIGN_IN_*`: all four or none. What is wrong is added to `faults`, all of it; no fault quotes a value.
 * Gives undefined where there is no sign-in, and where what is said of it cannot be used.
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
    "an https:// URL without user, query and fragment, as the issuer's tokens name it; http:// in the local stage alone",
  )
  expect('SIGN_IN_CLIENT_ID', /^\S{1,200}$/.test(clientId), "the client's id at the issuer, without spaces")
  expect('SIGN_IN_CLIENT_SECRET', /^\S{24,}$/.test(clientSecret), '24 characters or more, without spaces')
  expect(
    'SIGN_IN_PUBLIC_URL',
    isReachable(URL.parse(publicUrl)) && URL.parse(publicUrl)?.origin === publicUrl,
    'the origin that people type, as https://chatmrpt.example.org; http:// in the local stage alone',
  )
  faults.push(...wrong)
  return wrong.length === 0 ? { signIn: { issuer, clientId, publicUrl }, clientSecret } : undefined
}
