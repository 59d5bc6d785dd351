import { runCrowd } from '../load/crowd.ts'
import { makeStates } from '../load/own-state.ts'
import type { LocalRedis } from '../../local/redis.ts'
import type { S3Address } from '../../local/prepare-bucket.ts'
import type { LocalService } from '../../local/service.ts'
import { leftBehind, type LeftBehind } from './left-behind.ts'
import { levelsOf, type Levels } from './levels.ts'

export interface SoakOptions {
  readonly minutes: number
  readonly leastRounds: number
  /** The people of one round, each with a state of 275 wards and one whole journey. */
  readonly people: number
  /** The time over which the people of a round arrive. */
  readonly overSeconds: number
  readonly thinkSeconds: number
}

/** The service under soak: tasks behind one address, with their stores. */
export interface Soaked {
  readonly url: string
  readonly tasks: readonly LocalService[]
  readonly redis: LocalRedis
  readonly s3: S3Address
}

/** What one round of journeys left behind. */
export interface Round {
  /** Journeys so far, of all people on all tasks. */
  readonly journeys: number
  /** By task. */
  readonly levels: readonly Levels[]
  readonly left: LeftBehind
}

export interface SoakRun {
  readonly rounds: readonly Round[]
  /** Journeys that did not end, and replies that were foreign or wrong. */
  readonly failures: readonly string[]
}

/**
 * Lets people make their journeys, round after round, and measures after each what tasks and stores still hold once all
 * have left.
 * @param onRound called after each round
 */
export async function soak(
  { url, tasks, redis, s3 }: Soaked,
  { minutes, leastRounds, people, overSeconds, thinkSeconds }: SoakOptions,
  onRound: (round: Round) => void = () => undefined,
): Promise<SoakRun> {
  const rounds: Round[] = []
  const failures: string[] = []
  const until = performance.now() + minutes * 60_000
  let journeys = 0
  while (rounds.length < leastRounds || performance.now() < until) {
    const crowd = await runCrowd(url, makeStates(people), { overSeconds, thinkSeconds })
    failures.push(...crowd.givenUp, ...crowd.violations.map(({ kind, detail }) => `${kind}: ${detail}`))
    journeys += crowd.ended
    const left = await leftBehind(redis, s3)
    const round = { journeys, levels: await Promise.all(tasks.map(levelsOf)), left }
    rounds.push(round)
    onRound(round)
  }
  return { rounds, failures }
}
