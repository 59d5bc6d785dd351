import { randomBytes } from 'node:crypto'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { Fault } from '../domain/fault.ts'
import { say } from '../domain/said.ts'
import { SignedOutReply } from '../features/replies/session.ts'
import { isSame } from '../session/mac.ts'
import { newIdentity, personOf, scopeOf, type SessionIdentity } from '../session/scope.ts'
import { ATTEMPT_MS, newAttempt, openAttempt, sealAttempt, type Attempt } from '../sign-in/attempt.ts'
import { deviceOf } from '../sign-in/device.ts'
import { endSession } from '../stores/end-session.ts'
import { signInSession } from '../stores/sign-in-session.ts'
import { about } from './audit-about.ts'
import { mountBackChannel } from './back-channel.ts'
import { refuseBody, NO_QUERY } from './closed-input.ts'
import { mountOwnSessions } from './own-sessions.ts'
import { PROBLEM } from './problem-schema.ts'
import { forget, type SessionRoutesOptions } from './session-routes.ts'
import type { SignInParts } from './sign-in-parts.ts'
import { problemsAsPages } from './sign-in-problem-page.ts'

/** As many bytes as @fastify/session gives a token. */
const TOKEN_BYTES = 24
const Redirect = Type.Null({ description: 'The browser goes on to the address in `Location`' })

/** Sign-in by OpenID Connect: authorization code with PKCE. These routes are there only where a provider is set. */
export function mountSignIn(app: FastifyInstance, options: SessionRoutesOptions, parts: SignInParts): void {
  void app.register((browser, _options, done) => {
    problemsAsPages(browser)
    mountLogin(browser, options, parts)
    mountCallback(browser, options, parts)
    done()
  })
  mountLogout(app, options, parts)
  mountBackChannel(app, options, parts)
  mountOwnSessions(app, options, parts)
}

function mountLogin(
  app: FastifyInstance,
  { cookie, limits, sealSecrets }: SessionRoutesOptions,
  parts: SignInParts,
): void {
  app.get(
    '/auth/login',
    {
      config: { sessionOptional: true },
      schema: {
        summary: 'Go to the sign-in provider; with `fresh=true`, to show again who you are',
        tags: ['sign-in'],
        querystring: Type.Object({ fresh: Type.Optional(Type.Literal('true')) }, { additionalProperties: false }),
        response: { 303: Redirect, default: PROBLEM },
      },
    },
    async (request, reply) => {
      refuseBody(request.body)
      const { identity } = request.session
      await limits.take('sign-in', request, identity && scopeOf(request.session, sealSecrets).dataId)
      const attempt = newAttempt(Date.now(), (request.query as { fresh?: 'true' }).fresh === 'true')
      const url = await parts.provider.authorizationUrl(attempt)
      const { name, attributes } = attemptCookie(cookie.attributes.secure)
      return reply.setCookie(name, sealAttempt(sealSecrets, attempt), attributes).redirect(url, 303)
    },
  )
}

function mountCallback(app: FastifyInstance, options: SessionRoutesOptions, parts: SignInParts): void {
  const { name, attributes } = attemptCookie(options.cookie.attributes.secure)
  app.get(
    '/auth/callback',
    {
      config: { sessionOptional: true },
      schema: {
        summary: 'Where the sign-in provider sends the browser back to',
        tags: ['sign-in'],
        querystring: Type.Object({ state: Type.Optional(Type.String()) }, { additionalProperties: true }),
        response: { 303: Redirect, default: PROBLEM },
      },
    },
    async (request, reply) => {
      refuseBody(request.body)
      const attempt = openAttempt(options.sealSecrets, request.cookies[name], Date.now())
      const { state = '' } = request.query as { state?: string }
      if (attempt === null || !isSame(state, attempt.state))
        throw new Fault('sign-in-refused', say('sign-in-not-begun', {}))
      const vouched = attempt.vouched ?? (await vouch(request, attempt, parts))
      // Kept until the session is signed in: the provider's code works once, and a reload goes on from here.
      void reply.setCookie(name, sealAttempt(options.sealSecrets, { ...attempt, vouched }), attributes)
      const identity = await signIn(request, options, parts, vouched)
      ;(request as { session: unknown }).session = { identity, sessionId: vouched.token }
      const session = scopeOf({ identity }, options.sealSecrets).dataId
      options.audit.record('signed-in', { ...about(request), session, personId: vouched.person.personId })
      return reply.clearCookie(name, attributes).redirect('/', 303)
    },
  )
}

/** What the provider says, asked once: the state is used up first, for every task. */
async function vouch(
  request: FastifyRequest,
  attempt: Attempt,
  { provider, spent }: SignInParts,
): Promise<NonNullable<Attempt['vouched']>> {
  if (!(await spent.spend('state', attempt.state))) throw new Fault('sign-in-refused', say('sign-in-used', {}))
  const [, query = ''] = request.url.split(/\?(.*)/s)
  const person = await provider.exchange(query, attempt)
  return { person, token: randomBytes(TOKEN_BYTES).toString('base64url') }
}

/**
 * Signs the browser's session in. A session of somebody else ends first, so that nothing passes from one person to
 * another.
 */
async function signIn(
  request: FastifyRequest,
  { ending, sealSecrets, onEnded }: SessionRoutesOptions,
  { records, sessions, signingIn }: SignInParts,
  { person, token }: NonNullable<Attempt['vouched']>,
): Promise<SessionIdentity> {
  const done = await records.read(token)
  if (done !== null) return done
  const { session } = request
  let identity = session.identity
  const before = identity === undefined ? null : personOf(identity)
  if (before !== null && before.personId !== person.personId) {
    await endSession(ending, session.sessionId, scopeOf(session, sealSecrets))
    onEnded()
    identity = undefined
  }
  await sessions.makeRoom(person.personId)
  return signInSession(signingIn, {
    from: identity === undefined ? null : { token: session.sessionId, identity },
    otherwise: newIdentity(Date.now()),
    token,
    person,
    device: deviceOf(request.headers['user-agent']),
  })
}

function mountLogout(app: FastifyInstance, options: SessionRoutesOptions, { provider }: SignInParts): void {
  app.post(
    '/auth/logout',
    {
      schema: {
        summary: 'End the session, delete its data, and learn where to sign out at the provider',
        tags: ['sign-in'],
        querystring: NO_QUERY,
        response: { 200: SignedOutReply, default: PROBLEM },
      },
    },
    async (request, reply) => {
      refuseBody(request.body)
      const scope = scopeOf(request.session, options.sealSecrets)
      const session = scope.dataId
      const { person } = scope
      await endSession(options.ending, request.session.sessionId, scope)
      if (person === null) options.audit.record('session-ended', { ...about(request), session })
      else options.audit.record('signed-out', { ...about(request), session, personId: person.personId })
      options.onEnded()
      ;(request as { session: unknown }).session = null
      return forget(reply, options.cookie).send({ next: (person === null ? null : await provider.signOutUrl()) ?? '/' })
    },
  )
}

interface AttemptCookie {
  readonly name: string
  readonly attributes: Parameters<FastifyReply['setCookie']>[2] & object
}

function attemptCookie(isSecure: boolean): AttemptCookie {
  return {
    name: isSecure ? '__Host-sign-in' : 'sign-in',
    // Lax, because the provider's page leads back here.
    attributes: { path: '/', secure: isSecure, httpOnly: true, sameSite: 'lax', maxAge: ATTEMPT_MS / 1000 },
  }
}
