import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { FAULT_TEXTS } from '../../service/domain/fault-texts.ts'
import { FINDING_TEXTS } from '../../service/domain/finding-texts.ts'
import { QUESTION_TEXTS } from '../../service/domain/question-texts.ts'
import { PROBLEMS } from '../../service/http/errors.ts'
import { words } from '../../service/ui/words/en.ts'
import { page } from '../../service/ui/words/en/page.ts'
import { words as french } from '../../service/ui/words/fr.ts'
import { faultTexts } from '../../service/ui/words/fr/fault-texts.ts'
import { findingTexts } from '../../service/ui/words/fr/finding-texts.ts'
import { page as frenchPage } from '../../service/ui/words/fr/page.ts'
import { questionTexts } from '../../service/ui/words/fr/question-texts.ts'

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

t.test('index.html uses every text that the catalogue has for it, and holds none of its own', async (t) => {
  const html = readFileSync(join(UI, 'index.html'), 'utf8')
  const used = new Set([...html.matchAll(/\{\{page\.(\w+)\}\}/g)].map(([, name]) => name))
  t.strictSame([...used].sort(), Object.keys(page).sort())
  const own = [...html.matchAll(/>([^<>{}]*[A-Za-z]{2}[^<>{}]*)</g)].map(([, text = '']) => text.trim())
  t.strictSame(own, ['ChatMRPT'], 'the name of the product alone')
})

/** Lists that hold a text only where it differs from what the service says itself. */
const SPARSE: ReadonlySet<string> = new Set(['labels', 'said'])

t.test('the French catalogue has every text of the English one, and no other', async (t) => {
  const namesIn = (texts: object): readonly string[] =>
    [...namesOf(texts, '')].filter(([, list]) => !SPARSE.has(list)).map(([name, list]) => `${list}.${name}`)
  t.strictSame(namesIn(french), namesIn(words))
  t.strictSame(Object.keys(frenchPage), Object.keys(page))
})

type Texts = Readonly<Record<string, string>>

/** The values in a text, each as it is listed: `{rows;}`. */
const slotsOf = (text: string): readonly string[] => (text.match(/\{\w+[,;]?\}/g) ?? []).sort()

const SERVICE_TEXTS = {
  questions: [QUESTION_TEXTS, questionTexts],
  findings: [FINDING_TEXTS, findingTexts],
  errors: [FAULT_TEXTS, faultTexts],
} as const satisfies Readonly<Record<string, readonly [Texts, Texts]>>

for (const [of, [english, inFrench]] of Object.entries<readonly [Texts, Texts]>(SERVICE_TEXTS))
  t.test(`every text of the service's ${of} has French words with the same values`, async (t) => {
    t.strictSame(Object.keys(inFrench).sort(), Object.keys(english).sort())
    for (const [kind, text] of Object.entries(english)) {
      t.strictSame(slotsOf(inFrench[kind] ?? ''), slotsOf(text), kind)
      const ownWords = text.replaceAll(/\{\w+[,;]?\}/g, '')
      if (/[a-z]{3}/.test(ownWords)) t.not(inFrench[kind], text, kind)
    }
  })

t.test('no kind of text is in two tables, and in English the page shows what the service says', async (t) => {
  const kinds = Object.values(SERVICE_TEXTS).flatMap(([english]) => Object.keys(english))
  t.ok(kinds.length > 80, `${String(kinds.length)} kinds`)
  t.equal(new Set(kinds).size, kinds.length)
  t.strictSame(words.said, {})
})

t.test('no two kinds have one text', async (t) => {
  const texts = Object.values<readonly [Texts, Texts]>(SERVICE_TEXTS).flatMap(([english]) => Object.values(english))
  t.strictSame(
    texts.filter((text, at) => texts.indexOf(text) !== at),
    [],
  )
})

t.test('every kind of error is said by the service', async (t) => {
  const SERVICE = join(UI, '..')
  const sources = readdirSync(SERVICE, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !/^ui\/|^domain\/[\w-]+-texts\.ts$/.test(name))
    .map((name) => readFileSync(join(SERVICE, name), 'utf8'))
    .join('\n')
  t.strictSame(
    Object.keys(FAULT_TEXTS).filter((kind) => !sources.includes(`'${kind}'`)),
    [],
  )
})

t.test('every problem of the service has a title of its own', async (t) => {
  const { titles, otherTitle } = words.shell.problems
  for (const kind of Object.keys(PROBLEMS)) {
    t.not(titles[kind] ?? otherTitle, otherTitle, kind)
    t.not(french.shell.problems.titles[kind], titles[kind], kind)
  }
})

t.test('lists of headings are as long in French as in English', async (t) => {
  const lengths = (texts: object): readonly number[] =>
    Object.values(texts).flatMap((text: unknown) =>
      Array.isArray(text) ? [text.length] : typeof text === 'object' && text !== null ? lengths(text) : [],
    )
  t.ok(lengths(words).length > 15)
  t.strictSame(lengths(french), lengths(words))
})
