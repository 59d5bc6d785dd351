import { createHash } from 'node:crypto'
import tls from 'node:tls'
import type { JWTPayload } from 'jose'
import t, { type Test } from 'tap'
import { isFault, type FaultKind } from '../../service/domain/fault.ts'
import { newAttempt, type Attempt } from '../../service/sign-in/attempt.ts'
import { openProvider, type Provider } from '../../service/sign-in/provider.ts'
import {
  CLIENT,
  hostileProvider,
  signedWithSecret,
  unsigned,
  type HostileProvider,
} from '../support/hostile-provider.ts'

const PUBLIC_URL = 'https://chatmrpt.example.org'
const EVENTS = { 'http://schemas.openid.net/event/backchannel-logout': {} }

interface Parts {
  readonly hostile: HostileProvider
  readonly provider: Provider
  /** How a sign-in ends whose code the provider issued for the right nonce. */
  readonly outcome: (attempt?: Attempt, query?: string) => Promise<FaultKind | 'signed in'>
}

async function parts(t: Test): Promise<Parts> {
  const hostile = await hostileProvider(t)
  tls.setDefaultCACertificates([...tls.getCACertificates('default'), hostile.ca])
  const provider = openProvider(
    { issuer: hostile.issuer, clientId: CLIENT.clientId, publicUrl: PUBLIC_URL },
    CLIENT.clientSecret,
  )
  const outcome: Parts['outcome'] = async (attempt = newAttempt(Date.now(), false), query = '') =>
    provider.exchange(`code=${hostile.issueCode(attempt.nonce)}&state=${attempt.state}${query}`, attempt).then(
      () => 'signed in' as const,
      (error: unknown) => {
        if (isFault(error)) return error.kind
        throw error
      },
    )
  return { hostile, provider, outcome }
}

const seconds = (): number => Math.floor(Date.now() / 1000)
const without = (name: string) => (claims: JWTPayload) => {
  const { [name]: _, ...rest } = claims
  return rest
}

t.test('an ID token that fits makes a person of issuer and subject', async (t) => {
  const { hostile, provider } = await parts(t)
  const attempt = newAttempt(Date.now(), false)
  const before = seconds()
  const person = await provider.exchange(`code=${hostile.issueCode(attempt.nonce)}&state=${attempt.state}`, attempt)
  t.match(person, { issuer: hostile.issuer, subject: 'subject-1', name: 'Ngozi Eze', providerSession: 'session-1' })
  t.equal(person.personId, createHash('sha256').update(`${hostile.issuer}\nsubject-1`).digest('base64url'))
  t.ok(person.authTime >= before * 1000 && person.authTime <= Date.now())
  const [asked] = hostile.asked
  t.equal(asked?.get('code_verifier'), attempt.verifier)
  t.equal(asked?.get('redirect_uri'), `${PUBLIC_URL}/auth/callback`)
  const url = new URL(await provider.authorizationUrl(attempt))
  t.equal(url.searchParams.get('code_challenge_method'), 'S256')
  t.equal(
    url.searchParams.get('code_challenge'),
    createHash('sha256').update(attempt.verifier).digest('base64url'),
    'the challenge is the hash of the verifier',
  )
  t.equal(url.searchParams.get('nonce'), attempt.nonce)
  t.notMatch(url.href, attempt.verifier)
})

t.test('an ID token is refused', async (t) => {
  const { hostile, outcome } = await parts(t)
  const cases: readonly (readonly [string, (claims: JWTPayload) => JWTPayload])[] = [
    ['for another nonce', (claims) => ({ ...claims, nonce: 'another' })],
    ['without a nonce', without('nonce')],
    ['for another audience', (claims) => ({ ...claims, aud: 'another-client' })],
    ['for several audiences, made for another one', (claims) => ({ ...claims, aud: [CLIENT.clientId, 'b'], azp: 'b' })],
    ['of another issuer', (claims) => ({ ...claims, iss: 'https://another.example' })],
    ['without a subject', without('sub')],
    ['that expired more than a minute ago', (claims) => ({ ...claims, exp: seconds() - 75 })],
    ['without an end', without('exp')],
    ['that is valid only in more than a minute', (claims) => ({ ...claims, nbf: seconds() + 75 })],
  ]
  for (const [name, claims] of cases) {
    hostile.behaviour.claims = claims
    t.equal(await outcome(), 'sign-in-refused', name)
  }
  hostile.behaviour.claims = (claims) => claims
  for (const [name, sign] of [
    ['that nobody signed', unsigned],
    ['signed with the shared secret', signedWithSecret],
  ] as const) {
    hostile.behaviour.sign = sign
    t.equal(await outcome(), 'sign-in-refused', name)
  }
  const other = await hostileProvider(t)
  hostile.behaviour.sign = (claims) => other.sign(claims)
  t.equal(await outcome(), 'sign-in-refused', 'signed by somebody else under the same algorithm')
  hostile.behaviour.sign = hostile.sign
  t.equal(await outcome(), 'signed in', 'and the right one is taken')
})

t.test('clocks may differ by a minute', async (t) => {
  const { hostile, outcome } = await parts(t)
  hostile.behaviour.claims = (claims) => ({ ...claims, exp: seconds() - 45 })
  t.equal(await outcome(), 'signed in')
  hostile.behaviour.claims = (claims) => ({ ...claims, nbf: seconds() + 45 })
  t.equal(await outcome(), 'signed in')
})

t.test('who has to show again who they are is not let in on an older proof', async (t) => {
  const { hostile, outcome } = await parts(t)
  const fresh = (): Attempt => newAttempt(Date.now(), true)
  t.equal(await outcome(fresh()), 'signed in')
  hostile.behaviour.claims = without('auth_time')
  t.equal(await outcome(fresh()), 'sign-in-refused', 'no time')
  hostile.behaviour.claims = (claims) => ({ ...claims, auth_time: seconds() - 90 })
  t.equal(await outcome(fresh()), 'sign-in-refused', 'a minute and a half before it began')
  t.equal(await outcome(newAttempt(Date.now(), false)), 'signed in', 'which is enough where nothing new is asked')
})

t.test('where a way of authentication is asked for, a token that names none of these ways is refused', async (t) => {
  const { hostile } = await parts(t)
  const provider = openProvider(
    { issuer: hostile.issuer, clientId: CLIENT.clientId, publicUrl: PUBLIC_URL, acr: ['phr', 'mfa'] },
    CLIENT.clientSecret,
  )
  const attempt = newAttempt(Date.now(), false)
  t.equal(new URL(await provider.authorizationUrl(attempt)).searchParams.get('acr_values'), 'phr mfa')
  const outcome = (): Promise<string> =>
    provider.exchange(`code=${hostile.issueCode(attempt.nonce)}&state=${attempt.state}`, attempt).then(
      () => 'signed in',
      (error: unknown) => (isFault(error) ? error.kind : 'a bug'),
    )
  t.equal(await outcome(), 'sign-in-refused', 'no acr')
  hostile.behaviour.claims = (claims) => ({ ...claims, acr: 'pwd' })
  t.equal(await outcome(), 'sign-in-refused', 'another one')
  hostile.behaviour.claims = (claims) => ({ ...claims, acr: 'mfa' })
  t.equal(await outcome(), 'signed in')
})

t.test('an answer of another flow or another provider is refused', async (t) => {
  const { hostile, provider, outcome } = await parts(t)
  const attempt = newAttempt(Date.now(), false)
  const refused = (query: string): Promise<FaultKind | 'signed in'> =>
    provider.exchange(query, attempt).then(
      () => 'signed in' as const,
      (error: unknown) => (isFault(error) ? error.kind : Promise.reject(error as Error)),
    )
  t.equal(await refused(`code=${hostile.issueCode(attempt.nonce)}&state=another`), 'sign-in-refused', 'another state')
  t.equal(await refused(`code=${hostile.issueCode(attempt.nonce)}`), 'sign-in-refused', 'no state')
  t.equal(hostile.asked.length, 0, 'neither code was sent anywhere')
  const code = hostile.issueCode(attempt.nonce)
  t.equal(await refused(`code=${code}&state=${attempt.state}`), 'signed in')
  t.equal(await refused(`code=${code}&state=${attempt.state}`), 'sign-in-refused', 'a code that was used')
  t.equal(await refused(`error=access_denied&state=${attempt.state}`), 'sign-in-refused', 'a person who declines')

  t.equal(await outcome(undefined, '&iss=https%3A%2F%2Fanother.example'), 'sign-in-refused', 'another issuer answers')
  const strict = await parts(t)
  strict.hostile.behaviour.metadata = { authorization_response_iss_parameter_supported: true }
  t.equal(await strict.outcome(), 'sign-in-refused', 'no issuer where the provider always names itself')
  t.equal(await strict.outcome(undefined, `&iss=${encodeURIComponent(strict.hostile.issuer)}`), 'signed in')
})

t.test('a change of keys is seen at once', async (t) => {
  const { hostile, outcome } = await parts(t)
  t.equal(await outcome(), 'signed in')
  const signWithOld = await hostile.changeKeys()
  t.equal(await outcome(), 'signed in', 'with the new key')
  hostile.behaviour.sign = signWithOld
  t.equal(await outcome(), 'sign-in-refused', 'not with the old one')
})

t.test('a provider that does not answer is said to be unavailable, within its time', async (t) => {
  const { hostile, provider, outcome } = await parts(t)
  hostile.behaviour.tokenStatus = 500
  t.equal(await outcome(), 'sign-in-unavailable', 'its token endpoint fails')
  hostile.behaviour.tokenStatus = 200
  hostile.behaviour.keysDelayMs = 20_000
  const begin = performance.now()
  t.equal(await outcome(), 'sign-in-unavailable', 'its keys are slow')
  t.ok(performance.now() - begin < 15_000, 'long before the keys would have come')
  await hostile.stop()
  t.equal(await outcome(), 'sign-in-unavailable', 'it is gone')
  t.equal(await provider.signOutUrl(), null, 'signing out needs nothing of it')
})

t.test('a logout token is taken by its signature, its claims and its event', async (t) => {
  const { hostile, provider } = await parts(t)
  const right = (): JWTPayload => ({
    iss: hostile.issuer,
    aud: CLIENT.clientId,
    sub: 'subject-1',
    sid: 'session-1',
    jti: 'token-1',
    iat: seconds(),
    exp: seconds() + 120,
    events: EVENTS,
  })
  const read = async (claims: JWTPayload, sign: (claims: JWTPayload) => Promise<string> = hostile.sign) =>
    provider.readLogout(await sign(claims)).catch((error: unknown) => (isFault(error) ? error.kind : 'a bug'))
  t.strictSame(await read(right()), { subject: 'subject-1', providerSession: 'session-1', tokenId: 'token-1' })
  t.strictSame(await read(right(), (claims) => hostile.sign(claims, { typ: 'logout+jwt' })), {
    subject: 'subject-1',
    providerSession: 'session-1',
    tokenId: 'token-1',
  })
  t.match(await read(without('sid')(right())), { providerSession: null })
  for (const [name, claims] of [
    ['with a nonce', { ...right(), nonce: 'n' }],
    ['without its event', { ...right(), events: {} }],
    ['without events', without('events')(right())],
    ['without an id', without('jti')(right())],
    ['without a subject', without('sub')(right())],
    ['for another audience', { ...right(), aud: 'another-client' }],
    ['of another issuer', { ...right(), iss: 'https://another.example' }],
    ['of long ago', { ...right(), iat: seconds() - 300 }],
    ['that has expired', { ...right(), exp: seconds() - 75 }],
  ] as const)
    t.equal(await read(claims), 'sign-in-refused', name)
  t.equal(await read(right(), unsigned), 'sign-in-refused', 'that nobody signed')
  t.equal(await read(right(), signedWithSecret), 'sign-in-refused', 'signed with the shared secret')
  t.equal(
    await read(right(), (claims) => hostile.sign(claims, { typ: 'at+jwt' })),
    'sign-in-refused',
    'of another type',
  )
  await hostile.stop()
  t.equal(await read(right()), 'sign-in-unavailable', 'whose keys cannot be had')
})
