import type { Outline } from '../../outline.ts'
import { pattern } from '../words.ts'

const AGAIN =
  String.raw`(?:,? (?:and |then |and then )?(?:run|rerun|redo|repeat|do)(?: (?:it|the analysis|the ranking|this|` +
  String.raw`that))?(?: again| once more)?)?(?= ?[?.!]*$)`
const SWAPS: readonly RegExp[] = [
  pattern(
    String.raw`^(?:please |now |and )*(?:swap|exchange|change) ([a-z_\d]{2,60}) (?:for|with|to|by) `,
    String.raw`([a-z_\d]{2,60})${AGAIN}`,
  ),
  pattern(
    String.raw`^(?:please |now |and )*(?:replace|substitute) ([a-z_\d]{2,60}) (?:with|by) ([a-z_\d]{2,60})${AGAIN}`,
  ),
  pattern(
    String.raw`^(?:please |now |and )*(?:run|rerun|redo|repeat) (?:the |this )?(?:analysis|ranking|it)(?: again)? `,
    String.raw`without ([a-z_\d]{2,60}) (?:and|but) with ([a-z_\d]{2,60})(?= ?[?.!]*$)`,
  ),
]

/**
 * `Swap rainfall for elevation and run it again`: an analysis with the indicators of the last one, but for the one that
 * is replaced. The names must be those of columns; else the message stays as it is.
 */
export function withSwappedIndicator(message: string, { analysis, dataset }: Outline): string {
  if (analysis === null || dataset === null) return message
  for (const swap of SWAPS) {
    const [, gone = '', come = ''] = new RegExp(swap.source, 'i').exec(message) ?? []
    const left = analysis.indicators.find((name) => name.toLowerCase() === gone.toLowerCase())
    const added = dataset.columns.find(({ name, indicator }) => indicator && name.toLowerCase() === come.toLowerCase())
    if (left === undefined || added === undefined) continue
    const indicators = [...new Set(analysis.indicators.map((name) => (name === left ? added.name : name)))]
    return `run the analysis with ${indicators.join(', ')}`
  }
  return message
}
