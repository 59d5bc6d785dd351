import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { words } from '../../service/ui/words/en.ts'

const UI = join(import.meta.dirname, '../../service/ui')

/** The modules of the page without its words. */
const code = readdirSync(UI, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts') && !name.startsWith('words'))
  .map((name) => readFileSync(join(UI, name), 'utf8'))
  .join('\n')

/** Texts that are looked up by a value: each needs only its list to be used. */
const BY_VALUE: ReadonlySet<string> = new Set([
  'answers',
  'bales',
  'by',
  'choices',
  'directions',
  'flags',
  'kinds',
  'lastWards',
  'marks',
  'methods',
  'orders',
  'questions',
  'reasons',
  'roles',
  'rules',
  'sections',
  'signs',
  'slots',
  'stations',
  'tabs',
  'tiers',
  'titles',
  'urbanRules',
  'verdicts',
  'viewNames',
])

/** The names of all texts, each with the name of the list that it is in. */
function* namesOf(texts: object, list: string): Generator<readonly [name: string, list: string]> {
  for (const [name, text] of Object.entries(texts) as [string, unknown][]) {
    yield [name, list]
    if (typeof text === 'object' && text !== null && !Array.isArray(text)) yield* namesOf(text, name)
  }
}

t.test('every text of the catalogue is used by the page', async (t) => {
  const names = [...namesOf(words, '')]
  t.ok(names.length > 300, `${String(names.length)} texts`)
  const unused = names.filter(
    ([name, list]) => !BY_VALUE.has(list) && !new RegExp(`\\b${name.replaceAll('$', '\\$')}\\b`).test(code),
  )
  t.strictSame(
    unused.map(([name, list]) => `${list}.${name}`),
    [],
  )
})
