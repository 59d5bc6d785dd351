import t from 'tap'
import { joinWards } from '../../service/domain/dataset/join-wards.ts'
import { Fault } from '../../service/domain/fault.ts'
import { readWards } from '../../service/domain/files/read-wards.ts'
import type { WardTable } from '../../service/domain/files/ward-table.ts'
import { analyse } from '../../service/domain/ranking/analyse.ts'
import { cellsOf, COLUMNS, HEADER, INVENTED, valuesOf, type TrueWard } from '../support/invented-wards.ts'
import { ods, xlsx, type SheetCell } from '../support/spreadsheets.ts'
import { xls } from '../support/xls.ts'

/**
 * What may come of a file. Nothing else is right: least of all other values without a word. A caveat travels with the
 * ranking: a column that could not be read is not in it.
 */
type End = 'right' | 'asked' | 'refused' | 'caveat'

interface InventedCase {
  readonly bytes: Uint8Array
  readonly filename?: string
  readonly ends: readonly End[]
  /** The wards that are right, by name, where they are not those of `INVENTED`. */
  readonly wards?: readonly TrueWard[]
  /** Values that are missing in the file: the ward's place and the column's. */
  readonly missing?: readonly (readonly [ward: number, column: number])[]
  /** What has to be said, in a finding, a question or the refusal. */
  readonly says?: RegExp
}

const ROWS = INVENTED.map(cellsOf)
const RIGHT: readonly End[] = ['right']
const SAFE: readonly End[] = ['right', 'asked']
const SAID: readonly End[] = ['right', 'asked', 'caveat']
const ASKED: readonly End[] = ['asked']
const REFUSED: readonly End[] = ['refused']

function text(rows: readonly (readonly string[])[], delimiter = ','): string {
  const quoted = (cell: string): string =>
    cell.includes(delimiter) || /["\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell
  return rows.map((row) => row.map(quoted).join(delimiter)).join('\r\n')
}

function csv(rows: readonly (readonly string[])[], delimiter = ','): Buffer {
  return Buffer.from(text(rows, delimiter))
}

/** The rows with some cells changed: `change(ward, column)` gives a cell, or null to leave it. Columns from 0. */
function changed(change: (ward: number, column: number, cell: string) => string | null): string[][] {
  return ROWS.map((row, at) => row.map((cell, column) => change(at, column, cell) ?? cell))
}

function withHeader(rows: readonly (readonly string[])[], header: readonly string[] = HEADER): string[][] {
  return [[...header], ...rows.map((row) => [...row])]
}

/** The rows with some value cells replaced. */
function withCells(cells: readonly (readonly [ward: number, column: number, text: string])[]): string[][] {
  return changed((ward, column) => cells.find(([at, of]) => at === ward && of + 4 === column)?.[2] ?? null)
}

/** All numbers written in another way. */
function written(write: (value: number, column: number) => string, delimiter = ','): Buffer {
  return csv(withHeader(ROWS.map((row, at) => [...row.slice(0, 4), ...valuesOf(INVENTED[at]!).map(write)])), delimiter)
}

function grouped(value: number, thousands: string, decimal: string): string {
  const [whole = '', rest] = String(value).split('.')
  return whole.replace(/\B(?=(?:\d{3})+$)/g, thousands) + (rest === undefined ? '' : decimal + rest)
}

function digitsOf(value: number, zero: number): string {
  return String(value).replaceAll(/\d/g, (digit) => String.fromCodePoint(zero + Number(digit)))
}

/** A row of an area: the sum or the mean of some wards. */
function areaRow(
  name: string,
  of: readonly TrueWard[],
  how: readonly ('sum' | 'mean' | 'weighted')[],
  keys: { readonly code?: string; readonly lga?: string; readonly state?: string } = {},
): string[] {
  const people = of.reduce((sum, { population }) => sum + population, 0)
  const values = COLUMNS.map((_, column) => {
    const sum = of.reduce((total, one) => total + valuesOf(one)[column]!, 0)
    if (how[column] === 'sum') return String(Math.round(sum * 10) / 10)
    const weighted = of.reduce((total, one) => total + valuesOf(one)[column]! * one.population, 0) / people
    return (how[column] === 'mean' ? sum / of.length : weighted).toFixed(1)
  })
  return [keys.code ?? '', name, keys.lga ?? '', keys.state ?? '', ...values]
}

const TUMFAFI = INVENTED.slice(0, 4)
const SUMS = ['sum', 'sum', 'sum', 'sum'] as const
const MIXED = ['sum', 'mean', 'mean', 'mean'] as const
const WEIGHTED = ['sum', 'weighted', 'weighted', 'weighted'] as const

/** The table with a row of an area at a place. */
function withArea(row: readonly string[], at: number): Buffer {
  return csv(withHeader([...ROWS.slice(0, at), [...row], ...ROWS.slice(at)]))
}

function without(columns: readonly number[], rows: readonly (readonly string[])[]): string[][] {
  return rows.map((row) => row.filter((_, column) => !columns.includes(column)))
}

/** Wards of the same names in two states, without a column of states. */
const TWO_STATES = [...INVENTED, ...INVENTED.map((one, at) => twin(one, at))]

function twin(one: TrueWard, at: number): TrueWard {
  return {
    ...one,
    code: one.code.replace('ZM', 'KT'),
    state: 'Katsina',
    population: one.population + 1_371 + 97 * at,
    rainfall: Math.round(10 * (one.rainfall - 81.3 - 3 * at)) / 10,
    tpr: Math.round(10 * (one.tpr - 6.7 + 0.9 * at)) / 10,
    nets: Math.round(10 * (one.nets - 4.1 - 0.3 * at)) / 10,
  }
}

function numberCells(rows: readonly (readonly string[])[]): SheetCell[][] {
  return rows.map((row, at) => row.map((cell, column) => (at > 0 && column > 3 && cell !== '' ? Number(cell) : cell)))
}

const MAC_ROMAN: Readonly<Record<string, number>> = { é: 0x8e, è: 0x8f, ê: 0x90, ô: 0x99, ç: 0x8d }
const ACCENTED = INVENTED.map((one, at) => ({ ...one, name: at % 3 === 0 ? one.name.replace(/a/, 'é') : one.name }))
const ACCENTED_ROWS = ACCENTED.map(cellsOf)

function macRoman(content: string): Buffer {
  return Buffer.from(Array.from(content, (sign) => MAC_ROMAN[sign] ?? sign.charCodeAt(0)))
}

const NO_VALUES: readonly (readonly [number, number])[] = [
  [1, 1],
  [7, 2],
]

/** A mark in two cells of different columns. */
function marked(mark: string, ends: readonly End[] = SAFE): InventedCase {
  return {
    bytes: csv(withHeader(withCells(NO_VALUES.map(([ward, column]) => [ward, column, mark])))),
    ends,
    missing: NO_VALUES,
  }
}

const CASES: Readonly<Record<string, InventedCase>> = {
  'a plain table': { bytes: csv(withHeader(ROWS)), ends: RIGHT },

  'a column twice, equal': {
    bytes: csv(withHeader(ROWS, HEADER).map((row) => [...row, row[5] ?? ''])),
    ends: RIGHT,
  },
  'a column twice, of other values': {
    bytes: csv(withHeader(ROWS, HEADER).map((row, at) => [...row, at === 0 ? 'rainfall' : String(700 + 13 * at)])),
    ends: SAFE,
    says: /rainfall/,
  },
  'an empty column between': {
    bytes: csv(withHeader(ROWS).map((row) => [...row.slice(0, 5), '', ...row.slice(5)])),
    ends: RIGHT,
  },

  '-999 for missing': marked('-999'),
  '-9999 for missing': marked('-9999'),
  '9999 for missing': marked('9999'),
  '-99 for missing': marked('-99'),
  '1E+20 for missing': marked('1E+20'),
  '-3.4E+38 for missing': marked('-3.4E+38'),
  'ND for missing': marked('ND', RIGHT),
  '#N/A for missing': marked('#N/A', RIGHT),
  '#DIV/0! for missing': marked('#DIV/0!', RIGHT),
  'NULL for missing': marked('NULL', SAFE),
  'NaN for missing': marked('NaN', RIGHT),
  'a dash for missing': marked('–', RIGHT),
  'two dots for missing': marked('..', RIGHT),
  'a point for missing': marked('.', SAFE),
  'n/a for missing': marked('n/a', RIGHT),
  'S/O for missing': marked('S/O', SAFE),
  'manquant for missing': marked('manquant', SAFE),
  'no data for missing': marked('no data', SAFE),
  'pas de données for missing': marked('pas de données', SAFE),
  'no people in two wards': {
    bytes: csv(
      withHeader(
        withCells([
          [2, 0, '0'],
          [9, 0, '0'],
        ]),
      ),
    ),
    ends: SAFE,
    missing: [
      [2, 0],
      [9, 0],
    ],
    says: /0|people|Population/,
  },
  'no rain in two wards': {
    bytes: csv(
      withHeader(
        withCells([
          [2, 1, '0'],
          [9, 1, '0'],
        ]),
      ),
    ),
    ends: ASKED,
    says: /rainfall/,
  },
  '99 among percentages': { ...marked('99', SAFE), says: /99/, ends: ASKED },

  'decimal commas and points for thousands': {
    bytes: written((value) => grouped(value, '.', ','), ';'),
    ends: RIGHT,
  },
  'decimal commas and spaces for thousands': { bytes: written((value) => grouped(value, ' ', ','), ';'), ends: RIGHT },
  'decimal commas and narrow spaces': { bytes: written((value) => grouped(value, '\u202f', ','), '\t'), ends: RIGHT },
  'apostrophes for thousands': { bytes: written((value) => grouped(value, "'", '.')), ends: RIGHT },
  'typographic apostrophes for thousands': { bytes: written((value) => grouped(value, '’', '.')), ends: RIGHT },
  'English thousands in quotes': { bytes: written((value) => grouped(value, ',', '.')), ends: RIGHT },
  'Arabic digits': { bytes: written((value) => digitsOf(value, 0x660)), ends: RIGHT },
  'Persian digits': { bytes: written((value) => digitsOf(value, 0x6f0)), ends: RIGHT },
  'Arabic digits and signs': {
    bytes: written((value) => digitsOf(value, 0x660).replace('.', '٫')),
    ends: RIGHT,
  },
  'percent signs': {
    bytes: written((value, column) => (column > 1 ? `${String(value)}%` : String(value))),
    ends: RIGHT,
  },
  'percent signs after a space and decimal commas': {
    bytes: written(
      (value, column) => (column > 1 ? `${String(value).replace('.', ',')} %` : String(value).replace('.', ',')),
      ';',
    ),
    ends: RIGHT,
  },
  'units in the cells': {
    bytes: written((value, column) => (column === 1 ? `${String(value)} mm` : String(value))),
    ends: SAID,
    says: /rainfall/,
  },
  'people with a word behind': {
    bytes: written((value, column) => (column === 0 ? `${grouped(value, ' ', '.')} hab.` : String(value))),
    ends: SAID,
    says: /Population/,
  },
  'a plus before numbers': { bytes: written((value) => `+${String(value)}`), ends: SAFE },
  'powers of ten': { bytes: written((value) => value.toExponential(5)), ends: RIGHT },
  'an apostrophe before each number': { bytes: written((value) => `'${String(value)}`), ends: RIGHT },
  'a number with its decimal point last': {
    bytes: written((value) => (Number.isInteger(value) ? `${String(value)}.` : String(value))),
    ends: SAFE,
  },
  'thousands by points alone, in every value': {
    bytes: written((value, column) => (column === 0 ? grouped(value, '.', '.') : String(value))),
    ends: ASKED,
    says: /Population/,
  },
  'one column with decimal commas, the others with points': {
    bytes: written((value, column) => (column === 2 ? String(value).replace('.', ',') : String(value))),
    ends: SAFE,
  },
  'decimal commas without quotes between commas': {
    bytes: Buffer.from(
      written((value) => String(value).replace('.', ','))
        .toString()
        .replaceAll('"', ''),
    ),
    ends: REFUSED,
    says: /columns/,
  },
  'one value with a comma for a point': {
    bytes: csv(withHeader(withCells([[3, 2, '31,7']]))),
    ends: SAID,
    says: /tpr_u5|31,7/,
  },
  'two numbers in a cell': {
    bytes: csv(withHeader(withCells([[3, 2, '31.7 (2019)']]))),
    ends: SAID,
    missing: [[3, 2]],
    says: /tpr_u5|31\.7/,
  },
  'a bound for a value': {
    bytes: csv(withHeader(withCells([[3, 2, '<5']]))),
    ends: SAID,
    missing: [[3, 2]],
    says: /tpr_u5|<5/,
  },
  'a value that became a date': {
    bytes: csv(withHeader(withCells([[3, 2, '31-Jul']]))),
    ends: SAID,
    missing: [[3, 2]],
    says: /tpr_u5|31-Jul/,
  },
  'a value that became the number of a day': {
    bytes: csv(withHeader(withCells([[3, 2, '45504']]))),
    ends: ASKED,
    says: /tpr_u5.*45504|45504/,
  },

  'two rows of headers': {
    bytes: xlsx([
      {
        name: 'Wards',
        rows: [['Ward', '', '', '', 'People', 'Malaria', '', ''], ...numberCells(withHeader(ROWS))],
        merged: ['A1:D1', 'F1:H1'],
      },
    ]),
    filename: 'wards.xlsx',
    ends: SAFE,
  },
  'three lines of notes above the header': {
    bytes: csv([['Ministry of Health'], ['Malaria indicators by ward, 2024'], ['Provisional'], ...withHeader(ROWS)]),
    ends: RIGHT,
  },
  'notes above and below': {
    bytes: csv([
      ['Table 4. Wards of Zamfara', '', '', '', '', '', '', ''],
      [],
      ...withHeader(ROWS),
      [],
      ['Source: state malaria programme, 2024', '', '', '', '', '', '', ''],
      ['* provisional', '', '', '', '', '', '', ''],
    ]),
    ends: RIGHT,
  },
  'the header again on every page': {
    bytes: csv(withHeader([...ROWS.slice(0, 6), [...HEADER], ...ROWS.slice(6)])),
    ends: RIGHT,
  },
  'a row of units below the header': {
    bytes: csv([[...HEADER], ['', '', '', '', '(n)', '(mm)', '(%)', '(%)'], ...ROWS]),
    ends: RIGHT,
  },
  'headers with line breaks': {
    bytes: csv(
      withHeader(
        ROWS,
        HEADER.map((name) => (name === 'WardName' ? 'Ward\nName' : name)),
      ),
    ),
    ends: RIGHT,
  },
  'a cover sheet and a hidden sheet': {
    bytes: xlsx([
      { name: 'About', rows: [['Malaria in Zamfara'], ['2024']] },
      { name: 'Old', rows: numberCells(withHeader(ROWS.slice(0, 5))), state: 'hidden' },
      { name: 'Wards', rows: numberCells(withHeader(ROWS)) },
    ]),
    filename: 'wards.xlsx',
    ends: RIGHT,
  },
  'two sheets of wards': {
    bytes: xlsx([
      { name: '2023', rows: numberCells(withHeader(ROWS)) },
      { name: '2024', rows: numberCells(withHeader(ROWS.toReversed())) },
    ]),
    filename: 'wards.xlsx',
    ends: ASKED,
  },
  'LGAs in merged cells': {
    bytes: xlsx([
      {
        name: 'Wards',
        rows: numberCells(withHeader(changed((ward, column) => (column === 2 && ward % 4 !== 0 ? '' : null)))),
        merged: ['C2:C5', 'C6:C9', 'C10:C13'],
      },
    ]),
    filename: 'wards.xlsx',
    ends: RIGHT,
  },
  'an ODS': { bytes: ods(numberCells(withHeader(ROWS))), filename: 'wards.ods', ends: RIGHT },
  'an XLS': { bytes: xls(numberCells(withHeader(ROWS)) as (string | number)[][]), filename: 'wards.xls', ends: RIGHT },
  'an XLSX called .xls': {
    bytes: xlsx([{ name: 'Wards', rows: numberCells(withHeader(ROWS)) }]),
    filename: 'wards.xls',
    ends: REFUSED,
    says: /not a XLS/,
  },
  'a CSV called .xls': { bytes: csv(withHeader(ROWS)), filename: 'wards.xls', ends: ['right', 'refused'] },
  'tabs in a file called .csv': { bytes: csv(withHeader(ROWS), '\t'), filename: 'wards.csv', ends: RIGHT },
  'bars between cells': { bytes: csv(withHeader(ROWS), '|'), ends: RIGHT },
  'a line that states the delimiter': {
    bytes: Buffer.concat([Buffer.from('sep=;\r\n'), csv(withHeader(ROWS), ';')]),
    ends: RIGHT,
  },
  'a web page called .xls': {
    bytes: Buffer.from(
      `<html><body><table>${withHeader(ROWS)
        .map((row) => `<tr>${row.map((cell) => `<td>${cell}</td>`).join('')}</tr>`)
        .join('')}</table></body></html>`,
    ),
    filename: 'wards.xls',
    ends: REFUSED,
    says: /web page \(HTML\)/,
  },

  'Windows-1252': { bytes: Buffer.from(text(withHeader(ACCENTED_ROWS)), 'latin1'), wards: ACCENTED, ends: RIGHT },
  'UTF-8 with a mark': { bytes: Buffer.from(`\ufeff${text(withHeader(ACCENTED_ROWS))}`), wards: ACCENTED, ends: RIGHT },
  'UTF-16 with a mark': {
    bytes: Buffer.from(`\ufeff${text(withHeader(ACCENTED_ROWS), '\t')}`, 'utf16le'),
    wards: ACCENTED,
    ends: RIGHT,
  },
  'UTF-16 of the other order': {
    bytes: Buffer.from(`\ufeff${text(withHeader(ACCENTED_ROWS), '\t')}`, 'utf16le').swap16(),
    wards: ACCENTED,
    ends: RIGHT,
  },
  'Mac OS Roman': {
    bytes: macRoman(text(withHeader(ACCENTED_ROWS))),
    wards: ACCENTED,
    ends: RIGHT,
  },

  'the total of an LGA, called Total': {
    bytes: withArea(areaRow('Total', TUMFAFI, SUMS, { lga: 'Tumfafi', state: 'Zamfara' }), 4),
    ends: RIGHT,
  },
  'the total of an LGA in Hausa': {
    bytes: withArea(areaRow('Jimilla', TUMFAFI, SUMS, { lga: 'Tumfafi', state: 'Zamfara' }), 4),
    ends: SAFE,
    says: /Jimilla/,
  },
  'the total of the state in Hausa': {
    bytes: withArea(areaRow('Jimlar Jihar Zamfara', INVENTED, SUMS, { state: 'Zamfara' }), 12),
    ends: SAFE,
    says: /Jimlar/,
  },
  'the mean of the state in Portuguese': {
    bytes: withArea(areaRow('Média do estado', INVENTED, MIXED), 12),
    ends: SAFE,
    says: /Média/,
  },
  'the mean of a district in French': {
    bytes: withArea(areaRow('Moyenne du district', TUMFAFI, MIXED), 4),
    ends: SAFE,
    says: /Moyenne/,
  },
  'the whole of a district in French': {
    bytes: withArea(areaRow('Ensemble du district', TUMFAFI, WEIGHTED, { lga: 'Tumfafi', state: 'Zamfara' }), 4),
    ends: SAFE,
    says: /Ensemble/,
  },
  'a sum that is called Récapitulatif': {
    bytes: withArea(areaRow('Récapitulatif', INVENTED, WEIGHTED), 12),
    ends: SAFE,
    says: /Récapitulatif/,
  },
  'a sum that is called Cumul': {
    bytes: withArea(areaRow('Cumul', INVENTED, SUMS, { state: 'Zamfara' }), 0),
    ends: SAFE,
    says: /Cumul/,
  },
  'the total of an LGA in Portuguese': {
    bytes: withArea(areaRow('Subtotal do município', TUMFAFI, SUMS, { lga: 'Tumfafi', state: 'Zamfara' }), 4),
    ends: SAFE,
    says: /Subtotal/,
  },
  'the state by its name, with weighted means': {
    bytes: withArea(areaRow('Zamfara', INVENTED, WEIGHTED), 0),
    ends: SAFE,
    says: /Zamfara/,
  },
  'the state by its name, with its code': {
    bytes: withArea(areaRow('Zamfara', INVENTED, WEIGHTED, { code: 'ZM', state: 'Zamfara' }), 0),
    ends: SAFE,
    says: /Zamfara/,
  },
  'an LGA by its name, with weighted means and a code': {
    bytes: withArea(areaRow('Tumfafi', TUMFAFI, WEIGHTED, { code: 'ZM01', lga: 'Tumfafi', state: 'Zamfara' }), 0),
    ends: SAFE,
    says: /Tumfafi/,
  },
  'a zone with weighted means': {
    bytes: withArea(areaRow('Zone 2', TUMFAFI, WEIGHTED, { state: 'Zamfara' }), 4),
    ends: SAFE,
    says: /Zone 2/,
  },
  'the mean of two wards of an LGA': {
    bytes: csv(
      withHeader([
        ...ROWS.slice(0, 2),
        areaRow('Tumfafi', INVENTED.slice(0, 2), MIXED, { lga: 'Tumfafi', state: 'Zamfara' }),
        ...ROWS.slice(4),
      ]),
    ),
    wards: [...INVENTED.slice(0, 2), ...INVENTED.slice(4)],
    ends: SAFE,
    says: /Tumfafi/,
  },
  'the mean of two wards under another name': {
    bytes: csv(
      withHeader([
        ...ROWS.slice(0, 2),
        areaRow('Zone 2', INVENTED.slice(0, 2), ['mean', 'mean', 'mean', 'mean'], { state: 'Zamfara' }),
        ...ROWS.slice(4),
      ]),
    ),
    wards: [...INVENTED.slice(0, 2), ...INVENTED.slice(4)],
    ends: SAFE,
    says: /Zone 2/,
  },
  'two states of the same names, without states': {
    bytes: csv(without([0, 3], withHeader(TWO_STATES.map(cellsOf)))),
    wards: TWO_STATES,
    ends: ASKED,
  },
  'two states of the same names, each with its row, without states': {
    bytes: csv(
      without(
        [0, 3],
        withHeader([
          areaRow('Zamfara', INVENTED, WEIGHTED),
          ...INVENTED.map(cellsOf),
          areaRow('Katsina', TWO_STATES.slice(12), WEIGHTED),
          ...TWO_STATES.slice(12).map(cellsOf),
        ]),
      ),
    ),
    wards: TWO_STATES,
    ends: ASKED,
    says: /Katsina/,
  },
  'two states of the same names, each with its row': {
    bytes: csv(
      without(
        [0],
        withHeader([
          areaRow('Zamfara', INVENTED, WEIGHTED, { state: 'Zamfara' }),
          ...INVENTED.map(cellsOf),
          areaRow('Katsina', TWO_STATES.slice(12), WEIGHTED, { state: 'Katsina' }),
          ...TWO_STATES.slice(12).map(cellsOf),
        ]),
      ),
    ),
    wards: TWO_STATES,
    ends: SAFE,
    says: /Katsina/,
  },
  'the country above its states': {
    bytes: csv(
      withHeader([
        areaRow('Nigeria', TWO_STATES, WEIGHTED),
        areaRow('Zamfara', INVENTED, WEIGHTED),
        ...INVENTED.map(cellsOf),
        areaRow('Katsina', TWO_STATES.slice(12), WEIGHTED),
        ...TWO_STATES.slice(12).map(cellsOf),
      ]),
    ),
    wards: TWO_STATES,
    ends: SAFE,
    says: /Nigeria/,
  },
  'a table of LGAs and wards by level': {
    bytes: csv([
      ['Level', ...HEADER],
      ['LGA', ...areaRow('Tumfafi', TUMFAFI, WEIGHTED, { lga: 'Tumfafi', state: 'Zamfara' })],
      ...ROWS.map((row) => ['Ward', ...row]),
    ]),
    ends: SAFE,
    says: /Tumfafi/,
  },

  'shares alone, with rows of the country and the state': {
    bytes: csv(
      without(
        [0, 2, 3, 4],
        withHeader([
          ['', 'Nigeria', '', '', '', '899.5', '33.3', '55.5'],
          ['', 'Zamfara', '', '', '', '877.7', '36.6', '52.2'],
          ...ROWS,
        ]),
      ),
    ),
    ends: ASKED,
    says: /Nigeria.*Zamfara/,
  },
  'shares alone, with a row of the district in French': {
    bytes: csv(
      without([0, 2, 3, 4], withHeader([['', 'District de Tumfafi', '', '', '', '877.7', '36.6', '52.2'], ...ROWS])),
    ),
    ends: ASKED,
    says: /District de Tumfafi/,
  },
  'shares alone, with a row of the state in Hausa': {
    bytes: csv(
      without([0, 2, 3, 4], withHeader([['', 'Jihar Zamfara', '', '', '', '877.7', '36.6', '52.2'], ...ROWS])),
    ),
    ends: ASKED,
    says: /Jihar Zamfara/,
  },
  'shares alone, with a row of the municipality in Portuguese': {
    bytes: csv(
      without([0, 2, 3, 4], withHeader([...ROWS, ['', 'Município de Bakalori', '', '', '', '877.7', '36.6', '52.2']])),
    ),
    ends: ASKED,
    says: /Município de Bakalori/,
  },
  'shares alone of two states, each with its row': {
    bytes: csv(
      without(
        [0, 2, 3, 4],
        withHeader([
          ['', 'Zamfara State', '', '', '', '877.7', '36.6', '52.2'],
          ...ROWS,
          ['', 'Katsina State', '', '', '', '811.1', '29.9', '47.7'],
          ...TWO_STATES.slice(12).map(cellsOf),
        ]),
      ),
    ),
    ends: ASKED,
    says: /Katsina State/,
  },

  'a ward twice, in capitals': {
    bytes: csv(withHeader([...ROWS, [...ROWS[5]!.slice(0, 1), 'FARU', ...ROWS[5]!.slice(2)]])),
    ends: RIGHT,
    says: /FARU/i,
  },
  'a ward twice with other values': {
    bytes: csv(withHeader([...ROWS, [...ROWS[5]!.slice(0, 5), '88.8', ...ROWS[5]!.slice(6)]])),
    ends: ASKED,
    says: /Faru/i,
  },
  'wards by year': {
    bytes: csv([
      ['Year', ...HEADER],
      ...ROWS.map((row) => ['2022', ...row]),
      ...ROWS.map((row) => ['2023', ...row.slice(0, 5), '700', ...row.slice(6)]),
    ]),
    ends: ASKED,
  },
  'columns by year': {
    bytes: csv(
      withHeader(
        ROWS.map((row) => [...row, '12.5', '13.5']),
        [...HEADER, 'tpr 2022', 'tpr 2023'],
      ),
    ),
    ends: SAFE,
  },
  'codes without their zeros': {
    bytes: csv(withHeader(changed((ward, column) => (column === 0 ? String(101 + ward) : null)))),
    ends: RIGHT,
  },
  'codes of LGAs in the column of ward codes': {
    bytes: csv(withHeader(changed((ward, column) => (column === 0 ? `ZM${String(Math.floor(ward / 4))}` : null)))),
    ends: SAFE,
  },
  'plain data of DHIS2': {
    bytes: csv([
      ['Data', 'Period', 'Organisation unit', 'Value'],
      ...INVENTED.flatMap((one) =>
        COLUMNS.map((name, column) => [name, '2023', one.name, String(valuesOf(one)[column])]),
      ),
    ]),
    ends: SAFE,
  },
}

/** The values of each ward by its name, in an order that does not depend on the file's; without absent columns. */
function read(table: WardTable): string[] {
  const numbers = COLUMNS.map((name) => table.columns.find((column) => column.name === name)?.numbers)
  return table.keys.wardName
    .map((name, row) => JSON.stringify([name, ...numbers.map((values) => (values ? shown(values[row]) : 'absent'))]))
    .sort()
}

function shown(value: number | undefined): number | null {
  return value === undefined || Number.isNaN(value) ? null : value
}

function truth({ wards = INVENTED, missing = [] }: InventedCase, absent: readonly string[]): string[] {
  return wards
    .map((one, ward) =>
      JSON.stringify([
        one.name,
        ...valuesOf(one).map((value, column) =>
          absent.includes(COLUMNS[column]!)
            ? 'absent'
            : missing.some(([at, of]) => at === ward && of === column)
              ? null
              : value,
        ),
      ]),
    )
    .sort()
}

interface Outcome {
  readonly end: End | 'wrong'
  readonly said: string
}

/** What came of a file, with what is said about it in all places. */
async function outcomeOf(one: InventedCase): Promise<Outcome> {
  const table = await readWards(one.bytes, one.filename ?? 'wards.csv').catch((error: unknown) => {
    if (error instanceof Fault) return error
    throw error
  })
  if (table instanceof Fault) {
    const errors = JSON.stringify(table.errors)
    return { end: table.errors.length > 0 ? 'refused' : 'wrong', said: `${table.message} ${errors}` }
  }
  const said = JSON.stringify([table.findings, table.questions])
  if (table.questions.length > 0) return { end: 'asked', said }
  const { caveats } = analyse(joinWards(table, null))
  const absent = COLUMNS.filter(
    (name) => !table.columns.some((column) => column.name === name && column.numbers !== null),
  )
  const isTrue = JSON.stringify(read(table)) === JSON.stringify(truth(one, absent))
  // No ranking uses people, and a plan without them is refused.
  const isSaid = absent.every((name) =>
    name === 'Population' ? said.includes(name) : caveats.some((caveat) => caveat.includes(name)),
  )
  const end = !isTrue || !isSaid ? 'wrong' : absent.length > 0 ? 'caveat' : 'right'
  return { end, said: `${said} ${caveats.join(' ')}` }
}

t.test('files of wards as people make them are read right, asked about or refused, never otherwise', async (t) => {
  const ends = new Map<string, number>()
  for (const [name, one] of Object.entries(CASES)) {
    const { end, said } = await outcomeOf(one)
    const isMeant = end !== 'wrong' && one.ends.includes(end)
    t.ok(isMeant, `${name}: ${end}`, isMeant ? {} : { said: said.slice(0, 900) })
    ends.set(end, (ends.get(end) ?? 0) + 1)
    if (one.says !== undefined) t.match(said, one.says, `${name}: it is said`)
  }
  t.comment([...ends].map(([end, count]) => `${String(count)} ${end}`).join(', '))
})
