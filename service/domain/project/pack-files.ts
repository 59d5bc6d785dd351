import { directoryEntry, endRecord, localHeader, STORED, UTF8, type ZipEntry } from './zip-records.ts'

/** A file whose size and CRC-32 are known before its first byte is read. */
export interface FileToPack {
  readonly name: string
  readonly bytes: number
  readonly crc: number
  readonly body: () => AsyncIterable<Uint8Array>
}

export interface PackedFiles {
  /** Of the whole ZIP. */
  readonly bytes: number
  readonly body: AsyncIterable<Uint8Array>
}

/**
 * A ZIP of files that are stored as they are, made while it is read. The files together must stay under 4 GiB, past
 * which a ZIP has another form.
 */
export function packFiles(files: readonly FileToPack[]): PackedFiles {
  const entries = files.map(({ name, bytes, crc, body }) => {
    const entry: ZipEntry = { name, flags: UTF8, method: STORED, crc, packedBytes: bytes, bytes }
    return { entry, header: localHeader(entry), body }
  })
  let offset = 0
  const directory = entries.map(({ entry, header }) => {
    const listed = directoryEntry(entry, offset)
    offset += header.length + entry.bytes
    return listed
  })
  const directoryBytes = directory.reduce((sum, { length }) => sum + length, 0)
  const end = endRecord(entries.length, directoryBytes, offset, 0)
  return { bytes: offset + directoryBytes + end.length, body: pieces() }

  async function* pieces(): AsyncGenerator<Uint8Array> {
    for (const { header, body } of entries) {
      yield header
      yield* body()
    }
    yield* directory
    yield end
  }
}
