import { Fault } from '../../fault.ts'

/** A kind of file that people choose instead of a table, and what to do with it. */
interface OtherKind {
  readonly kind: string
  /** Its first bytes, as Latin-1. */
  readonly begins?: string
  /** What its first 400 bytes look like, where no fixed bytes say it. */
  readonly looks?: RegExp
  /** The ending of its name, where its bytes do not say it. */
  readonly ending?: RegExp
  /** What to do; otherwise the file it was made from is to be taken. */
  readonly advice?: string
}

const OPEN_AND_SAVE = 'open it in a spreadsheet'
const EXPORT = 'export it from the program it was made with'

const OTHER_KINDS: readonly OtherKind[] = [
  { kind: 'a PDF document', begins: '%PDF' },
  { kind: 'a picture (PNG)', begins: '\x89PNG' },
  { kind: 'a picture (JPEG)', begins: '\xff\xd8\xff' },
  { kind: 'a picture (GIF)', begins: 'GIF8' },
  { kind: 'a picture (TIFF)', begins: 'II*\0' },
  { kind: 'a picture (TIFF)', begins: 'MM\0*' },
  { kind: 'a text document (RTF)', begins: '{\\rtf' },
  { kind: 'a RAR archive', begins: 'Rar!', advice: 'unpack it' },
  { kind: 'a 7z archive', begins: '7z\xbc\xaf\x27\x1c', advice: 'unpack it' },
  { kind: 'a gzip archive', begins: '\x1f\x8b', advice: 'unpack it' },
  { kind: 'a Parquet file', begins: 'PAR1', advice: EXPORT },
  { kind: 'an SPSS file', begins: '$FL', advice: EXPORT },
  { kind: 'a Stata file', begins: '<stata_dta>', advice: EXPORT },
  { kind: 'a Stata file', looks: /^[\x69-\x77][\x01\x02]\x01/, ending: /\.dta$/i, advice: EXPORT },
  {
    kind: 'a dBase table (.dbf)',
    looks: /^[\x02\x03\x30-\x32\x43\x63\x83\x8b\xcb\xf5\xfb]/,
    ending: /\.dbf$/i,
    advice: OPEN_AND_SAVE,
  },
  {
    kind: 'a database (SQLite or GeoPackage)',
    begins: 'SQLite format 3',
    advice: 'send a GeoPackage of boundaries as the boundaries, or export its table',
  },
  {
    kind: 'an Excel workbook in XML of 2003',
    looks: /^\s*<\?xml[^>]*>\s*<\?mso-application progid="Excel/,
    advice: OPEN_AND_SAVE,
  },
  {
    kind: 'a KML file',
    looks: /^\s*(?:<\?xml[^>]*>\s*)?(?:<!--[^]*?-->\s*)?<kml\b/i,
    advice: 'send it as the boundaries, or open it in a GIS',
  },
  {
    kind: 'a web page (HTML), as some systems export tables',
    looks: /^\s*(?:<\?xml[^>]*>\s*)?<(?:!doctype\s+html|html|head|table)\b/i,
    advice: OPEN_AND_SAVE,
  },
] as const

/** A kind of text that some reader takes. */
export type TextKind = 'a KML file'

/** @throws Fault `unreadable-file` when a file is of a kind that is no text, which it names */
export function refuseOtherKind(bytes: Buffer, filename: string, advice: string, expected?: TextKind): void {
  const head = bytes.toString('latin1', 0, 400).replace(/^ï»¿/, '')
  const found = OTHER_KINDS.find(
    ({ begins, looks, ending }) =>
      (begins === undefined || head.startsWith(begins)) &&
      (looks === undefined || looks.test(head)) &&
      (ending === undefined || ending.test(filename)),
  )
  if (found !== undefined && found.kind !== expected) throw otherKind(filename, found.kind, found.advice, advice)
}

/** The Fault for a file of a kind that is not read, with what to do. */
export function otherKind(
  filename: string,
  kind: string,
  first = 'take the file it was made from',
  then = 'save the table as .xlsx or CSV UTF-8',
): Fault {
  const separator = first.startsWith('take') ? ', and' : ' and'
  return new Fault('unreadable-file', `Cannot read ${filename}: it is ${kind}; ${first}${separator} ${then}`, {
    errors: [{ detail: `it is ${kind}` }],
  })
}
