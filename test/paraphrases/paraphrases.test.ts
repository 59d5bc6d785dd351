import t, { type Test } from 'tap'
import type { Conversation } from '../answers/ask.ts'
import { sample } from '../answers/data-sets.ts'
import { judge, type Question } from '../answers/judge.ts'
import { besideFourth } from './beside-fourth.ts'
import { firstOfSample } from './first-of-sample.ts'
import { firstBeforeRanking, firstOfCity, firstOfState } from './first-of-state.ts'
import { secondOfState } from './second-of-state.ts'
import { fifthBeforeRanking, fifthOfState } from './fifth-of-state.ts'
import { fifthOfCity, fifthOfTalks } from './fifth-of-talks.ts'
import { sixthOfState } from './sixth-of-state.ts'
import { fourthBeforeRanking, fourthOfState } from './fourth-of-state.ts'
import { fourthOfCity, fourthOfTalks } from './fourth-of-talks.ts'
import { sixthOfCity, sixthOfTalks } from './sixth-of-talks.ts'
import { kano, noStates, tamburi } from './state-data.ts'
import { thirdOfSample } from './third-of-sample.ts'

/** `declined` is a refusal where an answer was expected: it gives no figure, and is no right answer. */
type Verdict = 'right' | 'asked back' | 'declined' | 'not right'

function verdictOf(conversation: Conversation, { before, message, expected }: Question): Verdict {
  const talk = conversation.again()
  for (const first of [before ?? []].flat()) talk.say(first)
  const reply = talk.say(message)
  const verdict = judge(reply, expected)
  if (verdict === 'right') return verdict
  return reply.kind === 'answer' ? 'not right' : reply.kind === 'clarify' ? 'asked back' : 'declined'
}

/** A set of questions by its name, and the conversation in which each of them is asked. */
type QuestionSet = readonly [name: string, conversation: Conversation, questions: readonly Question[]]

/** Asks all questions of a data set, tells each set's verdicts, and holds that enough are right and none is wrong. */
function askAll(t: Test, sets: readonly QuestionSet[]): void {
  const verdicts = sets.flatMap(([name, conversation, questions]) => {
    const own = questions.map((question) => {
      const verdict = verdictOf(conversation, question)
      if (verdict !== 'right')
        t.comment(`${verdict}: ${[question.before ?? []].flat().join(' > ')} > ${question.message}`)
      return verdict
    })
    t.comment(`${name}: ${counts(own)}`)
    return own
  })
  t.comment(`all: ${counts(verdicts)}`)
  t.ok(countOf(verdicts, 'right') / verdicts.length >= 0.9)
  t.equal(countOf(verdicts, 'not right'), 0)
}

function countOf(verdicts: readonly Verdict[], wanted: Verdict): number {
  return verdicts.filter((verdict) => verdict === wanted).length
}

function counts(verdicts: readonly Verdict[]): string {
  const count = (wanted: Verdict): string => String(countOf(verdicts, wanted))
  return (
    `${count('right')} of ${String(verdicts.length)} right, ${count('asked back')} asked back, ` +
    `${count('declined')} declined, ${count('not right')} not right`
  )
}

t.test('paraphrases about the sample are answered right, and none of them wrongly', async (t) => {
  const { conversation, wards } = await sample()
  askAll(t, [
    ['set 1, about the sample', conversation, firstOfSample(wards)],
    ['set 3', conversation, thirdOfSample(wards)],
  ])
})

t.test(
  'paraphrases about a state and a city are answered right, and none of them wrongly',
  { skip: noStates },
  async (t) => {
    const [state, city] = await Promise.all([tamburi(), kano()])
    askAll(t, [
      ['set 2', state.ranked, secondOfState(state.wards)],
      ['set 1, before a ranking', state.fresh, firstBeforeRanking(state.wards)],
      ['set 1, about a state', state.ranked, firstOfState(state.wards)],
      ['set 1, about a city', city.ranked, firstOfCity()],
      ['set 4, before a ranking', state.fresh, fourthBeforeRanking(state.wards)],
      ['set 4, about a state', state.ranked, fourthOfState(state.wards)],
      ['set 4, lists and plans that go on', state.ranked, fourthOfTalks(state.wards)],
      ['set 4, about a city', city.ranked, fourthOfCity()],
      ['set 5, before a ranking', state.fresh, fifthBeforeRanking(state.wards)],
      ['set 5, about a state', state.ranked, fifthOfState(state.wards)],
      ['set 5, plans, knowledge and talks', state.ranked, fifthOfTalks()],
      ['set 5, about a city', city.ranked, fifthOfCity()],
      ['set 6, about a state', state.ranked, sixthOfState(state.wards)],
      ['set 6, plans, knowledge and talks', state.ranked, sixthOfTalks()],
      ['set 6, about a city, and talks', city.ranked, sixthOfCity()],
      ['beside set 4', state.ranked, besideFourth(state.wards)],
    ])
  },
)
