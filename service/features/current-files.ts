import type { SettledMatches } from '../domain/dataset/dataset.ts'
import { hashOfInputs, type InputsHash } from '../domain/dataset/inputs-hash.ts'
import { Fault } from '../domain/fault.ts'
import type { FileRole } from '../domain/files/formats.ts'
import type { StoredFile, StoredObject, StoredPositivity, Workspace } from '../stores/workspace.ts'

/** Everything that the current dataset is made of. */
export interface CurrentFiles {
  readonly version: number
  readonly wards: ReadyFile | undefined
  readonly boundaries: ReadyFile | undefined
  /** Set if positivity was measured from it. */
  readonly facilities: ReadyFile | undefined
  readonly settled: SettledMatches
  readonly positivity: readonly StoredPositivity[]
}

export type ReadyFile = StoredFile & { readonly object: StoredObject }

/**
 * The files of the current dataset.
 * @throws Fault `no-data` when there is neither a ward table nor measured positivity
 */
export function currentFiles(workspace: Workspace): CurrentFiles {
  if (!hasWards(workspace))
    throw new Fault(
      'no-data',
      'There are no wards yet. Upload a ward table with role "wards" and complete it, or a facility table with ' +
        'role "facilities" and measure its test positivity.',
    )
  const { settled, positivity, datasetVersion } = workspace
  return {
    version: datasetVersion,
    wards: currentFile(workspace, 'wards'),
    boundaries: currentFile(workspace, 'boundaries'),
    facilities: positivity.length === 0 ? undefined : currentFile(workspace, 'facilities'),
    settled,
    positivity,
  }
}

/** Whether there is anything to rank: a ward table, or wards of a facility table whose positivity was measured. */
export function hasWards(workspace: Workspace): boolean {
  return currentFile(workspace, 'wards') !== undefined || workspace.positivity.length > 0
}

export function currentFile({ files }: Workspace, role: FileRole): ReadyFile | undefined {
  return files.find((file): file is ReadyFile => file.role === role && file.object !== undefined)
}

/**
 * Names the dataset by its content: what was uploaded, settled and measured. After a failover that lost writes, a
 * version number alone would be used again for other files.
 */
export function inputsOf({ wards, boundaries, settled, positivity }: CurrentFiles): InputsHash {
  const file = (of: ReadyFile | undefined): readonly string[] | null =>
    of === undefined ? null : [of.filename, of.object.sha256]
  const pairs = (of: SettledMatches['accepted']): number[][] => of.map(({ row, feature }) => [row, feature])
  return hashOfInputs([
    file(wards),
    file(boundaries),
    [pairs(settled.accepted), pairs(settled.refused)],
    positivity.map(({ column, object }) => [column, object.sha256]),
  ])
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
