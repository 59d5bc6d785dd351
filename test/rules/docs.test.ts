import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import t from 'tap'
import { isThere, readAnchors, readReferences } from '../support/doc-references.ts'

const ROOT = join(import.meta.dirname, '../..')
/** Folders that Git ignores: their files are made, and may be missing. */
const MADE = readFileSync(join(ROOT, '.gitignore'), 'utf8')
  .split('\n')
  .filter((line) => line.endsWith('/'))
  .map((line) => line.replace(/^\/|\/$/g, ''))
const FILES = globSync('**', {
  cwd: ROOT,
  withFileTypes: true,
  exclude: ({ name }) => name === '.git' || MADE.includes(name),
})
  .filter((entry) => entry.isFile())
  .map(({ parentPath, name }) => join(parentPath, name).slice(ROOT.length + 1))
/** A change log may name files that have gone; every other page names present ones. */
const PAGES = FILES.filter((file) => file.endsWith('.md') && file !== 'CHANGELOG.md').sort()
const SCRIPTS = Object.keys(
  (JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { scripts: Readonly<Record<string, string>> })
    .scripts,
)
const read = (file: string): string => readFileSync(join(ROOT, file), 'utf8')

t.test('the pages that people read are checked', async (t) => {
  const expected = ['README.md', 'CONTRIBUTING.md', 'SECURITY.md', 'docs/architecture.md', 'service/stores/README.md']
  t.strictSame(
    expected.filter((page) => !PAGES.includes(page)),
    [],
  )
  const named = PAGES.flatMap((page) => readReferences(read(page)).paths)
  t.ok(named.length > 200, `${named.length} paths are named`)
})

for (const page of PAGES) {
  t.test(`${page} names only what is there`, async (t) => {
    const { paths, scripts, links } = readReferences(read(page))
    t.strictSame(
      paths.filter((path) => !MADE.includes(path.split('/')[0] ?? '') && !isThere(path, FILES)),
      [],
      'files and folders',
    )
    t.strictSame(
      scripts.filter((script) => !SCRIPTS.includes(script)),
      [],
      'npm scripts',
    )
    t.strictSame(
      links.filter((link) => !leadsSomewhere(page, link)),
      [],
      'links',
    )
  })
}

function leadsSomewhere(page: string, link: string): boolean {
  const [path = '', anchor] = link.split('#')
  const target = path === '' ? join(ROOT, page) : resolve(ROOT, dirname(page), path)
  if (!existsSync(target)) return false
  return anchor === undefined || readAnchors(readFileSync(target, 'utf8')).includes(anchor)
}

t.test('readReferences() reads paths, scripts and links, and nothing else', async (t) => {
  const page = [
    'Read `service/app.ts`, `stores/`, and [the rooms](docs/architecture.md#the-rooms).',
    'Read [AWS](https://aws.amazon.com).',
    '`rankings.csv` is made, `GET /api/dataset` is asked, `node bench/limits.ts 5` is run, `[no](#link)` is code.',
    '```sh',
    'npm run check && npm test -- test/run.ts   # then ./infra/push-image.sh',
    '```',
    '![A picture](images/page.png)',
  ].join('\n')
  t.strictSame(readReferences(page), {
    paths: ['service/app.ts', 'stores/', 'bench/limits.ts', 'test/run.ts', 'infra/push-image.sh'],
    scripts: ['check', 'test'],
    links: ['docs/architecture.md#the-rooms', 'images/page.png'],
  })
})

t.test('isThere() finds a file by its path or the end of its path, and none that has gone', async (t) => {
  const files = ['service/app.ts', 'service/stores/redis.ts', 'test/mutants/a.edit']
  const found = ['service/app.ts', 'app.ts', 'stores/redis.ts', 'stores/', 'service/stores', 'test/mutants/*.edit']
  t.strictSame(
    found.filter((path) => !isThere(path, files)),
    [],
  )
  const gone = ['service/gone.ts', 'gone.ts', 'service/redis.ts', 'session/', 'service/gone', 'test/mutants/*.patch']
  t.strictSame(
    gone.filter((path) => isThere(path, files)),
    [],
  )
  t.ok(isThere('application/json', files), 'a media type is not a path')
  t.ok(isThere('@fastify/session', files), 'nor is a package')
})

t.test('readAnchors() makes the anchors that links use', async (t) => {
  t.strictSame(readAnchors('# The *first* one\n\n```\n# not this\n```\n## A `table` format\n'), [
    'the-first-one',
    'a-table-format',
  ])
})
