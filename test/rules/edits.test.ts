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
  t.strictSame(readEdits('@@ + b/c.ts\n+one\n+\n+two\n@@ a.ts\n-one\n'), [
    { file: 'b/c.ts', before: null, after: 'one\n\ntwo\n' },
    { file: 'a.ts', before: 'one', after: '' },
  ])
  t.throws(() => readEdits('@@ + a.ts\n-one\n+two\n'), /is added and has a text before/)
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

t.test('applyEdits() adds files, in new folders too, and tells what it touched', async (t) => {
  const root = t.testdir({ service: { 'a.ts': 'one two\n', 'README.md': 'one\n' } })
  const add = { file: 'service/deep/b.ts', before: null, after: 'three\n' } as const
  t.strictSame(
    applyEdits(
      root,
      ['service'],
      [
        { file: 'a.ts', before: 'one', after: '1' },
        { file: 'a.ts', before: 'two', after: '2' },
        { file: 'README.md', before: 'one', after: '1' },
        add,
      ],
    ),
    ['service/a.ts', 'service/README.md', 'service/deep/b.ts'],
  )
  t.equal(readFileSync(join(root, 'service/a.ts'), 'utf8'), '1 2\n')
  t.equal(readFileSync(join(root, 'service/deep/b.ts'), 'utf8'), 'three\n')
  t.throws(() => applyEdits(root, ['service'], [add]), /EEXIST/, 'no file is written over')
})
