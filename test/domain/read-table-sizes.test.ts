import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import t, { type Test } from 'tap'
import { ods } from '../support/spreadsheets.ts'
import { biffStream, compoundFile, rowRecords, wholeNumbers } from '../support/xls.ts'

const MIB = 1024 * 1024
/** The heap that a thread of the service has. */
const HEAP_MIB = 384
const MOST_GROWTH_MIB = 600
t.setTimeout(180_000)

/** Reads a table in a thread with the heap of the service; gives the number of its rows, and holds all its memory. */
async function rowsOf(t: Test, bytes: Uint8Array, filename: string): Promise<number> {
  const before = process.memoryUsage().rss
  const thread = new Worker(new URL('../support/count-rows-thread.ts', import.meta.url), {
    workerData: { bytes, filename },
    resourceLimits: { maxOldGenerationSizeMb: HEAP_MIB },
  })
  const [rows] = (await once(thread, 'message')) as [number]
  const grown = (process.memoryUsage().rss - before) / MIB
  t.comment(`${filename}: ${(bytes.length / MIB).toFixed(1)} MiB, grew by ${grown.toFixed(0)} MiB`)
  t.ok(grown < MOST_GROWTH_MIB, `${filename} within ${String(MOST_GROWTH_MIB)} MiB`)
  await thread.terminate()
  return rows
}

t.test('a text in UTF-16 of 60 MiB is read', async (t) => {
  const row = 'Wárd\tLGA\t812\t22.5\t0.71\t3100\t12400\t80\n'
  const text = `\ufeffWardName\tLGA\ta\tb\tc\td\te\tf\n${row.repeat(Math.floor((30 * MIB) / row.length))}`
  const rows = await rowsOf(t, Buffer.from(text, 'utf16le'), 'w.txt')
  t.equal(rows, Math.floor((30 * MIB) / row.length))
})

t.test('an .xls of 65,536 rows and 30 columns is read', async (t) => {
  const header = Array.from({ length: 30 }, (_, at) => (at === 0 ? 'WardCode' : `c${String(at)}`))
  const records = [rowRecords(0, header)]
  for (let row = 1; row < 65_536; row += 1)
    records.push(
      wholeNumbers(
        row,
        0,
        Array.from({ length: 30 }, (_, at) => row * 7 + at * 3),
      ),
    )
  t.equal(await rowsOf(t, compoundFile(biffStream(Buffer.concat(records))), 'w.xls'), 65_535)
})

t.test('an .ods of 10,000 rows and 30 columns is read', async (t) => {
  const header = Array.from({ length: 30 }, (_, at) => (at === 0 ? 'WardName' : `c${String(at)}`))
  const rows = Array.from({ length: 9_999 }, (_, row) =>
    header.map((_, at) => (at === 0 ? `Ward ${String(row)}` : (row * 31 + at) / 7)),
  )
  t.equal(await rowsOf(t, ods([header, ...rows]), 'w.ods'), 9_999)
})
