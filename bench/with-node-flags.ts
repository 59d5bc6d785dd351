import { spawnSync } from 'node:child_process'
import { NODE_FLAGS } from '../build/node-flags.ts'

/** Starts this program again with the service's flags of Node, if it has not got them, and ends with its exit code. */
export function withNodeFlags(): void {
  if (NODE_FLAGS.every((flag) => process.execArgv.includes(flag))) return
  const args = [...process.execArgv, ...NODE_FLAGS, ...process.argv.slice(1)]
  process.exit(spawnSync(process.execPath, args, { stdio: 'inherit' }).status ?? 1)
}
