import type { PlainKind } from '../domain/said.ts'

/** So many at once, and after that one more each `everyMs`. */
export interface Rate {
  readonly burst: number
  readonly everyMs: number
}

export interface RateLimit {
  /** What one person may do, or one session of nobody who has signed in. */
  readonly ofCaller?: Rate
  /**
   * What one network may do: an IPv4 address, or 64 bits of IPv6. A ministry may be behind one address, so this is what
   * all its people do when they begin at once. It only bounds what somebody gains by starting ever more sessions.
   */
  readonly ofNetwork: Rate
  /** The kind of the text for what is limited, after a number: `500 sessions`. */
  readonly what: PlainKind
}

/**
 * How much anybody may ask for. All tasks count together, in Redis. A journey at the page stays far below: it uploads
 * two files or a few more, and asks a question in several seconds.
 */
export const RATE_LIMITS = {
  'session-start': { ofNetwork: { burst: 500, everyMs: 50 }, what: 'limited-sessions' },
  'sign-in': {
    ofCaller: { burst: 20, everyMs: 6_000 },
    ofNetwork: { burst: 500, everyMs: 50 },
    what: 'limited-sign-ins',
  },
  upload: {
    ofCaller: { burst: 200, everyMs: 1_000 },
    ofNetwork: { burst: 10_000, everyMs: 10 },
    what: 'limited-uploads',
  },
  chat: {
    ofCaller: { burst: 300, everyMs: 1_000 },
    ofNetwork: { burst: 10_000, everyMs: 10 },
    what: 'limited-messages',
  },
} as const satisfies Record<string, RateLimit>

export type RateLimitName = keyof typeof RATE_LIMITS
