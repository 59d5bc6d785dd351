import { Problem } from '../http.ts'

const FIRST_WAIT_MS = 1_000
const LONGEST_WAIT_MS = 30_000

/**
 * Does a step again for as long as the link or the service is away: after a time that doubles, and as soon as the
 * browser is online again.
 * @throws Problem when the step is refused, and the signal's reason when it aborts
 */
export async function keepTrying<T>(
  step: () => Promise<T>,
  { signal, onWait }: { readonly signal: AbortSignal; readonly onWait: () => void },
): Promise<T> {
  for (let waitMs = FIRST_WAIT_MS; ; waitMs = Math.min(2 * waitMs, LONGEST_WAIT_MS)) {
    try {
      return await step()
    } catch (error) {
      if (!(error instanceof Problem) || error.retryAfterSeconds === undefined) throw error
      onWait()
      await untilOnline(Math.max(waitMs, error.kind === 'unreachable' ? 0 : 1_000 * error.retryAfterSeconds), signal)
    }
  }
}

/** Waits so long, or until the browser says that it is online again. */
async function untilOnline(ms: number, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted()
  await new Promise<void>((resolve) => {
    const over = (): void => {
      clearTimeout(timer)
      window.removeEventListener('online', over)
      signal.removeEventListener('abort', over)
      resolve()
    }
    const timer = setTimeout(over, ms)
    window.addEventListener('online', over)
    signal.addEventListener('abort', over)
  })
  signal.throwIfAborted()
}
