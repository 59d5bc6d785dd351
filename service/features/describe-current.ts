import type { RequestContext } from '../context.ts'
import type { Question } from '../domain/files/reading/question.ts'
import { currentFile, readyFiles } from './current-files.ts'
import { openDataset } from './open-dataset.ts'
import { severalFilesQuestion } from './several-files.ts'

/** The current dataset as its owner sees it, with the questions about its files and their join. */
export async function describeCurrent(ctx: RequestContext) {
  const workspace = await ctx.workspace.read()
  const dataset = await openDataset(ctx)
  const { questions, ...described } = await ctx.work('describeDataset', dataset.packed)
  const wards = currentFile(workspace, 'wards') ?? currentFile(workspace, 'facilities')
  const boundaries = currentFile(workspace, 'boundaries')
  const several = wards && severalFilesQuestion(wards, readyFiles(workspace, wards.role).slice(0, -1))
  return {
    version: dataset.version,
    ...described,
    questions: [
      ...withFile(several ? [several] : [], wards?.id),
      ...withFile([...questions.wards, ...questions.join, ...questions.plan], wards?.id),
      ...withFile(questions.boundaries, boundaries?.id),
    ],
  }
}

function withFile(questions: readonly Question[], fileId = ''): (Question & { fileId: string })[] {
  return questions.map((question) => ({ ...question, fileId }))
}
