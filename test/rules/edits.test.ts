import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { applyEdits, readEdits } from '../support/edits.ts'

t.test('readEdits() reads several edits and refuses a line without a sign', async (t) => {
  t.strictSame(readEdits('@@ a.ts\n-one\n+two\n+three\n@@ b/c.ts\n-four\n'), [
    { file: 'a.ts', before: 'one', after: 'two\nthree' },
    { file: 'b/c.ts', before: 'four', after: '' },
  ])
  t.throws(() => readEdits('@@ a.ts\n-one\ntwo\n'), /begins with no sign/)
})

t.test('applyEdits() finds its place in any folder and any layout', async (t) => {
  const root = t.testdir()
  const path = join(root, 'service/deep/room/a.ts')
  mkdirSync(join(path, '..'), { recursive: true })
  const write = (text: string): void => {
    writeFileSync(path, text)
  }
  const apply = (before: string, after: string, file = 'a.ts'): string => {
    applyEdits(root, ['service'], [{ file, before, after }])
    return readFileSync(path, 'utf8')
  }

  write('call(one,\n  two,\n)\n')
  t.equal(apply('call(one, two)', 'other()'), 'other()\n', 'laid out otherwise')
  write('call(one, two)\n')
  t.equal(apply('call(\n  one,\n  two,\n)', 'other()', 'room/a.ts'), 'other()\n', 'the other way round')
  write('keep\ndrop\nkeep2\n')
  t.equal(apply('drop', ''), 'keep\n\nkeep2\n')

  write('one\none\n')
  t.throws(() => apply('one', 'two'), /holds twice/)
  t.throws(() => apply('three', 'two'), /does not hold/)
  t.throws(() => apply('', 'two'), /does not hold/)
  t.throws(() => apply('one', 'two', 'b.ts'), /0 files have this name/)
  writeFileSync(join(root, 'service/a.ts'), 'one\n')
  t.throws(() => apply('one', 'two'), /2 files have this name/)
})
