import { fairQueue, type FairQueue, type Owner } from './fair-queue.ts'

/** Bounds what files, or anything else of a known size, hold of a task's memory while they are worked on. */
export interface FileRoom {
  /**
   * Runs `use`, which fetches and holds files of so many bytes in all, when it is their owner's turn. Large files are
   * held one at a time: four of the largest take more memory than a task has. `use` must not ask for room itself.
   * @param signal takes the work out of the queue again
   * @throws Fault `too-many` and `busy` when the queue is full; errors of `use` are passed on
   */
  hold<T>(bytes: number, owner: Owner, signal: AbortSignal, use: () => Promise<T>): Promise<T>
  /**
   * The same for what is held from one step to the next. Resolves to the function that gives the room back; when the
   * signal aborts, it is given back at the latest.
   * @throws Fault as `hold` does
   */
  enter(bytes: number, owner: Owner, signal: AbortSignal): Promise<() => void>
}

const LARGE_BYTES = 8 * 1024 * 1024
/** As many small files hold no more than a large one. */
const SMALL_PLACES = 8

export function openFileRoom(): FileRoom {
  const large = fairQueue({ places: 1 })
  const small = fairQueue({ places: SMALL_PLACES, placesOfSession: SMALL_PLACES })
  const queueFor = (bytes: number): FairQueue => (bytes > LARGE_BYTES ? large : small)
  return {
    async hold(bytes, owner, signal, use) {
      const leave = await queueFor(bytes).enter(owner, signal)
      try {
        return await use()
      } finally {
        leave()
      }
    },
    async enter(bytes, owner, signal) {
      const leave = await queueFor(bytes).enter(owner, signal)
      if (signal.aborted) leave()
      else signal.addEventListener('abort', leave, { once: true })
      return leave
    },
  }
}
