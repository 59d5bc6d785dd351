import type { Canaries } from './canaries.ts'
import type { Client, Exchange } from './client.ts'
import type { FaultWindow, Inspector } from './inspector.ts'
import type { Outcome } from './outcome.ts'
import type { Era, Person } from './person.ts'
import type { Supply } from './smuggling/supply.ts'
import type { StrangerCase } from './stranger-cases.ts'
import type { Tally } from './tally.ts'
import type { VoteAttempt, VoteCount } from './vote-history.ts'

/** What a run shares among its people. */
export interface World {
  readonly target: string
  readonly canaries: Canaries
  readonly client: Client
  readonly inspector: Inspector
  readonly tally: Tally
  readonly windows: readonly FaultWindow[]
  readonly people: Person[]
  /** Of the routes that the target has. */
  readonly cases: readonly StrangerCase[]
  /** What is sent in front of other people's requests, each at least once a run. */
  readonly smuggling: Supply
  readonly peopleAtOnce: number
  /** When the session store lost everything; a session from before may be gone. */
  readonly losses: number[]
  /** Everybody's votes in the arena, and what the leaderboard showed of them. */
  readonly voteAttempts: VoteAttempt[]
  readonly voteCounts: VoteCount[]
  /** Whether the target has a sign-in. */
  readonly canSignIn: boolean
  /** Tasks the target should have; the probe reads until it has met them all. */
  readonly tasks: number
}

/** One of a person's open pages: requests of several are under way at the same time. */
export interface Tab {
  readonly world: World
  readonly person: Person
  readonly era: Era
  /** This tab's own stream of numbers in 0 to 1. */
  readonly random: () => number
}

/** One thing that people do, registered for the route it belongs to. */
export interface Operation {
  readonly name: string
  /**
   * `METHOD /path` as in the service's own description; an operation that is not such a request has a name of its own.
   */
  readonly route: string
  /** Makes the service compute on a worker thread. */
  readonly heavy?: boolean
  /** How often it is drawn among light, or among heavy operations; 0: only in the fixed steps of the journey. */
  readonly weight: number
  /** Each person does it once, in the first session. */
  readonly everyone?: boolean
  run(tab: Tab): Promise<Outcome>
}

export type Request = Pick<
  Parameters<Client['send']>[0],
  'address' | 'body' | 'cookie' | 'headers' | 'fresh' | 'heavy' | 'urgent'
>

/** Sends a request of this operation in the tab's session. */
export async function ask(
  { world, person, era }: Tab,
  { name, route, heavy }: Pick<Operation, 'name' | 'route' | 'heavy'>,
  request: Request,
): Promise<Exchange> {
  return await world.client.send({
    user: person.user,
    era: era.number,
    operation: name,
    route,
    method: route.split(' ')[0] ?? 'GET',
    cookie: era.cookie,
    ...(heavy !== undefined && { heavy }),
    ...request,
  })
}

/** The outcome of an exchange, given the statuses that would be right. */
export function judge({ world, era }: Tab, exchange: Exchange, right: readonly number[]): Outcome {
  if (right.includes(exchange.status)) return 'done'
  if ([0, 429, 502, 503, 504].includes(exchange.status)) return 'refused'
  if (exchange.status === 409 && exchange.bytes.includes(':conflict"')) return 'refused'
  if (exchange.status === 401 && (era.ending || isLost(world, era))) return 'gone'
  // It was let in before the store lost everything, and then found nothing that it was about.
  if ([404, 409].includes(exchange.status) && isLost(world, era)) return 'gone'
  world.tally.unexpected(exchange)
  return 'failed'
}

/** Whether the store may have lost the session along with all others. */
export function isLost({ losses }: World, era: Era): boolean {
  if (losses.some((at) => at > era.begin)) era.lost = true
  return era.lost
}

export function pick<T>(random: () => number, from: readonly T[]): T | undefined {
  return from[Math.floor(random() * from.length)]
}
