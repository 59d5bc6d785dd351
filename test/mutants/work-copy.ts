import { spawn } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { applyEdits, readEdits } from '../support/edits.ts'

const root = join(import.meta.dirname, '../..')
/**
 * Everything that the service, its build, its stack, its tests and its rules consist of; each copy makes its own
 * `dist/`.
 */
const COPIED = [
  'service',
  'mcp',
  'build',
  'test',
  'local',
  'prove',
  'bench',
  // The local balancer keeps to them.
  'infra/timings.ts',
  'lint',
  'docs',
  'package.json',
  'tsconfig.json',
  'eslint.config.js',
] as const

/** A copy of the tree, in which a fault may be put or a file added. */
export interface WorkCopy {
  readonly folder: string
  /**
   * @param edits the path of an `.edit` file
   * @param folders the folders of the files that it changes
   * @returns the files that were changed or added
   * @throws Error when an edit does not fit the code any more
   */
  apply(edits: string, folders?: readonly string[]): readonly string[]
  remove(): void
}

/** @param from the tree as it is now, or an earlier copy of it, which leaves out what is edited meanwhile */
export function copyTree(from: string = root): WorkCopy {
  const folder = mkdtempSync(join(tmpdir(), 'chatmrpt-copy-'))
  for (const path of COPIED) cpSync(join(from, path), join(folder, path), { recursive: true })
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
  const discard = (): void => {
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 })
  }
  // A run that is interrupted leaves no copy behind.
  process.once('exit', discard)
  return {
    folder,
    apply(edits, folders = ['service']) {
      return applyEdits(folder, folders, readEdits(readFileSync(join(root, edits), 'utf8')))
    },
    remove() {
      process.off('exit', discard)
      discard()
    },
  }
}

export interface ProgramResult {
  readonly code: number | null
  readonly output: string
}

/**
 * Runs a program to its end, or kills it after `limitSeconds`. The output is its standard output and errors together.
 */
export async function runProgram(
  command: string,
  args: readonly string[],
  { cwd, env, limitSeconds = 300 }: { cwd: string; env: NodeJS.ProcessEnv; limitSeconds?: number },
): Promise<ProgramResult> {
  return await new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] })
    const timer = setTimeout(() => {
      child.kill('SIGKILL')
    }, limitSeconds * 1_000)
    const end = (): void => {
      child.kill()
    }
    process.once('exit', end)
    const chunks: Buffer[] = []
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => {
        chunks.push(chunk)
      })
    child.once('error', reject)
    child.once('close', (code) => {
      clearTimeout(timer)
      process.off('exit', end)
      resolve({ code, output: Buffer.concat(chunks).toString() })
    })
  })
}
