import { Fault } from '../domain/fault.ts'

/** Whose work it is. Nothing is kept of either once the work is done. */
export interface Owner {
  /** Names the session, so that one person's work waits behind their own. */
  readonly session: string
  /** Where the request came from. Sessions are free, so addresses take turns as well. */
  readonly address: string
}

export interface FairQueue {
  /**
   * Waits for a place and gives what lets go of it, to be called once.
   * @param signal takes it out of the queue again; the promise then rejects
   * @throws Fault `too-many` when the session has too much waiting, `busy` when all together have; both say when to
   * come back
   */
  enter(owner: Owner, signal: AbortSignal): Promise<() => void>
}

export interface FairQueueOptions {
  /** How much is worked on at a time. */
  readonly places: number
  /** How much of it may be one session's. By default all places but one, where there are several. */
  readonly placesOfSession?: number
  /** How much one session may have waiting: about what a page asks for at once. */
  readonly waitingOfSession?: number
  /** How much may wait altogether. */
  readonly waiting?: number
  /** Milliseconds, for the length of a wait. */
  readonly now?: () => number
}

/** A wait is told in whole seconds, and no longer than this. */
const LONGEST_WAIT_SECONDS = 60
/** How much the newest piece of work counts in the mean length of one. */
const NEWEST_SHARE = 0.1
/** What a piece of work is taken to last before the first has ended. */
const FIRST_GUESS_MS = 200

interface Waiter {
  readonly owner: Owner
  readonly begin: () => void
}

/**
 * Gives places in turn: the addresses one after the other, within an address its sessions one after the other, within a
 * session first come first served. So a session that sends much waits behind itself and takes nobody's turn.
 */
export function fairQueue(options: FairQueueOptions): FairQueue {
  const { places, placesOfSession = Math.max(1, places - 1), waitingOfSession = 8 } = options
  const { waiting: mostWaiting = 256, now = () => performance.now() } = options
  /** By address and session, in the order of their turns. What is empty is taken out. */
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

  /** Begins what may begin. An address and a session that had their turn go to the end of theirs. */
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
        throw new Fault(
          'too-many',
          `${ofSession} requests of this session are waiting for their turn already. Wait for their replies.`,
          { retryAfterSeconds: secondsFor(ofSession) },
        )
      if (waiting >= mostWaiting)
        throw new Fault('busy', 'Too much is being worked on at the moment; nothing was changed. Try again shortly.', {
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

/** What a request's work ends with when its client has left. */
export function gone(): Error {
  return new Error('The request was gone before its work was done')
}
