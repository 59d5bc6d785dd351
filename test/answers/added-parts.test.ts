import { isDeepStrictEqual } from 'node:util'
import t from 'tap'
import { interpret } from '../../service/domain/chat/interpret.ts'
import type { ToolCall } from '../../service/domain/chat/tools.ts'
import fc from '../support/properties.ts'
import { sample } from './data-sets.ts'
import { judge, type Question } from './judge.ts'
import { questionList } from './question-list.ts'
import { questionsAsTyped } from './questions-as-typed.ts'
import { questionsOfGroups } from './questions-of-groups.ts'
import { questionsOfSample } from './questions-of-sample.ts'
import * as is from './truth.ts'
import type { Ward } from './truth.ts'

/** Parts that nothing in the data can answer: a call beside one of them leaves it out. */
const UNANSWERABLE = [
  'in Atlantis LGA',
  'in Ikeja',
  'last year',
  'since January',
  'before March',
  'for children under five',
  'per square kilometre',
  'near the river',
  'with schools',
  'in the north',
  'with zorbs above 30',
  'that border each other',
  'every month',
  'excluding hospitals',
  'compared to last year',
  'without electricity',
  'by ethnicity',
  'and the poverty rate',
  'adjusted for age',
  'in dollars',
  'of the previous campaign',
  'compared to Lagos',
  'unless flooded',
  'in neighbouring wards',
] as const
/** Conditions on the data: a call that stays as it was leaves one of them out. */
const CONDITIONS = [
  'with elevation above 473.21',
  'but not those with elevation under 461.37',
  'with missing elevation',
  'with above average elevation',
  'where elevation is not above 488.13',
] as const

/** The calls that a message leads to; none if it is asked back or refused. */
function callsOf(
  message: string,
  { outline }: Awaited<ReturnType<typeof sample>>['conversation'],
): readonly ToolCall[] {
  const meaning = interpret(message, outline)
  return meaning.kind === 'call' ? [meaning.call] : meaning.kind === 'calls' ? meaning.calls : []
}

/** The question with a part before the mark at its end. */
function withPart(message: string, part: string): string {
  const stem = message.replace(/[\s?.!]{1,9}$/, '')
  return `${stem} ${part}${message.slice(stem.length)}`
}

t.test('a part that is added to a question changes the call or is asked about', async (t) => {
  const { conversation, wards } = await sample()
  const messages = [...questionsOfSample(wards), ...questionsAsTyped(wards), ...questionsOfGroups(wards)]
    .filter(({ before }) => before === undefined)
    .map(({ message }) => message)
    .filter((message) => callsOf(message, conversation).length > 0)
  t.ok(messages.length >= 150, 'there are enough questions')
  const told = { pairs: 0, changed: 0 }
  const dropped = new Set<string>()
  fc.assert(
    fc.property(fc.constantFrom(...messages), fc.constantFrom(...UNANSWERABLE, ...CONDITIONS), (message, part) => {
      const calls = callsOf(withPart(message, part), conversation)
      told.pairs += 1
      if (calls.length > 0) told.changed += 1
      const isUnanswerable = UNANSWERABLE.some((each) => each === part)
      const isDropped = isUnanswerable ? calls.length > 0 : isDeepStrictEqual(calls, callsOf(message, conversation))
      if (isDropped) dropped.add(withPart(message, part))
    }),
    { numRuns: 1_500 },
  )
  t.comment(
    `${String(told.pairs)} questions with a part more: ${String(told.changed)} have another call, ` +
      `${String(told.pairs - told.changed)} are asked back, ${String(dropped.size)} leave it out`,
  )
  t.ok(told.changed > 100, 'conditions on the data are answered')
  t.strictSame([...dropped], [])
})

/** Questions of which a word was once passed over, or taken for another. */
function questionsOnce(all: readonly Ward[]): readonly Question[] {
  const { found, figures, rows, groups, asks } = questionList()
  const bakoro = is.inLga(all, 'Bakoro')
  const others = all.filter((ward) => !bakoro.includes(ward))
  rows('not', 'all wards but those in Bakoro', others)
  rows('not', 'all wards but Bakoro', others)
  rows('list', 'population per ward in Bakoro', bakoro)
  rows('list', 'TPR of each ward in Bakoro', bakoro)
  groups(
    'compare',
    'who has the most people, Bakoro or Dumawa?',
    is.groups(
      is.inLga(all, 'Bakoro', 'Dumawa'),
      ({ lga }) => lga,
      (wards) => is.sum(wards, 'population'),
    ),
  )
  figures(
    'compare',
    'rainfall in Bakoro compared with the whole state',
    is.mean(bakoro, 'mean_rainfall_mm'),
    is.mean(all, 'mean_rainfall_mm'),
  )
  asks('TPR of Tudun Kuka compared to the other states', /other/)
  asks('wards with more than 2 clinics', /says how far/)
  asks('wards without clinics', /says how far/)
  asks('how many clinics are in Bakoro', /says how far/)
  asks('do most wards have TPR over 30?', /most/)
  asks('do most people live in urban wards?', /most people/)
  asks('how many wards are in the plan', /in the plan/)
  asks('how many own wards in Bakoro', /own/)
  asks('download the High wards as csv', /High/)
  asks('how many nets do wards that are not High need?', /not/)
  asks('wards in Lagos state', /Lagos/)
  asks('total for Bakoro', /total of which column/)
  asks('give me 15 wards', /15 wards: those at highest risk/)
  asks('what is the area of Tudun Kuka', /no column of areas/)
  asks('population of wards ranked below 50', /population of wards with rank at most 50/)
  return found
}

t.test('no word of these questions is passed over', async (t) => {
  const { conversation, wards } = await sample()
  for (const { message, expected } of questionsOnce(wards)) {
    const reply = conversation.again().say(message)
    t.equal(judge(reply, expected), 'right', `${message}: ${reply.text.slice(0, 200)}`)
  }
})

t.test('what of a plan is in and what is out is never mixed up', async (t) => {
  const { conversation } = await sample()
  const changes = (message: string): readonly unknown[] => {
    const talk = conversation.again()
    talk.say('plan 30,000 nets')
    return talk.say(message).calls
  }
  for (const message of [
    'leave everything but Bakoro out',
    'leave all LGAs except Bakoro out',
    'leave out everything but Bakoro',
    'leave Bakoro out, not Dumawa',
    'serve only Bakoro and not Dumawa',
    'put Bakoro in and leave Dumawa out',
    'serve Bakoro except High wards only',
    'add Bakoro but not Dumawa to the plan',
    'leave Bakoro out of the ranking',
    'If Bakoro is covered, leave it out',
    '5,000 nets were sold by another NGO in Bakoro',
    'set threshold to 20 instead of 5',
    'put in 1,000 more, not 30,000',
  ])
    t.strictSame(changes(message), [], message)
  const without = { column: 'lga', op: 'not in', value: ['Bakoro'] }
  for (const message of ['everything but Bakoro', 'leave Bakoro out', 'without Bakoro'])
    t.match(changes(message), [{ tool: 'change_plan', input: { where: [without] } }], message)
  t.match(changes('halve it and leave Bakoro out, and use households of 4'), [
    { input: { totalNets: 15_000, householdSize: 4, where: [without] } },
  ])
})

t.test('a question about a plan never changes it', async (t) => {
  const { conversation } = await sample()
  for (const message of [
    'list LGAs by nets received in 2019',
    'list LGAs by nets received per household',
    'nets for Tudun Kuka per household',
    'only wards that are rural',
    'give priority to rural wards',
    'only half of the wards',
  ]) {
    const talk = conversation.again()
    talk.say('plan 30,000 nets')
    const tools = talk.say(message).calls.map(({ tool }) => tool)
    t.notOk(tools.includes('change_plan') || tools.includes('plan_nets'), message)
  }
})
