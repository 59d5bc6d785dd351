import { readFileSync } from 'node:fs'
import t, { type Test } from 'tap'
import { analyse } from '../../service/domain/ranking/analyse.ts'
import type { AnalysisResult } from '../../service/domain/ranking/analysis-result.ts'
import type { Answer } from '../../service/domain/chat/answer.ts'
import { answerMethod, answerKnowledge } from '../../service/domain/chat/answers/explained.ts'
import { answerExport } from '../../service/domain/chat/answers/export.ts'
import { answerFromData, type DataCall } from '../../service/domain/chat/answers/from-data.ts'
import { answerFromResult, type ResultCall } from '../../service/domain/chat/answers/from-result.ts'
import { answerPlan } from '../../service/domain/chat/answers/plan.ts'
import { checkFigures } from '../../service/domain/chat/check-figures.ts'
import type { Dataset } from '../../service/domain/dataset/dataset.ts'
import { describeDataset } from '../../service/domain/dataset/describe-dataset.ts'
import { compareWards } from '../../service/domain/ranking/ask-table.ts'
import { explainWard } from '../../service/domain/ranking/explain-ward.ts'
import { outlineDataset } from '../../service/domain/chat/outline-dataset.ts'
import { interpret } from '../../service/domain/chat/interpret.ts'
import { joinWards } from '../../service/domain/dataset/join-wards.ts'
import { TOPICS, topicOf } from '../../service/domain/chat/knowledge.ts'
import { lgaRollup } from '../../service/domain/plan/lga-rollup.ts'
import { maskFigures } from '../../service/domain/chat/mask-figures.ts'
import { planBasis } from '../../service/domain/plan/plan-basis.ts'
import { planNets } from '../../service/domain/plan/plan-nets.ts'
import { readBoundaries } from '../../service/domain/files/boundary/read-boundaries.ts'
import { readWards } from '../../service/domain/files/read-wards.ts'
import { toolOutput } from '../../service/domain/chat/tool-output.ts'
import { refusal } from '../support/refusal.ts'
import fc from '../support/properties.ts'
import { OUTLINES } from './questions.ts'

const SAMPLE = new URL('../../service/sample/', import.meta.url)
const MADE = { datasetVersion: 7, stale: false }

async function sample(): Promise<Dataset> {
  return joinWards(
    await readWards(readFileSync(new URL('wards.csv', SAMPLE)), 'wards.csv'),
    await readBoundaries(readFileSync(new URL('boundaries.zip', SAMPLE)), 'boundaries.zip'),
  )
}

async function table(csv: string): Promise<Dataset> {
  return joinWards(await readWards(Buffer.from(csv), 'wards.csv'), null)
}

/** The sources of an answer's figures: the result with the lengths of its lists, and the question. */
function sourcesOf(...values: readonly unknown[]): readonly string[] {
  const lengths: number[] = []
  const waiting: unknown[] = [...values]
  for (let value = waiting.pop(); value !== undefined; value = waiting.pop()) {
    if (Array.isArray(value)) lengths.push(value.length)
    if (typeof value === 'object' && value !== null)
      waiting.push(...Object.values(value).filter((inner) => inner !== undefined))
  }
  return [...values.map((value) => JSON.stringify(value)), JSON.stringify(lengths)]
}

const RESULT_CALLS: readonly ResultCall[] = [
  { tool: 'run_analysis', input: {} },
  { tool: 'rank_wards', input: { order: 'highest' } },
  { tool: 'rank_wards', input: { order: 'lowest', count: 3, lga: 'bakoro' } },
  { tool: 'rank_wards', input: { order: 'highest', tier: 'High', ranking: 'pca' } },
  { tool: 'rank_wards', input: { order: 'highest', count: 500, lga: 'Dumawa', tier: 'Medium' } },
  { tool: 'explain_ward', input: { ward: 'tudun kuka' } },
  { tool: 'compare_wards', input: { wards: ['Tudun Kuka', 'Unguwar Lemo', 'Gidan Baure'] } },
  { tool: 'show_map', input: {} },
  { tool: 'summarise_lgas', input: {} },
  { tool: 'compare_rankings', input: {} },
]
const DATA_CALLS: readonly DataCall[] = [
  { tool: 'describe_data', input: {} },
  { tool: 'check_quality', input: {} },
  { tool: 'show_map', input: { variable: 'elevation_m' } },
  { tool: 'describe_variable', input: { variable: 'test_positivity_rate' } },
  { tool: 'describe_variable', input: { variable: 'LGA' } },
  { tool: 'ward_values', input: { wards: ['Tudun Kuka', 'Gidan Baure'] } },
]

function readable(t: Test, { text, basis, table: rows }: Answer, what: string): void {
  const all = JSON.stringify([text, basis, rows])
  t.ok(text.length > 20 && text.length < 4_000, `${what}: ${text}`)
  t.notMatch(all, /undefined|NaN|\[object|Infinity|<[a-z]|!\[[^\]]*\]\(/, what)
  t.notMatch(text + basis.join(''), /\p{Cc}/u, what)
  for (const row of rows?.rows ?? [])
    if (row.length !== rows?.columns.length) t.fail(`${what}: a row of ${String(row.length)} cells`)
}

t.test('every figure in an answer from an analysis occurs in it; the basis has version, mode and limits', async (t) => {
  const dataset = await sample()
  for (const mode of ['standard', 'legacy'] as const) {
    const result = analyse(dataset, { mode })
    const plan = planNets(planBasis(dataset, result), { totalNets: 100_000 })
    for (const call of RESULT_CALLS) {
      const answer = answerFromResult(call, result, MADE, plan)
      const more = [
        call.tool === 'explain_ward' ? explainWard(result, 'Tudun Kuka') : null,
        call.tool === 'compare_wards' ? compareWards(result, call.input.wards) : null,
        call.tool === 'summarise_lgas' ? lgaRollup(result, plan) : null,
        lgaCounts(result),
      ]
      t.strictSame(
        checkFigures(answer.text, [
          ...sourcesOf(result, call, more),
          '0.5',
          '0.05',
          '0.001',
          '0 to 1',
          ...percents(result),
        ]),
        [],
        `${call.tool}: ${answer.text}`,
      )
      readable(t, answer, call.tool)
      t.match(answer.basis[0], /^Dataset version 7/)
      t.match(answer.basis[1], mode === 'standard' ? /^Standard mode/ : /^Legacy mode/)
      t.ok(
        answer.basis.some((line) => line.startsWith('A rank is relative to the uploaded area')) &&
          answer.basis.some((line) => line.startsWith('A score is not an absolute risk')),
      )
    }
  }
})

/** Counts of wards by LGA and tier, as answers give them. */
function lgaCounts({ wards }: AnalysisResult): readonly number[] {
  return [
    ...Map.groupBy(wards, ({ lga, tier }) => `${lga ?? ''}/${tier}`).values(),
    ...Map.groupBy(wards, ({ lga }) => lga).values(),
  ].map((group) => group.length)
}

function percents({ wards }: AnalysisResult): readonly string[] {
  return wards.map(({ robustness }) => `${String(robustness.topThirdShare * 100)} percent`)
}

t.test(
  'every figure in an answer from data or a plan occurs in them; a what-if is shown beside the previous plan',
  async (t) => {
    const dataset = await sample()
    const columns = dataset.table.columns.map(({ name, numbers, categories, codes }) => [
      name,
      [...(numbers ?? [])],
      categories,
      [...(codes ?? [])],
    ])
    const tpr =
      dataset.table.columns
        .find(({ name }) => name === 'test_positivity_rate')
        ?.numbers?.filter((value) => !Number.isNaN(value)) ?? new Float64Array()
    const sorted = tpr.toSorted()
    const half = sorted.length / 2
    const own = {
      mean: tpr.reduce((sum, value) => sum + value, 0) / tpr.length,
      median: sorted.length % 2 === 0 ? (sorted[half - 1]! + sorted[half]!) / 2 : sorted[Math.floor(half)],
      values: tpr.length,
      lgas: 4,
      perLga: 15,
    }
    for (const call of DATA_CALLS) {
      const answer = answerFromData(call, dataset, { datasetVersion: 7, stale: true })
      t.strictSame(
        checkFigures(
          answer.text,
          sourcesOf(
            describeDataset(dataset),
            columns,
            own,
            describeDataset(dataset).columns.filter(({ indicator }) => indicator),
          ),
        ),
        [],
        answer.text,
      )
      readable(t, answer, call.tool)
      t.match(answer.basis, ['Dataset version 7.', /changed since/])
    }
    const basis = planBasis(dataset, analyse(dataset, {}))
    const before = planNets(basis, { totalNets: 100_000 })
    for (const options of [
      { totalNets: 30_000, urbanThreshold: 50 },
      { totalNets: 0 },
      { totalNets: 10_000_000, rule: 'household' as const, householdSize: 6 },
      { totalNets: 77_777, mode: 'legacy' as const },
      { totalNets: 50_000, ranking: 'pca' as const },
    ]) {
      const plan = planNets(basis, options)
      const answer = answerPlan(plan, MADE, before)
      t.strictSame(checkFigures(answer.text, [...sourcesOf(plan, before), '1.8']), [], answer.text)
      readable(t, answer, 'plan')
      t.match(answer.text, /The previous plan had 100,000 nets/)
      t.equal(answer.table?.rows.length, plan.wards.length)
      t.equal(
        answer.table?.rows.reduce((sum, row) => sum + Number(row[8]), 0),
        plan.totals.allocated,
      )
    }
    for (const kind of ['rankings.csv', 'itn_plan.csv', 'map.geojson', 'report.html', 'analysis_results.json'] as const)
      t.match(answerExport({ kind }, MADE), { text: new RegExp(`^${kind} is ready`), basis: ['Dataset version 7.'] })
  },
)

t.test('answers can be checked by hand: which wards are first, last and left out', async (t) => {
  const dataset = await table(
    'WardName,LGA,a,b,population\nA,Dala,9,9,1800\nB,Dala,8,8,900\nC,Gwale,7,7,NA\nD,Gwale,6,6,900\n',
  )
  const result = analyse(dataset, { indicators: ['a', 'b'], allowCopies: true })
  t.match(
    answerFromResult({ tool: 'rank_wards', input: { order: 'lowest', count: 1 } }, result, MADE).text,
    /^Of 4 wards, this is the one at lowest risk by the composite score: 4\. D, Gwale \(score 0, Low\)\.$/,
  )
  t.match(
    answerFromResult({ tool: 'rank_wards', input: { order: 'highest', lga: 'gwale' } }, result, MADE).text,
    /^Of the 2 wards in gwale LGA, out of 4 in all, these 2 are at highest risk by the composite score: 3\. C, Gwale \(score 0\.3333, Medium\); 4\. D/,
  )
  t.match(
    answerFromResult({ tool: 'rank_wards', input: { order: 'highest', ranking: 'pca' } }, result, MADE).text,
    /^There is no ranking by principal components: /,
  )
  t.match(answerFromResult({ tool: 'compare_rankings', input: {} }, result, MADE).text, /not suitable for PCA/)
  t.match(
    answerPlan(planNets(planBasis(dataset, result), { totalNets: 1_200 }), MADE).text,
    /^Of 1,200 nets, 1,200 are handed out and 0 remain; the full need of the planned wards is 2,000\. 1 ward gets its full need and 1 a part of it, out of 3 wards in the plan\. They cover 2,160 of 3,600 people \(60 percent\)\..*First served: A \(1,000 of 1,000\), B \(200 of 500\)\. Left out because they have no usable population: C\./,
  )
  t.match(
    answerFromData({ tool: 'describe_variable', input: { variable: 'a' } }, dataset, MADE).text,
    /from 6 to 9, mean 7\.5, median 7\.5\. No ward lacks a value\. Greatest: A \(9\), B \(8\), C \(7\)\. Least: D \(6\), C \(7\), B \(8\)\./,
  )
  for (const call of [
    { tool: 'explain_ward', input: { ward: 'Z' } },
    { tool: 'rank_wards', input: { order: 'highest', lga: 'Z' } },
  ] as const)
    t.match(
      refusal(() => answerFromResult(call, result, MADE)),
      { kind: 'invalid-input' },
    )
  t.match(
    refusal(() => answerFromData({ tool: 'describe_variable', input: { variable: 'z' } }, dataset, MADE)),
    { kind: 'invalid-input' },
  )
})

t.test(
  'the values of wards are the cells of the file; gaps, text that is not kept and unknown names are named',
  async (t) => {
    const notes = Array.from({ length: 60 }, (_, at) => `X${String(at)},Dala,${String(at)},1,n${String(at)}`).join('\n')
    const dataset = await table(
      `WardName,LGA,a,population,note\nA,Dala,9.25,1800,long one\nB,Gwale,NA,900,other\n${notes}\n`,
    )
    t.match(answerFromData({ tool: 'ward_values', input: { wards: ['A'], columns: ['population'] } }, dataset, MADE), {
      text: 'A: population 1,800.',
      table: { columns: ['ward', 'population'], rows: [['A', 1800]] },
      basis: ['Dataset version 7.', /none is filled in/],
    })
    t.match(
      answerFromData(
        { tool: 'ward_values', input: { wards: ['b', 'A'], columns: ['a', 'LGA', 'note'] } },
        dataset,
        MADE,
      ),
      {
        text:
          'B: a is missing; LGA Gwale; note is text that is not kept. ' +
          'A: a 9.25; LGA Dala; note is text that is not kept.',
        table: {
          rows: [
            ['B', null, 'Gwale', null],
            ['A', 9.25, 'Dala', null],
          ],
        },
      },
    )
    t.strictSame(
      answerFromData({ tool: 'ward_values', input: { wards: ['A'] } }, dataset, MADE).table?.columns,
      ['ward', 'WardName', 'LGA', 'a', 'population'],
      'all that is kept',
    )
    for (const input of [{ wards: ['Z'] }, { wards: ['A'], columns: ['z'] }])
      t.match(
        refusal(() => answerFromData({ tool: 'ward_values', input }, dataset, MADE)),
        { kind: 'invalid-input', errors: [{ detail: /there is no/ }] },
      )
  },
)

t.test('a name from the data is shown as data: no control characters, no image, no markup', async (t) => {
  const name = '![x](https://evil.example/y)<img src=x>\u0007\u202e'
  const dataset = await table(
    `WardName,LGA,a,b,population\n"${name}",Dala,9,9,1800\nB,"${name}",8,8,900\nC,Gwale,7,7,90\n`,
  )
  const result = analyse(dataset, { indicators: ['a', 'b'], allowCopies: true })
  const label = result.wards[0]?.wardName ?? ''
  for (const answer of [
    answerFromResult({ tool: 'rank_wards', input: { order: 'highest' } }, result, MADE),
    answerFromResult({ tool: 'explain_ward', input: { ward: label } }, result, MADE),
    answerFromResult({ tool: 'compare_wards', input: { wards: [label, 'B'] } }, result, MADE),
    answerFromResult({ tool: 'summarise_lgas', input: {} }, result, MADE),
    answerPlan(planNets(planBasis(dataset, result), { totalNets: 100 }), MADE),
    answerFromData({ tool: 'describe_variable', input: { variable: 'a' } }, dataset, MADE),
    answerFromData({ tool: 'ward_values', input: { wards: [label] } }, dataset, MADE),
    answerFromData({ tool: 'check_quality', input: {} }, dataset, MADE),
    answerKnowledge({ topic: name }),
  ]) {
    const shown = JSON.stringify(answer)
    t.notMatch(shown, /\]\(|<img|\\u0007|\u202e/)
  }
})

t.test('values of wards are told by what the columns are, not by what they are called', async (t) => {
  const csv = 'shapeName,ADM2_EN,Ward,population\nAlpha,Dala,north,100\nBeta,Gwale,south,200\n'
  const table = await readWards(Buffer.from(csv), 'w.csv', { columns: { Ward: 'value', shapeName: 'ward name' } })
  const input = { wards: ['Alpha'], columns: ['shapeName', 'ADM2_EN', 'Ward', 'population'] }
  t.strictSame(answerFromData({ tool: 'ward_values', input }, joinWards(table, null), MADE).table?.rows, [
    ['Alpha', 'Alpha', 'Dala', 'north', 100],
  ])
  t.strictSame(
    outlineDataset(joinWards(table, null))
      .columns.filter(({ isKey }) => isKey)
      .map(({ name }) => name),
    ['shapeName', 'ADM2_EN'],
    'no message can mean these as indicators',
  )
})

t.test('toolOutput() is JSON within its limit, and says how many rows, lines and letters are left out', async (t) => {
  const result = analyse(await sample(), {})
  const answer = answerFromResult({ tool: 'rank_wards', input: { order: 'highest', count: 60 } }, result, MADE)
  t.strictSame(
    JSON.parse(toolOutput(answer, 'r7', 100_000)),
    { result: 'r7', text: answer.text, ...answer.table, basis: answer.basis },
    'all of it if it fits',
  )
  fc.assert(
    fc.property(
      fc.record({
        text: fc.string({ unit: 'binary', maxLength: 3_000 }),
        basis: fc.array(fc.string({ maxLength: 300 }), { maxLength: 20 }),
        rows: fc.array(fc.tuple(fc.string({ maxLength: 50 }), fc.integer()), { maxLength: 60 }),
      }),
      fc.integer({ min: 400, max: 6_000 }),
      ({ text, basis, rows }, most) => {
        const output = toolOutput({ text, table: { columns: ['ward', 'nets'], rows }, basis }, 'r1', most)
        const read = JSON.parse(output) as {
          rows?: unknown[]
          rowsLeftOut?: number
          basis: unknown[]
          basisLeftOut?: number
          textCut?: boolean
          text: string
        }
        return (
          output.length <= most &&
          (read.rows?.length ?? 0) + (read.rowsLeftOut ?? 0) === rows.length &&
          read.basis.length + (read.basisLeftOut ?? 0) === basis.length &&
          (read.textCut === true || read.text === text)
        )
      },
    ),
    { numRuns: 300 },
  )
})

t.test('checkFigures() finds the figures that no source has', (t) => {
  const sources = [
    '{"text":"x","rows":[["Tudun Kuka",3,0.80687248,150000,1234567]],"share":0.254,"n":12.5}',
    'plan 2 million nets for five people',
  ]
  const borne = [
    'score 0.81',
    '0.807, rank 3',
    '25.4 percent',
    '25%',
    '150,000 nets',
    '150k',
    'about 1.2 million',
    '2,000,000 nets',
    'two million',
    '3rd place',
    'between 3 and 3',
    'one of them',
    'in 2024',
    '(2024)',
    '1. Tudun\n2. Other\n 3) Third',
    'tpr_u5_new',
    '13',
    'five wards',
  ]
  const invented = {
    'score 0.9': ['0.9'],
    '0.8069': [],
    '0.8068': ['0.8068'],
    'rank 4': ['4'],
    '4th place': ['4'],
    '26 percent': ['26 percent'],
    '149,999': ['149,999'],
    '1.3 million': ['1.3 million'],
    '1 million': ['1 million'],
    '2024 nets': ['2024'],
    'ten wards': ['ten'],
    '10-20': ['10', '20'],
    '3 and 7 and 7': ['7'],
    '1,234,568': ['1,234,568'],
    '3%': ['3%'],
    '0.254 percent': ['0.254 percent'],
    '0.254%': ['0.254%'],
    '12.5 percent': ['12.5 percent'],
    '300 percent': ['300 percent'],
    '80': ['80'],
    '１２ wards, ٣ nets, ½ of 3': ['１２', '٣', '½'],
    'version 1.2.3': ['1.2.3'],
  }
  for (const text of borne) t.strictSame(checkFigures(text, sources), [], text)
  for (const [text, found] of Object.entries(invented)) t.strictSame(checkFigures(text, sources), found, text)
  t.strictSame(checkFigures('The ward has 7 nets', []), ['7'])
  const inPercent = [
    '{"columns":["ward","urban_percentage","elevation_m"],"rows":[["A",13.3,462]],"topThirdShare":1,' +
      '"test_positivity_rate":0.254,"tpr":54.6,"options":{"urbanThreshold":45}}',
    'It covers 60 percent, threshold 30, none of 0',
  ]
  for (const text of [
    '13.3 percent urban',
    '13%',
    '45 percent',
    '60%',
    '60',
    '30 percent',
    '100 percent of the models',
    '0 percent',
    '25.4%',
    '54.6 percent',
  ])
    t.strictSame(checkFigures(text, inPercent), [], text)
  for (const text of ['462%', '1%', '0.254 percent', '5,460%', '0.6 percent', '1,330 percent'])
    t.strictSame(checkFigures(text, inPercent).length, 1, text)
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 2, max: 1e9 }), { minLength: 1, maxLength: 20 }),
      fc.integer({ min: 2, max: 1e9 }),
      (given, other) => {
        const told = `These are ${given.map((value) => value.toLocaleString('en')).join(' nets, ')} nets`
        return (
          checkFigures(told, [JSON.stringify(given)]).length === 0 &&
          (given.includes(other) || checkFigures(`${String(other)} nets`, [JSON.stringify(given)]).length === 1)
        )
      },
    ),
  )
  t.end()
})

t.test('maskFigures() leaves out each figure that no source has, and nothing else', (t) => {
  const sources = ['{"wards":["Tudun 4"],"n":120}', 'I have 20,000 nets, five of them here']
  const masked = {
    'Of 120 wards, 4 have 20,000 nets.': 'Of 120 wards, 4 have 20,000 nets.',
    'About 0.87, 7 of 77 and 7.5 or 7':
      'About (figure left out), (figure left out) of (figure left out) and (figure left out) or (figure left out)',
    '63 percent of 120': '(figure left out) of 120',
    'Sixty percent, ten wards, often': '(figure left out), (figure left out) wards, often',
    '1. First\n2. Second in 2024': '1. First\n2. Second in 2024',
    '1. In 2024 there are 2024 nets, 1 here': '1. In 2024 there are (figure left out) nets, (figure left out) here',
    'half: ½, 1.2.3': 'half: (figure left out), (figure left out)',
    'about 3 million people, tpr_u5': 'about (figure left out) people, tpr_u5',
  }
  for (const [text, wanted] of Object.entries(masked)) t.equal(maskFigures(text, sources), wanted)
  t.end()
})

t.test('every topic has a text of three to seven sentences, a source, and a name by which a question finds it', (t) => {
  t.equal(new Set(TOPICS.map(({ id }) => id)).size, TOPICS.length)
  const names = TOPICS.flatMap((topic) => topic.names)
  t.strictSame(
    names.filter((name, at) => names.indexOf(name) !== at),
    [],
    'no name stands for two topics',
  )
  for (const topic of TOPICS) {
    const sentences = topic.text.split(/[.!?](?:\s|$)/).filter((sentence) => sentence.trim().length > 2).length
    t.ok(sentences >= 3 && sentences <= 9 && topic.source.length > 20, `${topic.id}: ${String(sentences)} sentences`)
    const isFound = topic.names.some((name) => {
      const meaning = interpret(name.startsWith('what') ? name : `explain ${name}`, OUTLINES.empty)
      return meaning.kind === 'call' && 'topic' in meaning.call.input && meaning.call.input.topic === topic.id
    })
    t.ok(isFound, `${topic.id} is found by a question`)
    t.equal(topicOf(topic.id), topic)
    t.match((topic.about === 'method' ? answerMethod : answerKnowledge)({ topic: topic.id }), {
      text: `${topic.title}. ${topic.text}`,
      basis: [`Source: ${topic.source}.`],
    })
  }
  t.match(answerMethod({}).text, /A rank is relative to the uploaded area/)
  t.match(
    answerKnowledge({ topic: 'the moon' }).text,
    /say nothing about "the moon"\. They cover: How malaria spreads;/,
  )
  t.end()
})
