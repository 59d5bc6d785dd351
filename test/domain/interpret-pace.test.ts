// run alone: it bounds how long a message, and a model's reply, block the event loop
import t from 'tap'
import { checkFigures } from '../../service/domain/chat/check-figures.ts'
import { interpret } from '../../service/domain/chat/interpret.ts'
import { nameBytes } from '../../service/domain/chat/outline.ts'
import type { Outline } from '../../service/domain/chat/outline.ts'
import { OUTLINES } from './questions.ts'
import { suggestedColumn } from '../support/outline-columns.ts'

/**
 * The least CPU time of the thread in milliseconds, so that other work on the machine does not count. Up to ten tries
 * to stay within the bound. A time over the bound is scaled to the machine on which the bounds were set.
 */
function leastOf(bound: number, work: () => void): number {
  const least = leastTime(bound, work)
  return least <= bound ? least : least / Math.max(1, leastTime(0, measure) / MEASURE_MS)
}

function leastTime(bound: number, work: () => void): number {
  let least = Infinity
  for (let tried = 0; tried < 10 && least > bound; tried += 1) {
    const start = process.threadCpuUsage()
    work()
    const { user, system } = process.threadCpuUsage(start)
    least = Math.min(least, (user + system) / 1_000)
  }
  return least
}

/** The time that `measure` takes on the machine on which the bounds were set. */
const MEASURE_MS = 4
/** Fixed work of the same kind: it makes, searches and keeps texts. */
function measure(): void {
  const seen = new Map<string, number>()
  for (let at = 0; at < 20_000; at += 1) {
    const name = `gidan ruwa ${(at * 7_919).toString(36)}`
    seen.set(name.replaceAll(/[aeiou]/g, ''), name.length)
  }
}

const letter = (at: number): string => String.fromCharCode(97 + (at % 26))
const word = (at: number): string =>
  Array.from({ length: 5 }, (_, place) => letter(Math.trunc(at / 26 ** place) + place * at)).join('')
const named = (
  wards: readonly string[],
  lgas: readonly string[] = ['Bakoro'],
  columns = OUTLINES.ready.dataset!.columns,
): Outline => ({ ...OUTLINES.ready, dataset: { ...OUTLINES.ready.dataset!, wards, lgas, columns } })
const MESSAGES = [
  'Which wards are most at risk?',
  'Why is Gidan Ruwaaaa 0 in the top 10?',
  'why is Gidan Ruwaaa ranked so high',
  'Compare Gidan Ruwaaaa 0 and Gidan Rwabaa 1',
  'compare Gidan Rwabaa and Gidn Ruwaa and show the wards in Gidn Rwaab',
  'rainfall in Gidn Rwab',
  'Gidan Ruwa '.repeat(200),
  `compare ${'Gidn Ruwb '.repeat(90)} and show wards in ${'Gidn Rwua '.repeat(90)}`,
  `why is ${'ab'.repeat(50)} ranked high`,
  `compare ${'aabbabab'.repeat(7)} and show the wards in ${'abbaab'.repeat(10)}`,
  `compare ${'1 2 3 4 5 6 7 8 9 '.repeat(40)} gidan`,
  `map of ${'zq rbcde '.repeat(190)}`,
  'map of rbcdf',
  `show ${'and show '.repeat(190)}`,
  `list wards with${' '.repeat(3_900)}`,
] as const

t.test('interpret() blocks the event loop for at most 20 ms with 300 wards and 60 ms with 9,500', (t) => {
  for (const [count, longest] of [
    [300, 20],
    [9_500, 60],
  ] as const) {
    const wards = Array.from(
      { length: count },
      (_, at) => `kn Gidan Ruwa${letter(at)}${letter(at >> 5)}${letter(at >> 10)} Ward ${String(at % 9)}`,
    )
    for (const message of [
      ...MESSAGES,
      wards.join(' ').slice(0, 2_000),
      `compare ${wards
        .map((ward) => ward.split(' ')[2])
        .join(' ')
        .slice(0, 3_000)} 0 1 2 3 4 5 6 7 8`,
    ]) {
      const took = leastOf(longest, () => {
        interpret(message, named(wards))
      })
      if (took > longest) t.fail(`${String(count)} wards, ${message.slice(0, 50)}: ${took.toFixed(1)} ms`)
    }
  }
  t.pass('none took longer')
  t.end()
})

t.test(
  'the cost of interpret() grows only with the bytes of the names, even if they repeat, share words or are alike',
  (t) => {
    const of = (count: number, name: (at: number) => string): string[] =>
      Array.from({ length: count }, (_, at) => name(at).slice(0, 200))
    const hostile: Record<string, Outline> = {
      'many short names': named(of(21_000, (at) => `w${String(at)}`)),
      'one name for all': named(of(9_500, (at) => `gidan (${String(at)})`)),
      'one name for all, with long marks': named(of(1_000, (at) => `Gidan (${'x '.repeat(90)}${String(at)})`)),
      'names within names': named(of(9_500, (at) => `${'qq '.repeat(1 + (at % 8))}(${String(at)})`)),
      'long and near-alike': named(of(1_000, (at) => `${'gidan ruwa '.repeat(17)}${word(at)}`)),
      'two letters only': named(
        of(1_000, (at) => Array.from({ length: 200 }, (_, place) => letter((at >> (place % 10)) & 1)).join('')),
      ),
      'letters apart': named(of(1_000, (at) => `${letter(at)} `.repeat(100))),
      accents: named(of(600, (at) => `${'e\u0301 '.repeat(65)}${word(at)}`)),
      'many LGAs': named(
        ['Kuka'],
        of(1_000, (at) => `${'gidan ruwa '.repeat(17)}${word(at)}`),
      ),
      'columns of the same words': named(
        ['Kuka'],
        ['Bakoro'],
        of(2_000, (at) => `zq_rbcde_${String(at)}`).map(suggestedColumn),
      ),
      'columns of many words': named(
        ['Kuka'],
        ['Bakoro'],
        of(1_000, (at) => Array.from({ length: 40 }, (_, place) => word((at % 37) + place)).join('_')).map(
          suggestedColumn,
        ),
      ),
    }
    t.ok(nameBytes(named(of(42_000, (at) => at.toString(36)))) > 256 * 1024, 'more short names go to a thread')
    for (const [what, outline] of Object.entries(hostile)) {
      t.ok(nameBytes(outline) <= 256 * 1024, `no more than is looked through on the event loop: ${what}`)
      for (const message of MESSAGES) {
        const took = leastOf(60, () => {
          interpret(message, outline)
        })
        if (took > 60) t.fail(`${what}, ${message.slice(0, 50)}: ${took.toFixed(1)} ms`)
      }
    }
    t.end()
  },
)

t.test('checkFigures() blocks the event loop for at most 100 ms, even with tens of thousands of figures', (t) => {
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
    const took = leastOf(100, () => {
      checkFigures(text, [counted(10_000, 3).slice(0, 50_000), ...outputs])
    })
    if (took > 100) t.fail(`${text.slice(0, 50)}: ${took.toFixed(1)} ms`)
  }
  t.pass('none took longer')
  t.end()
})
