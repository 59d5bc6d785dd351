import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import type { AuditAbout, AuditTrail } from '../audit/audit-trail.ts'
import type { AuditEvent } from '../audit/audit-events.ts'
import { Fault, wordedDetail, type FaultDetail, type FaultKind } from '../domain/fault.ts'
import { say, textOf, type Said } from '../domain/said.ts'
import { schemaRefusals } from '../domain/schema-refusals.ts'
import type { Metrics } from '../metrics/metrics.ts'
import { about } from './audit-about.ts'

interface Problem {
  readonly status: number
  readonly title: string
  readonly retryAfterSeconds?: number
}

/** The one place where a fault becomes a status. */
export const PROBLEMS = {
  'invalid-input': { status: 400, title: 'The request is not valid' },
  'client-session-id': { status: 400, title: 'A session id from the client is refused' },
  'no-session': { status: 401, title: 'There is no session' },
  'sign-in-again': { status: 403, title: 'The sign-in is too long ago for this' },
  'cross-site-request': { status: 403, title: 'A request from another site is refused' },
  'sign-in-needed': { status: 403, title: 'This is for people who have signed in' },
  'sign-in-refused': { status: 403, title: 'The sign-in is refused' },
  'not-found': { status: 404, title: 'Not found' },
  'too-slow': { status: 408, title: 'The request took too long to arrive' },
  'no-data': { status: 409, title: 'The data are missing' },
  stale: { status: 409, title: 'The data have changed since' },
  unsettled: { status: 409, title: 'A question is open' },
  conflict: { status: 409, title: 'Another request changed this first' },
  locked: { status: 409, title: 'The plan is locked' },
  voted: { status: 409, title: 'A battle takes one vote' },
  'session-full': { status: 409, title: 'The session is full' },
  'projects-full': { status: 409, title: 'No more projects can be kept' },
  'too-large': { status: 413, title: 'Too large' },
  'unsupported-media-type': { status: 415, title: 'The media type is not supported' },
  'unreadable-file': { status: 422, title: 'The file cannot be used' },
  'headers-too-large': { status: 431, title: 'The headers are too large' },
  'too-many': { status: 429, title: 'Too many requests', retryAfterSeconds: 1 },
  'internal-error': { status: 500, title: 'Something went wrong in the service' },
  busy: { status: 503, title: 'The service is busy', retryAfterSeconds: 5 },
  'session-store-unavailable': { status: 503, title: 'The session store cannot be reached', retryAfterSeconds: 1 },
  'object-store-unavailable': { status: 503, title: 'The file store cannot be reached', retryAfterSeconds: 2 },
  'model-unavailable': { status: 503, title: 'The language model does not answer', retryAfterSeconds: 5 },
  'sign-in-unavailable': { status: 503, title: 'The sign-in provider does not answer', retryAfterSeconds: 5 },
} as const satisfies Record<FaultKind | 'too-slow' | 'headers-too-large' | 'internal-error', Problem>

export type ProblemSlug = keyof typeof PROBLEMS

/**
 * What a problem lists beside its detail: what is wrong and where, and the questions that have to be answered first.
 */
interface ProblemParts {
  readonly errors?: readonly FaultDetail[]
  readonly questions?: Fault['questions']
}

/** An RFC 9457 body. It holds only what the caller sent or is meant to know. */
export function problemBody(
  slug: ProblemSlug,
  said: Said,
  requestId: string,
  { errors = [], questions = [] }: ProblemParts = {},
): Record<string, unknown> {
  const { status, title } = PROBLEMS[slug]
  return {
    type: `urn:chatmrpt:problem:${slug}`,
    title,
    status,
    detail: textOf(said),
    said,
    instance: `urn:chatmrpt:request:${requestId}`,
    requestId,
    ...(errors.length > 0 && { errors: errors.map(wordedDetail) }),
    ...(questions.length > 0 && { questions }),
  }
}

/** Refusals that the audit trail records wherever they come from. Others are recorded where more is known of them. */
const AUDITED = {
  'cross-site-request': ['cross-site-request', {}],
  'sign-in-refused': ['sign-in-refused', { reason: 'does-not-fit' }],
  'sign-in-unavailable': ['sign-in-refused', { reason: 'provider-unavailable' }],
} as const satisfies Partial<Record<ProblemSlug, readonly [AuditEvent, Pick<AuditAbout, 'reason'>]>>

function isAudited(slug: ProblemSlug): slug is keyof typeof AUDITED {
  return slug in AUDITED
}

/** Answers every error: a fault in its own words, one of Fastify's by its meaning, any other as a silent bug. */
export function errorHandler(metrics: Metrics, audit: AuditTrail) {
  return (error: FastifyError | Fault, request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    // A save that the session was about to make must not be tried again for the error's own reply.
    if ('session' in request && typeof request.session === 'object') (request as { session: unknown }).session = null
    const { slug, said, ...parts } = meaningOf(error, request)
    if (isAudited(slug)) {
      const [event, why] = AUDITED[slug]
      audit.record(event, { ...about(request), ...why })
    }
    report(slug, error, request, reply, metrics)
    const problem: Problem = PROBLEMS[slug]
    const retryAfter = (error instanceof Fault ? error.retryAfterSeconds : undefined) ?? problem.retryAfterSeconds
    if (retryAfter !== undefined) void reply.header('Retry-After', retryAfter)
    return sendProblem(reply, slug, said, parts)
  }
}

/** The same for an error after the reply has begun: its body alone. */
export function lateProblem(
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
  metrics: Metrics,
): Record<string, unknown> {
  const { slug, said, ...parts } = error instanceof Fault ? meaningOf(error, request) : internal()
  report(slug, error, request, reply, metrics)
  return problemBody(slug, said, request.id, parts)
}

/** Logs and counts an error by what it means. */
function report(
  slug: ProblemSlug,
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
  metrics: Metrics,
): void {
  if (reply.raw.destroyed) request.log.info({ reqId: request.id }, 'The client left before its reply')
  else if (slug === 'internal-error') request.log.error({ reqId: request.id, err: error }, 'A request failed by a bug')
  else if (PROBLEMS[slug].status >= 500) request.log.warn({ reqId: request.id, err: error }, 'A request was refused')
  if (slug === 'session-store-unavailable') metrics.sessionStoreRefusal()
}

export function sendProblem(
  reply: FastifyReply,
  slug: ProblemSlug,
  said: Said,
  parts: ProblemParts = {},
): FastifyReply {
  return reply
    .code(PROBLEMS[slug].status)
    .type('application/problem+json')
    .serializer((body: unknown) => JSON.stringify(body))
    .send(problemBody(slug, said, reply.request.id, parts))
}

interface Meaning extends ProblemParts {
  readonly slug: ProblemSlug
  readonly said: Said
}

function internal(): Meaning {
  return { slug: 'internal-error', said: say('request-not-carried-out', {}) }
}

function meaningOf(error: FastifyError | Fault, request: FastifyRequest): Meaning {
  if (error instanceof Fault) {
    return { slug: error.kind, said: error.said, errors: error.errors, questions: error.questions }
  }
  if (error.validation !== undefined) {
    return {
      slug: 'invalid-input',
      said: say('request-part-unfit', { part: error.validationContext ?? 'request' }),
      errors: schemaRefusals(schemaOf(request, error.validationContext), error.validation),
    }
  }
  switch (error.code) {
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return {
        slug: 'too-large',
        said: say('body-too-large', {}),
      }
    case 'FST_ERR_CTP_INVALID_JSON_BODY':
      return {
        slug: 'invalid-input',
        said: say('body-not-json', {}),
      }
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
      return { slug: 'unsupported-media-type', said: say('body-as-json', {}) }
    default:
  }
  if (error.statusCode !== undefined && error.statusCode >= 400 && error.statusCode < 500) {
    return { slug: 'invalid-input', said: say('request-not-read', {}) }
  }
  return internal()
}

/** The schema that a part of the request did not pass. */
function schemaOf({ routeOptions }: FastifyRequest, part: FastifyError['validationContext']): unknown {
  const { body, querystring } = routeOptions.schema ?? {}
  return part === 'body' ? body : querystring
}
