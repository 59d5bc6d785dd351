import t from 'tap'
import { interpret } from '../../service/domain/chat/interpret.ts'
import { NOTHING, remember, type Remembered } from '../../service/domain/chat/remembered.ts'
import type { ToolCall } from '../../service/domain/chat/tools.ts'
import { suggestedColumn } from '../support/outline-columns.ts'
import { OUTLINES } from './questions.ts'

const TOP: ToolCall = { tool: 'rank_wards', input: { order: 'highest', count: 3 } }
const table = (wards: readonly string[]): { columns: string[]; rows: string[][] } => ({
  columns: ['rank', 'ward'],
  rows: wards.map((ward, at) => [String(at + 1), ward]),
})

t.test('remember() keeps the rows, the wards and the open question, at most 8 KiB of them', async (t) => {
  const wards = ['Tudun Kuka', 'Hayin Gawo', 'Doka Lemo']
  const listed = remember(NOTHING, { call: TOP, text: '', table: table(wards) })
  t.match(listed, { shown: wards, isCut: true, wards: [], list: TOP, open: null })
  const why: ToolCall = { tool: 'explain_ward', input: { ward: 'Hayin Gawo' } }
  t.match(
    remember(listed, { call: why, text: '' }),
    { shown: wards, list: TOP, wards: ['Hayin Gawo'] },
    'the list stays',
  )
  const asked = remember(listed, { call: null, text: 'Which one do you mean?', options: ['one', 'two'] })
  t.match(asked, { list: TOP, open: { text: 'Which one do you mean?', options: ['one', 'two'] } })
  const plan: ToolCall = { tool: 'plan_nets', input: { totalNets: 5_000 } }
  t.match(remember(listed, { call: plan, text: '' }), { list: null, plan, shown: [] }, 'a plan is another subject')
  t.equal(
    remember(listed, { call: TOP, text: '', table: table(Array.from({ length: 51 }, (_, at) => String(at))) }).shown
      .length,
    0,
  )

  const long = Array.from({ length: 50 }, (_, at) => `${String(at)}${'x'.repeat(200)}`)
  t.strictSame(
    remember(NOTHING, { call: TOP, text: '', table: table(long) }),
    NOTHING,
    'what is too large is forgotten',
  )
  const most = long.map((ward) => ward.slice(0, 100))
  const kept = remember(NOTHING, { call: TOP, text: '', table: table(most) })
  t.equal(kept.shown.length, 50)
  t.ok(Buffer.byteLength(JSON.stringify(kept)) <= 8 * 1024)
})

t.test('a turn that an earlier release stored is followed by its call alone', async (t) => {
  const previous = [{ message: 'top 3 wards', call: TOP }]
  t.match(interpret('and in Dumawa?', OUTLINES.ready, previous), {
    kind: 'call',
    call: { tool: 'rank_wards', input: { order: 'highest', count: 3, lga: 'Dumawa' } },
  })
  const plan: ToolCall = { tool: 'plan_nets', input: { totalNets: 150_000 } }
  t.match(interpret('add 10,000', OUTLINES.ready, [{ message: 'plan 150,000 nets', call: plan }]), {
    call: { tool: 'change_plan', input: { totalNets: 160_000 } },
  })
})

t.test('what is remembered of data that are gone is not used', async (t) => {
  const remembered: Remembered = {
    ...NOTHING,
    shown: ['Nowhere A', 'Nowhere B'],
    list: { tool: 'rank_wards', input: { order: 'highest', lga: 'Nowhere' } },
  }
  const meaning = interpret('and the next ten?', OUTLINES.ready, [{ message: 'top wards', call: null, remembered }])
  t.equal(meaning.kind, 'clarify')
})

t.test('a column of deaths, fever or doses can be asked about, and is never taken for a sick person', async (t) => {
  const outline = {
    ...OUTLINES.ready,
    dataset: {
      ...OUTLINES.ready.dataset!,
      columns: ['malaria_deaths', 'fever_cases', 'smc_doses'].map(suggestedColumn),
    },
  }
  for (const message of [
    'which ward has the highest malaria_deaths?',
    'total malaria deaths',
    'average fever cases',
    'map of smc doses',
    'describe fever_cases',
  ])
    t.not(interpret(message, outline).kind, 'decline', message)
  for (const message of [
    'my son has fever',
    'how many tablets for malaria',
    'how many deaths next year',
    'my pregnant wife is unwell',
  ])
    t.equal(interpret(message, outline).kind, 'decline', message)
})
