import { fork } from 'node:child_process'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { run } from '../local/child.ts'
import { isWithin, textOf, type Figure } from './figure.ts'

/**
 * `npm run bench`: every benchmark that has a bound, one after the other on this machine and this Node, and the session
 * read against its peers. Prints each as it goes and one table at the end. Takes about 12 minutes.
 * Usage: npm run bench -- [--flask] [--only session-read,main-job]
 *   --flask   Flask-Session with gunicorn, from Debian, among the peers
 *   --only    some of the benchmarks
 * Ends with 1 when a figure is over its bound, 2 when a benchmark could not be run.
 */
const BENCHMARKS = ['session-read', 'main-job', 'what-if', 'cold-start', 'thread-cost', 'journey', 'interpret'] as const

const { values } = parseArgs({ options: { flask: { type: 'boolean', default: false }, only: { type: 'string' } } })
const chosen = values.only?.split(',') ?? BENCHMARKS
const unknown = chosen.filter((name) => !(BENCHMARKS as readonly string[]).includes(name))
if (unknown.length > 0)
  throw new RangeError(`There is no benchmark ${unknown.join(', ')}: choose of ${BENCHMARKS.join(', ')}`)

/** Runs one benchmark and gives the figures it reports, or null when it could not be run. */
async function figuresOf(name: string): Promise<readonly Figure[] | null> {
  const figures: Figure[] = []
  const args = name === 'session-read' && values.flask ? ['--flask'] : []
  const child = fork(join(import.meta.dirname, `${name}.ts`), args)
  child.on('message', (figure) => {
    figures.push(figure as Figure)
  })
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve))
  return code === 0 || (code === 1 && figures.some((figure) => !isWithin(figure))) ? figures : null
}

const figures: Figure[] = []
const broken: string[] = []
for (const name of chosen) {
  console.log(`\n${name}`)
  const reported = await figuresOf(name)
  if (reported === null) broken.push(name)
  else figures.push(...reported)
}
const commit = (await run('git', ['describe', '--always', '--dirty'], { cwd: import.meta.dirname })).trim()
console.log(`\nnpm run bench, Node ${process.versions.node}, at ${commit}; each process has half a core and 1 GiB\n`)
const width = Math.max(...figures.map(({ name }) => name.length)) + 2
for (const figure of figures) console.log(figure.name.padEnd(width) + textOf(figure))
for (const name of broken) console.log(`${name.padEnd(width)}could not be run`)
const over = figures.filter((figure) => !isWithin(figure))
console.log(`${figures.length} figures, ${over.length} over their bounds`)
process.exitCode = broken.length > 0 ? 2 : over.length > 0 ? 1 : 0
