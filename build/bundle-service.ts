import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { build, type BuildOptions, type Metafile, type Plugin } from 'esbuild'
import { DIST } from './dist-folders.ts'

/** One file that a build makes; `path` is relative to the folder in which it belongs. */
export interface MadeFile {
  readonly path: string
  readonly contents: Uint8Array
}

/** SQLite as WebAssembly, which the reader of GeoPackages loads. */
const SQLITE = 'sql-wasm.wasm'

export interface Bundles {
  /** For `dist/`. */
  readonly code: readonly MadeFile[]
  /** For `dist/`: what the code loads from beside itself. */
  readonly beside: readonly MadeFile[]
  /** For `dist-maps/`: the source map of each file of `code`, by the same path and `.map`. */
  readonly maps: readonly MadeFile[]
  /** What went into each file, as esbuild reports it. Paths are relative to the root. */
  readonly outputs: Metafile['outputs']
}

/**
 * Bundles the service: `main.js` for the main thread, with its other files in `main/`, and `worker.js` for worker
 * threads, with the files that their jobs load in `work/`. The two do not share files, just as they do not share
 * memory.
 * @param root the folder that holds `service/` and `node_modules/`
 */
export async function bundleService(root: string): Promise<Bundles> {
  const results = await Promise.all([
    build({
      ...options(root),
      entryPoints: { main: 'service/main.ts' },
      splitting: true,
      chunkNames: 'main/[name]-[hash]',
    }),
    build({
      ...options(root),
      entryPoints: { worker: 'service/work/worker.ts' },
      splitting: true,
      chunkNames: 'work/[name]-[hash]',
    }),
  ])
  const files = results.flatMap(({ outputFiles }) =>
    outputFiles.map(({ path, contents }) => ({ path: path.slice(root.length + DIST.length + 2), contents })),
  )
  return {
    code: files.filter(({ path }) => path.endsWith('.js')),
    beside: [{ path: `work/${SQLITE}`, contents: await readFile(join(root, 'node_modules/sql.js/dist', SQLITE)) }],
    maps: files.filter(({ path }) => path.endsWith('.map')),
    outputs: Object.assign({}, ...results.map(({ metafile }) => metafile.outputs)) as Metafile['outputs'],
  }
}

function options(root: string) {
  return {
    absWorkingDir: root,
    outdir: DIST,
    write: false,
    // A failure is thrown with all its details.
    logLevel: 'silent',
    metafile: true,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node24',
    // Prefer ES modules when a package has both, since their unused parts are left out.
    mainFields: ['module', 'main'],
    conditions: ['module'],
    define: { 'process.env.NODE_ENV': '"production"' },
    // CommonJS packages load Node's own modules with `require`, which an ES module does not have.
    banner: {
      js:
        `import { createRequire as createRequireHere } from 'node:module';const require = ` +
        'createRequireHere(import.meta.url);',
    },
    // Names are kept, so that a logged stack can be read before it is mapped.
    minifySyntax: true,
    minifyWhitespace: true,
    // An uncaught error is printed with its line.
    lineLimit: 200,
    sourcemap: 'external',
    sourcesContent: false,
    // The licences of all bundled packages are collected into one file.
    legalComments: 'none',
    // The result does not depend on the compiler's own settings.
    tsconfigRaw: {},
    plugins: [loadYamlLate, loadSqliteFromBeside],
  } as const satisfies BuildOptions
}

/** @fastify/swagger loads a YAML writer that this service never uses. Here it is loaded only on first use. */
const loadYamlLate: Plugin = {
  name: 'load-yaml-late',
  setup(bundler) {
    bundler.onLoad({ filter: /@fastify\/swagger\/lib\/.*\.js$/ }, async ({ path }) => {
      const source = await readFile(path, 'utf8')
      const contents = source
        .replace(/^const yaml = require\('yaml'\)$/m, '')
        .replaceAll(/\byaml\.(stringify|parse)\(/g, "require('yaml').$1(")
      if (/\byaml\b(?!['?])/.test(contents.replaceAll("require('yaml')", '').replaceAll(/'[^']*'|opts\??\.yaml/g, '')))
        throw new Error(`Cannot load YAML late in ${path}: it uses it in another way than this build knows`)
      return { contents, loader: 'js' }
    })
  },
}

/** sql.js looks for its WebAssembly in the folder of a CommonJS module. In the build it lies beside the bundled file. */
const loadSqliteFromBeside: Plugin = {
  name: 'load-sqlite-from-beside',
  setup(bundler) {
    bundler.onResolve({ filter: /^\.\/sql-wasm\.wasm$/ }, ({ path }) => ({ path, external: true }))
    bundler.onLoad({ filter: /sql\.js\/dist\/sql-wasm\.js$/ }, async ({ path }) => {
      const parts = (await readFile(path, 'utf8')).split('__dirname+"/"')
      if (parts.length !== 2)
        throw new Error(`Cannot bundle ${path}: it names its folder in another way than this build knows`)
      return { contents: parts.join(`require.resolve('./${SQLITE}').slice(0, ${-SQLITE.length})`), loader: 'js' }
    })
  },
}
