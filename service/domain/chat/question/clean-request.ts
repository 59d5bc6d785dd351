import type { Outline } from '../outline.ts'
import type { CallOf } from '../tools.ts'
import { unclearColumn } from './column-request.ts'
import { tiersIn } from './places-in.ts'
import { speaksOf } from './reading.ts'
import type { Reading } from './reading.ts'
import { call } from './replies.ts'
import type { Meaning } from './replies.ts'
import { pattern } from './words.ts'

const REMOVES = pattern(
  String.raw`^ (?:(?:please|pls|kindly|can you|could you|abeg|now|and|i want to|let us) )*`,
  String.raw`(?:drop|delete|remove|discard|omit|erase|throw (?:out|away)|get rid of|filter out|clean(?: out)?|take out|comot)\b`,
)
const GAPS = pattern(
  String.raw`\b(?:missing|blank|empty|null|na|without|no|lack|lacks|lacking|not have|don have|doesn have|no get|not get|gaps?)\b`,
)
const URBAN = /\b(?:urban|rural)\b/
const ONE_NAME = pattern(
  String.raw`\b(?:same|one|identical|duplicate|duplicated|repeated|repeating|double|similar)(?: ward)? names?\b|`,
  String.raw`\bnames? (?:that |which |wey )?(?:repeat|repeats|repeated|occur|occurs|appear|appears) (?:twice|more than)?|`,
  String.raw`\bshar(?:e|es|ing)(?: (?:a|the|one|the same|same))? names?\b|\bnamesakes?\b|\bduplicate wards?\b`,
)

/**
 * What asks to clean the data: wards with gaps to be dropped, or wards of one name. Data are not changed here, so the
 * wards are listed with what is done about them.
 */
export function cleaned(reading: Reading, { dataset }: Outline): Meaning | null {
  const { plain, mentions } = reading
  if (dataset === null || speaksOf(reading, 'nets', 'planning', 'analyse', 'map')) return null
  const places = mentions.some(({ wards, lgas }) => wards.length + lgas.length > 0)
  if (ONE_NAME.test(plain) && speaksOf(reading, 'ward') && !places && mentions.length === 0)
    return call({ tool: 'check_quality', input: {} })
  if (!REMOVES.test(plain) || !GAPS.test(plain) || !speaksOf(reading, 'ward') || places) return null
  // "Remove the Low wards with missing TPR" has a condition, which a list of all wards with gaps would drop.
  if (reading.figures.length > 0 || tiersIn(reading).length > 0 || URBAN.test(plain)) return null
  const columns = mentions.filter((mention) => mention.columns.length > 0)
  const unclear = unclearColumn(reading, columns)
  if (unclear !== null) return unclear
  const [column, another] = [...new Set(columns.flatMap((mention) => mention.columns))]
  if (column === undefined || another !== undefined) return call({ tool: 'check_quality', input: {} })
  const list: CallOf<'query_wards'> = {
    tool: 'query_wards',
    input: { where: [{ column, op: 'missing' }], select: ['@ward', ...(dataset.lgas.length > 0 ? ['@lga'] : [])] },
  }
  return { kind: 'calls', calls: [list, { tool: 'explain_method', input: { topic: 'imputation' } }] }
}
