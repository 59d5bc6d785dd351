import { availableParallelism } from 'node:os'
import type { Run } from './run.ts'

export interface OperationRow {
  readonly operation: string
  readonly done: number
  readonly tryAgain: number
  readonly gone: number
  readonly skipped: number
  readonly failed: number
  readonly failedInFaults: number
  readonly p50Ms: number
  readonly p95Ms: number
  readonly p99Ms: number
}

/** Everything that a reader of a run wants to know, as plain figures: the JSON report. */
export function figuresOf(run: Run): Record<string, unknown> & { operations: OperationRow[] } {
  const { tally, verdict, processorSeconds, seconds } = run
  const sent = tally.requests
  const cores = availableParallelism()
  const share = (part: number): number => rounded((100 * part) / (seconds * cores), 1)
  return {
    outcome: verdict.outcome,
    reasons: verdict.reasons,
    replay:
      `npm run prove -- --users ${run.users} --ops ${run.ops} --seed ${run.seed}` +
      (run.faults.length > 0 ? ' --faults' : ''),
    target: run.target,
    seed: run.seed,
    startedAt: run.startedAt,
    seconds: rounded(seconds, 1),
    people: run.users,
    operationsDone: [...tally.operations.values()].reduce((sum, { done }) => sum + done, 0),
    requests: sent,
    requestsPerSecond: rounded(sent / seconds, 1),
    violations: run.violationCount,
    violationsByKind: run.violationsByKind,
    upperBound:
      run.violationCount === 0
        ? {
            requests: sent,
            perRequest: 3 / sent,
            meaning:
              `With ${sent} requests and none bad, the 95 % upper bound of the rate is ` +
              `3 / N = ${(3 / sent).toExponential(1)}`,
          }
        : null,
    canaries: run.canaries,
    ownCanariesSeen: run.ownSightings,
    megabytesSearched: rounded(run.scannedBytes / 1e6, 1),
    sinksSearched:
      run.sinks === undefined
        ? 'none: only replies'
        : {
            logMegabytes: rounded(run.sinks.logBytes / 1e6, 1),
            redisKeys: run.sinks.redisKeys,
            objects: run.sinks.objects,
            objectMegabytes: rounded(run.sinks.objectBytes / 1e6, 1),
          },
    successRate: rounded(verdict.successRate, 5),
    operationKinds:
      `${verdict.operationKindsDone} of ${verdict.operationKinds}` +
      (verdict.neverDone.length === 0 ? '' : `, not ${verdict.neverDone.join(', ')}`),
    tasksExpected: run.taskCount,
    requestsByTask: Object.fromEntries(tally.tasks),
    overlaps: tally.overlaps,
    smugglingPrefixes: `${tally.smuggled.size} of ${run.smugglingPrefixes} sent`,
    networkErrors: tally.networkErrors,
    plantedViolations: `${run.planted.filter(({ reported }) => reported).length} of ${run.planted.length} reported`,
    unreported: run.planted.filter(({ reported }) => !reported).map(({ name }) => name),
    faults: run.faults,
    processor: {
      cores,
      seconds: Object.fromEntries(Object.entries(processorSeconds).map(([part, used]) => [part, rounded(used, 1)])),
      percentOfMachine: Object.fromEntries(Object.entries(processorSeconds).map(([part, used]) => [part, share(used)])),
    },
    operations: [...tally.operations].map(([operation, { milliseconds, done, refused, ...counts }]) => {
      const sorted = Float64Array.from(milliseconds).sort()
      const at = (quantile: number): number =>
        rounded(sorted[Math.min(sorted.length - 1, Math.floor(quantile * sorted.length))] ?? NaN, 1)
      return { operation, done, tryAgain: refused, ...counts, p50Ms: at(0.5), p95Ms: at(0.95), p99Ms: at(0.99) }
    }),
    routes: Object.fromEntries(
      [...tally.routes]
        .sort(([one], [other]) => one.localeCompare(other))
        .map(([route, { requests, statuses }]) => [
          route,
          { requests, statuses: Object.fromEntries([...statuses].sort(([one], [other]) => one - other)) },
        ]),
    ),
    surprises: tally.surprises,
    firstViolations: run.violations,
    planted: run.planted,
  }
}

function rounded(value: number, digits: number): number {
  return Number(value.toFixed(digits))
}
