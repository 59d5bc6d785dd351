import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { costTable, loadTable, sessionTable, USE, type Measured } from '../../bench/scaling-model.ts'

const ROOT = join(import.meta.dirname, '../..')
const PAGE = readFileSync(join(ROOT, 'docs/scaling.md'), 'utf8')
const tablesIn = (text: string): string[] => text.match(/(?:^\|.*\n?)+/gm)?.map((table) => table.trim()) ?? []
const cellsOf = (lines: readonly string[], at: number): string[] =>
  lines[at]?.split('|').map((cell) => cell.trim()) ?? []

t.test('docs/scaling.md shows the tables that bench/scaling.ts prints', async (t) => {
  const { stdout, status } = spawnSync(process.execPath, ['bench/scaling.ts'], { cwd: ROOT, encoding: 'utf8' })
  t.equal(status, 0)
  t.equal(tablesIn(stdout).length, 3)
  t.strictSame(tablesIn(PAGE), tablesIn(stdout))
})

t.test('the tables can be checked by hand', async (t) => {
  const measured: Measured = { startedBytes: 1_024, workedBytes: 10_240, requests: 20, s3Writes: 10, s3Reads: 30 }
  // 1,000 × 1 KiB, 1,000 × 10 KiB, 1,000 × 145 KiB.
  t.strictSame(cellsOf(sessionTable(measured), 2), ['', '1,000', '1 MiB', '10 MiB', '142 MiB', ''])
  // 100,000 × 16 / 20 × 0.2 / 3,600 = 4.44 journeys a second, × 2,400 s, × 0.6 / 0.35 tasks.
  t.strictSame(cellsOf(loadTable(measured), 5).slice(1, 7), ['100,000', '4.44', '89', '8', '10,667', 'cache.t3.micro'])
  // 184 + 8 × 18.02 + 2 × 10.51 + 1.6 million × (10 × 0.005 + 30 × 0.0004) / 1,000
  t.strictSame(cellsOf(costTable(measured), 5).slice(1, 7), ['100,000', '184', '144', '21', '99', '448'])
})

t.test('docs/scaling.md states the use that the model assumes', async (t) => {
  for (const sentence of [
    `${String(USE.journeysOfMonth)} journeys a month on ${String(USE.workingDays)} working days`,
    `${String(100 * USE.busiestHour)} % of a day's journeys`,
    `stays for ${String(USE.idleMinutes)} minutes more`,
    `of which ${String(100 * USE.cpuTarget)} % are used`,
    `may take ${String(100 * USE.memoryTarget)} % of a cache node's memory`,
  ])
    t.ok(PAGE.includes(sentence), sentence)
})
