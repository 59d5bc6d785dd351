import { Worker } from 'node:worker_threads'
import t from 'tap'
import { PlaceRegister } from '../../service/domain/files/facility/place-register.ts'
import { RowNotes } from '../../service/domain/files/facility/row-notes.ts'
import { TupleIndex } from '../../service/domain/files/facility/tuple-index.ts'
import { textParts } from '../../service/domain/files/table/text-parts.ts'
import { WardTableBuilder } from '../../service/domain/files/ward-table-builder.ts'
import fc from '../support/properties.ts'
import { refusal } from '../support/refusal.ts'

const MIB = 1024 * 1024
const BIG_FILE_SECONDS = 120
t.setTimeout(BIG_FILE_SECONDS * 1000)

/** Validates a file in a thread with so small a heap; resolves to its rows, its refusal, or the code of the error. */
async function inHeap(heapMiB: number, job: 'wards' | 'facilities', lines: Iterable<string>): Promise<unknown> {
  const bytes = Buffer.from([...lines].join('\n'))
  const thread = new Worker(new URL('../support/validate-thread.ts', import.meta.url), {
    workerData: { job, bytes, filename: 'large.csv' },
    resourceLimits: { maxOldGenerationSizeMb: heapMiB },
  })
  try {
    return await new Promise((resolve) => {
      thread.once('message', resolve).once('error', (error: NodeJS.ErrnoException) => {
        resolve(error.code)
      })
    })
  } finally {
    await thread.terminate()
  }
}

const FACILITY_HEADER = 'LGA,Ward,HealthFacility,periodname,RDT tested <5yrs,RDT positive <5yrs'

function* reports(count: number): Generator<string> {
  yield FACILITY_HEADER
  for (let row = 0; row < count; row += 1) {
    const month = row % 100
    const period = `${String(2015 + Math.floor(month / 12))}-${String((month % 12) + 1).padStart(2, '0')}`
    yield `L,W${String(Math.floor(row / 100) % 50)},C${String(Math.floor(row / 100))},${period},${String(row + 9)},${String(row % 9)}`
  }
}

/** What the reader itself takes with a small table; more than this is what grows with the rows. */
const HEAP_MIB = 32

t.test('800,000 reports of facilities are kept outside the heap of the thread', async (t) => {
  t.strictSame(await inHeap(HEAP_MIB, 'facilities', reports(800_000)), { rows: 800_000 })
})

t.test('500,000 different reports without a month are kept outside the heap of the thread', async (t) => {
  function* lines(): Generator<string> {
    yield 'LGA,Ward,HealthFacility,RDT tested <5yrs,RDT positive <5yrs'
    for (let row = 0; row < 500_000; row += 1) yield `L,W,C${String(row % 900)},${String(row + 9)},${String(row % 9)}`
  }
  t.strictSame(await inHeap(HEAP_MIB, 'facilities', lines()), { rows: 500_000 })
})

t.test('a ward table of more texts than a task holds is refused with the limit, in a small heap too', async (t) => {
  function* lines(names: number): Generator<string> {
    yield `WardName,${Array.from({ length: 11 }, (_, at) => `note ${String(at)}`).join(',')}`
    for (let row = 0; row < 120_000; row += 1)
      yield `W${String(row % names)},${Array.from({ length: 11 }, (_, at) => `n${String(row * 11 + at)}`).join(',')}`
  }
  t.match(await inHeap(256, 'wards', lines(50_000)), {
    kind: 'too-large',
    detail: 'its columns hold more than 1000000 different texts',
  })
  t.match(await inHeap(256, 'wards', lines(120_000)), { kind: 'too-large' })
})

t.test('a ward table of more cells than a task holds is refused with the limit and the line', (t) => {
  const builder = new WardTableBuilder('csv', 'wards.csv')
  const header = ['WardName', ...Array.from({ length: 1_999 }, (_, at) => `c${String(at)}`)]
  const cells = header.map(() => '1')
  builder.header(header, 1)
  for (let row = 0; row < 5_000; row += 1) builder.row(cells, row + 2)
  t.match(
    refusal(() => {
      builder.row(cells, 5_002)
    }),
    { kind: 'too-large', errors: [{ line: 5_002, detail: 'it has more than 10000000 cells' }] },
  )
  t.end()
})

t.test('a ward table has at most 100,000 different texts in a column', (t) => {
  const builder = new WardTableBuilder('csv', 'wards.csv')
  builder.header(['WardName', 'a'], 1)
  for (let row = 0; row < 100_000; row += 1) builder.row([`W${String(row)}`, '1'], row + 2)
  builder.row(['W7', '1'], 100_002)
  t.match(
    refusal(() => {
      builder.row(['another', '1'], 100_003)
    }),
    { kind: 'too-large', errors: [{ detail: 'the column "WardName" holds more than 100000 different texts' }] },
  )
  t.end()
})

t.test('the names of a facility table have at most 16,000,000 characters', (t) => {
  const register = new PlaceRegister(new RowNotes())
  const named = (number: number): { state: string; lga: string; ward: string; facility: string } => ({
    state: 'K'.repeat(200),
    lga: 'L'.repeat(200),
    ward: `W${String(number).padStart(99, '0')}`,
    facility: '',
  })
  // Each spelling has 200 + 1 + 200 + 1 + 100 characters.
  for (let number = 0; number < Math.floor(16_000_000 / 502); number += 1) register.wardNumber(named(number))
  register.wardNumber(named(0))
  t.match(
    refusal(() => register.wardNumber(named(99_999))),
    { kind: 'too-large', errors: [{ detail: /more than 16000000 characters/ }] },
  )
  t.end()
})

t.test('TupleIndex numbers tuples as a map of texts does', (t) => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.nat(40), fc.constantFrom(0, 1, 0xffffffff), fc.nat(3)), { maxLength: 3_000 }),
      (tuples) => {
        const [index, map] = [new TupleIndex(3), new Map<string, number>()]
        for (const tuple of tuples) {
          const known = map.get(tuple.join())
          if (index.find(tuple) !== (known ?? -1)) return false
          if (known === undefined) map.set(tuple.join(), index.add(tuple))
        }
        return [...map].every(
          ([text, number]) => text === [0, 1, 2].map((place) => index.at(number, place)).join() && number < index.size,
        )
      },
    ),
  )
  const many = new TupleIndex(2)
  for (let number = 0; number < 100_000; number += 1) many.add([number % 1_000, Math.floor(number / 1_000)])
  t.equal(many.find([999, 99]), 99_999, 'it grows over parts and buckets')
  t.equal(many.find([1_000, 0]), -1)
  t.end()
})

/** Twelve MiB of rows whose cells hold line ends, quotes and letters that take more bytes in UTF-8. */
function quotedRows(): string {
  const row = (number: number): string => `${String(number)},"é ""x""\r\nü",${'ö'.repeat(number % 50)}\r\n`
  return Array.from({ length: 350_000 }, (_, number) => row(number)).join('')
}

/** Copies of the parts, which are valid one at a time. */
function partsOf(text: Buffer, encoding: string): readonly Buffer[] {
  return Array.from(textParts(text, encoding), (part) => Buffer.from(part))
}

t.test('a text of another encoding is decoded in small parts that end between rows', (t) => {
  const text = quotedRows()
  for (const [encoding, written] of [
    ['windows-1252', Buffer.from(text, 'latin1')],
    ['utf-16le', Buffer.from(text, 'utf16le')],
  ] as const) {
    const parts = partsOf(written, encoding)
    t.equal(Buffer.concat(parts).toString(), text, encoding)
    t.ok(parts.length > 3 && parts.every((part) => part.length < 5.1 * MIB))
    t.ok(parts.every((part) => part.toString().endsWith('\r\n') && /^\d+,"é/.test(part.toString('utf8', 0, 20))))
  }
  t.equal([...textParts(Buffer.from('a,b'), 'utf-8')].length, 1, 'UTF-8 is not copied')
  t.end()
})

t.test('a quotation mark that is never closed does not gather the whole text', (t) => {
  const open = Buffer.from(`a,b\n"${'é,1\n'.repeat(4 * MIB)}`, 'latin1')
  const parts = partsOf(open, 'windows-1252')
  t.ok(parts.every((part) => part.length < 5.1 * MIB))
  t.equal(
    parts.reduce((sum, part) => sum + part.length, 0),
    open.length + 4 * MIB,
  )
  t.end()
})
