import { isCanary, type Canaries, type Owner } from './canaries.ts'
import type { Exchange } from './client.ts'
import { sightings } from './scan.ts'

export type ViolationKind =
  | 'foreign canary'
  | 'unknown canary'
  | 'foreign id'
  | 'revived session'
  | 'ended session'
  | 'fail open'
  | 'policy'
  | 'history'
  | 'wrong numbers'
  | 'foreign id accepted'
  | 'left behind'

/** Something that must never happen, with enough to look into it. */
export interface Violation {
  readonly kind: ViolationKind
  readonly detail: string
  readonly viewer: { readonly user: number; readonly era: number | null }
  readonly owner?: Owner
  readonly request?: string
  readonly requestId?: string
  /** The canary with the text around it. */
  readonly context?: string
  /** The last requests of the people involved, newest last. */
  readonly trace: readonly string[]
}

/** A time during which a part is stopped on purpose. `end` is infinite while it lasts. */
export interface FaultWindow {
  readonly fault: string
  readonly begin: number
  end: number
  /** No session route may succeed within it. */
  readonly closed: boolean
}

export interface Inspector {
  /** Searches a whole reply, and holds it to the contract's rules for every reply. */
  inspect(exchange: Exchange): void
  report(violation: Omit<Violation, 'trace'>): void
  /** From `at` on this cookie's session exists, until its owner ends it or a fault comes in between. */
  expectAlive(cookie: string, at: number): void
  letEnd(cookie: string): void
  /** From `at` on nothing may succeed with this cookie. */
  bury(cookie: string, at: number): void
  readonly violations: readonly Violation[]
  readonly count: number
  readonly byKind: ReadonlyMap<ViolationKind, number>
  readonly scannedBytes: number
  readonly sightings: number
}

/** The most that are kept of each kind; the rest are counted. */
const KEPT = 10
const TRACE = 12
/** A request that began this soon after a fault may have been answered before the fault. */
const GRACE_MS = 60
/** What a fault lost may show this long after it. */
const SETTLE_MS = 5_000

export function createInspector(canaries: Canaries, windows: readonly FaultWindow[]): Inspector {
  const violations: Violation[] = []
  const traces = new Map<number, string[]>()
  const alive = new Map<string, number>()
  const dead = new Map<string, number>()
  const byKind = new Map<ViolationKind, number>()
  let count = 0
  let scannedBytes = 0
  let seen = 0

  const report = (violation: Omit<Violation, 'trace'>): void => {
    count += 1
    const ofKind = (byKind.get(violation.kind) ?? 0) + 1
    byKind.set(violation.kind, ofKind)
    if (ofKind > KEPT) return
    const people = [
      ...new Set([violation.viewer.user, ...(violation.owner === undefined ? [] : [violation.owner.user])]),
    ]
    violations.push({ ...violation, trace: people.flatMap((user) => traces.get(user) ?? []) })
  }
  const found = (exchange: Exchange, kind: ViolationKind, detail: string, more: Partial<Violation> = {}): void => {
    report({
      kind,
      detail,
      viewer: { user: exchange.user, era: exchange.era },
      request: `${exchange.method} ${shortAddress(exchange)} → ${exchange.status}`,
      ...(exchange.requestId !== undefined && { requestId: exchange.requestId }),
      ...more,
    })
  }
  const searchFor = (exchange: Exchange): void => {
    const head = Object.entries(exchange.replyHeaders)
      .map(([name, value]) => `${name}: ${String(value)}`)
      .join('\n')
    const all = Buffer.concat([Buffer.from(`${exchange.status}\n${head}\n\n`), exchange.bytes])
    scannedBytes += all.length
    for (const { kind, found: text, as, context } of sightings(all)) {
      const owner = canaries.ownerOf(text)
      if (owner === undefined) {
        if (kind === 'text' && isCanary(text))
          found(exchange, 'unknown canary', `A canary that this run never made, as ${as}`, { context })
        continue
      }
      seen += 1
      if (owner.user !== exchange.user || (owner.era !== null && owner.era !== exchange.era)) {
        found(
          exchange,
          kind === 'id' ? 'foreign id' : 'foreign canary',
          `${owner.field} of person ${owner.user}, session ${owner.era}, as ${as}`,
          { owner, context },
        )
      }
    }
  }
  const hold = (exchange: Exchange): void => {
    const { replyHeaders: headers, status, route, cookie } = exchange
    if (status === 0 || route === 'object store' || route === 'raw bytes') return
    const isOfService = exchange.requestId !== undefined
    if (!isOfService && status < 500) found(exchange, 'policy', 'A reply without X-Request-Id')
    if (!String(headers['cache-control']).includes('no-store'))
      found(exchange, 'policy', 'A reply that a cache may keep: Cache-Control has no no-store')
    if (headers['etag'] !== undefined)
      found(exchange, 'policy', "A reply with an ETag, by which a cache could take it for another's")
    if (status === 500) found(exchange, 'policy', 'A 500: something went wrong that nothing was ready for')
    if (
      isOfService &&
      status >= 400 &&
      !String(headers['content-type']).startsWith('application/problem+json') &&
      route !== 'GET /readyz'
    )
      found(exchange, 'policy', 'An error that is not problem+json')
    const bornAt = status === 401 ? alive.get(cookie ?? '') : undefined
    // A store that was failed over or emptied may have lost the session.
    if (bornAt !== undefined && !windows.some((window) => window.end + SETTLE_MS > bornAt))
      found(exchange, 'ended session', 'Refused a cookie whose session nobody had ended')
    if (status >= 300) return
    const isHealth = route === 'GET /livez' || route === 'GET /readyz'
    for (const window of windows) {
      if (window.closed && !isHealth && exchange.begin > window.begin + GRACE_MS && exchange.end < window.end)
        found(exchange, 'fail open', `Answered while the session store was gone (${window.fault})`)
    }
    const died = cookie === undefined || cookie === null ? undefined : dead.get(cookie)
    if (
      died !== undefined &&
      exchange.begin > died &&
      route !== 'POST /api/session' &&
      route !== 'DELETE /api/session' &&
      !isHealth
    )
      found(exchange, 'revived session', 'Answered a cookie whose session had ended')
  }

  return {
    inspect(exchange) {
      const lines = traces.get(exchange.user) ?? []
      traces.set(exchange.user, lines)
      lines.push(traceLine(exchange))
      if (lines.length > TRACE) lines.shift()
      searchFor(exchange)
      hold(exchange)
    },
    report,
    expectAlive(cookie, at) {
      alive.set(cookie, at)
    },
    letEnd(cookie) {
      alive.delete(cookie)
    },
    bury(cookie, at) {
      dead.set(cookie, at)
    },
    violations,
    byKind,
    get count() {
      return count
    },
    get scannedBytes() {
      return scannedBytes
    },
    get sightings() {
      return seen
    },
  }
}

/** One request for a reader: who, when, what, and how it was answered. */
function traceLine(exchange: Exchange): string {
  const { user, era, begin, end, method, status, operation, requestId } = exchange
  const when = `${begin.toFixed(0)}–${end.toFixed(0)} ms`
  const which = requestId === undefined ? operation : `${operation}, ${requestId}`
  return `person ${user} session ${era ?? '-'} at ${when}: ${method} ${shortAddress(exchange)} → ${status} (${which})`
}

/** Without the signature of a presigned URL, which gives access to its object. */
function shortAddress({ address }: Exchange): string {
  return address.startsWith('http') ? `${address.split('?')[0] ?? ''}?…` : address
}
