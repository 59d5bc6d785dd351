import { setTimeout as pause } from 'node:timers/promises'
import { createClient, problemOf } from '../../prove/client.ts'
import { createInspector, type Violation } from '../../prove/inspector.ts'
import type { makeStates } from './own-state.ts'
import { visit } from './visit.ts'

/** How people come. */
export interface Arrival {
  /** The time over which they arrive evenly; 0: all in the same second. */
  readonly overSeconds: number
  readonly thinkSeconds: number
}

/** What a crowd met. */
export interface CrowdFigures {
  readonly people: number
  readonly ended: number
  /** Why the others did not end. */
  readonly givenUp: readonly string[]
  readonly seconds: number
  /** Replies of the service by status; 0: no reply. */
  readonly statuses: ReadonlyMap<number, number>
  /** The same of the object store. */
  readonly storeStatuses: ReadonlyMap<number, number>
  /** The service's refusals by the last part of their problem's type. */
  readonly problems: ReadonlyMap<string, number>
  readonly steps: ReadonlyMap<string, { readonly milliseconds: number[]; refusals: number }>
  /** Names of the tasks that answered. */
  readonly tasks: ReadonlySet<string>
  readonly violations: readonly Violation[]
  readonly violationCount: number
  /** Own canaries and ids seen in replies, among which a foreign one would have been noticed. */
  readonly ownSightings: number
  readonly searchedBytes: number
}

/** Browsers keep six connections to a server. */
const CONNECTIONS_EACH = 6

/** Lets one person for each state make their journey at `target`, and judges every reply. */
export async function runCrowd(
  target: string,
  { canaries, states }: ReturnType<typeof makeStates>,
  { overSeconds, thinkSeconds }: Arrival,
): Promise<CrowdFigures> {
  const inspector = createInspector(canaries, [])
  const statuses = new Map<number, number>()
  const storeStatuses = new Map<number, number>()
  const problems = new Map<string, number>()
  const tasks = new Set<string>()
  const steps = new Map<string, { milliseconds: number[]; refusals: number }>()
  const givenUp: string[] = []
  const client = createClient({
    target,
    atOnce: CONNECTIONS_EACH * states.length,
    heavyAtOnce: Infinity,
    onExchange: (exchange) => {
      const counts = exchange.route === 'object store' ? storeStatuses : statuses
      counts.set(exchange.status, (counts.get(exchange.status) ?? 0) + 1)
      const problem = exchange.route === 'object store' ? undefined : problemOf(exchange)
      if (problem !== undefined) problems.set(problem, (problems.get(problem) ?? 0) + 1)
      if (exchange.task !== undefined) tasks.add(exchange.task)
      inspector.inspect(exchange)
    },
  })
  const crowd = {
    client,
    canaries,
    inspector,
    thinkMs: 1_000 * thinkSeconds,
    onStep: ({ name, ms, refusals }: { name: string; ms: number; refusals: number }) => {
      const known = steps.get(name) ?? { milliseconds: [], refusals: 0 }
      steps.set(name, known)
      known.milliseconds.push(ms)
      known.refusals += refusals
    },
  }
  const begin = performance.now()
  try {
    await Promise.all(
      states.map(async (state, at) => {
        await pause((1_000 * overSeconds * at) / states.length)
        await visit(crowd, state).catch((error: unknown) => {
          givenUp.push(error instanceof Error ? error.message : String(error))
        })
      }),
    )
  } finally {
    await client.close()
  }
  return {
    people: states.length,
    ended: states.length - givenUp.length,
    givenUp,
    seconds: (performance.now() - begin) / 1_000,
    statuses,
    storeStatuses,
    problems,
    steps,
    tasks,
    violations: inspector.violations,
    violationCount: inspector.count,
    ownSightings: inspector.sightings,
    searchedBytes: inspector.scannedBytes,
  }
}
