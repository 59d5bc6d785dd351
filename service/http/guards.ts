import type { FastifyReply, FastifyRequest } from 'fastify'
import type { AuditAbout, AuditTrail } from '../audit/audit-trail.ts'
import { Fault } from '../domain/fault.ts'
import { say } from '../domain/said.ts'
import { about } from './audit-about.ts'

const CLIENT_SESSION_IDS: ReadonlySet<string> = new Set(['sessionid', 'xsessionid', 'chatmrptsession'])
const CLIENT_SESSION_ID_IN_TEXT =
  /(?<![a-z])(?:(?:x[^a-z0-9]{0,3})?session[^a-z0-9]{0,3}id|chatmrpt[^a-z0-9]{0,3}session)(?![a-z])/i
/** A quick look: all three names match, with any signs between their letters, and few other texts do. */
const MAY_NAME_A_SESSION = /s[^a-z]*s[^a-z]*i|[^ -~]|%/i
const SAFE_METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS'])
const GUARDED = /^\/+(?:api|auth)(?:\/|$)/i
/** Where a request may name a session. */
type SessionPlace = NonNullable<AuditAbout['where']>
/** Levels of JSON: more than any route takes. */
const DEEPEST = 64

export interface Guards {
  /** Before anything is looked up: address, headers, cookies, and the site that the request comes from. */
  readonly request: (request: FastifyRequest, reply: FastifyReply, done: (error?: Error) => void) => void
  /** The names in a JSON body as it was sent, before it is parsed: of two equal names the parser keeps the last. */
  readonly names: (request: FastifyRequest, json: string) => Error | undefined
  /** Before the session and the schema: the body as it was parsed. */
  readonly body: (request: FastifyRequest, reply: FastifyReply, done: (error?: Error) => void) => void
}

/**
 * Refuses requests that name a session other than by the session cookie. A session id in any other place is refused and
 * counted, right or wrong: it is never adopted and never ignored.
 * @param cookieName the one cookie that may carry a session
 */
export function createGuards(audit: AuditTrail, cookieName: string): Guards {
  const refuse = (request: FastifyRequest, where: SessionPlace): Fault => {
    audit.record('client-session-id', { ...about(request), where })
    return new Fault('client-session-id', say('session-named-elsewhere', { where }))
  }
  return {
    request(request, _reply, done) {
      if (!isGuarded(request)) {
        done()
        return
      }
      const place = clientSessionIdIn(request, cookieName)
      if (place !== null) {
        done(refuse(request, place))
        return
      }
      done(absoluteForm(request) ?? duplicateCookie(request, cookieName) ?? crossSite(request))
    },
    names: (request, json) => (isGuarded(request) && namesSession(json) ? refuse(request, 'body') : undefined),
    body(request, _reply, done) {
      if (!isGuarded(request)) {
        done()
        return
      }
      if (request.body instanceof UnreadBody) {
        done(
          request.body.namesSession
            ? refuse(request, 'body')
            : new Fault('unsupported-media-type', say('body-as-json', {})),
        )
        return
      }
      done(
        isDeeperThan(DEEPEST, request.body)
          ? new Fault('invalid-input', say('body-too-deep', { deepest: DEEPEST }))
          : undefined,
      )
    },
  }
}

/** A body of a media type that no route takes. It is searched for a session id before it is refused for its type. */
export class UnreadBody {
  readonly namesSession: boolean

  constructor(text: string) {
    this.namesSession = [text, unescaped(text)].some((readable) =>
      CLIENT_SESSION_ID_IN_TEXT.test(readable.normalize('NFKC')),
    )
  }
}

/** Judged by the route that answers, for any spelling of its address; by the address where no route does. */
function isGuarded(request: FastifyRequest): boolean {
  // Most addresses are spelled as their route's, which need not be looked up.
  return GUARDED.test(request.url) || GUARDED.test(request.routeOptions.url ?? decoded(request.url.split('?')[0] ?? ''))
}

function clientSessionIdIn(request: FastifyRequest, cookieName: string): SessionPlace | null {
  for (const name in request.headers) if (isClientSessionId(name)) return 'headers'
  if (cookieNames(request, cookieName).some((name) => name !== cookieName && isClientSessionId(decoded(name))))
    return 'cookies'
  // An address that equals the route's own, letter for letter, holds nothing from the client.
  if (request.url === request.routeOptions.url) return null
  const [path = '', ...query] = request.url.split('?')
  if (path.split('/').some((segment) => isClientSessionId(decoded(segment).split(/[=:;]/)[0] ?? ''))) return 'path'
  for (const name of new URLSearchParams(query.join('?')).keys())
    if ([name, ...name.split(/[[\].]/)].some(isClientSessionId)) return 'query'
  return null
}

function isClientSessionId(name: string): boolean {
  return (
    name.length > 8 &&
    MAY_NAME_A_SESSION.test(name) &&
    CLIENT_SESSION_IDS.has(
      name
        .normalize('NFKC')
        .toLowerCase()
        .replaceAll(/[^a-z]/g, ''),
    )
  )
}

/** Whether any name in JSON text is a client session id, at any depth, even if the text is not valid JSON. */
function namesSession(json: string): boolean {
  if (!MAY_NAME_A_SESSION.test(json) && !json.includes('\\')) return false
  // A name is a string with a colon after it. A string without an end goes to the end of the text, so that nothing is
  // searched twice.
  for (const [, text = '', colon] of json.matchAll(/"((?:[^"\\]|\\.?)*)(?:"|$)\s*(:)?/gs))
    if (colon !== undefined && isClientSessionId(unquoted(text))) return true
  return false
}

function unquoted(text: string): string {
  try {
    return JSON.parse(`"${text}"`) as string
  } catch {
    return text
  }
}

function isDeeperThan(levels: number, value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false
  return levels === 0 || Object.values(value).some((inner) => isDeeperThan(levels - 1, inner))
}

function cookieNames({ headers: { cookie = '' } }: FastifyRequest, cookieName: string): string[] {
  if (cookie.startsWith(`${cookieName}=`) && !cookie.includes(';')) return [cookieName]
  return cookie
    .split(';')
    .map((pair) => pair.split('=')[0]?.trim() ?? '')
    .filter((name) => name !== '')
}

/** `GET http://host/path` is for proxies, and the cookie's path cannot be read from it. */
function absoluteForm(request: FastifyRequest): Fault | undefined {
  return request.url.startsWith('/') ? undefined : new Fault('invalid-input', say('address-not-path', {}))
}

function duplicateCookie(request: FastifyRequest, cookieName: string): Fault | undefined {
  const count = cookieNames(request, cookieName).filter((name) => name === cookieName).length
  return count > 1 ? new Fault('invalid-input', say('session-cookie-twice', {})) : undefined
}

/** Browsers say which site a request comes from. Any other client has no cookie of somebody else. */
function crossSite(request: FastifyRequest): Fault | undefined {
  if (SAFE_METHODS.has(request.method)) return undefined
  const { 'sec-fetch-site': site, origin, host } = request.headers
  const isForeign =
    site === undefined
      ? origin !== undefined && (!URL.canParse(origin) || new URL(origin).host !== host)
      : site !== 'same-origin' && site !== 'none'
  return isForeign ? new Fault('cross-site-request', say('from-another-site', {})) : undefined
}

/** Each escape on its own, since a broken one must not hide the others. */
function unescaped(text: string): string {
  return text.replaceAll(/%([0-7][0-9a-f])/gi, (_escape, hex: string) => String.fromCharCode(parseInt(hex, 16)))
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment
  }
}
