import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { readFileSync } from 'node:fs'
import { text } from 'node:stream/consumers'
import { setTimeout as pause } from 'node:timers/promises'
import { exportJWK, generateKeyPair, SignJWT, UnsecuredJWT, type CryptoKey, type JWK, type JWTPayload } from 'jose'
import type { Test } from 'tap'
import { makeCertificates } from '../../local/certificates.ts'
import { folder } from './parts.ts'

/** How the provider behaves; a test changes what it is about. */
export interface Behaviour {
  /** Changes the claims of the next ID token. */
  claims: (right: JWTPayload) => JWTPayload
  sign: (claims: JWTPayload) => Promise<string>
  metadata: Record<string, unknown>
  tokenStatus: number
  keysDelayMs: number
}

export interface HostileProvider {
  readonly issuer: string
  /** PEM of the authority that signed its certificate. */
  readonly ca: string
  readonly behaviour: Behaviour
  /** What was sent to the token endpoint, the latest last. */
  readonly asked: URLSearchParams[]
  /** Claims that fit, for a code's nonce. */
  readonly rightClaims: (nonce: string) => JWTPayload
  /** Signs with the key that is published now. */
  readonly sign: (claims: JWTPayload, header?: Readonly<Record<string, string>>) => Promise<string>
  /** Publishes a new key instead of the old one; gives a signer with the old one. */
  readonly changeKeys: () => Promise<(claims: JWTPayload) => Promise<string>>
  /** Issues a code, which is good once. */
  readonly issueCode: (nonce: string) => string
  readonly stop: () => Promise<void>
}

export const CLIENT = { clientId: 'client-of-the-test', clientSecret: 'secret-of-the-test-client-0123456789' } as const

/** A provider that signs what a test tells it to, over TLS with an authority of its own. */
export async function hostileProvider(t: Pick<Test, 'teardown'>): Promise<HostileProvider> {
  const certificates = await makeCertificates(folder(t))
  let keys = await newKeys('key-1')
  let rotations = 1
  const codes = new Map<string, string>()
  const asked: URLSearchParams[] = []
  const sign = (claims: JWTPayload, header: Readonly<Record<string, string>> = {}): Promise<string> =>
    signWith(keys, claims, header)
  const behaviour: Behaviour = {
    claims: (right) => right,
    sign,
    metadata: {},
    tokenStatus: 200,
    keysDelayMs: 0,
  }
  const server = createServer({ cert: readFileSync(certificates.certFile), key: readFileSync(certificates.keyFile) })
  server.on('request', (request, response) => {
    const answer = async (): Promise<[number, unknown]> => {
      switch (new URL(request.url ?? '/', issuer).pathname) {
        case '/.well-known/openid-configuration':
          return [200, metadataOf(issuer, behaviour)]
        case '/keys':
          await pause(behaviour.keysDelayMs)
          return [200, { keys: [keys.published] }]
        case '/token': {
          const form = new URLSearchParams(await text(request))
          asked.push(form)
          const nonce = codes.get(form.get('code') ?? '')
          codes.delete(form.get('code') ?? '')
          if (nonce === undefined) return [400, { error: 'invalid_grant' }]
          if (behaviour.tokenStatus !== 200) return [behaviour.tokenStatus, { error: 'server_error' }]
          const idToken = await behaviour.sign(behaviour.claims(rightClaims(nonce)))
          return [200, { access_token: 'a', token_type: 'Bearer', expires_in: 60, id_token: idToken }]
        }
        default:
          return [404, {}]
      }
    }
    void answer().then(([status, body]) => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const issuer = `https://127.0.0.1:${String((server.address() as AddressInfo).port)}`
  const rightClaims = (nonce: string): JWTPayload => {
    const now = Math.floor(Date.now() / 1000)
    return {
      iss: issuer,
      aud: CLIENT.clientId,
      sub: 'subject-1',
      nonce,
      iat: now,
      exp: now + 120,
      auth_time: now,
      sid: 'session-1',
      name: 'Ngozi Eze',
    }
  }
  const stop = (): Promise<void> =>
    new Promise((resolve) => {
      server.closeAllConnections()
      server.close(() => {
        resolve()
      })
    })
  t.teardown(stop)
  return {
    issuer,
    ca: certificates.ca,
    behaviour,
    asked,
    rightClaims,
    sign,
    async changeKeys() {
      const old = keys
      rotations += 1
      keys = await newKeys(`key-${String(rotations)}`)
      return (claims) => signWith(old, claims, {})
    },
    issueCode(nonce) {
      const code = `code-${String(codes.size)}-${nonce}`
      codes.set(code, nonce)
      return code
    },
    stop,
  }
}

/** A token that nobody signed. */
export function unsigned(claims: JWTPayload): Promise<string> {
  return Promise.resolve(new UnsecuredJWT(claims).encode())
}

/** Signed with the secret that the client and the provider share, which is no key of the provider. */
export function signedWithSecret(claims: JWTPayload): Promise<string> {
  return new SignJWT(claims).setProtectedHeader({ alg: 'HS256' }).sign(new TextEncoder().encode(CLIENT.clientSecret))
}

interface Keys {
  readonly privateKey: CryptoKey
  readonly published: JWK
}

async function newKeys(kid: string): Promise<Keys> {
  const { privateKey, publicKey } = await generateKeyPair('RS256')
  return { privateKey, published: { ...(await exportJWK(publicKey)), kid, alg: 'RS256', use: 'sig' } }
}

function signWith(keys: Keys, claims: JWTPayload, header: Readonly<Record<string, string>>): Promise<string> {
  const kid = keys.published.kid ?? ''
  return new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid, ...header }).sign(keys.privateKey)
}

function metadataOf(issuer: string, { metadata }: Behaviour): Record<string, unknown> {
  return {
    issuer,
    authorization_endpoint: `${issuer}/authorize`,
    token_endpoint: `${issuer}/token`,
    jwks_uri: `${issuer}/keys`,
    response_types_supported: ['code'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['RS256', 'none', 'HS256'],
    ...metadata,
  }
}
