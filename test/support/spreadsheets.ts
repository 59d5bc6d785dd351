import { strToU8, zipSync } from 'fflate'

/** A cell: text, a number, nothing, or XML as it is. */
export type SheetCell = string | number | null | { readonly xml: string }

export interface Sheet {
  readonly name: string
  readonly rows: readonly (readonly SheetCell[])[]
  readonly state?: 'hidden' | 'veryHidden'
  readonly merged?: readonly string[]
  /** Leaves out the addresses of rows and cells. */
  readonly isBare?: boolean
  /** Goes in behind the rows as it is. */
  readonly extra?: string
}

const OPEN = {
  main: 'http://schemas.openxmlformats.org/spreadsheetml/2006/main',
  links: 'http://schemas.openxmlformats.org/officeDocument/2006/relationships',
} as const
const STRICT = {
  main: 'http://purl.oclc.org/ooxml/spreadsheetml/main',
  links: 'http://purl.oclc.org/ooxml/officeDocument/relationships',
} as const
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006'
const CONTENT = 'application/vnd.openxmlformats-officedocument.spreadsheetml'
/** Cell format 1 is a date, 2 a percentage. */
const STYLES = '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="9"/></cellXfs>'

/** An XLSX workbook; its texts are inline. `parts` come beside its own, or instead of them. */
export function xlsx(
  sheets: readonly Sheet[],
  { strict = false, parts = {} }: { readonly strict?: boolean; readonly parts?: Readonly<Record<string, string>> } = {},
): Uint8Array {
  const { main, links } = strict ? STRICT : OPEN
  const entries = sheets.map(
    ({ name, state }, at) =>
      `<sheet name="${name}" sheetId="${at + 1}"${state ? ` state="${state}"` : ''} r:id="rId${at + 1}"/>`,
  )
  const targets = sheets.map(
    (_, at) => `<Relationship Id="rId${at + 1}" Type="${links}/worksheet" Target="worksheets/sheet${at + 1}.xml"/>`,
  )
  const files: Record<string, string> = {
    '[Content_Types].xml':
      `<Types xmlns="${PACKAGE}/content-types">` +
      `<Override PartName="/xl/workbook.xml" ContentType="${CONTENT}.sheet.main+xml"/>` +
      `<Override PartName="/xl/styles.xml" ContentType="${CONTENT}.styles+xml"/>` +
      `<Override PartName="/xl/sharedStrings.xml" ContentType="${CONTENT}.sharedStrings+xml"/>` +
      sheets
        .map(
          (_, at) => `<Override PartName="/xl/worksheets/sheet${at + 1}.xml" ContentType="${CONTENT}.worksheet+xml"/>`,
        )
        .join('') +
      '</Types>',
    'xl/workbook.xml': `<workbook xmlns="${main}" xmlns:r="${links}"><sheets>${entries.join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships xmlns="${PACKAGE}/relationships">${targets.join('')}</Relationships>`,
    'xl/styles.xml': `<styleSheet xmlns="${main}">${STYLES}</styleSheet>`,
    'xl/sharedStrings.xml': `<sst xmlns="${main}"><si><t>shared</t></si></sst>`,
    ...Object.fromEntries(sheets.map((sheet, at) => [`xl/worksheets/sheet${at + 1}.xml`, sheetXml(sheet, main)])),
    ...parts,
  }
  return zipSync(Object.fromEntries(Object.entries(files).map(([path, text]) => [path, strToU8(text)])))
}

function sheetXml({ rows, merged = [], isBare = false, extra = '' }: Sheet, main: string): string {
  const data = rows.map((row, at) => {
    const cells = row.map((cell, column) => cellXml(cell, isBare ? null : `${letters(column)}${at + 1}`))
    return `<row${isBare ? '' : ` r="${at + 1}"`}>${cells.join('')}</row>`
  })
  const merges = merged.map((ref) => `<mergeCell ref="${ref}"/>`).join('')
  const tail = merges === '' ? '' : `<mergeCells>${merges}</mergeCells>`
  return `<worksheet xmlns="${main}"><sheetData>${data.join('')}</sheetData>${tail}${extra}</worksheet>`
}

function cellXml(cell: SheetCell, address: string | null): string {
  const place = address === null ? '' : ` r="${address}"`
  if (cell === null) return address === null ? '<c/>' : ''
  if (typeof cell === 'number') return `<c${place}><v>${cell}</v></c>`
  if (typeof cell === 'string') return `<c${place} t="inlineStr"><is><t>${cell}</t></is></c>`
  return cell.xml.replace('<c', `<c${place}`)
}

function letters(column: number): string {
  return (
    (column >= 26 ? String.fromCharCode(64 + Math.floor(column / 26)) : '') + String.fromCharCode(65 + (column % 26))
  )
}

const ODS_KIND = 'application/vnd.oasis.opendocument.spreadsheet'
const ODS_MANIFEST =
  '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.3">' +
  `<manifest:file-entry manifest:full-path="/" manifest:media-type="${ODS_KIND}"/>` +
  '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'

/** An ODS spreadsheet of one table; `extra` goes in behind its rows as it is. */
export function ods(rows: readonly (readonly SheetCell[])[], extra = '', prolog = ''): Uint8Array {
  const data = rows.map((row) => `<table:table-row>${row.map(odsCell).join('')}</table:table-row>`).join('')
  const oasis = 'urn:oasis:names:tc:opendocument:xmlns'
  const content =
    `${prolog}<office:document-content xmlns:office="${oasis}:office:1.0" xmlns:table="${oasis}:table:1.0" ` +
    `xmlns:text="${oasis}:text:1.0"><office:body><office:spreadsheet><table:table table:name="Wards">` +
    `${data}${extra}</table:table></office:spreadsheet></office:body></office:document-content>`
  return zipSync({
    mimetype: [strToU8(ODS_KIND), { level: 0 }],
    'META-INF/manifest.xml': strToU8(ODS_MANIFEST),
    'content.xml': strToU8(content),
  })
}

function odsCell(cell: SheetCell): string {
  if (cell === null) return '<table:table-cell/>'
  if (typeof cell === 'object') return cell.xml
  const type = typeof cell === 'number' ? `"float" office:value="${cell}"` : '"string"'
  return `<table:table-cell office:value-type=${type}><text:p>${cell}</text:p></table:table-cell>`
}
