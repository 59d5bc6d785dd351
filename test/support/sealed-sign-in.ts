import { randomBytes } from 'node:crypto'
import { personIdOf, type VouchedPerson } from '../../service/session/person.ts'
import type { SealSecrets } from '../../service/session/seal.ts'
import { newAttempt, sealAttempt } from '../../service/sign-in/attempt.ts'

/** A sign-in that the provider has answered and the service has not finished. */
export interface AnsweredSignIn {
  /** Path and query of the callback. */
  readonly path: string
  /** `name=value` of the cookie of the browser that began it. */
  readonly cookie: string
  /** The token that the session will have. */
  readonly token: string
}

/** The seal secrets of a service, from its setting. */
export function sealSecretsOf(setting: string): SealSecrets {
  const [id = '', secret = ''] = setting.split(':')
  return [{ id, secret }]
}

/**
 * Stands for the provider's part of a sign-in, which another test shows, so that many can be made in little time.
 * @param secrets those of the service, without which nobody can make one
 * @param options `agoMs`: how long ago the person showed the provider who they are
 */
export function answeredSignIn(
  secrets: SealSecrets,
  subject: string,
  { issuer = 'https://id.example.org', providerSession = null as string | null, agoMs = 0 } = {},
): AnsweredSignIn {
  const attempt = newAttempt(Date.now(), false)
  const person: VouchedPerson = {
    personId: personIdOf(issuer, subject),
    issuer,
    subject,
    name: `Person ${subject}`,
    email: null,
    authTime: Date.now() - agoMs,
    providerSession,
  }
  const token = randomBytes(24).toString('base64url')
  return {
    path: `/auth/callback?code=answered&state=${attempt.state}`,
    cookie: `sign-in=${sealAttempt(secrets, { ...attempt, vouched: { person, token } })}`,
    token,
  }
}
