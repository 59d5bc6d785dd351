import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { ATTACKS } from '../attacks/attacks.ts'
import { tapPoints } from '../support/read-tap.ts'
import { FAULTS } from './faults.ts'
import { judgeRow } from './judge-row.ts'
import type { Row } from './row.ts'

const root = join(import.meta.dirname, '..')

t.test('every fault and attack of the plan has its row, and each row its tests or a reason', (t) => {
  t.strictSame(
    FAULTS.map(({ id }) => id),
    Array.from({ length: 40 }, (_, at) => String(at + 1)),
  )
  t.strictSame(
    ATTACKS.map(({ id }) => id),
    Array.from({ length: 42 }, (_, at) => `S-${String(at + 1)}`),
  )
  const rows: readonly Row[] = [...FAULTS, ...ATTACKS]
  t.strictSame(
    rows.filter(({ tests, leftOut }) => tests.length === 0 && leftOut === undefined),
    [],
  )
  for (const [file, ...titles] of rows.flatMap(({ tests }) => tests)) {
    // A title that takes two lines is one text.
    const source = readFileSync(join(root, file), 'utf8').replaceAll(/['"] \+\s+['"]/g, '')
    for (const title of titles) t.ok(source.includes(title), `${file}: ${title}`)
  }
  t.end()
})

t.test('a row holds only when each of its tests ran and passed', (t) => {
  const row: Row = { id: '1', what: 'x', expected: 'y', tests: [['a.test.ts', 'outer', 'inner']] }
  const judge = (...lines: string[]): readonly string[] => {
    const output = lines.join('\n')
    const { verdict, measured } = judgeRow(row, new Map([['a.test.ts', { points: tapPoints(output), output }]]))
    return [verdict, measured]
  }
  const inner = '    # Subtest: inner'
  const outer = '# Subtest: outer'
  t.strictSame(
    judge(
      outer,
      inner,
      '        ok 1 - p',
      '        # measured: 3 ms',
      '        1..1',
      '    ok 1 - inner',
      'ok 1 - outer',
    ),
    ['held', '3 ms'],
  )
  t.strictSame(judge(outer, inner, '        ok 1 - p', '    ok 1 - inner', 'ok 1 - outer'), ['held', '1 checks pass'])
  t.strictSame(judge(outer, inner, '        not ok 1 - p', '    not ok 1 - inner', 'not ok 1 - outer'), [
    'failed',
    'fails: p',
  ])
  t.strictSame(judge(outer, '    ok 1 - inner # SKIP filter', 'ok 1 - outer'), ['failed', 'skipped: outer > inner'])
  t.strictSame(judge(outer, '    ok 1 - other', 'ok 1 - outer'), ['failed', 'a.test.ts did not run: outer > inner'])
  t.strictSame(judgeRow({ ...row, tests: [] }, new Map()).verdict, 'not here')
  t.end()
})
