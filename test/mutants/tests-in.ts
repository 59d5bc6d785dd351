import { tapPoints, type TapPoint } from '../support/read-tap.ts'
import type { TestKiller } from './mutant.ts'
import { runProgram } from './work-copy.ts'

/** Long enough for the slowest test on a busy machine. */
const LIMIT_SECONDS = 240

/** Runs the tests of one file with these titles, and no others, in this folder. */
export async function runTests(
  folder: string,
  file: string,
  titles: readonly (readonly string[])[],
  { limitSeconds = LIMIT_SECONDS, more = {} }: { limitSeconds?: number; more?: NodeJS.ProcessEnv } = {},
): Promise<{ code: number | null; points: TapPoint[]; output: string }> {
  const depth = Math.max(...titles.map((title) => title.length))
  // tap takes one pattern for each level.
  const grep = Array.from(
    { length: depth },
    (_, level) =>
      `^(?:${[...new Set(titles.map((title) => title[level]))]
        .filter((word) => word !== undefined)
        .map((word) => escaped(word))
        .join('|')})$`,
  )
  const env = { ...process.env, TAP_GREP: grep.join('\n'), TAP_TIMEOUT: String(limitSeconds), ...more }
  const { code, output } = await runProgram(process.execPath, [file], {
    cwd: folder,
    env,
    limitSeconds: limitSeconds + 10,
  })
  return { code, points: tapPoints(output), output }
}

/** Undefined when the test passed, otherwise what happened. */
export function whyNotGreen({ title }: TestKiller, { points }: { points: readonly TapPoint[] }): string | undefined {
  const own = points.find(({ path }) => isAt(path, title))
  if (own === undefined) return 'there is no test by this title'
  if (own.isSkipped) return 'it is skipped'
  return own.isOk ? undefined : 'it fails without the mutant'
}

/**
 * Undefined when the test failed by the named assertion, otherwise what happened: a crash for another reason kills
 * nothing.
 */
export function whyNotRed(
  { title, fails }: TestKiller,
  { code, points }: { code: number | null; points: readonly TapPoint[] },
): string | undefined {
  const own = points.find(({ path }) => isAt(path, title))
  if (code === 0 || own?.isOk === true) return 'it passes with the mutant'
  const failing = points
    .filter(({ path, isOk }) => !isOk && path.length > title.length && isAt(path.slice(0, title.length), title))
    .map(({ path }) => path.slice(title.length).join(' > '))
  if (failing.some((name) => (typeof fails === 'string' ? name.includes(fails) : fails.test(name)))) return undefined
  return `it fails by ${
    failing
      .slice(0, 3)
      .map((name) => JSON.stringify(name))
      .join(', ') || 'a crash'
  } and not by ${String(fails)}`
}

export function isAt(path: readonly string[], title: readonly string[]): boolean {
  return path.length === title.length && path.every((name, level) => name === title[level])
}

function escaped(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|/]/g, '\\$&')
}
