import t from 'tap'
import type { Outline } from '../../service/domain/chat/outline.ts'
import { callOf, checkCall, type CheckedCall } from '../../service/features/tools/checked-call.ts'

const NOTHING: Outline = { dataset: null, analysis: null, plan: null }
const DATA: Outline = {
  ...NOTHING,
  dataset: { version: 1, wards: ['A', 'B'], lgas: [], hasBoundaries: false, columns: [] },
}
const ANALYSED: Outline = {
  ...DATA,
  analysis: { datasetVersion: 1, indicators: ['a', 'b'], mode: 'standard', hasPca: false, stale: false },
}
const PLANNED: Outline = { ...ANALYSED, plan: { datasetVersion: 1, options: { totalNets: 5 }, stale: false } }

t.test('checkCall() takes a call whose schema and session allow it, as it was then', async (t) => {
  const input = { order: 'highest', count: 3 }
  const checked = checkCall('rank_wards', input, ANALYSED)
  input.count = -1
  t.strictSame(callOf(checked), { tool: 'rank_wards', input: { order: 'highest', count: 3 } })
  t.strictSame(callOf(checkCall('explain_method', {}, NOTHING)), { tool: 'explain_method', input: {} })
})

t.test('checkCall() refuses a call that its schema does not take, and says what it takes', async (t) => {
  for (const [tool, input, told] of [
    ['plan_nets', { totalNets: 1.5 }, '/totalNets must be a whole number of nets from 0 to 1,000,000,000.'],
    ['rank_wards', { order: 'sideways' }, '/order must be one of highest, lowest.'],
    ['rank_wards', {}, '/order is missing.'],
    ['rank_wards', { order: 'lowest', session: 'x' }, '/session is not known here.'],
    ['rank_wards', '{"order":"lowest"}', 'it must be object.'],
  ] as const)
    t.throws(() => checkCall(tool, input, PLANNED), {
      kind: 'invalid-input',
      message: `The tool ${tool} does not take this input: ${told} Tools take what their schemas name and no ids.`,
    })
  for (const tool of ['read_session', '__proto__', 'constructor', ''])
    t.throws(() => checkCall(tool, {}, PLANNED), { kind: 'invalid-input', message: 'There is no such tool.' })
})

t.test('checkCall() refuses a call that needs what the session does not have', async (t) => {
  const cases: readonly (readonly [string, unknown, Outline, RegExp])[] = [
    ['describe_data', {}, NOTHING, /no data/],
    ['rank_wards', { order: 'highest' }, NOTHING, /no data/],
    ['rank_wards', { order: 'highest' }, DATA, /no analysis/],
    ['show_map', {}, ANALYSED, /no boundaries/],
    ['show_map', { variable: 'a' }, DATA, /no boundaries/],
    ['change_plan', { urbanThreshold: 5 }, ANALYSED, /no net plan/],
    ['export_result', { kind: 'itn_plan.csv' }, ANALYSED, /no net plan/],
    ['query_wards', { select: ['rank'] }, DATA, /no analysis/],
    ['query_wards', { where: [{ column: 'served', op: '=', value: 'none' }] }, ANALYSED, /no net plan/],
    ['draw_chart', { kind: 'histogram', column: 'nets' }, ANALYSED, /no net plan/],
  ]
  for (const [tool, input, outline, message] of cases)
    t.throws(() => checkCall(tool, input, outline), { kind: 'no-data', message }, `${tool} ${JSON.stringify(input)}`)
  t.doesNotThrow(() => checkCall('export_result', { kind: 'rankings.csv' }, ANALYSED))
  t.doesNotThrow(() => checkCall('query_wards', { select: ['rank'] }, ANALYSED))
  t.doesNotThrow(() => checkCall('draw_chart', { kind: 'histogram', column: 'nets' }, PLANNED))
  t.doesNotThrow(() => checkCall('export_result', { kind: 'itn_plan.csv' }, PLANNED))
})

t.test('callOf() reads only what checkCall() made, even where types were cast', async (t) => {
  const call = { tool: 'describe_data', input: {} }
  const checked = checkCall('describe_data', {}, DATA)
  for (const forged of [call, { '#call': call }, { ...checked }, Object.create(checked), JSON.parse('{}')])
    t.throws(() => callOf(forged as CheckedCall), TypeError)
  const { constructor } = checked as unknown as { constructor: new (make: symbol, call: unknown) => CheckedCall }
  t.throws(() => new constructor(Symbol('make'), call), /by hand/)
})
