import { randomInt } from 'node:crypto'
import { parseArgs } from 'node:util'

export interface Options {
  /** The deployment to prove; the local stack if undefined. */
  readonly target: string | undefined
  /** The record of a local stack, for the processes behind a target. */
  readonly stack: string | undefined
  readonly users: number
  readonly ops: number
  readonly seed: number
  /** Goes on with new people for this many minutes. */
  readonly minutes: number
  readonly faults: boolean
  /** Tasks behind the target, for a target without the record of a stack. */
  readonly tasks: number | undefined
  readonly atOnce: number
  readonly report: string
}

export const USAGE = `Proves that nobody's data reach anybody else: many people work and look for each other's data.

npm run prove -- [--target URL] [--users 1000] [--ops 50] [--seed N] [--minutes M] [--faults] [--report DIR]

  --target URL   a deployment; without it the local stack that npm start runs, or one started for this run with 3 tasks
  --users N      people in one run, each with two sessions
  --ops N        operations of each person, about
  --seed N       replays the schedule of an earlier run
  --minutes M    goes on with new people for M minutes
  --faults       stops, kills and restarts parts during the run; starts a stack for it, unless --stack names one
                 (npm start -- --tasks 3 --replica). A stack that is started for a run is always failed over
  --stack FILE   the record (stack.json) of a local stack
  --tasks N      tasks behind the target, each of which must answer; known for a local stack, otherwise 1
  --at-once N    requests at a time (64)
  --report DIR   the folder of report.json and report.html (.local/prove)

Exit codes: 0 no data reached anybody else, 1 some did, 2 the run proves nothing, 3 the options cannot be used.`

/**
 * Reads the command line.
 * @throws RangeError that says what would be right
 */
export function readOptions(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      target: { type: 'string' },
      stack: { type: 'string' },
      users: { type: 'string' },
      ops: { type: 'string' },
      seed: { type: 'string' },
      minutes: { type: 'string' },
      tasks: { type: 'string' },
      'at-once': { type: 'string' },
      report: { type: 'string' },
      faults: { type: 'boolean', default: false },
    },
  })
  const count = (
    name: 'users' | 'ops' | 'seed' | 'minutes' | 'tasks' | 'at-once',
    otherwise: number,
    least: number,
    most: number,
  ): number => {
    const text = values[name]
    const value = text === undefined ? otherwise : Number(text)
    if (!Number.isInteger(value) || value < least || value > most)
      throw new RangeError(`--${name} is ${String(text)}: give a whole number from ${least} to ${most}`)
    return value
  }
  const { target, stack, faults } = values
  if (target !== undefined && (!URL.canParse(target) || !['http:', 'https:'].includes(new URL(target).protocol)))
    throw new RangeError(`--target is ${target}: give an address such as https://staging.example.org`)
  if (faults && target !== undefined && stack === undefined)
    throw new RangeError('--faults is for a local stack only: leave --target out')
  return {
    target: target === undefined ? undefined : new URL(target).origin,
    stack,
    users: count('users', 1_000, 2, 100_000),
    ops: count('ops', 50, 10, 10_000),
    seed: count('seed', randomInt(1, 2 ** 31), 0, 2 ** 32 - 1),
    minutes: count('minutes', 0, 0, 10_000),
    faults,
    tasks: values.tasks === undefined ? undefined : count('tasks', 1, 1, 1_000),
    atOnce: count('at-once', 64, 2, 2_000),
    report: values.report ?? '.local/prove',
  }
}
