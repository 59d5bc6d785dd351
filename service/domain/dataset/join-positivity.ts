import { makeFinding, type Finding } from '../files/finding.ts'
import { areaForm, normalForm } from '../files/normal-form.ts'
import type { Positivity, WardPositivity } from '../files/positivity.ts'
import { candidacy, type WardTable } from '../files/ward-table.ts'
import { say } from '../said.ts'
import { comparableStates } from './comparable-states.ts'
import { freeName } from './free-name.ts'
import { timeColumns } from './time-columns.ts'

const MOST_NAMED = 1_000

/**
 * Adds test positivity to the ward table as one more indicator. Wards are joined by the normal form of their name
 * within
 * their LGA, if the two sides share one, and within their state: of different states, nothing is joined. A name that
 * two wards or two measured wards
 * share is ambiguous and never joined. A ward without a figure has a gap like any other. The counts behind each figure
 * are kept in the table's `positivity`.
 */
export function joinPositivity(table: WardTable, positivity: Positivity): WardTable {
  const { choices, facilities, months, refusedCount } = positivity
  const areas = table.keys.lga ?? table.keys.lgaCode
  const areaForms = {
    wards: table.keys.wardName.map((_, row) => areaForm(areas?.[row] ?? '')),
    features: positivity.wards.map(({ lga }) => areaForm(lga ?? '')),
  }
  const known = new Set(areaForms.features.filter((area) => area !== ''))
  const byArea = areaForms.wards.some((area) => known.has(area))
  const states = comparableStates(table, statesOf(positivity), areaForms)
  const byState = [states.wards, states.features].every((side) => side.some((state) => state !== ''))
  const keyOf = (state = '', area = '', name = ''): string =>
    JSON.stringify([byState ? state : '', byArea ? area : '', normalForm(name)])
  const rows = Map.groupBy(table.keys.wardName.keys(), (row) =>
    keyOf(states.wards[row], areaForms.wards[row], table.keys.wardName[row]),
  )
  const measured = Map.groupBy(positivity.wards, ({ wardName }, at) =>
    keyOf(states.features[at], areaForms.features[at], wardName),
  )
  const numbers = new Float64Array(table.rows).fill(NaN)
  const labels = new Map<WardPositivity, string>()
  const wardOfRow: (WardPositivity | null)[] = Array.from({ length: table.rows }, () => null)
  const respelled: string[] = []
  for (const [key, [row, anotherRow]] of rows) {
    const [ward, another] = measured.get(key) ?? []
    if (ward === undefined || another !== undefined || row === undefined || anotherRow !== undefined) continue
    numbers[row] = ward.tpr ?? NaN
    wardOfRow[row] = ward
    labels.set(ward, table.labels[row] ?? '')
    const name = table.keys.wardName[row] ?? ''
    if (name !== ward.wardName) respelled.push(`${name} = ${ward.wardName}`)
  }
  const missing = numbers.filter((value) => Number.isNaN(value)).length
  const name = freeName(positivity.column, table)
  const overTime = timeColumns(table, positivity, name, wardOfRow)
  const isEmpty = missing === table.rows
  const lost = positivity.wards.filter((ward) => !labels.has(ward))
  const findings: Finding[] = [
    makeFinding(
      'default-used',
      say('positivity-joined', { column: name, joined: labels.size, measured: positivity.wards.length }),
      { count: labels.size },
    ),
    ...positivity.findings,
    ...states.findings,
    ...(byArea || areas === null
      ? []
      : [makeFinding('join-skipped', say('no-lga-shared-with-facilities', {}), { count: 1 })]),
    ...(respelled.length === 0
      ? []
      : [
          makeFinding('spelling-differs', say('measured-spelled-differently', {}), {
            count: respelled.length,
            examples: respelled.slice(0, MOST_NAMED),
          }),
        ]),
    ...(lost.length === 0
      ? []
      : [
          makeFinding('ward-unmatched', say('measured-not-joined', {}), {
            count: lost.length,
            examples: lost.slice(0, MOST_NAMED).map(({ wardName }) => wardName),
          }),
        ]),
    ...(missing === 0
      ? []
      : [
          makeFinding('missing-values', say('values-lacking', { column: `"${name}"`, missing, rows: table.rows }), {
            count: missing,
          }),
        ]),
  ]
  return {
    ...table,
    columns: [
      ...table.columns,
      {
        name,
        type: isEmpty ? 'empty' : 'number',
        missing,
        ...candidacy(isEmpty ? say('all-missing', {}) : null),
        numbers: isEmpty ? null : numbers,
        categories: null,
        codes: null,
      },
      ...overTime.columns,
    ],
    positivity: [
      ...table.positivity,
      {
        column: name,
        choices,
        facilities,
        months,
        refusedCount,
        // Absent in figures that release 0.1.0 measured.
        ...('reading' in positivity && { reading: positivity.reading }),
        ...overTime.joined,
        wards: positivity.wards.map((ward) => ({
          ...ward,
          ward: labels.get(ward) ?? null,
          ...overTime.incidenceOf(ward),
        })),
      },
    ],
    findings: [...table.findings, ...findings, ...overTime.findings],
  }
}

/** The states of the measured wards: release 0.1.0 did not measure by state. */
function statesOf({ wards }: Positivity): { keys: { state: string[] | null; stateCode: null } } {
  const isKnown = wards.some(({ state }) => (state ?? null) !== null)
  return { keys: { state: isKnown ? wards.map(({ state }) => state ?? '') : null, stateCode: null } }
}
