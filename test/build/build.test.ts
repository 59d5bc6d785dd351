import { mkdirSync, readFileSync, readdirSync, utimesSync, writeFileSync } from 'node:fs'
import { once } from 'node:events'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import t from 'tap'
import { bundleService } from '../../build/bundle-service.ts'
import { bundledPackages, collectLicences } from '../../build/collect-licences.ts'
import { makeDist } from '../../build/make-dist.ts'
import { writeDist } from '../../build/write-dist.ts'
import * as exportJobs from '../../service/work/export-jobs.ts'
import * as jobs from '../../service/work/jobs.ts'
import { copyTree } from '../mutants/work-copy.ts'
import { drawnWards, gpkgFeatures } from '../support/boundary-files.ts'
import { writeGeoPackage } from '../support/geopackage.ts'
import { folder } from '../support/parts.ts'

const root = join(import.meta.dirname, '../..')

t.setTimeout(300_000)

/** Every file under a folder, by its path, with its bytes. */
function filesIn(path: string): Map<string, Buffer> {
  return new Map(
    readdirSync(path, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .sort()
      .map((file) => [file.slice(path.length + 1), readFileSync(file)]),
  )
}

/** A build, and what the bundles are made of: each is made once. */
const one = folder(t)
const bundled = bundleService(root)

t.test('one tree gives the same bytes each time, and what runs holds no TypeScript and no source map', async (t) => {
  const other = folder(t)
  await writeDist(root, one, 'a stamp')
  await writeDist(root, other, 'a stamp')
  const [first, second] = [filesIn(one), filesIn(other)]
  t.strictSame([...first.keys()], [...second.keys()])
  t.strictSame(
    [...first].filter(([path, bytes]) => second.get(path)?.equals(bytes) !== true).map(([path]) => path),
    [],
  )
  const code = [...first.keys()].filter((path) => /^dist\/(?!page\/).*\.js$/.test(path))
  t.strictSame(
    code.filter((path) => !/^dist\/(?:main|work)\//.test(path)),
    ['dist/main.js', 'dist/mcp.js', 'dist/operator.js', 'dist/worker.js'],
    'one file that the main thread begins with, one that each worker thread does, one for clients of models',
  )
  t.strictSame(
    [...first.keys()].filter((path) => path.startsWith('dist-maps/') && path.endsWith('.map')),
    code.map((path) => `${path.replace('dist/', 'dist-maps/')}.map`),
    'each has its map, elsewhere',
  )
  t.strictSame(
    [...first.keys()].filter((path) => path.startsWith('dist/') && /\.(?:ts|map)$/.test(path)),
    [],
  )
  for (const path of code) t.notMatch(String(first.get(path)), /sourceMappingURL=\S+\.map/, path)
})

t.test('a thread loads what its job needs, and nothing of the main thread', async (t) => {
  const { outputs } = await bundled
  /** The packages of a file and of all that it loads at once. */
  const loads = (path: string, seen = new Set<string>()): Set<string> => {
    if (seen.has(path)) return seen
    seen.add(path)
    for (const next of outputs[path]?.imports ?? [])
      if (next.kind === 'import-statement' && next.external !== true) loads(next.path, seen)
    return seen
  }
  const packagesOf = (path: string): string[] => {
    const files = Object.fromEntries([...loads(path)].map((file) => [file, outputs[file]!]))
    return bundledPackages(files).map((found) => found.replace(/^.*node_modules\//, ''))
  }
  const chunkOf = (module: string): string => {
    const found = Object.keys(outputs).find((path) => outputs[path]?.entryPoint === `service/domain/${module}.ts`)
    if (found === undefined) throw new Error(`${module} has no chunk`)
    return found
  }
  t.strictSame([...loads('dist/worker.js')], ['dist/worker.js'], 'before it has a job it loads nothing more')
  const atStart = packagesOf('dist/main.js')
  t.ok(atStart.includes('fastify'))
  t.strictSame(
    atStart.filter((name) => /bedrock|proj4|shpjs|xlsx|yauzl|sql\.js|xmldom|topojson|openid-client|jose/.test(name)),
    [],
    'no reader of files, no client of Bedrock and none of sign-in is loaded at the start',
  )
  for (const module of [
    'plan/plan-nets',
    'ranking/analyse',
    'ranking/ward-page',
    'ranking/ask-table',
    'map/result-map',
    'map/map-shapes',
    'exports/export-report',
    'dataset/pack-dataset',
    'dataset/join-wards',
  ])
    t.strictSame(packagesOf(chunkOf(module)), [], `${module} loads no package`)
  t.strictSame(packagesOf(chunkOf('files/read-wards')), [], 'a table loads no reader before its format is known')
  t.strictSame(packagesOf(chunkOf('files/boundary/read-boundaries')), [], 'nor do boundaries')
  t.notOk(packagesOf(chunkOf('files/boundary/read-kml')).includes('sql.js'), 'KML loads no database')
  t.strictSame(packagesOf(chunkOf('files/table/csv-source')), ['csv-parse'], 'a CSV loads no reader of workbooks')
  t.ok(packagesOf(chunkOf('files/table/xls-source')).includes('@e965/xlsx'))
  for (const name of [...Object.keys(jobs), ...Object.keys(exportJobs)]) {
    const { imports } = outputs[`dist/work/${name}.js`]!
    t.strictSame(
      imports.filter(({ path, kind }) => kind !== 'dynamic-import' || !/^\.\/reader-[\w-]+\.js$/.test(path)),
      [],
      `${name} is one file, which loads no other but the readers of rare formats`,
    )
  }
  for (const name of ['prepareDataset', 'analyse', 'planNets', 'exportDataset'])
    t.strictSame(packagesOf(`dist/work/${name}.js`), [], `${name} has no package in it`)
  const inThreads = Object.entries(outputs).filter(([path]) => /^dist\/(?:worker\.js|work\/.*\.js)$/.test(path))
  t.strictSame(
    bundledPackages(Object.fromEntries(inThreads)).filter((path) => /fastify|ioredis|aws-sdk|smithy|pino/.test(path)),
    [],
  )
})

t.test('makeDist() builds again when the content of its inputs differs, not when only their times do', async (t) => {
  const copy = copyTree()
  t.teardown(() => {
    copy.remove()
  })
  const [both, again] = await Promise.all([makeDist(copy.folder), makeDist(copy.folder)])
  t.ok(both !== null || again !== null, 'it builds what is not there')
  t.equal(await makeDist(copy.folder), null, 'it leaves what is there')
  const source = join(copy.folder, 'service/http/health.ts')
  utimesSync(source, new Date(), new Date())
  t.equal(await makeDist(copy.folder), null, 'a file that was touched is the same file')

  const text = readFileSync(source, 'utf8')
  writeFileSync(source, text.replace("status: 'ok'", "status: 'changed here'"))
  t.ok((await makeDist(copy.folder)) !== null)
  t.match(readFileSync(join(copy.folder, 'dist/main.js'), 'utf8'), /changed here/, 'the build holds the change')
  writeFileSync(source, text)
  t.ok((await makeDist(copy.folder)) !== null, 'a change that is taken back is a change')
  t.notMatch(readFileSync(join(copy.folder, 'dist/main.js'), 'utf8'), /changed here/)
  t.strictSame(readdirSync(join(copy.folder, '.local')), [], 'nothing is left beside it')

  writeFileSync(source, 'import { none } from')
  await t.rejects(makeDist(copy.folder), /health\.ts/, 'what cannot be bundled is told')
  t.match(readFileSync(join(copy.folder, 'dist/main.js'), 'utf8'), /status/, 'and the build before it stays')
})

t.test('a built thread reads a GeoPackage, with SQLite from beside itself', async (t) => {
  const worker = new Worker(join(one, 'dist/worker.js'))
  t.teardown(async () => {
    await worker.terminate()
  })
  const answered = once(worker, 'message') as Promise<[{ value?: { found: { features: number } } }]>
  const bytes = new Uint8Array(writeGeoPackage([{ table: 'wards', features: gpkgFeatures(drawnWards()) }]))
  worker.postMessage({ name: 'validateBoundaries', input: { filename: 'wards.gpkg', bytes, choices: {} } })
  const [reply] = await answered
  t.equal(reply.value?.found.features, 12)
})

t.test('the licences of all bundled packages are collected', async (t) => {
  const { outputs } = await bundled
  const text = await collectLicences(root, outputs)
  const packages = bundledPackages(outputs)
  for (const path of ['fastify', 'ioredis', '@aws-sdk/client-s3', 'typebox', 'proj4'])
    t.ok(packages.includes(`node_modules/${path}`), `${path} is bundled`)
  for (const path of packages) {
    const { name, version } = JSON.parse(readFileSync(join(root, path, 'package.json'), 'utf8')) as {
      name: string
      version: string
    }
    t.ok(text.includes(`== ${name} ${version} (`), path)
  }
  t.ok(text.includes(readFileSync(join(root, 'node_modules/fastify/LICENSE'), 'utf8').trim()))

  const bad = folder(t)
  mkdirSync(join(bad, 'node_modules/unlicensed'), { recursive: true })
  writeFileSync(join(bad, 'node_modules/unlicensed/package.json'), '{ "name": "unlicensed", "version": "1.0.0" }')
  const made = {
    bytes: 1,
    inputs: { 'node_modules/unlicensed/index.js': { bytesInOutput: 1 } },
    imports: [],
    exports: [],
  }
  await t.rejects(collectLicences(bad, { 'dist/main.js': made }), /Cannot bundle unlicensed 1\.0\.0/)
})
