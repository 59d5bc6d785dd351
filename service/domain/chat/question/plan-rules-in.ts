import { PLAN_NUMBERS, isTaken } from '../../plan/plan-limits.ts'
import type { PlanOptions, Protect } from '../../plan/plan-options.ts'
import type { Outline } from '../outline.ts'
import { conditionsOf } from './query/common.ts'
import { readDraft } from './query/read-draft.ts'
import { readQuestion } from './reading.ts'
import type { Names, Reading } from './reading.ts'
import { ask } from './replies.ts'
import type { Meaning } from './replies.ts'
import { pattern } from './words.ts'

/** The rules of a programme that a message can give. */
export type SaidRules = Pick<
  PlanOptions,
  'reserve' | 'bufferPercent' | 'protect' | 'exceptions' | 'peoplePerNet' | 'peoplePerNetSource' | 'baleSize'
>

/** The rules that were found, and the message without the words that say them. */
export interface FoundRules {
  readonly rules: SaidRules
  readonly rest: string
}

/** A number as it is written, with a scale or a percent sign. */
const N = String.raw`(\d[\d.,]{0,15}(?: ?(?:k|m|thousand|million|%|percent|per cent)(?![a-z]))?)`
const JOINT = String.raw`(?:[,;] ?)?(?:(?:and|but|with|while|by|then|also) )?`
const CHANNEL = String.raw`(?:the )?(?:anc|epi|routine|antenatal|immuni[sz]ation|health facilities|facilities)`
const HELD = pattern(
  JOINT,
  String.raw`\b(?:keep|keeping|hold|holding|reserve|reserving|set aside|setting aside|retain|retaining) (?:back `,
  String.raw`|aside )?`,
  N,
  String.raw`(?: of (?:them|the nets|it))?(?: nets)?`,
  String.raw` (?:aside|back|in reserve|as reserve|as a reserve|for ${CHANNEL})\b(?: (?:care|channels?|distribution))?`,
  String.raw`(?: and (?:anc|epi))?`,
)
const RESERVED = pattern(JOINT, String.raw`\b(?:reserve|reserving|reserved?)(?: of)? `, N, String.raw`(?: nets\b)?`)
const IN_RESERVE = pattern(JOINT, N, String.raw`(?: nets)? (?:in|as|as a) reserve\b`)
const BUFFER = pattern(JOINT, String.raw`(?:an? )?`, N, String.raw` (?:safety )?(?:buffer|contingency)\b(?: stock)?`)
const HELD_BUFFER = pattern(
  JOINT,
  String.raw`\b(?:keep|keeping|hold|holding) (?:back |aside )?`,
  N,
  String.raw`(?: of (?:them|the nets|it))?(?: nets)? (?:as|as a|for) (?:buffer|contingency)\b`,
)
const BUFFER_OF = pattern(JOINT, String.raw`(?:an? )?\b(?:buffer|contingency)(?: stock)? (?:of |is |at )?`, N)
const PROTECT = pattern(
  JOINT,
  String.raw`\b(?:protect|protecting|exempt|exempting) (?:all )?(?:the )?high(?: risk)?(?: tier)?(?: (?:wards`,
  String.raw`|areas))?(?![a-z])`,
)
const PROTECT_BY = pattern(
  JOINT,
  String.raw`\b(?:protect|protecting|exempt|exempting) (?:all )?(?:the )?`,
  String.raw`(wards (?:with|where|whose|that have|having|wey get) [^,;?!]{3,120})`,
)
const BECAUSE = String.raw`(?: ward)? (?:because of|because|due to|since) ([^,;.?!]{2,300})`
const OUT = pattern(
  JOINT,
  String.raw`\b(?:leave out|leaving out|exclude|excluding|skip|skipping|without|except|drop) ([^,;.?!]{2,80}?)`,
  BECAUSE,
)
const IN = pattern(JOINT, String.raw`\b(?:include|including|serve|keep) ([^,;.?!]{2,80}?)(?: anyway)?`, BECAUSE)
const PER_NET = pattern(
  JOINT,
  String.raw`(?:use |using |at )?\b(?:one|1|a) (?:bed ?)?net (?:for every|for each|for|per|to) `,
  N,
  String.raw` (?:people|persons)\b`,
)
const PEOPLE_EACH = pattern(
  JOINT,
  String.raw`(?:use |using |at )?`,
  N,
  String.raw` (?:people|persons) (?:per|for each|for every|to a|to each|a) net\b`,
)
const SOURCE = pattern(JOINT, String.raw`\(?\bsource(?: is|:)? ([^,;?!)]{2,300})\)?`)
const BALES = pattern(JOINT, String.raw`(?:in )?\bbales of `, N)
const WORDS = /\b(?:reserve|reserving|buffer|contingency|protect|protecting|exempt|exempting|anc|epi|bales)\b/i

/**
 * Takes the rules of a programme out of a message about a plan: reserve, buffer, protected wards, exceptions with their
 * reason, people per net, bales. A word of such a rule that is not understood is asked about. Null if there is none.
 */
export function rulesIn({ message, names }: Reading, outline: Outline): FoundRules | Meaning | null {
  const { plan } = outline
  const taken = new Taker(message, names)
  const source = taken.text(SOURCE)?.[0]?.trim()
  const exceptions = [...taken.exceptions(OUT, false), ...taken.exceptions(IN, true)]
  const reserve = taken.number(HELD) ?? taken.number(IN_RESERVE) ?? taken.number(RESERVED)
  const buffer = taken.number(HELD_BUFFER) ?? taken.number(BUFFER) ?? taken.number(BUFFER_OF)
  const perNet = taken.number(PER_NET) ?? taken.number(PEOPLE_EACH)
  const bales = taken.number(BALES)
  const byColumn = protectedBy(taken.text(PROTECT_BY)?.[0], names, outline)
  if (byColumn !== null && 'kind' in byColumn) return byColumn
  const protects = taken.text(PROTECT) !== null
  const { rest } = taken
  const [stray] = WORDS.exec(rest) ?? []
  if (stray !== undefined) return askAboutRule(stray)
  if (rest === message) return null
  if (buffer !== null && !buffer.isPercent)
    return ask('A buffer is a percentage of the stock. How many percent is it?', ['A buffer of 5 %'])
  if (bales !== null && ![40, 50, 100].includes(bales.value)) return ask('Bales have 40, 50 or 100 nets. Which ones?')
  const isOther = perNet !== null && perNet.value !== 1.8
  if (perNet !== null && !isTaken('peoplePerNet', perNet.value))
    return ask(`People per net must be ${PLAN_NUMBERS.peoplePerNet.title}. Which figure do you mean?`)
  if (isOther && source === undefined)
    return ask(
      `One net for ${String(perNet.value)} people is another figure than the usual 1.8, and every export says where it ` +
        'is from. Say it with its source.',
      [`Use one net for ${String(perNet.value)} people, source: guideline of our programme`],
    )
  // What was excepted before stays.
  const before = exceptions.length === 0 ? [] : (plan?.options.exceptions ?? [])
  return {
    rest,
    rules: {
      ...(reserve !== null && {
        reserve: reserve.isPercent ? { percent: reserve.value } : { nets: Math.round(reserve.value) },
      }),
      ...(buffer !== null && { bufferPercent: buffer.value }),
      ...((protects || byColumn !== null) && { protect: { ...(protects && { tierHigh: true }), ...byColumn } }),
      ...(exceptions.length > 0 && {
        exceptions: [...before.filter(({ ward }) => !exceptions.some((each) => each.ward === ward)), ...exceptions],
      }),
      ...(perNet !== null && { peoplePerNet: perNet.value }),
      ...(isOther && source !== undefined && { peoplePerNetSource: source }),
      ...(bales !== null && { baleSize: bales.value as 40 | 50 | 100 }),
    },
  }
}

/** `Protect wards with TPR of at least 45`: a column and the least value that is protected. */
function protectedBy(
  clause: string | undefined,
  names: Names,
  outline: Outline,
): Pick<Protect, 'column' | 'from'> | Meaning | null {
  if (clause === undefined) return null
  const read = readDraft(readQuestion(clause, names), outline)
  const [condition, another] = read === null || read.unused.length > 0 ? [] : conditionsOf(read.asking)
  const { column = '', op, value, or, of } = condition ?? {}
  const isWhole = another === undefined && or === undefined && of === undefined && typeof value === 'number'
  const question = read?.asking.draft.question ?? null
  if (question !== null) return question
  if (isWhole && op === '>=') return { column, from: value }
  return ask(
    `A plan can protect the wards of the High tier, and those with at least a value of one column. It cannot protect ` +
      `"${clause}".`,
    isWhole && op === '>' ? [`Protect wards with ${column} of at least ${String(value)} in the plan`] : [],
  )
}

function askAboutRule(stray: string): Meaning {
  return ask(
    `I am not sure what "${stray}" says of the plan, and I do not leave a rule out. I know a reserve ("keep 10,000 for ` +
      'ANC"), a buffer ("a 5 % buffer"), protection ("protect the High wards", "protect wards with rainfall of at least 900"), bales ("in bales of 50") and ' +
      'exceptions with a reason ("leave out Gwale because of the floods"). Could you say it so?',
  )
}

/** Takes what patterns find out of a message. */
class Taker {
  rest: string
  readonly #names: Names

  constructor(message: string, names: Names) {
    this.rest = message
    this.#names = names
  }

  /** The groups of the first place that fits; null if none does. */
  text(rule: RegExp): readonly string[] | null {
    const found = new RegExp(rule.source, 'i').exec(this.rest)
    if (found === null) return null
    this.#cut(found)
    return found.slice(1)
  }

  number(rule: RegExp): { readonly value: number; readonly isPercent: boolean } | null {
    const found = new RegExp(rule.source, 'i').exec(this.rest)
    const [figure] = readQuestion(found?.[1] ?? '', this.#names).figures
    if (found === null || figure === undefined || figure.value === null) return null
    this.#cut(found)
    return { value: figure.value, isPercent: figure.isPercent }
  }

  /** The one ward that is in or out, with the reason. Anything else stays in the message. */
  exceptions(rule: RegExp, isIn: boolean): NonNullable<SaidRules['exceptions']> {
    const found = new RegExp(rule.source, 'i').exec(this.rest)
    const [, name = '', reason = ''] = found ?? []
    const { mentions, words } = readQuestion(name, this.#names)
    const [mention, another] = mentions
    const [ward, other] = mention?.wards ?? []
    const isWhole = mention?.from === 0 && mention.to === words.length - 1
    if (found === null || ward === undefined || other !== undefined || another !== undefined || !isWhole) return []
    this.#cut(found)
    return [{ ward, in: isIn, reason: reason.trim() }]
  }

  #cut(found: RegExpExecArray): void {
    const [said] = found
    this.rest = `${this.rest.slice(0, found.index)} ${this.rest.slice(found.index + said.length)}`
      .replace(/\s{2,}/g, ' ')
      .trim()
  }
}
