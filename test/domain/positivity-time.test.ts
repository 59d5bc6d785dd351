import t from 'tap'
import { joinPositivity } from '../../service/domain/dataset/join-positivity.ts'
import { joinWards } from '../../service/domain/dataset/join-wards.ts'
import { positivityWards } from '../../service/domain/dataset/positivity-wards.ts'
import { Fault } from '../../service/domain/fault.ts'
import { readBoundaries } from '../../service/domain/files/boundary/read-boundaries.ts'
import { suggestColumns } from '../../service/domain/files/columns/suggest-columns.ts'
import type { TimeChoices } from '../../service/domain/files/facility/time/time-figures.ts'
import type { Positivity } from '../../service/domain/files/positivity.ts'
import { readPositivity } from '../../service/domain/files/read-positivity.ts'
import { readWards } from '../../service/domain/files/read-wards.ts'
import { variableMap } from '../../service/domain/map/variable-map.ts'
import { askWards } from '../../service/domain/query/ask-wards.ts'
import { viewWards } from '../../service/domain/query/ward-view.ts'
import { analyse } from '../../service/domain/ranking/analyse.ts'

const HEADER = 'LGA,WardName,HealthFacility,periodname,RDT tested <5yrs,RDT positive <5yrs'

async function measured(rows: readonly string[], time: TimeChoices = {}): Promise<Positivity> {
  const bytes = Buffer.from([HEADER, ...rows].join('\n'))
  return readPositivity([{ bytes, filename: 'facilities.csv', choices: {} }], {
    facilityLevel: 'all',
    age: 'u5',
    method: 'rdt',
    time,
  })
}

/** Dala has two facilities, Gwale one. F2 does not report in July 2022. */
const ROWS = [
  'North,Dala,F1,2021-01,10,2',
  'North,Dala,F1,2021-07,20,10',
  'North,Dala,F2,2021-01,30,3',
  'North,Dala,F2,2021-07,40,30',
  'North,Dala,F1,2022-01,10,4',
  'North,Dala,F1,2022-07,50,40',
  'North,Dala,F2,2022-01,40,16',
  'North,Gwale,F3,2021-01,100,50',
  'North,Gwale,F3,2021-07,100,60',
  'North,Gwale,F3,2022-01,100,45',
  'North,Gwale,F3,2022-07,0,0',
]

/** Wilson's bounds by solving (p̂ − p)² = z² p (1 − p) / n for p. */
function wilsonRoots(positive: number, tested: number): readonly [number, number] {
  const [share, z2] = [positive / tested, 1.959963984540054 ** 2]
  const [a, b, c] = [1 + z2 / tested, -(2 * share + z2 / tested), share ** 2]
  const root = Math.sqrt(b * b - 4 * a * c)
  return [(100 * (-b - root)) / (2 * a), (100 * (-b + root)) / (2 * a)]
}

t.test('positivity of each year has its counts, its bounds and the completeness of its reports', async (t) => {
  const { time, wards } = await measured(ROWS)
  t.strictSame(time, {
    unit: 'month',
    periods: ['2021-01', '2021-07', '2022-01', '2022-07'],
    years: [2021, 2022],
    seasonYears: [],
  })
  const [dala, gwale] = wards.map((ward) => ward.time)
  t.match(dala?.years, [
    { year: 2021, tested: 100, positive: 45, tpr: 45, reports: 4, expected: 4, completeness: 100 },
    { year: 2022, tested: 100, positive: 60, tpr: 60, reports: 3, expected: 4, completeness: 75 },
  ])
  const [low, high] = wilsonRoots(45, 100)
  t.ok(Math.abs((dala?.years[0]?.low ?? NaN) - low) < 1e-9)
  t.ok(Math.abs((dala?.years[0]?.high ?? NaN) - high) < 1e-9)
  t.match(gwale?.years, [
    { tested: 200, positive: 110, tpr: 55, completeness: 100 },
    { tested: 100, positive: 45, tpr: 45, completeness: 100 },
  ])
  t.strictSame(dala?.reports, [2, 2, 2, 1])
  t.strictSame(dala?.tested, [40, 60, 50, 50])
  t.strictSame(dala?.positive, [5, 40, 20, 40])
  // January: 5/40 = 12.5 to 20/50 = 40: 27.5 a year. July: 40/60 = 66.67 to 40/50 = 80: 13.33. The median is their
  // mean.
  t.ok(Math.abs((dala?.trend?.slope ?? NaN) - (27.5 + 40 / 3) / 2) < 1e-9)
  t.match(dala?.trend, { low: null, high: null, pairs: 2 })
  // July 2022 tested nobody, so January alone is compared.
  t.match(gwale?.trend, { slope: -5, pairs: 1 })
})

t.test('a season counts its own months, and over the turn of the year to the year in which it begins', async (t) => {
  const july = await measured(ROWS, { seasonMonths: [7] })
  t.match(july.wards[0]?.time, {
    years: [{ tpr: 45 }, { tpr: 60 }],
    seasons: [
      { year: 2021, tested: 60, positive: 40, reports: 2, expected: 2 },
      { year: 2022, tested: 50, positive: 40, reports: 1, expected: 2, completeness: 50 },
    ],
    trend: { pairs: 1 },
  })
  const turn = await measured(ROWS, { seasonMonths: [7, 8, 1] })
  t.strictSame(turn.time?.seasonYears, [2020, 2021, 2022])
  t.match(turn.wards[0]?.time?.seasons, [
    { year: 2020, tested: 40, positive: 5 },
    { year: 2021, tested: 110, positive: 60, reports: 4, expected: 4 },
    { year: 2022, tested: 50, positive: 40 },
  ])
})

t.test('reports without a year are kept apart, and another span of time leaves completeness unknown', async (t) => {
  const { wards, findings } = await measured([
    ...ROWS,
    'North,Dala,F1,March,7,7',
    'North,Dala,F3,2023,50,20',
    'North,Gwale,F3,2023-01,10,1',
  ])
  const dala = wards[0]?.time
  t.strictSame(dala?.undated, { reports: 1, tested: 7, positive: 7 })
  t.match(dala?.years[2], { year: 2023, tested: 50, positive: 20, reports: 0, completeness: null })
  t.match(wards[1]?.time?.years[2], { year: 2023, reports: 1, expected: 1, completeness: 100 })
  t.ok(findings.some(({ detail, count }) => detail.includes('names no year') && count === 1))
})

t.test('quarters and years are followed too; days belong to their month', async (t) => {
  const quarters = await measured(['A,Dala,F1,2021Q1,10,2', 'A,Dala,F1,2022Q1,10,5', 'A,Dala,F1,2022Q3,10,9'])
  t.match(quarters, { time: { unit: 'quarter' }, wards: [{ time: { trend: { slope: 30, pairs: 1 } } }] })
  const ofYears = await measured(['A,Dala,F1,2021,10,2', 'A,Dala,F1,2022,10,5', 'A,Dala,F1,2023,10,9'])
  t.match(ofYears, { time: { unit: 'year' }, wards: [{ time: { trend: { slope: 35, pairs: 3 } } }] })
  const days = await measured(['A,Dala,F1,2021-03-02,10,2', 'A,Dala,F1,2021-03-09,10,4', 'A,Dala,F1,2022-03-01,10,5'])
  t.match(days, {
    time: { unit: 'month', periods: ['2021-03', '2022-03'] },
    wards: [{ time: { tested: [20, 10], trend: { slope: 20, pairs: 1 } } }],
  })
})

t.test('what cannot be measured over time is refused with a pointer', async (t) => {
  const pointerOf = async (rows: readonly string[], time: TimeChoices): Promise<string | undefined> =>
    measured(rows, time).then(
      () => 'measured',
      (error: unknown) => (error instanceof Fault ? error.errors[0]?.pointer : String(error)),
    )
  t.equal(await pointerOf(['A,Dala,F1,January,10,2', 'A,Dala,F1,March,10,2'], {}), '/time')
  t.equal(await pointerOf(['A,Dala,F1,2021Q1,10,2'], { seasonMonths: [7] }), '/time/seasonMonths')
  const years = Array.from({ length: 31 }, (_, at) => `A,Dala,F1,${String(1990 + at)},10,2`)
  t.equal(await pointerOf(years, {}), '/time')
})

const WARDS = ['WardName,LGA,population,rain', 'Dala,North,2000,7', 'Gwale,North,5000,9', 'Tarauni,North,1000,4']

t.test('figures over time are columns: to rank by, to ask for, and never suggested', async (t) => {
  const positivity = await measured(ROWS, { seasonMonths: [7] })
  const table = joinPositivity(await readWards(Buffer.from(WARDS.join('\n')), 'wards.csv'), positivity)
  const values = (name: string): number[] => [...(table.columns.find((one) => one.name === name)?.numbers ?? [])]
  t.strictSame(values('tpr_u5_rdt_2022'), [60, 45, NaN])
  t.strictSame(values('tpr_u5_rdt_season_2021'), [(100 * 40) / 60, 60, NaN])
  t.strictSame(values('reports_u5_rdt_2022'), [75, 100, NaN])
  // 45 and 60 of 2,000 people; 110 and 45 of 5,000.
  t.strictSame(values('incidence_u5_rdt_2021'), [22.5, 22, NaN])
  t.strictSame(values('incidence_u5_rdt_season_2022'), [20, NaN, NaN])
  t.match(table.positivity[0]?.timeColumns, { people: 'population', trend: 'tpr_u5_rdt_trend' })
  t.match(table.positivity[0]?.wards[0], { incidence: { people: 2000, years: [{ year: 2021, perThousand: 22.5 }] } })
  const advice = suggestColumns(table)
  for (const name of ['tpr_u5_rdt_2022', 'incidence_u5_rdt_2021', 'tpr_u5_rdt_trend'])
    t.match(advice.get(name), { suggested: false, direction: 'direct' }, name)
  t.equal(advice.get('tpr_u5_rdt')?.suggested, true)

  const dataset = joinWards(table, null)
  const result = analyse(dataset, { indicators: ['incidence_u5_rdt_2021', 'rain'] })
  t.ok(result.caveats.some((caveat) => caveat.includes('people who fell ill and were not tested')))
  t.notOk(
    analyse(dataset, { indicators: ['tpr_u5_rdt', 'rain'] }).caveats.some((caveat) => caveat.includes('who fell ill')),
    'only what ranks by it says so',
  )
})

t.test(
  'without people there is no incidence, and without a ward table the measured wards have the columns',
  async (t) => {
    const positivity = await measured(ROWS)
    const table = joinPositivity(positivityWards([positivity]), positivity)
    t.match(table.positivity[0]?.timeColumns, { incidence: [], people: null })
    t.notOk(table.columns.some(({ name }) => name.startsWith('incidence')))
    t.equal(table.columns.find(({ name }) => name === 'tpr_u5_rdt_2021')?.indicator, true)
  },
)

t.test('which wards worsened is a query, and the trend a map', async (t) => {
  // Six months of three years. In Dala each month rises by 10 points a year, in Gwale by 0, in Fagge it falls by 5.
  const changes = [
    ['Dala', 10],
    ['Gwale', 0],
    ['Fagge', -5],
  ] as const
  const rows = changes.flatMap(([ward, change]) =>
    [2021, 2022, 2023].flatMap((year) =>
      ['01', '02', '03', '04', '05', '06'].map((month) => {
        const positive = 300 + 20 * Number(month) + 10 * change * (year - 2021)
        return `North,${ward},F ${ward},${String(year)}-${month},1000,${String(positive)}`
      }),
    ),
  )
  const positivity = await measured(rows)
  const features = changes.map(([WardName], west) => ({
    type: 'Feature',
    properties: { WardName },
    geometry: {
      type: 'Polygon',
      coordinates: [
        [
          [west, 9],
          [west, 10],
          [west + 1, 10],
          [west + 1, 9],
          [west, 9],
        ],
      ],
    },
  }))
  const boundaries = Buffer.from(JSON.stringify({ type: 'FeatureCollection', features }))
  const dataset = joinWards(
    joinPositivity(positivityWards([positivity]), positivity),
    await readBoundaries(boundaries, 'boundaries.geojson'),
  )
  t.strictSame(
    variableMap(dataset, 'tpr_u5_rdt_trend').features.map(({ properties }) => properties.value),
    changes.map(([, change]) => change),
  )
  const ask = (where: { column: string; op: '>' | '<'; value: number }[]): unknown =>
    askWards(viewWards({ dataset, result: null, plan: null }), { where, select: ['ward', 'tpr_u5_rdt_trend'] }).rows
  t.strictSame(ask([{ column: 'tpr_u5_rdt_trend_low', op: '>', value: 0 }]), [['Dala', 10]])
  t.strictSame(ask([{ column: 'tpr_u5_rdt_trend_high', op: '<', value: 0 }]), [['Fagge', -5]])
})
