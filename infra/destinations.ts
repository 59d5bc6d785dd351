import { createHash } from 'node:crypto'

/** Where an SNS topic sends its messages. */
export interface Destination {
  readonly protocol: 'https' | 'sms' | 'email'
  readonly endpoint: string
}

/**
 * Recognises a destination by its form: the address of an on-call service (`https://...`), a telephone that takes
 * messages (`+2348012345678`), or a mail address. Undefined for anything else.
 */
export function destinationOf(text: string): Destination | undefined {
  if (/^https:\/\/[a-z0-9.-]+\.[a-z]{2,}(\/[\w./?=&%~+-]*)?$/i.test(text)) return { protocol: 'https', endpoint: text }
  if (/^\+[1-9]\d{6,14}$/.test(text)) return { protocol: 'sms', endpoint: text }
  if (/^[^@\s,]+@[^@\s,]+\.[a-z]{2,}$/i.test(text)) return { protocol: 'email', endpoint: text }
  return undefined
}

/**
 * A short name that stays with a destination. The address itself must not be in a name: that of an on-call service
 * holds a key. If names went by place in a list, a new destination at the front would take over another's subscription
 * and end it.
 */
export function destinationName({ protocol, endpoint }: Destination): string {
  return `${protocol}-${createHash('sha256').update(endpoint).digest('hex').slice(0, 8)}`
}
