import type { Child } from './child.ts'
import type { StackRecord } from './run-record.ts'

/** What the stack provides to its parts. */
export interface StackFloor {
  /** The origin at which the stack serves the page. */
  readonly url: string
  readonly stateFolder: string
  readonly say: (line: string) => void
  /** Prints the one line about a part. */
  readonly announce: (name: string, version: string, where: string, pid: number | null) => void
  /** Reports when the process ends before the stack is stopped, and what that means. */
  readonly watch: (child: Child, effect: () => string) => void
  /** Makes a new log file. */
  readonly log: (name: string) => string
  readonly onStop: (stop: () => Promise<unknown>) => void
  readonly isStopping: () => boolean
  /** Called when a Redis other than the recorded one serves. */
  readonly onRedisChange: (record: StackRecord['redis']) => void
}
