import { writeFileSync } from 'node:fs'
import { randomFrom } from './random.ts'
import { tessellate } from './tessellation.ts'
import { writeShapefile } from './write-shapefile.ts'

/** The sample's two files, as bytes. */
export interface Sample {
  readonly wards: Uint8Array
  readonly boundaries: Uint8Array
}

const COLUMNS = 10
const ROWS = 6
const LGAS = [
  { name: 'Bakoro', code: '99001', prefix: 'SMPBKR' },
  { name: 'Dumawa', code: '99002', prefix: 'SMPDMW' },
  { name: 'Gidan Ruwa', code: '99003', prefix: 'SMPGRW' },
  { name: 'Tsamiya', code: '99004', prefix: 'SMPTSM' },
] as const
const FIRST = [
  'Unguwar',
  'Tudun',
  'Gidan',
  'Kofar',
  'Sabon',
  'Rafin',
  'Dutsen',
  'Fadamar',
  'Gadar',
  'Hayin',
  'Kauyen',
  'Rijiyar',
  'Doka',
  'Marabar',
  'Kasuwar',
] as const
const SECOND = ['Lemo', 'Kuka', 'Baure', 'Gawo', 'Zogale', 'Tsauni', 'Kwari', 'Yamma'] as const
const HEADER = [
  'WardCode',
  'WardName',
  'LGA',
  'State',
  'population',
  'urban_percentage',
  'test_positivity_rate',
  'mean_rainfall_mm',
  'mean_EVI',
  'elevation_m',
  'distance_to_clinic_km',
  'housing_quality',
  'settlement_type_poor',
] as const
/** Empty cells, as row and column: real tables have gaps. */
const GAPS = [
  [4, 6],
  [11, 11],
  [12, 11],
  [23, 10],
  [31, 8],
  [47, 6],
] as const

/** Makes the sample: 60 invented wards in 4 invented LGAs, with boundaries that fit together and a few gaps. */
export function makeSample(): Sample {
  const random = randomFrom(20_240_101)
  const rings = tessellate({ columns: COLUMNS, rows: ROWS, area: [8.1, 11.2, 9.1, 11.8], bends: 3 }, random)
  const wards = rings.map((ring, cell) => ({ ring, ...ward(cell, random) }))
  const rows = wards.map(({ values }, row) =>
    values.map((value, column) =>
      GAPS.some(([gapRow, gapColumn]) => gapRow === row && gapColumn === column) ? '' : value,
    ),
  )
  const csv = [HEADER, ...rows].map((cells) => `${cells.join(',')}\r\n`).join('')
  const fields = ['WardCode', 'WardName', 'LGAName', 'LGACode', 'StateCode']
  const records = wards.map(({ ring, code, name, lga }) => ({
    rings: [ring],
    values: [code, name, lga.name, lga.code, 'SM'],
  }))
  return { wards: new TextEncoder().encode(csv), boundaries: writeShapefile('sample_wards', fields, records) }
}

function ward(
  cell: number,
  random: () => number,
): { code: string; name: string; lga: (typeof LGAS)[number]; values: string[] } {
  const column = cell % COLUMNS
  const row = Math.floor(cell / COLUMNS)
  const lga = LGAS[(row < ROWS / 2 ? 0 : 2) + (column < COLUMNS / 2 ? 0 : 1)] ?? LGAS[0]
  const within = (row % (ROWS / 2)) * (COLUMNS / 2) + (column % (COLUMNS / 2)) + 1
  const code = `${lga.prefix}${String(within).padStart(2, '0')}`
  const name = nameOf(cell)
  const fromTown = Math.hypot(column - 3, row - 4) / 8
  const urban = clamp(95 - 130 * fromTown + 20 * (random() - 0.5), 0, 100)
  const rain = 620 + 55 * (ROWS - row) + 60 * (random() - 0.5)
  const elevation = 430 + 22 * column + 15 * row + 40 * random()
  const clinic = clamp(0.6 + 9 * fromTown + 3 * random(), 0.2, 20)
  const housing = clamp(0.2 + urban / 140 + 0.15 * (random() - 0.5), 0, 1)
  const greenness = clamp(0.36 - urban / 500 + 0.05 * random(), 0, 1)
  const positivity = clamp(12 + (rain - 620) / 12 + 25 * (1 - housing) + 10 * (random() - 0.5), 0, 100)
  const values = [
    code,
    name,
    lga.name,
    'Sample',
    Math.round(5_000 + urban * 260 + 6_000 * random()).toString(),
    urban.toFixed(1),
    positivity.toFixed(2),
    rain.toFixed(1),
    greenness.toFixed(4),
    elevation.toFixed(0),
    clinic.toFixed(2),
    housing.toFixed(3),
    clamp(1 - housing + 0.1 * (random() - 0.5), 0, 1).toFixed(3),
  ]
  return { code, name, lga, values }
}

/** Sixty different names: four second words for each of 15 first ones. */
function nameOf(cell: number): string {
  const first = cell % FIRST.length
  const second = (Math.floor(cell / FIRST.length) * 2 + first) % SECOND.length
  return `${FIRST[first] ?? ''} ${SECOND[second] ?? ''}`
}

function clamp(value: number, least: number, greatest: number): number {
  return Math.min(greatest, Math.max(least, value))
}

if (import.meta.main) {
  const sample = makeSample()
  writeFileSync(new URL('wards.csv', import.meta.url), sample.wards)
  writeFileSync(new URL('boundaries.zip', import.meta.url), sample.boundaries)
}
