import { isDeepStrictEqual } from 'node:util'
import { quoted } from '../../../quoted.ts'
import type { ToolCall } from '../../tools.ts'
import { sayCall } from '../query/say-query.ts'
import type { Reading } from '../reading.ts'
import { ask, written } from '../replies.ts'
import type { Meaning } from '../replies.ts'
import { wordSet } from '../words.ts'

/** Words that lead to a condition, and say nothing when it is taken away. */
const LEADING = wordSet(
  'a an the in of on at to for from with by as into about and or but per within without except excluding under over ' +
    'between before after since during until than versus vs against compared near next not only also that which who ' +
    'where are is have has having',
)

/**
 * Asks about the words of a message that the calls understood from it do not use. The first option is the message as
 * it was understood, if it is read so again.
 * @param unused the positions of these words, at least one
 * @param understand what a message means by itself; null if nothing is to be offered
 */
export function askAboutUnused(
  reading: Reading,
  calls: readonly ToolCall[],
  unused: readonly number[],
  understand: ((message: string) => Meaning) | null,
): Meaning {
  const [first = 0] = unused
  let last = first
  while (unused.includes(last + 1)) last += 1
  const said = quoted(written(reading, first, last))
  const option = understand === null ? null : understoodPart(reading, calls, unused, understand)
  return ask(
    `I am not sure what ${said} means here, and I do not leave a part of a question out.` +
      `${option === null ? '' : ' I can answer the rest of it, as the first option says.'} ` +
      'Could you say it in another way?',
    option === null ? [] : [option],
  )
}

/** What was understood, in the rules' own words or as the message without the rest; null if neither is read so. */
function understoodPart(
  reading: Reading,
  calls: readonly ToolCall[],
  unused: readonly number[],
  understand: (message: string) => Meaning,
): string | null {
  const [call, another] = calls
  const own = call === undefined || another !== undefined ? null : sayCall(call)
  const options = [own, withoutWords(reading, unused)]
  return options.find((option) => option !== null && isDeepStrictEqual(callsOf(understand(option)), calls)) ?? null
}

function callsOf(meaning: Meaning): readonly ToolCall[] {
  return meaning.kind === 'call' ? [meaning.call] : meaning.kind === 'calls' ? meaning.calls : []
}

/** The message without these words, and without the words that lead to them. */
function withoutWords({ message, words }: Reading, unused: readonly number[]): string | null {
  const out = new Set(unused)
  for (const place of unused)
    for (let before = place - 1; LEADING.has(words[before]?.text ?? ''); before -= 1) out.add(before)
  let rest = ''
  let end = 0
  words.forEach(({ start, end: after }, place) => {
    if (!out.has(place)) return
    rest += message.slice(end, start)
    end = after
  })
  const text = `${rest}${message.slice(end)}`
    .replace(/\s{2,}/g, ' ')
    .replace(/ ([?.,])/g, '$1')
    .replace(/^[\s,;.?!]{1,9}/, '')
    .trim()
  return /\p{L}/u.test(text) ? text : null
}
