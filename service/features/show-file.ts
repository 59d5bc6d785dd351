import type { RequestContext } from '../context.ts'
import { FILE_ROLES } from '../domain/files/formats.ts'
import type { StoredFile, Workspace } from '../stores/workspace.ts'
import { readyFiles } from './current-files.ts'
import { openDescription } from './readings.ts'
import { severalFilesQuestion } from './several-files.ts'

/** A file as its owner sees it, with what was found in it and what was settled for files with the same header. */
export async function showDescribed(
  ctx: RequestContext,
  workspace: Workspace,
  file: StoredFile,
): Promise<Record<string, unknown>> {
  const { object } = file
  if (object === undefined) return showFile(file)
  const found = await openDescription(ctx, { ...file, object })
  const ready = readyFiles(workspace, file.role)
  const several = ready.at(-1)?.id === file.id ? severalFilesQuestion(file, ready.slice(0, -1)) : null
  const offered = workspace.remembered.findLast(({ role, header }) => role === file.role && header === file.header)
  return {
    ...showFile(file),
    ...found,
    questions: [...(several === null ? [] : [several]), ...found.questions],
    choices: file.choices ?? {},
    // What a column of such a file can be taken for.
    roles: FILE_ROLES[file.role].columnRoles,
    ...(offered !== undefined &&
      offered.filename !== file.filename &&
      file.choices === undefined && { offered: { filename: offered.filename, choices: offered.choices } }),
  }
}

export function showFile({
  id,
  role,
  filename,
  bytes,
  createdAt,
  pieces,
  announced,
  object,
}: StoredFile): Record<string, unknown> {
  return {
    id,
    role,
    filename,
    bytes,
    createdAt: new Date(createdAt).toISOString(),
    state: object === undefined ? 'awaiting-upload' : 'ready',
    ...(object === undefined ? { pieces, announced } : { sha256: object.sha256 }),
  }
}
