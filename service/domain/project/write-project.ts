import { hash } from 'node:crypto'
import { crc32, deflateRawSync } from 'node:zlib'
import { Fault } from '../fault.ts'
import { say } from '../said.ts'
import {
  MANIFEST,
  PROJECT_FORMAT,
  PROJECT_LIMITS,
  PROJECT_VERSION,
  RESULTS,
  type Manifest,
  type Part,
} from './contents.ts'
import { macOf, markLength, markText, type FileKey } from './project-mark.ts'
import { DEFLATED, directoryEntry, endRecord, localHeader, STORED, UTF8, type ZipEntry } from './zip-records.ts'

/** What the manifest says beside the parts. */
export type ManifestHead = Pick<Manifest, 'program' | 'savedAt' | 'dataVersion'>

/**
 * The bytes of a project file, piece by piece: a ZIP whose first entry is the manifest and whose comment is the mark.
 * Parts are deflated where that makes them smaller.
 * @throws Fault `too-large` past 256 MiB, 64 MiB of results or 2,000 entries
 */
export function writeProject(head: ManifestHead, parts: readonly Part[], key: FileKey): readonly Uint8Array[] {
  const manifest: Manifest = {
    format: PROJECT_FORMAT,
    version: PROJECT_VERSION,
    ...head,
    parts: parts.map(({ name, bytes }) => ({ name, bytes: bytes.length, sha256: hash('sha256', bytes, 'base64url') })),
  }
  const pieces: Uint8Array[] = []
  const directory: Uint8Array[] = []
  let [offset, results] = [0, 0]
  const add = (piece: Uint8Array): void => {
    pieces.push(piece)
    offset += piece.length
  }
  for (const part of [{ name: MANIFEST, bytes: Buffer.from(JSON.stringify(manifest)) }, ...parts]) {
    const { entry, data } = packed(part)
    directory.push(directoryEntry(entry, offset))
    add(localHeader(entry))
    add(data)
    results += part.name.startsWith(RESULTS) ? data.length : 0
  }
  const directoryOffset = offset
  directory.forEach(add)
  add(endRecord(directory.length, offset - directoryOffset, directoryOffset, markLength()))
  const isTooLarge =
    offset + markLength() > PROJECT_LIMITS.fileBytes ||
    results > PROJECT_LIMITS.resultBytes ||
    directory.length > PROJECT_LIMITS.entries
  if (isTooLarge) throw new Fault('too-large', say('project-file-too-large', {}))
  return [...pieces, Buffer.from(markText(key, macOf(key.key, pieces)))]
}

function packed({ name, bytes }: Part): { readonly entry: ZipEntry; readonly data: Uint8Array } {
  const deflated = deflateRawSync(bytes)
  const isSmaller = deflated.length < bytes.length
  const data = isSmaller ? deflated : bytes
  const entry = {
    name,
    flags: UTF8,
    method: isSmaller ? DEFLATED : STORED,
    crc: crc32(bytes),
    packedBytes: data.length,
    bytes: bytes.length,
  }
  return { entry, data }
}
