import type { Child } from './child.ts'
import type { StackRecord } from './run-record.ts'

/** What the stack lends to its parts. */
export interface StackFloor {
  /** Where the stack serves: the page's origin. */
  readonly url: string
  readonly stateFolder: string
  readonly say: (line: string) => void
  /** The one line for a part. */
  readonly announce: (name: string, version: string, where: string, pid: number | null) => void
  /** Says so when the process ends before the stack is stopped, and with what effect. */
  readonly watch: (child: Child, effect: () => string) => void
  /** A fresh log file. */
  readonly log: (name: string) => string
  readonly onStop: (stop: () => Promise<unknown>) => void
  readonly isStopping: () => boolean
  /** Told when another Redis serves than the one recorded. */
  readonly onRedisChange: (record: StackRecord['redis']) => void
}
