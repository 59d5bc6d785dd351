import type { Outline } from '../outline.ts'
import type { InputOf } from '../tools.ts'
import { rulesIn } from './plan-rules-in.ts'
import { scopeIn } from './plan-scope-in.ts'
import { readQuestion, speaksOf } from './reading.ts'
import type { Reading } from './reading.ts'
import { ask, call, written } from './replies.ts'
import type { Meaning } from './replies.ts'
import { pattern, wordSet } from './words.ts'

type Changes = InputOf<'change_plan'>

/** Words that are left when a message gives nothing but rules. */
const AROUND: ReadonlySet<string> = wordSet(
  'and but now please ok then also with use make it the a plan nets what if we i you can could also ' +
    'same do so let us ' +
    'of in for only just',
)
/** Half of the wards is not half of the nets. */
const HALF_OF_WARDS = /\b(?:half|most|some) (?:of )?(?:the )?(?:wards|lgas|areas)\b/
/** How nets are to be divided that no rule of a plan does. */
const OTHER_WAYS = pattern(
  String.raw`\b(?:the same number|same amount|equal|equally|evenly|in proportion|proportional|proportionally|pro rata|`,
  String.raw`rounds?|phases?|twice a|starting with|starting from|beginning with|first the|last year|already got|`,
  String.raw`already received)\b`,
)

/**
 * An order about a plan that gives rules of a programme or conditions on numbers. What is left without them is read as
 * any order about a plan. Null if the message gives none.
 * @param understand the order without its rules
 */
export function ruledPlan(
  reading: Reading,
  outline: Outline,
  isAfterPlan: boolean,
  understand: (rest: Reading) => Meaning | null,
): Meaning | null {
  if (outline.dataset === null || (!isAfterPlan && !isOfPlan(reading)) || isQuestion(reading)) return null
  const [half] = HALF_OF_WARDS.exec(reading.plain) ?? []
  if (half !== undefined)
    return ask(
      `A plan serves wards in the order of the ranking, and knows no rule for "${half}". Which wards are meant?`,
    )
  const rules = rulesIn(reading, outline)
  if (rules !== null && 'kind' in rules) return rules
  const ruled = rules === null ? reading : readQuestion(rules.rest, reading.names)
  const scope = scopeIn(ruled, outline)
  if (scope !== null && 'kind' in scope) return scope
  if (rules === null && scope === null) return null
  const rest = scope === null ? ruled : readQuestion(scope.rest, reading.names)
  const more: Changes = {
    ...rules?.rules,
    ...(scope !== null && { where: [...scope.where] }),
  }
  if (rest.words.every(({ text }) => AROUND.has(text)))
    return outline.plan === null
      ? ask('There is no net plan yet. How many nets are there to hand out? Say for example "plan 200,000 nets".')
      : call({ tool: 'change_plan', input: more })
  const meaning = understand(rest)
  if (meaning?.kind !== 'call') return meaning ?? askAboutRest(rest)
  if (meaning.call.tool === 'plan_nets')
    return call({ tool: 'plan_nets', input: { ...meaning.call.input, ...joined(meaning.call.input, more) } })
  if (meaning.call.tool === 'change_plan')
    return call({ tool: 'change_plan', input: { ...meaning.call.input, ...joined(meaning.call.input, more) } })
  return askAboutRest(rest)
}

/** Asks about a way to divide nets that no plan knows, and about a column beside an order. Null if there is none. */
export function askAboutWay(meaning: Meaning | null, reading: Reading): Meaning | null {
  const { plain, mentions } = reading
  if (meaning?.kind !== 'call') return meaning
  if (meaning.call.tool !== 'plan_nets' && meaning.call.tool !== 'change_plan') return meaning
  const [way] = OTHER_WAYS.exec(plain) ?? []
  if (way !== undefined)
    return ask(
      `A plan serves whole wards in one order, by the ranking, and knows no rule for "${way}". Shall I plan without it?`,
    )
  const named = mentions.find(({ columns }) => columns.length > 0)
  const isUsed = JSON.stringify(meaning.call.input).includes('olumn')
  if (named === undefined || isUsed) return meaning
  return ask(
    `I am not sure what "${written(reading, named.from, named.to)}" says of the plan. Wards are served by the ranking; ` +
      'a plan can be for wards by a column, such as "for wards with rainfall above 800".',
  )
}

function joined(own: Changes, more: Changes): Changes {
  const where = [...(own.where ?? []), ...(more.where ?? [])]
  return { ...more, ...(where.length > 0 && { where }) }
}

function isOfPlan(reading: Reading): boolean {
  return speaksOf(reading, 'nets', 'planning') || reading.plain.includes(' plan ')
}

/**
 * Questions are for other rules: `which wards with TPR above 45 get nets?`, `total nets for wards with TPR over
 * 50`.
 */
function isQuestion({ words }: Reading): boolean {
  return pattern(
    String.raw`^(?:how|which|who|why|where|is|are|does|do|did|explain|list|show|total|sum|mean|average|median|number|`,
    String.raw`count|compare|share|percentage)$`,
  ).test(words.find(({ text }) => !/^(?:so|and|but|then|please|ok)$/.test(text))?.text ?? '')
}

function askAboutRest({ message }: Reading): Meaning {
  return ask(`I am not sure what "${message.slice(0, 200)}" means beside these rules. Could you say it in another way?`)
}
