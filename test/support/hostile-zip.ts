import { deflateRawSync, crc32 } from 'node:zlib'

/** An entry of a ZIP as an attacker would write it: sizes, names and modes need not be true. */
export interface HostileEntry {
  readonly name: string
  readonly data: Uint8Array
  /** The unpacked size that the archive claims, when it is not the true one. */
  readonly declaredSize?: number
  /** Unix mode bits, for instance 0o120777 for a symbolic link. */
  readonly mode?: number
  /** The general purpose bits: 0x800 for UTF-8 names unless given. */
  readonly flags?: number
  /** 8, deflated, unless given. What is stored is deflated all the same. */
  readonly method?: number
  /** Bytes behind the deflated data, counted as a part of them. */
  readonly tail?: Uint8Array
  /** Bytes between this entry's data and the next header. */
  readonly after?: Uint8Array
  /** The name in the local header, when it is not the one in the directory. */
  readonly localName?: string
}

/** A ZIP of deflated entries with any names and sizes. */
export function hostileZip(entries: readonly HostileEntry[]): Uint8Array {
  const locals: Buffer[] = []
  const centrals: Buffer[] = []
  let offset = 0
  for (const entry of entries) {
    const { name, data, declaredSize = data.length, mode = 0o100644, flags = 0x800, method = 8 } = entry
    const { after = Buffer.alloc(0), tail = Buffer.alloc(0), localName = name } = entry
    const packed = Buffer.concat([deflateRawSync(data), tail])
    const title = Buffer.from(name)
    const shared = Buffer.alloc(26)
    shared.writeUInt16LE(20, 0)
    shared.writeUInt16LE(flags, 2)
    shared.writeUInt16LE(method, 4)
    shared.writeUInt32LE(crc32(data), 10)
    shared.writeUInt32LE(packed.length, 14)
    shared.writeUInt32LE(declaredSize, 18)
    shared.writeUInt16LE(title.length, 22)
    const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), shared, Buffer.from(localName), packed, after])
    const central = Buffer.alloc(46)
    central.write('PK\x01\x02', 0, 'latin1')
    central.writeUInt16LE((3 << 8) | 20, 4)
    shared.copy(central, 6)
    central.writeUInt32LE(mode * 0x10000, 38)
    central.writeUInt32LE(offset, 42)
    locals.push(local)
    centrals.push(central, title)
    offset += local.length
  }
  const directory = Buffer.concat(centrals)
  const end = Buffer.alloc(22)
  end.write('PK\x05\x06', 0, 'latin1')
  end.writeUInt16LE(entries.length, 8)
  end.writeUInt16LE(entries.length, 10)
  end.writeUInt32LE(directory.length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...locals, directory, end])
}
