import { NO_WARD, type MapClass } from '../../../map/map-classes.ts'
import type { ResultFeature } from '../../../map/result-map.ts'
import type { NetPlan } from '../../../plan/net-plan.ts'

type NetClass = 'full' | 'part' | 'unreached' | 'out' | 'none'

/** What wards get, dark to light: in grey they keep their order, and neighbours in it differ by their lines too. */
export const NET_CLASSES: Readonly<Record<NetClass, MapClass>> = {
  full: { letter: 'F', label: 'full need', fill: '#2e8b57', hatch: 'plain' },
  part: { letter: 'P', label: 'a part', fill: '#b5dfc0', hatch: 'rising' },
  unreached: { letter: 'N', label: 'stock ran out', fill: '#faf6e0', hatch: 'plain' },
  out: { letter: 'X', label: 'left out by a rule', fill: '#c9c9c9', hatch: 'crossed' },
  none: NO_WARD,
} as const

/** Says what each ward of the map gets by a plan. */
export function netClassOf({
  wards,
}: Pick<NetPlan, 'wards'>): (ward: Pick<ResultFeature['properties'], 'wardName' | 'rank'>) => NetClass {
  const planned = new Map(wards.map((ward) => [ward.wardName, ward]))
  return ({ wardName, rank }) => {
    if (rank === undefined) return 'none'
    const ward = planned.get(wardName)
    if (ward === undefined) return 'out'
    if (ward.allocated === 0) return 'unreached'
    return ward.allocated < ward.need ? 'part' : 'full'
  }
}
