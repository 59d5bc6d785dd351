import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import t from 'tap'
import { person, startWith } from '../support/client.ts'
import { folder, redis, s3, startService } from '../support/parts.ts'
import { propertySeed } from '../support/properties.ts'

/** How many requests to draw, in all; 0: none, as in a run that has no time for them. */
const REQUESTS = Number(process.env['SCHEMATHESIS_REQUESTS'] ?? 0)
const CHECKS = [
  'not_a_server_error',
  'status_code_conformance',
  'content_type_conformance',
  'response_schema_conformance',
].join(',')
/** Without `stateful`: the description has no links between its operations. */
const PHASES = 'examples,coverage,fuzzing'
const sample = join(import.meta.dirname, '../../service/sample')

/** Runs schemathesis against a service's description. Gives what it wrote and its exit code. */
async function draw(
  url: string,
  cwd: string,
  options: readonly string[],
): Promise<{ output: string; code: number | null }> {
  const child = spawn(
    'schemathesis',
    ['run', `${url}/openapi.json`, '--checks', CHECKS, '--phases', PHASES, '--no-color', ...options],
    { cwd, stdio: ['ignore', 'pipe', 'inherit'] },
  )
  let output = ''
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString()
  })
  const [code] = (await once(child, 'close')) as [number | null]
  return { output, code }
}

t.setTimeout(880_000)
t.test(
  'schemathesis finds no failure and no reply that is not as documented',
  { skip: REQUESTS === 0 ? 'SCHEMATHESIS_REQUESTS says how many requests to draw' : false, timeout: 870_000 },
  async (t) => {
    t.equal(spawnSync('schemathesis', ['--version']).status, 0, 'schemathesis is installed')
    const { url, lines } = await startService(t, { redis: await redis(t), s3: await s3(t) })
    const who = person(t, url)
    await startWith(who, sample)
    const { paths } = (await who.get('/openapi.json')).json<{ paths: Record<string, object> }>()
    const operations = Object.values(paths).flatMap((methods) => Object.keys(methods)).length
    const examples = ['--max-examples', String(Math.ceil(REQUESTS / operations))]
    // It keeps what it has found there.
    const cwd = folder(t)
    let sent = 0
    const drawn = async (seed: number, ...options: readonly string[]): Promise<void> => {
      const { output, code } = await draw(url, cwd, ['--seed', String(seed), ...examples, ...options])
      const count = Number(/(\d+) generated/.exec(output)?.[1])
      t.ok(code === 0 && count > 0, `${String(count)} requests with seed ${String(seed)}\n${output.slice(-4_000)}`)
      sent += count
    }
    await drawn(propertySeed, '--include-path', '/api/session')
    // An operation without inputs gets few requests, so one run does not send them all.
    for (let seed = propertySeed; sent < REQUESTS && t.passing(); seed += 1)
      await drawn(seed, '--header', `Cookie:${who.cookie ?? ''}`, '--exclude-path', '/api/session')
    t.ok(sent >= REQUESTS, `${String(sent)} requests were sent`)
    t.strictSame(
      lines().filter(({ msg }) => msg === 'A request failed by a bug'),
      [],
      'the log tells of no failure',
    )
    t.comment(`| schemathesis | ${String(sent)} requests |`)
  },
)
