import t, { type Test } from 'tap'
import type { Conversation } from '../answers/ask.ts'
import { sample } from '../answers/data-sets.ts'
import { judge, type Question } from '../answers/judge.ts'
import { firstOfSample } from './first-of-sample.ts'
import { firstBeforeRanking, firstOfCity, firstOfState } from './first-of-state.ts'
import { secondOfState } from './second-of-state.ts'
import { fourthBeforeRanking, fourthOfState } from './fourth-of-state.ts'
import { fourthOfCity, fourthOfTalks } from './fourth-of-talks.ts'
import { kano, noStates, tamburi } from './state-data.ts'
import { thirdOfSample } from './third-of-sample.ts'

/** `declined` is a refusal where an answer was expected: it gives no figure, and is no right answer. */
type Verdict = 'right' | 'asked back' | 'declined' | 'not right'

function verdictOf(conversation: Conversation, { before, message, expected }: Question): Verdict {
  const talk = conversation.again()
  if (before !== undefined) talk.say(before)
  const reply = talk.say(message)
  const verdict = judge(reply, expected)
  if (verdict === 'right') return verdict
  return reply.kind === 'answer' ? 'not right' : reply.kind === 'clarify' ? 'asked back' : 'declined'
}

/** Asks all questions of a data set and holds that enough are right and none is answered wrongly. */
function askAll(t: Test, sets: readonly (readonly [Conversation, readonly Question[]])[]): void {
  const verdicts = sets.flatMap(([conversation, questions]) =>
    questions.map((question) => {
      const verdict = verdictOf(conversation, question)
      if (verdict !== 'right') t.comment(`${verdict}: ${question.before ?? ''} > ${question.message}`)
      return verdict
    }),
  )
  const count = (wanted: Verdict): number => verdicts.filter((verdict) => verdict === wanted).length
  t.comment(
    `${String(count('right'))} of ${String(verdicts.length)} right, ${String(count('asked back'))} asked back, ` +
      `${String(count('declined'))} declined, ${String(count('not right'))} not right`,
  )
  t.ok(count('right') / verdicts.length >= 0.9)
  t.equal(count('not right'), 0)
}

t.test('paraphrases about the sample are answered right, and none of them wrongly', async (t) => {
  const { conversation, wards } = await sample()
  askAll(t, [
    [conversation, firstOfSample(wards)],
    [conversation, thirdOfSample(wards)],
  ])
})

t.test(
  'paraphrases about a state and a city are answered right, and none of them wrongly',
  { skip: noStates },
  async (t) => {
    const [state, city] = await Promise.all([tamburi(), kano()])
    askAll(t, [
      [state.ranked, secondOfState(state.wards)],
      [state.fresh, firstBeforeRanking(state.wards)],
      [state.ranked, firstOfState(state.wards)],
      [city.ranked, firstOfCity()],
      [state.fresh, fourthBeforeRanking(state.wards)],
      [state.ranked, fourthOfState(state.wards)],
      [state.ranked, fourthOfTalks(state.wards)],
      [city.ranked, fourthOfCity()],
    ])
  },
)
