/** What the ZIP says of one entry, in its local header and again in its directory (APPNOTE.TXT 6.3.10, 4.3). */
export interface ZipEntry {
  readonly name: string
  readonly flags: number
  readonly method: number
  readonly crc: number
  readonly packedBytes: number
  readonly bytes: number
}

/** A record that was found, and where the next one begins. */
export interface Found<Record> {
  readonly record: Record
  readonly end: number
}

export interface DirectoryEntry extends ZipEntry {
  /** Unix mode bits; 0 when another system wrote the entry. */
  readonly mode: number
  /** Where its local header begins. */
  readonly offset: number
  readonly extraBytes: number
}

export interface EndRecord {
  readonly entries: number
  readonly directoryBytes: number
  readonly directoryOffset: number
  readonly isOfOneDisk: boolean
}

export const STORED = 0
export const DEFLATED = 8
/** Names are UTF-8. */
export const UTF8 = 0x800
export const ENCRYPTED = 0x1
export const LOCAL_BYTES = 30
export const DIRECTORY_BYTES = 46
export const END_BYTES = 22
/** What stands in the place of a number that only a ZIP64 record has. */
export const ZIP64_COUNT = 0xffff
export const ZIP64_BYTES = 0xffffffff

const LOCAL = 0x04034b50
const DIRECTORY = 0x02014b50
const END = 0x06054b50
const VERSION = 20
const UNIX = 3
const REGULAR_FILE = 0o100644
/** Midnight of 1 January 1980: the date says nothing. */
const NO_DATE = 0x21

export function localHeader(entry: ZipEntry): Buffer {
  const header = Buffer.alloc(LOCAL_BYTES)
  header.writeUInt32LE(LOCAL, 0)
  writeShared(header, 4, entry)
  return Buffer.concat([header, Buffer.from(entry.name)])
}

export function directoryEntry(entry: ZipEntry, offset: number): Buffer {
  const header = Buffer.alloc(DIRECTORY_BYTES)
  header.writeUInt32LE(DIRECTORY, 0)
  header.writeUInt16LE((UNIX << 8) | VERSION, 4)
  writeShared(header, 6, entry)
  header.writeUInt32LE(REGULAR_FILE * 0x10000, 38)
  header.writeUInt32LE(offset, 42)
  return Buffer.concat([header, Buffer.from(entry.name)])
}

export function endRecord(entries: number, directoryBytes: number, offset: number, commentBytes: number): Buffer {
  const record = Buffer.alloc(END_BYTES)
  record.writeUInt32LE(END, 0)
  record.writeUInt16LE(entries, 8)
  record.writeUInt16LE(entries, 10)
  record.writeUInt32LE(directoryBytes, 12)
  record.writeUInt32LE(offset, 16)
  record.writeUInt16LE(commentBytes, 20)
  return record
}

/** The fields that both headers of an entry have, in the same order. */
function writeShared(header: Buffer, at: number, { name, flags, method, crc, packedBytes, bytes }: ZipEntry): void {
  header.writeUInt16LE(VERSION, at)
  header.writeUInt16LE(flags, at + 2)
  header.writeUInt16LE(method, at + 4)
  header.writeUInt16LE(NO_DATE, at + 8)
  header.writeUInt32LE(crc, at + 10)
  header.writeUInt32LE(packedBytes, at + 14)
  header.writeUInt32LE(bytes, at + 18)
  header.writeUInt16LE(Buffer.byteLength(name), at + 22)
}

/** Null when no local header begins there. Its extra field, if any, is between the name and the data. */
export function readLocal(zip: Buffer, at: number): Found<ZipEntry & { readonly extraBytes: number }> | null {
  if (at + LOCAL_BYTES > zip.length || zip.readUInt32LE(at) !== LOCAL) return null
  const [nameBytes, extraBytes] = [zip.readUInt16LE(at + 26), zip.readUInt16LE(at + 28)]
  const nameEnd = at + LOCAL_BYTES + nameBytes
  if (nameEnd + extraBytes > zip.length) return null
  const name = zip.toString('utf8', at + LOCAL_BYTES, nameEnd)
  return { record: { ...readShared(zip, at + 4), name, extraBytes }, end: nameEnd + extraBytes }
}

/** Null when no entry of a directory begins there. `extraBytes` counts its comment too. */
export function readDirectoryEntry(zip: Buffer, at: number): Found<DirectoryEntry> | null {
  if (at + DIRECTORY_BYTES > zip.length || zip.readUInt32LE(at) !== DIRECTORY) return null
  const nameEnd = at + DIRECTORY_BYTES + zip.readUInt16LE(at + 28)
  const extraBytes = zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32)
  if (nameEnd + extraBytes > zip.length) return null
  const record = {
    ...readShared(zip, at + 6),
    name: zip.toString('utf8', at + DIRECTORY_BYTES, nameEnd),
    mode: zip[at + 5] === UNIX ? zip.readUInt16LE(at + 40) : 0,
    offset: zip.readUInt32LE(at + 42),
    extraBytes,
  }
  return { record, end: nameEnd + extraBytes }
}

function readShared(zip: Buffer, at: number): Omit<ZipEntry, 'name'> {
  return {
    flags: zip.readUInt16LE(at + 2),
    method: zip.readUInt16LE(at + 4),
    crc: zip.readUInt32LE(at + 10),
    packedBytes: zip.readUInt32LE(at + 14),
    bytes: zip.readUInt32LE(at + 18),
  }
}

/** The places of every end record whose comment ends exactly where the file does and has up to so many bytes. */
export function endsOf(zip: Buffer, mostCommentBytes: number): readonly number[] {
  const first = Math.max(0, zip.length - END_BYTES - mostCommentBytes)
  const places: number[] = []
  for (let at = first; at + END_BYTES <= zip.length; at += 1)
    if (zip.readUInt32LE(at) === END && at + END_BYTES + zip.readUInt16LE(at + 20) === zip.length) places.push(at)
  return places
}

export function readEnd(zip: Buffer, at: number): EndRecord {
  const [disk, directoryDisk, here, entries] = [4, 6, 8, 10].map((field) => zip.readUInt16LE(at + field))
  return {
    entries: entries ?? 0,
    directoryBytes: zip.readUInt32LE(at + 12),
    directoryOffset: zip.readUInt32LE(at + 16),
    isOfOneDisk: disk === 0 && directoryDisk === 0 && here === entries,
  }
}
