import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import ts from 'typescript'

const LONG = 100_000
/** Processor time, since the wall clock also measures what else the machine does. */
const BOUND_MS = 50
const root = join(import.meta.dirname, '../..')

/** What sends a pattern back and forth: long runs of one kind, and an end that does not fit. */
const RUNS: readonly string[] = [
  ...['a', 'A', ' ', '\t', '1', '-', '_', '.', ',', '"', "'", '=', '/', '(', '<', '%', ';', 'é', '\r\n', '\u0301'],
  ...['a ', '1,', '1 ', 'ab', 'aB', 'a-', '1.', 'of ', 'the ', 'ward ', 'Ward-', 'nets ', 'a,"', '&amp;', '0.0'],
]
const TEXTS = RUNS.flatMap((run) => {
  const text = run.repeat(LONG / run.length)
  return [`${text}!`, `x${text}\n`, `${text}\u0000z`]
})

interface Pattern {
  readonly where: string
  readonly pattern: RegExp
}

/** The text of `pattern(String.raw`…`, …)`, which is a pattern on several lines; null for any other call. */
function writtenInPieces({ expression, arguments: pieces }: ts.CallExpression): string | null {
  if (!ts.isIdentifier(expression) || expression.text !== 'pattern') return null
  const texts = pieces.flatMap((piece) =>
    ts.isTaggedTemplateExpression(piece) && ts.isNoSubstitutionTemplateLiteral(piece.template)
      ? [piece.template.rawText ?? '']
      : [],
  )
  return texts.length === pieces.length ? texts.join('') : null
}

/** Every pattern that is written in the service. */
function patterns(): Pattern[] {
  return globSync('service/**/*.{ts,js}', { cwd: root }).flatMap((file) => {
    const source = ts.createSourceFile(file, readFileSync(join(root, file), 'utf8'), ts.ScriptTarget.Latest, true)
    const found: Pattern[] = []
    const visit = (node: ts.Node): void => {
      const pieces = ts.isCallExpression(node) ? writtenInPieces(node) : null
      if (pieces !== null) {
        const line = source.getLineAndCharacterOfPosition(node.getStart()).line + 1
        found.push({ where: `${file}:${String(line)}`, pattern: new RegExp(pieces, 'g') })
      }
      if (ts.isRegularExpressionLiteral(node)) {
        const end = node.text.lastIndexOf('/')
        const flags = new Set([...node.text.slice(end + 1), 'g'])
        const line = source.getLineAndCharacterOfPosition(node.getStart()).line + 1
        found.push({
          where: `${file}:${String(line)}`,
          pattern: new RegExp(node.text.slice(1, end), [...flags].join('')),
        })
      }
      ts.forEachChild(node, visit)
    }
    visit(source)
    return found
  })
}

function processorMs(work: () => unknown): number {
  const before = process.cpuUsage()
  work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1_000
}

t.setTimeout(300_000)

t.test('no pattern of the service is slow with 100 kB of what makes patterns slow', async (t) => {
  const all = patterns()
  t.ok(all.length > 250, `${String(all.length)} patterns`)
  const slow: string[] = []
  for (const { where, pattern } of all)
    for (const text of TEXTS) {
      const once = (): number => processorMs(() => text.replace(pattern, ''))
      // What is slow once may have met a collection of garbage; what is slow three times is slow.
      const ms = once() < BOUND_MS ? 0 : Math.min(once(), once())
      if (ms >= BOUND_MS)
        slow.push(`${where} ${String(pattern)}: ${JSON.stringify(text.slice(0, 8))} ${ms.toFixed(0)} ms`)
    }
  t.strictSame(slow, [])
})

/** A pattern that can read the same words in two ways tries both at every repetition: 2^20 ways for twenty of them. */
t.test('no pattern is slow with twenty repetitions of its own words', async (t) => {
  const slow: string[] = []
  for (const { where, pattern } of patterns().filter(({ pattern }) => /\)[*+{]/.test(pattern.source))) {
    const phrases = [...new Set(pattern.source.match(/[a-z]+(?: [a-z]+)*/g) ?? [])]
    const heads = ['', ' ', ...phrases.slice(0, 3).map((phrase) => ` ${phrase} `)]
    for (const text of phrases.flatMap((phrase) => heads.map((head) => `${head}${`${phrase} `.repeat(20)}§`))) {
      const once = (): number => processorMs(() => text.replace(pattern, ''))
      const ms = once() < 10 ? 0 : Math.min(once(), once())
      if (ms >= 10) slow.push(`${where} ${String(pattern)}: ${JSON.stringify(text.slice(0, 30))} ${ms.toFixed(0)} ms`)
    }
  }
  t.strictSame(slow, [])
})
