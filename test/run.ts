import { spawn } from 'node:child_process'
import { globSync, readFileSync } from 'node:fs'
import { randomBytes } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join, relative, resolve } from 'node:path'
import { installParts } from '../local/install-parts.ts'
import type { S3Address } from '../local/prepare-bucket.ts'
import { startS3 } from '../local/s3-gateway.ts'
import { readTap, type TapResult } from './support/read-tap.ts'

interface FileResult extends TapResult {
  readonly file: string
  readonly seconds: number
}

/** After this time a file is ended and counts as failed. */
const fileLimitSeconds = 900
const filesAtOnce = 2
/** How many of the slowest files the end of a run names. */
const SLOWEST_NAMED = 5
const root = join(import.meta.dirname, '..')

/**
 * `npm test [-- FILE...]`: installs what the tests need, starts the S3 gateway that they share, runs every test file in
 * a process of its own and ends with the line `N passed, N failed`. A file with the line `// run alone: REASON` waits
 * until the others are done and runs by itself, because it measures time. A file with the line `// mostly waits:
 * REASON` takes no place of those that compute.
 */
async function main(): Promise<number> {
  const given = process.argv.slice(2)
  const files = (given.length > 0 ? given : globSync('test/**/*.test.ts', { cwd: root }).sort()).map((file) =>
    relative(root, resolve(root, file)),
  )
  const say = (line: string): void => {
    console.log(line)
  }
  const sources = new Map(files.map((file) => [file, readFileSync(join(root, file), 'utf8')]))
  const isOnParts = (file: string): boolean => sources.get(file)?.includes('support/parts.ts') === true

  await installParts(['Redis', 'S3 gateway', 'balancer'], say)
  for (const part of ['browser', 'container tools', 'AWS service models'] as const) {
    await installParts([part], say).catch((error: unknown) => {
      say(`Without ${part}, whose tests are skipped or fail: ${error instanceof Error ? error.message : String(error)}`)
    })
  }

  const s3 = files.some(isOnParts)
    ? await startS3({ folder: join(tmpdir(), `chatmrpt-tests-${randomBytes(8).toString('hex')}`) })
    : undefined
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    TAP_TIMEOUT: String(fileLimitSeconds),
    ...(s3 === undefined ? {} : { TEST_S3: addressOf(s3) }),
  }
  const stop = async (): Promise<void> => {
    await s3?.stop()
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => {
      void stop().then(() => process.exit(1))
    })

  try {
    const [alone, waiting] = [/^\/\/ run alone: /m, /^\/\/ mostly waits: /m].map((mark) =>
      files.filter((file) => mark.test(sources.get(file) ?? '')),
    ) as [string[], string[]]
    // Tests of real parts take longest. The short ones then fill the time beside the last of them.
    const together = files
      .filter((file) => !alone.includes(file) && !waiting.includes(file))
      .sort((one, other) => Number(isOnParts(other)) - Number(isOnParts(one)))
    const beside = await Promise.all([runAll(together, filesAtOnce, env), runAll(waiting, 1, env)])
    return report([...beside.flat(), ...(await runAll(alone, 1, env))])
  } finally {
    await stop()
  }
}

/** The shared gateway, in the form that `s3()` in test/support/parts.ts reads. */
function addressOf({ endpoint, region, bucket, accessKeyId, secretAccessKey }: S3Address): string {
  return JSON.stringify({ endpoint, region, bucket, accessKeyId, secretAccessKey } satisfies S3Address)
}

async function runAll(files: readonly string[], atOnce: number, env: NodeJS.ProcessEnv): Promise<FileResult[]> {
  const waiting = [...files]
  const results: FileResult[] = []
  const worker = async (): Promise<void> => {
    for (let file = waiting.shift(); file !== undefined; file = waiting.shift()) results.push(await runFile(file, env))
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
  return results
}

async function runFile(file: string, env: NodeJS.ProcessEnv): Promise<FileResult> {
  const begin = performance.now()
  const child = spawn(process.execPath, [file], { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] })
  const timer = setTimeout(
    () => {
      child.kill('SIGKILL')
    },
    (fileLimitSeconds + 10) * 1_000,
  )
  const [out, err] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    new Promise((resolve) => child.once('close', resolve)),
  ])
  clearTimeout(timer)
  const tap = readTap(out)
  const seconds = (performance.now() - begin) / 1_000
  const broken = tap.failed === 0 && (child.exitCode !== 0 || !tap.complete || tap.passed + tap.skipped === 0)
  const result = { ...tap, failed: broken ? 1 : tap.failed, file, seconds }
  console.log(
    `${result.failed === 0 ? 'ok    ' : 'FAILED'} ${seconds.toFixed(1).padStart(6)} s ` +
      `${String(tap.passed).padStart(4)} tests  ${file}`,
  )
  if (broken)
    console.log(
      `The file ended early: exit code ${String(child.exitCode)}, signal ` +
        `${String(child.signalCode)}\n${out.split('\n').slice(-40).join('\n')}`,
    )
  if (result.failed > 0) console.log([tap.failures, err.trim()].filter((part) => part !== '').join('\n'))
  // A table that a file prints comes as comments, and so does what it measured.
  for (const line of out.split('\n').filter((line) => /^ *# (?:\||measured: )/.test(line)))
    console.log(line.trimStart().slice(2))
  for (const line of out.split('\n').filter((line) => / # (SKIP|TODO)\b/i.test(line)))
    console.log(`       ${line.trim()}`)
  return result
}

async function text(stream: NodeJS.ReadableStream): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of stream) chunks.push(Buffer.from(chunk))
  return Buffer.concat(chunks).toString()
}

/** Prints the last line and returns the exit code: 0 only when tests ran and none failed. */
function report(results: readonly FileResult[]): number {
  const sum = (of: (result: FileResult) => number): number => results.reduce((total, result) => total + of(result), 0)
  const [passed, failed, skipped] = [
    sum((result) => result.passed),
    sum((result) => result.failed),
    sum((result) => result.skipped),
  ]
  const slowest = results.toSorted((one, other) => other.seconds - one.seconds).slice(0, SLOWEST_NAMED)
  console.log(`slowest: ${slowest.map(({ file, seconds }) => `${file} ${seconds.toFixed(0)} s`).join(', ')}`)
  for (const { file } of results.filter((result) => result.failed > 0)) console.log(`failed: ${file}`)
  if (skipped > 0) console.log(`${String(skipped)} skipped`)
  console.log(`${String(passed)} passed, ${String(failed)} failed`)
  return passed > 0 && failed === 0 ? 0 : 1
}

process.exitCode = await main().catch((error: unknown) => {
  console.error(error)
  console.log('0 passed, 1 failed')
  return 1
})
