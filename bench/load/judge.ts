import type { ProcessorSeconds } from '../../prove/processor-time.ts'
import type { CrowdFigures } from './crowd.ts'
import { percentile } from '../percentile.ts'

/** A run: what the crowd met, and what it cost. */
export interface LoadRun extends CrowdFigures {
  readonly processorSeconds: ProcessorSeconds
  /** Processor seconds of programs that are no part of the run. */
  readonly otherSeconds: number
}

export type Outcome = 'pass' | 'fail' | 'inconclusive'

export interface Verdict {
  readonly outcome: Outcome
  readonly reasons: readonly string[]
}

/** What people who arrive evenly are promised. */
export const BOUNDS = { share503: 0.01, stepMs: 3_000, sessionReadMs: 250 } as const
/** The share of one core from which generator, balancer and S3 are what limits a run. */
const BUSY = 0.9
/** The share of a core from which programs that are no part of a run make its times worthless. */
const DISTURBED = 0.25

/** The share of replies of the service with a status. */
export function shareOf({ statuses }: Pick<CrowdFigures, 'statuses'>, status: number): number {
  const all = [...statuses.values()].reduce((sum, count) => sum + count, 0)
  return (statuses.get(status) ?? 0) / Math.max(1, all)
}

/** What generator, balancer and S3 used, as a share of one core. */
export function busyShare({ processorSeconds: { prover, balancer, s3 }, seconds }: LoadRun): number {
  return (prover + balancer + s3) / seconds
}

/**
 * Judges a run. Whatever went wrong for a person is a failure. Bounds of time are judged where generator, balancer and
 * S3 had room; they are not missed where other programs took the machine.
 * @param isPaced whether the bounds of time and of refusals hold, as they do for people who arrive evenly
 */
export function judge(run: LoadRun, isPaced: boolean): Verdict {
  const { people, ended, givenUp, violationCount, violations, ownSightings, steps } = run
  const wrong = [
    ...(ended < people ? [`${people - ended} of ${people} journeys did not end: ${givenUp[0] ?? ''}`] : []),
    ...(violationCount > 0
      ? [`${violationCount} wrong or foreign replies: ${violations[0]?.kind ?? ''}, ${violations[0]?.detail ?? ''}`]
      : []),
    ...(ownSightings === 0 ? ['no reply held anything by which its owner is known'] : []),
    ...(shareOf(run, 429) > 0 ? [`${run.statuses.get(429) ?? 0} replies were 429`] : []),
  ]
  if (wrong.length > 0) return { outcome: 'fail', reasons: wrong }
  const busy = busyShare(run)
  if (busy > BUSY)
    return {
      outcome: 'inconclusive',
      reasons: [`generator, balancer and S3 kept their core ${(100 * busy).toFixed(0)} % busy`],
    }
  const slow = [...steps]
    .map(([name, { milliseconds }]) => ({ name, ms: percentile(milliseconds, 0.95) }))
    .filter(({ name, ms }) => ms > (name === 'session read' ? BOUNDS.sessionReadMs : BOUNDS.stepMs))
    .map(({ name, ms }) => `p95 of ${name} is ${ms.toFixed(0)} ms`)
  const share = shareOf(run, 503)
  const missed = isPaced
    ? [...slow, ...(share > BOUNDS.share503 ? [`${(100 * share).toFixed(1)} % of replies were 503`] : [])]
    : []
  const others = run.otherSeconds / run.seconds
  return missed.length > 0 && others > DISTURBED
    ? { outcome: 'inconclusive', reasons: [...missed, `other programs took ${others.toFixed(2)} of a core`] }
    : { outcome: missed.length > 0 ? 'fail' : 'pass', reasons: missed }
}
