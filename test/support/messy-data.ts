import { unzipSync, zipSync } from 'fflate'
import { randomFrom } from '../../service/sample/random.ts'
import { tessellate } from '../../service/sample/tessellation.ts'
import { writeShapefile } from '../../service/sample/write-shapefile.ts'

/** Files as a state sends them. */
export interface MessyData {
  readonly wards: Uint8Array
  readonly boundaries: Uint8Array
  readonly facilities: Uint8Array
}

/** A ward as its boundary spells it, and as the ward table does where that differs. */
const NAMES: readonly (readonly [string, string?])[] = [
  ['Gidan Kuka', 'Gidan Kukab'],
  ['Fadama C', 'Fadam c'],
  ['Zango'],
  ['Zaitun', 'zaituni'],
  ['Bakin Ruwa', 'Bakin-Ruwa'],
  ['Kofar Kudu'],
  ['Kofar Kudu'],
  ['Tudun Wada II', 'Tudun Wada 2'],
  ['Doka'],
  ['Marke'],
  ['Sabon Gari', 'kn Sabon Gari Ward'],
  ['Rijiyar Lemo', 'Rijiyar/Lemo'],
  ['Kwari'],
  ['Gawo'],
  ['Baure'],
  ['Néma', 'NÃ©ma'],
  ['Yamma'],
  ['Tsauni'],
  ['Hayin Dorawa'],
  ['Kasuwa', 'Kasuwa (Old Town)'],
] as const

const PLACE_HEADERS = 'orgunitlevel2,orgunitlevel3,orgunitlevel4,organisationunitname,FacilityLevel,periodname'

/**
 * Twenty invented wards with every fault that real files of one state had: two headers without a name, a repeated
 * header (in the facility table, of the same column), an empty row, gaps, names that nearly fit, names that fit except
 * for signs or additions, a name of two wards,
 * a name in the wrong encoding, a constant column, a value far from the rest, boundaries without .prj and .cpg, and a
 * facility table with broken headers and an impossible row. The bytes are the same on every machine.
 */
export function makeMessyData(): MessyData {
  const random = randomFrom(19)
  const rings = tessellate({ columns: 5, rows: 4, area: [8.4, 11.9, 8.6, 12.1], bends: 2 }, random)
  const rows = NAMES.map(([name, written = name], row) => {
    const rain = row === 9 ? '98000' : (500 + 300 * random()).toFixed(1)
    const gap = (value: string, every: number): string => (row % every === 3 ? 'NA' : value)
    return [
      String(row + 1),
      String(row + 1),
      written,
      Math.round(4_000 + 20_000 * random()).toString(),
      rain,
      gap((8 * random()).toFixed(2), 7),
      gap(random().toFixed(3), 6),
      '7',
      (30 * random()).toFixed(1),
    ].join(',')
  })
  rows.splice(12, 0, ',,,,,,,,')
  const zipped = writeShapefile(
    'messy',
    ['WardName', 'WardCode'],
    NAMES.map(([name], row) => ({
      rings: rings.slice(row, row + 1),
      values: [name, `MG${String(row + 1).padStart(3, '0')}`],
    })),
  )
  const plain = Object.entries(unzipSync(zipped)).filter(([name]) => !/\.(?:prj|cpg)$/.test(name))
  const tests = [
    'Persons tested by RDT <5yrs',
    'Persons tested by RDT <5yrs ',
    'Persons tested positive by RDT <5yrs',
    'Persons tested by RDT â‰¥5yrs (excl PW)',
    'Persons tested positive by RDT â‰¥5yrs (excl PW)',
  ]
  const facilityRows = NAMES.flatMap(([, written], row) => {
    const name = written ?? NAMES[row]?.[0] ?? ''
    return ['Jan', 'Feb'].slice(0, row % 5 === 0 ? 1 : 2).map((month) => {
      const tested = 40 + Math.floor(60 * random())
      const positive = row === 13 && month === 'Jan' ? tested + 50 : Math.floor(tested * random())
      return [
        'kn State',
        'kn Messy LGA',
        `kn ${name} Ward`,
        `Clinic ${String(row)}`,
        'Primary',
        month,
        String(tested),
        String(tested),
        String(positive),
        String(tested),
        String(Math.floor(positive / 2)),
      ].join(',')
    })
  })
  return {
    wards: Buffer.from(
      `${[',,WardName,population,rain,distance_to_water,housing_quality,flat,rain', ...rows].join('\r\n')}\r\n`,
    ),
    boundaries: zipSync(Object.fromEntries(plain), { level: 9, mtime: '2024-01-01T00:00:00', os: 0 }),
    facilities: Buffer.from([[PLACE_HEADERS, ...tests].join(','), ...facilityRows, ''].join('\n')),
  }
}
