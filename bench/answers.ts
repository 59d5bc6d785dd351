import { readFileSync } from 'node:fs'
import { answerFromData, answerFromResult, answerQuery, interpretMessage } from '../service/work/answer-jobs.ts'
import { packDataset } from '../service/domain/dataset/pack-dataset.ts'
import { joinWards } from '../service/domain/dataset/join-wards.ts'
import { outlineDataset } from '../service/domain/chat/outline-dataset.ts'
import type { Outline } from '../service/domain/chat/outline.ts'
import { isFrom, type ToolCall } from '../service/domain/chat/tools.ts'
import { readWards } from '../service/domain/files/read-wards.ts'
import { analyse } from '../service/domain/ranking/analyse.ts'
import { writeJson } from '../service/work/own-json.ts'
import { questionsOfSample } from '../test/answers/questions-of-sample.ts'
import { wardsOf } from '../test/answers/truth.ts'
import { report } from './figure.ts'
import { percentile } from './percentile.ts'

/**
 * What an answer by the rules costs in CPU of this process, once it is warm: from the message to the reply's text and
 * table, with the stored bytes opened for each call. Asks the questions of `test/answers/questions-of-sample.ts` about
 * 275 wards, the size of a state. On half a core a reply takes twice its CPU time; the bound is 150 ms of that.
 * Usage: node bench/answers.ts [rounds]
 */
const rounds = Number(process.argv[2] ?? 5)
const WARDS = 275
const MOST_MS = 75
const MADE = { datasetVersion: 1, stale: false }
const INDICATORS = ['test_positivity_rate', 'mean_rainfall_mm', 'elevation_m', 'housing_quality']

/** The sample's rows, repeated under other names until there are enough wards. */
function stateCsv(): string {
  const [header = '', ...rows] = readFileSync(new URL('../service/sample/wards.csv', import.meta.url), 'utf8')
    .trim()
    .split(/\r?\n/)
  const all = Array.from({ length: WARDS }, (_, at) => {
    const cells = (rows[at % rows.length] ?? '').split(',')
    const again = Math.floor(at / rows.length)
    return [`${cells[0] ?? ''}${String(again)}`, `${cells[1] ?? ''} ${'ABCDE'.charAt(again)}`, ...cells.slice(2)].join(
      ',',
    )
  })
  return [header, ...all].join('\n')
}

const csv = stateCsv()
const dataset = joinWards(await readWards(Buffer.from(csv), 'wards.csv'), null)
const analysis = analyse(dataset, { indicators: INDICATORS })
const packed = packDataset(dataset)
const result = writeJson(analysis)
const outline: Outline = {
  dataset: { ...outlineDataset(dataset), version: 1 },
  analysis: { datasetVersion: 1, indicators: INDICATORS, mode: 'standard', hasPca: false, stale: false },
  plan: null,
}
const questions = questionsOfSample(wardsOf(csv, ['WardName', 'LGA'], analysis))

async function answer(call: ToolCall): Promise<void> {
  if (call.tool === 'query_wards')
    await answerQuery({ packed: packed.slice(), result: result.slice(), plan: null, query: call.input, madeFrom: MADE })
  else if (isFrom(call, 'data')) await answerFromData({ call, packed: packed.slice(), madeFrom: MADE })
  else if (isFrom(call, 'result')) await answerFromResult({ call, result: result.slice(), plan: null, madeFrom: MADE })
}

const milliseconds: number[] = []
for (let round = 0; round <= rounds; round += 1)
  for (const { message } of questions) {
    const before = process.threadCpuUsage()
    const meaning = await interpretMessage({ message, outline, previous: [] })
    for (const call of meaning.kind === 'call' ? [meaning.call] : meaning.kind === 'calls' ? meaning.calls : [])
      await answer(call)
    const { user, system } = process.threadCpuUsage(before)
    // The first round warms up.
    if (round > 0) milliseconds.push((user + system) / 1_000)
  }
report({
  name: `${String(questions.length)} questions by rules, ${String(WARDS)} wards, median`,
  value: percentile(milliseconds, 0.5),
  unit: 'ms',
})
report({ name: 'p95', value: percentile(milliseconds, 0.95), unit: 'ms', most: MOST_MS })
