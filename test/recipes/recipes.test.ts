import { globSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import t from 'tap'
import { copyTree, runProgram, type WorkCopy } from '../mutants/work-copy.ts'
import { applyEdits, readEdits } from '../support/edits.ts'

/** How many files the adding of a thing may touch, tests and docs not counted. */
const MOST_FILES: Readonly<Record<string, number>> = { 'chat-tool': 5, export: 4, 'table-format': 2 } as const
/** Where the files lie that a recipe may change. */
const FOLDERS = ['service', 'prove', 'test', 'docs'] as const
const root = join(import.meta.dirname, '../..')
t.setTimeout(600_000)

async function run(copy: WorkCopy, args: readonly string[]): Promise<{ code: number | null; output: string }> {
  return await runProgram(process.execPath, args, { cwd: copy.folder, env: { ...process.env, TAP_TIMEOUT: '240' } })
}

/**
 * What the compiler finds wrong with the service, its page, the prover and these tests of a copy, one line an error.
 */
async function typeErrors(copy: WorkCopy, tests: readonly string[]): Promise<string[]> {
  const own = { extends: './tsconfig.json', include: ['service', 'prove', ...tests] }
  writeFileSync(join(copy.folder, 'tsconfig.recipe.json'), JSON.stringify(own))
  const found: string[] = []
  for (const project of ['tsconfig.recipe.json', 'service/ui/tsconfig.json']) {
    const { code, output } = await run(copy, [join(root, 'node_modules/typescript/bin/tsc'), '-p', project])
    const errors = output.split('\n').filter((line) => line.includes('error TS'))
    found.push(...(code === 0 || errors.length > 0 ? errors : [`${project}: ${output}`]))
  }
  return found
}

const isTestOrDoc = (file: string): boolean => /^(test|docs)\/|\.md$/.test(file)
const recipes = globSync('test/recipes/*.edit', { cwd: root }).sort()

t.test('there is a recipe for each kind of thing that is counted', async (t) => {
  t.strictSame(
    recipes.map((file) => basename(file, '.edit')),
    Object.keys(MOST_FILES),
  )
})

for (const file of recipes) {
  const thing = basename(file, '.edit')
  t.test(`the recipe for ${thing} adds it in few files; it compiles and passes its own tests`, async (t) => {
    const copy = copyTree()
    t.teardown(() => {
      copy.remove()
    })
    const touched = copy.apply(file, FOLDERS)
    const counted = touched.filter((path) => !isTestOrDoc(path))
    t.comment(`${thing}: ${String(counted.length)} files: ${counted.join(', ')}`)
    t.ok(counted.length > 0 && counted.length <= (MOST_FILES[thing] ?? 0), `${String(counted.length)} files`)
    const tests = touched.filter((path) => path.endsWith('.test.ts'))
    t.strictSame(await typeErrors(copy, tests), [])
    t.ok(tests.length > 0, 'it has tests of its own')
    for (const test of tests) {
      const { code, output } = await run(copy, [test])
      t.equal(code, 0, `${test}\n${code === 0 ? '' : output}`)
    }
  })
}

t.test('an export that the page does not offer and the prover does not try does not compile', async (t) => {
  const copy = copyTree()
  t.teardown(() => {
    copy.remove()
  })
  const held = ['ui/downloads.ts', 'operations/exports.ts']
  const edits = readEdits(readFileSync(join(root, 'test/recipes/export.edit'), 'utf8'))
  applyEdits(
    copy.folder,
    FOLDERS,
    edits.filter(({ file }) => !held.includes(file)),
  )
  const files = (await typeErrors(copy, [])).map((line) => line.replace(/\(.*/s, ''))
  t.strictSame([...new Set(files)], ['prove/operations/exports.ts', 'service/ui/downloads.ts'])
})
