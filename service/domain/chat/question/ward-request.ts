import type { Outline } from '../outline.ts'
import { unclearColumn, unknownColumn } from './column-request.ts'
import { leftOver } from './left-over.ts'
import { isArea, unknownName, WITHIN } from './named-places.ts'
import { hasPhrase, speaksOf } from './reading.ts'
import type { Reading } from './reading.ts'
import { ask, askWhich, call } from './replies.ts'
import type { Meaning } from './replies.ts'

const MOST_COMPARED = 20

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
