import type { RequestContext } from '../../context.ts'
import type { Answer } from '../../domain/chat/answer.ts'
import { MISSING } from '../../domain/chat/needs.ts'
import { Fault } from '../../domain/fault.ts'
import { say } from '../../domain/said.ts'
import type { JsonText } from '../../route.ts'
import type { StoredAnalysis, Workspace } from '../../stores/workspace.ts'
import * as answerJobs from '../../work/answer-jobs.ts'
import { isStale } from '../current-files.ts'

/** An answer, and what was made or drawn for it, each in the form of its own route. */
export interface ToolResult {
  readonly answer: Answer
  readonly attached: Attached
}

export interface Attached {
  readonly map?: JsonText
  readonly chart?: JsonText
  readonly analysis?: Made
  readonly plan?: Made
  readonly export?: Made
}

export interface Made {
  readonly id: string
  readonly shown: JsonText
}

type AnswerJobs = typeof answerJobs

/**
 * A few hundred wards. Answering from them takes milliseconds. A thread of its own would take a hundred milliseconds at
 * half a core.
 */
const SMALL_BYTES = 256 * 1024

/** Answers from bytes, or from names with this many letters: directly if they are few, on a thread if they are many. */
export async function answerFrom<Name extends keyof AnswerJobs>(
  ctx: RequestContext,
  name: Name,
  input: Parameters<AnswerJobs[Name]>[0],
  bytes: number,
): Promise<Awaited<ReturnType<AnswerJobs[Name]>>> {
  const job = answerJobs[name] as (input: Parameters<AnswerJobs[Name]>[0]) => ReturnType<AnswerJobs[Name]>
  return bytes > SMALL_BYTES ? ctx.work(name, input as never) : await job(input)
}

/**
 * The newest analysis, if it rests on the present data.
 * @throws Fault `no-data` when there is none
 * @throws Fault `stale` when the data were changed since
 */
export function newestAnalysis(workspace: Workspace): StoredAnalysis {
  const analysis = workspace.analyses.at(-1)
  if (analysis === undefined) throw new Fault('no-data', say(MISSING.analysis, {}))
  if (isStale(analysis, workspace)) throw staleFault(analysis, workspace)
  return analysis
}

export function staleFault(
  made: { readonly datasetVersion: number },
  { datasetVersion }: Pick<Workspace, 'datasetVersion'>,
): Fault {
  return new Fault('stale', say('results-stale', { made: made.datasetVersion, present: datasetVersion }))
}
