import { EXPORTS, EXPORT_KINDS, type ExportKind } from '../domain/exports/kinds.ts'
import * as exportJobs from './export-jobs.ts'
import { bytesIn, inHand, type JobInput } from './given.ts'
import * as jobs from './jobs.ts'
import type { ExportJobName, ExportJobs, JobName, Jobs } from './load-job.ts'
import { measureFile, type FileFacts } from './measure-file.ts'

const KIB = 1024

/**
 * The jobs that run on the event loop while their input is small. They read only what this service itself packed and do
 * not keep anything. At their bound they take about 10 ms of CPU at most (`node bench/loop-jobs.ts` prints it); a
 * thread would cost five times as much. Uploads are always read on a thread. Each kind of export has its own bound.
 */
const LOOP_BYTES: Readonly<Partial<Record<JobName, number>>> = {
  describeDataset: 512 * KIB,
  mapShapes: 512 * KIB,
  variableMap: 512 * KIB,
  planNets: 512 * KIB,
  comparePlans: 512 * KIB,
  wardPage: 1024 * KIB,
  explainWard: 1024 * KIB,
  resultMap: 768 * KIB,
  answerFromData: 512 * KIB,
  answerFromResult: 768 * KIB,
  answerPlan: 512 * KIB,
  certaintyWithoutNets: 512 * KIB,
  askWards: 1536 * KIB,
  answerQuery: 1536 * KIB,
  chartWards: 1536 * KIB,
  answerChart: 1536 * KIB,
  answerPlanFacts: 768 * KIB,
}

/** A longer question compares much with each ward. Questions of the page and the rules are shorter. */
const ASKED_LETTERS = 2 * KIB

export function fitsLoop(name: JobName | ExportJobName, input: unknown): boolean {
  return bytesIn(input) <= boundOf(name, input) && lettersAsked(input) <= ASKED_LETTERS
}

/** How long the query or the chart is that is asked for; 0 when neither is. */
function lettersAsked(input: unknown): number {
  const { query, chart } = input as { readonly query?: unknown; readonly chart?: unknown }
  const asked = query ?? chart
  return asked === undefined ? 0 : JSON.stringify(asked).length
}

function boundOf(name: JobName | ExportJobName, input: unknown): number {
  if (!isExportJob(name)) return LOOP_BYTES[name] ?? -1
  if (name === 'exportProject') return -1
  return EXPORTS[(input as Parameters<ExportJobs[typeof name]>[0]).kind].loopKiB * KIB
}

function isExportJob(name: JobName | ExportJobName): name is ExportJobName {
  return name in exportJobs
}

/** Every job or kind of export that may run on the event loop, with its bound in bytes. */
export function loopBounds(): readonly (readonly [JobName | ExportKind, number])[] {
  return [
    ...(Object.entries(LOOP_BYTES) as [JobName, number][]),
    ...EXPORT_KINDS.map((kind) => [kind, EXPORTS[kind].loopKiB * KIB] as const).filter(([, bytes]) => bytes > 0),
  ]
}

export async function runOnLoop<Name extends JobName>(
  name: Name,
  input: JobInput<Parameters<Jobs[Name]>[0]>,
): Promise<Awaited<ReturnType<Jobs[Name]>>> {
  return (await jobs[name](inHand(input) as never)) as Awaited<ReturnType<Jobs[Name]>>
}

/** Null when the file is too large to be made here. */
export async function makeOnLoop<Name extends ExportJobName>(
  name: Name,
  input: JobInput<Parameters<ExportJobs[Name]>[0]>,
): Promise<(FileFacts & { readonly whole: Uint8Array }) | null> {
  const { whole, ...facts } = measureFile(await exportJobs[name](inHand(input) as never))
  return whole === null ? null : { ...facts, whole }
}
