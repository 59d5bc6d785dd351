import t from 'tap'
import { readTap, tapPoints } from '../support/read-tap.ts'

const output = `TAP version 14
# Subtest: adds
    ok 1 - one
    not ok 2 - two
      ---
      diff: -1 +2
      ...
    1..2
not ok 1 - adds # time=1ms

# Subtest: subtracts
    ok 1 - three
    1..1
ok 2 - subtracts # time=1ms

ok 3 - container # SKIP no podman
ok 4 - later # TODO
1..4
`

t.test('readTap() counts the outermost points and keeps only failures', async (t) => {
  const result = readTap(output)
  t.match(result, { passed: 1, failed: 1, skipped: 2, complete: true })
  t.match(result.failures, /# Subtest: adds\n {4}not ok 2 - two\n[^]*diff: -1 \+2/)
  t.notMatch(result.failures, /three|subtracts|ok 1 - one/)
})

t.test('readTap() does not call output complete that was cut off', async (t) => {
  t.equal(readTap(output.replace('1..4\n', '')).complete, false)
  t.equal(readTap(output.replace('\nok 2', '\n# ok 2')).complete, false)
  t.equal(readTap('').complete, false)
})

t.test('tapPoints() names each point by its title and the titles around it', async (t) => {
  t.strictSame(
    tapPoints(output.replace('three', 'three \\#1')).map(({ path, isOk, isSkipped }) => [
      path.join(' > '),
      isOk,
      isSkipped,
    ]),
    [
      ['adds > one', true, false],
      ['adds > two', false, false],
      ['adds', false, false],
      ['subtracts > three #1', true, false],
      ['subtracts', true, false],
      ['container', true, true],
      ['later', true, true],
    ],
  )
  const nested =
    '# Subtest: a\n    # Subtest: b\n        not ok 1 - c # time=1ms\n' +
    '    not ok 1 - b # time=1ms {\n        # Subtest: d\n    }\nnot ok 1 - a\n'
  t.strictSame(
    tapPoints(nested).map(({ path }) => path),
    [['a', 'b', 'c'], ['a', 'b'], ['a']],
  )
})
