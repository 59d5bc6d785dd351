import type { Outline } from '../outline.ts'
import { VOCABULARY } from './vocabulary.ts'
import { pattern } from './words.ts'

const OF_NAME = pattern(
  String.raw`\b(?:(?:all|any|every|the|each|of) ){1,3}([\p{L}]{3,20}(?: [\p{L}]{3,20})?) wards?\b`,
)
const MOST = 12

/**
 * The message with `all the Fagge wards` written out, where no ward or LGA is called so and several wards' names begin
 * with it.
 */
export function withWardsOfOneName(message: string, { dataset }: Outline): string {
  const found = dataset === null ? null : new RegExp(OF_NAME.source, 'iu').exec(message)
  const name = found?.[1]?.toLowerCase() ?? ''
  if (dataset === null || found === null) return message
  if (VOCABULARY.has(name)) return message
  if ([...dataset.wards, ...dataset.lgas].some((each) => each.toLowerCase() === name)) return message
  const wards = dataset.wards.filter((ward) => ward.toLowerCase().startsWith(`${name} `))
  if (wards.length < 2 || wards.length > MOST) return message
  const before = /\bof /i.test(found[0]) ? 'of ' : ''
  return `${message.slice(0, found.index)}${before}${wards.join(', ')}${message.slice(found.index + found[0].length)}`
}
