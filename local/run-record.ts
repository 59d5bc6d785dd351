import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * What runs, for people and programs that want to reach, pause or kill a part. The pids are those of the parts
 * themselves; null when a part was given and not started.
 */
export interface StackRecord {
  readonly url: string
  /** Present with more than one task. */
  readonly balancer?: { readonly pid: number }
  readonly tasks: readonly { readonly url: string; readonly pid: number }[]
  readonly redis: {
    readonly host: string
    readonly port: number
    readonly pid: number | null
    readonly tls: boolean
    /** The authority to trust, as PEM text. */
    readonly ca?: string
    readonly username: string
    readonly password: string
    /**
     * With --replica: the second server. The address above then leads to the current primary, and the pid above is that
     * of the primary.
     */
    readonly replica?: { readonly port: number; readonly pid: number }
  }
  readonly s3: {
    readonly endpoint: string
    readonly pid: number | null
    readonly bucket: string
    readonly accessKeyId: string
    readonly secretAccessKey: string
  }
}

/** The folder `.local` while a stack runs from it. */
export interface RunRecord {
  /** Writes `stack.json`, readable by its owner only, whole or not at all. */
  write(record: StackRecord): void
  /** Removes `stack.json` and the claim on the folder. */
  remove(): void
}

/**
 * Claims `folder` for this process, so that two stacks never share it. What a dead run left behind is replaced, and its
 * state folder deleted. If a run is alive, it rejects and says where that run is.
 */
export function claimFolder(folder: string, stateFolder: string): RunRecord {
  const claim = join(folder, 'launcher.json')
  const stack = join(folder, 'stack.json')
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const text = JSON.stringify({ pid: process.pid, state: stateFolder })
  try {
    writeFileSync(claim, text, { flag: 'wx', mode: 0o600 })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    const other = readClaim(claim)
    if (other !== undefined && isLauncher(other.pid)) {
      throw new Error(
        `Cannot start: a stack already runs from this folder (pid ${String(other.pid)}; see ${stack}). Stop that ` +
          `one first, with Ctrl-C or: kill ${String(other.pid)}`,
        { cause: error },
      )
    }
    if (other !== undefined) rmSync(other.state, { recursive: true, force: true })
    rmSync(claim)
    writeFileSync(claim, text, { flag: 'wx', mode: 0o600 })
  }
  rmSync(stack, { force: true })
  return {
    write(record) {
      writeFileSync(`${stack}.new`, `${JSON.stringify(record, null, 2)}\n`, { mode: 0o600 })
      renameSync(`${stack}.new`, stack)
    },
    remove() {
      rmSync(stack, { force: true })
      rmSync(claim, { force: true })
    },
  }
}

function readClaim(file: string): { pid: number; state: string } | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as { pid: number; state: string }
  } catch {
    return undefined
  }
}

/** Whether a process of this number runs and is a launcher; numbers of dead processes are used again. */
function isLauncher(pid: number): boolean {
  try {
    process.kill(pid, 0)
  } catch {
    return false
  }
  try {
    return readFileSync(`/proc/${String(pid)}/cmdline`, 'utf8').includes('start.ts')
  } catch {
    return true
  }
}
