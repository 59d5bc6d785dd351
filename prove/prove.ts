import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { figuresOf } from './figures.ts'
import { readOptions, USAGE, type Options } from './options.ts'
import { reportPage } from './report-page.ts'
import { run, type OnProgress } from './run.ts'
import { stackIn, startStack, type ServedStack } from './served-stack.ts'

const ROOT = join(import.meta.dirname, '..')
const TASKS = 3

/**
 * `npm run prove`: finds or starts its target, runs, writes both reports, and exits with 0, 1 or 2 by the verdict, or
 * with 3 when it cannot use its options.
 */
async function main(args: readonly string[]): Promise<number> {
  let options: Options
  try {
    options = readOptions(args)
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}\n`)
    return 3
  }
  const stack = await stackFor(options)
  const target = options.target ?? stack?.url ?? ''
  const onSignal = (): void => {
    void stack?.stop().finally(() => {
      process.exit(130)
    })
  }
  process.once('SIGINT', onSignal).once('SIGTERM', onSignal)
  try {
    const finished = await run(options, target, stack, progressOn(process.stderr))
    const figures = figuresOf(finished)
    mkdirSync(options.report, { recursive: true })
    writeFileSync(join(options.report, 'report.json'), `${JSON.stringify(figures, null, 2)}\n`)
    writeFileSync(join(options.report, 'report.html'), reportPage(finished, figures))
    const { verdict, tally, violationCount, processorSeconds } = finished
    const bound = violationCount === 0 ? ` (95 % upper bound 3/N = ${(3 / tally.requests).toExponential(1)})` : ''
    process.stdout.write(
      [
        `${verdict.outcome}: ${violationCount} violations in ${tally.requests} requests of ${finished.users} people ` +
          `over ${tally.tasks.size} tasks in ${finished.seconds.toFixed(1)} s${bound}`,
        ...verdict.reasons.map((reason) => `  ${reason}`),
        ...finished.violations
          .slice(0, 3)
          .flatMap(({ kind, detail, request, context, trace }) => [
            `  ${kind}: ${detail}`,
            `    ${request ?? ''} ${context ?? ''}`,
            ...trace.slice(-4).map((line) => `    ${line}`),
          ]),
        `processor seconds: ${Object.entries(processorSeconds)
          .map(([part, seconds]) => `${part} ${seconds.toFixed(1)}`)
          .join(', ')}`,
        `report: ${join(options.report, 'report.html')}; replay with --seed ${options.seed}`,
        '',
      ].join('\n'),
    )
    return verdict.exitCode
  } finally {
    await stack?.stop()
  }
}

/** The stack behind the target: the named one, the one that runs here, or a new one for this run. */
async function stackFor({ target, stack, faults }: Options): Promise<ServedStack | undefined> {
  if (stack !== undefined) {
    if (!existsSync(stack)) throw new Error(`Cannot use --stack ${stack}: there is no such file. Start the stack first`)
    return stackIn(stack)
  }
  if (target !== undefined) return undefined
  const running = faults ? undefined : stackIn(join(process.env['LOCAL_FOLDER'] ?? join(ROOT, '.local'), 'stack.json'))
  if (running !== undefined) return running
  process.stderr.write(`Starting a stack with ${TASKS} tasks\n`)
  return await startStack(TASKS)
}

/** One line that is written over on a terminal; in a log, a line for every tenth of the work. */
function progressOn(screen: NodeJS.WriteStream): OnProgress {
  let tenths = 0
  if (!screen.isTTY) {
    return (share, { requests }, violations) => {
      if (Math.floor(share * 10) <= tenths) return
      tenths = Math.floor(share * 10)
      screen.write(`${10 * tenths} %, ${requests} requests, ${violations} violations\n`)
    }
  }
  return (share, { requests }, violations) => {
    const bar = '█'.repeat(Math.round(share * 30)).padEnd(30, '░')
    const percent = (100 * share).toFixed(0).padStart(3)
    const end = share === 1 ? '\n' : ''
    screen.write(`\r${bar} ${percent} %  ${requests} requests, ${violations} violations${end}`)
  }
}

process.exitCode = await main(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(
    `The run could not be made: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
  )
  return 2
})
