import { Fault } from '../domain/fault.ts'
import { say } from '../domain/said.ts'

/** How many bytes of objects the requests of one task hold at a time. */
export interface Room {
  /**
   * Takes room for this many bytes. Returns the function that releases it, to be called once.
   * @throws Fault `busy` when other requests hold too much
   */
  take(bytes: number): () => void
}

/** A task has 1 GiB, of which one computation may take 384 MiB beside the bytes it is given. */
const MOST_BYTES = 256 * 1024 * 1024
/** Smaller objects are not counted, so that most people are still served beside large files. */
const FEW_BYTES = 1024 * 1024

/**
 * Its only memory is a sum. When nobody holds any room, one request may exceed the limit, so that no object is always
 * refused.
 */
export function openRoom(): Room {
  let taken = 0
  return {
    take(bytes) {
      if (bytes < FEW_BYTES) return () => undefined
      if (taken > 0 && taken + bytes > MOST_BYTES) throw new Fault('busy', say('files-too-large', {}))
      taken += bytes
      return () => {
        taken -= bytes
      }
    },
  }
}
