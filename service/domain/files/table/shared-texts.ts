import { say } from '../../said.ts'
import { unreadable } from '../unreadable.ts'
import { SHARED } from './sheetjs-cells.ts'

/** The texts of a workbook as the library gives them. */
export type SharedTexts = readonly ({ readonly t?: string } | undefined)[]

/**
 * Gives the text that a prepared cell names by its number; other texts are given back as they are.
 * @throws Fault `unreadable-file` when the workbook holds no such text
 */
export function sharedTextAt(texts: SharedTexts, filename: string, sheet: string): (cell: string) => string {
  return (cell) => {
    if (!cell.startsWith(SHARED)) return cell
    const text = texts[Number(cell.slice(SHARED.length))]
    if (text === undefined)
      throw unreadable(filename, say('cell-text-missing', {}), {
        where: { sheet },
      })
    return text.t ?? ''
  }
}
