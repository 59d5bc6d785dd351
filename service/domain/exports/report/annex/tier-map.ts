import { mapKey } from '../../../map/map-key.ts'
import { TIER_CLASSES, tierClassOf } from '../../../map/map-classes.ts'
import { svgMap } from '../../../map/svg-map.ts'
import { paragraph } from '../../html-parts.ts'
import type { ReportInput } from '../report-input.ts'

/** The wards by tier, where the first page shows their nets; with either, the wards that no map can show. */
export function tierMap({ map, plan }: ReportInput): Iterable<string> | null {
  if (map === null) return null
  const missing = map.wardsWithoutBoundary
  const without =
    missing.length === 0 ? [] : [paragraph(`Not on the map, because they have no boundary: ${missing.join(', ')}.`)]
  if (plan === null) return without.length === 0 ? null : without
  return drawn(map, without)
}

function* drawn(map: NonNullable<ReportInput['map']>, without: readonly string[]): Generator<string> {
  const look = { id: 'tiers', classes: TIER_CLASSES, classOf: tierClassOf }
  yield mapKey(look)
  yield* svgMap({ bbox: map.bbox, features: map.features() }, look)
  yield* without
}
