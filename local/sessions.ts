import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { PutObjectCommand } from '@aws-sdk/client-s3'
import { OPERATOR_REQUEST } from '../service/stores/operator-request.ts'
import { readOperatorArguments } from './operator-arguments.ts'
import { s3Client } from './prepare-bucket.ts'
import type { StackRecord } from './run-record.ts'

/**
 * `npm run sessions -- …`: what an operator may do, on the stack that runs from LOCAL_FOLDER (default `.local`). As in
 * AWS it leaves one object and starts the operator's program, which has the settings of a task. They are read from the
 * running task itself, so that no secret is written to disk.
 */
async function main(): Promise<number> {
  const request = readOperatorArguments(process.argv.slice(2))
  const root = join(import.meta.dirname, '..')
  const stack = readStack(resolve(process.env.LOCAL_FOLDER ?? join(root, '.local')))
  const env = environmentOf(stack.tasks[0]?.pid)
  const s3 = s3Client({ ...stack.s3, region: env['AWS_REGION'] ?? '' })
  try {
    const Body = JSON.stringify(request)
    await s3.send(new PutObjectCommand({ Bucket: stack.s3.bucket, Key: OPERATOR_REQUEST, Body }))
  } finally {
    s3.destroy()
  }
  const operator = spawn(process.execPath, [join(root, 'service/operator.ts')], {
    stdio: ['ignore', 'inherit', 'inherit'],
    env,
  })
  const [code] = (await once(operator, 'exit')) as [number | null]
  return code ?? 1
}

function readStack(folder: string): StackRecord {
  const file = join(folder, 'stack.json')
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as StackRecord
  } catch (error) {
    throw new Error(`No stack runs from this folder: ${file} cannot be read. Start one with npm start`, {
      cause: error,
    })
  }
}

/** The environment of a running process, as Linux shows it to its owner alone. */
function environmentOf(pid: number | undefined): Record<string, string> {
  const file = `/proc/${String(pid)}/environ`
  const pairs = readFileSync(file, 'utf8').split('\0').filter(Boolean)
  return Object.fromEntries(
    pairs.map((pair) => {
      const at = pair.indexOf('=')
      return [pair.slice(0, at), pair.slice(at + 1)] as const
    }),
  )
}

try {
  process.exitCode = await main()
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
