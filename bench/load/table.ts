import { percentile } from '../percentile.ts'
import { busyShare, shareOf, type LoadRun } from './judge.ts'

/** The figures of a run, line by line. */
export function tableOf(run: LoadRun): readonly string[] {
  const { people, ended, seconds, statuses, storeStatuses, steps, tasks, processorSeconds: used } = run
  const kinds = new Set(run.violations.map(({ kind }) => kind))
  const wrong = run.violationCount === 0 ? '0' : `${run.violationCount} (${[...kinds].join(', ')})`
  const share = (part: number): string => `${part.toFixed(1)} s (${(part / seconds).toFixed(2)} of a core)`
  return [
    row('journeys ended', `${ended} of ${people}, in ${seconds.toFixed(0)} s, on ${tasks.size} tasks`),
    row('replies', `${countsOf(statuses)}; of the object store: ${countsOf(storeStatuses)}`),
    row('503', `${(100 * shareOf(run, 503)).toFixed(2)} %`),
    row('429', String(statuses.get(429) ?? 0)),
    row('refused as', [...run.problems].map(([slug, count]) => `${count} × ${slug}`).join(', ') || 'nothing'),
    row('foreign or wrong', `${wrong}; ${run.ownSightings} own sightings in ${mb(run.searchedBytes)}`),
    '',
    `${'step'.padEnd(24)}${['p50 ms', 'p95 ms', 'longest', 'come back later'].map((text) => text.padStart(16)).join('')}`,
    ...[...steps].map(([name, { milliseconds, refusals }]) =>
      [
        name.padEnd(24),
        ...[percentile(milliseconds, 0.5), percentile(milliseconds, 0.95), Math.max(...milliseconds), refusals].map(
          (value) => value.toFixed(0).padStart(16),
        ),
      ].join(''),
    ),
    '',
    row('CPU of the tasks', `${share(used.tasks)}, ${(used.tasks / Math.max(1, ended)).toFixed(2)} s a journey`),
    row('of the generator', share(used.prover)),
    row('of the balancer', share(used.balancer)),
    row('of S3', share(used.s3)),
    row('of Redis', share(used.redis)),
    row('of other programs', share(run.otherSeconds)),
    row('generator, balancer, S3', `${busyShare(run).toFixed(2)} of a core`),
  ]
}

function row(name: string, value: string): string {
  return name.padEnd(24) + value
}

function countsOf(statuses: ReadonlyMap<number, number>): string {
  return [...statuses]
    .toSorted(([one], [other]) => one - other)
    .map(([status, count]) => `${count} × ${status === 0 ? 'none' : status}`)
    .join(', ')
}

function mb(bytes: number): string {
  return `${(bytes / 1e6).toFixed(0)} MB`
}
