import { globSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { killMutants } from '../mutants/kill-mutants.ts'
import { editsOf, type Mutant, type TestKiller } from '../mutants/mutant.ts'
import { MUTANTS } from '../mutants/mutants.ts'
import { whyNotGreen, whyNotRed } from '../mutants/tests-in.ts'
import { tapPoints } from '../support/read-tap.ts'

const root = join(import.meta.dirname, '../..')
t.setTimeout(300_000)

t.test('every file of edits is in the list of mutants, once, with its killers', (t) => {
  t.strictSame(globSync('test/mutants/*.edit', { cwd: root }).sort(), MUTANTS.map(editsOf).sort())
  t.equal(new Set(MUTANTS.map(({ id }) => id)).size, MUTANTS.length)
  t.ok(MUTANTS.length >= 18)
  const rootCauses = MUTANTS.filter(({ origin }) => /^root cause \d:/.test(origin))
  t.equal(rootCauses.length, 6, 'the six root causes are among them')
  const byRunning = MUTANTS.filter(({ killers }) => killers.some(({ kind }) => kind === 'test'))
  t.ok(byRunning.length >= 12, `${byRunning.length} are killed by a test that runs, besides types and lint`)
  t.end()
})

t.test('a test kills by the assertion it was named for, and not by a crash, a skip or a failure of its own', (t) => {
  const killer: TestKiller = { kind: 'test', file: 'a.test.ts', title: ['outer', 'inner'], fails: 'holds' }
  const output = (
    point: string,
    inner: string,
    outer = inner,
  ): { code: number; points: ReturnType<typeof tapPoints> } => ({
    code: outer === 'ok' ? 0 : 1,
    points: tapPoints(
      `# Subtest: outer\n    # Subtest: inner\n        ${point}\n        1..1\n    ${inner} 1 - inner # ` +
        `time=1.5ms\n    1..1\n${outer} 1 - outer # time=2ms\n1..1\n`,
    ),
  })
  const bad = 'not ok'
  t.equal(whyNotRed(killer, output('not ok 1 - it holds its own', bad)), undefined)
  t.match(whyNotRed(killer, output('not ok 1 - timeout!', bad)), 'fails by "timeout!"', 'a failure for another reason')
  t.match(whyNotRed(killer, output('ok 1 - it holds its own', bad)), 'a crash')
  t.match(whyNotRed(killer, output('ok 1 - it holds its own', 'ok')), 'it passes with the mutant')
  t.match(whyNotRed(killer, output('not ok 1 - it holds its own', 'ok', bad)), 'it passes with the mutant')
  t.match(whyNotRed(killer, { code: 1, points: [] }), 'a crash')
  t.match(
    whyNotRed({ ...killer, title: ['outer', 'another'] }, output('not ok 1 - it holds its own', bad)),
    'a crash',
    'a test by another title',
  )
  t.equal(whyNotGreen(killer, output('ok 1 - it holds its own', 'ok')), undefined)
  t.match(whyNotGreen(killer, output('not ok 1 - it holds its own', bad)), 'fails without the mutant')
  t.match(whyNotGreen({ ...killer, title: ['outer', 'another'] }, output('ok 1 - x', 'ok')), 'no test by this title')
  t.match(
    whyNotGreen({ ...killer, title: ['inner'] }, { points: tapPoints('ok 1 - inner # SKIP filter: /x/\n1..1\n') }),
    'skipped',
  )
  t.end()
})

t.test('a mutant whose edits do not fit kills nothing, nor does a rule that does not object', async (t) => {
  const fitting = MUTANTS.find(({ id }) => id === 'r5')!
  const killers: Mutant['killers'] = [{ kind: 'lint', file: 'service/stores/redis.ts', rule: 'house/no-module-state' }]
  const [missing, harmless] = await killMutants(
    [
      { ...fitting, id: 'none' },
      { ...fitting, killers },
    ],
    false,
  )
  t.match(missing, { isKilled: false, by: [/no such file/] })
  t.match(harmless, { isKilled: false, by: [/the rule lets it pass/] })
})
