import type { Reply } from './client.ts'

/** One request that a gate stops at a given point of its way. */
export interface Held {
  /** Settles when a request has arrived there. */
  readonly arrived: Promise<unknown>
  /** Lets it go on, and lets every later one pass. */
  letGo(): void
}

const ROUNDS = 6

/** A held request as its gate sees it. */
export interface Barrier extends Held {
  arrive(): void
  /** Settles when it is let go. */
  readonly opened: Promise<unknown>
}

export function barrier(): Barrier {
  const arrival = Promise.withResolvers<undefined>()
  const opening = Promise.withResolvers<undefined>()
  return {
    arrived: arrival.promise,
    opened: opening.promise,
    arrive: () => {
      arrival.resolve(undefined)
    },
    letGo: () => {
      opening.resolve(undefined)
    },
  }
}

/**
 * Sends `request` and stops it at the point. While it waits there, `rival` goes through; then it goes on.
 * Arrival decides the order, never time.
 */
export async function interleave<T>(
  held: Held,
  request: () => Promise<Reply>,
  rival: () => Promise<T>,
): Promise<{ readonly reply: Reply; readonly rival: T }> {
  try {
    const { reply } = await sendTo(held, request)
    const outcome = await rival()
    held.letGo()
    return { reply: await reply, rival: outcome }
  } finally {
    held.letGo()
  }
}

/**
 * Sends `request` and waits until it is held. On a stalled machine it may be told to come again before it gets there:
 * then it is sent again.
 */
export async function sendTo(held: Held, request: () => Promise<Reply>): Promise<{ readonly reply: Promise<Reply> }> {
  for (let sent = 1; ; sent += 1) {
    const reply = request()
    const early = await Promise.race([held.arrived.then(() => null), reply])
    if (early === null) return { reply }
    if (early.status !== 503 || sent === ROUNDS)
      throw new Error(`It was answered before it came to the gate: ${String(early.status)} ${early.text}`)
  }
}

/**
 * Repeats a round, each time with a new session, while the held request is told to come again: a stalled machine may
 * hold it past the service's own deadlines.
 */
export async function untilTold<T extends { readonly reply: Reply }>(round: () => Promise<T>): Promise<T> {
  for (let played = 1; ; played += 1) {
    const outcome = await round()
    if (outcome.reply.status !== 503 || played === ROUNDS) return outcome
  }
}
