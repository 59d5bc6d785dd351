import type { Dataset } from '../dataset/dataset.ts'
import type { NetPlan } from '../plan/net-plan.ts'
import type { AnalysisResult } from '../ranking/analysis-result.ts'
import type { ReportStamp } from './report-html.ts'

export type StampedResult = AnalysisResult & ReportStamp
export type StampedPlan = NetPlan & { readonly id: string; readonly datasetVersion: number }

/** Words of a message that name a file, as the chat reads them: what is spoken of, and phrases as they stand. */
export interface SpokenWords<Concept extends string = string> {
  readonly concepts?: readonly Concept[]
  readonly phrases?: readonly string[]
}

export interface NamingWords<Concept extends string = string> extends SpokenWords<Concept> {
  /** How much they tell: of all files that a message names, the one whose words tell most is meant. */
  readonly tells: number
  /** They count only where one of these is said too. */
  readonly beside?: SpokenWords<Concept>
}

interface Made {
  /**
   * Up to so much of what it is made of, in KiB, it is made on the event loop: about 10 ms of CPU
   * (`node bench/loop-jobs.ts` prints it). What is larger is made on a thread.
   */
  readonly loopKiB: number
}

/**
 * What a file is made of, with what makes it. A maker gives text piece by piece, so that a file is never whole in
 * memory; it is loaded when its file is made.
 */
type Making =
  /** The stored result is the file. */
  | { readonly madeOf: 'nothing else'; readonly plan: 'none' }
  | (Made & {
      readonly madeOf: 'result'
      readonly plan: 'none'
      readonly load: () => Promise<(result: StampedResult) => Iterable<string>>
    })
  | (Made & {
      readonly madeOf: 'plan'
      readonly plan: 'required'
      readonly load: () => Promise<(plan: StampedPlan) => Iterable<string>>
    })
  | (Made & {
      readonly madeOf: 'dataset'
      readonly plan: 'optional'
      readonly load: () => Promise<
        (dataset: Dataset, result: StampedResult, plan: StampedPlan | null) => Iterable<string>
      >
    })

type ExportRow = Making & {
  readonly mediaType: string
  /** What the page calls it. */
  readonly label: string
  /** What is in it, as the chat says it. */
  readonly holds: string
  /** A message that asks the chat for it. */
  readonly request: string
  readonly words: readonly NamingWords[]
}

/** Every file that can be made of a result, by its name: what the API, the chat, the page and the prover know of it. */
export const EXPORTS = {
  'rankings.csv': {
    mediaType: 'text/csv; charset=utf-8',
    label: 'Rankings (CSV)',
    holds: 'every ward with its rank, tier, score and indicators',
    request: 'Download the rankings as CSV',
    words: [{ tells: 30, concepts: ['rank'], phrases: ['csv', 'wards'] }],
    plan: 'none',
    madeOf: 'result',
    loopKiB: 384,
    load: async () => (await import('./export-rankings.ts')).exportRankings,
  },
  'itn_plan.csv': {
    mediaType: 'text/csv; charset=utf-8',
    label: 'Bed-net plan (CSV)',
    holds: 'every ward of the net plan with its need and its nets',
    request: 'Download the net plan as CSV',
    words: [
      { tells: 50, concepts: ['planning', 'nets'] },
      { tells: 40, concepts: ['plan'], beside: { concepts: ['rank'], phrases: ['csv', 'wards'] } },
    ],
    plan: 'required',
    madeOf: 'plan',
    loopKiB: 512,
    load: async () => (await import('./export-plan.ts')).exportPlan,
  },
  'map.geojson': {
    mediaType: 'application/geo+json',
    label: 'Map (GeoJSON)',
    holds: 'the boundaries with the results of their wards',
    request: 'Download the map as GeoJSON',
    words: [
      { tells: 70, phrases: ['geojson'] },
      { tells: 20, concepts: ['map'] },
    ],
    plan: 'optional',
    madeOf: 'dataset',
    loopKiB: 640,
    load: async () => (await import('./export-map.ts')).exportMap,
  },
  'report.html': {
    mediaType: 'text/html; charset=utf-8',
    label: 'Report with map (HTML)',
    holds: 'a report to print, with method, data version, filled-in values and caveats',
    request: 'Download the report',
    words: [{ tells: 80, concepts: ['report'] }],
    plan: 'optional',
    madeOf: 'dataset',
    loopKiB: 512,
    load: async () => (await import('./export-report.ts')).exportReport,
  },
  'analysis_results.json': {
    mediaType: 'application/json',
    label: 'Whole analysis (JSON)',
    holds: 'all that is needed to compute the analysis again',
    request: 'Download the analysis results as JSON',
    words: [
      { tells: 60, phrases: ['json'] },
      { tells: 10, phrases: ['results', 'result', 'analysis'] },
    ],
    plan: 'none',
    madeOf: 'nothing else',
  },
} as const satisfies Readonly<Record<string, ExportRow>>

type Exports = typeof EXPORTS

export type ExportKind = keyof Exports

/** The kinds that are made of this, or take a plan in this way. */
export type ExportKindWith<Facts> = {
  [Kind in ExportKind]: Exports[Kind] extends Facts ? Kind : never
}[ExportKind]

/** In the order in which they are listed. */
export const EXPORT_KINDS = Object.keys(EXPORTS) as readonly ExportKind[]

/** Tells what a kind is made of, to the compiler too. */
export function isMadeOf<Source extends Making['madeOf']>(
  kind: ExportKind,
  source: Source,
): kind is ExportKindWith<{ readonly madeOf: Source }> {
  return EXPORTS[kind].madeOf === source
}

/** The kinds that take a plan in this way. */
export function kindsByPlan(plan: Making['plan']): readonly ExportKind[] {
  return EXPORT_KINDS.filter((kind) => EXPORTS[kind].plan === plan)
}

export type MadeExportKind = Exclude<ExportKind, ExportKindWith<{ readonly madeOf: 'nothing else' }>>

/** The kinds that are made, and not there already. */
export function madeKinds(): readonly MadeExportKind[] {
  return EXPORT_KINDS.filter((kind) => !isMadeOf(kind, 'nothing else'))
}
