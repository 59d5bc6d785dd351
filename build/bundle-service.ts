import { readFile } from 'node:fs/promises'
import { isBuiltin } from 'node:module'
import { basename, dirname, join } from 'node:path'
import { build, type BuildOptions, type Metafile, type Plugin } from 'esbuild'
import * as exportJobs from '../service/work/export-jobs.ts'
import * as jobs from '../service/work/jobs.ts'
import { DIST } from './dist-folders.ts'

/** One file that a build makes; `path` is relative to the folder in which it belongs. */
export interface MadeFile {
  readonly path: string
  readonly contents: Uint8Array
}

/** A module that says where the bundled file is. */
const HERE = 'folder-of-this-file'

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
 * Bundles the service: `main.js` for the main thread, with its other files in `main/`; `worker.js`, with which a worker
 * thread starts; and a file for each job in `work/`, which holds all that this job needs. They do not share files, just
 * as they do not share memory. `mcp.js` and `operator.js` are programs of their own.
 * @param root the folder that holds `service/`, `mcp/` and `node_modules/`
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
      entryPoints: { mcp: 'mcp/main.ts' },
    }),
    build({
      ...options(root),
      entryPoints: { operator: 'service/operator.ts' },
    }),
    build({
      ...options(root),
      entryPoints: { worker: 'service/work/worker.ts' },
      splitting: true,
      chunkNames: 'work/[name]-[hash]',
      banner: {},
      plugins: [loadJobsByFile],
    }),
    build({
      ...options(root),
      entryPoints: Object.fromEntries([
        ...JOBS.map(([name]) => [`work/${name}`, `job:${name}`]),
        ...Object.entries(RARE_READERS).map(([name, module]) => [`work/${name}`, module]),
      ]),
      banner: {},
      plugins: [builtinsWhenUsed, onlyShapeParser, loadSqliteFromBeside, rareReadersBeside, oneJobEach(root)],
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
    // CommonJS packages load Node's own modules with `require`, which an ES module does not have. What threads
    // run takes them in another way.
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
    plugins: [loadYamlLate],
  } as const satisfies BuildOptions
}

/** Takes a module of Node's own when it is first used. An import of it would load all that it offers. */
const builtinsWhenUsed: Plugin = {
  name: 'builtins-when-used',
  setup(bundler) {
    bundler.onResolve({ filter: /^[a-z:_/]+$/ }, ({ path }) =>
      isBuiltin(path) ? { path, namespace: 'builtin' } : undefined,
    )
    bundler.onLoad({ filter: /.*/, namespace: 'builtin' }, ({ path }) => ({
      contents: `module.exports = process.getBuiltinModule('${path}')`,
    }))
  },
}

/** Of shpjs only the parser of shapes is used. Its other parts would load proj4 with every file. */
const onlyShapeParser: Plugin = {
  name: 'only-shape-parser',
  setup(bundler) {
    bundler.onLoad({ filter: /\/shpjs\/lib\/index\.js$/ }, ({ path }) => ({
      contents: "export { default as parseShp } from './parseShp.js'",
      resolveDir: dirname(path),
    }))
  },
}

/** Every job with the module that exports it. */
const JOBS = Object.entries({ jobs, 'export-jobs': exportJobs }).flatMap(([module, of]) =>
  Object.keys(of).map((name) => [name, module] as const),
)

/**
 * What a job reads or writes only few files with, by the file of its own that each gets: a thread that reads or writes
 * a CSV loads none of them.
 */
const RARE_READERS = {
  'reader-zip-workbook': 'service/domain/files/table/zip-workbook.ts',
  'reader-xls-source': 'service/domain/files/table/xls-source.ts',
  'reader-read-geopackage': 'service/domain/files/boundary/read-geopackage.ts',
  'reader-read-kml': 'service/domain/files/boundary/read-kml.ts',
  'reader-proj4': 'proj4',
  'reader-workbooks': 'service/domain/exports/workbook/workbooks.ts',
} as const

/** Leaves rare readers in files of their own, and loads them from there. */
const rareReadersBeside: Plugin = {
  name: 'rare-readers-beside',
  setup(bundler) {
    bundler.onResolve({ filter: /(?:\.ts|^proj4)$/ }, ({ path, kind }) => {
      const name = `reader-${basename(path, '.ts')}`
      return kind === 'dynamic-import' && name in RARE_READERS ? { path: `./${name}.js`, external: true } : undefined
    })
  },
}

/** Puts in the place of `service/work/load-job.ts` what loads the file of a job. */
const loadJobsByFile: Plugin = {
  name: 'load-jobs-by-file',
  setup(bundler) {
    bundler.onLoad({ filter: /\/service\/work\/load-job\.ts$/ }, () => ({
      contents:
        'export const loadJob = async (name) => (await import(new URL(`./work/${name}.js`, import.meta.url))).job',
    }))
  },
}

/** Makes of each job an entry of its own, which exports it as `job`. */
const oneJobEach = (root: string): Plugin => ({
  name: 'one-job-each',
  setup(bundler) {
    bundler.onResolve({ filter: /^job:/ }, ({ path }) => ({ path: path.slice('job:'.length), namespace: 'job' }))
    bundler.onLoad({ filter: /.*/, namespace: 'job' }, ({ path }) => ({
      contents: `export { ${path} as job } from './service/work/${new Map(JOBS).get(path)}.ts'`,
      resolveDir: root,
    }))
  },
})

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

/**
 * sql.js looks for its WebAssembly in the folder of a CommonJS module. In the build it lies beside the bundled file.
 */
const loadSqliteFromBeside: Plugin = {
  name: 'load-sqlite-from-beside',
  setup(bundler) {
    bundler.onLoad({ filter: /sql\.js\/dist\/sql-wasm\.js$/ }, async ({ path }) => {
      const parts = (await readFile(path, 'utf8')).split('__dirname+"/"')
      if (parts.length !== 2)
        throw new Error(`Cannot bundle ${path}: it names its folder in another way than this build knows`)
      return { contents: parts.join(`require('${HERE}').folder+"/"`), loader: 'js' }
    })
    bundler.onResolve({ filter: new RegExp(`^${HERE}$`) }, ({ path }) => ({ path, namespace: 'here' }))
    bundler.onLoad({ filter: /.*/, namespace: 'here' }, () => ({
      contents: 'export const folder = import.meta.dirname',
    }))
  },
}
