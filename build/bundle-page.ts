import { readdir, readFile } from 'node:fs/promises'
import { basename, extname, join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import { build, type OutputFile, type Plugin } from 'esbuild'
import type { BuiltPage, PageEntry } from '../service/http/page-files.ts'
import { page as french } from '../service/ui/words/fr/page.ts'
import { makeGuide } from './bundle-guide.ts'
import type { MadeFile } from './bundle-service.ts'
import { fillPage } from './fill-page.ts'
import { GUIDE_PICTURES } from './guide-files.ts'

/** The files of `service/sample/` that are served. */
const SAMPLE_ENDINGS: readonly string[] = ['.csv', '.zip']
/** Files that are compressed as they are. */
const COMPRESSED_ENDINGS: readonly string[] = ['.png', '.zip']
const MANIFEST = 'page.json'

/** The modules of the page take their words from the English catalogue: in the French page this one is in its place. */
const IN_FRENCH: Plugin = {
  name: 'in-french',
  setup(bundler) {
    bundler.onResolve({ filter: /\/words\/en\.ts$/ }, ({ path, resolveDir }) => ({
      path: join(resolveDir, path.replace(/en\.ts$/, 'fr.ts')),
    }))
  },
}

/**
 * Makes the whole web page, for `dist/page/`: one file of modules for each language and one of styles, each named by a
 * hash of its content; index.html in each language, which names them; the guide and its pictures; the sample data; and
 * the manifest from which the service serves them. Each file is also made in Brotli and gzip when that is smaller.
 */
export async function bundlePage(root: string): Promise<readonly MadeFile[]> {
  const outputs = await Promise.all([
    bundle(root, { app: 'service/ui/app.ts', styles: 'service/ui/app.css' }),
    bundle(root, { 'app-fr': 'service/ui/app.ts' }, [IN_FRENCH]),
  ])
  const hashed = outputs.flat().map(({ path, contents }) => ({ name: basename(path), contents }))
  const named = (name: string, ending: string): string => {
    const pattern = new RegExp(`^${name}-[A-Z0-9]{8}\\.${ending}$`)
    const found = hashed.filter((file) => pattern.test(file.name))
    if (found[0] === undefined || found.length > 1)
      throw new Error(`Cannot build the page: ${found.length} files are called ${name} and end with .${ending}`)
    return `/ui/${found[0].name}`
  }
  const styles = named('styles', 'css')
  const source = await readFile(join(root, 'service/ui/index.html'), 'utf8')
  const htmlWith = (filled: string, script: string): Buffer =>
    Buffer.from(
      replaceOnce(replaceOnce(filled, '"/ui/app.js"', `"${named(script, 'js')}"`), '"/ui/app.css"', `"${styles}"`),
    )
  const sample = join(root, 'service/sample')
  const samples = (await readdir(sample)).filter((name) => SAMPLE_ENDINGS.includes(extname(name))).sort()
  const pictures = join(root, GUIDE_PICTURES)
  const served = await Promise.all([
    encoded('/', 'index.html', false, htmlWith(fillPage(source), 'app')),
    encoded('/fr', 'fr.html', false, htmlWith(fillPage(source, french), 'app-fr')),
    ...hashed.map(async ({ name, contents }) => encoded(`/ui/${name}`, `ui/${name}`, true, contents)),
    encoded('/guide', 'guide.html', false, Buffer.from(await makeGuide(root, styles))),
    ...(await readdir(pictures))
      .sort()
      .map(async (name) => encoded(`/guide/${name}`, `guide/${name}`, false, await readFile(join(pictures, name)))),
    ...samples.map(async (name) =>
      encoded(`/sample/${name}`, `sample/${name}`, false, await readFile(join(sample, name))),
    ),
  ])
  const page: BuiltPage = { styles, files: served.map(({ entry }) => entry) }
  return [
    { path: MANIFEST, contents: Buffer.from(`${JSON.stringify(page, null, 2)}\n`) },
    ...served.flatMap(({ files }) => files),
  ]
}

async function bundle(
  root: string,
  entryPoints: Readonly<Record<string, string>>,
  plugins: Plugin[] = [],
): Promise<OutputFile[]> {
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: { ...entryPoints },
    outdir: 'dist/page/ui',
    entryNames: '[name]-[hash]',
    plugins,
    write: false,
    logLevel: 'silent',
    bundle: true,
    platform: 'browser',
    format: 'esm',
    target: 'esnext',
    minify: true,
    legalComments: 'none',
    tsconfigRaw: {},
  })
  return outputFiles
}

/** A file with its compressed forms. */
async function encoded(
  path: string,
  file: string,
  isImmutable: boolean,
  plain: Uint8Array,
): Promise<{ entry: PageEntry; files: readonly MadeFile[] }> {
  const variants = COMPRESSED_ENDINGS.includes(extname(file)) ? [] : await variantsOf(plain)
  return {
    entry: { path, file, isImmutable, encodings: variants.map(([encoding]) => encoding) },
    files: [
      { path: file, contents: plain },
      ...variants.map(([encoding, contents]) => ({ path: `${file}.${encoding}`, contents })),
    ],
  }
}

function replaceOnce(text: string, from: string, to: string): string {
  const parts = text.split(from)
  if (parts.length !== 2) throw new Error(`Cannot build the page: index.html names ${from} ${parts.length - 1} times`)
  return parts.join(to)
}

/** The compressed forms of a file that save at least a tenth. */
async function variantsOf(plain: Uint8Array): Promise<(readonly ['br' | 'gzip', Uint8Array])[]> {
  const [br, gz] = await Promise.all([
    promisify(brotliCompress)(plain, {
      params: {
        [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
        [constants.BROTLI_PARAM_SIZE_HINT]: plain.length,
      },
    }),
    promisify(gzip)(plain, { level: constants.Z_BEST_COMPRESSION }),
  ])
  const both = [['br', br] as const, ['gzip', gz] as const]
  return both.filter(([, bytes]) => bytes.length < 0.9 * plain.length)
}
