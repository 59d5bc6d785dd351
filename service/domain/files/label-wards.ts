import type { WardKeys } from './ward-table.ts'

/** The name to show for each row, and those of these names that are longer than the ward's own name. */
export interface WardLabels {
  readonly labels: readonly string[]
  readonly duplicates: readonly string[]
}

/**
 * Gives each ward a unique name to show. Results are looked up by it. A name that repeats is followed by a mark in
 * brackets: the code, the LGA, the state, or LGA and state, whichever first differs for each of these wards, or else
 * the
 * line of the file. If the
 * result is also another ward's name (`Zango (Alpha)` beside two wards called Zango), the line is added.
 */
export function labelWards(
  keys: Pick<WardKeys, 'wardName' | 'wardCode' | 'lga' | 'lgaCode' | 'state' | 'stateCode'>,
  lines: ArrayLike<number>,
): WardLabels {
  const rowsOfName = new Map<string, number[]>()
  keys.wardName.forEach((name, row) => {
    const rows = rowsOfName.get(name)
    if (rows === undefined) rowsOfName.set(name, [row])
    else rows.push(row)
  })
  const taken = new Set(rowsOfName.keys())
  const labels = [...keys.wardName]
  const duplicates: string[] = []
  for (const [name, rows] of rowsOfName) {
    if (rows.length === 1) continue
    const marks = distinctMarks(rows, keys) ?? rows.map((row) => `line ${String(lines[row] ?? 0)}`)
    rows.forEach((row, index) => {
      let label = `${name} (${marks[index] ?? ''})`
      while (taken.has(label)) label = `${label} (line ${String(lines[row] ?? 0)})`
      taken.add(label)
      labels[row] = label
      duplicates.push(label)
    })
  }
  return { labels, duplicates }
}

function distinctMarks(rows: readonly number[], keys: Omit<WardKeys, 'wardName'>): string[] | null {
  const state = keys.state ?? keys.stateCode
  const areas = keys.lga ?? keys.lgaCode
  const both = areas?.map((area, row) => (area === '' || !state?.[row] ? '' : `${area}, ${state[row]}`)) ?? null
  for (const column of [keys.wardCode, keys.lga, keys.lgaCode, state, both]) {
    const marks = rows.map((row) => column?.[row] ?? '')
    if (!marks.includes('') && new Set(marks).size === rows.length) return marks
  }
  return null
}
