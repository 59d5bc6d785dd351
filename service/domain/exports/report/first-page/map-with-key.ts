import { TIER_CLASSES, tierClassOf, type MapLook } from '../../../map/map-classes.ts'
import { mapKey } from '../../../map/map-key.ts'
import { svgMap } from '../../../map/svg-map.ts'
import type { ReportInput, ReportMap } from '../report-input.ts'
import { NET_CLASSES, netClassOf } from './net-classes.ts'
import { TOP } from './top-ten.ts'

/** The map with its key: what wards get by the plan, or without one their tier. The first ten have their ranks. */
export function* mapWithKey(input: ReportInput, { bbox, features }: ReportMap): Generator<string> {
  const look = lookOf(input)
  yield '<div class="drawn">'
  yield mapKey(look)
  yield* svgMap({ bbox, features: features() }, look)
  yield '</div>'
}

function lookOf({ plan, certainty, result }: ReportInput): MapLook {
  const first = new Map(result.wards.slice(0, TOP).map(({ wardName, rank }) => [wardName, String(rank)]))
  const open = new Set(certainty.wards.flatMap(({ wardName, verdict }) => (verdict === 'choice' ? wardName : [])))
  const classes =
    plan === null
      ? { classes: TIER_CLASSES, classOf: tierClassOf }
      : { classes: NET_CLASSES, classOf: netClassOf(plan) }
  return {
    id: 'first',
    ...classes,
    labelOf: ({ wardName, rank }) => (rank === undefined ? null : (first.get(wardName) ?? null)),
    ...(open.size > 0 && {
      thick: {
        label: 'thick border: a matter of choice',
        has: ({ wardName, rank }) => rank !== undefined && open.has(wardName),
      },
    }),
  }
}
