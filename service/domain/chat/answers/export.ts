import { EXPORTS, type ExportKind } from '../../exports/kinds.ts'
import type { Answer, MadeFrom } from '../answer.ts'
import { basisOf } from './wording.ts'

/** Says which file was made. The feature adds where to get it. */
export function answerExport({ kind }: { readonly kind: ExportKind }, madeFrom: MadeFrom): Answer {
  return { text: `${kind} is ready: ${EXPORTS[kind].holds}.`, basis: basisOf(madeFrom, []) }
}
