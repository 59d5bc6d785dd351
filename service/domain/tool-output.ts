import type { Answer } from './answer.ts'

/**
 * An answer as compact JSON for a model's prompt, at most `mostCharacters` long: rows are left out from the end of the
 * table first, and `rowsLeftOut` says how many.
 */
export function toolOutput({ text, table, basis }: Answer, mostCharacters = 8_000): string {
  return JSON.stringify({ text, ...table, basis }).slice(0, mostCharacters)
}
