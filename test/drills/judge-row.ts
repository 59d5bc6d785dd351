import { isAt } from '../mutants/tests-in.ts'
import { tapMeasurements, type TapPoint } from '../support/read-tap.ts'
import type { Row, TestPlace } from './row.ts'

/** What the run of a test file printed. */
export interface FileRun {
  readonly points: readonly TapPoint[]
  readonly output: string
}

export type Verdict = 'held' | 'failed' | 'not here'

/** A row with what its tests showed. */
export interface Drilled {
  readonly row: Row
  readonly measured: string
  readonly verdict: Verdict
}

/** A row holds when each of its tests ran and passed. @param runs by file */
export function judgeRow(row: Row, runs: ReadonlyMap<string, FileRun>): Drilled {
  if (row.tests.length === 0) return { row, measured: '', verdict: 'not here' }
  const shown = row.tests.map((place) => showOf(place, runs))
  return {
    row,
    measured: shown.map(({ text }) => text).join('; '),
    verdict: shown.every(({ isHeld }) => isHeld) ? 'held' : 'failed',
  }
}

function showOf([file, ...title]: TestPlace, runs: ReadonlyMap<string, FileRun>): { isHeld: boolean; text: string } {
  const run = runs.get(file)
  const own = run?.points.find(({ path }) => isAt(path, title))
  if (run === undefined || own === undefined)
    return { isHeld: false, text: `${file} did not run: ${title.join(' > ')}` }
  if (own.isSkipped) return { isHeld: false, text: `skipped: ${title.join(' > ')}` }
  const within = (path: readonly string[]): boolean =>
    path.length >= title.length && isAt(path.slice(0, title.length), title)
  const checks = run.points.filter(({ path, isSkipped }) => path.length > title.length && within(path) && !isSkipped)
  const failing = checks.filter(({ isOk }) => !isOk)
  if (!own.isOk || failing.length > 0)
    return { isHeld: false, text: `fails: ${failing.at(-1)?.path.at(-1) ?? title.join(' > ')}` }
  const measured = tapMeasurements(run.output).filter(({ path }) => within(path))
  return {
    isHeld: true,
    text: measured.length > 0 ? measured.map(({ text }) => text).join('; ') : `${String(checks.length)} checks pass`,
  }
}
