import t, { type Test } from 'tap'
import { Fault } from '../../service/domain/fault.ts'
import { ods, xlsx, type SheetCell } from '../support/spreadsheets.ts'
import { readRows } from '../support/read-rows.ts'
import { biffRecord, biffStream, compoundFile, rowRecords, wholeNumbers, xls } from '../support/xls.ts'

t.setTimeout(180_000)
const MIB = 1024 * 1024
const MOST_SECONDS = 20
const MOST_MIB = 500
const HEADER: readonly SheetCell[] = ['WardName', 'a']
const ROWS: readonly (readonly SheetCell[])[] = [HEADER, ['A', 1], ['B', 2]]

/** What a table is refused as; what was read of it, if it was read. Holds time and memory to a bound. */
async function outcome(t: Test, bytes: Uint8Array, filename: string, name: string): Promise<string> {
  const before = process.memoryUsage().rss
  const begun = performance.now()
  const result = await readRows(bytes, filename).then(
    ({ rows }) => `read ${String(rows.length)}`,
    (error: unknown) => {
      if (!(error instanceof Fault)) throw error
      if (error.kind === 'unreadable-file') t.ok(error.errors.length > 0, `${name} lists what is wrong`)
      return error.kind
    },
  )
  const seconds = (performance.now() - begun) / 1000
  t.comment(`${name}: ${seconds.toFixed(1)} s, ${result}`)
  t.ok(seconds < MOST_SECONDS, `${name} in time`)
  t.ok(process.memoryUsage().rss - before < MOST_MIB * MIB, `${name} within memory`)
  return result
}

const tooLarge = 'too-large'
const unreadable = 'unreadable-file'
const data = (extra: string): Uint8Array => xlsx([{ name: 'S', rows: [...ROWS, [{ xml: extra }]] }])

t.test('hostile XLSX workbooks are refused within limits, or read without what is hostile', async (t) => {
  const laughs = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
  const far = '</row><row r="4"><c r="XFD4"><v>1</v></c>'
  const narrow = `</row>${Array.from({ length: 60_000 }, (_, at) => `<row r="${at + 4}"><c r="AZZ${at + 4}"><v>1</v></c></row>`).join('')}<row>`
  for (const [name, bytes, expected] of [
    ['a cell at the last column', data(far), tooLarge],
    ['a cell in the last row', data('</row><row r="1048576"><c r="A1048576"><v>1</v></c>'), tooLarge],
    ['a row number without end', data('</row><row r="99999999999"><c><v>1</v></c>'), unreadable],
    ['many rows that reach far', data(narrow), tooLarge],
    ['cells without addresses without end', data('<c><v>1</v></c>'.repeat(2_500_000)), tooLarge],
    ['an address in letters alone', data('<c r="ZZZZZZZZZZ"><v>1</v></c>'), unreadable],
    [
      'links to all cells',
      xlsx([{ name: 'S', rows: ROWS, extra: '<hyperlinks><hyperlink ref="A1:XFD1048576"/></hyperlinks>' }]),
      'read 2',
    ],
    ['merged cells over the sheet', xlsx([{ name: 'S', rows: ROWS, merged: ['A2:XFD1048576'] }]), 'read 2'],
    [
      'merged cells without end',
      xlsx([{ name: 'S', rows: ROWS, merged: Array.from({ length: 200_000 }, () => 'A2:A1048576') }]),
      'read 2',
    ],
    [
      'entities in a sheet',
      xlsx([{ name: 'S', rows: ROWS }], {
        parts: { 'xl/sharedStrings.xml': `${laughs}<sst><si><t>&b;</t></si></sst>` },
      }),
      'read 2',
    ],
    [
      'a sheet that is another file',
      xlsx([{ name: 'S', rows: ROWS }], {
        parts: {
          'xl/_rels/workbook.xml.rels':
            '<Relationships><Relationship Id="rId1" Type="x/worksheet" Target="file:///etc/passwd" TargetMode="External"/></Relationships>',
        },
      }),
      unreadable,
    ],
    ['a workbook without sheets', xlsx([]), unreadable],
    [
      'a sheet that is no XML',
      xlsx([{ name: 'S', rows: ROWS }], { parts: { 'xl/worksheets/sheet1.xml': '<<<sheetData' } }),
      unreadable,
    ],
    [
      'a thousand sheets',
      xlsx(Array.from({ length: 150 }, (_, at) => ({ name: `S${at}`, rows: at === 0 ? ROWS : [] }))),
      'read 2',
    ],
  ] as const)
    t.equal(await outcome(t, bytes, 'w.xlsx', name), expected, name)
})

t.test('hostile ODS spreadsheets are refused within limits, and usual repetitions read', async (t) => {
  const cell = (attributes: string): SheetCell => ({
    xml: `<table:table-cell ${attributes} office:value-type="float" office:value="1"><text:p>1</text:p></table:table-cell>`,
  })
  const row = (attributes: string, inner: string): string => `<table:table-row ${attributes}>${inner}</table:table-row>`
  const one = '<table:table-cell office:value-type="float" office:value="1"><text:p>1</text:p></table:table-cell>'
  const edge =
    row('', '<table:table-cell table:number-columns-repeated="16384"/>') +
    row('table:number-rows-repeated="1048573"', '<table:table-cell table:number-columns-repeated="16384"/>')
  for (const [name, bytes, expected] of [
    ['empty cells up to the edge', ods(ROWS, edge), 'read 2'],
    ['a cell repeated over the sheet', ods([...ROWS, [cell('table:number-columns-repeated="1000000000"')]]), tooLarge],
    ['a row repeated over the sheet', ods(ROWS, row('table:number-rows-repeated="1000000000"', one)), tooLarge],
    [
      'rows and cells repeated',
      ods(
        ROWS,
        row('table:number-rows-repeated="60000"', one.replace('-cell ', '-cell table:number-columns-repeated="1000" ')),
      ),
      tooLarge,
    ],
    ['a repetition in other quotes', ods([...ROWS, [cell("table:number-columns-repeated='1000000000'")]]), unreadable],
    ['entities', ods(ROWS, '', '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'), 'read 2'],
    [
      'an unknown type',
      ods([...ROWS, [{ xml: '<table:table-cell office:value-type="nonsense"><text:p>1</text:p></table:table-cell>' }]]),
      unreadable,
    ],
  ] as const)
    t.equal(await outcome(t, bytes, 'w.ods', name), expected, name)
})

t.test('hostile XLS workbooks are refused within limits', async (t) => {
  const whole = xls(ROWS as never)
  const patched = (place: number, value: number, of: Buffer = whole): Buffer => {
    const copy = Buffer.from(of)
    copy.writeUInt32LE(value, place)
    return copy
  }
  const records = rowRecords(0, ['WardName', 'a'])
  const table = whole.length - 512
  for (const [name, bytes, expected] of [
    ['a chain of sectors in a circle', patched(table + 4 * 4, 1), unreadable],
    ['a directory in a circle', patched(table, 0), unreadable],
    ['a table of sectors in a circle', patched(72, 5, patched(68, 1)), unreadable],
    ['a sector beyond the file', patched(76, 0x00ffffff), unreadable],
    ['a stream longer than the file', patched(512 + 128 + 120, 0x7fffffff), unreadable],
    ['an unknown sector size', Buffer.from(whole).fill(40, 30, 31), unreadable],
    ['a directory whose entries name each other', patched(512 + 128 + 68, 1, patched(512 + 128 + 72, 0)), 'read 2'],
    ['a sheet that begins in its own middle', compoundFile(biffStream(records, Buffer.alloc(0), 40)), unreadable],
    ['a record that is cut off', compoundFile(biffStream(biffRecord(0x0203, Buffer.alloc(3)))), unreadable],
    [
      'a text that the workbook does not hold',
      compoundFile(
        biffStream(Buffer.concat([records, biffRecord(0x00fd, Buffer.from([1, 0, 0, 0, 0, 0, 99, 0, 0, 0]))])),
      ),
      unreadable,
    ],
    [
      'shared texts without end',
      compoundFile(biffStream(records, biffRecord(0x00fc, Buffer.from([255, 255, 255, 127, 255, 255, 255, 127])))),
      'read 0',
    ],
    [
      'columns beyond the sheet',
      compoundFile(
        biffStream(
          Buffer.concat([
            records,
            rowRecords(1, ['A']),
            biffRecord(0x0203, Buffer.from([1, 0, 255, 255, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0])),
          ]),
        ),
      ),
      tooLarge,
    ],
    [
      'too many cells',
      compoundFile(
        biffStream(
          Buffer.concat([
            records,
            ...Array.from({ length: 9_000 }, (_, at) =>
              wholeNumbers(
                at + 1,
                0,
                Array.from({ length: 250 }, () => at),
              ),
            ),
          ]),
        ),
      ),
      tooLarge,
    ],
    ['more bytes than a workbook may have', Buffer.concat([whole, Buffer.alloc(17 * MIB)]), tooLarge],
  ] as const)
    t.equal(await outcome(t, bytes, 'w.xls', name), expected, name)
})

t.test('hostile texts are refused within limits', async (t) => {
  const wide = Buffer.from(`\ufeffWardName${'\tx'.repeat(1_000_000)}\nA\n`, 'utf16le')
  t.equal(await outcome(t, wide, 'w.txt', 'a million columns in UTF-16'), tooLarge)
  const open = Buffer.from(`\ufeffWardName\ta\nA\t"${'long '.repeat(3 * MIB)}`, 'utf16le')
  t.equal(await outcome(t, open, 'w.txt', 'a quotation mark that is never closed'), unreadable)
  const odd = Buffer.concat([Buffer.from('\ufeffWardName\ta\nA\t1\nB\t2\n', 'utf16le'), Buffer.from([65])])
  t.match(await outcome(t, odd, 'w.txt', 'half a character'), /read|unreadable/)
})
