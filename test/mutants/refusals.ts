import { join } from 'node:path'
import { ESLint } from 'eslint'
import ts from 'typescript'

/**
 * The packages' declarations, which all copies share and which are most of a program. Each is parsed once. All programs
 * here have the same options.
 */
const packages = new Map<string, ts.SourceFile | undefined>()

function hostOf(options: ts.CompilerOptions): ts.CompilerHost {
  const host = ts.createCompilerHost(options)
  const read = host.getSourceFile.bind(host)
  host.getSourceFile = (file, ...rest) => {
    if (!file.includes('/node_modules/')) return read(file, ...rest)
    if (!packages.has(file)) packages.set(file, read(file, ...rest))
    return packages.get(file)
  }
  return host
}

/** Codes of the compiler's errors in one file of a copy. */
export function typeErrors(folder: string, file: string): number[] {
  const { config } = ts.readConfigFile(join(folder, 'tsconfig.json'), (path) => ts.sys.readFile(path)) as {
    config: unknown
  }
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, folder)
  // What the app's parts declare about a request is known only where they are part of the program.
  const program = ts.createProgram([join(folder, 'service/app.ts'), join(folder, file)], options, hostOf(options))
  const source = program.getSourceFile(join(folder, file))
  return [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)].map(({ code }) => code)
}

/**
 * What one rule reports about one file of a copy, by the copy's own configuration. Only for rules that need no types.
 */
export async function lintErrors(folder: string, file: string, rule: string): Promise<string[]> {
  const eslint = new ESLint({
    cwd: folder,
    ruleFilter: ({ ruleId }) => ruleId === rule,
    overrideConfig: {
      languageOptions: { parserOptions: { projectService: false } },
      linterOptions: { reportUnusedDisableDirectives: 'off' },
    },
  })
  const results = await eslint.lintFiles([file])
  return results.flatMap(({ messages }) => messages.map(({ message }) => message))
}
