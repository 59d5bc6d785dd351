import { fromBufferPromise } from 'yauzl'
import type { Entry, ZipFile } from 'yauzl'
import { Fault } from '../fault.ts'
import { quoted } from '../quoted.ts'
import { say } from '../said.ts'
import { unreadable } from './unreadable.ts'

const MOST_ENTRIES = 200
const FILE_TYPE = 0xf000
const SYMLINK = 0xa000
const ARCHIVE = /\.(?:zip|gz|tgz|bz2|xz|7z|rar|tar|zst)$/i

/** How large a ZIP file may become when it is unpacked. Both its declared and its actual size must stay below this. */
export interface ZipLimits {
  readonly totalBytes: number
}

/**
 * Unpacks the wanted files of a ZIP, by their names in it, and lists the names of all others. Nothing is unpacked
 * before every entry has passed.
 * @throws Fault `unreadable-file` when the archive is damaged or cut off, a name leads out of it (`..`,
 *   absolute), an entry is a symbolic link, encrypted, doubled or an archive, or its size is not as declared
 * @throws Fault `too-large` when it has more than 200 entries or unpacks to more than the limit
 */
export async function readZip(
  bytes: Uint8Array,
  filename: string,
  limits: ZipLimits,
  wanted: (name: string) => boolean,
): Promise<{ files: Map<string, Buffer>; others: string[] }> {
  const zip = await open(bytes, filename)
  const entries = await checkedEntries(zip, filename, limits)
  const files = new Map<string, Buffer>()
  const others: string[] = []
  for (const entry of entries) {
    if (wanted(entry.fileName)) files.set(entry.fileName, await inflate(zip, entry, filename))
    else others.push(entry.fileName)
  }
  return { files, others }
}

async function open(bytes: Uint8Array, filename: string): Promise<ZipFile> {
  try {
    // Backslashes in names, which some tools write, are read as slashes. Names that lead out are refused all the same.
    return await fromBufferPromise(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), {
      strictFileNames: false,
    })
  } catch (cause) {
    throw unreadable(filename, say('zip-incomplete', {}), {
      cause,
    })
  }
}

async function checkedEntries(zip: ZipFile, filename: string, limits: ZipLimits): Promise<Entry[]> {
  if (zip.entryCount > MOST_ENTRIES) {
    throw new Fault(
      'too-large',
      say('cannot-read', { filename, found: say('zip-of-many-files', { count: zip.entryCount, most: MOST_ENTRIES }) }),
    )
  }
  const entries = new Map<string, Entry>()
  let total = 0
  try {
    for await (const entry of zip.eachEntry()) {
      refuseEntry(entry, filename)
      if (entries.has(entry.fileName)) throw unreadable(filename, say('holds-twice', { name: quoted(entry.fileName) }))
      total += entry.uncompressedSize
      if (total > limits.totalBytes) throw tooLarge(filename, limits)
      if (!entry.fileName.endsWith('/')) entries.set(entry.fileName, entry)
    }
  } catch (error) {
    throw error instanceof Fault ? error : damaged(filename, error)
  }
  return [...entries.values()]
}

function refuseEntry(entry: Entry, filename: string): void {
  const name = quoted(entry.fileName)
  if (((entry.externalFileAttributes >>> 16) & FILE_TYPE) === SYMLINK) {
    throw unreadable(filename, say('zip-of-links', { name }))
  }
  if (entry.isEncrypted()) throw unreadable(filename, say('zip-encrypted', { name }))
  if (ARCHIVE.test(entry.fileName)) throw unreadable(filename, say('zip-of-archives', { name }))
  if (!entry.canDecodeFileData()) throw unreadable(filename, say('zip-of-unusual-way', { name }))
  if (entry.fileName.includes('\0') || entry.fileName.length > 255)
    throw unreadable(filename, say('file-name-unusable', { name }))
}

async function inflate(zip: ZipFile, entry: Entry, filename: string): Promise<Buffer> {
  // The declared size is within the limit. More bytes than that are an error.
  const file = Buffer.allocUnsafeSlow(entry.uncompressedSize)
  let length = 0
  try {
    for await (const chunk of await zip.openReadStreamPromise(entry)) {
      const part = chunk as Buffer
      if (length + part.length > file.length) throw new Error('longer than declared')
      file.set(part, length)
      length += part.length
    }
  } catch (error) {
    throw damaged(filename, error)
  }
  if (length !== file.length) throw damaged(filename, new Error('shorter than declared'))
  return file
}

function damaged(filename: string, cause: unknown): Fault {
  const reason = cause instanceof Error ? cause.message : ''
  const path = /^(?:invalid relative path|absolute path|invalid characters in fileName)/.test(reason)
  const found = path ? say('zip-leads-out', {}) : say('zip-damaged', {})
  return unreadable(filename, found, { cause })
}

function tooLarge(filename: string, limits: ZipLimits): Fault {
  return new Fault(
    'too-large',
    say('cannot-read', { filename, found: say('zip-too-large', { mib: Math.round(limits.totalBytes / 1048576) }) }),
  )
}
