import { STATIONS, type State, type Station } from '../state.ts'
import { numberOf, wardOfNumber } from '../wards/ward.ts'

/**
 * Keeps the address bar and the page in step: `#results` names the station, `#results/ward-12` also the ward that is
 * chosen, by its number in the order of the names. Nothing of the data and no id is in the address, since browsers keep
 * it after the session.
 */
export function followAddress(state: State): void {
  const { station, selected, ranking } = state
  /** The number of the address until there is a ranking that has it. */
  let wanted: number | null = null

  const read = (): void => {
    const [name = '', ward = ''] = location.hash.slice(1).split('/')
    const found = STATIONS.find((each) => each === name)
    if (found === undefined) return
    wanted = Number(/^ward-(\d{1,6})$/.exec(ward)?.[1] ?? 'none')
    if (Number.isNaN(wanted)) wanted = null
    station.set(found)
    choose()
  }
  const choose = (): void => {
    const wards = ranking.value?.wards ?? []
    if (wanted === null || wards.length === 0) return
    const ward = wardOfNumber(wards, wanted)
    wanted = null
    if (ward !== null) selected.set(ward)
  }
  const addressOf = (at: Station): string => {
    const ward = selected.value
    return ward === null ? `#${at}` : `#${at}/ward-${numberOf(ranking.value?.wards ?? [], ward)}`
  }
  read()
  addEventListener('hashchange', read)
  ranking.watch(choose)
  station.watch((at) => {
    if (location.hash.slice(1).split('/')[0] === at || (location.hash === '' && at === 'data')) return
    history.pushState(null, '', addressOf(at))
  })
  selected.watch(() => {
    if (wanted !== null || (location.hash === '' && selected.value === null)) return
    history.replaceState(null, '', addressOf(station.value))
  })
}
