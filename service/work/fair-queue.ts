import { Fault } from '../domain/fault.ts'
import { say } from '../domain/said.ts'

/** Whose work it is. Neither field is kept once the work is done. */
export interface Owner {
  /** Names the session, so that one person's work waits behind their own. */
  readonly session: string
  /** Where the request came from. Sessions are free, so addresses take turns as well. */
  readonly address: string
}

export interface FairQueue {
  /**
   * Waits for a place. Resolves to the function that releases it, to be called once.
   * @param signal takes the work out of the queue again; the promise then rejects
   * @throws Fault `too-many` when the session has too much work waiting, `busy` when all sessions together have; both
   * say when to try again
   */
  enter(owner: Owner, signal: AbortSignal): Promise<() => void>
}

export interface FairQueueOptions {
  /** How many pieces of work run at a time. */
  readonly places: number
  /** How many of them may belong to one session. Default: all but one, or one when there is only one. */
  readonly placesOfSession?: number
  /** How many pieces of work one session may have waiting: about what a page asks for at once. */
  readonly waitingOfSession?: number
  /** How many pieces of work may wait in all. */
  readonly waiting?: number
  /** The current time in milliseconds, to estimate waits. */
  readonly now?: () => number
}

/** The longest wait reported, in whole seconds. */
const LONGEST_WAIT_SECONDS = 60
/** The weight of the newest piece of work in the mean duration. */
const NEWEST_SHARE = 0.1
/** The assumed duration of a piece of work before the first has ended. */
const FIRST_GUESS_MS = 200

interface Waiter {
  readonly owner: Owner
  readonly begin: () => void
}

/**
 * Gives places in turn: first by address, then by session within an address, then first come, first served within a
 * session. So a session that sends much work waits behind its own and does not take anyone else's turn.
 */
export function fairQueue(options: FairQueueOptions): FairQueue {
  const { places, placesOfSession = Math.max(1, places - 1), waitingOfSession = 8 } = options
  const { waiting: mostWaiting = 256, now = () => performance.now() } = options
  /** Waiting work by address and session, in the order of their turns. Empty entries are removed. */
  const lines = new Map<string, Map<string, Waiter[]>>()
  const held = new Map<string, number>()
  let taken = 0
  let waiting = 0
  let meanMs = FIRST_GUESS_MS

  const secondsFor = (ahead: number): number =>
    Math.min(LONGEST_WAIT_SECONDS, Math.max(1, Math.ceil((ahead * meanMs) / places / 1_000)))
  const heldBy = ({ session }: Owner): number => held.get(session) ?? 0

  const hold = (owner: Owner): (() => void) => {
    const begin = now()
    taken += 1
    held.set(owner.session, heldBy(owner) + 1)
    let isHeld = true
    return () => {
      if (!isHeld) return
      isHeld = false
      taken -= 1
      if (heldBy(owner) === 1) held.delete(owner.session)
      else held.set(owner.session, heldBy(owner) - 1)
      meanMs += NEWEST_SHARE * (now() - begin - meanMs)
      serve()
    }
  }

  /** Starts the work that may start. An address and a session that had their turn go to the end of their queues. */
  const serve = (): void => {
    for (let next = nextWaiter(); taken < places && next !== undefined; next = nextWaiter()) {
      remove(next)
      putLast(lines, next.owner.address)
      putLast(lines.get(next.owner.address), next.owner.session)
      next.begin()
    }
  }
  const nextWaiter = (): Waiter | undefined => {
    for (const sessions of lines.values())
      for (const [first] of sessions.values())
        if (first !== undefined && heldBy(first.owner) < placesOfSession) return first
    return undefined
  }
  const add = (waiter: Waiter): void => {
    const { address, session } = waiter.owner
    const sessions = lines.get(address) ?? new Map<string, Waiter[]>()
    lines.set(address, sessions)
    sessions.set(session, [...(sessions.get(session) ?? []), waiter])
    waiting += 1
  }
  const remove = (waiter: Waiter): void => {
    const { address, session } = waiter.owner
    const sessions = lines.get(address)
    const left = sessions?.get(session)?.filter((other) => other !== waiter) ?? []
    waiting -= 1
    if (left.length > 0) sessions?.set(session, left)
    else sessions?.delete(session)
    if (sessions?.size === 0) lines.delete(address)
  }

  return {
    async enter(owner, signal) {
      if (signal.aborted) throw gone()
      const ofSession = lines.get(owner.address)?.get(owner.session)?.length ?? 0
      if (ofSession >= waitingOfSession)
        throw new Fault('too-many', say('too-many-waiting', { waiting: ofSession }), {
          retryAfterSeconds: secondsFor(ofSession),
        })
      if (waiting >= mostWaiting)
        throw new Fault('busy', say('too-much-at-work', {}), {
          retryAfterSeconds: secondsFor(waiting),
        })
      return new Promise((resolve, reject) => {
        const leave = (): void => {
          remove(waiter)
          reject(gone())
        }
        const waiter: Waiter = {
          owner,
          begin() {
            signal.removeEventListener('abort', leave)
            resolve(hold(owner))
          },
        }
        signal.addEventListener('abort', leave, { once: true })
        add(waiter)
        serve()
      })
    },
  }
}

function putLast<Value>(map: Map<string, Value> | undefined, key: string): void {
  const value = map?.get(key)
  if (map === undefined || value === undefined) return
  map.delete(key)
  map.set(key, value)
}

/** The error of work whose client has left. */
export function gone(): Error {
  return new Error('The request was gone before its work was done')
}
