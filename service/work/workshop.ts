import { setImmediate } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import { Fault } from '../domain/fault.ts'
import { say } from '../domain/said.ts'
import { fairQueue, gone, type Owner } from './fair-queue.ts'
import { handOver, type JobInput } from './given.ts'
import type { ExportJobName, ExportJobs, JobName, Jobs } from './load-job.ts'
import { fitsLoop, makeOnLoop, runOnLoop } from './loop-jobs.ts'
import type { ChunkRequest, JobReply, JobRequest } from './worker.ts'

/**
 * Carries out CPU work: small reads on the event loop, one at a time, and everything else on worker threads. Long work
 * on the event loop would look like a slow Redis to everybody. People take turns for both.
 */
export interface Workshop {
  /**
   * @param owner whose work it is
   * @param signal ends the job when its request is gone
   * @throws Fault of the job itself; `too-many` and `busy` when the queue is full, `busy` when the job takes too long,
   * `too-large` when it needs too much memory
   */
  run<Name extends JobName>(
    name: Name,
    input: JobInput<Parameters<Jobs[Name]>[0]>,
    owner: Owner,
    signal: AbortSignal,
  ): Promise<Awaited<ReturnType<Jobs[Name]>>>
  /**
   * Makes a file. A large file holds its thread until `take` is done with it.
   * @throws Fault as `run` does; errors of `take` are passed on
   */
  make<Name extends ExportJobName, T>(
    name: Name,
    input: JobInput<Parameters<ExportJobs[Name]>[0]>,
    owner: Owner,
    signal: AbortSignal,
    take: (file: MadeFile) => Promise<T>,
  ): Promise<T>
  close(): Promise<void>
}

/** A file that a thread makes: its size and hash are known before the first byte leaves. */
export interface MadeFile {
  readonly bytes: number
  readonly sha256: Uint8Array
  /** The whole file when it is small; otherwise chunks on demand, from the beginning at every call. */
  readonly body: Uint8Array | (() => AsyncIterable<Uint8Array>)
}

export interface WorkshopOptions {
  /** How many threads run at a time. */
  readonly workers: number
  readonly jobSeconds?: number
  readonly heapMiB?: number
}

/** The file a thread starts with. It is beside this file in the sources, and beside `main.js` in the build. */
const WORKER = new URL(import.meta.url.endsWith('.ts') ? './worker.ts' : './worker.js', import.meta.url)

/**
 * How long after a job the next thread is loaded. Loading takes much of a task's half core, which the reply to the job
 * needs first.
 */
const SPARE_AFTER_MS = 100

/** Each job has its own thread, which ends with it. The next thread is loaded in advance, before it gets any data. */
export function openWorkshop({ workers, jobSeconds = 60, heapMiB = 384 }: WorkshopOptions): Workshop {
  const threads = fairQueue({ places: workers })
  const loop = fairQueue({ places: 1, waitingOfSession: 16 })
  let isOpen = true
  let spare: Worker | null = null
  let spareTimer: NodeJS.Timeout | undefined

  const hire = (): Worker => {
    const worker = new Worker(WORKER, {
      resourceLimits: { maxOldGenerationSizeMb: heapMiB },
    })
    worker.unref()
    return worker
  }

  const hireSpare = (): void => {
    spareTimer ??= setTimeout(() => {
      spareTimer = undefined
      if (isOpen) spare ??= hire()
    }, SPARE_AFTER_MS).unref()
  }

  /**
   * Gives `use` its own thread when it is the owner's turn, and ends the thread afterwards. What `use` gave does not wait
   * for that end, but the next owner does: there are never more threads at work than places.
   */
  const onThread = async <T>(
    owner: Owner,
    signal: AbortSignal,
    use: (worker: Worker, signal: AbortSignal) => Promise<T>,
  ): Promise<T> => {
    const leave = await threads.enter(owner, signal)
    const worker = spare ?? hire()
    spare = null
    try {
      return await use(worker, AbortSignal.any([signal, AbortSignal.timeout(jobSeconds * 1000)]))
    } finally {
      void worker.terminate().finally(() => {
        leave()
        hireSpare()
      })
    }
  }

  /** Carries out one small job, after other events that have arrived, such as session reads. */
  const onLoop = async <T>(owner: Owner, signal: AbortSignal, use: () => Promise<T>): Promise<T> => {
    const leave = await loop.enter(owner, signal)
    try {
      await setImmediate()
      if (signal.aborted) throw gone()
      return await use()
    } finally {
      leave()
    }
  }

  const run: Workshop['run'] = async (name, input, owner, signal) => {
    if (!isOpen) throw gone()
    if (fitsLoop(name, input)) return onLoop(owner, signal, async () => (await runOnLoop(name, input)) as never)
    return onThread(owner, signal, async (worker, until) => {
      const { message, buffers } = handOver({ name, input })
      const reply = await ask(worker, message as JobRequest, buffers, until)
      if ('value' in reply) return reply.value as never
      throw unexpected(reply)
    })
  }

  const make: Workshop['make'] = async (name, input, owner, signal, take) => {
    if (!isOpen) throw gone()
    if (fitsLoop(name, input)) {
      const file = await onLoop(owner, signal, async () => makeOnLoop(name, input))
      if (file !== null) return take({ bytes: file.bytes, sha256: file.sha256, body: file.whole })
    }
    return onThread(owner, signal, async (worker, until) => {
      const { message, buffers } = handOver({ file: name, input })
      const reply = await ask(worker, message as JobRequest, buffers, until)
      if (!('file' in reply)) throw unexpected(reply)
      const { bytes, sha256, whole } = reply.file
      let passes = 0
      return take({ bytes, sha256, body: whole ?? (() => chunksOf(worker, (passes += 1), until)) })
    })
  }

  return {
    run,
    make,
    async close() {
      isOpen = false
      clearTimeout(spareTimer)
      await spare?.terminate()
      spare = null
    },
  }
}

async function* chunksOf(worker: Worker, pass: number, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  // A reply left over from an abandoned pass is not an answer to this one.
  const isOwn = (reply: JobReply): boolean => !('chunk' in reply) || reply.pass === pass
  for (;;) {
    const reply = await ask(worker, { pass }, [], signal, isOwn)
    if (!('chunk' in reply)) throw unexpected(reply)
    if (reply.chunk === null) return
    yield reply.chunk
  }
}

/**
 * Sends one message and returns the next reply to it. Rejects with the error of the thread, or when the signal ends it.
 */
async function ask(
  worker: Worker,
  message: JobRequest | ChunkRequest,
  buffers: ArrayBuffer[],
  signal: AbortSignal,
  isAnswer: (reply: JobReply) => boolean = () => true,
): Promise<Exclude<JobReply, { fault: unknown } | { bug: unknown }>> {
  const { promise, resolve, reject } = Promise.withResolvers<JobReply>()
  const onMessage = (reply: JobReply): void => {
    if (isAnswer(reply)) resolve(reply)
  }
  const onError = (error: NodeJS.ErrnoException): void => {
    reject(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? new Fault('too-large', say('work-too-large', {})) : error)
  }
  const onExit = (): void => {
    reject(new Error('The worker ended without a reply'))
  }
  const onAbort = (): void => {
    const isLate = signal.reason instanceof DOMException && signal.reason.name === 'TimeoutError'
    reject(isLate ? new Fault('busy', say('work-too-long', {})) : gone())
  }
  worker.on('message', onMessage).on('error', onError).on('exit', onExit)
  signal.addEventListener('abort', onAbort, { once: true })
  try {
    if (signal.aborted) onAbort()
    else worker.postMessage(message, buffers)
    const reply = await promise
    if ('fault' in reply) throw faultOf(reply.fault)
    if ('bug' in reply) throw new Error(`A job failed: ${reply.bug}`)
    return reply
  } finally {
    worker.off('message', onMessage).off('error', onError).off('exit', onExit)
    signal.removeEventListener('abort', onAbort)
  }
}

/** The Fault of a job, from the parts that cross the thread. */
function faultOf({ kind, said, errors, questions }: Pick<Fault, 'kind' | 'said' | 'errors' | 'questions'>): Fault {
  const [first, ...others] = errors
  if (first !== undefined) return new Fault(kind, said, { errors: [first, ...others], questions })
  return kind === 'unreadable-file'
    ? new Fault(kind, said, { errors: [{ said }] })
    : new Fault(kind, said, { questions })
}

function unexpected(reply: object): Error {
  return new Error(`A job gave ${Object.keys(reply).join(', ')} where something else was asked for`)
}
