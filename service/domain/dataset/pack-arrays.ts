type Numbers = Float64Array | Int32Array | Uint32Array | Uint16Array | Uint8Array

const LETTERS = 8
const START = 16
const MARK = '@'

/**
 * Packs a plain value with arrays of numbers in it as bytes, to be sealed and stored. The bytes hold eight letters for
 * the kind of value and its version, the length of a JSON text, the text, and then the arrays that the text refers to,
 * each at a multiple of eight bytes.
 */
export function packArrays(letters: string, value: unknown): Uint8Array {
  const arrays: { offset: number; numbers: Numbers }[] = []
  let length = 0
  const marked = replaceParts(value, (part) => {
    if (!isNumbers(part)) return undefined
    const mark = { [MARK]: [kindOf(part), length, part.length] }
    arrays.push({ offset: length, numbers: part })
    length += aligned(part.byteLength)
    return mark
  })
  const header = Buffer.from(JSON.stringify(marked))
  const begin = START + aligned(header.length)
  const packed = Buffer.alloc(begin + length)
  packed.write(letters, 0, 'latin1')
  packed.writeUInt32LE(header.length, LETTERS)
  header.copy(packed, START)
  for (const { offset, numbers } of arrays)
    packed.set(new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength), begin + offset)
  return packed
}

/** Whether `packArrays` wrote these bytes with the same letters. Another release may have written them with others. */
export function isPackedAs(letters: string, bytes: Uint8Array): boolean {
  return bytes.length >= START && Buffer.from(bytes.subarray(0, LETTERS)).toString('latin1') === letters
}

/**
 * Reads what `packArrays` wrote with the same letters.
 * @throws Error when the bytes are anything else: then something else stored them
 */
export function unpackArrays(letters: string, bytes: Uint8Array): unknown {
  const packed = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (!isPackedAs(letters, bytes)) throw new Error(`these bytes do not begin with ${letters}`)
  const headerLength = packed.readUInt32LE(LETTERS)
  const begin = START + aligned(headerLength)
  if (begin > packed.length) throw new Error('the packed bytes are cut off')
  const marked: unknown = JSON.parse(packed.toString('utf8', START, START + headerLength))
  return replaceParts(marked, (part) => {
    const mark = Object.hasOwn(part, MARK) ? (part as Record<string, unknown>)[MARK] : null
    return mark === null ? undefined : numbersAt(packed, begin, mark)
  })
}

/**
 * A copy of a plain value in which `replace` gave another object for some of its objects, in the order of the text.
 * Lists of texts and numbers are not copied. A function for JSON's own parser would be called for each of them.
 */
function replaceParts(value: unknown, replace: (part: object) => object | undefined): unknown {
  if (!isObject(value)) return value
  const other = replace(value)
  if (other !== undefined) return other
  if (Array.isArray(value)) return value.some(isObject) ? value.map((part) => replaceParts(part, replace)) : value
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, replaceParts(part, replace)]))
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}

function aligned(length: number): number {
  return Math.ceil(length / 8) * 8
}

function isNumbers(value: unknown): value is Numbers {
  return (
    value instanceof Float64Array ||
    value instanceof Int32Array ||
    value instanceof Uint32Array ||
    value instanceof Uint16Array ||
    value instanceof Uint8Array
  )
}

/** What a mark calls each kind of array, and how it is made of bytes of its own. */
const KINDS = {
  f64: { width: 8, from: (buffer: ArrayBuffer): Numbers => new Float64Array(buffer) },
  i32: { width: 4, from: (buffer: ArrayBuffer): Numbers => new Int32Array(buffer) },
  u32: { width: 4, from: (buffer: ArrayBuffer): Numbers => new Uint32Array(buffer) },
  u16: { width: 2, from: (buffer: ArrayBuffer): Numbers => new Uint16Array(buffer) },
  u8: { width: 1, from: (buffer: ArrayBuffer): Numbers => new Uint8Array(buffer) },
} as const

function kindOf(numbers: Numbers): keyof typeof KINDS {
  if (numbers instanceof Float64Array) return 'f64'
  if (numbers instanceof Int32Array) return 'i32'
  if (numbers instanceof Uint32Array) return 'u32'
  return numbers instanceof Uint16Array ? 'u16' : 'u8'
}

function numbersAt(packed: Buffer, begin: number, mark: unknown): Numbers {
  const [name, offset, length]: readonly unknown[] = Array.isArray(mark) ? (mark as readonly unknown[]) : []
  const kind = typeof name === 'string' && Object.hasOwn(KINDS, name) ? KINDS[name as keyof typeof KINDS] : null
  if (kind === null || !isCount(offset) || !isCount(length) || begin + offset + length * kind.width > packed.length)
    throw new Error('the packed bytes refer to numbers they do not hold')
  const { buffer } = new Uint8Array(packed.subarray(begin + offset, begin + offset + length * kind.width))
  return kind.from(buffer)
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0
}
