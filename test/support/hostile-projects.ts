import { hash } from 'node:crypto'
import { unzipSync, zipSync } from 'fflate'
import { hostileZip, type HostileEntry } from './hostile-zip.ts'

/** A project file that must be refused, and what the refusal says. */
export interface HostileProject {
  readonly name: string
  readonly bytes: Uint8Array
  readonly says: RegExp
  /** The last part of the problem's type: `unreadable-file` unless given. */
  readonly problem?: 'too-large'
}

/** The parts of a project file, by name, as another program unpacks them. */
export type Parts = Readonly<Record<string, Uint8Array>>

type Json = Record<string, unknown>
interface ManifestJson extends Json {
  readonly parts: readonly { readonly name: string; readonly bytes: number; readonly sha256: string }[]
}

export function partsOf(project: Uint8Array): Parts {
  return unzipSync(project)
}

export function jsonOf<T = Json>(parts: Parts, name: string): T {
  return JSON.parse(Buffer.from(parts[name] ?? []).toString()) as T
}

/** The parts with one of them as other JSON. */
export function withJson(parts: Parts, name: string, change: (json: Json) => unknown): Parts {
  return { ...parts, [name]: Buffer.from(JSON.stringify(change(jsonOf(parts, name)))) }
}

/** The entries of a project file of these parts, whose manifest fits them, the manifest first. */
export function entriesOf(parts: Parts, change: (manifest: ManifestJson) => Json = (same) => same): HostileEntry[] {
  const { 'manifest.json': _, ...others } = parts
  const manifest = change({
    ...jsonOf(parts, 'manifest.json'),
    parts: Object.entries(others).map(([name, data]) => ({
      name,
      bytes: data.length,
      sha256: hash('sha256', data, 'base64url'),
    })),
  })
  return [
    { name: 'manifest.json', data: Buffer.from(JSON.stringify(manifest)) },
    ...Object.entries(others).map(([name, data]) => ({ name, data })),
  ]
}

/** A whole project file of these parts, without a mark. */
export function projectOf(parts: Parts, change?: (manifest: ManifestJson) => Json): Uint8Array {
  return hostileZip(entriesOf(parts, change))
}

/**
 * Hostile project files, each made from a good one by one change.
 * @param project with a ward table, boundaries, two analyses and named, unnamed and locked plans
 */
export function hostileProjects(project: Uint8Array): readonly HostileProject[] {
  const parts = partsOf(project)
  const contents = (change: (json: Json) => unknown): Uint8Array => projectOf(withJson(parts, 'contents.json', change))
  const listIn = (json: Json, name: string): Json[] => json[name] as Json[]
  const firstOf = (name: string, more: Json) => (json: Json) => {
    const [first, ...rest] = listIn(json, name)
    return { ...json, [name]: [{ ...first, ...more }, ...rest] }
  }
  const entries = entriesOf(parts)
  const [manifest, ...others] = entries
  if (manifest === undefined) throw new Error('A project file has a manifest')
  const one = (change: Partial<HostileEntry>): Uint8Array =>
    hostileZip(entries.map((entry) => (entry.name === 'contents.json' ? { ...entry, ...change } : entry)))
  const more = (...added: readonly HostileEntry[]): Uint8Array => hostileZip([...entries, ...added])
  const plain = Buffer.from(projectOf(parts))
  const patched = (change: (bytes: Buffer, end: number) => void): Uint8Array => {
    const bytes = Buffer.from(plain)
    change(bytes, bytes.length - 22)
    return bytes
  }
  const tiny = { data: Buffer.from('x') }
  const zeros = Buffer.alloc(64 * 1024 * 1024)
  const name = 'inputs/001.csv'
  const bomb = zipSync({ 'xl/workbook.xml': zeros, '[Content_Types].xml': new Uint8Array(10) })
  return [
    { name: 'nothing at all but a text', bytes: Buffer.from('ward,score'), says: /not a whole project file/ },
    { name: 'a picture', bytes: Buffer.from('\x89PNG\r\n\x1a\n'.repeat(40), 'latin1'), says: /not a whole project/ },
    { name: 'a ZIP of other things', bytes: zipSync({ 'a.txt': tiny.data }), says: /"a.txt" is not a part/ },
    { name: 'cut off in the middle', bytes: plain.subarray(0, plain.length >> 1), says: /cut off/ },
    { name: 'cut off by one byte', bytes: plain.subarray(0, -1), says: /cut off/ },
    { name: 'data after the end', bytes: Buffer.concat([plain, tiny.data]), says: /something follows its end/ },
    { name: 'data before the beginning', bytes: Buffer.concat([tiny.data, plain]), says: /not where its end says/ },
    {
      name: 'a comment that is not a mark',
      bytes: Buffer.concat([
        patched((bytes, end) => {
          bytes.writeUInt16LE(5, end + 20)
        }),
        Buffer.from('hello'),
      ]),
      says: /comment is not a mark/,
    },
    {
      name: 'two ends, the first in the comment of the second',
      bytes: Buffer.concat([
        patched((bytes, end) => {
          bytes.writeUInt16LE(22, end + 20)
        }),
        plain.subarray(-22),
      ]),
      says: /ends twice/,
    },
    { name: 'an entry unpacks to more than it says', bytes: one({ declaredSize: 10 }), says: /more than it says/ },
    { name: 'an entry unpacks to less than it says', bytes: one({ declaredSize: 400_000 }), says: /damaged/ },
    {
      name: 'a bomb that hides its size',
      bytes: hostileZip(entries.map((each) => (each.name === name ? { ...each, data: zeros, declaredSize: 9 } : each))),
      says: /unpacks to more than it says/,
    },
    {
      name: 'a bomb that declares its size',
      bytes: more({ ...tiny, name: 'inputs/900.csv', declaredSize: 0x30000000 }),
      says: /more than 128 MiB unpacked/,
      problem: 'too-large',
    },
    {
      name: 'a bomb in nine parts',
      bytes: more(
        ...Array.from({ length: 9 }, (_, at) => ({
          ...tiny,
          name: `inputs/90${String(at)}.csv`,
          declaredSize: 120 * 1024 * 1024,
        })),
      ),
      says: /more than 1 GiB/,
      problem: 'too-large',
    },
    {
      name: 'bytes behind the deflated data of an entry',
      bytes: one({ tail: Buffer.from('hidden') }),
      says: /"contents.json" is damaged/,
    },
    {
      name: 'a workbook that is a bomb among its inputs',
      bytes: projectOf(
        withJson(
          { ...parts, [name]: bomb },
          'contents.json',
          firstOf('files', { role: 'wards', filename: 'wards.xlsx', choices: {} }),
        ),
      ),
      says: /"wards.xlsx" cannot be used/,
    },
    { name: 'an archive within the archive', bytes: more({ ...tiny, name: 'more.zip' }), says: /archive within/ },
    { name: 'an absolute path', bytes: more({ ...tiny, name: '/etc/passwd' }), says: /leads out of/ },
    { name: 'a path upwards', bytes: more({ ...tiny, name: 'inputs/../../x.csv' }), says: /leads out of/ },
    { name: 'a path upwards with backslashes', bytes: more({ ...tiny, name: '..\\x.csv' }), says: /leads out of/ },
    { name: 'a drive letter', bytes: more({ ...tiny, name: 'C:x.csv' }), says: /leads out of/ },
    { name: 'a name with a zero byte', bytes: more({ ...tiny, name: 'inputs/001\0.csv' }), says: /leads out of/ },
    { name: 'a name of 60,000 letters', bytes: more({ ...tiny, name: 'x'.repeat(60_000) }), says: /not a part/ },
    { name: 'a folder', bytes: more({ data: Buffer.alloc(0), name: 'inputs/' }), says: /not a part/ },
    { name: 'a symbolic link', bytes: one({ mode: 0o120777 }), says: /symbolic link/ },
    { name: 'a device', bytes: one({ mode: 0o060644 }), says: /not packed by ChatMRPT/ },
    { name: 'an encrypted entry', bytes: one({ flags: 0x801 }), says: /encrypted/ },
    { name: 'sizes behind the data', bytes: one({ flags: 0x808 }), says: /not packed by ChatMRPT/ },
    { name: 'an unusual compression', bytes: one({ method: 12 }), says: /not packed by ChatMRPT/ },
    { name: 'deflated data that say they are stored', bytes: one({ method: 0 }), says: /does not have the size/ },
    { name: 'the same name twice', bytes: hostileZip([...entries, manifest]), says: /"manifest.json" twice/ },
    { name: 'two names for one entry', bytes: one({ localName: 'contentz.json' }), says: /two headers of/ },
    { name: 'bytes between two entries', bytes: one({ after: tiny.data }), says: /overlaps another entry/ },
    {
      name: 'two entries that share their data',
      bytes: patched((bytes) => {
        const second = bytes.lastIndexOf('PK\x01\x02', undefined, 'latin1')
        bytes.writeUInt32LE(0, second + 42)
      }),
      says: /two headers of|overlaps another entry/,
    },
    {
      name: 'bytes between the entries and the directory',
      bytes: hostileZip(entries.map((each, at) => (at === entries.length - 1 ? { ...each, after: tiny.data } : each))),
      says: /bytes between its entries/,
    },
    {
      name: 'fewer entries than the end says',
      bytes: patched((bytes, end) => {
        bytes.writeUInt16LE(entries.length + 1, end + 8)
        bytes.writeUInt16LE(entries.length + 1, end + 10)
      }),
      says: /fewer entries than its end says/,
    },
    {
      name: 'more entries than the end says',
      bytes: patched((bytes, end) => {
        bytes.writeUInt16LE(entries.length - 1, end + 8)
        bytes.writeUInt16LE(entries.length - 1, end + 10)
      }),
      says: /more in it than its entries/,
    },
    {
      name: 'a file of several disks',
      bytes: patched((bytes, end) => {
        bytes.writeUInt16LE(1, end + 4)
      }),
      says: /how many entries/,
    },
    {
      name: 'a ZIP64 file without a ZIP64 record',
      bytes: patched((bytes, end) => {
        bytes.writeUInt32LE(0xffffffff, end + 16)
      }),
      says: /ZIP64/,
    },
    { name: 'an entry with a ZIP64 size', bytes: one({ declaredSize: 0xffffffff }), says: /ZIP64 size/ },
    {
      name: '2,001 entries',
      bytes: hostileZip(
        Array.from({ length: 2_001 }, (_, at) => ({ ...tiny, name: `inputs/${String(at).padStart(4, '0')}.csv` })),
      ),
      says: /2001 entries/,
      problem: 'too-large',
    },
    {
      name: 'contents of more than half a mebibyte',
      bytes: contents((json) => ({ ...json, filler: 'x'.repeat(600_000) })),
      says: /512 KiB/,
      problem: 'too-large',
    },
    { name: 'without a manifest', bytes: hostileZip(others), says: /"manifest.json" is missing/ },
    {
      name: 'without contents',
      bytes: hostileZip(entries.filter((each) => each.name !== 'contents.json')),
      says: /"contents.json" is missing/,
    },
    {
      name: 'without an input that the manifest names',
      bytes: hostileZip(entries.filter((each) => each.name !== name)),
      says: /inputs\/001.csv is missing/,
    },
    {
      name: 'a wrong hash in the manifest',
      bytes: projectOf(parts, (said) => ({
        ...said,
        parts: said.parts.map((part) => (part.name === name ? { ...part, sha256: 'A'.repeat(43) } : part)),
      })),
      says: /SHA-256 differs/,
    },
    {
      name: 'an input that was exchanged',
      bytes: hostileZip(entries.map((each) => (each.name === name ? { ...each, data: Buffer.from('a,b') } : each))),
      says: /SHA-256 differs/,
    },
    {
      name: 'a part that the manifest does not name',
      bytes: more({ ...tiny, name: 'inputs/099.csv' }),
      says: /inputs\/099.csv is not in manifest.json/,
    },
    {
      name: 'a part that nothing uses',
      bytes: projectOf({ ...parts, 'inputs/099.csv': tiny.data }),
      says: /does not use the part "inputs\/099.csv"/,
    },
    {
      name: 'a form of a later version',
      bytes: projectOf(parts, (said) => ({ ...said, version: 2, news: true })),
      says: /version 2, and this release reads version 1/,
    },
    {
      name: 'another format',
      bytes: projectOf(parts, (said) => ({ ...said, format: 'x' })),
      says: /manifest.json, at/,
    },
    {
      name: 'an unknown property of the manifest',
      bytes: projectOf(parts, (said) => ({ ...said, trusted: true })),
      says: /\/trusted: is not known here/,
    },
    {
      name: 'contents that are not JSON',
      bytes: projectOf({ ...parts, 'contents.json': Buffer.from('{"files":') }),
      says: /contents.json is not JSON/,
    },
    {
      name: 'contents of 100,000 lists in each other',
      bytes: projectOf({ ...parts, 'contents.json': Buffer.from('['.repeat(100_000) + ']'.repeat(100_000)) }),
      says: /contents.json/,
    },
    {
      name: 'contents with a prototype',
      bytes: projectOf({ ...parts, 'contents.json': Buffer.from('{"__proto__": {"files": []}}') }),
      says: /contents.json is not JSON/,
    },
    {
      name: 'the id of a session',
      bytes: contents((json) => ({ ...json, sessionId: 'A'.repeat(32) })),
      says: /\/sessionId: is not known here/,
    },
    {
      name: 'the id of a plan',
      bytes: contents(firstOf('plans', { id: 'A'.repeat(32) })),
      says: /\/plans\/0\/id: is not known here/,
    },
    {
      name: 'the id of an analysis in a plan',
      bytes: contents(firstOf('plans', { analysis: 'A'.repeat(32) })),
      says: /\/plans\/0\/analysis/,
    },
    {
      name: 'a plan of an analysis that is not there',
      bytes: contents(firstOf('plans', { analysis: 7 })),
      says: /plan 1 names no analysis/,
    },
    {
      name: 'a plan without an analysis that is not locked',
      bytes: contents(firstOf('plans', { analysis: null, lockedAt: undefined })),
      says: /plan 1 names no analysis/,
    },
    {
      name: 'somebody who locked a plan that is not locked',
      bytes: contents(firstOf('plans', { lockedAt: undefined, lockedBy: 'Somebody' })),
      says: /plan 1 says who locked it, and it is not locked/,
    },
    {
      name: 'somebody with a name of 201 letters who locked a plan',
      bytes: contents(firstOf('plans', { lockedBy: 'n'.repeat(201) })),
      says: /\/plans\/0\/lockedBy/,
    },
    {
      name: 'a plan of fewer nets than none',
      bytes: contents(firstOf('plans', { options: { totalNets: -1 } })),
      says: /\/plans\/0\/options\/totalNets/,
    },
    {
      name: 'an object of the store in place of a part',
      bytes: contents(firstOf('files', { object: { name: 'raw_data.csv', versionId: 'x' } })),
      says: /\/files\/0\/object: is not known here/,
    },
    {
      name: 'a role that no file has',
      bytes: contents(firstOf('files', { role: 'project' })),
      says: /\/files\/0\/role/,
    },
    {
      name: 'a filename with a path',
      bytes: contents(firstOf('files', { filename: '../wards.csv' })),
      says: /\/files\/0\/filename/,
    },
    {
      name: 'a part that is used twice',
      bytes: contents((json) => ({ ...json, files: [...listIn(json, 'files'), listIn(json, 'files')[0]] })),
      says: /part "inputs\/001.csv" twice/,
    },
    {
      name: 'a column of an unknown kind',
      bytes: contents(firstOf('files', { choices: { columns: { WardName: 'formula' } } })),
      says: /\/files\/0\/choices\/columns/,
    },
    {
      name: 'settled matches of wards that are not there',
      bytes: contents((json) => ({ ...json, settled: { accepted: [{ row: 9_999, feature: 0 }], refused: [] } })),
      says: /settled matches cannot be used/,
    },
    {
      name: 'an analysis by a column that is not there',
      bytes: contents(firstOf('analyses', { options: { indicators: ['nothing', '=1+1'] } })),
      says: /analysis 1 cannot be used/,
    },
    {
      name: 'test positivity without a facility table',
      bytes: contents((json) => ({
        ...json,
        positivity: [{ facilityLevel: 'all', age: 'u5', method: 'rdt' }],
      })),
      says: /test positivity cannot be used/,
    },
    {
      name: 'an input that is no table',
      bytes: projectOf({ ...parts, [name]: Buffer.from([0, 1, 2, 3, 0, 255, 254]) }),
      says: /file "kano wards.csv" cannot be used/,
    },
  ]
}
