import t from 'tap'
import type { Outline } from '../../service/domain/chat/outline.ts'
import { withoutReplaced } from '../../service/domain/chat/question/rewording/replaced-number.ts'
import { reworded, rewordedAfterPlan } from '../../service/domain/chat/question/rewording/reword.ts'

/** As long as a message may be. */
const LONG = 4_000
/** Processor time, since the wall clock also measures what else the machine does. */
const BOUND_MS = 50
/** Long runs of what the patterns are made of, which they would try in many ways if they were badly written. */
const RUNS: readonly string[] = [
  ...[
    'a',
    ' ',
    '1',
    '1,',
    '1.',
    'a ',
    '1 ',
    ', ',
    '. ',
    'the ',
    'and ',
    'so ',
    'nets ',
    '1 nets ',
    '1k nets ',
    'of ',
    'or ',
  ],
  ...[
    'has been ',
    'is ',
    'already ',
    'leave ',
    'take it ',
    'out ',
    'from 1 ',
    'instead of 1 ',
    'not 1 ',
    'which ',
    'please ',
  ],
  ...[
    'my director says ',
    'our donor wants ',
    'the team ',
    'in our store ',
    'by today ',
    'why ',
    'compare ',
    'same ',
    'all ten ',
  ],
  ...[
    'which one is worse ',
    'a or b ',
    'only ',
    'serve ',
    'what is ',
    'full meaning ',
    'how far ',
    'are ',
    'in all ten ',
  ],
]
const PLAN = { plan: { options: { totalNets: 1 } } } as unknown as Pick<Outline, 'plan'>

function processorMs(work: () => unknown): number {
  const before = process.cpuUsage()
  work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1_000
}

t.test('no message takes long to be put into the usual words', async (t) => {
  const slow: string[] = []
  for (const run of RUNS)
    for (const head of ['', 'plan 1 nets ', 'Good news, ', 'why is ', 'a are b '])
      for (const end of ['', '?', '§']) {
        const text = `${head}${run.repeat(LONG / run.length)}${end}`
        for (const put of [reworded, rewordedAfterPlan, (said: string) => withoutReplaced(said, PLAN)]) {
          const once = (): number => processorMs(() => put(text))
          // What is slow once may have met a collection of garbage; what is slow three times is slow.
          const ms = once() < BOUND_MS ? 0 : Math.min(once(), once())
          if (ms >= BOUND_MS) slow.push(`${JSON.stringify(text.slice(0, 40))} ${ms.toFixed(0)} ms`)
        }
      }
  t.strictSame(slow, [])
})
