import { Worker } from 'node:worker_threads'
import type { JobReply } from '../service/work/worker.ts'

/**
 * Starts a thread, gives it one job, and ends it, as the workshop does.
 * @throws Error when the job fails
 */
export async function onThread(script: URL | string, request: object): Promise<void> {
  const worker = new Worker(script, { resourceLimits: { maxOldGenerationSizeMb: 384 } })
  try {
    const reply = await new Promise<JobReply>((resolve, reject) => {
      worker.once('message', resolve).once('error', reject)
      worker.postMessage(request)
    })
    if ('fault' in reply || 'bug' in reply) throw new Error(`A job failed: ${JSON.stringify(reply)}`)
  } finally {
    await worker.terminate()
  }
}
