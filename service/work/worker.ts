import { parentPort } from 'node:worker_threads'
import { Fault } from '../domain/fault.ts'
import { wholeBuffers } from './whole-buffers.ts'
import { jobs, type JobName } from './jobs.ts'

export interface JobRequest {
  readonly name: JobName
  readonly input: never
}

/** A fault crosses the thread as its parts; anything else is a bug and crosses as its stack, for the log alone. */
export type JobReply =
  | { readonly value: unknown }
  | { readonly fault: Pick<Fault, 'kind' | 'message' | 'errors'> }
  | { readonly bug: string }

// One message, one job: the thread ends with it, so nothing of one person's data can be left for the next.
parentPort?.once('message', ({ name, input }: JobRequest) => {
  void run(name, input).then((reply) => { parentPort?.postMessage(reply, wholeBuffers(reply)) })
})

async function run(name: JobName, input: never): Promise<JobReply> {
  try {
    return { value: await jobs[name](input) }
  } catch (error) {
    if (error instanceof Fault) return { fault: { kind: error.kind, message: error.message, errors: error.errors } }
    return { bug: error instanceof Error ? error.stack ?? error.message : String(error) }
  }
}
