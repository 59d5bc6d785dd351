// run alone: it bounds how long a message keeps the event loop
import t from 'tap'
import { interpret } from '../../service/domain/interpret.ts'
import type { Outline } from '../../service/domain/outline.ts'
import { OUTLINES } from './questions.ts'

t.test('interpret() keeps the event loop for 20 ms at most with 300 wards and for 60 ms with 9,500, a third of what Redis may take, whether it knows the names or looks for ones alike', (t) => {
  for (const [count, longest] of [[300, 20], [9_500, 60]] as const) {
    const letter = (at: number): string => String.fromCharCode(97 + at % 26)
    const wards = Array.from({ length: count }, (_, at) => `kn Gidan Ruwa${letter(at)}${letter(at >> 5)}${letter(at >> 10)} Ward ${String(at % 9)}`)
    const outline: Outline = { ...OUTLINES.ready, dataset: { ...OUTLINES.ready.dataset!, wards } }
    for (const message of ['Which wards are most at risk?', 'Why is Gidan Ruwaaaa 0 in the top 10?', 'why is Gidan Ruwaaa ranked so high', 'Compare Gidan Ruwaaaa 0 and Gidan Rwabaa 1', 'Gidan Ruwa '.repeat(360), wards.join(' ').slice(0, 4_000), `compare ${wards.map((ward) => ward.split(' ')[2]).join(' ').slice(0, 3_900)} 0 1 2 3 4 5 6 7 8`]) {
      // A thread's own time, so that a neighbour's work does not count.
      const took = Math.min(...Array.from({ length: 10 }, () => {
        const start = process.threadCpuUsage()
        interpret(message, outline)
        const { user, system } = process.threadCpuUsage(start)
        return (user + system) / 1_000
      }))
      if (took > longest) t.fail(`${String(count)} wards, ${message.slice(0, 50)}: ${took.toFixed(1)} ms`)
    }
  }
  t.pass('none took longer')
  t.end()
})
