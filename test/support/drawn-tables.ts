import fc from './properties.ts'
import { HEADERS, type Dialect, type Measure, type WrittenRow } from './written-wards.ts'

function measure(names: readonly string[], direction: Measure['direction'], rest: readonly number[]): Measure {
  const [decimals = 0, least = 0, width = 0, isPercent = 0] = rest
  return { names, direction, decimals, least, width, isPercent: isPercent === 1 }
}

const PEOPLE = [
  measure(['Population', 'Population'], null, [0, 2_000, 38_000]),
  measure(['Urban percent', 'Pourcentage urbain'], null, [1, 2, 96, 1]),
]
/**
 * Headers in English and French, direction; decimals, the least value, the width of the values, and 1 if in percent.
 */
const INDICATORS = [
  measure(['rainfall', 'pluviométrie'], 'direct', [1, 500, 1_000]),
  measure(['tpr_u5', 'taux de positivité'], 'direct', [1, 3, 70, 1]),
  measure(['housing_quality', 'qualité du logement'], 'inverse', [3, 0.05, 0.9]),
  measure(['water_distance', "distance à l'eau"], 'inverse', [0, 100, 9_000]),
  measure(['mean_EVI', 'EVI moyen'], 'direct', [4, 0.1, 0.5]),
  measure(['elevation', 'altitude'], 'inverse', [0, 20, 1_400]),
]

/** Numbers from 0 to 1, all as likely: generators of numbers prefer small ones, which measures do not. */
const shares = fc.nat().map((number) => (Math.imul(number + 1, 2_654_435_761) >>> 0) / 2 ** 32)

/** A number with so many decimals. */
export function round(value: number, decimals: number): number {
  return Math.round(value * 10 ** decimals) / 10 ** decimals
}

/** A name that no other row has, and that no two rows share without its signs. */
function nameOf(row: number): string {
  const syllables = ['Ba', 'Gé', 'Ku', 'Do', 'Wa', 'Ri', 'Sa', 'Tu']
  return `${syllables[row % 8] ?? ''}${(syllables[Math.floor(row / 8) % 8] ?? '').toLowerCase()}ri`
}

/** A drawn table: its measures, and its wards. */
export interface Made {
  readonly measures: readonly Measure[]
  readonly rows: readonly WrittenRow[]
}

/** 2 to 60 wards in up to six LGAs of two states, with two to six indicators. One value of twenty is missing. */
export const tables: fc.Arbitrary<Made> = fc
  .record({
    indicators: fc.shuffledSubarray(INDICATORS, { minLength: 2, maxLength: 6 }),
    wards: fc.array(fc.record({ lga: fc.nat(5), cells: fc.array(shares, { minLength: 8, maxLength: 8 }) }), {
      minLength: 2,
      maxLength: 60,
    }),
    gaps: fc.array(fc.tuple(fc.nat(59), fc.nat(7)), { maxLength: 6 }),
  })
  .map(({ indicators, wards, gaps }) => {
    const measures = [...PEOPLE, ...indicators]
    return {
      measures,
      rows: wards.map(({ lga, cells }, row) => ({
        code: `NG${String(1001 + row)}`,
        name: nameOf(row),
        lga: `Area ${String.fromCharCode(80 + lga)}`,
        state: lga < 3 ? 'Kwara' : 'Osun',
        values: measures.map(({ decimals, least, width }, column) =>
          gaps.some(([at, of]) => at === row && of === column)
            ? null
            : round(least + (cells[column] ?? 0) * width, decimals),
        ),
      })),
    }
  })
  .filter(({ measures, rows }) =>
    measures.every((_, column) => new Set(rows.flatMap(({ values }) => values[column] ?? [])).size > 1),
  )

/** How a table is written. */
export const dialects: fc.Arbitrary<Dialect> = fc
  .record({
    header: fc.nat(HEADERS.length - 1),
    hasCode: fc.boolean(),
    hasState: fc.boolean(),
    delimiter: fc.constantFrom(',', ';', '\t', '|'),
    decimal: fc.constantFrom('.', ','),
    thousands: fc.constantFrom('', '', ',', '.', ' ', "'", '\u202f'),
    percent: fc.boolean(),
    encoding: fc.constantFrom('utf-8', 'bom', 'utf-16', 'cp1252'),
    container: fc.constantFrom('text', 'text', 'text', 'xlsx', 'ods', 'xls'),
  })
  // Windows-1252 has no narrow space.
  .filter(
    ({ decimal, thousands, encoding }) => decimal !== thousands && (thousands !== '\u202f' || encoding !== 'cp1252'),
  )
