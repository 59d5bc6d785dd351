import { existsSync, readFileSync } from 'node:fs'
import { dirname, relative, resolve } from 'node:path'
import type { TSESLint, TSESTree } from '@typescript-eslint/utils'
import ts from 'typescript'

type MessageId = 'circle'

/** The files that a file imports by a relative path, types included. Each is read once in a lint run. */
const known = new Map<string, readonly string[]>()

function importsOf(file: string): readonly string[] {
  const before = known.get(file)
  if (before !== undefined) return before
  const found = ts
    .preProcessFile(readFileSync(file, 'utf8'), true, true)
    .importedFiles.filter(({ fileName }) => fileName.startsWith('.'))
    .map(({ fileName }) => resolve(dirname(file), fileName))
    .filter((path) => /\.(ts|js)$/.test(path) && existsSync(path))
  known.set(file, found)
  return found
}

/** The shortest way from one file to another by imports, both included; undefined without one. */
function wayBetween(from: string, to: string): readonly string[] | undefined {
  const ways: string[][] = [[from]]
  const seen = new Set([from])
  for (let way = ways.shift(); way !== undefined; way = ways.shift()) {
    const last = way.at(-1) ?? from
    if (last === to) return way
    for (const next of importsOf(last)) {
      if (seen.has(next)) continue
      seen.add(next)
      ways.push([...way, next])
    }
  }
  return undefined
}

/** Refuses an import that leads back to its own file, even through types: such files can only be read together. */
export const noImportCircles: TSESLint.RuleModule<MessageId> = {
  meta: {
    type: 'problem',
    docs: { description: 'Refuses imports that lead back to their own file' },
    schema: [],
    messages: { circle: 'Cannot import this: it leads back here by {{way}}' },
  },
  create(context) {
    const check = (source: TSESTree.Node | null): void => {
      if (source?.type !== 'Literal' || typeof source.value !== 'string' || !source.value.startsWith('.')) return
      const target = resolve(dirname(context.filename), source.value)
      if (!existsSync(target)) return
      const way = wayBetween(target, context.filename)
      if (way === undefined) return
      const shown = way.map((file) => relative(context.cwd, file)).join(' → ')
      context.report({ node: source, messageId: 'circle', data: { way: shown } })
    }
    return {
      ImportDeclaration(node) {
        check(node.source)
      },
      ExportNamedDeclaration(node) {
        check(node.source)
      },
      ExportAllDeclaration(node) {
        check(node.source)
      },
    }
  },
}
