import type { SettledMatches } from '../dataset/dataset.ts'
import type { Positivity } from '../files/positivity.ts'
import type { PlanOptions } from '../plan/plan-options.ts'
import type { AnalysisOptions, AnalysisResult } from '../ranking/analysis-result.ts'
import { CHAT, CONTENTS, type Contents, type Part, type SavedFile, type SavedPlan, type SavedTurn } from './contents.ts'

/** What a session holds, as it is saved. Results and measurements are JSON as they are stored. */
export interface SavedSession {
  readonly files: readonly (Omit<SavedFile, 'part'> & { readonly bytes: Uint8Array })[]
  readonly settled: SettledMatches
  readonly positivity: readonly Uint8Array[]
  readonly analyses: readonly Uint8Array[]
  readonly plans: readonly (Omit<SavedPlan, 'part' | 'options'> & {
    readonly options: PlanOptions
    readonly json: Uint8Array
  })[]
  /** Null when the conversation is not saved. */
  readonly chat: readonly SavedTurn[] | null
}

/** The parts of a project file, the manifest apart. */
export function projectParts({ files, analyses, plans, positivity, settled, chat }: SavedSession): readonly Part[] {
  const inputs = files.map(({ filename, bytes }, place) => ({
    name: `inputs/${numbered(place)}.${endingOf(filename)}`,
    bytes,
  }))
  const results = analyses.map((bytes, place) => ({ name: `results/analysis-${numbered(place)}.json`, bytes }))
  const planned = plans.map(({ json }, place) => ({ name: `results/plan-${numbered(place)}.json`, bytes: json }))
  const contents: Contents = {
    files: files.map(({ bytes: _bytes, ...file }, place) => ({ ...file, part: inputs[place]?.name ?? '' })),
    settled,
    positivity: positivity.map((json) => (read(json) as Positivity).choices),
    analyses: results.map(({ name, bytes }) => ({ options: optionsOf(read(bytes) as AnalysisResult), part: name })),
    plans: plans.map(({ json: _json, ...plan }, place) => ({ ...plan, part: planned[place]?.name ?? '' })),
  }
  return [
    { name: CONTENTS, bytes: Buffer.from(JSON.stringify(contents)) },
    ...(chat === null ? [] : [{ name: CHAT, bytes: Buffer.from(JSON.stringify(chat)) }]),
    ...inputs,
    ...results,
    ...planned,
  ]
}

/** What was asked for, so that the same is asked for again. */
function optionsOf({ mode, parameters }: AnalysisResult): AnalysisOptions {
  const { indicators, indicatorsDefaulted, directions } = parameters
  return {
    ...(!indicatorsDefaulted && { indicators }),
    ...(directions.length > 0 && {
      directions: Object.fromEntries(directions.map(({ name, direction }) => [name, direction])),
    }),
    mode,
  }
}

/** Places count from 1, as people count. */
function numbered(place: number): string {
  return String(place + 1).padStart(3, '0')
}

/** The ending tells people what the part is; the format is read from the name of the file and its bytes. */
function endingOf(filename: string): string {
  return /\.([a-z0-9]{1,10})$/.exec(filename.toLowerCase())?.[1] ?? 'bin'
}

function read(json: Uint8Array): unknown {
  return JSON.parse(new TextDecoder().decode(json))
}
