import { makeFinding } from '../files/finding.ts'
import { NO_READING } from '../files/reading/reading.ts'
import { labelWards } from '../files/label-wards.ts'
import { areaKey } from '../files/area-key.ts'
import { normalForm } from '../files/normal-form.ts'
import type { Positivity, WardPositivity } from '../files/positivity.ts'
import { candidacy, type WardColumn, type WardTable } from '../files/ward-table.ts'
import { say } from '../said.ts'

/**
 * Makes a ward table of the wards of a facility table, for people who have no ward table. It has state, LGA and name,
 * in
 * the order of the facility table, and no indicator. Each measured positivity is then joined to it as to any ward
 * table. It
 * also has the wards that only some of the measurements have. `lines` count the wards from 1.
 */
export function positivityWards(measured: readonly Positivity[]): WardTable {
  const wards = [
    ...Map.groupBy(
      measured.flatMap((positivity) => positivity.wards),
      formOf,
    ).values(),
  ].flatMap(([first]) => first ?? [])
  const lines = Uint32Array.from(wards, (_, row) => row + 1)
  const wardName = wards.map((ward) => ward.wardName)
  const lga = wards.some((ward) => ward.lga !== null) ? wards.map((ward) => ward.lga ?? '') : null
  const state = wards.some((ward) => (ward.state ?? null) !== null) ? wards.map((ward) => ward.state ?? '') : null
  const keys = { wardCode: null, wardName, lga, lgaCode: null, state, stateCode: null }
  const { labels, duplicates } = labelWards(keys, lines)
  return {
    format: 'facilities',
    rows: wards.length,
    lines,
    keyColumns: ['WardName', ...(lga === null ? [] : ['LGA']), ...(state === null ? [] : ['State'])],
    keys,
    labels,
    duplicates,
    columns: [
      nameColumn('WardName', wardName),
      ...(lga === null ? [] : [nameColumn('LGA', lga)]),
      ...(state === null ? [] : [nameColumn('State', state)]),
    ],
    positivity: [],
    findings: [
      makeFinding('default-used', say('no-ward-table', {}), { count: wards.length }),
      ...(duplicates.length === 0
        ? []
        : [
            makeFinding('duplicate-ward', say('measured-names-repeat', {}), {
              count: duplicates.length,
              examples: duplicates,
            }),
          ]),
    ],
    reading: NO_READING,
    questions: [],
  }
}

function formOf({ state, lga, wardName }: WardPositivity): string {
  return areaKey(state ?? '', lga ?? '', normalForm(wardName))
}

function nameColumn(name: string, cells: readonly string[]): WardColumn {
  return {
    name,
    type: 'text',
    missing: cells.filter((cell) => cell === '').length,
    ...candidacy(say('names-rows', {})),
    numbers: null,
    categories: null,
    codes: null,
  }
}
