import { pattern } from './words.ts'

/** Short forms of chat and of hurried notes, each with the words that it stands for. Names are not among them. */
const SHORT_FORMS: ReadonlyMap<string, string> = new Map([
  ['u', 'you'],
  ['ur', 'your'],
  ['r', 'are'],
  ['btw', 'between'],
  ['btwn', 'between'],
  ['hw', 'how'],
  ['wat', 'what'],
  ['whats', 'what is'],
  ['hows', 'how is'],
  ['wheres', 'where is'],
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
  ['pls', 'please'],
  ['plz', 'please'],
  ['totl', 'total'],
  ['ttl', 'total'],
  ['scor', 'score'],
  ['scre', 'score'],
  ['rnk', 'rank'],
  ['wrd', 'ward'],
  ['wrds', 'wards'],
  ['nmbr', 'number'],
  ['avrg', 'average'],
  ['averge', 'average'],
  ['avrage', 'average'],
  ['qualty', 'quality'],
  ['qlty', 'quality'],
])
/** `Isn't TPR prevalence?` asks whether it is. Elsewhere in a message, "isn't" is a condition. */
const DOUBTING = /^(is|are)n['’]?t (?=\S)/i
/** `Could you share the list`: to show it. "Share 20,000 nets" is an order about a plan. */
const SHARING =
  /\bshare (?!(?:a|the|one|the same) names?\b)(?=(?:with )?(?:me|us|the|a|your|all)\b)(?!.{0,200}\b(?:nets?|itns?|llins?|bednets?|of)\b)/i

/** `Please share the names of the wards`: at the beginning, it is an order to show them. */
const SHARE_FIRST = pattern(
  String.raw`^((?:please|kindly|can|could|would|will|you|abeg|and|now|also) )*share (?=(?:with )?(?:me|us|the|a|your|all)\b)`,
  String.raw`(?!.{0,200}\b(?:nets?|itns?|llins?|bednets?)\b)`,
)

/** `Dear team,` or `good morning` before a question. A greeting alone is answered with one. */
const SALUTATION = pattern(
  String.raw`^(?:dear|hi|hello|hey|good (?:morning|afternoon|evening|day))(?: (?:team|sirs?|ma|madam|all|colleagues?|everyone|`,
  String.raw`oga|there|friends?))*[,!.:;-]* (?=\S+ \S+ \S)`,
)

/**
 * A message with its short forms written out: `u` is "you", `no. of` is "number of", `d wards` is "the wards". The time
 * grows only with the length of the message.
 */
export function spelledOut(message: string): string {
  return (
    message
      .replace(new RegExp(SALUTATION.source, 'i'), '')
      .replace(DOUBTING, '$1 ')
      // The 90th percentile: "p90 of TPR".
      .replace(/\bp(\d\d?) of\b/gi, 'percentile $1 of')
      .replace(new RegExp(SHARE_FIRST.source, 'i'), 'show ')
      .replace(SHARING, 'show ')
      .replace(/\b(?:no|nos|num)\.? of\b/gi, 'number of')
      // "All d wards": an article only before a noun of this work. "Fagge D" is a name.
      .replace(
        /\bd (?=(?:wards?|lgas?|data|plan|nets?|map|people|population|state|list|high|medium|low|top|highest|lowest|same|ones?)\b)/g,
        'the ',
      )
      .replace(/(?<![\p{L}\p{N}_'’.-])[a-z]+(?![\p{L}\p{N}_'’-])/gu, (word) => SHORT_FORMS.get(word) ?? word)
  )
}
