import { pattern } from '../words.ts'

const NAME = String.raw`((?:[^\s,;:.?!-]{1,40} ){0,3}[^\s,;:.?!-]{1,40})`
const FIRST = pattern(String.raw`^${NAME} (?:or|vs|versus) ${NAME} ?(?:[-–—,:;?]|--) ?(\S.*)$`)
const LAST = pattern(String.raw`^(\S.*?),? ?[:,-] ?${NAME} or ${NAME}$`)
const MORE = pattern(
  String.raw`(?:more|higher|bigger|greater|larger|fewer|less|lower|smaller|`,
  String.raw`the (?:most|highest|biggest|least|lowest|fewest|higher|lower|bigger|smaller))`,
).source
const COLUMN = String.raw`([^\s,;:.?!]{1,40}(?: [^\s,;:.?!]{1,40}){0,2})`
const WHO = '(?:who|which|which one|which ward|which lga|which of them|which of the two)'
const HAS = pattern(String.raw`^${WHO} (?:has|have|get|gets|holds?) (?:the )?${MORE} ${COLUMN}$`)
const WHOSE = pattern(String.raw`^whose ${COLUMN} (?:is|be|are|dey) (?:the )?${MORE}$`)

/**
 * `Kwalrugi or Kwalrudu: who has more people and whose TPR is higher?`: the figures of the two, side by side. Each part
 * has to compare one figure; else the message stays as it is.
 */
export function withComparedPair(message: string): string {
  const plain = message.replace(/[?.! ]{1,9}$/, '')
  const [, one = '', other = '', asked = ''] = new RegExp(FIRST.source, 'i').exec(plain) ?? turned(plain)
  if (asked === '') return message
  const columns = asked
    .split(/,? and (?=who|which)|, (?=who|which)/i)
    .map((part) => new RegExp(HAS.source, 'i').exec(part)?.[1] ?? new RegExp(WHOSE.source, 'i').exec(part)?.[1] ?? '')
  return columns.includes('') ? message : `compare ${one} and ${other}: ${columns.map(asColumn).join(' and ')}`
}

function turned(message: string): readonly string[] {
  const [all = '', asked = '', one = '', other = ''] = new RegExp(LAST.source, 'i').exec(message) ?? []
  return [all, one, other, asked]
}

function asColumn(said: string): string {
  return /^(?:people|pipo|persons|residents|inhabitants)$/i.test(said) ? 'population' : said
}
