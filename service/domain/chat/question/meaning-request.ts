import type { ToolCall } from '../tools.ts'
import type { Reading } from './reading.ts'
import { call } from './replies.ts'
import type { Meaning } from './replies.ts'
import { pattern } from './words.ts'

/** `Does a high score mean that a ward has more malaria cases?` */
const COUNTS_CASES = pattern(
  String.raw`^ (?:so |and |but )*(?:does|do|is|would|can|should|if) (?:a |an |the |that |this |having a )?(?:higher |`,
  String.raw`highest |high |lower |low |bigger |big |top |great )?`,
  String.raw`(?:risk |composite )?(?:scores?|ranks?|ranking|tiers?)(?: (?:like|of) (?:this|[\d.]+))? (?:of a ward `,
  String.raw`)?(?:really |actually |necessarily |also )?`,
  String.raw`(?:mean|means|say|says|tell|tells|show|shows|imply|implies|equal|same|a count|the number|measure|`,
  String.raw`count)\b.{0,80}`,
  String.raw`\b(?:cases?|malaria|sick|infected|infections?|patients|prevalence|incidence)\b`,
)
/** `How many people have malaria?` */
const ASKS_FOR_CASES = pattern(
  String.raw`\bhow many (?:people|persons|children|patients|pipo|pikin|residents|women|men)(?: (?:[a-z]+|·)){0,4}? `,
  String.raw`(?:have|has|had|get|got|catch|suffer|suffered|suffering|sick|ill|infected|carry|with|down)\b`,
  String.raw`(?: (?:[a-z]+|·)){0,3}? malaria\b|\bhow many (?:malaria cases|cases of malaria|malaria patients|malaria `,
  String.raw`infections)\b`,
)
const NO_CASES =
  'No column is known to count cases of malaria, and I do not estimate them. I can rank wards, show the values of ' +
  'the columns that there are, and plan nets.'
/** Two things that are told apart, each asked for by itself. */
const TOLD_APART: readonly RegExp[] = [
  pattern(
    String.raw`^(?:what is|whats|what's|define|explain|wetin be) ([^,;.?!:]{2,40}?) ?[?,;.]? ?(?:and |abi )?(?:how |`,
    String.raw`is |does |do )*(?:it |e |that |this )(?:is |dey |be |does |also )*`,
    String.raw`(?:different|differ|differs|the same|same|not the same)(?: thing)? (?:from|as|with|to) `,
    String.raw`([^,;.?!:]{2,40}?) ?[?.]*$`,
  ),
  pattern(
    String.raw`^(?:what is |whats |explain |tell me )?(?:the )?difference(?:s)? between ([^,;.?!:]{2,40}?) and `,
    String.raw`([^,;.?!:]{2,40}?) ?[?.]*$`,
  ),
  pattern(
    String.raw`^how (?:is|are|does|do) ([^,;.?!:]{2,40}?) (?:different|differ|unlike)(?: from)? ([^,;.?!:]{2,40}?) `,
    String.raw`?[?.]*$`,
  ),
]
const TEXTS: ReadonlySet<string> = new Set<ToolCall['tool']>([
  'describe_variable',
  'answer_knowledge',
  'explain_method',
])

/** What a question for cases of malaria gets where it names no column. */
export function casesOfMalaria({ plain, mentions }: Reading): Meaning | null {
  return ASKS_FOR_CASES.test(plain) && mentions.every(({ columns }) => columns.length === 0)
    ? { kind: 'decline', reason: NO_CASES }
    : null
}

/** What a score says of cases of malaria: it counts none. */
export function scoreOfCases({ plain, mentions }: Reading): Meaning | null {
  return COUNTS_CASES.test(plain) && mentions.every(({ wards, lgas }) => wards.length + lgas.length === 0)
    ? call({ tool: 'explain_method', input: { topic: 'composite-score' } })
    : null
}

/**
 * `What is PfPR, and is it different from TPR?`: what each of the two is.
 * @param understand what a part means by itself
 */
export function toldApart({ message }: Reading, understand: (message: string) => Meaning): Meaning | null {
  for (const way of TOLD_APART) {
    const [, one, other] = new RegExp(way.source, 'iu').exec(message) ?? []
    if (one === undefined || other === undefined) continue
    const calls = [one, other].flatMap((name) => {
      const meaning = understand(`what is ${name.replace(/^(?:the|a|an) /i, '')}`)
      return meaning.kind === 'call' && TEXTS.has(meaning.call.tool) ? meaning.call : []
    })
    if (calls.length === 2) return { kind: 'calls', calls }
  }
  return null
}
