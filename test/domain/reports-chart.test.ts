import { DOMParser } from '@xmldom/xmldom'
import t from 'tap'
import { chartWards } from '../../service/domain/chart/chart-wards.ts'
import type { ChartAnswer } from '../../service/domain/chart/chart-answer.ts'
import { joinPositivity } from '../../service/domain/dataset/join-positivity.ts'
import { joinWards } from '../../service/domain/dataset/join-wards.ts'
import { positivityWards } from '../../service/domain/dataset/positivity-wards.ts'
import { readPositivity } from '../../service/domain/files/read-positivity.ts'
import { viewWards } from '../../service/domain/query/ward-view.ts'

const HEADER = 'LGA,WardName,HealthFacility,periodname,RDT tested <5yrs,RDT positive <5yrs'
/** Dala's two facilities report 3 of 8 times, Gwale's one 3 of 4 times, the third's one always. */
const ROWS = [
  ...['2021-01', '2021-02'].map((month) => `North,Dala,F1,${month},10,2`),
  'North,Dala,F2,2021-02,10,2',
  ...['2021-01', '2021-02', '2022-02'].map((month) => `North,Gwale,F3,${month},10,2`),
  ...['2021-01', '2021-02', '2022-01', '2022-02'].map((month) => `South,<b>Fagge & co,F4,${month},10,2`),
]

async function draw(options: { limit?: number; column?: string; lga?: string }, time = true): Promise<ChartAnswer> {
  const bytes = Buffer.from([HEADER, ...ROWS].join('\n'))
  const measured = await readPositivity([{ bytes, filename: 'facilities.csv', choices: {} }], {
    facilityLevel: 'all',
    age: 'u5',
    method: 'rdt',
    ...(time && { time: {} }),
  })
  const dataset = joinWards(joinPositivity(positivityWards([measured]), measured), null)
  const { lga, column = 'tpr_u5_rdt', ...rest } = options
  return chartWards(viewWards({ dataset, result: null, plan: null }), {
    kind: 'reports',
    column,
    ...rest,
    ...(lga !== undefined && { where: [{ column: 'lga', op: '=', value: lga }] }),
  })
}

t.test('missing reports are drawn by ward and month, with the same figures as a table', async (t) => {
  const { svg, table, figures, words } = await draw({})
  t.equal(words, 'This draws which reports of tpr_u5_rdt are there, by month, of all wards.')
  t.strictSame(
    table.columns.map(({ name }) => name),
    ['ward', 'facilities', '2021-01', '2021-02', '2022-01', '2022-02'],
  )
  t.strictSame(table.rows, [
    ['Dala', 2, 1, 2, 0, 0],
    ['Gwale', 1, 1, 1, 0, 1],
    ['<b>Fagge & co', 1, 1, 1, 1, 1],
  ])
  t.strictSame(figures, [
    '10 of 16 expected reports are there (63 %).',
    'Dala: 38 %.',
    'Gwale: 75 %.',
    '<b>Fagge & co: 100 %.',
  ])
  const drawn = new DOMParser().parseFromString(svg, 'image/svg+xml')
  // Three cells lack all reports, and the legend shows one such cell.
  t.equal(drawn.getElementsByTagName('path').length, 4)
  const texts = Array.from(drawn.getElementsByTagName('text'), ({ textContent }) => textContent)
  for (const text of ['2021', '2022', '<b>Fagge & co', 'none did']) t.ok(texts.includes(text), text)
})

t.test('wards can be chosen; those that lack most stay, and the chart says how many there are', async (t) => {
  t.strictSame((await draw({ lga: 'South' })).table.rows, [['<b>Fagge & co', 1, 1, 1, 1, 1]])
  const one = await draw({ limit: 1 })
  t.strictSame(
    one.table.rows.map(([ward]) => ward),
    ['Dala'],
  )
  t.ok(one.notes.includes('These are 1 of 3 wards: those that lack most reports.'))
})

t.test('only positivity that was measured with its years has such a picture', async (t) => {
  const refused = { kind: 'invalid-input', errors: [{ pointer: '/column' }] }
  await t.rejects(draw({}, false), refused)
  await t.rejects(draw({ column: 'tpr_u5_rdt_2021' }), refused)
})
