import { unreadable } from '../unreadable.ts'
import { say, type Said } from '../../said.ts'

/** Sectors that end a chain or belong to none (MS-CFB, 2.1). */
const LAST_SECTOR = 0xfffffffa
const HEADER_BYTES = 512
const ENTRY_BYTES = 128
const MOST_ENTRIES = 2_000
const ROOT = 5
const STREAM = 2

interface Entry {
  readonly name: string
  readonly kind: number
  readonly start: number
  readonly size: number
}

/**
 * The streams of a compound file (MS-CFB), which holds old Excel workbooks and workbooks with a password. Chains of
 * sectors that never end are refused; the library of workbooks would follow them.
 */
export class CompoundFile {
  readonly #bytes: Buffer
  readonly #filename: string
  readonly #sectorBytes: number
  readonly #next: Uint32Array
  readonly #entries: readonly Entry[]

  /** @throws Fault `unreadable-file` when it is damaged */
  constructor(bytes: Buffer, filename: string) {
    this.#bytes = bytes
    this.#filename = filename
    if (bytes.length < HEADER_BYTES) throw this.#damaged(say('ends-within-header', {}))
    const shift = bytes.readUInt16LE(30)
    if (shift !== 9 && shift !== 12) throw this.#damaged(say('sectors-of-unknown-size', {}))
    this.#sectorBytes = 2 ** shift
    this.#next = this.#readTable(this.#tableSectors())
    this.#entries = entriesOf(this.#chain(bytes.readUInt32LE(48)))
  }

  /** The names of its streams. */
  get names(): readonly string[] {
    return this.#entries.filter(({ kind }) => kind === STREAM).map(({ name }) => name)
  }

  /**
   * The bytes of a stream; null if there is none of this name.
   * @throws Fault `unreadable-file` when it is damaged
   */
  stream(name: string): Buffer | null {
    const entry = this.#entries.find((found) => found.kind === STREAM && found.name === name)
    if (entry === undefined) return null
    const isSmall = entry.size < this.#bytes.readUInt32LE(56)
    const found = isSmall ? this.#smallStream(entry) : this.#chain(entry.start)
    if (found.length < entry.size) throw this.#damaged(say('stream-too-short', { name }))
    return found.subarray(0, entry.size)
  }

  /** Small streams lie in sectors of 64 bytes within the stream of the root entry. */
  #smallStream({ start, size }: Entry): Buffer {
    const root = this.#entries.find(({ kind }) => kind === ROOT)
    const whole = root === undefined ? Buffer.alloc(0) : this.#chain(root.start)
    const next = numbersOf(this.#chain(this.#bytes.readUInt32LE(60)))
    const small = 2 ** Math.min(16, this.#bytes.readUInt16LE(32))
    const parts: Buffer[] = []
    for (let sector = start; sector < LAST_SECTOR && parts.length * small < size; sector = next[sector] ?? LAST_SECTOR)
      parts.push(whole.subarray(sector * small, (sector + 1) * small))
    return Buffer.concat(parts)
  }

  /** The sectors that hold the table of sectors: 109 in the header, the others in a chain of their own. */
  #tableSectors(): readonly number[] {
    const most = Math.ceil(this.#bytes.length / this.#sectorBytes)
    const sectors: number[] = []
    const add = (sector: number): void => {
      if (sector < LAST_SECTOR) sectors.push(sector)
      if (sectors.length > most) throw this.#damaged(say('sector-table-endless', {}))
    }
    for (let place = 76; place < HEADER_BYTES; place += 4) add(this.#bytes.readUInt32LE(place))
    let followed = 0
    for (let sector = this.#bytes.readUInt32LE(68); sector < LAST_SECTOR; followed += 1) {
      if (followed > most) throw this.#damaged(say('sector-table-endless', {}))
      const numbers = numbersOf(this.#sector(sector))
      numbers.subarray(0, -1).forEach(add)
      sector = numbers.at(-1) ?? LAST_SECTOR
    }
    return sectors
  }

  #readTable(sectors: readonly number[]): Uint32Array {
    return numbersOf(Buffer.concat(sectors.map((sector) => this.#sector(sector))))
  }

  #chain(start: number): Buffer {
    const parts: Buffer[] = []
    for (let sector = start; sector < LAST_SECTOR; sector = this.#next[sector] ?? LAST_SECTOR) {
      if (parts.length > this.#next.length) throw this.#damaged(say('sector-chain-endless', {}))
      parts.push(this.#sector(sector))
    }
    return Buffer.concat(parts)
  }

  #sector(sector: number): Buffer {
    const start = (sector + 1) * this.#sectorBytes
    if (start >= this.#bytes.length) throw this.#damaged(say('sector-missing', {}))
    return this.#bytes.subarray(start, start + this.#sectorBytes)
  }

  #damaged(how: Said): Error {
    return unreadable(this.#filename, say('workbook-damaged', { how }))
  }
}

function entriesOf(directory: Buffer): readonly Entry[] {
  const count = Math.min(MOST_ENTRIES, Math.floor(directory.length / ENTRY_BYTES))
  return Array.from({ length: count }, (_, place) => {
    const entry = directory.subarray(place * ENTRY_BYTES, (place + 1) * ENTRY_BYTES)
    const nameBytes = Math.max(0, Math.min(64, entry.readUInt16LE(64)) - 2)
    return {
      name: entry.toString('utf16le', 0, nameBytes),
      kind: entry.readUInt8(66),
      start: entry.readUInt32LE(116),
      size: entry.readUInt32LE(120),
    }
  })
}

function numbersOf(bytes: Buffer): Uint32Array {
  return Uint32Array.from({ length: Math.floor(bytes.length / 4) }, (_, place) => bytes.readUInt32LE(place * 4))
}
