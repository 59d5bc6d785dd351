import t from 'tap'
import { deflateRawSync } from 'node:zlib'
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate'
import { describeWards } from '../../service/domain/files/describe-wards.ts'
import { Fault } from '../../service/domain/fault.ts'
import type { WordedDetail } from '../../service/domain/fault.ts'
import { isIdentifier } from '../../service/domain/files/column-names.ts'
import { cellKind } from '../../service/domain/files/read-cell.ts'
import { readWards } from '../../service/domain/files/read-wards.ts'
import type { WardTable } from '../../service/domain/files/ward-table.ts'
import { hostileZip } from '../support/hostile-zip.ts'
import { workbook } from '../support/workbook.ts'

const MIB = 1024 * 1024

function csv(text: string): Promise<WardTable> {
  return readWards(Buffer.from(text), 'wards.csv')
}

async function refusal(bytes: Uint8Array, filename = 'wards.csv'): Promise<Fault> {
  try {
    await readWards(bytes, filename)
  } catch (error) {
    if (error instanceof Fault) return error
    throw error
  }
  throw new Error(`${filename} was accepted`)
}

async function details(text: string): Promise<readonly WordedDetail[]> {
  return (await refusal(Buffer.from(text))).errors
}

t.test('readWards() reads comma, semicolon and tab, with and without byte order mark, in any line end', async (t) => {
  for (const delimiter of [',', ';', '\t']) {
    for (const end of ['\n', '\r\n', '\r']) {
      for (const mark of ['', '\ufeff']) {
        const text =
          mark +
          [
            ['WardName', 'rain'],
            ['"A; b,\tc"', '1.5'],
            ['B', 'NA'],
          ]
            .map((row) => row.join(delimiter))
            .join(end)
        const table = await csv(text)
        t.strictSame(table.labels, ['A; b,\tc', 'B'])
        t.strictSame([...(table.columns[1]?.numbers ?? [])], [1.5, NaN])
      }
    }
  }
})

t.test('readWards() gives each row its first line in the file, after empty lines and quoted line ends', async (t) => {
  const table = await csv('\r\nWardName,rain\r\n"A\r\nA2",1\r\n\r\nB,2\r\nC,3')
  t.strictSame([...table.lines], [3, 6, 7])
})

t.test('readWards() lists everything that it leaves out', async (t) => {
  const table = await csv(
    ',WardName,rain,rain,note,gone\n1,Tudun,1,2,NA,\n,,,,,\n2,Tudun,3,x,NA,\n3,,4,5,NA,\n4,Kuka,NA,6,NA,\n',
  )
  const found = describeWards(table)
  t.equal(found.rows, 3)
  t.strictSame(
    found.columns.map(({ name, type, missing, min, max, indicator, direction }) => [
      name,
      type,
      missing,
      min,
      max,
      indicator,
      direction,
    ]),
    [
      ['WardName', 'text', 0, null, null, false, null],
      ['rain', 'number', 1, 1, 3, true, 'direct'],
      ['rain (2)', 'text', 0, null, null, false, null],
      ['note', 'empty', 3, null, null, false, null],
      ['gone', 'empty', 3, null, null, false, null],
    ],
  )
  t.match(table.columns[2]?.reason, /^1 of its cells are not numbers, the first at line 4: "x"$/)
  t.strictSame(table.labels, ['Tudun (line 2)', 'Tudun (line 4)', 'Kuka'])
  t.strictSame(
    found.findings.map(({ kind, count, examples }) => [kind, count, examples]),
    [
      ['column-renamed', 1, undefined],
      ['column-dropped', 1, ['column 1']],
      ['row-dropped', 1, ['line 3']],
      ['row-dropped', 1, ['line 5']],
      ['missing-values', 1, undefined],
      ['column-refused', 1, undefined],
      ['column-refused', 1, undefined],
      ['column-refused', 1, undefined],
      ['duplicate-ward', 2, ['Tudun (line 2)', 'Tudun (line 4)']],
    ],
  )
})

t.test('readWards() shows a repeated ward name with its code', async (t) => {
  const table = await csv('WardCode,Ward,x1\nA1,Tudun,1\nA2,Tudun,2\nA3,Kuka,3')
  t.strictSame(table.labels, ['Tudun (A1)', 'Tudun (A2)', 'Kuka'])
})

t.test(
  'readWards() prefers WardName to Ward and LGA to its other names in any order, and says which it did not use',
  async (t) => {
    const table = await csv('Ward,lga_name,WardName,LGA,x1\n7,D,Kuka,Dala,1\n8,G,Doka,Gwale,2\n')
    t.strictSame(
      [table.keys.wardName, table.keys.lga, table.keyColumns],
      [
        ['Kuka', 'Doka'],
        ['Dala', 'Gwale'],
        ['WardName', 'LGA'],
      ],
    )
    t.match(table.findings, [
      { kind: 'key-assumed', detail: '"Ward" was not used: "WardName" says the same of a ward.' },
      { kind: 'key-assumed', detail: '"lga_name" was not used: "LGA" says the same of a ward.' },
    ])
  },
)

t.test('readWards() shows each ward under its own name, even if a name looks like another with its code', async (t) => {
  const byCode = await csv('WardCode,WardName,x1\n1,Zango (2),1\n2,Zango,2\n3,Zango,3\n4,Kuka,4')
  t.strictSame(byCode.labels, ['Zango (2)', 'Zango (2) (line 3)', 'Zango (3)', 'Kuka'])
  const byLine = await csv('WardName,x1\nZango (line 3),1\nZango,2\nZango,3\nZango (line 3) (line 3),4')
  t.equal(new Set(byLine.labels).size, 4)
})

t.test('readWards() leaves out summary rows and says which; a place with such a word in its name stays', async (t) => {
  const header = 'WardCode,WardName,LGA,rain'
  const wards = ['1,Total Garden,Dala,1', '2,Meanwhile,Dala,2', '7,Total,Dala,3']
  for (const summary of [
    ',Total,,9',
    ',GRAND TOTAL,,9',
    ',Sub-total:,Dala,9',
    'Total,,,9',
    'Total,Total,,9',
    ',Dala Total,Dala,9',
    ',Total Dala,Dala,9',
    ',Average,,9',
    ',mean,,9',
  ]) {
    const table = await csv([header, ...wards, summary].join('\n'))
    t.strictSame(
      table.labels,
      ['Total Garden', 'Meanwhile', 'Total'],
      `${summary}; a ward with a code of its own is a ward`,
    )
    t.match(
      table.findings,
      [{ kind: 'row-dropped', detail: /sum up others/, count: 1, examples: [/\(line 5\)$/] }],
      summary,
    )
  }
  t.equal(
    (await csv([header, ...wards, ',Kano Total,Dala,9'].join('\n'))).rows,
    4,
    'of another area than its own it may be a place',
  )
})

t.test('readWards() leaves numbers of contradicting forms as text, and says how to write them', async (t) => {
  const [, mixed, range] = (await csv('WardName;x1;x2\nA;1.5;3-4\nB;2,5;5-9\n')).columns
  t.match(mixed, { type: 'text', indicator: false, numbers: null })
  t.equal(
    mixed?.reason,
    '1 of its cells are not numbers, the first at line 3: "2,5"; ' +
      'write numbers as digits with a decimal point, without separators, spaces or %',
  )
  t.equal(range?.reason, 'it holds text')
  t.equal((await csv('WardName,x1\nA,2024-01-31\nB,2024-02-29\n')).columns[1]?.reason, 'it holds text')
})

t.test('readWards() keeps the values of text columns with few categories, and of no other text', async (t) => {
  const rows = Array.from({ length: 60 }, (_, row) => `W${row},${row % 2 === 0 ? 'Yes' : 'No'},text ${row}`)
  const [, urban, notes] = (await csv(['WardName,Urban,notes', ...rows].join('\n'))).columns
  t.strictSame(urban?.categories, ['Yes', 'No'])
  t.strictSame([...(urban?.codes?.slice(0, 3) ?? [])], [0, 1, 0])
  t.strictSame([notes?.categories, notes?.codes, notes?.numbers], [null, null, null])
})

t.test('readWards() takes every missing-value mark as a gap, and nothing else', async (t) => {
  for (const mark of ['', 'NA', 'N/A', 'NaN', 'null', 'None', '#N/A', 'na']) t.equal(cellKind(mark), 'missing', mark)
  for (const number of ['0', '-1.5', '+2', '.5', '5.', '1e-3', '1E5']) t.equal(cellKind(number), 'number', number)
  for (const text of ['1,5', '0x10', '1_000', '--1', '1e', '12 km', 'nil', '٣']) t.equal(cellKind(text), 'text', text)
  for (const infinite of ['Infinity', '-inf', '1e999', '-1e101']) t.equal(cellKind(infinite), 'infinite', infinite)
})

t.test('isIdentifier() compares whole words: a code is an identifier, housing quality is not', async (t) => {
  for (const name of [
    'X',
    'X.1',
    'Y',
    'Unnamed: 0',
    'WardCode',
    'LGACode',
    'AMAPCODE_code',
    'facility_name',
    'org_unit_id',
    'Source',
    'source_year',
    'properties',
    'geometry',
    'Shape_Leng',
    'GlobalID',
    'id',
  ])
    t.equal(isIdentifier(name), true, name)
  for (const name of [
    'housing_quality',
    'pH',
    'paid',
    'humid',
    'settlement_type',
    'shape',
    'tpr_u5_new',
    'flood_index_x',
    'xylem',
    'resource',
    'geometry_score',
  ])
    t.equal(isIdentifier(name), false, name)
})

t.test('readWards() names line and column of what it cannot read', async (t) => {
  t.match(await details('WardName,x1\nA,1\nB,Infinity\nC,-inf\n'), [
    { line: 3, column: 2 },
    { line: 4, column: 2 },
  ])
  t.match(await details('WardName,x1\nA,1,2\nB\n'), [
    { line: 2, detail: 'line 2 has 3 columns where the header has 2' },
    { line: 3 },
  ])
  t.match(await details('WardName,x1\nA,1\nB,"2\nC,3\n'), [{ line: 3, detail: 'a quotation mark is never closed' }])
  t.match(await details('WardName,x1\nA,1\nB"b,2\n'), [{ line: 3 }])
  t.match(await details('WardName,__proto__,constructor,x1\nA,1,2,3\n'), [
    { line: 1, column: 2 },
    { line: 1, column: 3 },
  ])
  t.match(await details('WardName,x1\n'), [{ line: 1, detail: 'it has a header but no ward' }])
  t.match(await details('WardName,x1\nA,1\n'), [{ detail: 'it has one ward' }])
})

t.test('readWards() refuses a list or a text that has no column to choose from, and names what it found', async (t) => {
  const fault = await refusal(Buffer.from('rain\n1\n2\n'))
  t.equal(fault.kind, 'unreadable-file')
  t.match(fault.message, 'no column is called WardName, Ward or WardCode; found "rain"')
  t.equal(fault.errors[0]?.line, 1)
  t.match(
    (await refusal(Buffer.from('Kano 2024\nA\nB\n'))).message,
    /found "Kano 2024"; the first row has to hold the names of the columns: delete titles above it/,
  )
})

t.test('readWards() lists the first twenty faults and counts the rest', async (t) => {
  const rows = Array.from({ length: 50 }, (_, row) => `W${row},1,2`)
  const errors = await details(['WardName,x1', ...rows].join('\n'))
  t.equal(errors.length, 21)
  t.equal(errors[20]?.detail, 'and 30 more')
})

t.test('readWards() finds the line and column of the first bytes that are not UTF-8', async (t) => {
  const broken = Buffer.concat([
    Buffer.from('WardName,x1\nÁgbo,1\nB'),
    Buffer.from([0xe9]),
    Buffer.from(',2\nC,3\n'),
    Buffer.from([0xff]),
    Buffer.from(',4\n'),
  ])
  t.match((await refusal(broken)).errors, [
    { line: 3, column: 2 },
    { line: 5, column: 1 },
  ])
  t.match((await refusal(Buffer.from('WardName,x1\nA\0,1\n'))).errors, [{ line: 2, column: 2, detail: 'a zero byte' }])
})

t.test('readWards() refuses files that are not tables, with the reason', async (t) => {
  t.match((await refusal(new Uint8Array())).message, 'it is empty (0 bytes)')
  t.match((await refusal(new Uint8Array(), 'wards.xlsx')).message, /not a complete ZIP/)
  t.match(
    (await refusal(Buffer.from('Dear colleague,\nplease find the table attached.'))).message,
    /no column is called WardName/,
  )
  t.match(
    (await refusal(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 1]))).message,
    /it is a picture \(PNG\); take the file it was made from/,
  )
  t.match((await refusal(Buffer.from('%PDF-1.7\n%\xe2\xe3'))).message, /it is a PDF document/)
  t.match(
    (await refusal(Buffer.from('\n<html><table><tr><td>WardName'))).message,
    /it is a web page \(HTML\).*open it in a spreadsheet/,
  )
  t.match((await refusal(Buffer.from([0xd0, 0xcf, 0x11, 0xe0]), 'wards.xls')).message, /the workbook is damaged/)
  t.match((await refusal(workbook([['WardName']]), 'wards.csv')).message, /ZIP file or an Excel workbook, not a CSV/)
  t.match((await refusal(Buffer.from('WardName,x1\nA,1\nB,2\n'), 'wards.xlsx')).message, /not an Excel workbook/)
})

t.test('readWards() stays within its memory when a file is made to exhaust it', async (t) => {
  const before = process.memoryUsage().rss
  t.equal((await refusal(Buffer.from(`WardName${',x'.repeat(1_000_000)}\nA\n`))).kind, 'too-large')
  t.match((await refusal(Buffer.from(`WardName,x1\nA,"${'long '.repeat(8 * MIB)}`))).message, /longer than 2 MiB/)
  t.equal((await refusal(Buffer.from(`WardName,x1\n${'A,1\n'.repeat(200_000)}`))).kind, 'too-large')
  t.equal((await refusal(Buffer.from(`WardName,x1\n${',\n'.repeat(1_200_000)}`))).kind, 'too-large')
  t.ok(process.memoryUsage().rss - before < 400 * MIB, 'the process grew by less than 400 MiB')
})

t.test('readWards() reads a 64 MiB table within 300 MiB', async (t) => {
  const row = (ward: number): string =>
    `W${ward},${Array.from({ length: 60 }, (_, column) => ((ward * 61 + column) / 7).toFixed(14)).join(',')}\n`
  const bytes = Buffer.alloc(64 * MIB, '\n')
  let end = bytes.write(`WardName,${Array.from({ length: 60 }, (_, column) => `indicator_${column}`).join(',')}\n`)
  let wards = 0
  for (let next = row(0); end + next.length < bytes.length && wards < 50_000; next = row(wards)) {
    end += bytes.write(next, end)
    wards += 1
  }
  const before = process.memoryUsage().rss
  const table = await readWards(bytes, 'wards.csv')
  t.equal(table.rows, wards)
  t.ok(process.memoryUsage().rss - before < 300 * MIB)
})

t.test('readWards() reads the first sheet of a workbook like a CSV', async (t) => {
  const table = await readWards(
    workbook([['WardName', 'rain', 'gap'], ['A', 1.5, null], [], ['B', 2, 3]]),
    'wards.xlsx',
  )
  t.strictSame(table.labels, ['A', 'B'])
  t.strictSame([...table.lines], [2, 4])
  t.strictSame(
    table.columns.map(({ numbers }) => numbers && [...numbers]),
    [null, [1.5, 2], [NaN, 3]],
  )
  const errors = workbook(
    [
      ['WardName', 'rain'],
      ['A', 1],
      ['B', 2],
    ],
    '<row r="4"><c r="A4" t="inlineStr"><is><t>C</t></is></c><c r="B4" t="e"><f>1/0</f><v>#DIV/0!</v></c></row>' +
      '<row r="5"><c r="A5" t="inlineStr"><is><t>D</t></is></c><c r="B5" t="e"><v>#N/A</v></c></row>',
  )
  t.match((await readWards(errors, 'wards.xlsx')).findings, [
    { kind: 'missing-values', detail: /a mark for a missing value/, count: 1, examples: ['#DIV/0! (1)'] },
    { kind: 'missing-values', detail: '"rain" lacks 2 of 4 values.' },
  ])
  const repeated = workbook([
    ['WardCode', 'x1'],
    ['A', 1],
    ['A', 2],
  ])
  t.match((await readWards(repeated, 'wards.xlsx')).questions, [
    { kind: 'duplicate-differs', detail: /the same code twice\): A \(line 2\), A \(line 3\): "x1" is 1 and 2/ },
  ])
})

t.test('readWards() refuses workbooks over the limit before it unpacks them', async (t) => {
  const before = process.memoryUsage().rss
  const corner = workbook(
    [
      ['WardName', 'x1'],
      ['A', 1],
      ['B', 2],
    ],
    '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
  )
  t.equal((await refusal(corner, 'wards.xlsx')).kind, 'too-large')
  const hidden = workbook(
    [
      ['WardName', 'x1'],
      ['A', 1],
      ['B', 2],
    ],
    `<c a=">" b='${' '.repeat(500)}' r="&#88;FD1048576"><v>1</v></c>`,
  )
  t.match((await refusal(hidden, 'wards.xlsx')).message, /no proper address/)
  const bomb = hostileZip([{ name: 'xl/workbook.xml', data: Buffer.alloc(60 * MIB, ' ') }])
  t.equal((await refusal(bomb, 'wards.xlsx')).kind, 'too-large')
  const liar = hostileZip([{ name: 'xl/workbook.xml', data: Buffer.alloc(60 * MIB, ' '), declaredSize: 100 }])
  t.equal((await refusal(liar, 'wards.xlsx')).kind, 'unreadable-file')
  t.match((await refusal(workbook([['WardName']]).subarray(0, -30), 'wards.xlsx')).message, /not a complete ZIP/)
  t.match(
    (await refusal(hostileZip([{ name: 'a.txt', data: deflateRawSync('a') }]), 'wards.xlsx')).message,
    /not an Excel workbook/,
  )
  t.ok(process.memoryUsage().rss - before < 300 * MIB)
})

t.test('readWards() expands no entity of a workbook and opens no file that an entity names', async (t) => {
  const files = unzipSync(
    workbook([
      ['WardName', 'rain'],
      ['PLACE', 1],
      ['B', 2],
    ]),
  )
  const sheet = Object.keys(files).find((name) => name.startsWith('xl/worksheets/')) ?? ''
  const strings = 'xl/sharedStrings.xml' in files ? 'xl/sharedStrings.xml' : sheet
  const laughs = Array.from(
    { length: 12 },
    (_, at) => `<!ENTITY l${String(at + 1)} "${`&l${String(at)};`.repeat(10)}">`,
  ).join('')
  for (const [entities, name] of [
    [`<!ENTITY l0 "lol">${laughs}`, 'l12'],
    ['<!ENTITY e SYSTEM "file:///etc/passwd">', 'e'],
  ] as const) {
    const text = strFromU8(files[strings] ?? new Uint8Array())
    t.ok(text.includes('PLACE'))
    const xml = text
      .replace('PLACE', `&${name};`)
      .replace(/^(<\?xml[^>]*\?>)?/, (start) => `${start}<!DOCTYPE x [${entities}]>`)
    const read = await readWards(zipSync({ ...files, [strings]: strToU8(xml) }), 'wards.xlsx').then(
      ({ labels }) => labels.join(),
      (error: unknown) => String(error),
    )
    t.ok(read.length < 200 && !/lollol|root:/.test(read), read)
  }
})
