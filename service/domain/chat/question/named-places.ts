import type { Figure } from './figures.ts'
import type { Mention } from './mention.ts'
import type { Reading } from './reading.ts'

/** Words that say where to look. */
export const WITHIN: ReadonlySet<string> = new Set(['in', 'of', 'for', 'within', 'across', 'inside', 'from', 'at'])
const ENDS: ReadonlySet<string> = new Set([
  'top',
  'bottom',
  'first',
  'last',
  'highest',
  'lowest',
  'worst',
  'best',
  'safest',
  'riskiest',
  'most',
  'least',
  'the',
  'next',
  'greatest',
])
/** The most wards that a ranking shows. */
export const MOST_COUNT = 1_000

/** If an LGA and a ward share a name, it is the LGA when it says where to look, and the ward otherwise. */
export function isArea({ words, concepts }: Reading, { from, to, lgas }: Mention): boolean {
  if (lgas.length === 0) return false
  const before = words[from - 1]?.text ?? ''
  const after = words[to + 1]?.text ?? ''
  if (after === 'ward' && !/^lgas?$/.test(words[to + 2]?.text ?? '')) return false
  return (
    /^lgas?$/.test(after) ||
    before === 'lga' ||
    after === 'local' ||
    (WITHIN.has(before) && (concepts.has('wards') || concepts.has('tier'))) ||
    (WITHIN.has(before) && !concepts.has('why'))
  )
}

/** A count stands beside the word for an end of the ranking, or before the wards that it counts. */
export function isCount({ words }: Reading, { from, to, isPercent }: Figure): boolean {
  if (isPercent) return false
  if (ENDS.has(words[from - 1]?.text ?? '')) return true
  for (let place = to + 1; place <= to + 4; place += 1) {
    const text = words[place]?.text ?? ''
    if (/^(?:wards?|areas|communities|places)$/.test(text)) return true
    if (WITHIN.has(text)) return false
  }
  return false
}

interface Unknown {
  readonly from: number
  readonly to: number
  readonly text: string
}

/** The first run of unknown words, which may be a misspelt name. */
export function unknownName({ words, unknown }: Reading): Unknown | null {
  const [from] = unknown
  if (from === undefined) return null
  let to = from
  while (unknown.includes(to + 1)) to += 1
  return {
    from,
    to,
    text: words
      .slice(from, to + 1)
      .map(({ text }) => text)
      .join(' '),
  }
}

/** An unknown name after a word that says where to look. A state means all of the data. */
export function unknownPlace(reading: Reading): Unknown | null {
  const { words, unknown } = reading
  const from = unknown.find((place) => {
    const before = words[place - 1]?.text ?? ''
    return (
      WITHIN.has(before) ||
      (before === 'the' && WITHIN.has(words[place - 2]?.text ?? '')) ||
      /^lgas?$/.test(words[place + 1]?.text ?? '')
    )
  })
  if (from === undefined) return null
  let to = from
  while (unknown.includes(to + 1)) to += 1
  return words[to + 1]?.text === 'state'
    ? null
    : {
        from,
        to,
        text: words
          .slice(from, to + 1)
          .map(({ text }) => text)
          .join(' '),
      }
}
