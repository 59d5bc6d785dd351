import { PRICES } from '../infra/rehearsal/cost.ts'

/** What one person costs. Printed by `node bench/scaling.ts --measure`. */
export interface Measured {
  /** In Redis: a session that has only been started. */
  readonly startedBytes: number
  /** In Redis: a session with two files, a ranking, a plan, five exports and two questions. */
  readonly workedBytes: number
  readonly requests: number
  /** Requests to S3 that change, and that read. Presigned uploads and downloads of the browser are counted. */
  readonly s3Writes: number
  readonly s3Reads: number
}

/** CPU of a task for one journey of 275 wards, in seconds: the bound that `node bench/journey.ts` holds it to. */
const JOURNEY_CPU_SECONDS = 0.6
/** The budgets of state, which the write scripts enforce: workspace, chat, arena. */
const BUDGET_BYTES = (64 + 64 + 16) * 1_024
/** The assumed use, written here so that it can be discussed. */
export const USE = {
  journeysOfMonth: 16,
  workingDays: 20,
  /** The share of a day's journeys in its busiest hour. */
  busiestHour: 0.2,
  minutesOfJourney: 10,
  /** How long a session that nobody uses stays. */
  idleMinutes: 30,
  /** The share of a task's half core at which another task is started. */
  cpuTarget: 0.7,
  connectionsOfPage: 6,
  redisConnectionsOfTask: 3,
  /** The share of a node's memory that sessions may take. */
  memoryTarget: 0.6,
} as const
/** Memory for data in GiB, as AWS has listed it; written down from memory, like the prices. */
const NODES = [
  ['cache.t3.micro', 0.5],
  ['cache.t3.small', 1.37],
  ['cache.t3.medium', 3.09],
  ['cache.m7g.large', 6.38],
] as const
/** All of a stack of two zones but its tasks and cache nodes, in dollars a month: `npm run rehearse`, stack `prod`. */
const FIXED_DOLLARS = 184
const [LEAST_TASKS, TASK_CPU, HOURS] = [2, 0.5, 730]
/** Dollars for a thousand requests to S3. Not fetched, like the other prices. */
const S3_PRICES = { write: 0.005, read: 0.0004 } as const

const MIB = 1_024 * 1_024
const whole = (value: number): string => Math.round(value).toLocaleString('en')
const size = (bytes: number): string =>
  bytes < 1_024 * MIB ? `${whole(Math.max(1, bytes / MIB))} MiB` : `${(bytes / MIB / 1_024).toFixed(1)} GiB`
const rate = (perSecond: number): string => (perSecond < 10 ? perSecond.toFixed(2) : whole(perSecond))
const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
const table = (head: readonly string[], rows: readonly (readonly string[])[]): string[] => [
  row(head),
  row(head.map((_, at) => (at === 0 ? '---' : '---:'))),
  ...rows.map(row),
]

/** Redis by the number of live sessions. */
export function sessionTable({ startedBytes, workedBytes }: Measured): string[] {
  const most = startedBytes + BUDGET_BYTES
  return table(
    ['live sessions', 'only started', 'after a journey', 'all at their budget'],
    [1_000, 10_000, 100_000, 1_000_000].map((sessions) => [
      whole(sessions),
      ...[startedBytes, workedBytes, most].map((bytes) => size(sessions * bytes)),
    ]),
  )
}

interface Load {
  readonly people: number
  /** In the busiest hour. */
  readonly journeysOfSecond: number
  readonly sessions: number
  readonly tasks: number
  readonly node: readonly [keyof typeof PRICES.cacheNode, number] | undefined
}

const PEOPLE = [100, 1_000, 10_000, 100_000] as const

function loadOf(people: number, { workedBytes }: Measured): Load {
  const journeysOfDay = (people * USE.journeysOfMonth) / USE.workingDays
  const journeysOfSecond = (journeysOfDay * USE.busiestHour) / 3_600
  const sessions = journeysOfSecond * 60 * (USE.minutesOfJourney + USE.idleMinutes)
  const busy = (journeysOfSecond * JOURNEY_CPU_SECONDS) / (TASK_CPU * USE.cpuTarget)
  return {
    people,
    journeysOfSecond,
    sessions,
    tasks: Math.max(LEAST_TASKS, Math.ceil(busy)),
    node: NODES.find(([, gibibytes]) => sessions * workedBytes <= gibibytes * 1_024 * MIB * USE.memoryTarget),
  }
}

/** What the busiest hour needs, by the number of people. */
export function loadTable(measured: Measured): string[] {
  return table(
    ['people', 'journeys/s', 'requests/s', 'tasks', 'live sessions', 'cache node (two)', 'Redis connections'].concat(
      'browser connections',
      'S3 writes/s',
      'S3 reads/s',
    ),
    PEOPLE.map((count) => loadOf(count, measured)).map(
      ({ people, journeysOfSecond, sessions, tasks, node = ['cluster mode'] }) => [
        whole(people),
        rate(journeysOfSecond),
        rate(journeysOfSecond * measured.requests),
        whole(tasks),
        whole(sessions),
        node[0],
        whole(tasks * USE.redisConnectionsOfTask),
        whole(journeysOfSecond * 60 * USE.minutesOfJourney * USE.connectionsOfPage),
        rate(journeysOfSecond * measured.s3Writes),
        rate(journeysOfSecond * measured.s3Reads),
      ],
    ),
  )
}

/** Dollars a month, with the busiest hour's tasks all month long. */
export function costTable(measured: Measured): string[] {
  const taskMonth = (TASK_CPU * PRICES.fargateVcpu + PRICES.fargateGigabyte) * HOURS
  return table(
    ['people', 'fixed', 'tasks', 'cache nodes', 'S3 requests', 'a month', 'per 1,000 people'],
    PEOPLE.map((count) => loadOf(count, measured)).map(({ people, tasks, node }) => {
      if (node === undefined) throw new Error(`No node of the list holds the sessions of ${String(people)} people`)
      const journeys = people * USE.journeysOfMonth
      const requests = (journeys * (measured.s3Writes * S3_PRICES.write + measured.s3Reads * S3_PRICES.read)) / 1_000
      const parts = [FIXED_DOLLARS, tasks * taskMonth, 2 * PRICES.cacheNode[node[0]] * HOURS, requests]
      const sum = parts.reduce((total, part) => total + part, 0)
      return [whole(people), ...parts.map(whole), whole(sum), whole((sum / people) * 1_000)]
    }),
  )
}
