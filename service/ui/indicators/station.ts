import type { Column } from '../../features/replies/parts.ts'
import type { Bench } from '../bench.ts'
import { watchAll } from '../cell.ts'
import { byId, fill, h } from '../dom.ts'
import { Problem } from '../http.ts'
import { isWorking, working } from '../shell/working.ts'
import { words } from '../words/en.ts'
import { askAlike } from './alike.ts'
import { chosenOf, differencesFrom, LEAST, makeChoices, MOST, type Choice } from './choices.ts'
import { refusedCopiesOf } from './copies.ts'
import { groupsView } from './groups-view.ts'
import type { Alike } from './strong-pairs.ts'

/** The station Indicators: which columns the wards are ranked by, which way each points, and how much it counts. */
export function indicatorsStation({ state, acts, announce, noticesAt }: Bench): void {
  const { dataset, ranking, isStale } = state
  const choices = makeChoices()
  const { attempt, clear } = noticesAt('indicators-notices')
  const place = byId('indicators-content', HTMLElement)
  const advice = h('p', { class: 'quiet', id: 'indicator-advice', role: 'status' })
  const differs = h('div', {})
  const run = h('button', { type: 'submit', 'aria-describedby': 'indicator-advice' })
  const tables = h('div', { class: 'details' })
  const form = h('form', {}, h('div', { class: 'row run' }, run, advice), differs, tables)
  const columns = (): readonly Column[] => dataset.value?.columns ?? []
  const open = new Set<string>()
  let alike: readonly Alike[] = []
  let refusedCopies: readonly string[] = []

  form.addEventListener('submit', (event) => {
    event.preventDefault()
    void rank()
  })
  async function rank(): Promise<void> {
    const { choice, isReady } = chosenOf(columns(), choices)
    if (!isReady || isWorking(form)) return
    const isDone = await attempt((signal) =>
      working(form, words.indicators.ranking, () => acts.rank(choice, signal).catch(noteCopies(choice)), clear),
    )
    if (!isDone) return
    state.station.set('results')
    byId('results-title', HTMLElement).focus()
    announce(words.indicators.ranked)
  }
  /** Offers to take copies all the same when the service refuses them. */
  function noteCopies({ indicators }: Choice): (error: unknown) => never {
    return (error) => {
      refusedCopies = error instanceof Problem ? refusedCopiesOf(error, indicators) : []
      if (refusedCopies.length > 0) show()
      throw error
    }
  }

  const change = (): void => {
    refusedCopies = refusedCopies.filter((name) => chosenOf(columns(), choices).choice.indicators.includes(name))
    show()
    ask()
  }
  function show(): void {
    byId('indicators-empty', HTMLElement).hidden = dataset.value !== null
    place.hidden = dataset.value === null
    if (dataset.value === null) {
      tables.replaceChildren()
      differs.replaceChildren()
      return
    }
    fill(tables, ...groupsView(columns(), { choices, alike, refusedCopies, open, onChange: change, onWeigh: advise }))
    advise()
  }
  function advise(): void {
    const { choice, undirected, isUnweighted, isReady } = chosenOf(columns(), choices)
    const { indicators } = choice
    const text = words.indicators
    run.disabled = !isReady
    run.textContent = ranking.value === null ? text.rank : text.rankAgain
    advice.textContent =
      undirected.length > 0
        ? text.undirected(undirected)
        : isUnweighted
          ? text.weights.missing
          : text.count(indicators.length, isReady ? null : { least: LEAST, most: MOST })
    const analysis = ranking.value?.analysis
    const changes = analysis === undefined ? [] : differencesFrom(analysis, choice, text.changes)
    fill(
      differs,
      changes.length === 0 && !isStale.value
        ? null
        : h(
            'p',
            { class: 'notice stale' },
            isStale.value ? text.stale : '',
            ' ',
            changes.length === 0 ? '' : text.differ(changes),
          ),
    )
  }
  const { ask } = askAlike(
    state,
    noticesAt('alike-notices').attempt,
    () => chosenOf(columns(), choices).choice.indicators,
    (pairs) => {
      if (pairs.length === 0 && alike.length === 0) return
      alike = pairs
      show()
    },
  )
  ranking.watch((ranked) => {
    refusedCopies = []
    if (ranked !== null) choices.adopt(ranked.analysis)
  })
  dataset.watch((data) => {
    if (data === null) choices.forget()
  })
  watchAll([dataset, ranking, isStale], show)
  place.append(form)
}
