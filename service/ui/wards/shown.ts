import { cell, watchAll, type Cell } from '../cell.ts'
import { classify, type Classes } from '../map/classes.ts'
import { layersOf, TIER_LAYER, type Layer } from '../map/layers.ts'
import type { State } from '../state.ts'
import { filterWards } from './filter.ts'
import { lgasOf, type Ranking, type Ward } from './ward.ts'

/** What map, tables, counts and files show alike. */
export interface Shown {
  readonly ranking: Ranking
  readonly layers: readonly Layer[]
  readonly layer: Layer
  readonly classes: Classes
  /** The wards that the filter leaves, from most to least at risk. */
  readonly wards: readonly Ward[]
  readonly lgas: readonly string[]
}

/** Keeps what is shown in step with the ranking, the layer and the filter. It is null without a ranking. */
export function followShown(state: State): Cell<Shown | null> {
  const { ranking, certainty, plan, netsCertainty, answerLayer, layerId, filter } = state
  const shown = cell<Shown | null>(null)
  watchAll([ranking, certainty, plan, netsCertainty, answerLayer, layerId, filter], () => {
    shown.set(shownOf(state))
  })
  // A class is one of the layer that is shown.
  layerId.watch(() => {
    filter.set({ ...filter.value, class: null })
  })
  return shown
}

function shownOf({ ranking, certainty, plan, netsCertainty, answerLayer, layerId, filter }: State): Shown | null {
  const ranked = ranking.value
  if (ranked === null) return null
  const layers = layersOf(ranked, certainty.value, plan.value, netsCertainty.value, answerLayer.value)
  const layer = layers.find(({ id }) => id === layerId.value) ?? layers.find(({ id }) => id === TIER_LAYER)
  if (layer === undefined) return null
  const classes = classify(layer, ranked.wards)
  return {
    ranking: ranked,
    layers,
    layer,
    classes,
    wards: filterWards(ranked.wards, filter.value, classes),
    lgas: lgasOf(ranked.wards),
  }
}
