/** A whole number with thousands apart: `20,000`. */
export function shownCount(value: number): string {
  return Math.round(value).toLocaleString('en-GB')
}

/** A share of one as a whole percentage. What is not quite none or all is not shown as 0 or 100. */
export function shownPercent(share: number): string {
  if (share <= 0) return '0 %'
  if (share >= 1) return '100 %'
  return share < 0.01 ? '< 1 %' : share > 0.99 ? '> 99 %' : `${String(Math.round(100 * share))} %`
}

/** The day of an instant, as people write it: `2 January 2026`. */
export function shownDay(instant: string): string {
  return new Date(instant).toLocaleDateString('en-GB', {
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  })
}

/** A text of at most so many characters. */
export function shortened(text: string, most: number): string {
  const characters = Array.from(text)
  return characters.length <= most ? text : `${characters.slice(0, most - 1).join('')}…`
}

/**
 * As many of the names as fit into so many characters, and how many others there are.
 * @param each the most characters of one name
 */
export function shownNames(names: readonly string[], most: number, each = 28): string {
  const shown: string[] = []
  let length = 0
  for (const name of names) {
    const short = shortened(name, each)
    length += Array.from(short).length + 2
    if (length > most) break
    shown.push(short)
  }
  const others = names.length - shown.length
  return shown.join(', ') + (others === 0 ? '' : ` and ${shownCount(others)} other${others === 1 ? '' : 's'}`)
}

/**
 * The first of these sentences that fit into so many characters, each shortened where it is long, and how many others
 * there are.
 */
export function shownSentences(
  sentences: readonly string[],
  { most, each, count }: { readonly most: number; readonly each: number; readonly count: number },
): { readonly shown: readonly string[]; readonly others: number } {
  const shown: string[] = []
  let length = 0
  for (const sentence of sentences.slice(0, count)) {
    const short = shortened(sentence, each)
    length += Array.from(short).length
    if (length > most) break
    shown.push(short)
  }
  return { shown, others: sentences.length - shown.length }
}
