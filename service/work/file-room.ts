import { fairQueue, type Owner } from './fair-queue.ts'

/** Bounds what files hold of a task's memory while they are fetched, read and stored. */
export interface FileRoom {
  /**
   * Runs `use`, which fetches and holds files of so many bytes in all, when it is their owner's turn. Large files are
   * held one at a time: four of the largest take more memory than a task has. `use` must not ask for room itself.
   * @param signal takes the work out of the queue again
   * @throws Fault `too-many` and `busy` when the queue is full; errors of `use` are passed on
   */
  hold<T>(bytes: number, owner: Owner, signal: AbortSignal, use: () => Promise<T>): Promise<T>
}

const LARGE_BYTES = 8 * 1024 * 1024
/** As many small files hold no more than a large one. */
const SMALL_PLACES = 8

export function openFileRoom(): FileRoom {
  const large = fairQueue({ places: 1 })
  const small = fairQueue({ places: SMALL_PLACES, placesOfSession: SMALL_PLACES })
  return {
    async hold(bytes, owner, signal, use) {
      const leave = await (bytes > LARGE_BYTES ? large : small).enter(owner, signal)
      try {
        return await use()
      } finally {
        leave()
      }
    },
  }
}
