import t from 'tap'
import { existsSync, readFileSync } from 'node:fs'
import { analyse } from '../../service/domain/ranking/analyse.ts'
import { joinWards } from '../../service/domain/dataset/join-wards.ts'
import type { Dataset } from '../../service/domain/dataset/dataset.ts'
import { describeColumns } from '../../service/domain/files/describe-wards.ts'
import { planKindOfName } from '../../service/domain/files/columns/plan-kinds.ts'
import { structuralName } from '../../service/domain/files/columns/structural-names.ts'
import { readBoundaries } from '../../service/domain/files/boundary/read-boundaries.ts'
import { readWards } from '../../service/domain/files/read-wards.ts'
import type { ColumnRole } from '../../service/domain/files/reading/roles.ts'
import type { WardTable } from '../../service/domain/files/ward-table.ts'
import { makeSample } from '../../service/sample/make-sample.ts'
import fc from '../support/properties.ts'
import { readSettledWards } from '../support/settled-wards.ts'

const SHARED = new URL('../../../shared/data/', import.meta.url)
const skip = existsSync(SHARED) ? false : 'the shared data are not on this machine'

/** A table of columns by name, one ward a value. */
function csvOf(columns: Readonly<Record<string, readonly (number | string)[]>>): string {
  const names = Object.keys(columns)
  const rows = Object.values(columns)[0]?.length ?? 0
  const cells = Array.from({ length: rows }, (_, row) => [
    `W${String(row)}`,
    ...names.map((name) => columns[name]?.[row] ?? ''),
  ])
  return [['WardName', ...names], ...cells].map((line) => line.map(quotedCell).join(',')).join('\n')
}

function quotedCell(cell: number | string): string {
  return `"${String(cell).replaceAll('"', '""')}"`
}

async function tableOf(columns: Readonly<Record<string, readonly (number | string)[]>>): Promise<WardTable> {
  return readWards(Buffer.from(csvOf(columns)), 'w.csv')
}

async function folder(name: string): Promise<Dataset> {
  const file = (of: string): Buffer => readFileSync(new URL(`${name}/${of}`, SHARED))
  return joinWards(
    await readWards(file('wards.csv'), 'wards.csv'),
    await readBoundaries(file('boundaries.zip'), 'boundaries.zip'),
  )
}

function suggestedOf(table: WardTable): unknown[] {
  return describeColumns(table)
    .filter(({ suggested }) => suggested)
    .map(({ name, direction }) => [name, direction])
}

function withRoles(table: WardTable, roles: Readonly<Record<string, ColumnRole>>): WardTable {
  const columns = Object.entries(roles).map(([name, role]) => ({
    name,
    role,
    guessed: false,
    why: 'a person said so',
    sample: [],
  }))
  return { ...table, reading: { ...table.reading, columns } }
}

t.test('structuralName() knows whole names of numbers, codes, places, lengths and periods', async (t) => {
  for (const name of [
    'S/N',
    'Serial No',
    '#',
    'OBJECTID_1',
    'TARGET_FID',
    'Join_Count',
    'Latitude',
    'centroid_x',
    'POINT_Y',
    'Area_sqkm',
    'totalArea',
    'urban_area',
    'Shape_Leng',
    'Perimeter (km)',
    'Year',
    'Année',
    'periodid',
    'start_date',
    'ADM3_PCODE',
    'ward_uid',
    'WardNo',
    'Phone number',
    'orgunitlevel5',
    'rank',
    'Grand Total',
  ])
    t.not(structuralName(name), null, name)
  for (const name of [
    'rainfall',
    'January 2023',
    '2023',
    'V1',
    'x1',
    'area_risk',
    'urban_area_percent',
    'flooded area',
    'years of schooling',
    'month_of_peak_rain',
    'distance',
    'nets_per_capita',
    'Total',
    'water_level',
    'female_literacy',
    'long_rains',
    'population',
  ])
    t.equal(structuralName(name), null, name)
})

t.test('a column whose values number or date the rows is no candidate, whatever it is called', async (t) => {
  const order = [4, 2, 9, 0, 7, 5, 1, 8, 3, 6]
  const columns = describeColumns(
    await tableOf({
      shuffled: order,
      steps: order.map((value) => 0.5 + value * 2.5),
      annum: order.map((value) => 2014 + (value % 3)),
      yyyymm: order.map((value) => 202_301 + value),
      gaps: order.map((value) => (value === 3 ? '' : value)),
      rainfall: order,
      measured: order.map((value) => value ** 2),
    }),
  )
  t.strictSame(
    columns.map(({ name, indicator }) => [name, indicator]),
    [
      ['WardName', false],
      ['shuffled', false],
      ['steps', false],
      ['annum', false],
      ['yyyymm', false],
      ['gaps', true],
      ['rainfall', true],
      ['measured', true],
    ],
  )
  t.match(columns[1]?.reason, /rise by the same step, so it numbers the rows/)
  t.match(columns[3]?.reason, /years/)
  const few = describeColumns(await tableOf({ shuffled: [3, 1, 2], other: [1, 5, 2] }))
  t.ok(few[1]?.indicator, 'three values are in a row by chance')
})

t.test('a column of the wards’ longitudes is no candidate; one that fits any ward is', async (t) => {
  const squares = Array.from({ length: 8 }, (_, at) => ({
    type: 'Feature',
    properties: { WardName: `W${String(at)}` },
    geometry: {
      type: 'Polygon',
      coordinates: [
        [
          [at, 0],
          [at, 1],
          [at + 1, 1],
          [at + 1, 0],
          [at, 0],
        ],
      ],
    },
  }))
  const map = await readBoundaries(
    Buffer.from(JSON.stringify({ type: 'FeatureCollection', features: squares })),
    'b.geojson',
  )
  const inside = [0.4, 0.1, 0.9, 0.5, 0.3, 0.8, 0.2, 0.7]
  const { table } = joinWards(
    await tableOf({ pos: inside.map((value, at) => at + value), share: inside, rainfall: [5, 1, 4, 2, 8, 7, 3, 9] }),
    map,
  )
  t.strictSame(
    describeColumns(table).map(({ name, indicator }) => [name, indicator]),
    [
      ['WardName', false],
      ['pos', false],
      ['share', true],
      ['rainfall', true],
    ],
  )
  t.match(table.findings.at(-1)?.detail, /"pos" is not an indicator: its values are the longitudes of the wards/)
})

t.test('planKindOfName() knows populations and urban shares by their words', async (t) => {
  const kinds: Readonly<Record<string, readonly string[]>> = {
    population: [
      'population_2023',
      'Pop2023',
      'Total Population',
      'TotalPop',
      'Est_Pop',
      'pop_total',
      'wardpopulation',
      'number of people',
      'Projected population 2025',
    ],
    urbanShare: [
      'urban_pct',
      '% urban',
      'pct_urban',
      'urban share',
      'Urban_Perc',
      'UrbanPercent',
      'urbanPercentage',
      'urbanExtent',
      'Urban',
      'percent urban population',
    ],
    none: [
      'u5_population',
      'households',
      'population_density',
      'pop_under_5',
      'urban_population',
      'percent_urban_poor',
      'urban growth rate',
      'rainfall',
      'popcorn',
    ],
  }
  for (const [kind, names] of Object.entries(kinds))
    for (const name of names) t.equal(planKindOfName(name) ?? 'none', kind, name)
})

t.test('a role that a person settled wins over names and values', async (t) => {
  const order = [4, 2, 9, 0, 7, 5, 1, 8, 3, 6]
  const settled: Readonly<Record<string, ColumnRole>> = {
    Guests: 'population',
    population: 'value',
    built: 'urban share',
    Serial: 'value',
    rainfall: 'ignore',
  }
  const columns = Object.fromEntries([...Object.keys(settled), 'tpr'].map((name) => [name, order]))
  const read = await tableOf(columns)
  const { markStructural } = await import('../../service/domain/files/columns/mark-structural.ts')
  const unmarked = { ...read, columns: read.columns.map((column) => ({ ...column, indicator: true, reason: null })) }
  const described = describeColumns(markStructural(withRoles(unmarked, settled)))
  t.strictSame(
    described.slice(1).map(({ name, indicator, kind }) => [name, indicator, kind]),
    [
      ['Guests', true, 'population'],
      ['population', true, null],
      ['built', true, 'urbanShare'],
      ['Serial', true, null],
      ['rainfall', false, null],
      ['tpr', true, null],
    ],
  )
})

t.test('copies, sizes, counts, constants and gaps are not suggested, each with its reason', async (t) => {
  const rain = [812, 955, 1103, 870, 1240, 990]
  const columns = describeColumns(
    await tableOf({
      rainfall: rain.map((value, at) => (at === 1 ? '' : value)),
      dumpsites: rain,
      tpr: [22.5, 41.2, 55.1, 30.4, 61, 38.7],
      positivity: [0.225, 0.412, 0.551, 0.304, 0.61, 0.387],
      households: [1, 5, 2, 9, 4, 3],
      'malaria cases': [10, 52, 20, 93, 41, 33],
      elevation: [7, 7, 7, 7, 7, 7],
      flood: [0.2, '', '', '', '', 0.3],
      x9: [5, 3, 1, 6, 2, 8],
      housing_quality: [5, 3, 1, 6, 2, 9],
    }),
  )
  t.strictSame(
    columns.filter(({ suggested }) => suggested).map(({ name }) => name),
    ['dumpsites', 'tpr', 'housing_quality'],
    'of copies the one with the fewest gaps is kept',
  )
  t.strictSame(
    columns
      .slice(1)
      .filter(({ suggested }) => !suggested)
      .map(({ name, why }) => [name, why]),
    [
      ['rainfall', 'it repeats the values of "dumpsites"'],
      ['positivity', 'it repeats the values of "tpr" divided by 100'],
      ['households', 'it counts people or households, so it grows with the size of a ward'],
      ['malaria cases', 'it is a count or a total, so it grows with the size of a ward'],
      ['elevation', 'it has the same value in every ward that has one'],
      ['flood', 'more than half of its values are missing'],
      ['x9', 'its name does not say whether more of it means more risk'],
    ],
  )
})

t.test('at most ten are suggested, what measures malaria first and one of each subject', async (t) => {
  const names = [
    'temperature',
    'humidity',
    'mean_EVI',
    'mean_NDVI',
    'rainfall',
    'rainfall_2020',
    'elevation',
    'housing_quality',
    'wealth_index',
    'education',
    'night_lights',
    'flood',
    'distance_to_clinic',
    'pfpr',
    ...['u5', 'o5'].map((age) => `tpr_${age}`),
  ]
  const columns = Object.fromEntries(
    names.map((name, column) => [name, Array.from({ length: 9 }, (_, row) => Math.sin((row + 1) * (column + 2)))]),
  )
  t.strictSame(
    suggestedOf(await tableOf(columns)).map((one) => (one as [string])[0]),
    [
      'mean_EVI',
      'rainfall',
      'elevation',
      'housing_quality',
      'night_lights',
      'flood',
      'distance_to_clinic',
      'pfpr',
      'tpr_u5',
      'tpr_o5',
    ],
  )
})

t.test('Kano: one of its five copies, no total, nets per head inverse', { skip }, async (t) => {
  t.strictSame(suggestedOf((await folder('kano')).table), [
    ['nets_per_capita', 'inverse'],
    ['settlement_type_poor', 'direct'],
    ['test_positivity_rate', 'direct'],
    ['rainfall', 'direct'],
  ])
  const { caveats } = analyse(await folder('kano'), {
    indicators: ['rainfall', 'dumpsites', 'test_positivity_rate'],
    allowCopies: true,
  })
  t.ok(caveats.some((text) => text.startsWith('"dumpsites" repeats the values of "rainfall"')))
})

t.test('a state of 275 wards: ten of its candidates', { skip }, async (t) => {
  t.strictSame(suggestedOf((await folder('state-275')).table), [
    ['mean_EVI', 'direct'],
    ['mean_rainfall', 'direct'],
    ['distance_to_water', 'inverse'],
    ['housing_quality', 'inverse'],
    ['pfpr', 'direct'],
    ['avgRAD', 'inverse'],
    ['flood', 'direct'],
    ['elevation', 'inverse'],
    ['mean_soil_wetness', 'direct'],
    ['u5_tpr_rdt', 'direct'],
  ])
})

t.test('Ilorin: all five, in the directions of the worked example', { skip }, async (t) => {
  const { directions } = JSON.parse(readFileSync(new URL('ilorin/expected.json', SHARED), 'utf8')) as {
    directions: Readonly<Record<string, string>>
  }
  t.strictSame(suggestedOf((await folder('ilorin')).table), Object.entries(directions))
})

t.test('the sample: all seven that are no size of a ward', async (t) => {
  t.strictSame(suggestedOf(await readWards(makeSample().wards, 'wards.csv')), [
    ['test_positivity_rate', 'direct'],
    ['mean_rainfall_mm', 'direct'],
    ['mean_EVI', 'direct'],
    ['elevation_m', 'inverse'],
    ['distance_to_clinic_km', 'direct'],
    ['housing_quality', 'inverse'],
    ['settlement_type_poor', 'direct'],
  ])
})

t.test('field cases: columns of attribute tables, a serial number, a column of percentages', { skip }, async (t) => {
  const must = JSON.parse(readFileSync(new URL('field-cases/must.json', SHARED), 'utf8')) as {
    cases: Readonly<Record<string, { onlyCandidates?: readonly string[] }>>
  }
  const read = async (name: string): Promise<WardTable> =>
    readWards(readFileSync(new URL(`field-cases/${name}/wards.csv`, SHARED)), 'wards.csv')
  const structure = '60-numeric-columns-of-attribute-tables'
  const allowed = new Set(must.cases[structure]?.onlyCandidates)
  for (const { name, indicator, suggested } of describeColumns(await read(structure))) {
    t.notOk(suggested, name)
    t.ok(!indicator || allowed.has(name), name)
  }
  t.strictSame(suggestedOf(await read('02-serial-number')), [
    ['rainfall', 'direct'],
    ['tpr_u5', 'direct'],
    ['housing_quality', 'inverse'],
    ['water_distance', 'inverse'],
  ])
})

const STRUCTURE: Readonly<Record<string, (row: number) => number>> = {
  'S/N': (row) => row + 1,
  OBJECTID_1: (row) => 400 + ((row * 7) % 11),
  Latitude: (row) => 11 + row / 10,
  'Area (sq km)': (row) => 10 + row ** 1.5,
  Year: () => 2023,
  period: (row) => 202_300 + (row % 12) + 1,
  pcode: (row) => 9_000 + ((row * 13) % 101),
  households: (row) => 400 + row * row,
  confirmed_cases: (row) => 10 + row * row,
  unheard_of: (row) => Math.sin(row),
}

t.test('a structural column, a size, a copy or an unknown one does not change the default ranking', async (t) => {
  const rankingOf = async (columns: Readonly<Record<string, readonly (number | string)[]>>): Promise<unknown> => {
    const result = analyse(joinWards(await readSettledWards(csvOf(columns)), null))
    return [
      result.parameters.indicators,
      result.wards.map(({ wardName, score, rank, tier }) => [wardName, score, rank, tier]),
    ]
  }
  const value = fc.oneof(
    { weight: 9, arbitrary: fc.integer({ min: -500, max: 500 }).map((one) => one / 7) },
    { weight: 1, arbitrary: fc.constant('NA') },
  )
  const wards = fc.array(fc.tuple(value, value, value), { minLength: 8, maxLength: 30 })
  await fc.assert(
    fc.asyncProperty(
      wards.filter((rows) =>
        [0, 1, 2].every(
          (column) =>
            new Set(rows.map((row) => row[column]).filter((one) => one !== 'NA')).size > 1 &&
            rows.filter((row) => row[column] === 'NA').length <= rows.length / 2,
        ),
      ),
      fc.constantFrom(...Object.keys(STRUCTURE), 'copy'),
      fc.boolean(),
      async (rows, added, isFirst) => {
        const own = {
          rainfall: rows.map(([one]) => one),
          tpr_u5: rows.map(([, one]) => one),
          housing_quality: rows.map(([, , one]) => one),
        }
        const extra =
          added === 'copy'
            ? { tpr_again: own.tpr_u5 }
            : { [added]: rows.map((_, row) => STRUCTURE[added]?.(row) ?? NaN) }
        const columns = isFirst && added !== 'copy' ? { ...extra, ...own } : { ...own, ...extra }
        t.strictSame(await rankingOf(columns), await rankingOf(own))
      },
    ),
    { numRuns: 150 },
  )
})
