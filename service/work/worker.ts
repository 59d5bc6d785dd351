import { parentPort, type MessagePort } from 'node:worker_threads'
import { isFault, type Fault } from '../domain/fault.ts'
import { loadJob, type ExportJobName, type JobName } from './load-job.ts'
import type { FileFacts } from './measure-file.ts'
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
  | { readonly fault: Pick<Fault, 'kind' | 'said' | 'errors' | 'questions'> }
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
  const job = await loadJob(name)
  send({ value: await job(input) })
}

/** Reads the file once for its size and hash, and again for each requested pass. */
async function makeFile(
  port: MessagePort,
  send: (reply: JobReply) => void,
  name: ExportJobName,
  input: never,
): Promise<void> {
  // Only threads that make files load Node's cryptography, which is needed for the hash.
  const [job, { chunksByPass, measureFile }] = await Promise.all([loadJob(name), import('./measure-file.ts')])
  const pieces = await job(input)
  send({ file: measureFile(pieces) })
  const nextOf = chunksByPass(pieces)
  port.on('message', ({ pass }: ChunkRequest) => {
    try {
      send({ pass, chunk: nextOf(pass) })
    } catch (error) {
      send(failure(error))
    }
  })
}

function failure(error: unknown): JobReply {
  if (isFault(error)) {
    const { kind, said, errors, questions } = error
    return { fault: { kind, said, errors, questions } }
  }
  return { bug: error instanceof Error ? (error.stack ?? error.message) : String(error) }
}
