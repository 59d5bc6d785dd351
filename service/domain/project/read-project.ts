import { createHash } from 'node:crypto'
import { crc32, createInflateRaw, inflateRawSync } from 'node:zlib'
import type { Fault } from '../fault.ts'
import { quoted } from '../quoted.ts'
import { say, type Said } from '../said.ts'
import { tooLarge, unreadable } from '../files/unreadable.ts'
import { CHAT, CONTENTS, MANIFEST, PART_NAME, PROJECT_LIMITS, RESULTS, type PartFacts } from './contents.ts'
import { readMark, type Mark } from './project-mark.ts'
import * as zip from './zip-records.ts'

/** Where a part lies in the file. Nothing of it was unpacked. */
export interface PackedPart extends zip.ZipEntry {
  readonly dataStart: number
}

/** A part as it is packed, apart from its file. */
export interface PackedResult extends zip.ZipEntry {
  readonly packed: Uint8Array
}

/** A project file whose every byte has its place: entries one behind the other, then the directory, then its end. */
export interface ProjectLayout {
  readonly parts: ReadonlyMap<string, PackedPart>
  /** Null when the file carries none, as one that another program made. */
  readonly mark: Mark | null
  /** The bytes that the mark covers: all before it. */
  readonly covered: Uint8Array
}

const FILE_TYPE = 0xf000
const SYMLINK = 0xa000
const REGULAR = 0x8000
const ARCHIVE = /\.(?:zip|gz|tgz|bz2|xz|7z|rar|tar|zst)$/i
const MOST_COMMENT_BYTES = 200
const JSON_PARTS: ReadonlySet<string> = new Set([MANIFEST, CONTENTS, CHAT])

/**
 * Finds the parts of a project file. Only the layout that `writeProject` gives is taken, so that there is one reading
 * of a file: both headers of an entry agree, entries neither overlap nor leave gaps, and nothing hides between them.
 * @throws Fault `unreadable-file` that names what is wrong, `too-large` past a limit
 */
export function readLayout(bytes: Uint8Array, filename: string): ProjectLayout {
  if (bytes.length > PROJECT_LIMITS.fileBytes) throw tooLarge(filename, say('project-of-256-mib', {}))
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const [end, ...others] = zip.endsOf(file, MOST_COMMENT_BYTES)
  if (end === undefined) throw unreadable(filename, say('not-whole-project', {}))
  if (others.length > 0) throw unreadable(filename, say('project-ends-twice', {}))
  const record = zip.readEnd(file, end)
  if (!record.isOfOneDisk) throw unreadable(filename, say('project-entries-unsaid', {}))
  if (isZip64(record)) throw unreadable(filename, say('project-zip64', {}))
  if (record.entries > PROJECT_LIMITS.entries)
    throw tooLarge(filename, say('project-of-many-entries', { entries: record.entries }))
  if (record.directoryOffset + record.directoryBytes !== end) throw unreadable(filename, say('directory-elsewhere', {}))
  const parts = readParts(file, record, filename)
  const comment = file.toString('latin1', end + zip.END_BYTES)
  const mark = comment === '' ? null : readMark(comment)
  if (comment !== '' && mark === null) throw unreadable(filename, say('comment-no-mark', {}))
  return { parts, mark, covered: file.subarray(0, end + zip.END_BYTES) }
}

function isZip64({ entries, directoryBytes, directoryOffset }: zip.EndRecord): boolean {
  return entries === zip.ZIP64_COUNT || directoryBytes === zip.ZIP64_BYTES || directoryOffset === zip.ZIP64_BYTES
}

function readParts(
  file: Buffer,
  { entries, directoryOffset, directoryBytes }: zip.EndRecord,
  filename: string,
): ReadonlyMap<string, PackedPart> {
  const parts = new Map<string, PackedPart>()
  let [at, offset, unpacked, results] = [directoryOffset, 0, 0, 0]
  for (let count = 0; count < entries; count += 1) {
    const found = zip.readDirectoryEntry(file, at)
    if (found === null) throw unreadable(filename, say('directory-has-fewer', {}))
    const { record: entry, end } = found
    refuseEntry(entry, filename)
    if (parts.has(entry.name)) throw unreadable(filename, say('holds-twice', { name: quoted(entry.name) }))
    const dataStart = dataStartOf(file, entry, offset, filename)
    unpacked += entry.bytes
    if (entry.bytes > PROJECT_LIMITS.partBytes)
      throw tooLarge(filename, say('entry-of-128-mib', { name: quoted(entry.name) }))
    if (unpacked > PROJECT_LIMITS.unpackedBytes) throw tooLarge(filename, say('project-of-1-gib', {}))
    results += entry.name.startsWith(RESULTS) ? entry.packedBytes : 0
    if (results > PROJECT_LIMITS.resultBytes) throw tooLarge(filename, say('results-of-64-mib', {}))
    if (JSON_PARTS.has(entry.name) && entry.bytes > PROJECT_LIMITS.jsonBytes)
      throw tooLarge(filename, say('entry-of-512-kib', { name: quoted(entry.name) }))
    parts.set(entry.name, { ...entry, dataStart })
    offset = dataStart + entry.packedBytes
    at = end
  }
  if (at !== directoryOffset + directoryBytes) throw unreadable(filename, say('directory-has-more', {}))
  if (offset !== directoryOffset) throw unreadable(filename, say('bytes-between', {}))
  return parts
}

function refuseEntry(
  { name, mode, flags, method, packedBytes, bytes, extraBytes }: zip.DirectoryEntry,
  filename: string,
) {
  const refuse = (found: Said): Fault => unreadable(filename, found)
  const type = mode & FILE_TYPE
  if (/^(?:[/\\]|[A-Za-z]:)/.test(name) || name.split(/[/\\]/).includes('..') || name.includes('\0'))
    throw refuse(say('name-leads-out', { name: quoted(name) }))
  if (type === SYMLINK) throw refuse(say('entry-is-link', { name: quoted(name) }))
  if ((flags & zip.ENCRYPTED) !== 0) throw refuse(say('entry-is-encrypted', { name: quoted(name) }))
  if (!PART_NAME.test(name))
    throw refuse(
      ARCHIVE.test(name)
        ? say('entry-is-archive', { name: quoted(name) })
        : say('entry-not-of-project', { name: quoted(name) }),
    )
  if (bytes === zip.ZIP64_BYTES || packedBytes === zip.ZIP64_BYTES)
    throw refuse(say('entry-zip64', { name: quoted(name) }))
  const isPlain = flags === zip.UTF8 && (type === REGULAR || mode === 0) && extraBytes === 0
  if (!isPlain || (method !== zip.STORED && method !== zip.DEFLATED))
    throw refuse(say('entry-packed-elsewhere', { name: quoted(name) }))
}

/** Where the bytes of an entry begin; its local header must be at `offset` and say the same as the directory. */
function dataStartOf(file: Buffer, entry: zip.DirectoryEntry, offset: number, filename: string): number {
  const local = zip.readLocal(file, entry.offset)
  const isSame =
    local !== null &&
    local.record.extraBytes === 0 &&
    (['name', 'flags', 'method', 'crc', 'packedBytes', 'bytes'] as const).every(
      (field) => local.record[field] === entry[field],
    )
  if (!isSame) throw unreadable(filename, say('headers-differ', { name: quoted(entry.name) }))
  if (entry.offset !== offset || local.end + entry.packedBytes > file.length)
    throw unreadable(filename, say('entry-overlaps', { name: quoted(entry.name) }))
  if (entry.method === zip.STORED && entry.packedBytes !== entry.bytes)
    throw unreadable(filename, say('entry-of-other-size', { name: quoted(entry.name) }))
  return local.end
}

/**
 * Unpacks one part. Never makes more bytes than the part declares.
 * @throws Fault `unreadable-file` when the part is missing or is not what it declares
 */
export function unpackPart(
  bytes: Uint8Array,
  { parts }: Pick<ProjectLayout, 'parts'>,
  name: string,
  filename: string,
): Uint8Array {
  const part = parts.get(name)
  if (part === undefined) throw unreadable(filename, say('part-is-missing', { name: quoted(name) }))
  return unpackData(dataOf(bytes, part), part, filename)
}

/**
 * Unpacks the data of one part.
 * @throws Fault `unreadable-file` when they are not what the part declares
 */
export function unpackData(data: Uint8Array, part: zip.ZipEntry, filename: string): Uint8Array {
  const unpacked = part.method === zip.STORED ? Uint8Array.from(data) : inflated(data, part, filename)
  if (unpacked.length !== part.bytes || crc32(unpacked) !== part.crc)
    throw unreadable(filename, say('entry-not-as-said', { name: quoted(part.name) }))
  return unpacked
}

function dataOf(bytes: Uint8Array, { dataStart, packedBytes }: PackedPart): Uint8Array {
  return bytes.subarray(dataStart, dataStart + packedBytes)
}

/** The recorded results as they are packed, with bytes of their own, so that the rest of the file can be let go. */
export function packedResults(bytes: Uint8Array, { parts }: ProjectLayout): readonly PackedResult[] {
  return [...parts.values()]
    .filter(({ name }) => name.startsWith(RESULTS))
    .map((part) => ({ ...part, packed: Uint8Array.from(dataOf(bytes, part)) }))
}

function inflated(data: Uint8Array, { name, bytes }: zip.ZipEntry, filename: string): Uint8Array {
  try {
    // One byte more than declared is enough to see that there are more.
    const { buffer, engine } = inflateRawSync(data, { maxOutputLength: bytes + 1, info: true }) as unknown as Inflated
    if (engine.bytesWritten !== data.length) throw new Error('bytes follow the end of the deflated data')
    return buffer
  } catch (cause) {
    throw unreadable(filename, say('entry-damaged-or-larger', { name: quoted(name) }), { cause })
  }
}

/** What zlib gives with `info`, which its types do not know. `bytesWritten` counts the bytes it has read. */
interface Inflated {
  readonly buffer: Buffer
  readonly engine: { readonly bytesWritten: number }
}

/**
 * The size and the hash of every part but the manifest, in their order. Parts are unpacked piece by piece, so that none
 * of them is whole in memory.
 * @throws Fault `unreadable-file` when a part is not what it declares
 */
export async function factsOf(
  bytes: Uint8Array,
  { parts }: ProjectLayout,
  filename: string,
): Promise<readonly PartFacts[]> {
  const facts: PartFacts[] = []
  for (const part of parts.values())
    if (part.name !== MANIFEST) facts.push(await hashed(dataOf(bytes, part), part, filename))
  return facts
}

async function hashed(data: Uint8Array, part: PackedPart, filename: string): Promise<PartFacts> {
  const sha256 = createHash('sha256')
  let [length, crc] = [0, 0]
  try {
    for await (const piece of part.method === zip.STORED ? [data] : inflatedPieces(data)) {
      length += piece.length
      if (length > part.bytes) break
      sha256.update(piece)
      crc = crc32(piece, crc)
    }
  } catch (cause) {
    throw unreadable(filename, say('entry-damaged', { name: quoted(part.name) }), { cause })
  }
  if (length > part.bytes) throw unreadable(filename, say('entry-larger', { name: quoted(part.name) }))
  if (length < part.bytes || crc !== part.crc)
    throw unreadable(filename, say('entry-not-as-said', { name: quoted(part.name) }))
  return { name: part.name, bytes: length, sha256: sha256.digest('base64url') }
}

function inflatedPieces(data: Uint8Array): AsyncIterable<Uint8Array> {
  const inflate = createInflateRaw()
  inflate.end(data)
  return inflate as AsyncIterable<Uint8Array>
}
