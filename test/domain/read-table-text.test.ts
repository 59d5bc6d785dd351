import t from 'tap'
import { Fault } from '../../service/domain/fault.ts'
import type { ReadingChoices } from '../../service/domain/files/reading/choices.ts'
import { readRows } from '../support/read-rows.ts'

/** The cells of the rows below the header, as one text. */
async function cellsOf(bytes: Uint8Array | string, choices: ReadingChoices = {}): Promise<string> {
  return (await readRows(bytes, 'wards.csv', choices)).rows.map((row) => row.join('/')).join(' ')
}

async function pointerOf(choices: ReadingChoices): Promise<string | undefined> {
  try {
    await readRows('WardName,a\nA,1\n', 'wards.csv', choices)
  } catch (error) {
    if (error instanceof Fault && error.kind === 'invalid-input') return error.errors[0]?.pointer
    throw error
  }
  return undefined
}

/** The bytes of a text in a code page, for the letters that these tests use. */
function inCodePage(text: string, codes: Readonly<Record<string, number>>): Buffer {
  return Buffer.from(Array.from(text, (letter) => codes[letter] ?? letter.charCodeAt(0)))
}

const NAMES = 'WardName,LGA\nSégou,Thiès\nBafatá,São Domingos\n'
const WINDOWS = { é: 0xe9, è: 0xe8, á: 0xe1, ã: 0xe3 } as const
const DOS = { é: 0x82, è: 0x8a, á: 0xa0, ã: 0xc6 } as const

t.test('a text is read in the encoding that it is in, and what was assumed is said', async (t) => {
  const expected = 'Ségou/Thiès Bafatá/São Domingos'
  for (const [bytes, encoding, isAssumed] of [
    [Buffer.from(NAMES), 'utf-8', false],
    [Buffer.from(`\ufeff${NAMES}`), 'utf-8', false],
    [Buffer.from(`\ufeff${NAMES}`, 'utf16le'), 'utf-16le', false],
    [Buffer.from(`\ufeff${NAMES}`, 'utf16le').swap16(), 'utf-16be', false],
    [Buffer.from(NAMES, 'utf16le'), 'utf-16le', true],
    [inCodePage(NAMES, WINDOWS), 'windows-1252', true],
    [inCodePage(NAMES, DOS), 'cp850', true],
  ] as const) {
    const { rows, reading, findings } = await readRows(bytes)
    t.equal(rows.map((row) => row.join('/')).join(' '), expected, encoding)
    t.equal(reading.encoding, encoding)
    t.equal(
      findings.some(({ kind }) => kind === 'encoding-assumed'),
      isAssumed,
      encoding,
    )
  }
  t.equal(await cellsOf(inCodePage('WardName,a\nSégou,1\n', WINDOWS), { encoding: 'cp850' }), 'SÚgou/1')
})

t.test('cells are divided by the sign that divides most lines alike, or by the stated one', async (t) => {
  for (const [text, delimiter] of [
    ['WardName,a,b\nA,1,2\nB,3,4\n', ','],
    ['WardName;a;b\nA;1;2\nB;3;4\n', ';'],
    ['WardName\ta\tb\nA\t1\t2\nB\t3\t4\n', 'tab'],
    ['WardName|a|b\nA|1|2\nB|3|4\n', '|'],
    ['WardName;a;b\n"A, B, C";1,5;2,5\nB;1,5;2,5\n', ';'],
    ['sep=;\nWardName;a,b;c\nA;1;2\nB;3;4\n', 'sep='],
  ] as const)
    t.equal((await readRows(text)).header.length, 3, delimiter)
  t.strictSame((await readRows('sep=;\nWardName;a\nA;1\n')).lines, [3])
})

t.test('numbers are read by the signs that their column shows', async (t) => {
  for (const [text, expected] of [
    ['WardName;a;b\nA;12 400;0,35\nB;9 800;0,4\n', 'A/12400/0.35 B/9800/0.4'],
    ['WardName;a;b\nA;12\u00a0400;0,35\nB;9\u202f800;0,4\n', 'A/12400/0.35 B/9800/0.4'],
    ["WardName;a;b\nA;12'400;0.35\nB;9’800;-0.4\n", 'A/12400/0.35 B/9800/-0.4'],
    ['WardName,a\nA,"12,400"\nB,"9,800"\nC,700\n', 'A/12400 B/9800 C/700'],
    ['WardName,a\nA,"1,234,567.5"\nB,"9,800"\n', 'A/1234567.5 B/9800'],
    ['WardName;a;b\nA;12.400;0,35\nB;9.800;0,4\n', 'A/12400/0.35 B/9800/0.4'],
    ['WardName;a;b\nA;12.400;1.234.567,5\nB;9.800;2\n', 'A/12400/1234567.5 B/9800/2'],
    ['WardName;a\nA;12,400\nB;9,85\n', 'A/12.400 B/9.85'],
    ['WardName,a\nA,−3\nB,+4.50\n', 'A/-3 B/4.50'],
    ['WardName,a\nA,0.712\nB,1.234\n', 'A/0.712 B/1.234'],
    ['WardName,latitude\nA,11.712\nB,12.234\n', 'A/11.712 B/12.234'],
    ['WardCode,a\n01.234,1\n01.235,2\n', '01.234/1 01.235/2'],
    ['WardName,a\nA,"1,5"\nB,2.5\n', 'A/1,5 B/2.5'],
    ['WardName,a\nA,1e-3\nB,5.\n', 'A/1e-3 B/5.'],
  ] as const) {
    const { rows, questions } = await readRows(text)
    t.equal(rows.map((row) => row.join('/')).join(' '), expected, text)
    t.strictSame(questions, [], text)
  }
})

t.test('percent signs are taken away where the whole column holds percentages', async (t) => {
  const { rows, findings } = await readRows('WardName,a,b\nA,22.5%,0.4\nB,41 %,40%\nC,7,50%\n')
  t.strictSame(rows, [
    ['A', '22.5', '0.4'],
    ['B', '41', '40%'],
    ['C', '7', '50%'],
  ])
  t.match(findings, [{ kind: 'numbers-read', detail: /percent sign/, examples: ['a'] }])
})

t.test('a unit is taken away where every number of the column has the same', async (t) => {
  const { rows, findings } = await readRows(
    'WardName;a;b;c;d;e;f\n' +
      'A;12,5 km;800 m;3 km;1 200 people;5 M;2 km\n' +
      'B;3 KM;1,2 km;4;;7 M;4 lots\n' +
      'C;-1.004,5 kilometres;2 km;5 km;15 personnes;9 M;6 km\n',
  )
  t.strictSame(rows, [
    ['A', '12.5', '800 m', '3 km', '1200', '5 M', '2 km'],
    ['B', '3', '1,2 km', '4', '', '7 M', '4 lots'],
    ['C', '-1004.5', '2 km', '5 km', '15', '9 M', '6 km'],
  ])
  const [unit] = findings.filter(({ detail }) => detail.includes('unit'))
  t.match(unit, { kind: 'numbers-read', examples: ['a: km', 'd: people'] })
})

t.test(
  'a sign that may stand before decimals or between thousands is asked about, and the answer applied',
  async (t) => {
    const id = 'thousands-or-decimal:Population'
    const point = 'WardName,Population,tpr\nA,12.400,22.5\nB,9.800,41.2\nC,900,3\n'
    const asked = await readRows(point)
    t.match(asked.questions, [{ id, kind: 'thousands-or-decimal', affects: 'ranking', columns: ['Population'] }])
    t.strictSame(
      asked.questions[0]?.options.map(({ value }) => value),
      ['thousands', 'decimal'],
    )
    for (const [choices, expected] of [
      [{ answers: { [id]: 'thousands' } }, 'A/12400/22.5 B/9800/41.2 C/900/3'],
      [{ answers: { [id]: 'decimal' } }, 'A/12.400/22.5 B/9.800/41.2 C/900/3'],
      [{ thousands: '.', decimal: ',' }, 'A/12400/22.5 B/9800/41.2 C/900/3'],
      [{ decimal: '.' }, 'A/12.400/22.5 B/9.800/41.2 C/900/3'],
    ] as const) {
      const settled = await readRows(point, 'wards.csv', choices)
      t.equal(settled.rows.map((row) => row.join('/')).join(' '), expected, JSON.stringify(choices))
      t.strictSame(settled.questions, [])
    }
    const { findings } = await readRows(point, 'wards.csv', { answers: { [id]: 'thousands' } })
    t.match(findings[0], { kind: 'question-answered', examples: ['Population: thousands'] })
    t.equal((await readRows(point, 'w.csv', { answers: { [id]: 'neither' } })).questions.length, 1)
    for (const text of [
      'WardName;a\nA;12,400\nB;9,800\n',
      'WardName;a;b\nA;12,400;2,5\nB;9,800;3,5\n',
      'WardName,a,b\nA,"12,400","2,5"\nB,"9,800","3,5"\n',
      'WardName,a\nA,1.103\nB,812\n',
    ])
      t.equal((await readRows(text)).questions.length, 1, text)
  },
)

t.test('marks for missing values are missing where they cannot be anything else', async (t) => {
  const { rows, reading } = await readRows('WardName,a,b,notes\nA,-,1,ND\nB,..,ND,x\nC,5,#REF!,-\nD,6,n/a,y\nE,7,2,z\n')
  t.strictSame(rows, [
    ['A', '', '1', 'ND'],
    ['B', '', '', 'x'],
    ['C', '5', '', ''],
    ['D', '6', '', 'y'],
    ['E', '7', '2', 'z'],
  ])
  t.strictSame(reading.missing, ['-', '..', 'ND', '#REF!'])
  t.equal(await cellsOf('WardName,a\nA,-9999\nB,absent\nC,3\n', { missing: ['-9999', 'Absent'] }), 'A/ B/ C/3')
})

t.test('titles, blank lines and a row of tags are passed over, and the header is joined from two rows', async (t) => {
  const titled = await readRows(
    'Malaria in Kano\n\nWardName,LGA,cases,deaths\n#adm3+name,#adm2+name,#affected,#affected+killed\nA,X,1,2\n',
  )
  t.strictSame(titled.header, ['WardName', 'LGA', 'cases', 'deaths'])
  t.strictSame([titled.lines, titled.reading.headerRow], [[5], 3])
  t.match(titled.findings, [{ detail: /above the header/ }, { detail: /HXL tags at line 4/ }])
  const joined = await readRows('LGA,Ward,cases,,tested,\n,,Jan,Feb,Jan,Feb\nX,A,1,2,3,4\n')
  t.strictSame(joined.header, ['LGA', 'Ward', 'cases Jan', 'cases Feb', 'tested Jan', 'tested Feb'])
  t.equal(joined.reading.headerRow, 2)
  const grouped = await readRows(',,cases,,tested,\nLGA,Ward,2021,2022,2021,2022\nX,A,1,2,3,4\n')
  t.strictSame(grouped.header, ['LGA', 'Ward', 'cases 2021', 'cases 2022', 'tested 2021', 'tested 2022'])
  t.strictSame((await readRows('WardName,x,x,x (2)\nA,1,2,3\n')).header, ['WardName', 'x', 'x (3)', 'x (2)'])
  t.strictSame((await readRows('WardName,,rain\nA,1,2\nB,3,4\n')).rows.length, 2, 'values are not a second header')
  t.strictSame((await readRows('Name,Level\nBichi,Ward\nKano,Ward\nB,Ward\n')).header, ['Name', 'Level'])
})

t.test('a chosen header row is taken, given by its first or its last line', async (t) => {
  const text = 'Ward,notes\nLGA,name,cases,\n,,Jan,Feb\nX,A,1,2\n'
  for (const headerRow of [2, 3]) {
    const { header, rows, reading } = await readRows(text, 'w.csv', { headerRow })
    t.strictSame([header, rows.length, reading.headerRow], [['LGA', 'name', 'cases Jan', 'cases Feb'], 1, 3])
  }
})

t.test('a choice that does not fit the file is refused with its pointer', async (t) => {
  t.equal(await pointerOf({ headerRow: 9 }), '/headerRow')
  t.equal(await pointerOf({ encoding: 'klingon' }), '/encoding')
})
