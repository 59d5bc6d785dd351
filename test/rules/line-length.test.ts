import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'

const root = join(import.meta.dirname, '../..')
const MOST_COLUMNS = 120
/** Files and folders that hold texts, pictures and lists of words, each on one line. */
const DATA = [
  'service/domain/chat/knowledge.ts',
  'service/domain/chat/prompt.ts',
  'service/domain/chat/question/vocabulary.ts',
  'service/domain/files/columns/direction-words.ts',
  'service/domain/files/columns/structural-names.ts',
  'service/domain/finding-texts.ts',
  'infra/rehearsal/drawing.ts',
  'service/ui/words/',
  'test/ui/open-page.ts',
] as const
/** Elsewhere a text, a pattern or an address may make a line longer: it takes at least this much of it. */
const DATA_IN_LINE = /(['"`/]).{50,}\1/
/** Lines of a text, a pattern or a list that begins or ends on another line. */
const PART_OF_TEXT = /^\s*[^;(){}=]*$|`/
const MOST_SHARE = 0.001

t.test('a line has at most 120 columns, but for data', async (t) => {
  const files = execFileSync('git', ['ls-files', '-co', '--exclude-standard', '*.ts', '*.js', '*.css'], {
    cwd: root,
    encoding: 'utf8',
  })
    .split('\n')
    .filter((file) => file !== '' && !DATA.some((data) => (data.endsWith('/') ? file.startsWith(data) : file === data)))
  const lines = files.flatMap((file) => readFileSync(join(root, file), 'utf8').split('\n'))
  const long = lines.filter((line) => line.length > MOST_COLUMNS)
  t.comment(`| ${lines.length} lines of source | ${long.length} over ${MOST_COLUMNS} columns |`)
  t.ok(lines.length > 50_000)
  t.ok(long.length <= MOST_SHARE * lines.length, `${long.length} lines are longer`)
  t.strictSame(
    long.filter((line) => !DATA_IN_LINE.test(line) && !PART_OF_TEXT.test(line)),
    [],
    'and they hold data',
  )
})
