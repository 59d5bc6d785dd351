import type { Outline } from '../outline.ts'
import { leftOver } from './left-over.ts'
import { columnWords } from './column-words.ts'
import { askAboutThing } from './distance-words.ts'
import type { Mention } from './mention.ts'
import type { Reading } from './reading.ts'
import { ask, askWhich, call } from './replies.ts'
import type { Meaning } from './replies.ts'
import { likestOf } from './suggest-names.ts'

/** The values of one column of the data. */
export function described(reading: Reading): Meaning | null {
  const columns = reading.mentions.filter((mention) => mention.columns.length > 0)
  if (columns.length === 0) return null
  const open = unclearColumn(reading, columns) ?? leftOver(reading, new Set())
  if (open !== null) return open
  const names = [...new Set(columns.flatMap((mention) => mention.columns))]
  const [variable] = names
  if (variable === undefined || names.length > 1)
    return ask('What would you like to know of these columns?', [
      ...names.slice(0, 4).map((name) => `Describe ${name}`),
      ...(names.length <= 10 ? [`Run the analysis with ${names.join(', ')}`] : []),
    ])
  const thing = askAboutThing(reading, variable)
  if (thing !== null) return thing
  const area = reading.mentions.find(({ lgas }) => lgas.length > 0)?.lgas[0]
  if (area !== undefined)
    return ask(`I can describe ${variable} over all wards, not within one LGA. Which would you like?`, [
      `Describe ${variable}`,
      `Show the wards at highest risk in ${area} LGA`,
    ])
  return call({ tool: 'describe_variable', input: { variable } })
}

/** Asks which column is meant if the words fit several. */
export function unclearColumn(reading: Reading, columns: readonly Mention[]): Meaning | null {
  const unclear = columns.find((mention) => mention.columns.length > 1)
  return unclear === undefined ? null : askWhich(reading, unclear.from, unclear.to, 'column', unclear.columns)
}

/** Asks about the first run of these words. `places` are the positions of words that do not name a column. */
export function unknownColumn(
  reading: Reading,
  places: readonly number[],
  { columns }: NonNullable<Outline['dataset']>,
): Meaning | null {
  const [from] = places
  if (from === undefined) return null
  let to = from
  while (places.includes(to + 1)) to += 1
  const text = reading.words
    .slice(from, to + 1)
    .map((word) => word.text)
    .join(' ')
  const names = columns.filter(({ hasNumbers }) => hasNumbers).map(({ name }) => name)
  const byName = likestOf(names, (name) => columnWords(name).join(' '))(text)
  const namesOfWord = new Map<string, Set<string>>()
  for (const name of names)
    for (const word of columnWords(name))
      if (word.length > 3) namesOfWord.set(word, (namesOfWord.get(word) ?? new Set()).add(name))
  const byWord = likestOf(
    [...namesOfWord.keys()],
    (word) => word,
  )(text).flatMap((word) => [...(namesOfWord.get(word) ?? [])])
  return askWhich(reading, from, to, 'column', [...new Set([...byName, ...byWord])].slice(0, 4))
}
