/**
 * The figures in a model's text that none of its sources (tool outputs, the person's messages) bears, as the text writes
 * them; empty when all are borne out. A figure may be rounded, grouped by thousands, or a share told in percent.
 */
export function checkFigures(text: string, sources: readonly string[]): readonly string[] {
  const numbers = text.match(/\d+/g) ?? []
  return numbers.filter((number) => !sources.some((source) => source.includes(number)))
}
