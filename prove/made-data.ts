import { createHash } from 'node:crypto'
import type { Canaries } from './canaries.ts'
import { expectedRanking, weightedRanking, type ExpectedWard } from './expected-ranking.ts'

/** One edition of a person's ward table: bytes that nobody else has, and the one ranking that follows from them. */
export interface Edition {
  readonly era: number
  readonly version: number
  readonly filename: string
  readonly csv: Buffer
  /** In base64url, as the service writes it. */
  readonly sha256: string
  readonly wardNames: readonly string[]
  readonly lgas: readonly string[]
  readonly populations: ReadonlyMap<string, number>
  /** The least value of the first indicator, which shows the edition in a description of the columns. */
  readonly least: number
  readonly ranking: readonly ExpectedWard[]
}

export const INDICATORS = ['tpr', 'rainfall', 'distance_to_water'] as const
/** Weights of a person's own, 1 in sum. */
export const WEIGHTS = { tpr: 0.2, rainfall: 0.3, distance_to_water: 0.5 } as const
const WARDS = 9
const LGAS = 3

/**
 * Makes the ward table of one person, session and edition. Names, LGAs and file name are text canaries, and every value
 * of an indicator is a number canary. Names stay the same within a session, so that one set of boundaries fits.
 */
export function makeEdition(canaries: Canaries, user: number, era: number, version: number): Edition {
  const wardNames = Array.from({ length: WARDS }, (_, ward) =>
    canaries.text({ user, era, field: `ward ${ward}`, version: 0 }),
  )
  const lgas = Array.from({ length: LGAS }, (_, lga) => canaries.text({ user, era, field: `LGA ${lga}`, version: 0 }))
  const cells = wardNames.map((_, ward) =>
    INDICATORS.map((name) => canaries.number({ user, era, field: `${name} of ward ${ward}`, version })),
  )
  const populations = new Map(
    wardNames.map((name, ward) => [
      name,
      1_000 + ((user * 7_919 + era * 104_729 + version * 1_299_709 + ward * 15_485_863) % 90_000),
    ]),
  )
  const rows = wardNames.map((name, ward) => [
    name,
    lgas[ward % LGAS] ?? '',
    String(populations.get(name)),
    ...(cells[ward] ?? []),
  ])
  const csv = Buffer.from(
    [['WardName', 'LGA', 'population', ...INDICATORS], ...rows].map((row) => `${row.join(',')}\n`).join(''),
  )
  const columns = INDICATORS.map((_, indicator) => cells.map((row) => Number(row[indicator])))
  return {
    era,
    version,
    filename: `${canaries.text({ user, era, field: 'file name', version })}.csv`,
    csv,
    sha256: createHash('sha256').update(csv).digest('base64url'),
    wardNames,
    lgas,
    populations,
    least: Math.min(...(columns[0] ?? [])),
    ranking: expectedRanking(wardNames, columns, inverse()),
  }
}

/** The ranking of an edition by `WEIGHTS`. */
export function rankingByWeights({ csv, wardNames }: Edition): readonly ExpectedWard[] {
  const [header = [], ...rows] = csv
    .toString()
    .trim()
    .split('\n')
    .map((line) => line.split(','))
  return weightedRanking(
    wardNames,
    INDICATORS.map((name) => rows.map((row) => Number(row[header.indexOf(name)]))),
    inverse(),
    INDICATORS.map((name) => WEIGHTS[name]),
  )
}

/** Which of the indicators are safer where they are greater. */
function inverse(): readonly boolean[] {
  return INDICATORS.map((name) => name.includes('distance'))
}

/** Squares side by side, one for each ward, as GeoJSON. */
export function makeBoundaries(edition: Edition): Buffer {
  const features = edition.wardNames.map((WardName, ward) => {
    const [x, y] = [8 + (ward % 3) / 10, 11 + Math.floor(ward / 3) / 10]
    const ring = [
      [x, y],
      [x + 0.1, y],
      [x + 0.1, y + 0.1],
      [x, y + 0.1],
      [x, y],
    ]
    return {
      type: 'Feature',
      properties: { WardName, LGA: edition.lgas[ward % LGAS] },
      geometry: { type: 'Polygon', coordinates: [ring] },
    }
  })
  return Buffer.from(JSON.stringify({ type: 'FeatureCollection', features }))
}

/** A facility table of a session's wards: one facility each with a canary's name and counts by person and edition. */
export function makeFacilities(
  canaries: Canaries,
  user: number,
  { era, wardNames, lgas }: Edition,
  version: number,
): { csv: Buffer; counts: readonly { wardName: string; tested: number; positive: number }[] } {
  const counts = wardNames.map((wardName, ward) => {
    const tested = 100 + ((user * 31 + era * 17 + version * 13 + ward * 7) % 400)
    return { wardName, tested, positive: (user * 5 + version * 3 + ward * 11) % 90 }
  })
  const rows = counts.map(({ wardName, tested, positive }, ward) => [
    'Sample',
    lgas[ward % LGAS] ?? '',
    wardName,
    canaries.text({ user, era, field: `facility ${ward}`, version }),
    'Primary',
    'January 2024',
    String(tested),
    String(positive),
  ])
  const header = [
    'State',
    'LGA',
    'WardName',
    'Health Facility',
    'Facility Level',
    'Period name',
    'Persons with fever and tested by RDT <5yrs',
    'Persons positive for malaria by RDT <5yrs',
  ]
  return { csv: Buffer.from([header, ...rows].map((row) => `${row.join(',')}\n`).join('')), counts }
}
