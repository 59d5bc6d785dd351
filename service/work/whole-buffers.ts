/**
 * The buffers of a message that move to the other thread instead of being copied. The sender cannot use them
 * afterwards.
 */
export function wholeBuffers(message: unknown): ArrayBuffer[] {
  if (message instanceof Uint8Array) {
    const isWhole = message.buffer instanceof ArrayBuffer && message.byteLength === message.buffer.byteLength
    return isWhole ? [message.buffer] : []
  }
  return typeof message === 'object' && message !== null ? Object.values(message).flatMap(wholeBuffers) : []
}
