import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import ts from 'typescript'

const FILE = join(import.meta.dirname, 'forbidden.ts')
const ROOT = join(import.meta.dirname, '../..')
const DIRECTIVE = '// @ts-expect-error'

/** Compiles forbidden.ts with another text in its place, as tsconfig.json has it. Gives code and line of each error. */
function compile(
  text: string,
  earlier?: ts.Program,
): { errors: { code: number; line: number; message: string }[]; program: ts.Program } {
  const { config } = ts.readConfigFile(join(ROOT, 'tsconfig.json'), (path) => ts.sys.readFile(path)) as {
    config: unknown
  }
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, ROOT)
  const host = ts.createCompilerHost(options, true)
  const getSourceFile = host.getSourceFile.bind(host)
  host.getSourceFile = (path, ...rest) =>
    path === FILE
      ? ts.createSourceFile(path, text, ...(rest.slice(0, 1) as [ts.ScriptTarget]), true)
      : (earlier?.getSourceFile(path) ?? getSourceFile(path, ...rest))
  const program = ts.createProgram([FILE], options, host)
  const file = program.getSourceFile(FILE)
  const errors = [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)].map(
    ({ code, start, messageText }) => ({
      code,
      line: file?.getLineAndCharacterOfPosition(start ?? 0).line ?? -1,
      message: ts.flattenDiagnosticMessageText(messageText, ' '),
    }),
  )
  return { errors, program }
}

t.test('no forbidden line compiles', (t) => {
  const text = readFileSync(FILE, 'utf8')
  const lines = text.split('\n')
  const forbidden = lines.flatMap((line, at) => (line.trimStart().startsWith(DIRECTIVE) ? [at + 1] : []))
  t.ok(forbidden.length > 45, `${String(forbidden.length)} lines are forbidden`)

  const { errors, program } = compile(text)
  t.strictSame(errors, [], 'each of them fails, and nothing else in the file does')

  const bare = compile(text.replaceAll(DIRECTIVE, '// forbidden:'), program)
  t.strictSame(
    [...new Set(bare.errors.map(({ line }) => line))].sort((a, b) => a - b),
    forbidden,
    'without the directives each is an error of its own',
  )

  const at = forbidden[0] ?? 0
  const harmless = compile([...lines.slice(0, at), '  use(scope.dataId)', ...lines.slice(at + 1)].join('\n'), program)
  t.strictSame(
    harmless.errors.map(({ code, line }) => [code, line]),
    [[2578, at - 1]],
    'a line that does compile under a directive is an error: the directive has nothing to expect',
  )
  t.end()
})
