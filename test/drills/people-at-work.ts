import { setTimeout as pause } from 'node:timers/promises'
import type { Test } from 'tap'
import { canary, person, repeated, uploadWards, wardsCsv, type Person } from '../support/client.ts'

/** What people at work have met so far. */
export interface Work {
  readonly requests: () => number
  /** Each reply that was not as it must be, and each request without a reply. */
  readonly failures: readonly string[]
  /** Names of the tasks that answered. */
  readonly tasks: ReadonlySet<string>
  stop(): Promise<void>
}

/** How many sessions are begun at a time, so that the start itself overloads nobody. */
const STARTED_AT_ONCE = 10

interface Worker {
  readonly who: Person
  readonly mark: string
  readonly analysis: string
}

/**
 * People with data of their own who read and write without an end, each one request at a time. Every reply must have
 * the right status and show its reader's own data and nobody else's.
 * @param thinkMs the time between two requests of one person
 */
export async function peopleAtWork(
  t: Pick<Test, 'teardown'>,
  { url, people, thinkMs }: { readonly url: string; readonly people: number; readonly thinkMs: number },
): Promise<Work> {
  const workers: Worker[] = []
  while (workers.length < people)
    workers.push(
      ...(await Promise.all(
        Array.from({ length: Math.min(STARTED_AT_ONCE, people - workers.length) }, async () => await begin(t, url)),
      )),
    )
  const marks = new Map(workers.map(({ mark, who }) => [mark, who]))
  const tasks = new Set<string>()
  const failures: string[] = []
  let [requests, isOver] = [0, false]
  const work = async (worker: Worker, at: number): Promise<void> => {
    // Not all in step.
    await pause((thinkMs * at) / people)
    for (let turn = at; !isOver; turn += 1) {
      const [method, path, body, right] = actionOf(worker, turn)
      try {
        const reply = await worker.who.send(method, path, body === undefined ? {} : { body })
        const task = String(reply.headers['x-request-id'])
        tasks.add(task.slice(0, task.lastIndexOf('-')))
        if (reply.status !== right) failures.push(`${method} ${path}: ${String(reply.status)} ${reply.text}`)
        for (const [mark] of reply.text.matchAll(/Zq[0-9a-f]{18}/g))
          if (marks.get(mark) !== worker.who) failures.push(`${method} ${path}: shows ${mark}, not ${worker.mark}`)
        if (method === 'GET' && path !== '/api/session' && !reply.text.includes(worker.mark))
          failures.push(`${method} ${path}: its reader's data are missing`)
      } catch (error) {
        failures.push(`${method} ${path}: ${String(error)}`)
      }
      requests += 1
      await pause(thinkMs)
    }
  }
  const going = Promise.all(workers.map(work))
  return {
    requests: () => requests,
    failures,
    tasks,
    async stop() {
      isOver = true
      await going
    },
  }
}

async function begin(t: Pick<Test, 'teardown'>, url: string): Promise<Worker> {
  const [who, mark] = [person(t, url), canary()]
  await who.start()
  await uploadWards(who, wardsCsv(mark), `${mark}.csv`)
  const made = await repeated(() => who.post('/api/analyses', {}))
  return { who, mark, analysis: made.json<{ analysis: { id: string } }>().analysis.id }
}

/** Method, path, body and the status that is right: nine reads to one write. */
function actionOf({ analysis }: Worker, turn: number): readonly [string, string, unknown, number] {
  const reads = ['/api/session', '/api/files', `/api/analyses/${analysis}/wards?limit=5`] as const
  return turn % 10 === 9
    ? ['POST', '/api/chat', { message: 'How do nets protect?' }, 200]
    : ['GET', reads[turn % reads.length] ?? '', undefined, 200]
}
