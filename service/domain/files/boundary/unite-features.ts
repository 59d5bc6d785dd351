import type { BoundaryKeys } from '../boundaries.ts'
import { makeFinding, type Finding } from '../finding.ts'
import { say } from '../../said.ts'

const EXAMPLES = 10

/** Features packed as in `Boundaries`. */
export interface PackedShapes {
  readonly keys: BoundaryKeys
  readonly coordinates: Float64Array
  readonly ringEnds: Uint32Array
  readonly polygonEnds: Uint32Array
  readonly featureEnds: Uint32Array
}

/**
 * Unites the features of one ward: those that have all keys in common, and a code or an LGA among them. Names alone do
 * not say that two features are of one ward. Costs nothing more when no ward has several features.
 */
export function uniteFeatures(packed: PackedShapes): PackedShapes & { readonly findings: readonly Finding[] } {
  const { keys, featureEnds } = packed
  const columns = Object.values(keys) as (readonly string[] | null)[]
  const groups = Map.groupBy(featureEnds.keys(), (feature) => {
    const name = keys.wardName?.[feature] ?? ''
    const code = keys.wardCode?.[feature] ?? ''
    const area = (keys.lga?.[feature] ?? '') + (keys.lgaCode?.[feature] ?? '')
    const isOneWard = name === '' ? code !== '' && keys.wardName === null : code !== '' || area !== ''
    return isOneWard ? JSON.stringify(columns.map((column) => column?.[feature] ?? null)) : feature
  })
  if (groups.size === featureEnds.length) return { ...packed, findings: [] }
  const united = [...groups.values()]
  const first = united.map(([feature = 0]) => feature)
  const keysOf = (column: readonly string[] | null): readonly string[] | null =>
    column === null ? null : first.map((feature) => column[feature] ?? '')
  const several = united.filter(({ length }) => length > 1)
  const names = keys.wardName ?? keys.wardCode
  return {
    ...reordered(packed, united),
    keys: {
      wardCode: keysOf(keys.wardCode),
      wardName: keysOf(keys.wardName),
      lga: keysOf(keys.lga),
      lgaCode: keysOf(keys.lgaCode),
      state: keysOf(keys.state),
      stateCode: keysOf(keys.stateCode),
    },
    findings: [
      makeFinding('geometry-united', say('features-united', {}), {
        count: several.length,
        examples: several
          .slice(0, EXAMPLES)
          .map((features) => `${names?.[features[0] ?? 0] ?? ''} (${String(features.length)})`),
      }),
    ],
  }
}

/** The polygons in the order of the groups of features. */
function reordered(
  { coordinates, ringEnds, polygonEnds, featureEnds }: PackedShapes,
  groups: readonly (readonly number[])[],
): Omit<PackedShapes, 'keys'> {
  const moved = new Float64Array(coordinates.length)
  const ends: { rings: number[]; polygons: number[]; features: number[] } = { rings: [], polygons: [], features: [] }
  let points = 0
  for (const group of groups) {
    for (const feature of group) {
      for (let polygon = featureEnds[feature - 1] ?? 0; polygon < (featureEnds[feature] ?? 0); polygon += 1) {
        for (let ring = polygonEnds[polygon - 1] ?? 0; ring < (polygonEnds[polygon] ?? 0); ring += 1) {
          const [start, end] = [ringEnds[ring - 1] ?? 0, ringEnds[ring] ?? 0]
          moved.set(coordinates.subarray(start * 2, end * 2), points * 2)
          points += end - start
          ends.rings.push(points)
        }
        ends.polygons.push(ends.rings.length)
      }
    }
    ends.features.push(ends.polygons.length)
  }
  return {
    coordinates: moved,
    ringEnds: Uint32Array.from(ends.rings),
    polygonEnds: Uint32Array.from(ends.polygons),
    featureEnds: Uint32Array.from(ends.features),
  }
}
