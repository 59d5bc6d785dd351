import type { Boundaries } from '../files/boundaries.ts'

/**
 * A name for each feature that no other has, by which a person can point at it: its name or code; if that repeats, its
 * code, LGA or state in brackets; if nothing else tells it apart, its number in the file, from 1.
 */
export function boundaryLabels({ keys, features }: Pick<Boundaries, 'keys' | 'features'>): readonly string[] {
  const at = (column: readonly string[] | null, feature: number): string => column?.[feature] ?? ''
  const name = (feature: number): string => at(keys.wardName, feature) || at(keys.wardCode, feature)
  const additions: readonly ((feature: number) => string)[] = [
    () => '',
    (feature) => (keys.wardName === null ? '' : at(keys.wardCode, feature)),
    (feature) => at(keys.lga, feature) || at(keys.lgaCode, feature),
    (feature) =>
      [at(keys.lga, feature) || at(keys.lgaCode, feature), at(keys.state, feature) || at(keys.stateCode, feature)]
        .filter((part) => part !== '')
        .join(', '),
    (feature) => `no. ${String(feature + 1)}`,
  ]
  const labels = new Map<number, string>()
  const used = new Set<string>()
  let rest = [...Array(features).keys()]
  for (const addition of additions) {
    const proposed = rest.map((feature) => {
      const added = addition(feature)
      return added === '' ? name(feature) : `${name(feature)} (${added})`.trim()
    })
    const counts = new Map<string, number>()
    for (const label of proposed) counts.set(label, (counts.get(label) ?? 0) + 1)
    rest = rest.filter((feature, place) => {
      const label = proposed[place] ?? ''
      if (label === '' || counts.get(label) !== 1 || used.has(label)) return true
      labels.set(feature, label)
      used.add(label)
      return false
    })
  }
  return Array.from({ length: features }, (_, feature) => labels.get(feature) ?? `no. ${String(feature + 1)}`)
}
