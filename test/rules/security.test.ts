import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { AUDIT_EVENTS } from '../../service/audit/audit-events.ts'
import { redisAclRules } from '../../service/stores/redis-acl.ts'
import { RATE_LIMITS, type RateLimit } from '../../service/config/rate-limits.ts'

const ROOT = join(import.meta.dirname, '../..')
const PAGE = readFileSync(join(ROOT, 'docs/security.md'), 'utf8')
const ASVS = PAGE.slice(PAGE.indexOf('## ASVS 5.0\n'))

/** How many requirements each section of ASVS 5.0 has, counted in the standard. */
const SECTIONS: Readonly<Record<number, readonly number[]>> = {
  3: [1, 3, 5, 8, 8, 1, 5],
  6: [3, 12, 8, 6, 8, 4, 2, 4],
  7: [3, 4, 2, 5, 3, 2],
  8: [4, 4, 3, 2],
  9: [3, 4],
  10: [2, 3, 5, 16, 5, 2, 3],
  14: [2, 8, 3],
  16: [1, 5, 4, 3, 4],
}
const REQUIREMENTS = Object.entries(SECTIONS).flatMap(([chapter, counts]) =>
  counts.flatMap((count, section) =>
    Array.from({ length: count }, (_, at) => `${chapter}.${String(section + 1)}.${String(at + 1)}`),
  ),
)

interface Row {
  readonly ids: readonly string[]
  readonly kind: 'shown' | 'not here' | 'not claimed'
  readonly tests: readonly (readonly [file: string, title: string])[]
}

/** The rows of the page: requirements, or ranges of them, under the head of their table. */
function readRows(markdown: string): Row[] {
  let kind: Row['kind'] = 'shown'
  return markdown.split('\n').flatMap((line): Row[] => {
    if (!line.startsWith('|')) return []
    const [, first = '', ...rest] = line.split('|').map((cell) => cell.trim())
    if (first === 'not claimed' || first === 'not here') kind = first
    else if (first === '') kind = 'shown'
    if (!/^\d/.test(first)) return []
    const tests = [...rest.join('|').matchAll(/`(test\/[^`]+\.test\.ts)`: "([^"]+)"/g)]
    return [{ ids: idsOf(first), kind, tests: tests.map(([, file = '', title = '']) => [file, title] as const) }]
  })
}

/** `6.2.1 to 6.2.12` as its requirements. */
function idsOf(cell: string): string[] {
  const [first = '', last = first] = cell.split(' to ')
  const [section, from, until] = [first.slice(0, first.lastIndexOf('.')), first, last].map((text, at) =>
    at === 0 ? text : text.slice(text.lastIndexOf('.') + 1),
  )
  const [low, high] = [Number(from), Number(until)]
  return Array.from({ length: high - low + 1 }, (_, at) => `${String(section)}.${String(low + at)}`)
}

/** Text of a test file in which a title stands as it is printed, whatever its quotation marks. */
const titlesIn = (file: string): string => readFileSync(join(ROOT, file), 'utf8').replaceAll("\\'", "'")

t.test('each requirement of the chapters stands on the page once', (t) => {
  const named = readRows(ASVS).flatMap(({ ids }) => ids)
  t.equal(REQUIREMENTS.length, 183, 'as many as the standard has in these chapters')
  t.strictSame(
    REQUIREMENTS.filter((id) => named.filter((each) => each === id).length !== 1),
    [],
    'once',
  )
  t.strictSame(
    named.filter((id) => !REQUIREMENTS.includes(id)),
    [],
    'and nothing else',
  )
  t.end()
})

t.test('each requirement that is said to be shown names a test that is there', (t) => {
  const shown = readRows(ASVS).filter(({ kind }) => kind === 'shown')
  t.ok(shown.length > 80)
  t.strictSame(
    shown.filter(({ tests }) => tests.length === 0).map(({ ids }) => ids.join()),
    [],
    'none is without a test',
  )
  const tests = shown.flatMap((row) => row.tests)
  t.strictSame(
    tests.filter(([file]) => !existsSync(join(ROOT, file))),
    [],
    'each file is there',
  )
  t.strictSame(
    tests.filter(([file, title]) => existsSync(join(ROOT, file)) && !titlesIn(file).includes(title)),
    [],
    'with each title',
  )
  const count = (kind: Row['kind']): number =>
    readRows(ASVS)
      .filter((row) => row.kind === kind)
      .flatMap(({ ids }) => ids).length
  const claimed = REQUIREMENTS.length - count('not here') - count('not claimed')
  t.equal(count('shown'), claimed, 'each that is claimed is shown')
  t.ok(count('not claimed') <= 1, 'of level 3')
  t.comment(
    `measured: ASVS 5.0: ${String(count('shown'))} of ${String(claimed)} shown that are claimed; of the ` +
      `${String(REQUIREMENTS.length)} in these chapters ${String(count('not here'))} are not for this service and ` +
      `${String(count('not claimed'))} of level 3 is not claimed`,
  )
  t.end()
})

t.test('every stored name has one level of protection', (t) => {
  const stores = readFileSync(join(ROOT, 'service/stores/README.md'), 'utf8')
  const listed = stores.slice(0, stores.indexOf('## Forms'))
  const namesIn = (cell: string): string[] => [...cell.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name)
  const stored = [...listed.matchAll(/^\| (`.*?) \|/gm)].flatMap(([, cell = '']) => namesIn(cell))
  t.ok(stored.length > 40, `${String(stored.length)} names`)
  const kinds = PAGE.slice(PAGE.indexOf('## Kinds of data'), PAGE.indexOf('## Browsers'))
  const rows = [...kinds.matchAll(/^\| (secret|personal|entrusted|internal) \| (.*) \|$/gm)]
  const levels = rows.filter(([, , cells = '']) => !cells.includes(' | '))
  t.strictSame(
    levels.flatMap(([, , cell = '']) => namesIn(cell)).sort(),
    [...stored].sort(),
    'each is named once, and nothing else is',
  )
  const said = rows.filter(([, , cells = '']) => cells.split(' | ').length === 5).map(([, level]) => level)
  t.strictSame(said, ['secret', 'personal', 'entrusted', 'internal'], 'each level says how it is protected')
  const prefixes = [...redisAclRules().matchAll(/~([a-z:]+)/g)].map(([, prefix = '']) => prefix)
  t.ok(prefixes.length > 10)
  t.strictSame(
    prefixes.filter((prefix) => !stored.some((name) => name.startsWith(prefix))),
    ['starts:'],
    'the list names all that Redis lets the service write, but for what the release before writes',
  )
  t.end()
})

t.test('the page names every event of the audit trail', (t) => {
  const table = PAGE.slice(PAGE.indexOf('| event |'), PAGE.indexOf('## Where logs are'))
  const named = [...table.matchAll(/^\| (.*?) \|/gm)].flatMap(([, cell = '']) =>
    [...cell.matchAll(/`([a-z-]+)`/g)].map(([, event = '']) => event),
  )
  t.strictSame(named.sort(), Object.keys(AUDIT_EVENTS).sort())
  t.end()
})

t.test('the page states the limits as they are set', (t) => {
  const said = (rate: RateLimit['ofCaller']): string =>
    rate === undefined
      ? ''
      : `${rate.burst.toLocaleString('en')}, then one each ${rate.everyMs.toLocaleString('en')} ms`
  for (const [name, { ofCaller, ofNetwork }] of Object.entries<RateLimit>(RATE_LIMITS))
    t.ok(PAGE.includes(`| ${name} | ${said(ofCaller)} | ${said(ofNetwork)} |`), name)
  t.end()
})
