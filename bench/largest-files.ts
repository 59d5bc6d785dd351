import { setTimeout as wait } from 'node:timers/promises'
import type { DrawnWard } from '../test/support/boundary-files.ts'
import { gpkgFeatures, kmlOf } from '../test/support/boundary-files.ts'
import { writeGeoPackage, type GpkgRing } from '../test/support/geopackage.ts'
import { ods } from '../test/support/spreadsheets.ts'
import { biffStream, compoundFile, rowRecords, wholeNumbers } from '../test/support/xls.ts'
import { report } from './figure.ts'
import { announceFile, SERVICE, startParts, startSession, startTask } from './parts.ts'
import { percentile } from './percentile.ts'
import { readSteadily } from './read-steadily.ts'

/**
 * Sends the largest files that have to be read to one task (half a core, 1 GiB): one alone, then four people's at once,
 * while another person reads their session at a steady pace. Prints CPU, time, memory and the latency of these reads.
 * Usage: node bench/largest-files.ts [name...]
 */
const MIB = 1024 * 1024
const PEOPLE = [1, 4] as const
const MOST_RSS_MIB = 850
/** A step is given up after this time. */
const MOST_SECONDS = 180

interface LargeFile {
  readonly role: 'wards' | 'boundaries' | 'facilities'
  readonly filename: string
  readonly make: () => Uint8Array
}

const FILES: Readonly<Record<string, LargeFile>> = {
  'CSV, 64 MiB': { role: 'wards', filename: 'wards.csv', make: () => wardsText(64 * MIB) },
  'UTF-16, 60 MiB': {
    role: 'wards',
    filename: 'wards.txt',
    make: () => Buffer.from(`\ufeff${wardsText(30 * MIB).toString()}`, 'utf16le'),
  },
  'XLS, 65,536 rows of 30': { role: 'facilities', filename: 'facilities.xls', make: facilitiesXls },
  'ODS, 10,000 rows of 30': { role: 'wards', filename: 'wards.ods', make: wardsOds },
  'GeoPackage, 9,500 wards': {
    role: 'boundaries',
    filename: 'wards.gpkg',
    make: () => writeGeoPackage([{ table: 'wards', features: gpkgFeatures(roundWards(300)) }]),
  },
  'KML, 9,500 wards': {
    role: 'boundaries',
    filename: 'wards.kml',
    make: () => Buffer.from(kmlOf(roundWards(170))),
  },
} as const

/** 9,500 wards with as many columns of numbers as fit. */
function wardsText(bytes: number): Buffer {
  const columns = Math.floor((bytes / 9_500 - 20) / 9)
  const header = `WardName,${Array.from({ length: columns }, (_, at) => `v${String(at)}`).join(',')}\n`
  const text = Buffer.alloc(bytes)
  let offset = text.write(header)
  for (let row = 0; row < 9_500; row += 1) {
    const cells = Array.from({ length: columns }, (_, at) =>
      ((row * 7_919 + at * 104_729) % 999_983).toFixed(1).slice(0, 8),
    )
    offset += text.write(`W${String(row).padStart(5, '0')},${cells.join(',')}\n`, offset)
  }
  return text.subarray(0, text.lastIndexOf('\n') + 1 || offset)
}

const TESTS = ['RDT tested <5yrs', 'RDT positive <5yrs'] as const

function facilitiesXls(): Uint8Array {
  const header = [
    'Ward',
    'HealthFacility',
    'periodname',
    ...TESTS,
    ...Array.from({ length: 25 }, (_, at) => `c${String(at)}`),
  ]
  const records = [rowRecords(0, header)]
  for (let row = 1; row < 65_536; row += 1) {
    const facility = Math.floor(row / 12)
    const period = `2023-${String((row % 12) + 1).padStart(2, '0')}`
    records.push(rowRecords(row, [`Ward ${String(facility % 900)}`, `Clinic ${String(facility)}`, period]))
    records.push(wholeNumbers(row, 3, [50, row % 50, ...Array.from({ length: 25 }, (_, at) => row + at)]))
  }
  return compoundFile(biffStream(Buffer.concat(records)))
}

function wardsOds(): Uint8Array {
  const header = Array.from({ length: 30 }, (_, at) => (at === 0 ? 'WardName' : `c${String(at)}`))
  const rows = Array.from({ length: 9_999 }, (_, row) =>
    header.map((_name, at) => (at === 0 ? `Ward ${String(row)}` : ((row * 7_919 + at * 104_729) % 999_983) / 7)),
  )
  return ods([header, ...rows])
}

/** 9,500 wards that are circles of so many points. */
function roundWards(points: number): readonly DrawnWard[] {
  return Array.from({ length: 9_500 }, (_, ward) => {
    const [west, south] = [3 + (ward % 100) * 0.1, 4 + Math.floor(ward / 100) * 0.1]
    const ring: GpkgRing = Array.from({ length: points + 1 }, (_point, at) => {
      const angle = (2 * Math.PI * (at % points)) / points
      return [west + 0.04 * Math.cos(angle), south + 0.04 * Math.sin(angle)]
    })
    const attributes = {
      WardCode: `NG${String(ward)}`,
      WardName: `Ward ${String(ward)}`,
      LGA: `LGA ${String(ward % 774)}`,
    }
    return { attributes, polygons: [[ring]] }
  })
}

/** Completes a file as the page does: again when the service says that it is busy. */
async function completeFile(url: string, cookie: string, fileId: string): Promise<void> {
  const giveUpAt = performance.now() + MOST_SECONDS * 1000
  for (;;) {
    const reply = await fetch(`${url}/api/files/${fileId}/complete`, {
      method: 'POST',
      body: '{}',
      headers: { cookie, 'content-type': 'application/json' },
    })
    const text = await reply.text()
    if (reply.ok) return
    if ((reply.status !== 503 && reply.status !== 429) || performance.now() > giveUpAt)
      throw new Error(`It was not read: ${String(reply.status)} ${text.slice(0, 500)}`)
    await wait(1000 * Number(reply.headers.get('retry-after') ?? 1))
  }
}

const chosen = process.argv.slice(2)
const parts = await startParts({ withS3: true })
try {
  for (const [name, { role, filename, make }] of Object.entries(FILES)) {
    if (chosen.length > 0 && !chosen.some((one) => name.startsWith(one))) continue
    const bytes = make()
    for (const people of PEOPLE) {
      const { task, url } = await startTask('largest-files', SERVICE, parts)
      try {
        const reading = readSteadily(url, await startSession(url))
        const announced: (readonly [cookie: string, fileId: string])[] = []
        for (let person = 0; person < people; person += 1) {
          const cookie = await startSession(url)
          announced.push([cookie, await announceFile(url, cookie, role, filename, bytes)])
        }
        const [begin, cpu] = [performance.now(), task.cpuSeconds()]
        await Promise.all(announced.map(([cookie, fileId]) => completeFile(url, cookie, fileId)))
        const seconds = (performance.now() - begin) / 1000
        const used = task.cpuSeconds() - cpu
        const { milliseconds } = await reading.stop()
        const size = `${name} (${(bytes.length / MIB).toFixed(0)} MiB), ${people === 1 ? 'alone' : `${String(people)} at once`}`
        console.log(`${size}: ${seconds.toFixed(1)} s, ${used.toFixed(1)} s of CPU`)
        report({ name: `${size}, RSS`, value: task.peakRssMiB(), unit: 'MiB', most: MOST_RSS_MIB })
        report({ name: `${size}, others' p99`, value: percentile(milliseconds, 0.99), unit: 'ms' })
      } finally {
        await task.stop()
      }
    }
  }
} finally {
  await parts.stop()
}
