import { accountOf } from './account.ts'
import { createCanaries } from './canaries.ts'
import { createClient, type Exchange } from './client.ts'
import { LOGIN } from './device.ts'
import { injectFaults, type Injected } from './faults.ts'
import { createInspector, type FaultWindow, type Violation } from './inspector.ts'
import { live } from './journey.ts'
import { allOperations, JOURNEY_ROUTES } from './operations/registry.ts'
import type { Options } from './options.ts'
import type { Person } from './person.ts'
import { followProcessorTime, type ProcessorSeconds } from './processor-time.ts'
import { schedule } from './schedule.ts'
import { selfTest, type Planted } from './self-test.ts'
import { searchSinks, type Searched } from './sinks.ts'
import type { ServedStack } from './served-stack.ts'
import { strangerCases } from './stranger-cases.ts'
import { createSupply } from './smuggling/supply.ts'
import { createTally, type Tally } from './tally.ts'
import { verdictOf, type Verdict } from './verdict.ts'
import { battleFaults, countFaults } from './vote-history.ts'
import type { World } from './world.ts'

/** A whole run: its requests, its replies and what it proves. */
export interface Run {
  readonly target: string
  readonly seed: number
  readonly users: number
  readonly ops: number
  readonly startedAt: string
  readonly seconds: number
  readonly canaries: number
  readonly scannedBytes: number
  readonly ownSightings: number
  /** Undefined when nobody can look behind the target. */
  readonly sinks: Omit<Searched, 'leaks'> | undefined
  readonly violations: readonly Violation[]
  readonly violationCount: number
  readonly violationsByKind: Readonly<Record<string, number>>
  readonly faults: readonly Injected[]
  readonly planted: readonly Planted[]
  readonly processorSeconds: ProcessorSeconds
  readonly taskCount: number
  readonly tally: Tally
  /** How many different ones there are. */
  readonly smugglingPrefixes: number
  readonly verdict: Verdict
}

/** The share of the work that is done, 0 to 1, and the findings so far. */
export type OnProgress = (share: number, tally: Tally, violations: number) => void

const MIDWAY = 0.36

/** Lets all people work at once, limited only by the number of requests at a time, and judges the replies. */
export async function run(
  options: Options,
  target: string,
  stack: ServedStack | undefined,
  onProgress: OnProgress,
): Promise<Run> {
  const { seed, users, ops, minutes, atOnce } = options
  const tasks = options.tasks ?? stack?.tasks ?? 1
  const routes = await describedRoutes(target)
  const all = allOperations()
  const operations = all.filter(({ route }) => routes === undefined || !route.includes(' /') || routes.has(route))
  const known = new Set<string>([...all.map(({ route }) => route), ...JOURNEY_ROUTES])
  const uncovered = [...(routes ?? [])].filter((route) => !known.has(route))
  const byName = new Map(operations.map((operation) => [operation.name, operation]))
  const windows: FaultWindow[] = []
  const losses: number[] = []
  const canaries = createCanaries()
  const inspector = createInspector(canaries, windows)
  const tally = createTally(windows)
  let real: Exchange | undefined
  const client = createClient({
    target,
    atOnce,
    // A task computes one thing at a time while 16 may wait.
    heavyAtOnce: 3 * tasks,
    onExchange: (exchange) => {
      tally.exchange(exchange)
      inspector.inspect(exchange)
      if (real === undefined && exchange.route === 'POST /api/analyses' && exchange.status === 201) real = exchange
    },
  })
  const world: World = {
    target,
    canaries,
    client,
    inspector,
    tally,
    windows,
    people: [],
    smuggling: createSupply(target),
    peopleAtOnce: users,
    losses,
    voteAttempts: [],
    voteCounts: [],
    canSignIn: routes?.has(LOGIN.route) === true,
    tasks,
    cases: strangerCases().filter(({ route }) => routes === undefined || routes.has(route)),
  }
  const processorTime = followProcessorTime(stack)
  const startedAt = new Date().toISOString()
  const begin = performance.now()
  const until = begin + minutes * 60_000
  const share = (): number => Math.min(1, Math.max(tally.finished / (users * ops), 0))
  let over = false
  const timer = setInterval(() => {
    onProgress(share(), tally, inspector.count)
  }, 500)
  const disturbing =
    stack !== undefined && (options.faults || stack.isOfRun)
      ? injectFaults(
          stack,
          windows,
          !options.faults,
          share,
          (at) => {
            losses.push(at)
          },
          () => over,
        )
      : Promise.resolve({ injected: [], failure: undefined })
  // This happens while people work: afterwards their sessions are gone, and the store has little to show.
  const midway =
    stack === undefined
      ? Promise.resolve(undefined)
      : reached(MIDWAY, share, () => over).then(async () => await searchSinks(canaries, stack))

  try {
    let next = 0
    await Promise.all(
      Array.from({ length: users }, async () => {
        do {
          const person = newPerson(next++)
          world.people.push(person)
          await live(world, person, schedule(seed, person.user, ops, operations), byName, seed)
        } while (performance.now() < until)
      }),
    )
  } finally {
    over = true
    clearInterval(timer)
  }
  const seconds = (performance.now() - begin) / 1_000
  const { injected: faults, failure } = await disturbing
  const processorSeconds = processorTime()
  await client.close()
  onProgress(1, tally, inspector.count)
  const searched = stack === undefined ? [] : [await midway, await searchSinks(canaries, stack)]
  for (const { where, detail } of searched.flatMap((sinks) => sinks?.leaks ?? []))
    inspector.report({ kind: 'left behind', detail: `${where}: ${detail}`, viewer: { user: -1, era: null } })
  const voteFaults = [
    ...battleFaults(world.voteAttempts),
    ...countFaults(world.voteAttempts, world.voteCounts, losses, stack !== undefined),
  ]
  for (const detail of voteFaults)
    inspector.report({ kind: 'history', detail: `The arena: ${detail}`, viewer: { user: -1, era: null } })
  const { size } = canaries
  const planted = selfTest(canaries, real)
  return {
    target,
    seed,
    users: world.people.length,
    ops,
    startedAt,
    seconds,
    canaries: size,
    scannedBytes: inspector.scannedBytes,
    ownSightings: inspector.sightings,
    sinks:
      stack === undefined
        ? undefined
        : {
            logBytes: searched.at(-1)?.logBytes ?? 0,
            redisKeys: sum(searched, 'redisKeys'),
            objects: sum(searched, 'objects'),
            objectBytes: sum(searched, 'objectBytes'),
          },
    violations: inspector.violations,
    violationCount: inspector.count,
    violationsByKind: Object.fromEntries(inspector.byKind),
    faults,
    planted,
    processorSeconds,
    taskCount: tasks,
    tally,
    smugglingPrefixes: world.smuggling.total,
    verdict: verdictOf({
      inspector,
      tally,
      planted,
      operations,
      tasks,
      prefixes: world.smuggling.total,
      uncovered,
      failure,
    }),
  }
}

function newPerson(user: number): Person {
  return { user, eras: [], account: accountOf(user), projects: new Map(), deadCookies: [] }
}

function sum(searched: readonly (Searched | undefined)[], what: 'redisKeys' | 'objects' | 'objectBytes'): number {
  return searched.reduce((total, sinks) => total + (sinks?.[what] ?? 0), 0)
}

async function reached(least: number, share: () => number, isOver: () => boolean): Promise<void> {
  while (share() < least && !isOver()) await new Promise((resolve) => setTimeout(resolve, 50))
}

/** `METHOD /path` of every route that the target describes; undefined if it describes none. */
async function describedRoutes(target: string): Promise<ReadonlySet<string> | undefined> {
  const reply = await fetch(`${target}/openapi.json`)
  if (!reply.ok) return undefined
  const { paths } = (await reply.json()) as { paths: Record<string, Record<string, unknown>> }
  return new Set(
    Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    ),
  )
}
