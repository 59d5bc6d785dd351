import type { Mode } from '../../ranking/analysis-result.ts'
import type { MadeFrom } from '../answer.ts'

const LONGEST_NAME = 80

/**
 * Writes a number for people. Whole numbers are written in full, with thousands separated. Others get up to four
 * decimals, and small ones four digits.
 */
export function figure(value: number): string {
  if (Number.isInteger(value)) return value.toLocaleString('en', { maximumFractionDigits: 0 })
  return Math.abs(value) < 0.001 ? value.toPrecision(4) : value.toLocaleString('en', { maximumFractionDigits: 4 })
}

/** Writes a share of one as a percentage with one decimal. */
export function percent(share: number): string {
  return `${(share * 100).toLocaleString('en', { maximumFractionDigits: 1 })} percent`
}

/** Writes a count with its noun. */
export function counted(count: number, noun: string, plural = `${noun}s`): string {
  return `${figure(count)} ${count === 1 ? noun : plural}`
}

/**
 * Writes a name from the person's data on one line, without control characters and without anything that a reader of
 * Markdown or HTML would act on.
 */
export function named(name: string): string {
  const plain = name
    .slice(0, 4 * LONGEST_NAME)
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, ' ')
    .replaceAll('](', '] (')
    .replaceAll('<', '‹')
    .replaceAll('>', '›')
  const letters = [...plain]
  return letters.length > LONGEST_NAME ? `${letters.slice(0, LONGEST_NAME).join('')}…` : plain
}

/** Lists names: the first `most`, then how many more there are. */
export function inARow(names: readonly string[], most = 10): string {
  const shown = names.slice(0, most).map(named)
  if (names.length > most) return `${shown.join(', ')} and ${figure(names.length - most)} more`
  return shown.length > 1 ? `${shown.slice(0, -1).join(', ')} and ${shown.at(-1) ?? ''}` : shown.join('')
}

/** What an answer rests on: the version of the data, the mode and the caveats. */
export function basisOf(
  { datasetVersion, stale }: MadeFrom,
  caveats: readonly string[],
  mode?: Mode,
): readonly string[] {
  return [
    `Dataset version ${String(datasetVersion)}.`,
    ...(stale ? ['The data have changed since: this does not describe the current data.'] : []),
    ...(mode === undefined
      ? []
      : [mode === 'standard' ? 'Standard mode.' : 'Legacy mode: as the earlier system computed it.']),
    ...caveats.map(plainSentence),
  ]
}

/** Writes a sentence that may hold names on one line, without control characters. */
export function plainSentence(sentence: string): string {
  return sentence
    .slice(0, 2_000)
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, ' ')
    .replaceAll('](', '] (')
    .replaceAll('<', '‹')
    .replaceAll('>', '›')
}
