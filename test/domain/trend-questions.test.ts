import t from 'tap'
import { interpret } from '../../service/domain/chat/interpret.ts'
import { outlineDataset } from '../../service/domain/chat/outline-dataset.ts'
import type { Outline } from '../../service/domain/chat/outline.ts'
import { joinPositivity } from '../../service/domain/dataset/join-positivity.ts'
import { joinWards } from '../../service/domain/dataset/join-wards.ts'
import { positivityWards } from '../../service/domain/dataset/positivity-wards.ts'
import { readPositivity } from '../../service/domain/files/read-positivity.ts'

async function outlineOf(time: boolean): Promise<Outline> {
  const rows = ['Dala', 'Gwale'].flatMap((ward) =>
    ['2021-01', '2022-01'].map((month, at) => `North,${ward},F ${ward},${month},10,${String(2 + at)}`),
  )
  const header = 'LGA,WardName,HealthFacility,periodname,RDT tested <5yrs,RDT positive <5yrs'
  const measured = await readPositivity(
    [{ bytes: Buffer.from([header, ...rows].join('\n')), filename: 'facilities.csv', choices: {} }],
    { facilityLevel: 'all', age: 'u5', method: 'rdt', ...(time && { time: {} }) },
  )
  const dataset = joinWards(joinPositivity(positivityWards([measured]), measured), null)
  return { dataset: { ...outlineDataset(dataset), version: 1 }, analysis: null, plan: null }
}

t.test('which wards worsened, and which reports are missing, are questions', async (t) => {
  const outline = await outlineOf(true)
  const columns = ['ward', 'tpr_u5_rdt_trend', 'tpr_u5_rdt_trend_low', 'tpr_u5_rdt_trend_high']
  for (const message of ['Which wards worsened?', 'list the wards that got worse', 'where is positivity getting worse'])
    t.match(
      interpret(message, outline),
      {
        kind: 'call',
        call: {
          tool: 'query_wards',
          input: { where: [{ column: 'tpr_u5_rdt_trend_low', op: '>', value: 0 }], select: columns },
        },
      },
      message,
    )
  t.match(interpret('Which wards have improved?', outline), {
    call: {
      input: {
        where: [{ column: 'tpr_u5_rdt_trend_high', op: '<', value: 0 }],
        orderBy: [{ by: 'tpr_u5_rdt_trend', direction: 'ascending' }],
      },
    },
  })
  for (const message of ['Show the missing reports', 'which wards did not report?'])
    t.match(
      interpret(message, outline),
      { call: { tool: 'draw_chart', input: { kind: 'reports', column: 'tpr_u5_rdt' } } },
      message,
    )
})

t.test('without reports of several years, the reply says what is needed', async (t) => {
  t.match(interpret('Which wards worsened?', await outlineOf(false)), {
    kind: 'clarify',
    question: /measure test positivity by year/,
  })
})
