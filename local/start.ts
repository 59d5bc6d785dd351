import { randomBytes } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { makeDist } from '../build/make-dist.ts'
import { claimFolder } from './run-record.ts'
import { createStack } from './stack.ts'
import { readStackOptions } from './stack-options.ts'

/**
 * `npm start [-- --tasks N --replica --sign-in]`: the whole stack on this machine, until Ctrl-C. LOCAL_FOLDER (default
 * `.local`) holds its record and its logs.
 */
async function main(): Promise<void> {
  const options = readStackOptions(process.argv.slice(2), process.env)
  const folder = resolve(process.env.LOCAL_FOLDER ?? join(import.meta.dirname, '../.local'))
  // Not inside the project: Ceph splits the paths of its keyring at spaces, and the project's path may contain spaces.
  const stateFolder = join(tmpdir(), `chatmrpt-${randomBytes(8).toString('hex')}`)
  const record = claimFolder(folder, stateFolder)
  const stack = createStack(
    options,
    {
      stateFolder,
      logFolder: join(folder, 'logs'),
      say: (line) => {
        console.log(line)
      },
      onChange: (running) => {
        record.write(running)
      },
    },
    process.env,
  )

  const end = async (code: number): Promise<never> => {
    await stack.stop()
    record.remove()
    process.exit(code)
  }
  let asked = 0
  const onSignal = (signal: NodeJS.Signals): void => {
    // A terminal signals both npm and this process, and npm forwards the signal: signals within a second count as one.
    if (asked > 0 && Date.now() - asked < 1_000) return
    if (asked > 0) {
      record.remove()
      console.log(`${signal} again: not waiting any longer`)
      // The kernel ends the parts together with this process.
      process.exit(1)
    }
    asked = Date.now()
    console.log(`${signal}: stopping`)
    void end(0)
  }
  process.on('SIGINT', onSignal).on('SIGTERM', onSignal).on('SIGHUP', onSignal)
  // A killed npm does not forward signals.
  const parent = process.ppid
  if (process.env.npm_lifecycle_event !== undefined)
    setInterval(() => {
      if (process.ppid !== parent && asked === 0) onSignal('SIGHUP')
    }, 500).unref()

  try {
    const milliseconds = await makeDist(join(import.meta.dirname, '..'))
    if (milliseconds !== null) console.log(`built in ${milliseconds.toFixed(0)} ms`)
    const running = await stack.start()
    if (asked > 0) return
    record.write(running)
    console.log(`ready ${running.url}`)
  } catch (error) {
    // While stopping, a part that was about to start may fail; that need not be reported.
    if (asked > 0) return
    console.error(error instanceof Error ? error.message : error)
    await end(1)
  }
}

await main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error)
  process.exit(1)
})
