import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import t from 'tap'
import { makeDist } from '../../build/make-dist.ts'
import type { JobReply } from '../../service/work/worker.ts'
import { folder } from '../support/parts.ts'

const root = join(import.meta.dirname, '../..')

t.setTimeout(120_000)
t.before(async () => {
  await makeDist(root)
})

/** Runs a program of this repository to its end. */
function node(...args: readonly string[]): { status: number | null; stdout: string; stderr: string } {
  return spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8', env: { PATH: process.env['PATH'] } })
}

/** `npm run trace` on a file that holds this text. */
function trace(t: Parameters<typeof folder>[0], text: string): string {
  const file = join(folder(t), 'service.log')
  writeFileSync(file, text)
  const { status, stdout, stderr } = node('build/trace.ts', file)
  if (status !== 0) throw new Error(stderr)
  return stdout
}

/** `service/…:LINE` of each frame in our own files, innermost first. */
function framesOf(text: string): string[] {
  return [...text.matchAll(/(service\/[\w/-]+\.ts):(\d+):\d+/g)].map(([, file, line]) => `${file}:${line}`)
}

/** The stack of a bug in a job, as its thread sends it for the log. */
async function bugOf(script: string): Promise<string> {
  const worker = new Worker(join(root, script))
  const reply = await new Promise<JobReply>((resolve, reject) => {
    worker.once('message', resolve).once('error', reject)
    worker.postMessage({ name: 'wardPage', input: { result: new TextEncoder().encode('{}'), query: {} } })
  })
  await worker.terminate()
  if (!('bug' in reply)) throw new Error('The job was expected to fail')
  return reply.bug
}

t.test('a stack in a JSON line of the log becomes the stack that the sources would have given', async (t) => {
  const [built, expected] = await Promise.all([bugOf('dist/worker.js'), bugOf('service/work/worker.ts')])
  t.match(built, /dist\/work\/wardPage\.js:\d+:\d+/)
  const line = {
    level: 50,
    reqId: 'abc-1',
    err: { type: 'Error', message: 'A job failed', stack: `Error: A job failed: ${built}` },
    msg: 'A request failed by a bug',
  }
  const traced = trace(t, `{"level":30,"msg":"Listening"}\n${JSON.stringify(line)}\n`)
  t.match(traced, /^{"level":30,"msg":"Listening"}\nA request failed by a bug abc-1\nError: A job failed: TypeError/)
  t.ok(framesOf(expected).length >= 2, 'the sources give a stack')
  t.strictSame(framesOf(traced), framesOf(expected))
})

t.test('the plain stack of a process that could not start becomes a stack of the sources, too', (t) => {
  const [built, expected] = ['dist/main.js', 'service/main.ts'].map((script) => node(script).stderr)
  t.match(built, /dist\/main\.js:\d+:\d+/)
  const traced = trace(t, built ?? '')
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .join('\n')
  t.strictSame(
    framesOf(traced),
    framesOf(
      (expected ?? '')
        .split('\n')
        .filter((line) => /^\s+at /.test(line))
        .join('\n'),
    ),
  )
  t.ok(framesOf(traced).length >= 2)
  t.end()
})

t.test('a place that no map knows stays as it is', (t) => {
  const lines = [
    'at work (file:///app/dist/work/none-AAAAAAAA.js:1:2)',
    'at work (file:///app/dist/main.js:99999999:2)',
    'at node:internal/process/task_queues:104:5',
    '{"msg":"not a whole line',
    'nothing of a stack',
  ]
  t.equal(trace(t, lines.join('\n')), `${lines.join('\n')}\n`)
  const { status, stderr } = node('build/trace.ts')
  t.strictSame([status, stderr], [1, 'Give a file: npm run trace -- FILE [MAPS]\n'])
  t.ok(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).scripts.trace.endsWith('build/trace.ts'))
  t.end()
})
