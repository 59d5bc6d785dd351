import type { Difference } from '../../domain/project/find-differences.ts'
import type { PackedResult } from '../../domain/project/read-project.ts'
import type { Staged } from './staged-context.ts'

/** The most differences that are listed; all are counted. */
const MOST_SHOWN = 200
/** Results that wait to be compared. */
const BATCH_BYTES = 8 * 1024 * 1024

/** The recorded results of a project file by the names of their parts. */
export type Results = ReadonlyMap<string, PackedResult>

export interface Compared {
  /** The first figures that are not as the file recorded them. */
  readonly differences: readonly Difference[]
  readonly differencesInAll: number
}

interface Comparison {
  /** @param of what the result is a result of, for people */
  add(of: string, part: string, json: Uint8Array): Promise<void>
  end(): Promise<Compared>
}

/** Compares results a few at a time: each batch costs a thread, and all results together may be large. */
export function compareInBatches(staged: Staged, filename: string, results: Results): Comparison {
  let waiting: { of: string; recorded: PackedResult; json: Uint8Array }[] = []
  let differences: readonly Difference[] = []
  let differencesInAll = 0
  const compare = async (): Promise<void> => {
    const made = waiting
    waiting = []
    if (made.length === 0) return
    const most = MOST_SHOWN - differences.length
    const found = await staged.step(async (ctx) => ctx.work('compareRecorded', { filename, made, most }))
    differences = [...differences, ...found.differences]
    differencesInAll += found.count
  }
  return {
    add: async (of, part, json) => {
      waiting.push({ of, recorded: recordedIn(results, part), json })
      if (waiting.reduce((sum, each) => sum + each.json.length, 0) > BATCH_BYTES) await compare()
    },
    end: async () => {
      await compare()
      return { differences, differencesInAll }
    },
  }
}

export function recordedIn(results: Results, part: string): PackedResult {
  const recorded = results.get(part)
  if (recorded === undefined) throw new Error(`The part ${part} was checked and is not there`)
  return recorded
}
