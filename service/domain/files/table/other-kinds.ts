import type { Fault } from '../../fault.ts'
import { unreadable } from '../unreadable.ts'
import { say, type PlainKind } from '../../said.ts'

/** A kind of file that people choose instead of a table, and what to do with it. */
interface OtherKind {
  /** The kind of the text that names it. */
  readonly kind: PlainKind
  /** Its first bytes, as Latin-1. */
  readonly begins?: string
  /** What its first 400 bytes look like, where no fixed bytes say it. */
  readonly looks?: RegExp
  /** The ending of its name, where its bytes do not say it. */
  readonly ending?: RegExp
  /** What to do; otherwise the file it was made from is to be taken. */
  readonly advice?: PlainKind
}

const OPEN_AND_SAVE = 'open-in-spreadsheet'
const EXPORT = 'export-from-program'

const OTHER_KINDS: readonly OtherKind[] = [
  { kind: 'pdf-document', begins: '%PDF' },
  { kind: 'png-picture', begins: '\x89PNG' },
  { kind: 'jpeg-picture', begins: '\xff\xd8\xff' },
  { kind: 'gif-picture', begins: 'GIF8' },
  { kind: 'tiff-picture', begins: 'II*\0' },
  { kind: 'tiff-picture', begins: 'MM\0*' },
  { kind: 'rtf-document', begins: '{\\rtf' },
  { kind: 'rar-archive', begins: 'Rar!', advice: 'unpack-it' },
  { kind: 'seven-zip-archive', begins: '7z\xbc\xaf\x27\x1c', advice: 'unpack-it' },
  { kind: 'gzip-archive', begins: '\x1f\x8b', advice: 'unpack-it' },
  { kind: 'parquet-file', begins: 'PAR1', advice: EXPORT },
  { kind: 'spss-file', begins: '$FL', advice: EXPORT },
  { kind: 'stata-file', begins: '<stata_dta>', advice: EXPORT },
  { kind: 'stata-file', looks: /^[\x69-\x77][\x01\x02]\x01/, ending: /\.dta$/i, advice: EXPORT },
  {
    kind: 'dbase-table',
    looks: /^[\x02\x03\x30-\x32\x43\x63\x83\x8b\xcb\xf5\xfb]/,
    ending: /\.dbf$/i,
    advice: OPEN_AND_SAVE,
  },
  {
    kind: 'sqlite-database',
    begins: 'SQLite format 3',
    advice: 'send-geopackage-as-boundaries',
  },
  {
    kind: 'excel-xml-workbook',
    looks: /^\s*<\?xml[^>]*>\s*<\?mso-application progid="Excel/,
    advice: OPEN_AND_SAVE,
  },
  {
    kind: 'kml-file',
    looks: /^\s*(?:<\?xml[^>]*>\s*)?(?:<!--[^]*?-->\s*)?<kml\b/i,
    advice: 'send-as-boundaries',
  },
  {
    kind: 'web-page',
    looks: /^\s*(?:<\?xml[^>]*>\s*)?<(?:!doctype\s+html|html|head|table)\b/i,
    advice: OPEN_AND_SAVE,
  },
] as const

/** A kind of text that some reader takes. */
export type TextKind = 'kml-file'

/** @throws Fault `unreadable-file` when a file is of a kind that is no text, which it names */
export function refuseOtherKind(bytes: Buffer, filename: string, advice: PlainKind, expected?: TextKind): void {
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
  kind: PlainKind,
  first: PlainKind = 'take-original',
  then: PlainKind = 'save-as-xlsx-or-csv-utf-8',
): Fault {
  const said = say('it-is', { kind: say(kind, {}) })
  const found = say('with-advice-both', { found: said, first: say(first, {}), then: say(then, {}) })
  return unreadable(filename, found, { said })
}
