import t from 'tap'
import { sample } from '../answers/data-sets.ts'
import type { Conversation } from '../answers/ask.ts'
import { judge, type Question } from '../answers/judge.ts'
import { firstOfSample } from './first-of-sample.ts'
import { firstBeforeRanking, firstOfCity, firstOfState } from './first-of-state.ts'
import { kano, noStates, tamburi } from './state-data.ts'

let [right, declined, wrong, all] = [0, 0, 0, 0]
function ask(t: { comment: (s: string) => void }, c: Conversation, qs: readonly Question[]): void {
  for (const { before, message, expected } of qs) {
    all += 1
    const talk = c.again()
    if (before !== undefined) talk.say(before)
    const r = talk.say(message)
    let v: string = judge(r, expected)
    if (v === 'wrong' && r.kind === 'decline') v = 'declined'
    if (v === 'right') right++
    else if (v === 'wrong') wrong++
    else declined++
    if (v !== 'right')
      t.comment(
        `${v}: ${before ?? ''} > ${message}: ${JSON.stringify(r.calls)} ${r.text.slice(0, 400)} ${JSON.stringify(r.options).slice(0, 300)} ${JSON.stringify(r.tables[0]?.rows.slice(0, 3))} WANT ${JSON.stringify(expected).slice(0, 200)}`,
      )
  }
}
t.test('x', async (t) => {
  const s = await sample()
  ask(t, s.conversation, firstOfSample(s.wards))
  const m = await tamburi()
  ask(t, m.fresh, firstBeforeRanking(m.wards))
  ask(t, m.ranked, firstOfState(m.wards))
  ask(t, (await kano()).ranked, firstOfCity())
  t.comment(`ALL ${all} ${right} ${declined} ${wrong}`)
})
