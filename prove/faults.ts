import type { FaultWindow } from './inspector.ts'
import type { ServedStack } from './served-stack.ts'

/** A fault that was made on purpose, and when the target was whole again. */
export interface Injected {
  readonly fault: string
  readonly atMs: number
  readonly lastedMs: number
}

const PAUSE_MS = 1_500
/** The share of the work at which Redis fails over. */
const FAILOVER_AT = 0.74

/**
 * The faults of a run, each at its share of the work: Redis stopped, the object store stopped, a task killed and
 * started again, the object store's gateway killed and started again, Redis failed over to its replica, Redis killed
 * and started again empty. They come one at a time, and the stack can recover from each.
 * @param onlyFailover makes the failover and none of the others
 * @param share the share of the work that is done, 0 to 1
 * @param onLoss called when the session store has lost everything
 */
export async function injectFaults(
  stack: ServedStack,
  windows: FaultWindow[],
  onlyFailover: boolean,
  share: () => number,
  onLoss: (at: number) => void,
  isOver: () => boolean,
): Promise<{ readonly injected: readonly Injected[]; readonly failure: string | undefined }> {
  const injected: Injected[] = []
  const during = async (
    fault: string,
    closed: boolean,
    begin: () => void,
    wait: () => Promise<void>,
    end?: () => void,
  ): Promise<void> => {
    begin()
    const window: FaultWindow = { fault, begin: performance.now(), end: Infinity, closed }
    windows.push(window)
    try {
      await wait()
    } finally {
      window.end = performance.now()
      end?.()
    }
    injected.push({ fault, atMs: Math.round(window.begin), lastedMs: Math.round(window.end - window.begin) })
  }
  const pause = async (): Promise<void> => {
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS))
  }
  const stopped = async (part: 'redis' | 's3', name: string): Promise<void> => {
    await during(
      `${name} stopped`,
      part === 'redis',
      () => {
        stack.signal(part, 'SIGSTOP')
      },
      pause,
      () => {
        stack.signal(part, 'SIGCONT')
      },
    )
  }
  const killed = async (part: 'tasks' | 's3', name: string): Promise<void> => {
    await during(
      `${name} killed and started again`,
      false,
      () => undefined,
      async () => {
        await stack.restart(part, async () => undefined)
      },
    )
  }
  const failOver = async (): Promise<void> => {
    await during(
      'Redis failed over to its replica',
      false,
      () => undefined,
      async () => {
        await stack.failOver()
      },
    )
  }
  const everyStep: readonly (readonly [number, () => Promise<void>])[] = [
    [
      0.3,
      async () => {
        await stopped('redis', 'Redis')
      },
    ],
    [
      0.42,
      async () => {
        await stopped('s3', 'the object store')
      },
    ],
    [
      0.54,
      async () => {
        await killed('tasks', 'a task')
      },
    ],
    [
      0.64,
      async () => {
        await killed('s3', 'the object store')
      },
    ],
    [FAILOVER_AT, failOver],
    [
      0.86,
      async () => {
        await during(
          'Redis killed and started again, empty',
          false,
          () => undefined,
          async () => {
            await stack.restart('redis', async () => {
              onLoss(performance.now())
              await during('Redis gone', true, () => undefined, pause)
            })
          },
        )
      },
    ],
  ]
  const steps = onlyFailover ? everyStep.filter(([at]) => at === FAILOVER_AT) : everyStep
  for (const [done, [at, inject]] of steps.entries()) {
    while (share() < at) {
      if (isOver())
        return { injected, failure: `the run was over before ${steps.length - done} of ${steps.length} faults` }
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
    try {
      await inject()
    } catch (error) {
      return {
        injected,
        failure: `a part did not come back: ${error instanceof Error ? error.message : String(error)}`,
      }
    }
  }
  return { injected, failure: undefined }
}
