import type { Inspector } from './inspector.ts'
import type { Planted } from './self-test.ts'
import type { Tally } from './tally.ts'
import type { Operation } from './world.ts'

/** What a run proves. `reasons` says why it proves nothing, or what was violated. */
export interface Verdict {
  readonly outcome: 'pass' | 'violation' | 'inconclusive'
  readonly exitCode: 0 | 1 | 2
  readonly reasons: readonly string[]
  /** Operations done, of those tried outside of faults. */
  readonly successRate: number
  readonly operationKindsDone: number
  readonly operationKinds: number
  readonly neverDone: readonly string[]
}

const LEAST_SUCCESS = 0.99
const LEAST_KINDS = 0.9

/** A violation counts even if little else was seen. A run without one passes only if it could have seen one. */
export function verdictOf({
  inspector,
  tally,
  planted,
  operations,
  tasks,
  prefixes,
  uncovered,
  failure,
}: {
  readonly inspector: Pick<Inspector, 'count' | 'byKind'>
  readonly tally: Pick<Tally, 'operations' | 'tasks' | 'overlaps' | 'smuggled'>
  readonly planted: readonly Planted[]
  readonly operations: readonly Pick<Operation, 'name'>[]
  readonly tasks: number
  /** Smuggling prefixes, each of which must have been sent. */
  readonly prefixes: number
  /** Routes of the target that no operation uses. */
  readonly uncovered: readonly string[]
  /** Why some of the requested faults did not happen. */
  readonly failure?: string | undefined
}): Verdict {
  let [done, failed] = [0, 0]
  for (const figures of tally.operations.values()) {
    done += figures.done
    failed += figures.failed
  }
  const successRate = done + failed === 0 ? 0 : done / (done + failed)
  const names = [...operations.map(({ name }) => name), 'start a session', 'end the session']
  const missing = names.filter((name) => (tally.operations.get(name)?.done ?? 0) === 0)
  const lacks = [
    ...(successRate < LEAST_SUCCESS
      ? [
          `${(100 * successRate).toFixed(2)} % of the operations outside of faults were done, ` +
            `fewer than ${100 * LEAST_SUCCESS} %`,
        ]
      : []),
    ...(names.length - missing.length < LEAST_KINDS * names.length
      ? [`${missing.length} of ${names.length} kinds of operations were never done: ${missing.join(', ')}`]
      : []),
    ...(failure !== undefined ? [failure] : []),
    ...(uncovered.length > 0 ? [`routes that nobody asked: ${uncovered.join(', ')}`] : []),
    ...(tally.tasks.size < tasks ? [`${tally.tasks.size} of ${tasks} tasks were met`] : []),
    ...(tally.smuggled.size < prefixes ? [`${tally.smuggled.size} of ${prefixes} smuggling prefixes were sent`] : []),
    ...(tally.overlaps === 0 ? ['no two people met on one task within 5 ms'] : []),
    ...planted.filter(({ reported }) => !reported).map(({ name }) => `a planted violation went unreported: ${name}`),
  ]
  const violated =
    inspector.count === 0
      ? []
      : [
          `${inspector.count} violations: ` +
            [...inspector.byKind].map(([kind, count]) => `${count} × ${kind}`).join(', '),
        ]
  const figures = {
    successRate,
    operationKinds: names.length,
    operationKindsDone: names.length - missing.length,
    neverDone: missing,
  }
  if (violated.length > 0) return { outcome: 'violation', exitCode: 1, reasons: [...violated, ...lacks], ...figures }
  if (lacks.length > 0) return { outcome: 'inconclusive', exitCode: 2, reasons: lacks, ...figures }
  return { outcome: 'pass', exitCode: 0, reasons: [], ...figures }
}
