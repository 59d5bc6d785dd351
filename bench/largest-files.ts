import { setTimeout as wait } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { gpkgFeatures, kmlOf } from '../test/support/boundary-files.ts'
import { writeGeoPackage } from '../test/support/geopackage.ts'
import { report } from './figure.ts'
import {
  facilitiesCp1252,
  facilitiesText,
  facilitiesWithoutMonths,
  facilitiesXls,
  FACILITY_BYTES,
  WARD_BYTES,
  wardMonths,
  wardsOds,
  wardsText,
  wardsXlsx,
  wardTexts,
} from './large-tables.ts'
import { announceFile, SERVICE, startParts, startSession, startTask } from './parts.ts'
import { percentile } from './percentile.ts'
import { readSteadily } from './read-steadily.ts'
import { roundWards } from './round-wards.ts'

/**
 * Sends the largest files that have to be read to one task (half a core, 1 GiB): one alone, then four people's at once,
 * while another person reads their session at a steady pace. Prints CPU, time, memory and the latency of these reads.
 * Usage: node bench/largest-files.ts [--alone] [name...]
 */
const MIB = 1024 * 1024
const MOST_RSS_MIB = 850
/** A step is given up after this time. */
const MOST_SECONDS = 600

interface LargeFile {
  readonly role: 'wards' | 'boundaries' | 'facilities'
  readonly filename: string
  readonly make: () => Uint8Array
  /** Whether it is beyond a limit, so that 413 is the right answer. */
  readonly isRefused?: true
}

const FILES: Readonly<Record<string, LargeFile>> = {
  'Facility CSV': { role: 'facilities', filename: 'facilities.csv', make: () => facilitiesText(FACILITY_BYTES) },
  'Facility CSV, Windows-1252': {
    role: 'facilities',
    filename: 'facilities.csv',
    make: () => facilitiesCp1252(FACILITY_BYTES),
  },
  'Facility CSV, UTF-16': {
    role: 'facilities',
    filename: 'facilities.csv',
    make: () => asUtf16(facilitiesText(FACILITY_BYTES / 2)),
  },
  'Facility CSV without months': {
    role: 'facilities',
    filename: 'facilities.csv',
    make: () => facilitiesWithoutMonths(FACILITY_BYTES),
    isRefused: true,
  },
  'Ward CSV': { role: 'wards', filename: 'wards.csv', make: () => wardsText(WARD_BYTES) },
  'Ward CSV of months': { role: 'wards', filename: 'wards.csv', make: () => wardMonths(WARD_BYTES) },
  'Ward CSV of texts': { role: 'wards', filename: 'wards.csv', make: () => wardTexts(WARD_BYTES), isRefused: true },
  'Ward CSV, UTF-16': { role: 'wards', filename: 'wards.txt', make: () => asUtf16(wardsText(WARD_BYTES / 2)) },
  'XLS, 65,536 rows of 30': { role: 'facilities', filename: 'facilities.xls', make: facilitiesXls },
  'XLSX, 10,000 rows of 30': { role: 'wards', filename: 'wards.xlsx', make: wardsXlsx },
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

function asUtf16(text: Buffer): Buffer {
  return Buffer.from(`\ufeff${text.toString()}`, 'utf16le')
}

/** Completes a file as the page does: again when the service says that it is busy. `status` is the right answer. */
async function completeFile(url: string, cookie: string, fileId: string, status: number): Promise<void> {
  const giveUpAt = performance.now() + MOST_SECONDS * 1000
  for (;;) {
    const reply = await fetch(`${url}/api/files/${fileId}/complete`, {
      method: 'POST',
      body: '{}',
      headers: { cookie, 'content-type': 'application/json' },
    })
    const text = await reply.text()
    if (reply.status === status) return
    if ((reply.status !== 503 && reply.status !== 429) || performance.now() > giveUpAt)
      throw new Error(`It was not answered ${String(status)}: ${String(reply.status)} ${text.slice(0, 500)}`)
    await wait(1000 * Number(reply.headers.get('retry-after') ?? 1))
  }
}

const { values, positionals: chosen } = parseArgs({
  options: { alone: { type: 'boolean', default: false } },
  allowPositionals: true,
})
const rounds = values.alone ? [1] : [1, 4]
const parts = await startParts({ withS3: true })
try {
  for (const [name, { role, filename, make, isRefused }] of Object.entries(FILES)) {
    if (chosen.length > 0 && !chosen.some((one) => name.startsWith(one))) continue
    const bytes = make()
    for (const people of rounds) {
      const { task, url } = await startTask('largest-files', SERVICE, parts)
      try {
        const reading = readSteadily(url, await startSession(url))
        const announced: (readonly [cookie: string, fileId: string])[] = []
        for (let person = 0; person < people; person += 1) {
          const cookie = await startSession(url)
          announced.push([cookie, await announceFile(url, cookie, role, filename, bytes)])
        }
        const [begin, cpu] = [performance.now(), task.cpuSeconds()]
        await Promise.all(announced.map(([cookie, fileId]) => completeFile(url, cookie, fileId, isRefused ? 413 : 200)))
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
