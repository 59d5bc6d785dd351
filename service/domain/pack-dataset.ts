import type { Dataset } from './dataset.ts'

type Numbers = Float64Array | Int32Array | Uint32Array | Uint8Array

/** The letters of a packed file: what it is, and which shape of it. */
const MAGIC = 'WARDSET1'
const START = 16
const MARK = '@'

/**
 * A dataset as bytes, to be sealed and stored: eight letters, the length of a JSON text, the text, then the arrays of
 * numbers it refers to, each at a multiple of eight.
 */
export function packDataset(dataset: Dataset): Uint8Array {
  const arrays: { offset: number; numbers: Numbers }[] = []
  let length = 0
  const header = Buffer.from(
    JSON.stringify(dataset, (_, value: unknown) => {
      if (!isNumbers(value)) return value
      const mark = { [MARK]: [kindOf(value), length, value.length] }
      arrays.push({ offset: length, numbers: value })
      length += aligned(value.byteLength)
      return mark
    }),
  )
  const begin = START + aligned(header.length)
  const packed = Buffer.alloc(begin + length)
  packed.write(MAGIC, 0, 'latin1')
  packed.writeUInt32LE(header.length, 8)
  header.copy(packed, START)
  for (const { offset, numbers } of arrays) packed.set(new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength), begin + offset)
  return packed
}

/** Reads what `packDataset` wrote. Throws an Error for anything else: such bytes were stored by something else. */
export function unpackDataset(bytes: Uint8Array): Dataset {
  const packed = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (packed.length < START || packed.toString('latin1', 0, 8) !== MAGIC) throw new Error('these bytes are no packed dataset')
  const headerLength = packed.readUInt32LE(8)
  const begin = START + aligned(headerLength)
  if (begin > packed.length) throw new Error('the packed dataset is cut off')
  const dataset = JSON.parse(packed.toString('utf8', START, START + headerLength), (_, value: unknown) => {
    const mark: unknown = typeof value === 'object' && value !== null && Object.hasOwn(value, MARK) ? (value as Record<string, unknown>)[MARK] : null
    return mark === null ? value : numbersAt(packed, begin, mark)
  }) as Dataset
  refuseMisfits(dataset)
  return dataset
}

function aligned(length: number): number {
  return Math.ceil(length / 8) * 8
}

function isNumbers(value: unknown): value is Numbers {
  return value instanceof Float64Array || value instanceof Int32Array || value instanceof Uint32Array || value instanceof Uint8Array
}

function kindOf(numbers: Numbers): string {
  return numbers instanceof Float64Array ? 'f64' : numbers instanceof Int32Array ? 'i32' : numbers instanceof Uint32Array ? 'u32' : 'u8'
}

function numbersAt(packed: Buffer, begin: number, mark: unknown): Numbers {
  const [kind, offset, length]: readonly unknown[] = Array.isArray(mark) ? (mark as readonly unknown[]) : []
  const width = kind === 'f64' ? 8 : kind === 'i32' || kind === 'u32' ? 4 : kind === 'u8' ? 1 : 0
  if (width === 0 || !isCount(offset) || !isCount(length) || begin + offset + length * width > packed.length) throw new Error('the packed dataset refers to numbers it does not hold')
  const { buffer } = new Uint8Array(packed.subarray(begin + offset, begin + offset + length * width))
  return kind === 'f64' ? new Float64Array(buffer) : kind === 'i32' ? new Int32Array(buffer) : kind === 'u32' ? new Uint32Array(buffer) : new Uint8Array(buffer)
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0
}

/** Every per-row and per-feature array must be as long as there are rows and features. */
function refuseMisfits({ table, boundaries, featureOfRow, matchedBy }: Dataset): void {
  const perRow = [table.labels, table.lines, table.keys.wardName, featureOfRow, matchedBy, ...table.columns.flatMap(({ numbers, codes }) => [numbers, codes])]
  const rowsFit = perRow.every((values) => values === null || values.length === table.rows)
  const featuresFit = boundaries === null || (boundaries.featureEnds.length === boundaries.features && featureOfRow.every((feature) => feature >= -1 && feature < boundaries.features))
  if (!rowsFit || !featuresFit) throw new Error('the packed dataset contradicts itself')
}
