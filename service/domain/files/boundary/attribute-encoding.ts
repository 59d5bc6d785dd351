import { isUtf8 } from 'node:buffer'
import { TextDecoder } from 'node:util'
import { decodeDos, dosPageOf } from '../dos-text.ts'
import { makeFinding, type Finding } from '../finding.ts'
import { say } from '../../said.ts'

/** How the attributes of a shapefile are decoded, and why, if that was not plain. */
export interface AttributeEncoding {
  /** `utf-8`, `windows-1252`, `cp850`. */
  readonly name: string
  readonly decode: (bytes: Uint8Array) => string
  readonly findings: readonly Finding[]
}

/** The language driver ids of dBASE and FoxPro, with the code page each stands for. */
const LANGUAGE_DRIVERS: Readonly<Record<number, string>> = {
  0x01: 'cp437',
  0x02: 'cp850',
  0x03: 'windows-1252',
  0x0e: 'cp850',
  0x10: 'cp850',
  0x1d: 'cp850',
  0x25: 'cp850',
  0x37: 'cp850',
  0x57: 'windows-1252',
  0x58: 'windows-1252',
  0x59: 'windows-1252',
  0x65: 'ibm866',
  0x7d: 'windows-1255',
  0x7e: 'windows-1256',
  0xc8: 'windows-1250',
  0xc9: 'windows-1251',
  0xca: 'windows-1254',
  0xcb: 'windows-1253',
} as const
const LONGEST_CHARACTER = 4

/**
 * Decides how attributes are decoded: as a person settled it; as UTF-8 if the values are UTF-8, because text in another
 * encoding never is; as the .cpg says; as the language driver id in the .dbf says; as Windows-1252.
 * @param values the bytes of the text attributes
 * @param languageDriver byte 29 of the .dbf; 0 if it says nothing
 */
export function attributeEncoding(
  values: readonly Uint8Array[],
  { settled, cpg, languageDriver }: { settled: string | undefined; cpg: string | null; languageDriver: number },
): AttributeEncoding {
  const chosen = settled === undefined ? undefined : encodingNamed(settled)
  if (chosen !== undefined) return { ...chosen, findings: [] }
  const named = cpg === null ? undefined : encodingNamed(cpg)
  const isPlain = values.every((value) => value.every((byte) => byte < 0x80))
  if (isPlain) return { ...(named ?? decoderOf('utf-8')), findings: [] }
  const readsAsUtf8 = values.every((value) => isUtf8(value) || isUtf8(withoutCutCharacter(value)))
  const byDriver = encodingNamed(LANGUAGE_DRIVERS[languageDriver] ?? '')
  const found = readsAsUtf8
    ? decoderOf('utf-8')
    : ((named?.name === 'utf-8' ? undefined : named) ?? byDriver ?? decoderOf('windows-1252'))
  if (found.name === named?.name) return { ...found, findings: [] }
  const why =
    cpg === null
      ? say(found === byDriver ? 'no-cpg-but-code-page' : 'no-cpg', {})
      : say('cpg-does-not-fit', { name: cpg.replace(/[^\x20-\x7e]/g, '').slice(0, 20) })
  const said = say('attributes-read-as', { why, encoding: found.name })
  return { ...found, findings: [makeFinding('encoding-assumed', said, { count: 1 })] }
}

type Decoder = Omit<AttributeEncoding, 'findings'>

/** The encoding of a label; undefined if it is none that is known here. */
function encodingNamed(label: string): Decoder | undefined {
  const short = label.slice(0, 40).trim()
  const dos = dosPageOf(short)
  if (dos !== undefined) return { name: dos, decode: (bytes) => decodeDos(bytes, dos) }
  const page = /^(?:ANSI |CP)?(\d{3,5})$/i.exec(short)?.[1]
  const iso = /^ISO[ _-]?8859[ _-]?(\d{1,2})$/i.exec(short)?.[1]
  const name =
    page === '65001' ? 'utf-8' : page !== undefined ? `windows-${page}` : iso !== undefined ? `iso-8859-${iso}` : short
  try {
    return decoderOf(name)
  } catch {
    return undefined
  }
}

function decoderOf(name: string): Decoder {
  const decoder = new TextDecoder(name)
  return { name: decoder.encoding, decode: (bytes) => decoder.decode(bytes) }
}

/** A value whose last character may have been cut off by the width of its field. */
function withoutCutCharacter(value: Uint8Array): Uint8Array {
  let end = value.length
  while (end > 0 && value.length - end < LONGEST_CHARACTER - 1 && ((value[end - 1] ?? 0) & 0xc0) === 0x80) end -= 1
  return end > 0 && (value[end - 1] ?? 0) >= 0xc0 ? value.subarray(0, end - 1) : value
}
