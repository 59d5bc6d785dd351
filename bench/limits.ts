import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { startTaskSized } from './task-sized.ts'

/**
 * Measures the limits of single steps. Each runs in its own process, limited to the size of a task (half a core, 1
 * GiB). Prints the CPU time, which takes twice as many seconds at half a core on an idle machine; the seconds that
 * passed, including other work on the machine; and the peak of the resident memory, including the input.
 * Usage: node bench/limits.ts
 */
const STEPS = {
  'subsets: 10 indicators (1,013 models), 9,500 wards (bound 3 s, 700 MiB)': 'subsets',
  'CSV, 4 MiB': 'csv 4',
  'CSV, 16 MiB': 'csv 16',
  'CSV, 64 MiB (the largest that is accepted)': 'csv 64',
  'queen neighbours, 1,000,000 vertices (bound 5 s)': 'queen 1000000',
} as const

interface Measured {
  readonly cpuSeconds: number
  readonly seconds: number
  readonly peakMiB: number
  /** The peak minus the resident memory before the step, which includes the input. */
  readonly grownMiB: number
}

/** Runs inside the measured process. The input is made first, and only the step is timed. */
async function step(name: string, size: number): Promise<Measured> {
  const highMiB = (field: string): number =>
    Number(new RegExp(`${field}:\\s+(\\d+)`).exec(readFileSync('/proc/self/status', 'utf8'))?.[1]) / 1024
  const run = await prepared(name, size)
  globalThis.gc?.()
  const before = highMiB('VmRSS')
  writeFileSync('/proc/self/clear_refs', '5')
  const begin = performance.now()
  const cpu = process.cpuUsage()
  await run()
  const { user, system } = process.cpuUsage(cpu)
  return {
    cpuSeconds: (user + system) / 1e6,
    seconds: (performance.now() - begin) / 1000,
    peakMiB: highMiB('VmHWM'),
    grownMiB: highMiB('VmHWM') - before,
  }
}

async function prepared(name: string, size: number): Promise<() => unknown> {
  const [{ makeLargeDataset }, { readWards }, { readBoundaries }, { joinWards }] = await Promise.all([
    import('../test/support/large-dataset.ts'),
    import('../service/domain/files/read-wards.ts'),
    import('../service/domain/files/boundary/read-boundaries.ts'),
    import('../service/domain/dataset/join-wards.ts'),
  ])
  if (name === 'subsets') {
    const { csv, shapefile } = makeLargeDataset()
    const dataset = joinWards(await readWards(csv, 'w.csv'), await readBoundaries(shapefile, 'b.zip'))
    const [{ compositeScores }, { modelsOf }, { normalise }] = await Promise.all([
      import('../service/domain/ranking/composite-scores.ts'),
      import('../service/domain/ranking/models.ts'),
      import('../service/domain/ranking/normalise.ts'),
    ])
    const columns = dataset.table.columns
      .filter(({ indicator }) => indicator)
      .slice(0, 10)
      .map(({ numbers }) =>
        normalise(
          (numbers ?? new Float64Array()).map((value) => (Number.isNaN(value) ? 0 : value)),
          'direct',
          'standard',
        ),
      )
    return () => compositeScores(columns, modelsOf(10, 'standard'), 'standard')
  }
  if (name === 'csv') {
    const numbers = Array.from({ length: 30 }, (_, at) => (at * 1.37).toFixed(6))
    const cells = `${numbers.join(',')},"${'{""a"":1}'.repeat(200)}"`
    const header = `WardName,${Array.from({ length: 30 }, (_, at) => `v${String(at)}`).join(',')},note\n`
    const rows = Math.floor((size * 1024 * 1024 - header.length) / (cells.length + 10))
    const bytes = Buffer.alloc(rows * (cells.length + 10) + header.length)
    let offset = bytes.write(header)
    for (let row = 0; row < rows; row += 1) offset += bytes.write(`W${String(row).padStart(7, '0')},${cells}\n`, offset)
    return () => readWards(bytes.subarray(0, offset), 'w.csv')
  }
  const { tessellate } = await import('../service/sample/tessellation.ts')
  const { writeShapefile } = await import('../service/sample/write-shapefile.ts')
  const { randomFrom } = await import('../service/sample/random.ts')
  const { queenNeighbours } = await import('../service/domain/ranking/queen-neighbours.ts')
  const rings = tessellate(
    { columns: 100, rows: 95, area: [2.7, 4.3, 14.6, 13.8], bends: Math.round((size / 9_500 - 5) / 4) },
    randomFrom(1),
  )
  const boundaries = await readBoundaries(
    writeShapefile(
      'v',
      ['WardName'],
      rings.map((ring, at) => ({ rings: [ring], values: [`W${String(at)}`] })),
    ),
    'v.zip',
  )
  console.error(`${String(boundaries.coordinates.length / 2)} vertices`)
  return () => queenNeighbours(boundaries)
}

if (process.argv[2] !== undefined) {
  console.log(JSON.stringify(await step(process.argv[2], Number(process.argv[3]))))
} else {
  if (spawnSync('id', ['-u']).stdout.toString().trim() !== '0')
    throw new Error('Limits are set by cgroups, which needs root')
  for (const [title, name] of Object.entries(STEPS)) {
    const task = startTaskSized(
      'limits',
      0.5,
      1024,
      [process.execPath, '--expose-gc', import.meta.filename, ...name.split(' ')],
      process.env,
      'pipe',
    )
    let text = ''
    task.process.stdout?.on('data', (chunk: Buffer) => {
      text += chunk.toString()
    })
    await new Promise((resolve) => task.process.once('close', resolve))
    await task.stop()
    const { cpuSeconds, seconds, peakMiB, grownMiB } = JSON.parse(text) as Measured
    console.log(
      `${title.padEnd(74)} CPU ${cpuSeconds.toFixed(2).padStart(5)} s, ` +
        `at half a core ${(2 * cpuSeconds).toFixed(1).padStart(4)} s; passed ${seconds.toFixed(1).padStart(4)} s; ` +
        `RSS up to ${peakMiB.toFixed(0).padStart(4)} MiB, ${grownMiB.toFixed(0)} MiB for the step`,
    )
  }
}
