import { isDeepStrictEqual } from 'node:util'
import type { ToolCall } from '../../tools.ts'
import { nameSimilarity } from '../../../dataset/name-similarity.ts'
import { quoted } from '../../../quoted.ts'
import type { Outline } from '../../outline.ts'
import { columnWords } from '../column-words.ts'
import { namesFor } from '../reading.ts'
import type { Reading } from '../reading.ts'
import { ask, replaced, written } from '../replies.ts'
import type { Meaning } from '../replies.ts'
import { likestOf } from '../suggest-names.ts'
import { readAgain } from './complete-calls.ts'
import { wordsOf } from '../words.ts'
import type { Read } from './read-draft.ts'
import { sayCall } from './say-query.ts'
import type { Token } from './tokens.ts'

const MOST_NAMES = 3
/** The longest part of a name that is compared letter by letter. */
const LONGEST_COMPARED = 60
/** The shortest word of a column's name that a misspelt word is compared with. */
const SHORTEST_WORD = 4

/**
 * Asks about the words that were not understood, so that no condition is dropped. The first option is the message
 * without them, if that can be answered; the others hold the names most like an unknown one.
 * @param understand what a message means by itself, for questions that ask for no figures
 */
export function askAboutRest(
  reading: Reading,
  outline: Outline,
  { unused }: Read,
  understand: (message: string) => Meaning,
): Meaning {
  const rest = understoodPart(reading, outline, unused)
  const isAnswered = rest !== null
  const run = namedRun(reading, outline, firstRun(unused))
  const [from, to] = [run[0]?.from ?? 0, run.at(-1)?.to ?? 0]
  const said = written(reading, from, Math.max(from, to))
  const isUnknown = run.every(({ kind }) => kind === 'unknown')
  const names = isUnknown ? likeNames(reading, outline, said) : []
  const options = names
    .map((name) => withNames(reading, outline, unused.slice(run.length), replaced(reading, from, to, name)))
    .filter(
      (option) =>
        readAgain(option, { ...reading, names: namesFor([option], outline) }, outline) !== null ||
        understand(option).kind !== 'clarify',
    )
  const understood = isAnswered ? ' I can answer the rest of it, as the first option says.' : ''
  return ask(
    names.length > 0
      ? `The data have nothing that is called ${quoted(said)}. Which one do you mean?${understood}`
      : `I am not sure what ${quoted(said)} means here, and I do not leave a part of a question out.${understood} ` +
          'Could you say it in another way?',
    [
      ...(rest === null ? [] : [rest]),
      ...options,
      ...(rest === null && options.length === 0 ? ['Describe my data'] : []),
    ],
  )
}

/** What is understood without these words, as a message that is read in the same way; null if there is none. */
function understoodPart(reading: Reading, outline: Outline, unused: readonly Token[]): string | null {
  const calls = readAgain(withoutTokens(reading, unused), reading, outline)
  const [call, another] = calls ?? []
  if (call === undefined || another !== undefined) return null
  const said = sayCall(call)
  if (said === null) return null
  const again = readAgain(said, { ...reading, names: namesFor([said], outline) }, outline)
  return isDeepStrictEqual(again?.map(withoutSelect), calls?.map(withoutSelect)) ? said : null
}

/** Which columns are shown beside the wards does not change which wards they are. */
function withoutSelect(call: ToolCall): unknown {
  return call.tool === 'query_wards' ? { ...call, input: { ...call.input, select: [] } } : call
}

/** The message with each further unknown word replaced by the name most like it. */
function withNames(reading: Reading, outline: Outline, others: readonly Token[], message: string): string {
  return others.slice(0, MOST_NAMES).reduce((text, { kind, from, to }) => {
    const said = written(reading, from, to)
    const [name] = kind === 'unknown' ? likeNames(reading, outline, said) : []
    return name === undefined ? text : text.replace(said, name)
  }, message)
}

/** Of unknown words that stand together and are like no name, the first if it is like one by itself. */
function namedRun(reading: Reading, outline: Outline, run: readonly Token[]): readonly Token[] {
  const [first, last] = [run[0], run.at(-1)]
  if (first === undefined || last === undefined || first === last || first.kind !== 'unknown') return run
  const isNamed = (from: number, to: number): boolean =>
    likeNames(reading, outline, written(reading, from, to)).length > 0
  return !isNamed(first.from, last.to) && isNamed(first.from, first.to) ? [first] : run
}

/** The first words that stand together. */
function firstRun(unused: readonly Token[]): readonly Token[] {
  const [first] = unused
  if (first === undefined) return []
  const run = [first]
  for (const token of unused.slice(1)) {
    if (token.from !== (run.at(-1)?.to ?? -1) + 1 || token.kind !== first.kind) break
    run.push(token)
  }
  return run
}

function withoutTokens({ message, words }: Reading, unused: readonly Token[]): string {
  let rest = ''
  let end = 0
  for (const { from, to } of unused) {
    if (to < from) continue
    rest += message.slice(end, words[from]?.start ?? end)
    end = words[to]?.end ?? end
  }
  return `${rest}${message.slice(end)}`
    .replace(/\s+/g, ' ')
    .replace(/ ([?.,])/g, '$1')
    .trim()
}

function likeNames({ names }: Reading, { dataset }: Outline, said: string): readonly string[] {
  const columns = (dataset?.columns ?? []).filter(({ hasNumbers }) => hasNumbers).map(({ name }) => name)
  const byName = likestOf(columns, (name) => columnWords(name).join(' '))(said)
  const parts = new Map<string, string[]>()
  for (const column of columns)
    for (const { text } of wordsOf(column.replace(/([a-z\d])([A-Z])/g, '$1 $2')))
      if (text.length >= SHORTEST_WORD) parts.set(text, [...(parts.get(text) ?? []), column])
  const byWord = likestOf(
    [...parts.keys()],
    (word) => word,
  )(said.toLowerCase()).flatMap((word) => parts.get(word) ?? [])
  const asked = said.slice(0, LONGEST_COMPARED).toLowerCase()
  const alike = (name: string): number => nameSimilarity(name.slice(0, LONGEST_COMPARED).toLowerCase(), asked)
  return [...new Set([...names.lgasLike(said), ...byName, ...byWord, ...names.wardsLike(said)])]
    .map((name) => ({ name, ratio: alike(name) }))
    .sort((one, other) => other.ratio - one.ratio)
    .slice(0, MOST_NAMES)
    .map(({ name }) => name)
}
