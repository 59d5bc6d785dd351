/**
 * Loaded into a service process by `--import`, so that a test can look at its memory without a route for it:
 * SIGHUP collects garbage and logs the memory that is left, SIGUSR2 writes a heap snapshot and logs its path.
 */
import { join } from 'node:path'
import { setFlagsFromString, writeHeapSnapshot } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { isMainThread } from 'node:worker_threads'

if (isMainThread) {
  // By default a snapshot has only the first kilobyte of each string, and a canary may come after it.
  setFlagsFromString('--heap-snapshot-string-limit=100000000')
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  const say = (line: Record<string, unknown>): void => {
    process.stdout.write(`${JSON.stringify(line)}\n`)
  }
  let snapshots = 0
  process.on('SIGHUP', () => {
    collect()
    // Memory that a collection's own callbacks free is garbage for the next one.
    setImmediate(() => {
      collect()
      say({ memory: process.memoryUsage() })
    })
  })
  process.on('SIGUSR2', () => {
    snapshots += 1
    say({
      snapshot: writeHeapSnapshot(join(process.env['SNAPSHOT_FOLDER'] ?? '.', `${String(snapshots)}.heapsnapshot`)),
    })
  })
}
