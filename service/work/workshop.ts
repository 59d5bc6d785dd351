import { Worker } from 'node:worker_threads'
import { Fault } from '../domain/fault.ts'
import type { JobName, Jobs } from './jobs.ts'
import { wholeBuffers } from './whole-buffers.ts'
import type { JobReply } from './worker.ts'

/** Carries CPU work out on worker threads, since work on the event loop would look like a slow Redis to everybody. */
export interface Workshop {
  /**
   * @param signal ends the job when its request is gone
   * @throws Fault as the job words it; `busy` when too many wait, the job takes too long or needs too much memory
   */
  run<Name extends JobName>(name: Name, input: Parameters<Jobs[Name]>[0], signal: AbortSignal): Promise<Awaited<ReturnType<Jobs[Name]>>>
  close(): Promise<void>
}

export interface WorkshopOptions {
  /** Jobs at a time. */
  readonly workers: number
  /** Jobs that may wait for their turn. */
  readonly waiting?: number
  readonly jobSeconds?: number
  readonly heapMiB?: number
}

/** One job, one thread, which ends with it; the next thread is loaded ahead, before it is given anything. */
export function openWorkshop({ workers, waiting = 16, jobSeconds = 60, heapMiB = 384 }: WorkshopOptions): Workshop {
  const queue: (() => void)[] = []
  let running = 0
  let isOpen = true
  let spare: Worker | null = null

  const hire = (): Worker => {
    const worker = new Worker(new URL('./worker.ts', import.meta.url), { resourceLimits: { maxOldGenerationSizeMb: heapMiB } })
    worker.unref()
    return worker
  }
  const take = (): Worker => {
    const worker = spare ?? hire()
    spare = null
    return worker
  }
  const turn = async (signal: AbortSignal): Promise<void> => {
    if (running < workers) {
      running += 1
      return
    }
    if (queue.length >= waiting) throw new Fault('busy', 'Too much is being worked on at the moment. Try again shortly.')
    await new Promise<void>((resolve, reject) => {
      const enter = (): void => { signal.removeEventListener('abort', leave); resolve() }
      const leave = (): void => { queue.splice(queue.indexOf(enter), 1); reject(gone()) }
      signal.addEventListener('abort', leave, { once: true })
      queue.push(enter)
    })
  }
  const next = (): void => {
    const enter = queue.shift()
    if (enter === undefined) running -= 1
    else enter()
  }

  return {
    async run(name, input, signal) {
      if (!isOpen || signal.aborted) throw gone()
      await turn(signal)
      const worker = take()
      try {
        return await jobOn(worker, name, input, AbortSignal.any([signal, AbortSignal.timeout(jobSeconds * 1000)])) as never
      } finally {
        await worker.terminate()
        // eslint-disable-next-line @typescript-eslint/no-unnecessary-condition -- close() may have come meanwhile
        if (isOpen) spare ??= hire()
        next()
      }
    },
    async close() {
      isOpen = false
      await spare?.terminate()
      spare = null
    }
  }
}

async function jobOn(worker: Worker, name: JobName, input: unknown, signal: AbortSignal): Promise<unknown> {
  const reply = await new Promise<JobReply>((resolve, reject) => {
    signal.addEventListener('abort', () => {
      const isLate = signal.reason instanceof DOMException && signal.reason.name === 'TimeoutError'
      reject(isLate ? new Fault('busy', 'This took too long and was stopped; nothing was changed.') : gone())
    }, { once: true })
    worker.once('message', resolve)
    worker.once('error', (error: NodeJS.ErrnoException) => {
      reject(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? new Fault('too-large', 'This needs more memory than a task has; nothing was changed. Give a smaller file.') : error)
    })
    worker.once('exit', () => { reject(new Error('The worker ended without a reply')) })
    worker.postMessage({ name, input }, wholeBuffers(input))
  })
  if ('value' in reply) return reply.value
  if ('fault' in reply) throw new Fault(reply.fault.kind, reply.fault.message, { errors: reply.fault.errors })
  throw new Error(`A job failed: ${reply.bug}`)
}

function gone(): Error {
  return new Error('The request was gone before its work was done')
}
