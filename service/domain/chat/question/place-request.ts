import type { Outline } from '../outline.ts'
import type { InputOf } from '../tools.ts'
import { unclearColumn, unknownColumn } from './column-request.ts'
import type { Figure } from './figures.ts'
import { leftOver } from './left-over.ts'
import type { Mention } from './mention.ts'
import { hasPhrase, speaksOf } from './reading.ts'
import type { Reading } from './reading.ts'
import { ask, askWhich, call } from './replies.ts'
import type { Meaning } from './replies.ts'

type Ranked = InputOf<'rank_wards'>

const WITHIN: ReadonlySet<string> = new Set(['in', 'of', 'for', 'within', 'across', 'inside', 'from', 'at'])
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
const STRONG_HIGH: ReadonlySet<string> = new Set([
  'highest',
  'top',
  'worst',
  'most',
  'greatest',
  'riskiest',
  'maximum',
  'biggest',
  'high',
  'priority',
])
const STRONG_LOW: ReadonlySet<string> = new Set([
  'lowest',
  'low',
  'least',
  'safest',
  'bottom',
  'fewest',
  'smallest',
  'minimum',
  'lower',
])
const LEAVE_OUT: ReadonlySet<string> = new Set([
  'excluding',
  'exclude',
  'except',
  'without',
  'outside',
  'minus',
  'besides',
  'not',
  'dropping',
  'drop',
  'removing',
  'remove',
])
const MOST_COMPARED = 20
export const MOST_COUNT = 1_000

/**
 * Asks back when a place is to be left out, because no ranking can do that. An answer about this place would be the
 * opposite of what was asked.
 */
export function leavesOut(reading: Reading): Meaning | null {
  const { words, mentions } = reading
  // A plan of nets can leave places out.
  if (speaksOf(reading, 'nets', 'planning')) return null
  const isLeftOut = ({ from, wards, lgas }: Mention): boolean => {
    if (wards.length + lgas.length === 0) return false
    for (let place = from - 1; place >= Math.max(0, from - 3); place -= 1) {
      if (/[,;.!?\n]/.test(words[place + 1]?.gap ?? '')) return false
      const [text, before] = [words[place]?.text ?? '', words[place - 1]?.text ?? '']
      if (
        LEAVE_OUT.has(text) ||
        [before, text].join(' ') === 'other than' ||
        [before, text].join(' ') === 'apart from' ||
        [before, text].join(' ') === 'all but'
      )
        return true
    }
    return false
  }
  if (!mentions.some(isLeftOut)) return null
  return ask(
    'I rank all wards, the wards of one LGA or the wards of one tier. I cannot leave some out. Which would you like?',
    ['Show the wards at highest risk', 'Summarise by LGA'],
  )
}

/** Explains a ward, compares wards or gives their values, by what the message says of the wards that it names. */
export function aboutWards(reading: Reading, { dataset }: Outline): Meaning | null {
  if (dataset === null || speaksOf(reading, 'map')) return null
  const named = reading.mentions.filter((mention) => mention.wards.length > 0 && !isArea(reading, mention))
  const unclear = named.find(({ wards }) => wards.length > 1)
  if (unclear !== undefined) return askWhich(reading, unclear.from, unclear.to, 'ward', unclear.wards)
  const wards = [...new Set(named.flatMap((mention) => mention.wards))]
  const isComparing = speaksOf(reading, 'compare') || hasPhrase(reading, 'side by side')
  const asksWhy =
    speaksOf(reading, 'why') &&
    (speaksOf(reading, 'rank', 'risk', 'highest', 'lowest', 'medium') || hasPhrase(reading, 'where it is'))
  if (wards.length > MOST_COMPARED)
    return ask(`That names ${String(wards.length)} wards; compare up to ${String(MOST_COMPARED)} at once.`)
  if (isComparing || (asksWhy && wards.length === 0)) {
    const guess = unknownName(reading)
    const alike = guess === null ? [] : reading.names.wardsLike(guess.text)
    if (guess !== null && (wards.length < 2 || alike.length > 0))
      return askWhich(reading, guess.from, guess.to, 'ward', alike)
  }
  const values = isComparing && wards.length === 1 ? null : valuesOf(reading, wards, dataset)
  if (values !== null) return values
  if (wards.length > 1) return call({ tool: 'compare_wards', input: { wards } })
  const [ward] = wards
  if (ward === undefined) return null
  if (isComparing) return ask(`Compare ${ward} with which other ward?`, [`Why is ${ward} ranked where it is?`])
  if (speaksOf(reading, 'nets')) return call({ tool: 'plan_facts', input: { about: 'places', wards: [ward] } })
  return call({ tool: 'explain_ward', input: { ward } })
}

/** The values of wards, if the message names columns or asks for values or for people. */
function valuesOf(
  reading: Reading,
  wards: readonly string[],
  dataset: NonNullable<Outline['dataset']>,
): Meaning | null {
  if (wards.length === 0 || speaksOf(reading, 'why')) return null
  const columns = reading.mentions.filter((mention) => mention.columns.length > 0)
  const asked = reading.unknown.filter((place) => isBeforeWard(reading, place))
  const open = unclearColumn(reading, columns) ?? unknownColumn(reading, asked, dataset)
  if (open !== null) return open
  const people = hasPhrase(reading, 'how many people', 'number of people')
    ? dataset.columns.find(({ kind }) => kind === 'population')?.name
    : undefined
  const names = [
    ...new Set([...columns.flatMap((mention) => mention.columns), ...(people === undefined ? [] : [people])]),
  ]
  if (names.length === 0 && !hasPhrase(reading, 'values', 'figures', 'data')) return null
  return (
    leftOver(reading, new Set()) ??
    call({ tool: 'ward_values', input: { wards: [...wards], ...(names.length > 0 && { columns: names }) } })
  )
}

/** Whether a ward follows, so that the word says what is asked of it, as in `the humidity of Tudun Kuka`. */
function isBeforeWard({ words, mentions }: Reading, place: number): boolean {
  const next = words[place + 2]?.text === 'the' ? place + 3 : place + 2
  return (
    WITHIN.has(words[place + 1]?.text ?? '') && mentions.some(({ from, wards }) => from === next && wards.length > 0)
  )
}

/** A ranking from the top or the bottom, of one LGA or tier, with a count. */
export function ranked(reading: Reading, { dataset }: Outline): Meaning | null {
  if (dataset === null) return null
  const areas = reading.mentions.filter(({ lgas }) => lgas.length > 0)
  const tier = tierOf(reading)
  const isRanking =
    speaksOf(reading, 'highest', 'lowest', 'rank', 'medium', 'tier') &&
    speaksOf(reading, 'ward', 'risk', 'lga', 'tier', 'rank')
  const isCounted = speaksOf(reading, 'highest', 'lowest') && reading.figures.some((figure) => isCount(reading, figure))
  if (
    !isRanking &&
    !isCounted &&
    tier === null &&
    areas.length === 0 &&
    !(speaksOf(reading, 'risk') && speaksOf(reading, 'ward'))
  )
    return null
  const place = unknownPlace(reading)
  if (place !== null) return askWhich(reading, place.from, place.to, 'LGA', reading.names.lgasLike(place.text))
  const guess = unknownName(reading)
  const alike = guess === null ? [] : reading.names.wardsLike(guess.text)
  if (guess !== null && alike.length > 0) return askWhich(reading, guess.from, guess.to, 'ward', alike)
  const [area] = areas
  if (areas.length > 1 || (area !== undefined && area.lgas.length > 1))
    return ask(
      'One LGA at a time: which one?',
      areas.flatMap(({ lgas }) => lgas.map((lga) => `Show the wards at highest risk in ${lga} LGA`)),
    )
  const texts = new Set(
    [...(reading.concepts.get('highest') ?? []), ...(reading.concepts.get('lowest') ?? [])].map(
      (at) => reading.words[at]?.text ?? '',
    ),
  )
  const isHigh = [...texts].some((text) => STRONG_HIGH.has(text))
  const isLow = [...texts].some((text) => STRONG_LOW.has(text))
  // "Least" reverses "vulnerable". "Most" and "least" together are two questions.
  if (isHigh && isLow)
    return ask('The wards at highest risk, or those at lowest?', [
      'Show the wards at highest risk',
      'Show the wards at lowest risk',
    ])
  const counted = reading.figures.filter((figure) => isCount(reading, figure))
  const open = leftOver(reading, new Set(counted))
  if (open !== null) return open
  const count = counted[0]?.value ?? null
  if (
    counted.length > 1 ||
    (counted.length === 1 && (count === null || !Number.isInteger(count) || count < 1 || count > MOST_COUNT))
  )
    return ask(`How many wards shall I show? Say one whole number from 1 to ${MOST_COUNT.toLocaleString('en')}.`, [
      'Show the top 10 wards',
    ])
  const lga = area?.lgas[0]
  const input: Ranked = {
    order: isLow || (!isHigh && speaksOf(reading, 'lowest')) ? 'lowest' : 'highest',
    ...(count !== null && { count }),
    ...(lga !== undefined && { lga }),
    ...(tier !== null && { tier }),
    ...(speaksOf(reading, 'pca')
      ? { ranking: 'pca' as const }
      : speaksOf(reading, 'composite')
        ? { ranking: 'composite' as const }
        : {}),
  }
  return call({ tool: 'rank_wards', input })
}

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

/** The three words that ask for a tier. "Highest risk" is not one of them: it asks for an order. */
function tierOf(reading: Reading): 'High' | 'Medium' | 'Low' | null {
  const of = (word: string): boolean =>
    ['risk', 'tier', 'vulnerability', 'category', 'class', 'band', 'group', 'priority'].some((noun) =>
      hasPhrase(reading, `${word} ${noun}`, `${word} risk ${noun}`),
    )
  const asked = [
    of('high') ? ('High' as const) : null,
    of('medium') || of('moderate') || of('middle') ? ('Medium' as const) : null,
    of('low') ? ('Low' as const) : null,
  ].filter((tier) => tier !== null)
  return asked.length === 1 ? (asked[0] ?? null) : null
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
function unknownPlace(reading: Reading): Unknown | null {
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

/**
 * Asks back if a column is wanted for a place that the data do not have. Figures of all wards could be mistaken for
 * those of one.
 */
export function elsewhere(reading: Reading, { dataset }: Outline): Meaning | null {
  const place = reading.mentions.some(({ columns }) => columns.length > 0) ? unknownPlace(reading) : null
  if (dataset === null || place === null) return null
  return askWhich(
    reading,
    place.from,
    place.to,
    'ward or LGA',
    [...new Set([...reading.names.wardsLike(place.text), ...reading.names.lgasLike(place.text)])].slice(0, 4),
  )
}
