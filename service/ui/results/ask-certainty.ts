import type { CertaintyReply } from '../../features/replies/certainty.ts'
import { stream } from '../http.ts'
import type { Notices } from '../shell/notices.ts'
import type { State } from '../state.ts'

/** Works out how sure the order of the ranking is, once, and shows how far that is. */
export interface CertaintyAsker {
  readonly ask: () => void
  /** Gives it up. It can be asked for again. */
  readonly stop: () => void
}

export function certaintyAsker(state: State, { attempt, clear }: Notices): CertaintyAsker {
  let isRunning = false
  const ask = (): void => {
    const analysis = state.ranking.value?.analysis
    if (isRunning || analysis === undefined || state.certainty.value !== null || state.isStale.value) return
    isRunning = true
    state.certaintyShare.set(0)
    void attempt(async (signal) => {
      for await (const { name, data } of stream(`/api/analyses/${analysis.id}/certainty`, {}, signal)) {
        if (name === 'progress') {
          const { done, steps } = data as { done: number; steps: number }
          state.certaintyShare.set(done / steps)
        }
        // Another ranking may be shown by now.
        if (name === 'certainty' && state.ranking.value?.analysis.id === analysis.id)
          state.certainty.set(data as CertaintyReply)
      }
    }).finally(() => {
      isRunning = false
      state.certaintyShare.set(null)
    })
  }
  return { ask, stop: clear }
}
