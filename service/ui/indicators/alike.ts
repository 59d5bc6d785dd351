import type { ChartReply } from '../../features/replies/charts.ts'
import { orNull } from '../acts.ts'
import { watchAll } from '../cell.ts'
import { call } from '../http.ts'
import type { Attempt } from '../shell/attempt.ts'
import { pause } from '../shell/pause.ts'
import type { State } from '../state.ts'
import { LEAST, MOST } from './choices.ts'
import { strongPairs, type Alike } from './strong-pairs.ts'

/** While several columns are ticked one after another, only the last choice is asked about. */
const PAUSE_MS = 300

/**
 * Asks the service which of the chosen columns measure much the same, whenever others are chosen while the station is
 * open.
 * @param namesNow the columns that are chosen
 * @param onKnown called with the pairs, and with none as soon as others are chosen
 */
export function askAlike(
  { station, dataset }: State,
  attempt: Attempt,
  namesNow: () => readonly string[],
  onKnown: (pairs: readonly Alike[]) => void,
): { readonly ask: () => void } {
  let asked = ''
  const ask = (): void => {
    const columns = namesNow()
    const key = JSON.stringify([dataset.value?.version, columns])
    if (station.value !== 'indicators' || dataset.value === null || key === asked) return
    asked = key
    onKnown([])
    if (columns.length < LEAST || columns.length > MOST) return
    void attempt(async (signal) => {
      await pause(PAUSE_MS, signal)
      const body = { kind: 'correlation', columns }
      // While a question about the data is open, nothing is said of them yet.
      const reply = await call('POST', '/api/charts', { body, signal }).catch((error: unknown) =>
        orNull(error, 'unsettled', 'no-data', 'stale'),
      )
      if (key === asked && reply !== null) onKnown(strongPairs(reply as ChartReply))
    })
  }
  watchAll([station, dataset], ask)
  return { ask }
}
