import { parentPort, type MessagePort } from 'node:worker_threads'
import { Fault } from '../domain/fault.ts'
import { exportJobs, type ExportJobName } from './export-jobs.ts'
import { jobs, type JobName } from './jobs.ts'
import type { FileFacts } from './measure-file.ts'
import { textChunks } from './text-chunks.ts'
import { wholeBuffers } from './whole-buffers.ts'

/** The task of a thread: a job that gives a value, or one that makes a file. */
export type JobRequest =
  { readonly name: JobName; readonly input: never } | { readonly file: ExportJobName; readonly input: never }

/** Asks for the next chunk of a file; a new `pass` starts from the beginning. */
export interface ChunkRequest {
  readonly pass: number
}

/**
 * A fault crosses the thread as its parts; any other error is a bug and crosses as its stack, only for the log. For a
 * file, the size and hash come first, with the bytes when it is small. Then comes one chunk for each request, and null
 * at the end.
 */
export type JobReply =
  | { readonly value: unknown }
  | { readonly file: FileFacts }
  | { readonly pass: number; readonly chunk: Uint8Array | null }
  | { readonly fault: Pick<Fault, 'kind' | 'message' | 'errors' | 'questions'> }
  | { readonly bug: string }

// One message, one job: the thread ends with it, so none of one person's data can be left for the next.
if (parentPort !== null) startOn(parentPort)

function startOn(port: MessagePort): void {
  const send = (reply: JobReply): void => {
    port.postMessage(reply, wholeBuffers(reply))
  }
  port.once('message', (request: JobRequest) => {
    const work =
      'file' in request ? makeFile(port, send, request.file, request.input) : run(send, request.name, request.input)
    work.catch((error: unknown) => {
      send(failure(error))
    })
  })
}

async function run(send: (reply: JobReply) => void, name: JobName, input: never): Promise<void> {
  send({ value: await jobs[name](input) })
}

/** Reads the file once for its size and hash, and again for each requested pass. */
async function makeFile(
  port: MessagePort,
  send: (reply: JobReply) => void,
  name: ExportJobName,
  input: never,
): Promise<void> {
  // Only threads that make files load Node's cryptography, which is needed for the hash.
  const { measureFile } = await import('./measure-file.ts')
  const pieces = await exportJobs[name](input)
  send({ file: measureFile(pieces) })
  let current = { pass: 0, chunks: textChunks([]) }
  port.on('message', ({ pass }: ChunkRequest) => {
    try {
      if (pass !== current.pass) current = { pass, chunks: textChunks(pieces()) }
      send({ pass, chunk: nextOf(current.chunks) })
    } catch (error) {
      send(failure(error))
    }
  })
}

function nextOf(chunks: Iterator<Uint8Array, unknown>): Uint8Array | null {
  const next = chunks.next()
  return next.done === true ? null : next.value
}

function failure(error: unknown): JobReply {
  if (error instanceof Fault) {
    const { kind, message, errors, questions } = error
    return { fault: { kind, message, errors, questions } }
  }
  return { bug: error instanceof Error ? (error.stack ?? error.message) : String(error) }
}
