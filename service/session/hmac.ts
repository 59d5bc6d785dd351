import { hash } from 'node:crypto'

const BLOCK_BYTES = 64

/** HMAC-SHA-256 under one key. */
export type Hmac = (text: string) => Buffer

/**
 * HMAC-SHA-256 (RFC 2104) by two one-shot hashes over prepared pads. Node's own Hmac makes a native object a call,
 * which costs several times the hashing and again when it is collected; a session read takes three of them.
 * @param secret of any length; what it returns equals `createHmac('sha256', secret)` for every text
 */
export function hmacOf(secret: string | Buffer): Hmac {
  const bytes = Buffer.from(secret as string)
  const key = Buffer.alloc(BLOCK_BYTES)
  ;(bytes.length > BLOCK_BYTES ? hash('sha256', bytes, 'buffer') : bytes).copy(key)
  const innerPad = key.map((byte) => byte ^ 0x36)
  const outerPad = key.map((byte) => byte ^ 0x5c)
  return (text) => hash('sha256', Buffer.concat([outerPad, hash('sha256', Buffer.concat([innerPad, Buffer.from(text)]), 'buffer')]), 'buffer')
}
