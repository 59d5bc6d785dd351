import type { Reply } from './client.ts'

/** One request that is to be stopped on its way, at a point that a gate was told. */
export interface Held {
  /** Settles when a request has come there. */
  readonly arrived: Promise<unknown>
  /** Lets it go on, and every later one pass. */
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
 * Sends `request` and stops it at the point; while it stands there, `rival` goes through; then it is let go.
 * No time decides the order, only arrival.
 */
export async function interleave<T>(
  held: Held,
  request: () => Promise<Reply>,
  rival: () => Promise<T>,
): Promise<{ readonly reply: Reply; readonly rival: T }> {
  const reply = request()
  try {
    await Promise.race([
      held.arrived,
      reply.then(({ status, text }) => {
        throw new Error(`It was answered before it came to the gate: ${String(status)} ${text}`)
      }),
    ])
    const outcome = await rival()
    held.letGo()
    return { reply: await reply, rival: outcome }
  } finally {
    held.letGo()
  }
}

/**
 * Plays a round anew, each time with a session of its own, while the held request is told to come again: a machine that
 * stalls may hold it past the service's own deadlines.
 */
export async function untilTold<T extends { readonly reply: Reply }>(round: () => Promise<T>): Promise<T> {
  for (let played = 1; ; played += 1) {
    const outcome = await round()
    if (outcome.reply.status !== 503 || played === ROUNDS) return outcome
  }
}
