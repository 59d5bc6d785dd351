import { createHash } from 'node:crypto'
import { createCanaries, type Canaries } from '../../prove/canaries.ts'
import { expectedRanking } from '../../prove/expected-ranking.ts'
import type { Edition } from '../../prove/made-data.ts'
import { randomFrom } from '../../service/sample/random.ts'
import { tessellate } from '../../service/sample/tessellation.ts'
import { writeShapefile } from '../../service/sample/write-shapefile.ts'

/** One person's state: a ward table and boundaries that nobody else has, and the one ranking that follows from them. */
export interface OwnState extends Edition {
  readonly user: number
  /** A zipped shapefile. */
  readonly boundaries: Buffer
}

/** What the states are ranked by, and whether more of it is safer. Every value is a number canary. */
export const INDICATORS = {
  mean_rainfall: 'direct',
  mean_EVI: 'direct',
  u5_tpr_rdt: 'direct',
  elevation: 'inverse',
  distance_to_water: 'inverse',
  housing_quality: 'inverse',
} as const
/** What else a state's file has, as programmes send it: about as many columns of numbers and of words again. */
const OTHER_NUMBERS = [
  'mean_NDVI',
  'RH_mean',
  'temp_mean',
  'pfpr',
  'avgRAD',
  'flood',
  'NDWI',
  'NDMI',
  'mean_soil_wetness',
  'totalArea',
  'urbanArea',
  'building_height',
] as const
const SETTLEMENTS = ['rural', 'peri-urban', 'urban'] as const

/** 275 wards in 25 LGAs. */
const GRID = { columns: 25, rows: 11, area: [7.2, 10.9, 9.4, 12.3], bends: 9 } as const
const WARDS = GRID.columns * GRID.rows
const LGAS = 25
/** Wards without housing quality: apart from each other, so that all their neighbours have it. */
const GAPS = [28, 81, 139, 152, 207, 262] as const
const GAP_COLUMN = Object.keys(INDICATORS).indexOf('housing_quality')

/**
 * Makes the states of `people`, and the canaries in them. Number canaries are short enough that two can be equal by
 * chance, which would look like a foreign value; then all are made again.
 */
export function makeStates(people: number): { readonly canaries: Canaries; readonly states: readonly OwnState[] } {
  const each = WARDS * (1 + Object.keys(INDICATORS).length) + LGAS + 3
  for (;;) {
    const canaries = createCanaries()
    const states = Array.from({ length: people }, (_, user) => makeState(canaries, user))
    if (canaries.size === people * each) return { canaries, states }
  }
}

function makeState(canaries: Canaries, user: number): OwnState {
  const random = randomFrom(275_025 + user)
  const own = (field: string): string => canaries.text({ user, era: 0, field, version: 0 })
  const wardNames = Array.from({ length: WARDS }, (_, ward) => own(`ward ${ward}`))
  const lgas = Array.from({ length: LGAS }, (_, lga) => own(`LGA ${lga}`))
  const [state, filename, outlines] = [own('state'), own('file name'), own('boundaries file name')]
  const cells = Object.keys(INDICATORS).map((name) =>
    wardNames.map((_, ward) => canaries.number({ user, era: 0, field: `${name} of ward ${ward}`, version: 0 })),
  )
  const populations = new Map(wardNames.map((name) => [name, 4_000 + Math.floor(60_000 * random())]))
  const keys = wardNames.map((name, ward) => ({
    name,
    code: `TBS${String(ward).padStart(4, '0')}`,
    lga: ward % LGAS,
  }))
  const rows = keys.map(({ name, code, lga }, ward) => [
    String(ward + 1),
    String(2 * ward + 1),
    name,
    'Nigeria',
    state,
    'TB',
    lgas[lga] ?? '',
    String(91_001 + lga),
    code,
    'invented',
    `"{""lgacode"": ""${91_001 + lga}"", ""amapcode"": ""NIE ${code}""}"`,
    SETTLEMENTS[Math.floor(random() ** 3 * SETTLEMENTS.length)] ?? '',
    String(populations.get(name)),
    ...cells.map((column, at) => (at === GAP_COLUMN && isGap(ward) ? 'NA' : (column[ward] ?? ''))),
    ...OTHER_NUMBERS.map(() => (random() < 0.002 ? 'NA' : random().toFixed(8))),
  ])
  const header = [
    ...['X.1', 'X', 'WardName', 'country_na', 'state_name', 'state_code', 'lga_name', 'lga_code', 'WardCode', 'source'],
    ...['properties', 'settlement_class', 'population'],
    ...Object.keys(INDICATORS),
    ...OTHER_NUMBERS,
  ]
  const csv = Buffer.from([header, ...rows].map((row) => `${row.join(',')}\n`).join(''))
  const rings = tessellate(GRID, random)
  const records = keys.map(({ name, code, lga }, ward) => ({
    rings: [rings[ward] ?? []],
    values: [code, name, lgas[lga] ?? '', String(91_001 + lga), 'TB'],
  }))
  const columns = cells.map((column, at) => {
    const values = column.map(Number)
    return at === GAP_COLUMN ? values.map((value, ward) => (isGap(ward) ? meanAround(values, ward) : value)) : values
  })
  return {
    user,
    era: 0,
    version: 0,
    filename: `${filename}.csv`,
    csv,
    sha256: createHash('sha256').update(csv).digest('base64url'),
    boundaries: Buffer.from(
      writeShapefile(outlines, ['WardCode', 'WardName', 'LGAName', 'LGACode', 'StateCode'], records),
    ),
    wardNames,
    lgas,
    populations,
    least: Math.min(...(columns[0] ?? [])),
    ranking: expectedRanking(
      wardNames,
      columns,
      Object.values(INDICATORS).map((direction) => direction === 'inverse'),
    ),
  }
}

function isGap(ward: number): boolean {
  return (GAPS as readonly number[]).includes(ward)
}

/** The mean of the eight wards around one: the grid's cells touch there, at sides and corners. */
function meanAround(values: readonly number[], ward: number): number {
  const [row, column] = [Math.floor(ward / GRID.columns), ward % GRID.columns]
  const around = [-1, 0, 1]
    .flatMap((up) => [-1, 0, 1].map((right) => [row + up, column + right] as const))
    .filter(([y, x]) => y >= 0 && y < GRID.rows && x >= 0 && x < GRID.columns && !(y === row && x === column))
    .map(([y, x]) => values[y * GRID.columns + x] ?? NaN)
  return around.reduce((sum, value) => sum + value, 0) / around.length
}
