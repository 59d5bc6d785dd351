import { codeForm, plainForm, stateForm } from '../area-key.ts'
import { areaForm } from '../normal-form.ts'
import { cellsOf, namesOf, rowsByKey, wardKeys, type RoledColumn, type Rows } from './roled-table.ts'

/** One equal value is no sign of a repeated row. */
const FEWEST_EQUAL = 2

/** Rows that are nearly certain to be one ward, though their keys differ. */
export interface NearDuplicates {
  /** Rows that say the same as an earlier one, with that one. */
  readonly repeats: readonly (readonly [row: number, twin: number])[]
  /** Rows that may be one ward, or two: only a person knows. */
  readonly unclear: readonly (readonly number[])[]
}

/**
 * Finds rows of one ward whose keys differ because one of them lacks a code, an LGA or a state, has another code, or is
 * spelled with other signs: `Dan-Dora`, `Dandora Ward`. Two wards of one name with different codes and values are two.
 */
export function findNearDuplicates(
  rows: Rows,
  free: readonly number[],
  columns: readonly RoledColumn[],
): NearDuplicates {
  const keys = wardKeys(rows)
  const codes = cellsOf(rows, 'ward code').map(codeForm)
  const lgas = cellsOf(rows, 'lga').map(areaForm)
  const states = cellsOf(rows, 'state').map(stateForm)
  const fits = (cells: readonly string[], one: number, other: number): boolean =>
    cells[one] === '' || cells[other] === '' || cells[one] === cells[other]
  const names = namesOf(rows)
  const loose = free.map((row) => looseName(names[row] ?? ''))
  const repeats: (readonly [number, number])[] = []
  const unclear: number[][] = []
  for (const [name, places] of rowsByKey(loose)) {
    if (name === '' || places.length < 2) continue
    const wards: number[][] = []
    for (const row of places.map((place) => free[place] ?? 0)) {
      const ward = wards.find(([one = 0]) => {
        const isNear = keys[one] !== keys[row] && fits(lgas, one, row) && fits(states, one, row)
        return isNear && (fits(codes, one, row) || areEqual(columns, one, row))
      })
      const [twin = 0] = ward ?? []
      if (ward === undefined) wards.push([row])
      else if (fits(codes, twin, row) && areEqual(columns, twin, row)) repeats.push([row, twin])
      else ward.push(row)
    }
    unclear.push(...wards.filter((ward) => ward.length > 1))
  }
  return { repeats, unclear }
}

/** A name without case, accents, signs and the word for a ward. */
function looseName(name: string): string {
  return plainForm(name)
    .replace(/\bward\b/g, '')
    .replace(/[^\p{L}\p{N}]+/gu, '')
}

function areEqual(columns: readonly RoledColumn[], one: number, other: number): boolean {
  const compared = columns.filter(({ numbers }) => !Number.isNaN(numbers[one]) || !Number.isNaN(numbers[other]))
  return compared.length >= FEWEST_EQUAL && compared.every(({ numbers }) => numbers[one] === numbers[other])
}
