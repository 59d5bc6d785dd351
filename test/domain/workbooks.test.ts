import t from 'tap'
import { parse } from 'csv-parse/sync'
import { readWorkbook, recordsOf, shownCell, type StoredCell } from '../../prove/workbook-rows.ts'
import { exportPlan } from '../../service/domain/exports/export-plan.ts'
import { exportRankings } from '../../service/domain/exports/export-rankings.ts'
import { cellXml } from '../../service/domain/exports/workbook/cell-xml.ts'
import { planWorkbook, rankingsWorkbook } from '../../service/domain/exports/workbook/workbooks.ts'
import { joinWards } from '../../service/domain/dataset/join-wards.ts'
import { readWards } from '../../service/domain/files/read-wards.ts'
import { planBasis } from '../../service/domain/plan/plan-basis.ts'
import { planNets } from '../../service/domain/plan/plan-nets.ts'
import { analyse } from '../../service/domain/ranking/analyse.ts'
import { makeSample } from '../../service/sample/make-sample.ts'
import { stateCertainty } from '../support/stated-certainty.ts'

const STAMP = {
  analysisId: 'analysis-1',
  createdAt: '2026-01-01T00:00:00.000Z',
  datasetVersion: 4,
  inputs: { wards: { sha256: 'abc', filename: 'wards.csv' }, boundaries: null },
} as const

async function filesOf(csv: Uint8Array, answers: Readonly<Record<string, string>>) {
  const dataset = joinWards(await readWards(csv, 'wards.csv', { answers }), null)
  const result = { ...analyse(dataset, {}), ...STAMP }
  const basis = planBasis(dataset, result)
  const options = { totalNets: 200_000, urbanRule: { kind: 'leave-out', urbanFrom: 30, upToPercent: 20 } } as const
  const plan = { id: 'plan-1', datasetVersion: 4, ...planNets(basis, options) }
  return { result, plan, ofRanking: stateCertainty(result), ofPlan: stateCertainty(result, { basis, options }) }
}

async function sampleFiles() {
  return await filesOf(makeSample().wards, { 'duplicate-differs:name:Kofar Kudu': 'apart' })
}

const bytesOf = (pieces: Iterable<Uint8Array>): Buffer => Buffer.concat([...pieces])

t.test('a workbook says of every ward what its CSV says, with numbers as numbers', async (t) => {
  const { result, plan, ofRanking, ofPlan } = await sampleFiles()
  for (const [book, csv] of [
    [rankingsWorkbook(result, ofRanking), exportRankings(result, ofRanking)],
    [planWorkbook(plan, ofPlan), exportPlan(plan, ofPlan)],
  ] as const) {
    const [wards, notes] = readWorkbook(bytesOf(book))
    if (wards === undefined || notes === undefined) throw new Error('no sheets')
    t.strictSame([wards.name, notes.name], ['Wards', 'Caveats and choices'])
    t.strictSame([wards.frozenRows, notes.frozenRows], [1, 1], 'the headers stay in view')
    const rows = parse<Record<string, string>>([...csv].join(''), { columns: true })
    const found = recordsOf(wards)
    t.equal(found.length, 60)
    found.forEach((record, at) => {
      for (const [name, cell] of Object.entries(record)) {
        const told = rows[at]?.[name] ?? 'not in the CSV'
        t.equal(shownCell(cell), told, name)
        const isNumber = told !== '' && !Number.isNaN(Number(told)) && name !== 'ward_code'
        if (isNumber && typeof cell !== 'number') t.fail(`${name} ${told} is stored as text`)
      }
    })
  }
})

t.test('the second sheet has every caveat and rule, and what the chances were drawn with', async (t) => {
  const { result, plan, ofRanking, ofPlan } = await sampleFiles()
  const notes = (bytes: Buffer): readonly Readonly<Record<string, StoredCell | undefined>>[] =>
    readWorkbook(bytes).slice(1).flatMap(recordsOf)
  const [ranking, planned] = [
    notes(bytesOf(rankingsWorkbook(result, ofRanking))),
    notes(bytesOf(planWorkbook(plan, ofPlan))),
  ]
  const valuesOf = (found: typeof ranking, what: string) =>
    found.filter((note) => note['what'] === what).map(({ value }) => value)
  t.strictSame(new Set(valuesOf(ranking, 'caveat')), new Set([...result.caveats, ...ofRanking.caveats]))
  t.strictSame(new Set(valuesOf(planned, 'caveat')), new Set([...plan.caveats, ...ofPlan.caveats]))
  t.strictSame(valuesOf(planned, 'rule'), plan.rules)
  for (const found of [ranking, planned]) t.strictSame(valuesOf(found, 'certainty'), [1, 1_000])
  const total = (name: string): StoredCell | undefined =>
    planned.find((note) => note['what'] === 'total' && note['name'] === name)?.['value']
  t.equal(total('allocated'), plan.totals.allocated)
  t.equal(total('stock'), 200_000)
})

t.test('no cell is a formula, whatever names and values begin with', async (t) => {
  const hostile = ['=1+1', '+A1', '-2+3', '@SUM(A1)', '=HYPERLINK("http://x")', "'=1", '_x003D_1', '<f>1</f>', '＝1']
  const names = hostile.map((name) => `"${name.replaceAll('"', '""')}"`)
  const rows = names.map((name, at) => `K${String(at)},${name},=cmd|x,${String(at)},${String((9 - at) ** 2)},1000,40`)
  const csv = ['WardCode,WardName,LGA,rain,heat,population,urban_percentage', ...rows].join('\n')
  const dataset = joinWards(await readWards(Buffer.from(csv), 'w.csv'), null)
  const result = { ...analyse(dataset, { indicators: ['rain', 'heat'] }), ...STAMP }
  const basis = planBasis(dataset, result)
  const options = { totalNets: 2_000, exceptions: [{ ward: 'K3', in: false, reason: '=2+2' }] }
  const plan = { id: 'plan-1', datasetVersion: 4, ...planNets(basis, options) }
  const certainty = stateCertainty(result, { basis, options }, { seed: 1, draws: 100 })
  const books = [rankingsWorkbook(result, certainty), planWorkbook(plan, certainty)].map(bytesOf)
  for (const book of books) {
    const sheets = readWorkbook(book)
    t.notOk(
      sheets.some(({ rows }) => rows.flat().some((cell) => typeof cell === 'object')),
      'no formula',
    )
    const [wards] = sheets
    const found = new Set(wards && recordsOf(wards).map((row) => row['ward_name']))
    for (const { wardName } of result.wards) t.ok(found.has(wardName), wardName)
  }
  const [planned] = readWorkbook(books[1] ?? Buffer.alloc(0))
  t.ok(planned?.rows.flat().includes('left out by name: =2+2'))
})

t.test('cellXml() keeps any text, and writes nothing that XML or a spreadsheet refuses', (t) => {
  t.equal(cellXml(NaN, 0, 1, '1'), '')
  t.equal(cellXml(null, 0, 1, '1'), '')
  t.equal(cellXml(-1.5e-7, 27, 3, '1'), '<c r="AB3"><v>-1.5e-7</v></c>')
  t.match(cellXml('a', 702, 1, '4'), '<c r="AAA1" s="4" t="inlineStr">')
  const text = (value: string): string => /<t [^>]*>([^]*)<\/t>/.exec(cellXml(value, 0, 1, '1'))?.[1] ?? ''
  t.equal(text('a\u0000b\u001fc\rd'), 'a_x0000_b_x001F_c_x000D_d')
  t.equal(text('_x0041_ _y'), '_x005F_x0041_ _y')
  t.equal(text('\ud800x\udc00 \u{1f600}'), '\ufffdx\ufffd \u{1f600}')
  t.equal(text('<&>'), '&lt;&amp;&gt;')
  t.equal(text('x'.repeat(40_000)).length, 32_767, 'the most that a cell takes')
  t.end()
})

t.test('the same data give the same bytes, which the service reads as the table that it wrote', async (t) => {
  const { result, ofRanking } = await sampleFiles()
  const bytes = bytesOf(rankingsWorkbook(result, ofRanking))
  t.ok(bytes.equals(bytesOf(rankingsWorkbook(result, ofRanking))))
  const again = await readWards(bytes, 'rankings.xlsx', { sheet: 'Wards' })
  t.strictSame(new Set(again.labels), new Set(result.wards.map(({ wardName }) => wardName)))
})
