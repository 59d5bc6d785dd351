import t, { type Test } from 'tap'
import { joinWards } from '../../service/domain/dataset/join-wards.ts'
import { scaleCaveat, twoScales } from '../../service/domain/dataset/two-scales.ts'
import type { ReadingChoices } from '../../service/domain/files/reading/choices.ts'
import { readWards } from '../../service/domain/files/read-wards.ts'
import type { WardTable } from '../../service/domain/files/ward-table.ts'
import { analyse } from '../../service/domain/ranking/analyse.ts'

/** Eight wards in two LGAs; the sums and means in the tests below were added up by hand. */
const HEADER = 'WardCode,WardName,LGA,Population,rainfall,tpr_u5'
const WARDS = [
  'K1,Agbaku,Alafia,12400,812,22.5',
  'K2,Balumo,Alafia,9800,955,41.2',
  'K3,Cikaji,Alafia,15300,1103,55.1',
  'K4,Dandora,Alafia,8700,870,30.4',
  'K5,Eruwe,Kere,20100,1240,61',
  'K6,Fanisi,Kere,11050,990,38.7',
  'K7,Gadiko,Kere,9420,1015,44.9',
  'K8,Horemo,Kere,13870,1190,52.3',
]
const NAMES = ['Agbaku', 'Balumo', 'Cikaji', 'Dandora', 'Eruwe', 'Fanisi', 'Gadiko', 'Horemo']
const ALAFIA = WARDS.slice(0, 4)
const KERE = WARDS.slice(4)

function read(lines: readonly string[], choices: ReadingChoices = {}): Promise<WardTable> {
  return readWards(Buffer.from(lines.join('\n')), 'wards.csv', choices)
}

/** Lines without the columns of codes and LGAs. */
function withoutAreas(lines: readonly string[]): string[] {
  return lines.map((line) =>
    line
      .split(',')
      .filter((_, column) => column !== 0 && column !== 2)
      .join(','),
  )
}

async function isRead(t: Test, lines: readonly string[], finding: RegExp): Promise<void> {
  const { keys, questions, findings } = await read(lines)
  t.strictSame([keys.wardName, questions], [NAMES, []])
  t.ok(
    findings.some(({ detail }) => finding.test(detail)),
    String(finding),
  )
}

/** Rows of any name that three columns show for sums are asked about. */
async function isAsked(t: Test, lines: readonly string[], detail: RegExp): Promise<void> {
  t.match((await read(lines)).questions, [{ kind: 'rows-no-wards', detail }])
}

t.test('rows that explain the columns or repeat the header are passed over, and said', async (t) => {
  await isRead(t, [HEADER, 'code,name,name,(n),(mm),(%)', ...WARDS], /line 2 was passed over: it gives the units/)
  await isRead(t, [HEADER, '1,2,3,4,5,6', ...WARDS], /line 2 was passed over: it gives the units or numbers/)
  await isRead(t, [HEADER, ...ALAFIA, HEADER, ...KERE], /Rows that repeat the header were left out/)
  const closed = await read([HEADER, 'K1,Agbaku,Alafia,closed,closed,closed', ...WARDS.slice(1)])
  t.equal(closed.rows, 8, 'a remark on the first ward is no unit')
})

t.test('totals and means are no wards, whatever area names them and wherever they stand', async (t) => {
  await isRead(t, [HEADER, ...ALAFIA, ',Sous-total Alafia,,46200,3740,149.2', ...KERE], /sum up others/)
  await isRead(t, [HEADER, ...WARDS, ',Alafia Total,,46200,3740,149.2'], /sum up others/)
  await isRead(t, [HEADER, ...WARDS, ',Std dev,,3500,140,12'], /sum up others/)
  // The mean of Alafia: 46200 / 4, 3740 / 4, 149.2 / 4.
  const headed = ['Upper,11550,935,37.3', ...withoutAreas(ALAFIA), ...withoutAreas(KERE)]
  await isAsked(t, [...withoutAreas([HEADER]), ...headed], /Upper \(line 2\) is the mean of the rows below it/)
  const summed = [...withoutAreas(ALAFIA), 'Upper,46200,3740,149.2', ...withoutAreas(KERE)]
  await isAsked(t, [...withoutAreas([HEADER]), ...summed], /Upper \(line 6\) is the sum of the rows above it/)
  const beside = [',Upper,,11550,935,37.3', ...ALAFIA, ...KERE]
  await isRead(t, [HEADER, ...beside], /sum or the mean of other rows/)
})

t.test('headings and remarks are no wards', async (t) => {
  const blocks = ['Alafia,,,', ...withoutAreas(ALAFIA), 'Kere,,,', ...withoutAreas(KERE)]
  await isRead(t, [...withoutAreas([HEADER]), ...blocks], /they are headings/)
  await isRead(t, [HEADER, ...WARDS, ',Data extracted on 12/03/2024,,,,'], /Remarks/)
  await isRead(t, [HEADER, ...ALAFIA, 'Malaria in Kwara,,,,,', ...KERE], /Remarks/)
  const empty = await read([...withoutAreas([HEADER]), ...withoutAreas(WARDS), 'Ibudo,,,'])
  t.equal(empty.rows, 9, 'a ward without values is a ward')
})

t.test('one ward under two spellings, or without its code or LGA, is one row or a question', async (t) => {
  for (const row of ['K4,Dandora Ward,Alafia', ',Dandora,Alafia', ',DAN-DORA,Alafia', ',Dandora,'])
    await isRead(t, [HEADER, ...WARDS, `${row},8700,870,30.4`], /repeat a ward with the same values/)
  for (const row of [
    ',Dandora Ward,Alafia,8700,871,30.4',
    ',Dandora,,8700,871,30.4',
    'K9,Dandora,Alafia,8700,870,30.4',
  ])
    t.match((await read([HEADER, ...WARDS, row])).questions, [{ kind: 'duplicate-differs' }], row)
  const two = await read([HEADER, ...WARDS, 'K9,Dandora,Alafia,9000,900,35'])
  t.strictSame([two.rows, two.questions], [9, []], 'two codes and other values are two wards')
})

t.test('a repeated row does not hide a total from its sum', async (t) => {
  const repeated = ['Upper,46200,3740,149.2', ...withoutAreas([ALAFIA[0] ?? '', ...ALAFIA]), ...withoutAreas(KERE)]
  await isAsked(t, [...withoutAreas([HEADER]), ...repeated], /Upper \(line 2\) is the sum of the rows below it/)
})

t.test('a negative number where none can be, and a mark that repeats, are asked about', async (t) => {
  const marked = WARDS.map((line, row) => (row === 2 ? line.replace(',55.1', ',-1') : line))
  t.match((await read([HEADER, ...marked])).questions, [{ kind: 'sentinel', columns: ['tpr_u5'] }])
  const lowland = [HEADER.replace('tpr_u5', 'elevation'), ...marked]
  t.strictSame((await read(lowland)).questions, [], 'a ward can lie below the sea')
  const many = Array.from(
    { length: 16 },
    (_, row) => `Ward ${'abcdefghijklmnop'[row] ?? ''},${row % 5 === 0 ? 999 : 900 + row * 11}`,
  )
  t.match((await read(['WardName,rainfall', ...many])).questions, [{ kind: 'sentinel', columns: ['rainfall'] }])
})

t.test('swapped headers are asked about, and the answer sets both columns', async (t) => {
  const swapped = [HEADER.replace('WardName,LGA', 'LGA,WardName'), ...WARDS]
  const { questions } = await read(swapped)
  t.match(questions, [{ kind: 'column-roles', detail: /"WardName" and "LGA" look as if their headers were swapped/ }])
  const settled = await read(swapped, { answers: { [questions[0]?.id ?? '']: 'LGA' } })
  t.strictSame([settled.keys.wardName, settled.questions], [NAMES, []])
  t.strictSame([...new Set(settled.keys.lga)], ['Alafia', 'Kere'])
  t.match((await read([HEADER.replace('WardCode,WardName', 'WardName,WardCode'), ...WARDS])).questions, [
    { kind: 'column-roles', detail: /swapped/ },
  ])
})

t.test('a column of two units has a caveat that names the small values', async (t) => {
  const percent = Float64Array.of(22.5, 41.2, 0.551, 30.4, 61, 38.7, 44.9, 0.523)
  t.match(twoScales(percent, NAMES), { factor: 100, count: 2, greatest: 0.551, least: 22.5 })
  t.match(scaleCaveat('tpr', percent, NAMES), /shares of one among percentages.*Cikaji 0\.551, Horemo 0\.523/)
  const metres = Float64Array.of(3100, 1800, 900, 2500, 0.45, 2000, 1500, 700)
  t.match(twoScales(metres, NAMES), { factor: 1000, count: 1, wards: [{ ward: 'Eruwe', value: 0.45 }] })
  t.equal(twoScales(Float64Array.of(0.5, 0.9, 2, 5, 11, 30, 61, 80), NAMES), null, 'small values are no other unit')
  t.equal(twoScales(metres.subarray(0, 7), NAMES), null, 'seven values are too few')
  const mixed = WARDS.map((line, row) => (row === 2 ? line.replace(',55.1', ',0.551') : line))
  const { caveats } = analyse(joinWards(await read([HEADER, ...mixed]), null))
  t.ok(caveats.some((caveat) => caveat.startsWith('"tpr_u5" seems to mix two units: 1 of its values')))
})

t.test('a column of texts that its name calls an indicator is named among what was left out', async (t) => {
  const texts = [`${HEADER},housing_quality`, ...WARDS.map((line, row) => `${line},${row + 1} of 10`)]
  const { caveats } = analyse(joinWards(await read(texts), null))
  t.ok(caveats.some((caveat) => caveat.startsWith('"housing_quality" was left out of the ranking')))
})
