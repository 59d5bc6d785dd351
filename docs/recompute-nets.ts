/** A row of itn_plan.csv, by its header. */
export type Row = Readonly<Record<string, string>>

/** Nets for a ward's people by the rule that the row names. */
export function needOf(row: Row): number {
  const [population, size] = [Number(row['population']), Number(row['household_size'])]
  if (row['net_rule'] === 'household') return Math.ceil(population / size) * Math.ceil(size / 2)
  if (row['net_rule'] === 'legacy') return Math.ceil(Math.max(population / 1.8, Math.ceil(population / size)))
  const hundredths = Math.round(Number(row['people_per_net']) * 100)
  // Rounding noise of the division must not add a net.
  return Math.ceil(Math.round(((population * 100) / hundredths) * 1e9) / 1e9)
}

/** The urban wards that the rule of the file leaves out, as their labels. */
export function leftOutByRule(plan: readonly Row[], rankColumn: string): ReadonlySet<string> {
  const [first] = plan
  const people = plan.reduce((sum, row) => sum + Number(row['population']), 0)
  const most = (people * Number(first?.['left_out_up_to_percent'])) / 100
  const urban = plan
    .filter(
      (row) =>
        (row['order'] !== '' || row['left_out_by'] === 'urban') &&
        row['protected_because'] === '' &&
        row['exception'] === '' &&
        row['urban_percent'] !== '' &&
        Number(row['urban_percent']) >= Number(first?.['urban_from_percent']),
    )
    .sort(
      (one, other) =>
        Number(other[rankColumn]) - Number(one[rankColumn]) ||
        ((one['ward_name'] ?? '') < (other['ward_name'] ?? '') ? -1 : 1),
    )
  const out = new Set<string>()
  let sum = 0
  for (const row of urban) {
    sum += Number(row['population'])
    if (sum > most) break
    out.add(row['ward_name'] ?? '')
  }
  return out
}

/** What each ward gets, in the order of serving, from what the reserve leaves of the stock. */
export function netsOf(planned: readonly Row[], needs: readonly number[]): number[] {
  const [first] = planned
  let left = Number(first?.['stock']) - Number(first?.['reserve_nets'])
  const nets = needs.map((need) => {
    const given = need <= left ? need : first?.['last_ward'] === 'whole' ? 0 : left
    left = need <= left ? left - need : 0
    return given
  })
  const size = Number(first?.['bale_size'])
  if (size === 0) return nets
  // Largest remainder: whole bales first, then one more for those who lose most by rounding down.
  const whole = nets.map((count) => count - (count % size))
  let spare = Math.floor(nets.reduce((sum, count) => sum + (count % size), 0) / size)
  const order = nets.map((count, at) => [count % size, at] as const).sort((a, b) => b[0] - a[0] || a[1] - b[1])
  for (const [, at] of order) {
    if (spare === 0) break
    whole[at] = (whole[at] ?? 0) + size
    spare -= 1
  }
  return whole
}
