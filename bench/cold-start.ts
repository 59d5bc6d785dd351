import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { report } from './figure.ts'
import { SERVICE, startParts, startTask } from './parts.ts'

/**
 * What one start costs, from the command until `/livez` answers, held to a task's half core and 1 GiB: CPU time and the
 * most resident memory, as the image starts, without its compile cache, and from the sources.
 * Usage: node bench/cold-start.ts [times]. Ends with 1 when the image's way is over its bounds.
 */
const times = Number(process.argv[2] ?? 7)
const MOST_CPU_SECONDS = 0.45
const MOST_RSS_MIB = 120

const cache = mkdtempSync(join(tmpdir(), 'chatmrpt-bench-cache-'))
const parts = await startParts({ withS3: false })

const ways = [
  { name: 'dist/, with compile cache, as the image', script: SERVICE, env: { NODE_COMPILE_CACHE: cache } },
  { name: 'dist/, without', script: SERVICE, env: { NODE_DISABLE_COMPILE_CACHE: '1' } },
  { name: 'the sources', script: '../service/main.ts', env: { NODE_DISABLE_COMPILE_CACHE: '1' } },
] as const

async function start(
  script: string,
  env: Readonly<Record<string, string>>,
): Promise<{ cpuSeconds: number; rssMiB: number }> {
  const { task } = await startTask('cold-start', script, parts, 'service', env)
  const used = { cpuSeconds: task.cpuSeconds(), rssMiB: task.peakRssMiB() }
  await task.stop()
  return used
}

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1] ?? NaN

try {
  // Fills the cache, as the build of the image does, and the machine's own caches.
  for (const { script, env } of ways) await start(script, env)
  const starts: { cpuSeconds: number; rssMiB: number }[][] = ways.map(() => [])
  for (let round = 0; round < times; round += 1)
    for (const [at, { script, env }] of ways.entries()) starts[at]?.push(await start(script, env))
  console.log(`CPU seconds and highest RSS to /livez: median, least and most of ${times} starts each, in turns`)
  for (const [at, { name }] of ways.entries()) {
    const [cpu, rss] = (['cpuSeconds', 'rssMiB'] as const).map((what) => (starts[at] ?? []).map((one) => one[what]))
    if (cpu === undefined || rss === undefined) continue
    console.log(
      `${name.padEnd(41)} ${median(cpu).toFixed(2)} s (${Math.min(...cpu).toFixed(2)} to ` +
        `${Math.max(...cpu).toFixed(2)})  ${median(rss).toFixed(0)} MiB (${Math.min(...rss).toFixed(0)} to ` +
        `${Math.max(...rss).toFixed(0)})`,
    )
    if (at > 0) continue
    report({ name: 'cold start to /livez, CPU', value: median(cpu), unit: 's', most: MOST_CPU_SECONDS })
    report({ name: 'cold start to /livez, memory', value: median(rss), unit: 'MiB', most: MOST_RSS_MIB })
  }
} finally {
  await parts.stop()
  rmSync(cache, { recursive: true, force: true })
}
