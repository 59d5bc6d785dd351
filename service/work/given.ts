/** Bytes that their owner gives away to a job: they move to its thread instead of being copied. */
export class Given {
  #bytes: Uint8Array | null

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
  }

  /** @throws Error when they were already taken: two jobs cannot have the same bytes */
  take(): Uint8Array {
    const bytes = this.#bytes
    if (bytes === null) throw new Error('Cannot give these bytes to a job: another has them')
    this.#bytes = null
    return bytes
  }

  get length(): number {
    return this.#bytes?.length ?? 0
  }
}

/** The same bytes in memory that threads share: several jobs of one request read them without copies of their own. */
export function sharedCopy(bytes: Uint8Array): Uint8Array {
  const shared = new Uint8Array(new SharedArrayBuffer(bytes.length))
  shared.set(bytes)
  return shared
}

/** A job's input as its caller has it. Bytes are copied for a thread unless they are given away or shared. */
export type JobInput<Input> = Input extends Uint8Array
  ? Uint8Array | Given
  : Input extends readonly (infer Item)[]
    ? readonly JobInput<Item>[]
    : Input extends object
      ? { readonly [Key in keyof Input]: JobInput<Input[Key]> }
      : Input

/** How many bytes an input holds, at any depth. Text and numbers are not counted. */
export function bytesIn(input: unknown): number {
  if (input instanceof Uint8Array || input instanceof Given) return input.length
  if (typeof input !== 'object' || input === null) return 0
  return Object.values(input).reduce<number>((sum, inner) => sum + bytesIn(inner), 0)
}

/** The same input with its bytes unwrapped, for a job on this thread, which does not change them. */
export function inHand<Input>(input: JobInput<Input>): Input {
  return mapBytes(input, (bytes) => (bytes instanceof Given ? bytes.take() : bytes)) as Input
}

/**
 * The same input with bytes that nothing else holds, and their buffers, for a job on another thread. Shared bytes stay
 * as they are.
 */
export function handOver(input: unknown): { readonly message: unknown; readonly buffers: ArrayBuffer[] } {
  const buffers: ArrayBuffer[] = []
  const message = mapBytes(input, (bytes) => {
    if (bytes instanceof Uint8Array && bytes.buffer instanceof SharedArrayBuffer) return bytes
    const own = bytes instanceof Given ? wholeOrCopy(bytes.take()) : Uint8Array.from(bytes)
    buffers.push(own.buffer)
    return own
  })
  return { message, buffers }
}

/** Moving a view of part of a buffer would move the rest of the buffer too. */
function wholeOrCopy(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const isWhole = bytes.buffer instanceof ArrayBuffer && bytes.byteLength === bytes.buffer.byteLength
  return isWhole ? (bytes as Uint8Array<ArrayBuffer>) : Uint8Array.from(bytes)
}

function mapBytes(value: unknown, map: (bytes: Uint8Array | Given) => Uint8Array): unknown {
  if (value instanceof Uint8Array || value instanceof Given) return map(value)
  if (Array.isArray(value)) return value.map((item) => mapBytes(item, map))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, mapBytes(inner, map)]))
}
