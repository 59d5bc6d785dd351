import t from 'tap'
import { Fault } from '../../service/domain/fault.ts'
import { ods, xlsx, type SheetCell } from '../support/spreadsheets.ts'
import { readRows } from '../support/read-rows.ts'
import { xls } from '../support/xls.ts'

const ROWS: readonly (readonly SheetCell[])[] = [
  ['WardName', 'LGA', 'rain'],
  ['Ségou', 'X', 1.5],
  ['B', 'X', 1103],
]
const CELLS = [
  ['Ségou', 'X', '1.5'],
  ['B', 'X', '1103'],
]

t.test('every kind of workbook gives the same cells', async (t) => {
  for (const [kind, bytes, filename] of [
    ['xlsx', xlsx([{ name: 'Wards', rows: ROWS }]), 'w.xlsx'],
    ['strict', xlsx([{ name: 'Wards', rows: ROWS }], { strict: true }), 'w.xlsx'],
    ['without addresses', xlsx([{ name: 'Wards', rows: ROWS, isBare: true }]), 'w.xlsx'],
    ['xls', xls(ROWS as never), 'w.xls'],
    ['ods', ods(ROWS), 'w.ods'],
  ] as const) {
    const { header, rows, lines, reading } = await readRows(bytes, filename)
    t.strictSame([header, rows, lines], [['WardName', 'LGA', 'rain'], CELLS, [2, 3]], kind)
    t.match(reading, { sheet: 'Wards', sheets: ['Wards'], encoding: null, headerRow: 1 }, kind)
  }
})

t.test(
  'the sheet that holds the wards is read; others are named, and asked about if several could be meant',
  async (t) => {
    const cover = { name: 'README', rows: [['Kwara ward data'], ['Source: NMEP']] }
    const words = {
      name: 'Dictionary',
      rows: [
        ['Column', 'Meaning'],
        ['WardName', 'the ward'],
        ['LGA', 'its LGA'],
        ['Ward', 'x'],
      ],
    }
    const found = await readRows(
      xlsx([cover, words, { name: 'Old', rows: ROWS, state: 'hidden' }, { name: 'Data', rows: ROWS }]),
      'w.xlsx',
    )
    t.strictSame([found.rows, found.reading.sheet, found.questions], [CELLS, 'Data', []])
    t.strictSame(found.reading.sheets, ['README', 'Dictionary', 'Old', 'Data'])
    t.match(found.findings, [{ kind: 'entry-ignored', examples: ['README', 'Dictionary', 'Old'] }])
    const two = xlsx([
      { name: '2022', rows: ROWS },
      {
        name: '2023',
        rows: [
          ['Ward', 'rain'],
          ['A', 7],
        ],
      },
    ])
    const asked = await readRows(two, 'w.xlsx')
    t.match(asked.questions, [{ id: 'sheet-or-layer:sheet', options: [{ value: '2022' }, { value: '2023' }] }])
    for (const choices of [{ sheet: '2023' }, { answers: { 'sheet-or-layer:sheet': '2023' } }]) {
      const settled = await readRows(two, 'w.xlsx', choices)
      t.strictSame([settled.rows, settled.questions], [[['A', '7']], []])
    }
    await t.rejects(readRows(two, 'w.xlsx', { sheet: '2024' }), {
      kind: 'invalid-input',
      errors: [{ pointer: '/sheet' }],
    })
  },
)

t.test('two header rows are joined over their merged cells, and titles and blank cells passed over', async (t) => {
  const { header, rows, lines } = await readRows(
    xlsx([
      {
        name: 'S',
        rows: [
          [null, 'Malaria by ward'],
          [],
          [null, 'LGA', 'Ward', 'Cases', null, 'Tested', null],
          [null, null, null, 2022, 2023, 2022, 2023],
          [null, 'X', 'A', 1, 2, 3, 4],
        ],
        merged: ['B1:G1', 'D3:E3', 'F3:G3', 'B3:B4', 'C3:C4'],
      },
    ]),
    'w.xlsx',
  )
  t.strictSame(header, ['', 'LGA', 'Ward', 'Cases 2022', 'Cases 2023', 'Tested 2022', 'Tested 2023'])
  t.strictSame([rows, lines], [[['', 'X', 'A', '1', '2', '3', '4']], [5]])
})

t.test('cells merged downwards are filled; a number beside several rows is none of theirs alone', async (t) => {
  for (const [bytes, filename] of [
    [
      xlsx([
        {
          name: 'S',
          rows: [
            ['LGA', 'LGACode', 'Ward', 'people'],
            ['X', 7, 'A', 100],
            [null, null, 'B', null],
            ['Y', 8, 'C', 50],
          ],
          merged: ['A2:A3', 'B2:B3', 'D2:D3'],
        },
      ]),
      'w.xlsx',
    ],
    [
      ods([
        ['LGA', 'LGACode', 'Ward', 'people'],
        [
          { xml: odsMerged('string', '', 'X') },
          { xml: odsMerged('float', 'office:value="7"', '7') },
          'A',
          { xml: odsMerged('float', 'office:value="100"', '100') },
        ],
        [{ xml: '<table:covered-table-cell table:number-columns-repeated="2"/>' }, 'B'],
        ['Y', 8, 'C', 50],
      ]),
      'w.ods',
    ],
  ] as const) {
    const { rows, findings } = await readRows(bytes, filename)
    t.strictSame(
      rows,
      [
        ['X', '7', 'A', ''],
        ['X', '7', 'B', ''],
        ['Y', '8', 'C', '50'],
      ],
      filename,
    )
    t.match(findings, [
      { kind: 'cells-filled', count: 2 },
      { kind: 'missing-values', examples: ['people: 100 (lines 2 to 3)'] },
    ])
  }
})

function odsMerged(type: string, attributes: string, text: string): string {
  return (
    `<table:table-cell office:value-type="${type}" ${attributes} table:number-rows-spanned="2">` +
    `<text:p>${text}</text:p></table:table-cell>`
  )
}

t.test('formulas without results, errors, dates and shared texts are read as what they are', async (t) => {
  const rows: readonly (readonly SheetCell[])[] = [
    ['WardName', 'a', 'b', 'c'],
    [{ xml: '<c t="s"><v>0</v></c>' }, { xml: '<c><f>1+1</f><v></v></c>' }, 1, { xml: '<c s="1"><v>45068</v></c>' }],
    ['B', { xml: '<c><f>1+1</f><v>2</v></c>' }, { xml: '<c t="e"><f>1/0</f><v>#DIV/0!</v></c>' }, 5],
    [
      'C',
      { xml: '<c><f>1+1</f></c>' },
      { xml: '<c t="str"><f>A1</f><v>12,400</v></c>' },
      { xml: '<c s="2"><v>0.5</v></c>' },
    ],
  ]
  const found = await readRows(xlsx([{ name: 'S', rows }]), 'w.xlsx')
  t.strictSame(found.rows, [
    ['shared', '', '1', '2023-05-22'],
    ['B', '2', '', '5'],
    ['C', '', '12.400', '0.5'],
  ])
  t.match(found.findings[0], { kind: 'numbers-read', detail: /a formula without its result/, examples: ['B2', 'B4'] })
  t.equal(found.questions.length, 1, '12,400 among typed numbers may be either')
  const open = await readRows(
    ods([
      ['WardName', 'a'],
      ['A', { xml: '<table:table-cell table:formula="of:=1+1"/>' }],
      [
        'B',
        {
          xml: '<table:table-cell office:value-type="date" office:date-value="2023-05-22"><text:p>x</text:p></table:table-cell>',
        },
      ],
    ]),
    'w.ods',
  )
  t.strictSame(open.rows, [
    ['A', ''],
    ['B', '2023-05-22'],
  ])
  t.match(open.findings[0], { examples: ['B2'] })
})

t.test('a damaged workbook is refused with the sheet where it is known', async (t) => {
  const beyond = xlsx([{ name: 'Data', rows: [['WardName'], [{ xml: '<c t="s"><v>99</v></c>' }]] }])
  await t.rejects(readRows(beyond, 'w.xlsx'), { kind: 'unreadable-file', errors: [{ sheet: 'Data' }] })
  const whole = xls([
    ['WardName', 'a'],
    ['A', 1],
  ])
  for (const length of [8, 100, 600, 2000, whole.length - 600])
    await t.rejects(readRows(whole.subarray(0, length), 'w.xls'), Fault, String(length))
})
