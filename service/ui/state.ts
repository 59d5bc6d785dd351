import type { CertaintyReply } from '../features/replies/certainty.ts'
import type { Dataset, Shapes } from '../features/replies/dataset.ts'
import type { UploadedFile } from '../features/replies/files.ts'
import type { ListedPlan, Plan } from '../features/replies/plans.ts'
import { cell } from './cell.ts'
import type { SessionTimes } from './http.ts'
import type { Layer } from './map/layers.ts'
import { NO_FILTER, type Filter } from './wards/filter.ts'
import type { Ranking, Ward } from './wards/ward.ts'

/** The parts of the workbench, in the order of the work. */
export const STATIONS = ['data', 'indicators', 'results', 'nets', 'ask'] as const
export type Station = (typeof STATIONS)[number]

/**
 * Everything the page knows of one session, and what is chosen in it. Views watch it, so that they are empty as soon as
 * it is.
 */
export function makeState() {
  const session = cell<SessionTimes | null>(null)
  const files = cell<readonly UploadedFile[]>([])
  const dataset = cell<Dataset | null>(null)
  const shapes = cell<Shapes | null>(null)
  const ranking = cell<Ranking | null>(null)
  /** Whether the data were changed since the ranking that is shown. */
  const isStale = cell(false)
  const certainty = cell<CertaintyReply | null>(null)
  /** How far the certainty is worked out, from 0 to 1; null when it is not being worked out. */
  const certaintyShare = cell<number | null>(null)
  const plan = cell<Plan | null>(null)
  /** How sure it is who gets nets by the plan that is shown. */
  const netsCertainty = cell<CertaintyReply | null>(null)
  const netsCertaintyShare = cell<number | null>(null)
  /** Newest first. */
  const plans = cell<readonly ListedPlan[]>([])
  const station = cell<Station>('data')
  const selected = cell<Ward | null>(null)
  const hovered = cell<Ward | null>(null)
  /** The boundary that a question about names is about, by its place among the shapes. */
  const pointedAt = cell<number | null>(null)
  const filter = cell<Filter>(NO_FILTER)
  const layerId = cell('tier')
  /** The values of a column that an answer of the chat put on the map. */
  const answerLayer = cell<Layer | null>(null)
  return {
    session,
    files,
    dataset,
    shapes,
    ranking,
    isStale,
    certainty,
    certaintyShare,
    plan,
    netsCertainty,
    netsCertaintyShare,
    plans,
    station,
    selected,
    hovered,
    pointedAt,
    filter,
    layerId,
    answerLayer,
    /** Forgets all that belongs to the session. */
    empty() {
      selected.set(null)
      hovered.set(null)
      pointedAt.set(null)
      filter.set(NO_FILTER)
      layerId.set('tier')
      answerLayer.set(null)
      plan.set(null)
      netsCertainty.set(null)
      plans.set([])
      certainty.set(null)
      isStale.set(false)
      ranking.set(null)
      shapes.set(null)
      dataset.set(null)
      files.set([])
      session.set(null)
      station.set('data')
    },
  }
}

export type State = ReturnType<typeof makeState>
