import { Type } from 'typebox'
import t from 'tap'
import { mendInput, plainToolName } from '../../service/features/tools/mend-input.ts'
import { TOOLS } from '../../service/domain/chat/tools.ts'
import { ChartSchema } from '../../service/domain/chart/chart-options.ts'
import { WardQuerySchema } from '../../service/domain/query/ward-query.ts'

const RANK = TOOLS.rank_wards.input

t.test('mendInput() takes what can mean only one thing, by the schema of the tool', async (t) => {
  for (const [schema, input, wanted] of [
    [RANK, { order: 'highest', count: '5' }, { order: 'highest', count: 5 }],
    [RANK, { order: 'Highest', count: null, lga: '', tier: 'high' }, { order: 'highest', tier: 'High' }],
    [RANK, '{"order":"highest"}', { order: 'highest' }],
    [TOOLS.plan_nets.input, { totalNets: '20,000' }, { totalNets: 20_000 }],
    [TOOLS.describe_data.input, null, {}],
    [TOOLS.describe_data.input, '', {}],
    [TOOLS.compare_wards.input, { wards: '["Dala","Fagge"]' }, { wards: ['Dala', 'Fagge'] }],
    [TOOLS.ward_values.input, { wards: 'Dala', columns: null }, { wards: ['Dala'] }],
    [
      WardQuerySchema,
      { where: '[{"column":"rain","op":">","value":5,"or":null}]', limit: '10', measures: { measure: 'Count' } },
      { where: [{ column: 'rain', op: '>', value: 5 }], limit: 10, measures: [{ measure: 'count' }] },
    ],
    [
      ChartSchema,
      { kind: 'bar', measure: '{"measure":"mean","column":"rain"}', limit: '5', insteadOfPie: 'true' },
      { kind: 'bar', measure: { measure: 'mean', column: 'rain' }, limit: 5, insteadOfPie: true },
    ],
    [ChartSchema, { kind: 'correlation', columns: '["a","b"]' }, { kind: 'correlation', columns: ['a', 'b'] }],
    [Type.Object({ at: Type.Number() }), { at: '-1.5' }, { at: -1.5 }],
  ] as const)
    t.strictSame(mendInput(schema, input), wanted, JSON.stringify(input))
})

t.test('mendInput() leaves everything else for the schema to refuse', async (t) => {
  for (const input of [
    { order: 'highest', count: 'five' },
    { order: 'highest', count: '5e3' },
    { order: 'highest', count: '5.' },
    { order: 'up' },
    { order: null },
    { order: 'highest', session_id: null },
    { order: 'highest', count: true },
    ['highest'],
    '{"order":"hi',
    7,
  ])
    t.strictSame(mendInput(RANK, input), input, JSON.stringify(input))
  const deep = JSON.parse(`${'{"a":'.repeat(60)}1${'}'.repeat(60)}`) as unknown
  t.strictSame(mendInput(WardQuerySchema, deep), deep)
  t.strictSame(Object.keys(mendInput(RANK, JSON.parse('{"__proto__":{"order":"highest"}}')) as object), ['__proto__'])
})

t.test('plainToolName() drops the prefixes of other protocols, and nothing else', async (t) => {
  for (const name of ['rank_wards', 'functions.rank_wards', ' tools.rank_wards', 'default_api:rank_wards'])
    t.equal(plainToolName(name), 'rank_wards')
  t.equal(plainToolName('my.rank_wards'), 'my.rank_wards')
})
