import type { Outline } from '../outline.ts'
import type { InputOf } from '../tools.ts'
import type { Direction } from '../../files/ward-table.ts'
import { unclearColumn, unknownColumn } from './column-request.ts'
import { leftOver } from './left-over.ts'
import type { Mention } from './mention.ts'
import { hasPhrase, speaksOf } from './reading.ts'
import type { Reading } from './reading.ts'
import { ask, call } from './replies.ts'
import type { Meaning } from './replies.ts'

type Wanted = InputOf<'run_analysis'>

const LIST: ReadonlySet<string> = new Set([
  'using',
  'with',
  'on',
  'by',
  'from',
  'of',
  'indicators',
  'variables',
  'based',
  'only',
  'just',
  'include',
  'including',
])
const LEAVE_OUT: ReadonlySet<string> = new Set([
  'without',
  'except',
  'exclude',
  'excluding',
  'drop',
  'dropping',
  'remove',
  'removing',
  'minus',
])
/** `don't use`, `no add`: leave out. */
const NOT: ReadonlySet<string> = new Set(['don', 'not', 'no', 'never'])
const USE: ReadonlySet<string> = new Set(['use', 'using', 'include', 'including', 'add', 'put', 'consider', 'count'])
const ADD: ReadonlySet<string> = new Set(['add', 'adding', 'also', 'plus'])
const TREAT: ReadonlySet<string> = new Set([
  'treat',
  'treating',
  'consider',
  'considering',
  'take',
  'taking',
  'make',
  'set',
  'invert',
  'reverse',
  'inverting',
  'flip',
  'assume',
])
const FEWEST = 2
const MOST = 10

/**
 * An analysis with the named indicators, directions and mode. If only a part is to change, the rest comes from the last
 * analysis.
 */
export function analysed(reading: Reading, { dataset, analysis }: Outline, last: Wanted | null): Meaning | null {
  if (dataset === null) return null
  const columns = reading.mentions.filter((mention) => mention.columns.length > 0)
  const isDirected = speaksOf(reading, 'direct', 'inverse')
  const isChange = speaksOf(reading, 'change') && columns.length > 0
  const isList =
    speaksOf(reading, 'rank') &&
    speaksOf(reading, 'list') &&
    (columns.length > 1 || (columns.length === 1 && reading.unknown.length > 0))
  if (!speaksOf(reading, 'analyse') && !isList && !isChange && !(isDirected && columns.length > 0)) return null
  const open =
    unclearColumn(reading, columns) ??
    unknownColumn(reading, unknownInList(reading), dataset) ??
    leftOver(reading, new Set())
  if (open !== null) return open
  const part = reading.mentions.find(({ lgas }) => lgas.length > 0)?.lgas[0]
  if (part !== undefined)
    return ask('An analysis covers all wards of the data, because a rank compares them. Which would you like?', [
      'Run the analysis',
      `Show the wards at highest risk in ${part} LGA`,
    ])
  const suggested = dataset.columns.filter((column) => column.suggested).map(({ name }) => name)
  const candidates = dataset.columns.filter(({ indicator, kind }) => indicator && kind === null).map(({ name }) => name)
  const directions = directionsOf(reading, columns)
  if (directions === null)
    return ask('Which way does each indicator point? Say for example "treat distance as direct".')
  const base = hasPhrase(reading, 'all', 'every', 'everything')
    ? candidates
    : analysis === null
      ? suggested
      : analysis.indicators.filter((name) => dataset.columns.some((column) => column.name === name))
  const chosen = indicatorsOf(reading, columns, base)
  const stray = Object.keys(directions).find((name) => !(chosen ?? base).includes(name))
  if (stray !== undefined)
    return ask(`${stray} is not one of the indicators, so its direction has no effect. Should it be one?`, [
      `Run the analysis with ${[...(chosen ?? base), stray].slice(0, MOST).join(', ')}`,
    ])
  const indicators = chosen ?? (Object.keys(directions).length > 0 && base.length <= MOST ? base : undefined)
  if (indicators === undefined && suggested.length < FEWEST)
    return ask(
      `An analysis takes ${String(FEWEST)} to ${String(MOST)} indicators. Of the ${String(candidates.length)} ` +
        `candidates ${suggested.length === 0 ? 'none' : String(suggested.length)} can be suggested. ` +
        'Which ones do you choose?',
      ['Which indicators are there?'],
    )
  if (indicators !== undefined && (indicators.length < FEWEST || indicators.length > MOST))
    return ask(
      `An analysis takes ${String(FEWEST)} to ${String(MOST)} indicators; that would be ` +
        `${String(indicators.length)}. Which ones do you choose?`,
      ['Which indicators are there?'],
    )
  const kept =
    chosen === undefined && Object.keys(directions).length === 0 ? {} : keptDirections(last, indicators ?? [])
  const all = { ...kept, ...directions }
  const input: Wanted = {
    ...(indicators !== undefined && { indicators: [...indicators] }),
    ...(Object.keys(all).length > 0 && { directions: all }),
    ...modeOf(reading),
  }
  return call({ tool: 'run_analysis', input })
}

/** The listed indicators, or the base with some added or left out; undefined if none is named. */
function indicatorsOf(
  reading: Reading,
  columns: readonly Mention[],
  base: readonly string[],
): readonly string[] | undefined {
  const named = columns.filter((mention) => !isTreated(reading, mention))
  const names = [...new Set(named.flatMap((mention) => mention.columns))]
  if (names.length === 0) return undefined
  const texts = reading.words.map(({ text }) => text)
  const first = named[0]?.from ?? 0
  const leaves = texts.findIndex((text, at) => LEAVE_OUT.has(text) || (NOT.has(text) && USE.has(texts[at + 1] ?? '')))
  if (leaves >= 0 && leaves < first) return base.filter((name) => !names.includes(name))
  if (leaves >= 0) {
    const dropped = new Set(named.filter(({ from }) => from > leaves).flatMap((mention) => mention.columns))
    return names.filter((name) => !dropped.has(name))
  }
  const adds = texts.findIndex((text) => ADD.has(text))
  return adds >= 0 && adds < first ? [...new Set([...base, ...names])] : names
}

/** Unknown words after the first word that begins a list, or after the first column. They are taken as columns. */
function unknownInList({ words, mentions, unknown }: Reading): readonly number[] {
  const begins = words.findIndex(
    ({ text }, place) => place > 0 && (LIST.has(text) || LEAVE_OUT.has(text) || ADD.has(text)),
  )
  const first = mentions.find((mention) => mention.columns.length > 0)?.from ?? Infinity
  return unknown.filter((place) => place > Math.min(begins < 0 ? Infinity : begins, first))
}

/** A column of which only the direction is given, as in `treat distance as direct`. */
function isTreated({ words }: Reading, { from }: Mention): boolean {
  for (let place = from - 1; place >= Math.max(0, from - 3); place -= 1) {
    if (TREAT.has(words[place]?.text ?? '')) return true
    if (/[,;.\n]/.test(words[place + 1]?.gap ?? '')) return false
  }
  return false
}

/**
 * Each word for a direction belongs to the last column named before it, or else to the first one after it. The result
 * is null if a word has no column or a column has two directions.
 */
function directionsOf({ concepts }: Reading, columns: readonly Mention[]): Record<string, Direction> | null {
  const found = new Map<string, Direction>()
  for (const direction of ['direct', 'inverse'] as const) {
    for (const place of concepts.get(direction) ?? []) {
      const [name] =
        (columns.findLast(({ to }) => to < place) ?? columns.find(({ from }) => from > place))?.columns ?? []
      if (name === undefined || (found.get(name) ?? direction) !== direction) return null
      found.set(name, direction)
    }
  }
  return Object.fromEntries(found)
}

function keptDirections(last: Wanted | null, indicators: readonly string[]): Record<string, Direction> {
  return Object.fromEntries(
    Object.entries<Direction>(last?.directions ?? {}).filter(([name]) => indicators.includes(name)),
  )
}

function modeOf(reading: Reading): Pick<Wanted, 'mode'> {
  if (
    speaksOf(reading, 'legacy') ||
    hasPhrase(reading, 'earlier system', 'old system', 'previous system', 'old method', 'earlier method')
  )
    return { mode: 'legacy' }
  return hasPhrase(reading, 'standard mode', 'standard method') ? { mode: 'standard' } : {}
}
