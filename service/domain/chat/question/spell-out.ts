/** Short forms of chat and of hurried notes, each with the words that it stands for. Names are not among them. */
const SHORT_FORMS: ReadonlyMap<string, string> = new Map([
  ['u', 'you'],
  ['ur', 'your'],
  ['r', 'are'],
  ['btw', 'between'],
  ['btwn', 'between'],
  ['hw', 'how'],
  ['wat', 'what'],
  ['wht', 'what'],
  ['wich', 'which'],
  ['dat', 'that'],
  ['abv', 'above'],
  ['blw', 'below'],
  ['frm', 'from'],
  ['wit', 'with'],
  ['nd', 'and'],
  ['govt', 'government'],
  ['popn', 'population'],
])
const COUNTED = /\b(no|nos|num)\.? of\b/gi
/** `All d wards`: an article only before a noun of this work. "Fagge D" is a name. */
const ARTICLE =
  /\bd (?=(?:wards?|lgas?|data|plan|nets?|map|people|population|state|list|high|medium|low|top|highest|lowest|same|ones?)\b)/g

/**
 * A message with its short forms written out: `u` is "you", `no. of` is "number of", `d wards` is "the wards". The time
 * grows only with the length of the message.
 */
export function spelledOut(message: string): string {
  return message
    .replace(COUNTED, 'number of')
    .replace(ARTICLE, 'the ')
    .replace(/(?<![\p{L}\p{N}_'’.-])[a-z]+(?![\p{L}\p{N}_'’-])/gu, (word) => SHORT_FORMS.get(word) ?? word)
}
