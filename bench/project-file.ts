import { randomBytes } from 'node:crypto'
import { unzipSync, zipSync } from 'fflate'
import { shapefileZip } from '../test/support/shapefile.ts'
import { report } from './figure.ts'
import { announceFile, callApi, SERVICE, startParts, startSession, startTask, uploadFile } from './parts.ts'
import { roundWards } from './round-wards.ts'

/**
 * Saves a session with large tables as a project file and opens it in another session, each on a task of its own (half
 * a core, 1 GiB). Prints time, CPU, size and memory. Usage: node bench/project-file.ts [MiB of the ward table] [MiB of
 * a facility table] [points of each ward's outline]
 *
 * `node bench/project-file.ts 16 128 440` makes a file that is nearly as large as one may be.
 */
const MIB = 1024 * 1024
const MOST_RSS_MIB = 850
const ROWS = 9_500
const REMARK_CHARS = 2_000
const MOST_BOUNDARY_BYTES = 63 * MIB
/** 128 letters of Windows-1252 that need no quotation marks. */
const LETTERS = Buffer.from([...range(0x41, 0x5a), ...range(0x61, 0x7a), ...range(0xb4, 0xff)])

function wardName(ward: number): string {
  return `W${String(ward).padStart(5, '0')}`
}

function range(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, at) => first + at)
}

/** Wards with as many columns of numbers as fit, of digits that hardly deflate. */
function wardsOf(bytes: number): Buffer {
  const columns = Math.floor(bytes / ROWS / 9)
  let seed = 1
  const digits = (): string => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0
    return (seed / 4_294_967_296).toFixed(6)
  }
  const lines = Array.from({ length: ROWS }, (_, row) =>
    [wardName(row), ...Array.from({ length: columns }, digits)].join(','),
  )
  const header = ['WardName', ...Array.from({ length: columns }, (_, at) => `v${String(at)}`)].join(',')
  return Buffer.from(`${[header, ...lines].join('\n')}\n`)
}

/** Months of facilities with a remark of letters that hardly deflate. */
function facilitiesOf(bytes: number): Buffer {
  const text = Buffer.alloc(bytes)
  let offset = text.write('ward,facility,period,tested,positive,remark\n')
  for (let row = 0; offset + REMARK_CHARS + 64 < bytes; row += 1) {
    const facility = Math.floor(row / 12)
    const cells = [wardName(facility % ROWS), `Clinic ${String(facility)}`, monthOf(row % 12), 50, row % 50]
    offset += text.write(`${cells.join(',')},`, offset)
    for (const byte of randomBytes(REMARK_CHARS)) text[offset++] = LETTERS[byte & 0x7f] ?? 0
    text[offset++] = 0x0a
  }
  return text.subarray(0, offset)
}

function monthOf(month: number): string {
  return `2025-${String(month + 1).padStart(2, '0')}`
}

/** Outlines whose coordinates have few digits in common, so that they hardly deflate. */
function outlinesOf(points: number): ReturnType<typeof roundWards> {
  return roundWards(points, wardName).map(({ attributes, polygons }, ward) => {
    const scale = 1 + ward * 1e-7
    return {
      attributes,
      polygons: polygons.map((rings) => rings.map((ring) => ring.map(([x, y]) => [x * scale, y * scale] as const))),
    }
  })
}

/** Boundaries with notes that fill up what such a file may have. */
function boundariesOf(points: number): Uint8Array {
  const layer = shapefileZip(outlinesOf(points))
  const notes = randomBytes(Math.max(0, MOST_BOUNDARY_BYTES - layer.length))
  return zipSync({ ...unzipSync(layer), 'wards.txt': notes }, { level: 6 })
}

const [mib = '48', facilityMib = '0', points = '0'] = process.argv.slice(2)
const parts = await startParts({ withS3: true })

/** Does one thing on a task of its own, so that its memory is that of this thing; sessions outlive a task. */
async function measured<T>(name: string, work: (url: string) => Promise<T>): Promise<T> {
  const { task, url } = await startTask('project-file', SERVICE, parts)
  try {
    await startSession(url)
    const [begin, cpu] = [performance.now(), task.cpuSeconds()]
    const made = await work(url)
    report({ name: `${name}, time`, value: (performance.now() - begin) / 1000, unit: 's' })
    report({ name: `${name}, CPU`, value: task.cpuSeconds() - cpu, unit: 's' })
    report({ name: `${name}, peak memory`, value: task.peakRssMiB(), unit: 'MiB', most: MOST_RSS_MIB })
    return made
  } finally {
    await task.stop()
  }
}

try {
  const owner = await measured('a session is started', startSession)
  if (Number(facilityMib) > 0)
    await measured(`a facility table of ${facilityMib} MiB is uploaded`, async (url) => {
      await uploadFile(url, owner, 'facilities', 'facilities.csv', facilitiesOf(Number(facilityMib) * MIB))
    })
  const wards = wardsOf(Number(mib) * MIB)
  await measured(`a ward table of ${(wards.length / MIB).toFixed(0)} MiB is uploaded`, async (url) => {
    await uploadFile(url, owner, 'wards', 'wards.csv', wards)
  })
  if (Number(points) > 0) {
    const boundaries = boundariesOf(Number(points))
    await measured(`boundaries of ${(boundaries.length / MIB).toFixed(0)} MiB are uploaded`, async (url) => {
      await uploadFile(url, owner, 'boundaries', 'wards.zip', boundaries)
    })
  }
  await measured('the wards are ranked', async (url) => {
    await callApi(url, owner, '/api/analyses', { indicators: ['v0', 'v1', 'v2'] })
  })
  const file = await measured('the project is saved', async (url) => {
    const made = await callApi<{ download: { url: string } }>(url, owner, '/api/exports', { kind: 'project.zip' })
    return Buffer.from(await (await fetch(made.download.url)).arrayBuffer())
  })
  report({ name: 'the project file', value: file.length / MIB, unit: 'MiB' })
  await measured('the project is opened', async (url) => {
    const other = await startSession(url)
    const id = await announceFile(url, other, 'project', 'wards.chatmrpt.zip', file)
    const { project } = await callApi<{ project: { verified: boolean; differencesInAll: number } }>(
      url,
      other,
      `/api/files/${id}/complete`,
      {},
    )
    if (!project.verified || project.differencesInAll > 0) throw new Error('The project did not come back as it was')
  })
} finally {
  await parts.stop()
}
