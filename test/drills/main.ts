import { randomBytes } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { run } from '../../local/child.ts'
import { installParts } from '../../local/install-parts.ts'
import { startS3 } from '../../local/s3-gateway.ts'
import { runTests } from '../mutants/tests-in.ts'
import { FAULTS } from './faults.ts'
import { judgeRow, type Drilled, type FileRun } from './judge-row.ts'
import { drillsPage } from './page.ts'
import type { Row } from './row.ts'

const LIMIT_SECONDS = 900

/**
 * `npm run drills [-- ID...]`: makes every fault, or those given, at full size and prints what was expected and
 * measured. A run of all faults writes `docs/drills.md`. Exits with 1 when a fault was not endured.
 */
async function main(ids: readonly string[]): Promise<number> {
  const root = join(import.meta.dirname, '../..')
  const rows = ids.length === 0 ? FAULTS : FAULTS.filter(({ id }) => ids.includes(id))
  if (rows.length === 0) throw new Error(`Cannot drill: no fault is called ${ids.join(', ')}`)
  const commit = await commitOf(root)
  await installParts(['Redis', 'S3 gateway', 'balancer'], say)
  const gateway = await startS3({ folder: join(tmpdir(), `chatmrpt-drills-${randomBytes(8).toString('hex')}`) })
  const { endpoint, region, bucket, accessKeyId, secretAccessKey } = gateway
  const more = {
    TEST_S3: JSON.stringify({ endpoint, region, bucket, accessKeyId, secretAccessKey }),
    DRILLS: 'long',
  }
  const runs = new Map<string, FileRun>()
  try {
    for (const [file, titles] of titlesByFile(rows)) {
      say(`running ${file}`)
      runs.set(file, await runTests(root, join('test', file), titles, { limitSeconds: LIMIT_SECONDS, more }))
    }
  } finally {
    await gateway.stop()
  }
  const drilled: Drilled[] = rows.map((row) => judgeRow(row, runs))
  for (const { row, measured, verdict } of drilled) say(`${row.id.padStart(3)}  ${verdict}  ${row.what}: ${measured}`)
  if (ids.length === 0) {
    const date = new Date().toISOString().slice(0, 10)
    writeFileSync(join(root, 'docs/drills.md'), drillsPage(drilled, { commit, date }))
  }
  const failed = drilled.filter(({ verdict }) => verdict === 'failed').length
  say(`${String(drilled.length - failed)} of ${String(drilled.length)} rows without a failure`)
  return failed === 0 ? 0 : 1
}

function titlesByFile(rows: readonly Row[]): Map<string, (readonly string[])[]> {
  const files = new Map<string, (readonly string[])[]>()
  for (const [file, ...title] of rows.flatMap(({ tests }) => tests))
    files.set(file, [...(files.get(file) ?? []), title])
  return files
}

/** The commit that is drilled, and whether anything but the page of drills differs from it. */
async function commitOf(root: string): Promise<string> {
  const commit = (await run('git', ['rev-parse', '--short', 'HEAD'], { cwd: root })).trim()
  const changes = await run('git', ['status', '--porcelain', '--', '.', ':!docs/drills.md'], { cwd: root })
  return changes.trim() === '' ? commit : `${commit} with changes that are not committed`
}

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}

process.exitCode = await main(process.argv.slice(2))
