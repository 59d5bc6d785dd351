import type { SettledMatches } from '../domain/dataset/dataset.ts'
import { hashOfInputs, type InputsHash } from '../domain/dataset/inputs-hash.ts'
import { Fault } from '../domain/fault.ts'
import { say } from '../domain/said.ts'
import type { FileRole } from '../domain/files/formats.ts'
import type { StoredFile, StoredObject, StoredPositivity, Workspace } from '../stores/workspace.ts'
import { isTogether } from './several-files.ts'

/** Everything that the current dataset is made of. */
export interface CurrentFiles {
  readonly version: number
  /** In the order of their upload. They are one table. */
  readonly wards: readonly ReadyFile[]
  readonly boundaries: ReadyFile | undefined
  /** Empty unless positivity was measured from them. */
  readonly facilities: readonly ReadyFile[]
  readonly settled: SettledMatches
  readonly positivity: readonly StoredPositivity[]
}

export type ReadyFile = StoredFile & { readonly object: StoredObject }

/**
 * The files of the current dataset.
 * @throws Fault `no-data` when there is neither a ward table nor measured positivity
 */
export function currentFiles(workspace: Workspace): CurrentFiles {
  if (!hasWards(workspace)) throw new Fault('no-data', say('no-wards-yet', {}))
  const { settled, positivity, datasetVersion } = workspace
  return {
    version: datasetVersion,
    wards: usedFiles(workspace, 'wards'),
    boundaries: currentFile(workspace, 'boundaries'),
    facilities: positivity.length === 0 ? [] : usedFiles(workspace, 'facilities'),
    settled,
    positivity,
  }
}

/** Whether there is anything to rank: a ward table, or wards of a facility table whose positivity was measured. */
export function hasWards(workspace: Workspace): boolean {
  return currentFile(workspace, 'wards') !== undefined || workspace.positivity.length > 0
}

/** The validated files of a role, in the order of their upload. */
export function readyFiles({ files }: Pick<Workspace, 'files'>, role: FileRole): readonly ReadyFile[] {
  return files.filter((file): file is ReadyFile => file.role === role && file.object !== undefined)
}

/** The latest file of a role. It takes the answers of the role's questions. */
export function currentFile(workspace: Pick<Workspace, 'files'>, role: FileRole): ReadyFile | undefined {
  return readyFiles(workspace, role).at(-1)
}

/** The files of a role that are used: the latest, or all of them when their owner said that they are one table. */
export function usedFiles(workspace: Pick<Workspace, 'files'>, role: FileRole): readonly ReadyFile[] {
  const ready = readyFiles(workspace, role)
  const latest = ready.at(-1)
  if (latest === undefined) return []
  return isTogether(latest, ready.slice(0, -1)) ? ready : [latest]
}

/**
 * Names the dataset by its content: what was uploaded, settled and measured. After a failover that lost writes, a
 * version number alone would be used again for other files.
 */
export function inputsOf({ wards, boundaries, settled, positivity }: CurrentFiles): InputsHash {
  const pairs = (of: SettledMatches['accepted']): number[][] => of.map(({ row, feature }) => [row, feature])
  return hashOfInputs([
    wards.map(inputOf),
    boundaries === undefined ? null : inputOf(boundaries),
    [pairs(settled.accepted), pairs(settled.refused)],
    positivity.map(({ column, object }) => [column, object.sha256]),
  ])
}

function inputOf({ filename, object, choices }: ReadyFile): readonly unknown[] {
  return [filename, object.sha256, choices ?? {}]
}

/** What a result was made from: the number that people see, and the content that the number stood for. */
export interface MadeFromData {
  readonly datasetVersion: number
  /** Absent in results of release 0.1.0. */
  readonly dataset?: InputsHash
}

/** Whether a result was made from other data than the present ones. */
export function isStale(made: MadeFromData, workspace: Workspace): boolean {
  if (made.datasetVersion !== workspace.datasetVersion) return true
  return made.dataset !== undefined && (!hasWards(workspace) || made.dataset !== inputsOf(currentFiles(workspace)))
}
