import { createHmac, timingSafeEqual } from 'node:crypto'

/** The key of one project file: derived from a secret of the service and a nonce that stands in the file. */
export interface FileKey {
  /** Which secret of which service it comes from. */
  readonly id: string
  readonly nonce: string
  readonly key: string
}

/** What the comment at the end of the ZIP says. */
export interface Mark {
  readonly id: string
  readonly nonce: string
  readonly mac: string
}

const FORM = /^chatmrpt-project-mark 1 ([A-Za-z0-9_-]{8}) ([A-Za-z0-9_-]{22}) ([A-Za-z0-9_-]{43})$/

/** The comment of the ZIP. */
export function markText({ id, nonce }: Pick<Mark, 'id' | 'nonce'>, mac: string): string {
  return `chatmrpt-project-mark 1 ${id} ${nonce} ${mac}`
}

/** The length of every mark in bytes, known before the mark is. */
export function markLength(): number {
  return markText({ id: 'x'.repeat(8), nonce: 'x'.repeat(22) }, 'x'.repeat(43)).length
}

/** Null when the text is not a mark of this form. */
export function readMark(comment: string): Mark | null {
  const [, id, nonce, mac] = FORM.exec(comment) ?? []
  return id === undefined || nonce === undefined || mac === undefined ? null : { id, nonce, mac }
}

/**
 * HMAC-SHA-256 of every byte of the file before the mark, as 43 characters of base64url. So no byte of the file can
 * change without a change of the mark, whether a reader uses that byte or not.
 */
export function macOf(key: string, covered: Iterable<Uint8Array>): string {
  const hmac = createHmac('sha256', key)
  for (const bytes of covered) hmac.update(bytes)
  return hmac.digest('base64url')
}

/** Whether the mark was made of these bytes with this key. */
export function isMarked(mark: Mark, key: string, covered: Uint8Array): boolean {
  return timingSafeEqual(Buffer.from(macOf(key, [covered])), Buffer.from(mark.mac))
}
