import { parentPort, workerData } from 'node:worker_threads'
import { isFault } from '../../service/domain/fault.ts'
import { validateFacilities, validateWards } from '../../service/work/jobs.ts'

/** Reads the file that the thread was given as a job does, and tells its rows, or why it was refused. */
const { job, bytes, filename } = workerData as {
  readonly job: 'wards' | 'facilities'
  readonly bytes: Uint8Array
  readonly filename: string
}
try {
  const { found } = await (job === 'wards' ? validateWards : validateFacilities)({ bytes, filename, choices: {} })
  parentPort?.postMessage({ rows: (found as { readonly rows?: number }).rows })
} catch (error) {
  if (!isFault(error)) throw error
  parentPort?.postMessage({ kind: error.kind, detail: error.errors[0]?.detail })
}
