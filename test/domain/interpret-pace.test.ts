// run alone: it bounds how long a message, and a model's reply, block the event loop
import t from 'tap'
import { checkFigures } from '../../service/domain/chat/check-figures.ts'
import { interpret } from '../../service/domain/chat/interpret.ts'
import { nameBytes } from '../../service/domain/chat/outline.ts'
import { hostileNames, likeNames, LONG_MESSAGES, outlineNamed } from '../support/long-messages.ts'

/**
 * What a slow machine may take for the worst message, in milliseconds of CPU of the thread: more would look like an
 * outage of the session store to everybody else. `node bench/interpret.ts` prints what it takes against its aims.
 */
const LOOP_MS = 250

/** The least CPU time of the thread in milliseconds, of up to ten tries to stay within the bound. */
function leastOf(work: () => void): number {
  let least = Infinity
  for (let tried = 0; tried < 10 && least > LOOP_MS; tried += 1) {
    const start = process.threadCpuUsage()
    work()
    const { user, system } = process.threadCpuUsage(start)
    least = Math.min(least, (user + system) / 1_000)
  }
  return least
}

t.test('interpret() never blocks the event loop for as long as a store may take, with 300 or 9,500 wards', (t) => {
  for (const count of [300, 9_500]) {
    const { outline, messages } = likeNames(count)
    for (const message of messages) {
      const took = leastOf(() => {
        interpret(message, outline)
      })
      t.ok(took < LOOP_MS, `${String(count)} wards, ${message.slice(0, 50)}: ${took.toFixed(1)} ms`)
    }
  }
  t.end()
})

t.test(
  'the cost of interpret() grows only with the bytes of the names, even if they repeat, share words or are alike',
  (t) => {
    const more = outlineNamed(Array.from({ length: 42_000 }, (_, at) => at.toString(36)))
    t.ok(nameBytes(more) > 256 * 1024, 'more short names go to a thread')
    for (const [what, outline] of Object.entries(hostileNames())) {
      t.ok(nameBytes(outline) <= 256 * 1024, `no more than is looked through on the event loop: ${what}`)
      for (const message of LONG_MESSAGES) {
        const took = leastOf(() => {
          interpret(message, outline)
        })
        t.ok(took < LOOP_MS, `${what}, ${message.slice(0, 50)}: ${took.toFixed(1)} ms`)
      }
    }
    t.end()
  },
)

t.test('checkFigures() never blocks the event loop as long, even with tens of thousands of figures', (t) => {
  const counted = (many: number, from: number): string =>
    Array.from({ length: many }, (_, at) => String(from + at)).join(' ')
  const outputs = Array.from({ length: 20 }, () =>
    JSON.stringify({
      columns: ['rainfall', 'rank', 'nets'],
      rows: Array.from({ length: 400 }, (_, row) => [row + 0.5, row * 3, row * 7]),
    }),
  )
  for (const text of [
    'There are 12 wards.',
    counted(5_000, 10_000).slice(0, 24_000),
    'one million two hundred and '.repeat(850),
    'a1 '.repeat(8_000),
  ]) {
    const took = leastOf(() => {
      checkFigures(text, [counted(10_000, 3).slice(0, 50_000), ...outputs])
    })
    t.ok(took < LOOP_MS, `${text.slice(0, 50)}: ${took.toFixed(1)} ms`)
  }
  t.end()
})
