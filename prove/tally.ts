import type { Exchange } from './client.ts'
import type { FaultWindow } from './inspector.ts'
import type { Outcome } from './outcome.ts'

export interface OperationFigures {
  done: number
  /** Attempts that were answered "try again". */
  refused: number
  gone: number
  skipped: number
  /** Given up, or not as the contract says, with no fault under way. */
  failed: number
  failedInFaults: number
  readonly milliseconds: number[]
}

export interface RouteFigures {
  requests: number
  readonly statuses: Map<number, number>
}

/** What a run has done, counted. */
export interface Tally {
  exchange(exchange: Exchange): void
  operation(name: string, outcome: Outcome, span: { begin: number; end: number }): void
  refused(name: string): void
  /** A reply that is neither right nor a refusal for now. */
  unexpected(exchange: Exchange): void
  readonly operations: ReadonlyMap<string, OperationFigures>
  readonly routes: ReadonlyMap<string, RouteFigures>
  /** How many requests each task answered, by the task's name in request ids. */
  readonly tasks: ReadonlyMap<string, number>
  /** Pairs of requests of two people that one task was given within 5 ms. */
  readonly overlaps: number
  /** Names of the smuggling prefixes that were sent. */
  readonly smuggled: Set<string>
  readonly requests: number
  readonly networkErrors: number
  readonly surprises: readonly string[]
  readonly finished: number
}

const CLOSE_MS = 5
const KEPT = 40
/** How long the parts that a fault broke may take to recover. */
const RECOVERY_MS = 5_000

export function createTally(windows: readonly FaultWindow[]): Tally {
  const operations = new Map<string, OperationFigures>()
  const routes = new Map<string, RouteFigures>()
  const tasks = new Map<string, number>()
  const latest = new Map<string, { begin: number; user: number }>()
  const smuggled = new Set<string>()
  const surprises: string[] = []
  let [overlaps, requests, networkErrors, finished] = [0, 0, 0, 0]
  const figures = (name: string): OperationFigures => {
    const known = operations.get(name) ?? {
      done: 0,
      refused: 0,
      gone: 0,
      skipped: 0,
      failed: 0,
      failedInFaults: 0,
      milliseconds: [],
    }
    operations.set(name, known)
    return known
  }
  return {
    exchange({ route, status, task, begin, user, end, operation }) {
      requests += 1
      if (status === 0) networkErrors += 1
      const known = routes.get(route) ?? { requests: 0, statuses: new Map<number, number>() }
      routes.set(route, known)
      known.requests += 1
      known.statuses.set(status, (known.statuses.get(status) ?? 0) + 1)
      if (status > 0 && status < 500) figures(operation).milliseconds.push(end - begin)
      if (task === undefined) return
      tasks.set(task, (tasks.get(task) ?? 0) + 1)
      const before = latest.get(task)
      if (before !== undefined && before.user !== user && Math.abs(begin - before.begin) <= CLOSE_MS) overlaps += 1
      latest.set(task, { begin, user })
    },
    operation(name, outcome, { begin, end }) {
      const known = figures(name)
      if (outcome !== 'skipped') finished += 1
      const inFault = windows.some((window) => begin < window.end + RECOVERY_MS && end > window.begin)
      if (outcome === 'failed' || outcome === 'refused') known[inFault ? 'failedInFaults' : 'failed'] += 1
      else known[outcome] += 1
    },
    refused(name) {
      figures(name).refused += 1
    },
    unexpected({ operation, method, address, status, bytes, begin, end, user, era }) {
      if (surprises.length < KEPT)
        surprises.push(
          `person ${user} session ${String(era)} at ${begin.toFixed(0)}–${end.toFixed(0)} ms, ${operation}: ` +
            `${method} ${address.split('?')[0] ?? ''} → ${status} ${bytes.toString('utf8', 0, 200)}`,
        )
    },
    operations,
    routes,
    tasks,
    smuggled,
    get overlaps() {
      return overlaps
    },
    get requests() {
      return requests
    },
    get networkErrors() {
      return networkErrors
    },
    surprises,
    get finished() {
      return finished
    },
  }
}
