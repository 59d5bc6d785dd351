import t from 'tap'
import { analyse } from '../../service/domain/ranking/analyse.ts'
import type { AnalysisResult } from '../../service/domain/ranking/analysis-result.ts'
import { compareWards, findWard, topWards, wardsWhere } from '../../service/domain/ranking/ask-table.ts'
import type { Dataset } from '../../service/domain/dataset/dataset.ts'
import { joinPositivity } from '../../service/domain/dataset/join-positivity.ts'
import { joinWards } from '../../service/domain/dataset/join-wards.ts'
import { lgaRollup } from '../../service/domain/plan/lga-rollup.ts'
import { planBasis } from '../../service/domain/plan/plan-basis.ts'
import { planNets } from '../../service/domain/plan/plan-nets.ts'
import { readBoundaries } from '../../service/domain/files/boundary/read-boundaries.ts'
import { readPositivity } from '../../service/domain/files/read-positivity.ts'
import { readWards } from '../../service/domain/files/read-wards.ts'
import { exportReport } from '../../service/domain/exports/export-report.ts'
import { reportHtml } from '../../service/domain/exports/report/report-html.ts'
import { escaped } from '../../service/domain/map/svg-map.ts'
import { urbanExtent } from '../../service/domain/plan/urban-extent.ts'
import { refusal } from '../support/refusal.ts'
import { NOT_DRAWN } from '../support/stated-certainty.ts'

const CSV = [
  'WardCode,WardName,LGA,a,b,population,urban_percent',
  'K1,Tudun,Dala,9,9,100,90',
  'K2,Kuka,Dala,2,2,50,30',
  'K3,Tudun,Gwale,7,7,NA,10',
  'K4,"<script>alert(""x"")</script>",Gwale,6,6,70,',
  "K5,D'Ala & co,Gwale,1,NA,18,75",
].join('\n')

async function made(csv = CSV): Promise<{ dataset: Dataset; result: AnalysisResult }> {
  // The wards are smaller than wards are, and a person said that this is right.
  const answers = { 'implausible-people:population': 'people' }
  const wards = await readWards(Buffer.from(csv), 'wards.csv', { answers })
  const square = (WardCode: string, west: number): unknown => ({
    type: 'Feature',
    properties: { WardCode },
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
  })
  const map = await readBoundaries(
    Buffer.from(JSON.stringify({ type: 'FeatureCollection', features: ['K1', 'K2', 'K4', 'K9'].map(square) })),
    'b.geojson',
  )
  const dataset = joinWards(wards, map)
  return { dataset, result: analyse(dataset, { indicators: ['a', 'b'], allowCopies: true }) }
}

const STAMP = {
  analysisId: 'analysis-1',
  createdAt: '2026-01-01T00:00:00.000Z',
  datasetVersion: 4,
  inputs: { wards: { sha256: 'abc' }, boundaries: null },
} as const

/** A report of a ranking alone. */
const BARE = {
  plan: null,
  certainty: NOT_DRAWN,
  area: { states: [], lgas: [] },
  readings: {},
  map: null,
} as const

t.test('reportHtml() shows hostile names as text, and lists everything that was filled in or left out', async (t) => {
  const { dataset, result } = await made()
  const plan = { id: 'plan-1', ...planNets(planBasis(dataset, result), { totalNets: 60 }) }
  const html = [...exportReport(dataset, { ...result, ...STAMP }, plan, NOT_DRAWN)].join('')
  t.notMatch(html, /<script/i)
  t.match(html, '&#60;script&#62;alert(&#34;x&#34;)&#60;/script&#62;: rank 3')
  for (const text of [
    'D&#39;Ala &#38; co',
    'Tudun (K1)',
    'Dataset version 4',
    'wards abc',
    'no ward in the table',
    'Wards without a boundary: Tudun (K3), D&#39;Ala',
    'global_mean_fallback',
    'population is missing',
    'No second opinion',
  ])
    t.ok(html.includes(text), text)
  t.equal(html.match(/<path fill="#/g)?.length, 8, 'four boundaries, on the map of nets and on that of tiers')
  for (const { detail } of result.quality.findings) t.ok(html.includes(escaped(detail)), detail)
  const facilities = Buffer.from(
    'Ward,LGA,HealthFacility,period,RDT tested <5yrs,RDT positive <5yrs\nKuka,Dala,F1,Jan,40,34\n',
  )
  const measured = joinPositivity(
    dataset.table,
    await readPositivity([{ bytes: facilities, filename: 'f.csv', choices: {} }], {
      facilityLevel: 'all',
      age: 'u5',
      method: 'rdt',
    }),
  )
  const withTests = [
    ...reportHtml({
      result: { ...analyse(joinWards(measured, null), { indicators: ['a', 'tpr_u5_rdt'] }), ...STAMP },
      ...BARE,
    }),
  ].join('')
  t.match(withTests, '<h2>Test positivity</h2>\n<h3>tpr_u5_rdt</h3>')
  t.match(
    withTests,
    '<tr><td>Kuka</td><td>Dala</td><td>Kuka</td>' +
      '<td class="n">1</td><td class="n">40</td><td class="n">34</td><td class="n">85</td>',
  )
  const bare = [...reportHtml({ result: { ...result, ...STAMP }, ...BARE })].join('')
  t.notMatch(bare, /<svg|Bed-net/)
})

t.test('the report shows what the files were taken for, guessed and settled, as text', async (t) => {
  const choices = {
    missing: ['<b>none</b>'],
    columns: { 'K<i>': 'ward code', c: 'ignore' },
    answers: { 'implausible-people:population': 'people' },
  } as const
  const csv = CSV.replace('WardCode', 'K<i>')
    .replaceAll(',NA,', ',<b>none</b>,')
    .replace('a,b,', 'a,b,c,')
    .replaceAll(/^(K\d.*),([^,]+),(\w*)$/gm, '$1,1,$2,$3')
  const wards = await readWards(Buffer.from(csv), 'a<b>.csv', choices)
  const tests = Buffer.from('Ward,LGA,HealthFacility,Month,Seen,Ill\nKuka,Dala,F1,2023-01,40,34\n')
  const measured = await readPositivity(
    [{ bytes: tests, filename: 'f.csv', choices: { columns: { Seen: 'tested u5 rdt', Ill: 'positive u5 rdt' } } }],
    { facilityLevel: 'all', age: 'u5', method: 'rdt' },
  )
  const dataset = joinWards(joinPositivity(wards, measured), null)
  const inputs = {
    wards: { sha256: 'abc', filename: 'a<b>.csv', choices },
    boundaries: null,
    facilities: { sha256: 'def', filename: 'f.csv' },
  }
  const result = { ...analyse(dataset, { indicators: ['a', 'b'], allowCopies: true }), ...STAMP, inputs }
  t.notMatch(JSON.stringify(result.positivity), 'reading', 'analysis_results.json has the choices among its inputs')
  const html = [...exportReport(dataset, result, null, NOT_DRAWN)].join('')
  for (const text of [
    '<h3>wards: a&#60;b&#62;.csv</h3>',
    '<li>Header: line 1</li>',
    '<li>Numbers: a point before decimals, nothing between thousands</li>',
    'Taken for missing, beside empty cells: &#60;b&#62;none&#60;/b&#62;',
    '<li>2 other columns hold values; 0 are not used</li>',
    '<tr><td>K&#60;i&#62;</td><td>ward code</td><td>a person said so</td></tr>',
    '<tr><td>WardName</td><td>ward name</td><td>guessed: ',
    '<tr><td>population</td><td>population</td><td>guessed: ',
    '<tr><td>c</td><td>ignore</td><td>a person said so</td></tr>',
    '<tr><td>implausible-people:population</td><td>people</td></tr>',
    '<h3>facilities: f.csv</h3>',
    '<tr><td>Seen</td><td>tested u5 rdt</td><td>a person said so</td></tr>',
  ])
    t.ok(html.includes(text), text)
  t.notMatch(html, /<b>|<i>/)
})

t.test('lgaRollup() sums up the wards of each LGA', async (t) => {
  const { dataset, result } = await made()
  const plan = planNets(planBasis(dataset, result), { totalNets: 60 })
  const rows = lgaRollup(result, plan)
  t.strictSame(
    rows.map(({ lga, wards, tiers, worstWard, worstRank }) => [lga, wards, tiers, worstWard, worstRank]),
    [
      ['Gwale', 3, { High: 0, Medium: 3, Low: 0 }, 'Tudun (K3)', 2],
      ['Dala', 2, { High: 1, Medium: 0, Low: 1 }, 'Tudun (K1)', 1],
    ],
  )
  t.equal(
    rows.reduce((sum, { netsAllocated }) => sum + (netsAllocated ?? NaN), 0),
    plan.totals.allocated,
  )
  t.equal(
    rows.reduce((sum, { population }) => sum + (population ?? NaN), 0),
    plan.totals.population,
  )
  t.equal(lgaRollup(result, null)[0]?.netsAllocated, null)
  t.strictSame(
    result.lgas.map(({ lga, wards, worstWard }) => [lga, wards, worstWard]),
    rows.map(({ lga, wards, worstWard }) => [lga, wards, worstWard]),
    'it is in the analysis',
  )
  t.strictSame(
    plan.lgas.map(({ lga, wards, allocated, population }) => [lga, wards, allocated, population]),
    [
      ['Dala', 2, 60, 150],
      ['Gwale', 2, 0, 88],
    ],
    'and the nets are in the plan; a ward that is left out of it is not counted',
  )
})

t.test('urbanExtent() shows what each threshold would do, and names wards without a share', async (t) => {
  const { dataset, result } = await made()
  const plan = planNets(planBasis(dataset, result), { totalNets: 60, urbanThreshold: 40 })
  const extent = urbanExtent(plan)
  t.strictSame(plan.urbanExtent, extent, 'it is in the plan')
  t.strictSame(extent, {
    column: 'urban_percent',
    rows: [
      [30, 0, 3, 0, 168],
      [40, 1, 2, 50, 118],
      [50, 1, 2, 50, 118],
      [75, 1, 2, 50, 118],
      [100, 3, 0, 168, 0],
    ].map(([thresholdPercent, wardsBelow, wardsAtOrAbove, populationBelow, populationAtOrAbove]) => ({
      thresholdPercent,
      wardsBelow,
      wardsAtOrAbove,
      populationBelow,
      populationAtOrAbove,
    })),
    unknown: ['<script>alert("x")</script>'],
  })
})

t.test(
  'the ranking answers questions: the wards most at risk, the wards of an LGA, a comparison of wards',
  async (t) => {
    const { result } = await made()
    const names = (wards: readonly { wardName: string }[]): string[] => wards.map(({ wardName }) => wardName)
    t.strictSame(names(topWards(result, 2)), ['Tudun (K1)', 'Tudun (K3)'])
    t.strictSame(names(topWards(result, 9, { lga: 'dala' })), ['Tudun (K1)', 'Kuka'])
    t.strictSame(names(wardsWhere(result, { lga: 'Dala', tier: 'Low' })), ['Kuka'])
    t.match(
      refusal(() => wardsWhere(result, { lga: 'Ungogo' })),
      { message: 'There is no LGA "Ungogo"; the data have "Dala", "Gwale"', errors: [{ pointer: '/lga' }] },
    )
    t.strictSame(findWard(result, 'tudun'), ['Tudun (K1)', 'Tudun (K3)'])
    t.strictSame(findWard(result, 'k2'), ['Kuka'])
    t.match(compareWards(result, ['Kuka', 'K1']), [
      { wardName: 'Tudun (K1)', rank: 1, contributions: [{}, {}] },
      { wardName: 'Kuka' },
    ])
    t.match(refusal(() => compareWards(result, ['Tudun', 'Nowhere'])).errors, [
      { pointer: '/wards/0', detail: '"Tudun" may be "Tudun (K1)", "Tudun (K3)"' },
      { pointer: '/wards/1' },
    ])
    t.match(refusal(() => compareWards(result, ['Kuka'])).errors, [{ pointer: '/wards' }])
  },
)
