import type { InputsHash } from '../domain/dataset/inputs-hash.ts'
import type { Metrics } from '../metrics/metrics.ts'
import { violation, type ObjectStore } from './objects.ts'

/**
 * What is made from a session's own inputs and can be made again, with the number of its form. The number is raised
 * whenever the same inputs give other bytes, so that one name never means two things. An object with another number is
 * made again.
 */
const FORMATS = { datasets: 8, outlines: 4, descriptions: 5, readings: 3, certainties: 2 } as const

export type DerivedKind = keyof typeof FORMATS

/** One session's derived data, each named by what it was made from. No method takes an id of a session. */
export interface DerivedObjects {
  /**
   * @returns null when it was never made in today's form
   * @throws Fault `object-store-unavailable` when the store fails, or when the stored object was made from other inputs
   */
  read(kind: DerivedKind, inputs: InputsHash): Promise<Buffer | null>
  put(kind: DerivedKind, inputs: InputsHash, bytes: Uint8Array): Promise<void>
}

/** Sealed objects whose first bytes say what they were made from. */
export function derivedObjects(
  objects: Pick<ObjectStore, 'readSealed' | 'putSealed'>,
  metrics: Metrics,
): DerivedObjects {
  return {
    async read(kind, inputs) {
      const stored = await objects.readSealed(nameOf(kind, inputs))
      if (stored === null) return null
      const said = headOf(inputs)
      if (!stored.subarray(0, said.length).equals(said)) throw violation(metrics, 'hash')
      return stored.subarray(said.length)
    },
    async put(kind, inputs, bytes) {
      await objects.putSealed(nameOf(kind, inputs), Buffer.concat([headOf(inputs), bytes]))
    },
  }
}

function nameOf(kind: DerivedKind, inputs: InputsHash): string {
  return `${kind}/${String(FORMATS[kind])}-${inputs}`
}

/** 32 bytes, a multiple of eight, so that arrays of numbers after them stay aligned. */
function headOf(inputs: InputsHash): Buffer {
  return Buffer.from(inputs, 'base64url')
}
