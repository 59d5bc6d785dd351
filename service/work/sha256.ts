import { createHash, hash } from 'node:crypto'
import { setImmediate } from 'node:timers/promises'

/** So much takes a few milliseconds. */
const SLICE = 1024 * 1024

/**
 * The SHA-256 of bytes that may be many. The event loop serves others between the slices: 64 MiB at once would hold it
 * for a quarter of a second on half a core, and WebCrypto, which works elsewhere, first copies them all here.
 */
export async function sha256(bytes: Uint8Array): Promise<Buffer> {
  if (bytes.length <= SLICE) return hash('sha256', bytes, 'buffer')
  const whole = createHash('sha256')
  for (let at = 0; at < bytes.length; at += SLICE) {
    whole.update(bytes.subarray(at, at + SLICE))
    await setImmediate()
  }
  return whole.digest()
}
