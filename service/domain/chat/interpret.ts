import type { Outline } from './outline.ts'
import { Account } from './question/account/account.ts'
import { analysed } from './question/analysis-request.ts'
import { described } from './question/column-request.ts'
import { askedOfBoundaries } from './question/boundary-request.ts'
import { askedOfOneWard } from './question/certainty-request.ts'
import { askAboutGap } from './question/gap-request.ts'
import { changedByHand, notCounted } from './question/by-hand-request.ts'
import { cleaned } from './question/clean-request.ts'
import { declined } from './question/decline.ts'
import { converse } from './question/converse.ts'
import { askNeedByCondition, enoughFor } from './question/enough-request.ts'
import { askedOfDifference } from './question/difference-request.ts'
import { exported } from './question/export-request.ts'
import { aboutFile } from './question/file-request.ts'
import { casesOfMalaria, scoreOfCases, toldApart } from './question/meaning-request.ts'
import { joinedChanges } from './question/joined-changes.ts'
import { returned } from './question/return-to-stock.ts'
import { followedUp, goesOn, severalAtOnce } from './question/conversation.ts'
import { changedPlan } from './question/plan-change-request.ts'
import { factOfPlan } from './question/plan-fact-request.ts'
import { premised } from './question/premise-request.ts'
import { withoutClaim } from './remembered.ts'
import type { PlanCall, Remembered } from './remembered.ts'
import { judged } from './question/policy-request.ts'
import { elsewhere, leavesOut } from './question/place-request.ts'
import { mapped } from './question/map-request.ts'
import { ranked } from './question/ranking-request.ts'
import { aboutWards } from './question/ward-request.ts'
import { isBareNumber, planned } from './question/plan-request.ts'
import { askAboutWay, ruledPlan } from './question/ruled-plan-request.ts'
import { hasPhrase, namesFor, readQuestion, speaksOf } from './question/reading.ts'
import type { Reading } from './question/reading.ts'
import { ask, askForData, call, whatCanBeAsked } from './question/replies.ts'
import type { Meaning } from './question/replies.ts'
import { drops } from './question/query/drops.ts'
import { sayCall } from './question/query/say-query.ts'
import { queried } from './question/query/query-request.ts'
import { possible, whichPopulation } from './question/possible.ts'
import { explained } from './question/topic-request.ts'
import { overTime } from './question/trend-request.ts'
import { rewordedByData } from './question/rewording/by-data.ts'
import { withoutFraming } from './question/rewording/framing.ts'
import { inUsualTurns } from './question/rewording/usual-turns.ts'
import { knowingSession } from './question/rewording/knowing-session.ts'
import { withoutReplaced } from './question/rewording/replaced-number.ts'
import { reworded, rewordedAfterPlan } from './question/rewording/reword.ts'
import { spelledOut } from './question/spell-out.ts'
import { withWardsOfOneName } from './question/wards-of-one-name.ts'
import { weighed } from './question/weight-request.ts'
import { wordsOf } from './question/words.ts'
import type { ToolCall, ToolName } from './tools.ts'

/** An earlier turn of the same conversation: what was asked, and the call that followed; null if there was none. */
export interface PreviousTurn {
  readonly message: string
  readonly call: ToolCall | null
  /** What the next message may refer to. A turn that an earlier release stored has none. */
  readonly remembered?: Remembered
}

const LONGEST_MESSAGE = 4_000
const MOST_WORDS = 400

/**
 * Turns a message into one typed call, by rules alone, or asks back. Names come from the outline and numbers from the
 * message. Neither is ever guessed. `previous` holds the turns of the conversation, oldest first. The last one counts
 * most.
 */
export function interpret(message: string, outline: Outline, previous: readonly PreviousTurn[] = []): Meaning {
  if (!isReadable(message))
    return ask(
      `That is too long to read: up to ${LONGEST_MESSAGE.toLocaleString('en')} characters and ` +
        `${String(MOST_WORDS)} words at once. What is the question in short?`,
      whatCanBeAsked(outline),
    )
  return converse(rewordedByData(tidied(message), outline), outline, previous.at(-1)?.remembered, (alone) =>
    interpretAlone(withSessionsOwn(alone, outline), outline, previous),
  )
}

/** A message as it is read: spaced once, with its short forms written out and nothing around its question. */
function tidied(message: string): string {
  return inUsualTurns(withoutFraming(reworded(spelledOut(spacedOnce(message)))))
}

/** A message by itself, with what it says of the session's own plan, analysis and wards as the rules read it. */
function withSessionsOwn(alone: string, outline: Outline): string {
  const named = withWardsOfOneName(knowingSession(alone, outline), outline)
  return outline.plan === null ? named : rewordedAfterPlan(withoutReplaced(named, outline))
}

/** The same text with one space or line break between words: a pattern may try every split of a long run of them. */
function spacedOnce(message: string): string {
  return message.replace(/\s{2,}/g, (run) => (run.includes('\n') ? '\n' : ' '))
}

/** The meaning of a message that refers to nothing but the call or the question before it. */
function interpretAlone(message: string, outline: Outline, previous: readonly PreviousTurn[]): Meaning {
  const turn = previous.at(-1)
  const last = turn && { ...turn, call: turn.call && withoutClaim(turn.call) }
  const open = last?.call === null && isReadable(last.message) ? tidied(last.message) : null
  const names = namesFor(open === null ? [message] : [message, open], outline)
  const reading = readQuestion(message, names)
  const answered =
    open !== null && isBareNumber(reading) && asksForStock(readQuestion(open, names))
      ? `${open}, ${message.trim()} nets`
      : null
  const back =
    outline.plan === null
      ? null
      : returned(
          reading,
          previous.map((each) => each.call),
        )
  if (back !== null) return possible(back, outline)
  return answered === null || !isReadable(answered)
    ? meaningAmong(reading, outline, last)
    : meaningAmong(readQuestion(answered, names), outline, undefined)
}

/** Whether a message is short enough to be read. Of a longer one, only the length is looked at. */
function isReadable(message: string): boolean {
  return message.length <= LONGEST_MESSAGE && wordsOf(message).length <= MOST_WORDS
}

/** The meaning of a message that may give two orders. */
function meaningAmong(reading: Reading, outline: Outline, last: PreviousTurn | undefined): Meaning {
  const parts = severalAtOnce(reading)
  if (parts.length > 1 && queried(reading, outline).complete === null) {
    const tools = new Set<ToolName>()
    const areCalls = parts.every((part) => {
      const meaning = meaningOf(readQuestion(part, reading.names), outline, undefined)
      return meaning.kind === 'call' && tools.add(meaning.call.tool)
    })
    if (areCalls && tools.size > 1) return ask('That is more than one thing. Which one first?', parts)
  }
  return possible(meaningOf(reading, outline, last), outline)
}

/**
 * The first rule that recognises the message decides. Rules with more specific words come first. A call that leaves a
 * part of the message out is not made: another rule may understand the whole, and else the part is asked about.
 */
function meaningOf(
  reading: Reading,
  outline: Outline,
  last: PreviousTurn | undefined,
  account: Account = new Account(reading, (message) => understoodAgain(message, reading, outline, last)),
  isOption = false,
): Meaning {
  const lastCall = last?.call ?? null
  const follows = isFollowUp(reading)
  const lastPlan = last?.remembered?.plan ?? planCallOf(lastCall)
  const isAfterPlan =
    lastPlan !== null && (follows || (speaksOf(reading, 'threshold', 'household') && reading.words.length <= 12))
  const figures = queried(reading, outline)
  const whole = (meaning: Meaning | null): Meaning | null => account.whole(meaning)
  const kept = (meaning: Meaning | null): Meaning | null =>
    meaning?.kind === 'call' && figures.read !== null && drops(meaning.call, figures.read) ? null : meaning
  const orderOfPlan = (order: Reading, now = outline): Meaning | null => {
    const rest = new Account(order)
    const meaning = changedPlan(order, now, lastPlan) ?? planned(order, now, isAfterPlan)
    return rest.whole(askAboutWay(meaning, order)) ?? rest.question()
  }
  const special =
    whole(cleaned(reading, outline)) ??
    askAboutGap(reading) ??
    askedOfOneWard(reading, outline) ??
    askedOfBoundaries(reading, outline) ??
    declined(reading) ??
    changedByHand(reading) ??
    askedOfDifference(reading) ??
    notCounted(reading, outline.dataset?.columns.map(({ name }) => name) ?? []) ??
    aboutFile(reading, outline) ??
    scoreOfCases(reading) ??
    casesOfMalaria(reading) ??
    enoughFor(reading, outline) ??
    whole(judged(reading)) ??
    whole(overTime(reading, outline)) ??
    whole(premised(reading, outline)) ??
    (lastPlan === null ? null : joinedChanges(reading, outline, orderOfPlan)) ??
    ruledPlan(reading, outline, lastPlan !== null, orderOfPlan) ??
    whole(factOfPlan(reading, outline, lastPlan, lastCall)) ??
    whole(askAboutWay(changedPlan(reading, outline, lastPlan), reading)) ??
    whole(exported(reading)) ??
    (follows && lastCall !== null ? account.whole(kept(followedUp(reading, lastCall, outline)), goesOn) : null) ??
    askOfPlanOrList(reading, figures.complete, lastCall) ??
    figures.complete ??
    leavesOut(reading) ??
    withoutPopulation(planned(reading, outline, isAfterPlan), outline) ??
    whole(askAboutWay(planned(reading, outline, isAfterPlan), reading)) ??
    weighed(reading, outline)
  if (special !== null) return special
  const usual = whole(
    kept(
      compared(reading) ??
        filledIn(reading) ??
        explained(reading) ??
        aboutWards(reading, outline) ??
        mapped(reading, outline) ??
        checked(reading) ??
        analysed(reading, outline, lastCall?.tool === 'run_analysis' ? lastCall.input : null) ??
        summarised(reading) ??
        elsewhere(reading, outline) ??
        described(reading) ??
        ranked(reading, outline) ??
        told(reading),
    ),
  )
  if (usual !== null && usual.kind !== 'clarify') return usual
  // An option that asks back again is not offered, so its own options are not looked for: that would not end soon.
  if (isOption) return account.question() ?? usual ?? lost(outline)
  const apart = toldApart(reading, (message) => understoodAgain(message, reading, outline, last))
  if (apart !== null) return apart
  const byItself = (message: string): Meaning =>
    understoodAgain(message, { ...reading, names: namesFor([message], outline) }, outline, last)
  return askNeedByCondition(reading, outline) ?? figures.open(byItself) ?? account.question() ?? usual ?? lost(outline)
}

/** Which column counts people, where an order to plan nets cannot be carried out without one. */
function withoutPopulation(order: Meaning | null, outline: Outline): Meaning | null {
  return order?.kind === 'call' && outline.analysis !== null ? whichPopulation(order.call, outline) : null
}

/** `Only urban wards` after a plan may be wards to plan for, or wards to list. */
function askOfPlanOrList({ plain }: Reading, complete: Meaning | null, lastCall: ToolCall | null): Meaning | null {
  if (complete?.kind !== 'call' || complete.call.tool !== 'query_wards' || planCallOf(lastCall) === null) return null
  if (!/^ (?:(?:and|now|but) )*(?:only|just) /.test(plain) || complete.call.input.measures !== undefined) return null
  const said = sayCall(complete.call)
  return ask(
    'A plan can be for wards by LGA, name or tier, or by the numbers of a column, such as "plan for wards with ' +
      'rainfall above 800". Do you mean a list of these wards?',
    said === null ? [] : [said],
  )
}

/** What a part of a message means; of a part that it leaves out, nothing is offered. */
function understoodAgain(
  message: string,
  { names }: Reading,
  outline: Outline,
  last: PreviousTurn | undefined,
): Meaning {
  const reading = readQuestion(message, names)
  return meaningOf(reading, outline, last, new Account(reading), true)
}

function lost(outline: Outline): Meaning {
  return outline.dataset === null
    ? askForData(outline)
    : ask('I am not sure what you would like to know. I can do these, for example:', whatCanBeAsked(outline))
}

/** The last call if it made a plan: a turn of an earlier release remembers nothing else. */
function planCallOf(call: ToolCall | null): PlanCall | null {
  return call?.tool === 'plan_nets' || call?.tool === 'change_plan' ? call : null
}

/** Answers whether the two rankings agree, and what the difference between them is. */
function compared(reading: Reading): Meaning | null {
  const isBoth =
    speaksOf(reading, 'pca') &&
    (speaksOf(reading, 'composite', 'compare') || hasPhrase(reading, 'two rankings', 'both rankings'))
  const isOfMethod =
    / (?:difference|differences|differ|different) /.test(reading.plain) && speaksOf(reading, 'composite')
  if (isBoth && isOfMethod)
    return {
      kind: 'calls',
      calls: [
        { tool: 'explain_method', input: { topic: 'composite-score' } },
        { tool: 'explain_method', input: { topic: 'pca' } },
        { tool: 'compare_rankings', input: {} },
      ],
    }
  const isAgreement = speaksOf(reading, 'agree') && speaksOf(reading, 'pca', 'composite', 'rank')
  return isAgreement || (isBoth && speaksOf(reading, 'agree', 'compare'))
    ? call({ tool: 'compare_rankings', input: {} })
    : null
}

/** What was filled in, in these data. How gaps are filled is a question of the method. */
function filledIn(reading: Reading): Meaning | null {
  return /\b(?:did you|have you|were|was|how many|which) .*\b(?:fill|filled|impute|imputed)\b/.test(reading.plain)
    ? call({ tool: 'check_quality', input: {} })
    : null
}

function checked(reading: Reading): Meaning | null {
  const isOfJoin =
    /\b(?:match|matched|matches|fit|fits|join|joined)\b/.test(reading.plain) &&
    hasPhrase(reading, 'boundary', 'boundaries', 'shapefile', 'shape file')
  return speaksOf(reading, 'quality') || isOfJoin ? call({ tool: 'check_quality', input: {} }) : null
}

function summarised(reading: Reading): Meaning | null {
  const isNamed = reading.mentions.some(({ lgas }) => lgas.length > 0)
  return (speaksOf(reading, 'lga') ||
    hasPhrase(reading, 'local government', 'local governments', 'local government area', 'local government areas')) &&
    !isNamed &&
    reading.figures.length === 0 &&
    reading.unknown.length === 0
    ? call({ tool: 'summarise_lgas', input: {} })
    : null
}

function told(reading: Reading): Meaning | null {
  return speaksOf(reading, 'data') ||
    hasPhrase(
      reading,
      'how many wards',
      'describe',
      'do i have',
      'do we have',
      'do you have',
      'have i got',
      'have we got',
    )
    ? call({ tool: 'describe_data', input: {} })
    : null
}

function isFollowUp({ words }: Reading): boolean {
  const [first, second] = words.map(({ text }) => text)
  return (
    words.length <= 12 &&
    ([
      'and',
      'now',
      'also',
      'same',
      'then',
      'with',
      'use',
      'ok',
      'but',
      'instead',
      'only',
      'just',
      'by',
      'per',
      'plot',
      'chart',
      'graph',
      'draw',
    ].includes(first ?? '') ||
      (first === 'the' && words.length <= 3) ||
      ((first === 'what' || first === 'how') && second === 'about') ||
      (['make', 'set', 'change'].includes(first ?? '') && ['it', 'that'].includes(second ?? '')))
  )
}

/** Whether an earlier message asked for a plan without its stock, and so led to no call. */
function asksForStock(reading: Reading): boolean {
  return speaksOf(reading, 'planning') || (speaksOf(reading, 'plan') && speaksOf(reading, 'nets'))
}
