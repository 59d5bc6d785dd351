import * as exportJobs from './export-jobs.ts'
import * as jobs from './jobs.ts'

/** The jobs that give a value, by their names. */
export type Jobs = typeof jobs
export type JobName = keyof Jobs
/** The jobs that make a file, by their names. */
export type ExportJobs = typeof exportJobs
export type ExportJobName = keyof ExportJobs

/**
 * The job of this name, for a thread. The build puts another function in the place of this one: there each job is a
 * file of its own with everything that it needs, so that a thread loads one file and nothing of other jobs.
 */
export async function loadJob<Name extends JobName | ExportJobName>(name: Name): Promise<(Jobs & ExportJobs)[Name]> {
  return await Promise.resolve({ ...jobs, ...exportJobs }[name])
}
