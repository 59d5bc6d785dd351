import type { Outline } from '../outline.ts'
import type { InputOf, ToolCall } from '../tools.ts'
import { figureAgain } from './follow-figure.ts'
import { isArea, isCount, MOST_COUNT } from './named-places.ts'
import type { Mention } from './mention.ts'
import { speaksOf } from './reading.ts'
import type { Reading } from './reading.ts'
import { call } from './replies.ts'
import type { Meaning } from './replies.ts'
import { wordSet } from './words.ts'

const ORDERS: ReadonlySet<string> = new Set([
  'plan',
  'export',
  'download',
  'save',
  'show',
  'list',
  'map',
  'plot',
  'draw',
  'compare',
  'run',
  'rerun',
  'analyse',
  'analyze',
  'rank',
  'explain',
  'allocate',
  'distribute',
  'check',
  'describe',
  'generate',
  'give',
  'tell',
])
const JOINTS: ReadonlySet<string> = new Set(['and', 'then'])
const POLITE: ReadonlySet<string> = new Set([
  'please',
  'can',
  'could',
  'you',
  'i',
  'want',
  'to',
  'would',
  'like',
  'then',
  'also',
  'kindly',
  'now',
])

const GOING_ON: ReadonlySet<string> = wordSet('same instead only just side nko own top first')
/** A figure in place of the last one, which the patterns of `figureAgain` have read in full. */
const FIGURES: ReadonlySet<string> = wordSet(
  'mean average median minimum maximum total sum standard deviation lga lgas local government governments district ' +
    'districts tier tiers per each every plot chart graph draw visualise visualize bar bars',
)

/** Whether a word says only that a message goes on with the one before, or with another figure of the same wards. */
export function goesOn(word: string): boolean {
  return GOING_ON.has(word) || FIGURES.has(word)
}

/**
 * `and in Dumawa?`, `what about elevation?`, `only the top 5`: the last call with one name or number replaced, as far
 * as the data still have its names.
 */
export function followedUp(reading: Reading, last: ToolCall, { dataset }: Outline): Meaning | null {
  const again = figureAgain(reading, last, dataset)
  if (again !== null) return again
  const [mention, another] = reading.mentions
  if (another !== undefined) return null
  if (mention === undefined) {
    if (
      last.tool !== 'rank_wards' ||
      reading.words.length > 6 ||
      (last.input.lga !== undefined && dataset?.lgas.includes(last.input.lga) !== true)
    )
      return null
    if (reading.figures.length > 0) return countedAgain(reading, last.input)
    if (speaksOf(reading, 'plan', 'nets')) return null
    if (speaksOf(reading, 'pca')) return call({ tool: 'rank_wards', input: { ...last.input, ranking: 'pca' } })
    if (speaksOf(reading, 'composite'))
      return call({ tool: 'rank_wards', input: { ...last.input, ranking: 'composite' } })
    if (speaksOf(reading, 'lowest') && !speaksOf(reading, 'highest'))
      return call({ tool: 'rank_wards', input: { ...withoutTier(last.input), order: 'lowest' } })
    return null
  }
  if (reading.figures.length > 0 || speaksOf(reading, 'map', 'compare', 'analyse', 'change', 'why')) return null
  const { wards, lgas, columns } = mention
  const [lga] = lgas
  if (
    last.tool === 'rank_wards' &&
    lga !== undefined &&
    lgas.length === 1 &&
    (wards.length === 0 || isArea(reading, mention))
  )
    return call({ tool: 'rank_wards', input: { ...last.input, lga } })
  const [variable] = columns
  if (last.tool === 'ward_values' && columns.length + wards.length === 1)
    return valuesAgain(last.input, mention, dataset)
  if (variable === undefined || columns.length > 1) return null
  if (last.tool === 'show_map') return call({ tool: 'show_map', input: { variable } })
  return last.tool === 'describe_variable' ? call({ tool: 'describe_variable', input: { variable } }) : null
}

/** The same ranking with another count, from the given end. */
function countedAgain(reading: Reading, ranked: InputOf<'rank_wards'>): Meaning | null {
  const [figure, another] = reading.figures
  const count = figure?.value ?? null
  if (
    figure === undefined ||
    another !== undefined ||
    count === null ||
    !Number.isInteger(count) ||
    count < 1 ||
    count > MOST_COUNT ||
    !isCount(reading, figure) ||
    reading.unknown.length > 0
  )
    return null
  const [isHigh, isLow] = [speaksOf(reading, 'highest'), speaksOf(reading, 'lowest')]
  if (isHigh && isLow) return null
  return call({
    tool: 'rank_wards',
    input: isLow
      ? { ...withoutTier(ranked), order: 'lowest', count }
      : { ...ranked, ...(isHigh && { order: 'highest' as const }), count },
  })
}

/** The same wards with another column, or another ward with the same columns. */
function valuesAgain(
  { wards, columns }: InputOf<'ward_values'>,
  named: Mention,
  dataset: Outline['dataset'],
): Meaning | null {
  const isThere =
    wards.every((ward) => dataset?.wards.includes(ward)) &&
    columns?.every((column) => dataset?.columns.some(({ name }) => name === column)) !== false
  if (!isThere) return null
  if (named.columns.length > 0)
    return call({ tool: 'ward_values', input: { wards: [...wards], columns: [...named.columns] } })
  return call({
    tool: 'ward_values',
    input: { wards: [...named.wards], ...(columns !== undefined && { columns: [...columns] }) },
  })
}

/** The parts of a message that gives two orders, each to be sent by itself; empty if it gives one. */
export function severalAtOnce({ message, words }: Reading): readonly string[] {
  const begins = (place: number): boolean => {
    let at = place
    while (POLITE.has(words[at]?.text ?? '')) at += 1
    return ORDERS.has(words[at]?.text ?? '')
  }
  const joint = words.findIndex(({ text }, place) => place > 0 && JOINTS.has(text) && begins(place + 1))
  const [one, next] = [words[joint], words[joint + 1]]
  return one === undefined || next === undefined
    ? []
    : [message.slice(0, one.start).replace(/[\s,;]{1,9}$/, ''), message.slice(next.start).trim()]
}

function withoutTier({ tier: _, ...input }: InputOf<'rank_wards'>): InputOf<'rank_wards'> {
  return input
}
