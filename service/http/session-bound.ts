import fastifyCookie from '@fastify/cookie'
import fastifySession, { type SessionStore } from '@fastify/session'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { Type, type TSchema } from 'typebox'
import { SealBroken } from '../session/seal.ts'
import { openContext, type Clients, type RequestContext } from '../context.ts'
import { Fault } from '../domain/fault.ts'
import { say } from '../domain/said.ts'
import { scopeOf } from '../session/scope.ts'
import { EventStream, FileStream, type Route } from '../route.ts'
import type { FairQueue } from '../work/fair-queue.ts'
import { about } from './audit-about.ts'
import { lateProblem } from './errors.ts'
import { lastData, sendEvents, wantsEvents } from './event-stream.ts'
import type { Guards } from './guards.ts'
import { PROBLEM } from './problem-schema.ts'
import { readSession } from './read-session.ts'
import type { ReplyRoom } from './reply-room.ts'
import { sendFile } from './send-file.ts'
import { sendJson } from './send-json.ts'
import { mountSessionRoutes, mountSessionStart, type SessionRoutesOptions } from './session-routes.ts'
import { mountSignIn } from './sign-in-routes.ts'
import { NO_QUERY, refuseBody } from './closed-input.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** A route that may be called without a session. */
    sessionOptional?: true
    /** A route that may be called when the session's record cannot be opened, so that it can still be ended. */
    unreadableSession?: true
  }
}

export interface SessionBoundOptions extends SessionRoutesOptions {
  readonly clients: Clients
  readonly store: SessionStore
  readonly guards: Guards
  readonly routes: readonly Route[]
  /**
   * Bounds how many requests of one session are worked on at a time: more would read and wait for what is not theirs
   * yet.
   */
  readonly turns: FairQueue
  readonly replyRoom: ReplyRoom
}

/**
 * The encapsulated part of the app that knows sessions. Cookies are read only here: browsers send a `__Host-` cookie to
 * every path, and `/livez` or `/` must not ask Redis because of it. The plug-in serves the route that starts a session.
 */
export async function sessionBound(app: FastifyInstance, options: SessionBoundOptions): Promise<void> {
  const { cookie, guards } = options
  await app.register(fastifyCookie)
  // Runs before the plug-in's own hook and leaves it nothing to do: that one would save a session it takes for changed,
  // even after a logout. A cookie signed by an older secret is signed again here, with all its attributes and without a
  // write that parallel requests could lose.
  app.addHook('onSend', (request, reply, _payload, done) => {
    const session = request.session as FastifyRequest['session'] | null
    if (session?.identity !== undefined && !cookie.isCurrent(request.cookies[cookie.name], session.sessionId)) {
      void reply.setCookie(cookie.name, cookie.valueOf(session.sessionId), cookie.attributes)
    }
    ;(request as { session: unknown }).session = null
    done()
  })
  app.addHook('preValidation', guards.body)
  app.addHook('preValidation', (request, _reply, done) => {
    const { storeFault, identity } = request.session
    if (identity !== undefined && storeFault === undefined) {
      done()
      return
    }
    const { sessionOptional, unreadableSession } = request.routeOptions.config
    const isTolerated = unreadableSession === true && storeFault?.cause instanceof SealBroken
    if (storeFault !== undefined && !isTolerated) {
      done(storeFault)
      return
    }
    recordRefusal(request, options)
    done(sessionOptional === true ? undefined : new Fault('no-session', say('no-session', {})))
  })

  await app.register(async (starting) => {
    await starting.register(fastifySession, {
      secret: cookie.signer,
      cookieName: cookie.name,
      cookie: { ...cookie.attributes },
      store: options.store,
      rolling: false,
      saveUninitialized: false,
    })
    mountSessionStart(starting, options)
  })
  await app.register(async (started) => {
    mountStarted(started, options)
  })
}

/** The routes that start no session: most of all requests. */
function mountStarted(app: FastifyInstance, options: SessionBoundOptions): void {
  readSession(app, options)
  mountSessionRoutes(app, options)
  if (options.signIn !== null) mountSignIn(app, options, options.signIn)
  for (const route of options.routes) mount(app, route, options)
}

interface OpenRequest {
  readonly ctx: RequestContext
  /** Names the session, for what is shared out by session. */
  readonly session: string
  /** Closes the scope and lets go of what the request holds. */
  readonly close: () => void
}

/**
 * The context of this request, once it is the session's turn. Its scope is closed when the reply is gone, or before.
 * @throws Fault `too-many`, `session-store-unavailable` as the route's limit says
 * @throws Fault `too-many`, `busy` as the queue says
 */
async function openRequest(
  request: FastifyRequest,
  reply: FastifyReply,
  limit: Route['limit'],
  { clients, sealSecrets, turns, limits, audit }: SessionBoundOptions,
): Promise<OpenRequest> {
  const scope = scopeOf(request.session, sealSecrets)
  const session = scope.dataId
  const personId = scope.person?.personId
  const controller = new AbortController()
  let leave = (): void => undefined
  const close = (): void => {
    scope.close()
    controller.abort()
    leave()
  }
  // 'close' comes when the reply has gone out or the client has left. After either, nothing may use the scope.
  reply.raw.once('close', close)
  if (limit !== undefined) await limits.take(limit, request, personId ?? session)
  leave = await turns.enter({ session, address: request.ip }, controller.signal)
  const ctx = openContext(clients, scope, {
    owner: { session, address: request.ip },
    signal: controller.signal,
    warn: (err, message) => {
      request.log.warn({ reqId: request.id, err }, message)
    },
    audit: (event, what) => {
      audit.record(event, { ...about(request), session, ...(personId !== undefined && { personId }), ...what })
    },
  })
  return { ctx, session, close }
}

/** A cookie that this service signed names a session that has ended; any other cookie was made by somebody else. */
function recordRefusal(request: FastifyRequest, { cookie, audit }: SessionBoundOptions): void {
  const value = request.cookies[cookie.name]
  if (value === undefined) return
  if (cookie.tokenOf(value) === null) audit.record('forged-cookie', about(request))
  else if (request.routeOptions.config.sessionOptional !== true) audit.record('session-refused', about(request))
}

function mount(
  app: FastifyInstance,
  { method, url, summary, status, limit, body, query, reply: replySchema, mediaType, handle }: Route,
  options: SessionBoundOptions,
): void {
  app.route({
    method,
    url,
    schema: {
      summary,
      tags: [url.split('/')[2] ?? 'api'],
      ...(body !== undefined && { body }),
      querystring: query ?? NO_QUERY,
      response: { [status]: described(replySchema ?? Type.Null(), mediaType), default: PROBLEM },
    },
    // The schemas only document: a reply goes out as its handler gave it, even with what a schema does not name.
    serializerCompiler: () => (reply) => JSON.stringify(reply),
    handler: async (request, reply) => {
      if (body === undefined) refuseBody(request.body)
      const lastEventId = request.headers['last-event-id']
      const { ctx, session, close } = await openRequest(request, reply, limit, options)
      const made = await handle(ctx, {
        body: request.body as never,
        query: request.query as never,
        params: request.params as Record<string, string>,
        ...(typeof lastEventId === 'string' && { lastEventId }),
      })
      void reply.code(status)
      if (made instanceof EventStream && wantsEvents(request))
        return sendEvents(reply, made, (error) => lateProblem(error, request, reply, options.clients.metrics))
      if (made instanceof FileStream) return sendFile(reply, options.replyRoom, session, made)
      const output = made instanceof EventStream ? await lastData(made) : made
      // The reply has its bytes. A client that reads them slowly holds nothing else.
      close()
      return output === undefined ? undefined : sendJson(request, reply, options.replyRoom, session, output)
    },
  })
}

/** A reply for the description of the API. */
function described(schema: TSchema, mediaType: string | undefined): unknown {
  return mediaType === undefined ? schema : { description: 'A file', content: { [mediaType]: { schema } } }
}
