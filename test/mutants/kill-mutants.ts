import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { S3Address } from '../../local/prepare-bucket.ts'
import { editsOf, type Killer, type Mutant, type Outcome, type ProverKiller, type TestKiller } from './mutant.ts'
import { lintErrors, typeErrors } from './refusals.ts'
import { runTests, whyNotGreen, whyNotRed } from './tests-in.ts'
import { copyTree, runProgram, type WorkCopy } from './work-copy.ts'

export const SEEDS = [1, 2, 3] as const
const AT_ONCE = 2
const LOOKS = 3

interface Job {
  readonly isAlone: boolean
  run(): Promise<void>
}

/**
 * Puts each mutant into a copy of its own and runs its killers. A test kills only if it passes without the mutant,
 * which is checked once for all tests of a file, and if it fails by the assertion that the list names.
 * @param isFull all killers and the prover's seeds; otherwise the killers that only read the code, and the first test
 * @param onOutcome called with each outcome as it is known
 */
export async function killMutants(
  mutants: readonly Mutant[],
  isFull: boolean,
  onOutcome: (outcome: Outcome) => void = () => undefined,
): Promise<Outcome[]> {
  const plain = copyTree()
  try {
    const asked: readonly { mutant: Mutant; killers: readonly Killer[] }[] = mutants.map((mutant) => ({
      mutant,
      killers: isFull ? mutant.killers : quickOnes(mutant.killers),
    }))
    const green = greenTests(
      plain,
      asked.flatMap(({ killers }) => killers.filter((killer) => killer.kind === 'test')),
    )
    const outcomes: Outcome[] = []
    const jobs: Job[] = asked.map(({ mutant, killers }) => ({
      isAlone: killers.some((killer) => killer.kind === 'test' && measuresTime(plain, killer.file)),
      run: async () => {
        const begin = performance.now()
        const { isKilled, by } = await kill(mutant, killers, plain, green.why).catch((error: unknown) => ({
          isKilled: false,
          by: [error instanceof Error ? error.message : String(error)],
        }))
        const outcome = { mutant, isKilled, by, seconds: (performance.now() - begin) / 1_000 }
        outcomes.push(outcome)
        onOutcome(outcome)
      },
    }))
    await runAll(
      [...green.jobs, ...jobs].filter(({ isAlone }) => !isAlone),
      AT_ONCE,
    )
    await runAll(
      [...green.jobs, ...jobs].filter(({ isAlone }) => isAlone),
      1,
    )
    return mutants.flatMap((mutant) => outcomes.filter((outcome) => outcome.mutant === mutant))
  } finally {
    plain.remove()
  }
}

/** Killers that only read the code, and the first test. */
function quickOnes(killers: readonly Killer[]): Killer[] {
  const firstTest = killers.find(({ kind }) => kind === 'test')
  return killers.filter((killer) => killer.kind === 'types' || killer.kind === 'lint' || killer === firstTest)
}

async function kill(
  mutant: Mutant,
  killers: readonly Killer[],
  plain: WorkCopy,
  whyNotPassing: (killer: TestKiller) => Promise<string | undefined>,
): Promise<{ isKilled: boolean; by: string[] }> {
  const copy = copyTree(plain.folder)
  try {
    copy.apply(editsOf(mutant))
    const found: { isKilled: boolean; by: string }[] = []
    for (const killer of killers) {
      const whyNot = await ask(killer, copy, plain, whyNotPassing)
      found.push({
        isKilled: whyNot === undefined,
        by: `${nameOf(killer)}${whyNot === undefined ? '' : `: NOT KILLED, ${whyNot}`}`,
      })
    }
    return { isKilled: found.every(({ isKilled }) => isKilled), by: found.map(({ by }) => by) }
  } finally {
    copy.remove()
  }
}

/** Undefined when it kills, otherwise why not. */
async function ask(
  killer: Killer,
  copy: WorkCopy,
  plain: WorkCopy,
  whyNotPassing: (killer: TestKiller) => Promise<string | undefined>,
): Promise<string | undefined> {
  switch (killer.kind) {
    case 'types': {
      if (!typeErrors(copy.folder, killer.file).includes(killer.code)) return 'it compiles'
      return typeErrors(plain.folder, killer.file).length === 0
        ? undefined
        : 'the file does not compile without the mutant'
    }
    case 'lint': {
      if ((await lintErrors(copy.folder, killer.file, killer.rule)).length === 0) return 'the rule lets it pass'
      return (await lintErrors(plain.folder, killer.file, killer.rule)).length === 0
        ? undefined
        : 'the rule refuses the file without the mutant'
    }
    case 'test': {
      let whyNot = await whyNotPassing(killer)
      if (whyNot !== undefined) return whyNot
      // On a machine that stalls, a test may fail elsewhere, or pass because the race that it is about was not run.
      for (let looks = 0; looks === 0 || (looks < LOOKS && whyNot !== undefined); looks += 1) {
        whyNot = whyNotRed(killer, await runTests(copy.folder, killer.file, [killer.title]))
      }
      return whyNot
    }
    case 'prover':
      return await whyProverMissed(copy, killer)
  }
}

async function whyProverMissed({ folder }: WorkCopy, { finds, faults }: ProverKiller): Promise<string | undefined> {
  const missed: string[] = []
  const report = join(folder, '.local/prove')
  // A gateway that faults stop must be the stack's own; another stack's objects in the same bucket would count as left
  // behind.
  const { endpoint, region, accessKeyId, secretAccessKey } = (
    faults === true ? {} : JSON.parse(process.env['TEST_S3'] ?? '{}')
  ) as Partial<S3Address>
  const env = {
    ...process.env,
    LOCAL_FOLDER: join(folder, '.local'),
    S3_ENDPOINT: endpoint,
    ...(faults !== true && { S3_BUCKET: `mutant-${randomBytes(8).toString('hex')}` }),
    AWS_REGION: region,
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
  }
  for (const seed of SEEDS) {
    const { code, output } = await runProgram(
      process.execPath,
      [
        'prove/prove.ts',
        '--users',
        '30',
        '--ops',
        '30',
        '--seed',
        String(seed),
        '--report',
        report,
        ...(faults === true ? ['--faults'] : []),
      ],
      { cwd: folder, env },
    )
    const file = join(report, 'report.json')
    // A crash ends with 1 as well, and writes no report.
    const found =
      code === 1 && existsSync(file)
        ? Object.keys(
            (JSON.parse(readFileSync(file, 'utf8')) as { violationsByKind: Readonly<Record<string, number>> })
              .violationsByKind,
          )
        : undefined
    rmSync(report, { recursive: true, force: true })
    if (found === undefined)
      missed.push(`seed ${seed} ended with ${String(code)}: ${output.trim().split('\n').slice(-3).join(' ')}`)
    else if (!finds.some((kind) => found.includes(kind))) missed.push(`seed ${seed} found ${found.join(', ')} only`)
  }
  return missed.length === 0 ? undefined : missed.join('; ')
}

function nameOf(killer: Killer): string {
  switch (killer.kind) {
    case 'types':
      return `types (TS${killer.code} in ${killer.file})`
    case 'lint':
      return `lint (${killer.rule} in ${killer.file})`
    case 'test':
      return `${killer.file} > ${killer.title.join(' > ')}`
    case 'prover':
      return (
        `prover${killer.faults === true ? ' with faults' : ''}, seeds ${SEEDS.join(', ')} ` +
        `(${killer.finds.join(' or ')})`
      )
  }
}

/**
 * Runs each file once, with all the titles that are asked of it. A machine that stalls fails a test now and then, so a
 * failure is checked again, up to `LOOKS` times.
 */
function greenTests(
  plain: WorkCopy,
  killers: readonly TestKiller[],
): { jobs: Job[]; why: (killer: TestKiller) => Promise<string | undefined> } {
  const results = new Map(
    [...Map.groupBy(killers, ({ file }) => file)].map(([file, ofFile]) => {
      const { promise, resolve } = Promise.withResolvers<Map<TestKiller, string | undefined>>()
      const titles = [...Map.groupBy(ofFile, ({ title }) => title.join('\n')).values()].flatMap(([first]) =>
        first === undefined ? [] : [first.title],
      )
      const job: Job = {
        isAlone: measuresTime(plain, file),
        run: async () => {
          const look = async (): Promise<Map<TestKiller, string | undefined>> => {
            const result = await runTests(plain.folder, file, titles)
            return new Map(ofFile.map((killer) => [killer, whyNotGreen(killer, result)]))
          }
          let found = await look()
          for (let again = 1; again < LOOKS && [...found.values()].some((why) => why !== undefined); again += 1)
            found = await look()
          resolve(found)
        },
      }
      return [file, { job, promise }] as const
    }),
  )
  return {
    jobs: [...results.values()].map(({ job }) => job),
    why: async (killer) => (await results.get(killer.file)?.promise)?.get(killer),
  }
}

function measuresTime(copy: WorkCopy, file: string): boolean {
  return /^\/\/ run alone: /m.test(readFileSync(join(copy.folder, file), 'utf8'))
}

async function runAll(jobs: readonly Job[], atOnce: number): Promise<void> {
  const waiting = [...jobs]
  const worker = async (): Promise<void> => {
    for (let job = waiting.shift(); job !== undefined; job = waiting.shift()) await job.run()
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
}
