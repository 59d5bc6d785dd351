import t from 'tap'
import { city, coast, sample } from './data-sets.ts'
import { judge } from './judge.ts'
import type { Verdict } from './judge.ts'
import { questionsAsTyped } from './questions-as-typed.ts'
import { questionsOfCity } from './questions-of-city.ts'
import { questionsOfCoast } from './questions-of-coast.ts'
import { questionsOfGroups } from './questions-of-groups.ts'
import { questionsOfProgrammes } from './questions-of-programmes.ts'
import { questionsOfSample } from './questions-of-sample.ts'

const SETS = [
  { name: 'sample', open: sample, questions: questionsOfSample },
  { name: 'sample', open: sample, questions: questionsAsTyped },
  { name: 'sample', open: sample, questions: questionsOfGroups },
  { name: 'sample', open: sample, questions: questionsOfProgrammes },
  { name: 'coast', open: coast, questions: questionsOfCoast },
  { name: 'city', open: city, questions: questionsOfCity },
]

t.test(
  'the chat answers at least 80 % of the questions right, and no answer is wrong or drops a condition',
  async (t) => {
    const byCategory = new Map<string, Record<Verdict, number>>()
    for (const { name, open, questions } of SETS) {
      const { conversation, wards } = await open()
      for (const { category, before, message, expected } of questions(wards)) {
        const talk = conversation.again()
        for (const first of [before ?? []].flat()) talk.say(first)
        const reply = talk.say(message)
        const verdict = judge(reply, expected)
        const counts = byCategory.get(category) ?? { right: 0, asks: 0, wrong: 0 }
        counts[verdict] += 1
        byCategory.set(category, counts)
        if (verdict !== 'right')
          t.comment(`${name}: ${verdict}: ${message}: ${JSON.stringify(reply.calls)} ${reply.text.slice(0, 300)}`)
      }
    }
    const sum = (verdict: Verdict): number => [...byCategory.values()].reduce((all, counts) => all + counts[verdict], 0)
    const total = sum('right') + sum('asks') + sum('wrong')
    for (const [category, { right, asks, wrong }] of byCategory)
      t.comment(`${category}: ${String(right)} right, ${String(asks)} asked back, ${String(wrong)} wrong`)
    t.comment(`${String(sum('right'))} of ${String(total)} right, ${String(sum('asks'))} asked back`)
    t.ok(total >= 250, 'there are enough questions')
    t.ok(sum('right') / total >= 0.95)
    t.equal(sum('wrong'), 0)
  },
)
