import { Worker } from 'node:worker_threads'
import { Fault } from '../domain/fault.ts'
import type { ExportJobName, ExportJobs } from './export-jobs.ts'
import type { JobName, Jobs } from './jobs.ts'
import { wholeBuffers } from './whole-buffers.ts'
import type { ChunkRequest, JobReply, JobRequest } from './worker.ts'

/** Carries CPU work out on worker threads, since work on the event loop would look like a slow Redis to everybody. */
export interface Workshop {
  /**
   * @param signal ends the job when its request is gone
   * @throws Fault as the job words it; `busy` when too many wait, the job takes too long or needs too much memory
   */
  run<Name extends JobName>(
    name: Name,
    input: Parameters<Jobs[Name]>[0],
    signal: AbortSignal,
  ): Promise<Awaited<ReturnType<Jobs[Name]>>>
  /**
   * Makes a file and holds its thread until `take` is done with it.
   * @throws Fault as the job words it, `busy` and `too-large` as above, and whatever `take` throws
   */
  make<Name extends ExportJobName, T>(
    name: Name,
    input: Parameters<ExportJobs[Name]>[0],
    signal: AbortSignal,
    take: (file: MadeFile) => Promise<T>,
  ): Promise<T>
  close(): Promise<void>
}

/** A file that a thread makes: its size and hash are known before the first byte leaves. */
export interface MadeFile {
  readonly bytes: number
  readonly sha256: Uint8Array
  /** All of it where it is small; else chunks as they are asked for, from the beginning at every call. */
  readonly body: Uint8Array | (() => AsyncIterable<Uint8Array>)
}

export interface WorkshopOptions {
  /** Jobs at a time. */
  readonly workers: number
  /** Jobs that may wait for their turn. */
  readonly waiting?: number
  readonly jobSeconds?: number
  readonly heapMiB?: number
}

/** What a thread begins with: it lies beside this file among the sources, and beside `main.js` in what the build makes. */
const WORKER = new URL(import.meta.url.endsWith('.ts') ? './worker.ts' : './worker.js', import.meta.url)

/** One job, one thread, which ends with it; the next thread is loaded ahead, before it is given anything. */
export function openWorkshop({ workers, waiting = 16, jobSeconds = 60, heapMiB = 384 }: WorkshopOptions): Workshop {
  const queue: (() => void)[] = []
  let running = 0
  let isOpen = true
  let spare: Worker | null = null

  const hire = (): Worker => {
    const worker = new Worker(WORKER, {
      resourceLimits: { maxOldGenerationSizeMb: heapMiB },
    })
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
    if (queue.length >= waiting)
      throw new Fault('busy', 'Too much is being worked on at the moment. Try again shortly.')
    await new Promise<void>((resolve, reject) => {
      const enter = (): void => {
        signal.removeEventListener('abort', leave)
        resolve()
      }
      const leave = (): void => {
        queue.splice(queue.indexOf(enter), 1)
        reject(gone())
      }
      signal.addEventListener('abort', leave, { once: true })
      queue.push(enter)
    })
  }
  const next = (): void => {
    const enter = queue.shift()
    if (enter === undefined) running -= 1
    else enter()
  }

  /** Gives `use` a thread of its own when there is one, and ends it afterwards. */
  const onThread = async <T>(
    signal: AbortSignal,
    use: (worker: Worker, signal: AbortSignal) => Promise<T>,
  ): Promise<T> => {
    if (!isOpen || signal.aborted) throw gone()
    await turn(signal)
    const worker = take()
    try {
      return await use(worker, AbortSignal.any([signal, AbortSignal.timeout(jobSeconds * 1000)]))
    } finally {
      await worker.terminate()
      // eslint-disable-next-line @typescript-eslint/no-unnecessary-condition -- close() may have come meanwhile
      if (isOpen) spare ??= hire()
      next()
    }
  }

  return {
    run: (name, input, signal) =>
      onThread(signal, async (worker, until) => {
        const reply = await ask(worker, { name, input: input as never }, until)
        if ('value' in reply) return reply.value as never
        throw unexpected(reply)
      }),
    make: (name, input, signal, take) =>
      onThread(signal, async (worker, until) => {
        const reply = await ask(worker, { file: name, input: input as never }, until)
        if (!('file' in reply)) throw unexpected(reply)
        const { bytes, sha256, whole } = reply.file
        let passes = 0
        return take({ bytes, sha256, body: whole ?? (() => chunksOf(worker, (passes += 1), until)) })
      }),
    async close() {
      isOpen = false
      await spare?.terminate()
      spare = null
    },
  }
}

async function* chunksOf(worker: Worker, pass: number, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  // What is left over from a pass that was given up is no answer to this one.
  const isOwn = (reply: JobReply): boolean => !('chunk' in reply) || reply.pass === pass
  for (;;) {
    const reply = await ask(worker, { pass }, signal, isOwn)
    if (!('chunk' in reply)) throw unexpected(reply)
    if (reply.chunk === null) return
    yield reply.chunk
  }
}

/** Sends one message and gives the next reply that is one to it. Throws what the thread failed with, and where the signal ends it. */
async function ask(
  worker: Worker,
  message: JobRequest | ChunkRequest,
  signal: AbortSignal,
  isAnswer: (reply: JobReply) => boolean = () => true,
): Promise<Exclude<JobReply, { fault: unknown } | { bug: unknown }>> {
  const { promise, resolve, reject } = Promise.withResolvers<JobReply>()
  const onMessage = (reply: JobReply): void => {
    if (isAnswer(reply)) resolve(reply)
  }
  const onError = (error: NodeJS.ErrnoException): void => {
    reject(
      error.code === 'ERR_WORKER_OUT_OF_MEMORY'
        ? new Fault('too-large', 'This needs more memory than a task has; nothing was changed. Give a smaller file.')
        : error,
    )
  }
  const onExit = (): void => {
    reject(new Error('The worker ended without a reply'))
  }
  const onAbort = (): void => {
    const isLate = signal.reason instanceof DOMException && signal.reason.name === 'TimeoutError'
    reject(isLate ? new Fault('busy', 'This took too long and was stopped; nothing was changed.') : gone())
  }
  worker.on('message', onMessage).on('error', onError).on('exit', onExit)
  signal.addEventListener('abort', onAbort, { once: true })
  try {
    if (signal.aborted) onAbort()
    else worker.postMessage(message, wholeBuffers(message))
    const reply = await promise
    if ('fault' in reply) throw new Fault(reply.fault.kind, reply.fault.message, { errors: reply.fault.errors })
    if ('bug' in reply) throw new Error(`A job failed: ${reply.bug}`)
    return reply
  } finally {
    worker.off('message', onMessage).off('error', onError).off('exit', onExit)
    signal.removeEventListener('abort', onAbort)
  }
}

function unexpected(reply: object): Error {
  return new Error(`A job gave ${Object.keys(reply).join(', ')} where something else was asked for`)
}

function gone(): Error {
  return new Error('The request was gone before its work was done')
}
