import type { Answer, MadeFrom } from '../answer.ts'
import type { InputOf } from '../tools.ts'
import { basisOf } from './wording.ts'

type Kind = InputOf<'export_result'>['kind']

const HOLDS: Readonly<Record<Kind, string>> = {
  'rankings.csv': 'every ward with its rank, tier, score and indicators',
  'itn_plan.csv': 'every ward of the net plan with its need and its nets',
  'map.geojson': 'the boundaries with the results of their wards',
  'report.html': 'a report to print, with method, data version, filled-in values and caveats',
  'analysis_results.json': 'all that is needed to compute the analysis again',
} as const

/** Says which file was made; the feature adds where to get it. */
export function answerExport({ kind }: { readonly kind: Kind }, madeFrom: MadeFrom): Answer {
  return { text: `${kind} is ready: ${HOLDS[kind]}.`, basis: basisOf(madeFrom, []) }
}
