import { requireSettled } from '../domain/dataset/open-questions.ts'
import type { FileRole } from '../domain/files/formats.ts'
import type { Workspace } from '../stores/workspace.ts'
import { readyFiles } from './current-files.ts'
import { severalFilesQuestion } from './several-files.ts'

/**
 * Refuses to go on while it is open whether several files of a role are one table.
 * @throws Fault `unsettled` with the question
 */
export function requireOneTable(workspace: Workspace, role: FileRole): void {
  const ready = readyFiles(workspace, role)
  const latest = ready.at(-1)
  const question = latest && severalFilesQuestion(latest, ready.slice(0, -1))
  if (question)
    requireSettled([question], [], role === 'wards' ? 'question-before-ranking' : 'question-before-measuring')
}
