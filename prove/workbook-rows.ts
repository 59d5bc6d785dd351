import { inflateRawSync } from 'node:zlib'
import { DOMParser, type Element } from '@xmldom/xmldom'

/** A cell as it is stored: a number, a text, or a formula, which no file of the service should have. */
export type StoredCell = number | string | { readonly formula: string }

export interface ReadSheet {
  readonly name: string
  /** By row, then by column; a cell that is not there is undefined. */
  readonly rows: readonly (readonly (StoredCell | undefined)[])[]
  /** How many rows stay in view. */
  readonly frozenRows: number
}

const END_OF_DIRECTORY = 0x06054b50
const DEFLATED = 8

/** Reads a workbook with nothing of what wrote it: the ZIP by its directory, the sheets as XML. */
export function readWorkbook(bytes: Buffer): readonly ReadSheet[] {
  const files = unpack(bytes)
  const xml = (name: string): Element => {
    const root = new DOMParser().parseFromString(files.get(name) ?? '', 'text/xml').documentElement
    if (root === null) throw new Error(`${name} has no element`)
    return root
  }
  const targets = new Map(
    all(xml('xl/_rels/workbook.xml.rels'), 'Relationship').map((one) => [
      one.getAttribute('Id'),
      one.getAttribute('Target'),
    ]),
  )
  return all(xml('xl/workbook.xml'), 'sheet').map((sheet) => {
    const root = xml(`xl/${targets.get(sheet.getAttribute('r:id')) ?? ''}`)
    const [pane] = all(root, 'pane').filter((one) => one.getAttribute('state') === 'frozen')
    return {
      name: sheet.getAttribute('name') ?? '',
      rows: all(root, 'row').map(cellsOf),
      frozenRows: Number(pane?.getAttribute('ySplit') ?? 0),
    }
  })
}

/** The rows below the header, by the names in it. */
export function recordsOf({ rows }: ReadSheet): readonly Readonly<Record<string, StoredCell | undefined>>[] {
  const [header = [], ...others] = rows
  return others.map((row) => Object.fromEntries(header.map((name, column) => [shownCell(name), row[column]])))
}

/** A cell as text; nothing for one that is not there. */
export function shownCell(cell: StoredCell | undefined): string {
  return typeof cell === 'object' ? `=${cell.formula}` : String(cell ?? '')
}

function cellsOf(row: Element): readonly (StoredCell | undefined)[] {
  const cells: (StoredCell | undefined)[] = []
  for (const cell of all(row, 'c')) cells[columnOf(cell.getAttribute('r') ?? '')] = valueOf(cell)
  return Array.from(cells)
}

function valueOf(cell: Element): StoredCell {
  const [formula] = all(cell, 'f')
  if (formula !== undefined) return { formula: formula.textContent ?? '' }
  if (cell.getAttribute('t') !== 'inlineStr') return Number(all(cell, 'v')[0]?.textContent)
  return (all(cell, 't')[0]?.textContent ?? '').replace(/_x([0-9A-F]{4})_/g, (_, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  )
}

/** From 0, of an address such as `AB12`. */
function columnOf(address: string): number {
  return Array.from(address.replace(/\d+$/, '')).reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1
}

function all(element: Element, name: string): readonly Element[] {
  return Array.from(element.getElementsByTagName(name))
}

/** The files of a ZIP as text, by name. */
function unpack(zip: Buffer): ReadonlyMap<string, string> {
  const end = zip.lastIndexOf(Buffer.from(Uint32Array.of(END_OF_DIRECTORY).buffer))
  const files = new Map<string, string>()
  let at = zip.readUInt32LE(end + 16)
  for (let count = zip.readUInt16LE(end + 10); count > 0; count -= 1) {
    const [packed, nameLength] = [zip.readUInt32LE(at + 20), zip.readUInt16LE(at + 28)]
    const header = zip.readUInt32LE(at + 42)
    const begin = header + 30 + zip.readUInt16LE(header + 26) + zip.readUInt16LE(header + 28)
    const bytes = zip.subarray(begin, begin + packed)
    const name = zip.toString('utf8', at + 46, at + 46 + nameLength)
    files.set(name, (zip.readUInt16LE(at + 10) === DEFLATED ? inflateRawSync(bytes) : bytes).toString('utf8'))
    at += 46 + nameLength + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32)
  }
  return files
}
