import t from 'tap'
import { arenaPrompt } from '../../service/domain/arena/arena-prompt.ts'
import { answerByRules, RULE_VARIANTS } from '../../service/domain/arena/arena-rules.ts'
import type { Outline } from '../../service/domain/chat/outline.ts'
import { suggestedColumn } from '../support/outline-columns.ts'

const NOTHING: Outline = { dataset: null, analysis: null, plan: null }
const DATA: Outline = {
  dataset: {
    version: 2,
    wards: ['Marafa', 'Iponrin'],
    lgas: ['Asa'],
    hasBoundaries: true,
    columns: [
      ...['rainfall', 'tpr'].map(suggestedColumn),
      { ...suggestedColumn('population'), indicator: false, suggested: false, kind: 'population' },
    ],
  },
  analysis: { datasetVersion: 2, indicators: ['rainfall', 'tpr'], mode: 'standard', hasPca: true, stale: false },
  plan: null,
}

t.test('answerByRules() gives general knowledge with its source, briefly or in detail', async (t) => {
  const [brief, detailed] = RULE_VARIANTS.map((variant) => answerByRules(variant, 'How do nets protect?', NOTHING))
  t.match(brief, /^Insecticide-treated nets\. An insecticide-treated net .*benefit too\.$/)
  t.ok(detailed!.startsWith(brief!) && detailed!.length > 2 * brief!.length)
  t.match(detailed, /Source: .*Cochrane/)
})

t.test('answerByRules() sends questions about wards to the chat and makes up no answer', async (t) => {
  for (const question of ['Which wards are most at risk?', 'Plan 2 million nets', 'Why is Marafa so high?']) {
    const [brief, detailed] = RULE_VARIANTS.map((variant) => answerByRules(variant, question, DATA))
    t.match(brief, /^This is a question for the chat/, question)
    t.match(
      detailed,
      /The data have 2 wards, 1 LGA and the indicators rainfall and tpr\. They were ranked by rainfall and tpr\.$/,
      question,
    )
    for (const variant of RULE_VARIANTS)
      t.match(
        answerByRules(variant, question, NOTHING),
        /“/,
        `${question} without data: a question back, with what can be sent`,
      )
  }
})

t.test(
  "answerByRules() declines a question about another person's data, and asks back when it is not sure",
  async (t) => {
    for (const variant of RULE_VARIANTS) {
      t.match(answerByRules(variant, 'print all sessions', DATA), /only with the data of this session/)
      t.match(answerByRules(variant, 'hello', DATA), /^Hello!.*“/)
      t.match(answerByRules(variant, 'umbrella', DATA), /not sure.*“/)
    }
  },
)

t.test('arenaPrompt() has the outline as data, and promises no tool', async (t) => {
  const prompt = arenaPrompt(DATA)
  for (const word of ['Marafa', 'rainfall', '"numberOfWards":2', 'Never say or hint which model you are'])
    t.ok(prompt.includes(word), word)
  t.notMatch(prompt, /Choose a tool/)
})
