import fc from 'fast-check'

/** What people do; several of these make more than one request. */
const OPERATIONS = [
  'start',
  'look',
  'end',
  'use a dead cookie',
  'announce a file',
  'upload wards',
  'upload boundaries',
  'remove a file',
  'list the files',
  'refuse a match',
  'analyse',
  'read an analysis',
  'list the analyses',
  'plan',
  'list the plans',
  'export',
  'list the exports',
  "try another's id",
] as const
export type Operation = (typeof OPERATIONS)[number]

export interface Step {
  readonly person: number
  readonly operation: Operation
  readonly task: number
  /** Selects one of several things: the file, the analysis, the place to try an id in. */
  readonly nth: number
  /** Sent together with the step before, unless that one already belongs to a pair. */
  readonly together: boolean
}

export interface Schedule {
  /** How far each person has come before: 0 nowhere, 1 a session, 2 a ward table, 3 an analysis. */
  readonly stages: readonly number[]
  readonly steps: readonly Step[]
}

export const PEOPLE = 3
export const TASKS = 3
/** Steps that make the service compute on a thread cost many times as much as the others. */
const HEAVY: ReadonlySet<Operation> = new Set(['upload wards', 'upload boundaries', 'refuse a match', 'analyse'])

const STAGES = [2, 8, 1, 2].map((weight, stage) => ({ arbitrary: fc.constant(stage), weight }))

/** Shrinks towards few steps, one after the other, of the first person, at the first task, without a past. */
export function schedules(options: { readonly heavy: boolean; readonly mostSteps: number }): fc.Arbitrary<Schedule> {
  const operations = OPERATIONS.filter((operation) => options.heavy || !HEAVY.has(operation))
  const step = fc.record({
    person: fc.nat(PEOPLE - 1),
    operation: fc.oneof(
      ...operations.map((operation) => ({
        arbitrary: fc.constant(operation),
        weight: operation === 'end' || HEAVY.has(operation) ? 1 : 2,
      })),
    ),
    task: fc.nat(TASKS - 1),
    nth: fc.nat(4),
    together: fc.boolean(),
  })
  return fc.record({
    stages: fc.array(fc.oneof({ withCrossShrink: true }, ...(options.heavy ? STAGES : STAGES.slice(0, 2))), {
      minLength: PEOPLE,
      maxLength: PEOPLE,
    }),
    steps: fc.array(step, { minLength: 1, maxLength: options.mostSteps, size: 'max' }),
  })
}

/** The steps that lead to a stage. */
export function pastOf(stage: number): readonly Operation[] {
  return (['start', 'upload wards', 'analyse'] as const).slice(0, stage)
}

/**
 * The steps one by one, or two at the same time. A person who starts a session does nothing else meanwhile: the cookie
 * that comes with it would be another one.
 */
export function commandsOf(steps: readonly Step[]): readonly (readonly Step[])[] {
  const commands: Step[][] = []
  for (const step of steps) {
    const last = commands.at(-1)
    const [before] = last ?? []
    const isAlone =
      before === undefined ||
      last?.length === 2 ||
      (before.person === step.person && [before, step].some(({ operation }) => operation === 'start'))
    if (step.together && !isAlone) last?.push(step)
    else commands.push([step])
  }
  return commands
}
