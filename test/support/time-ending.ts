import type { Reply } from './client.ts'

/** How long sessions went on being answered, in milliseconds. */
export interface Ending {
  /** From the request that ends them to the last request that one of them got through. */
  readonly sinceAsked: number
  /** From its acknowledgement: 0 when no later request got through. */
  readonly sinceAcknowledged: number
  /** Requests that were answered as before, so that there was something to end. */
  readonly answered: number
}

/**
 * Asks every task with every cookie, without a pause, before, while and after `act` ends their sessions, until each
 * task has refused each cookie.
 * @param ask one request to one task with one cookie
 * @param act resolves when the end is acknowledged, to the time of that in milliseconds since 1970
 */
export async function timeEnding(
  urls: readonly string[],
  cookies: readonly string[],
  ask: (url: string, cookie: string) => Promise<Reply>,
  act: () => Promise<number>,
): Promise<Ending> {
  let [answered, lastBegun] = [0, 0]
  const firstAnswers: Promise<void>[] = []
  const askUntilRefused = async (url: string, cookie: string, onAnswer: () => void): Promise<void> => {
    for (;;) {
      const begun = Date.now()
      const { status, text } = await ask(url, cookie)
      if (status === 401) return
      // A stall of the machine can keep a task from asking Redis in time.
      if (status === 503) continue
      if (status !== 200) throw new Error(`Neither served nor refused: ${String(status)} ${text}`)
      onAnswer()
      answered += 1
      lastBegun = Math.max(lastBegun, begun)
    }
  }
  const asking = urls.flatMap((url) =>
    cookies.map((cookie) => {
      const first = Promise.withResolvers<undefined>()
      firstAnswers.push(first.promise)
      return askUntilRefused(url, cookie, () => {
        first.resolve(undefined)
      })
    }),
  )
  await Promise.race([Promise.all(firstAnswers), Promise.all(asking)])
  const asked = Date.now()
  const acknowledged = await act()
  await Promise.all(asking)
  return {
    sinceAsked: Math.max(0, lastBegun - asked),
    sinceAcknowledged: Math.max(0, lastBegun - acknowledged),
    answered,
  }
}

/** One line for the output of a test. */
export function told(what: string, endings: readonly Ending[]): string {
  const most = (of: keyof Ending): string => String(Math.max(...endings.map((ending) => ending[of])))
  const answered = endings.reduce((sum, ending) => sum + ending.answered, 0)
  return (
    `${what}: the last request that got through began ${most('sinceAsked')} ms after it was asked for and ` +
    `${most('sinceAcknowledged')} ms after it was acknowledged, at most, in ${String(endings.length)} times over ` +
    `three tasks (${String(answered)} requests answered before)`
  )
}
