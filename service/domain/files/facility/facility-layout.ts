import { Fault } from '../../fault.ts'
import { say } from '../../said.ts'
import { pointerPart } from '../../schema-refusals.ts'
import { periodWithin, type Period } from '../period.ts'
import type { ReadColumn } from '../reading/reading.ts'
import { FACILITY_COLUMN_ROLES, type ColumnRole } from '../reading/roles.ts'
import { periodKeyOf, placesByHeader, type FacilityKey } from './facility-names.ts'
import { testColumnOf, type TestColumn } from './test-column.ts'

const ROLE_OF: Readonly<Record<FacilityKey, ColumnRole>> = {
  state: 'state',
  lga: 'lga',
  ward: 'ward name',
  facility: 'facility',
  level: 'level',
  period: 'period',
  month: 'period',
  year: 'period',
  element: 'data element',
  value: 'data value',
} as const
const KEY_OF: Readonly<Partial<Record<ColumnRole, FacilityKey>>> = {
  state: 'state',
  lga: 'lga',
  'ward name': 'ward',
  facility: 'facility',
  level: 'level',
  'data element': 'element',
  'data value': 'value',
} as const

/** A column of counts: of one period if it is a column of a pivot. */
export interface CountColumn extends TestColumn {
  readonly name: string
  readonly position: number
  readonly period: Period | null
  /** Whether a person said what it counts. */
  readonly isSettled: boolean
}

/** Where a facility table has what. Positions count from 0. */
export interface FacilityLayout {
  readonly places: ReadonlyMap<FacilityKey, number>
  readonly counts: readonly CountColumn[]
  /** Whether each row says itself what it counts. */
  readonly isLong: boolean
  readonly columns: readonly ReadColumn[]
}

/** Finds the columns of a facility table by their names and by what a person settled. */
export function facilityLayout(headers: readonly string[], settled: ReadonlyMap<number, ColumnRole>): FacilityLayout {
  const given = new Map<FacilityKey, number>()
  for (const [position, role] of settled) {
    const key = role === 'period' ? periodKeyOf(headers[position] ?? '', given) : KEY_OF[role]
    if (key !== undefined) given.set(key, position)
  }
  const places = placesByHeader(headers, new Set(settled.keys()), given)
  const keyAt = new Map([...places].map(([key, position]) => [position, key]))
  const counts = headers.flatMap((name, position): CountColumn[] => {
    const role = settled.get(position)
    const column = role === undefined ? (keyAt.has(position) ? null : testColumnOf(name)) : testOfRole(role)
    if (column === null) return []
    return [{ ...column, name, position, period: null, isSettled: role !== undefined }]
  })
  return {
    places,
    counts: withPeriods(counts),
    isLong: places.has('element') && places.has('value') && counts.length === 0,
    columns: headers.map((name, position): ReadColumn => {
      const role = settled.get(position)
      const key = keyAt.get(position)
      const count = counts.find((one) => one.position === position)
      const guess = key === undefined ? (count === undefined ? 'ignore' : roleOfTest(count)) : ROLE_OF[key]
      const why = guess === 'ignore' ? 'its header names nothing that is counted here' : 'its header says it'
      return role === undefined
        ? { name, role: guess, guessed: true, why, sample: [] }
        : { name, role, guessed: false, why: 'you said so', sample: [] }
    }),
  }
}

/**
 * The roles that a person settled, by position.
 * @throws Fault `invalid-input` when a settled column is not there or cannot have that role
 */
export function settledRoles(
  headers: readonly string[],
  columns: Readonly<Record<string, ColumnRole>>,
  filename: string,
): Map<number, ColumnRole> {
  const allowed: readonly ColumnRole[] = FACILITY_COLUMN_ROLES
  const roles = new Map<number, ColumnRole>()
  for (const [name, role] of Object.entries(columns)) {
    const position = headers.indexOf(name)
    if (position !== -1 && allowed.includes(role)) {
      roles.set(position, role)
      continue
    }
    const said = position === -1 ? say('not-column-of-file', {}) : say('role-not-of-facilities', { role })
    throw new Fault('invalid-input', say('cannot-read-in-this-way', { filename }), {
      errors: [{ pointer: `/columns/${pointerPart(name)}`, said }],
    })
  }
  return roles
}

/**
 * Columns that count the same are those of a pivot if each names a period, and not all the same one. Months without a
 * year are recognised only there.
 */
function withPeriods(counts: readonly CountColumn[]): readonly CountColumn[] {
  const groups = [...Map.groupBy(counts, roleOfTest).values()].filter((group) => group.length > 1)
  for (const isYearless of [false, true]) {
    const isPivot = groups.some((group) => {
      const periods = group.map(({ name }) => periodWithin(name, isYearless))
      return periods.every((period) => period !== null) && new Set(periods.map((period) => period.key)).size > 1
    })
    if (isPivot) return counts.map((column) => ({ ...column, period: periodWithin(column.name, isYearless) }))
  }
  return counts
}

export function roleOfTest({ method, count, age }: TestColumn): ColumnRole {
  return `${count} ${age} ${method}`
}

/** What a column of a role counts; null if it counts no tests. */
export function testOfRole(role: ColumnRole): TestColumn | null {
  const [count = '', age = '', method = ''] = role.split(' ')
  if (count !== 'tested' && count !== 'positive') return null
  return { count, age: age as TestColumn['age'], method: method as TestColumn['method'] }
}
