import t from 'tap'
import { interpret } from '../../service/domain/chat/interpret.ts'
import type { PlanBasis } from '../../service/domain/plan/plan-basis.ts'
import { planNets } from '../../service/domain/plan/plan-nets.ts'
import { checkCall } from '../../service/features/tools/checked-call.ts'
import { OUTLINES } from '../domain/questions.ts'
import { person, uploadWards, wardsCsv, type Reply } from '../support/client.ts'
import { redis, s3, startService } from '../support/parts.ts'
import { textsAndPlaces } from '../support/refusal.ts'

/**
 * Options that are out of range, what is reported about them, and a message that asks for the same, where there is one.
 */
const WRONG = [
  [{ totalNets: -1 }, '/totalNets', 'a whole number of nets from 0 to 1,000,000,000', null],
  [
    { totalNets: 1_000_000_001 },
    '/totalNets',
    'a whole number of nets from 0 to 1,000,000,000',
    'Plan 1000000001 nets',
  ],
  [{ totalNets: 1.5 }, '/totalNets', 'a whole number of nets from 0 to 1,000,000,000', 'Plan 1.5 nets'],
  [
    { totalNets: 9, urbanThreshold: 101 },
    '/urbanThreshold',
    'a percentage from 0 to 100',
    'Plan 9 nets with threshold 101',
  ],
  [
    { totalNets: 9, rule: 'household', householdSize: 51 },
    '/householdSize',
    'a household of 1 to 50 people',
    'Plan 9 nets with households of 51 people',
  ],
] as const

const BASIS: PlanBasis = {
  wards: [],
  columns: [{ name: 'population', kind: 'population', isYesNo: false, values: new Float64Array() }],
  unusable: [],
  positivity: [],
  pcaReasons: [],
  caveats: [],
  columnFindings: [],
  questions: [],
  answers: {},
}

t.test("a plan's options are refused in the same words by the API, a tool, the rules and the planner", async (t) => {
  const { url } = await startService(t, { redis: await redis(t), s3: await s3(t) })
  const who = person(t, url)
  await who.start()
  for (const [options, pointer, taken, message] of WRONG) {
    const detail = `must be ${taken}`
    const label = JSON.stringify(options)
    const { status, text } = await who.post('/api/itn-plans', { analysisId: 'A'.repeat(32), ...options })
    t.equal(status, 400, label)
    t.strictSame(textsAndPlaces((JSON.parse(text) as { errors: object[] }).errors), [{ detail, pointer }], label)
    t.throws(() => checkCall('plan_nets', options, OUTLINES.ready), {
      message: new RegExp(`: ${pointer} ${detail}\\.`),
    })
    t.throws(() => planNets(BASIS, options), { kind: 'invalid-input', errors: [{ detail, pointer }] }, label)
    if (message === null) continue
    const meaning = interpret(message, OUTLINES.ready)
    t.equal(meaning.kind, 'clarify', message)
    t.match(meaning, { question: new RegExp(`Say it as one number: ${taken}\\.$`) }, message)
  }
})

t.test('POST /api/itn-plans takes conditions on numbers, and refuses those that do not fit', async (t) => {
  const { url } = await startService(t, { redis: await redis(t), s3: await s3(t) })
  const who = person(t, url)
  await who.start()
  await uploadWards(
    who,
    wardsCsv('Ward')
      .trim()
      .split('\n')
      .map((line, at) => `${line},${at === 0 ? 'population' : String(at * 1_800)}`)
      .join('\n'),
  )
  const made = await who.post('/api/analyses', {})
  const analysisId = made.json<{ analysis: { id: string } }>().analysis.id
  const plan = async (where: readonly object[]): Promise<Reply> =>
    await who.post('/api/itn-plans', { analysisId, totalNets: 90_000, where })
  const reply = await plan([
    { column: 'population', op: 'between', value: [3_600, 9_000] },
    { column: 'lga', op: 'not in', value: ['LGA 1'] },
  ])
  // Wards 2 to 5 have 3,600 to 9,000 people; the fourth is in LGA 1. Need: 2,000 + 3,000 + 5,000.
  t.equal(reply.status, 201, reply.text)
  t.match(reply.json(), {
    plan: {
      totals: { need: 10_000, allocated: 10_000 },
      parameters: { where: [{ column: 'population', op: 'between', value: [3_600, 9_000] }, { column: 'lga' }] },
    },
  })
  const { wards, excluded } = reply.json<{ plan: Record<'wards' | 'excluded', readonly { compared: object }[]> }>().plan
  t.equal(wards.length, 3)
  t.equal(excluded.length, 9)
  t.ok([...wards, ...excluded].every(({ compared }) => Object.keys(compared).join() === 'population'))
  const unknown = await plan([{ column: 'nothing', op: '>', value: 1 }])
  t.equal(unknown.status, 400)
  t.match(unknown.json(), { errors: [{ pointer: '/where/0/column' }] })
  t.equal((await plan([{ column: 'population', op: 'contains', value: 'x' }])).status, 400)
  t.equal((await plan([{ column: 'population', op: '>', value: 1, analysisId }])).status, 400, 'nothing beside it')
})
