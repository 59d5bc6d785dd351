import { strToU8, zipSync } from 'fflate'

type Cell = string | number | null

const SCHEMAS = 'http://schemas.openxmlformats.org'
const MAIN = `${SCHEMAS}/spreadsheetml/2006/main`
const LINKS = `${SCHEMAS}/officeDocument/2006/relationships`

/** An XLSX workbook of one sheet, as small as Excel accepts; `extra` goes into the sheet's data as it is. */
export function workbook(rows: readonly (readonly Cell[])[], extra = ''): Uint8Array {
  const data = rows
    .map((row, index) => {
      const number = String(index + 1)
      const cells = row.map((cell, column) => cellXml(cell, String.fromCharCode(65 + column) + number))
      return `<row r="${number}">${cells.join('')}</row>`
    })
    .join('')
  const sheet = `<worksheet xmlns="${MAIN}"><sheetData>${data}${extra}</sheetData></worksheet>`
  const sheets = '<sheets><sheet name="Wards" sheetId="1" r:id="rId1"/></sheets>'
  const book = `<workbook xmlns="${MAIN}" xmlns:r="${LINKS}">${sheets}</workbook>`
  const link = `<Relationship Id="rId1" Type="${LINKS}/worksheet" Target="worksheets/sheet1.xml"/>`
  const links = `<Relationships xmlns="${SCHEMAS}/package/2006/relationships">${link}</Relationships>`
  return zipSync({
    '[Content_Types].xml': strToU8(`<Types xmlns="${SCHEMAS}/package/2006/content-types"/>`),
    'xl/workbook.xml': strToU8(book),
    'xl/_rels/workbook.xml.rels': strToU8(links),
    'xl/worksheets/sheet1.xml': strToU8(sheet),
  })
}

function cellXml(cell: Cell, place: string): string {
  if (cell === null) return ''
  return typeof cell === 'number'
    ? `<c r="${place}"><v>${cell}</v></c>`
    : `<c r="${place}" t="inlineStr"><is><t>${cell}</t></is></c>`
}
