import { bareName } from '../column-names.ts'
import { testColumnOf, type TestColumn } from './test-column.ts'
import { Fault } from '../../fault.ts'
import { pointerPart } from '../../schema-refusals.ts'
import type { ReadingChoices } from '../reading/choices.ts'
import type { ReadColumn } from '../reading/reading.ts'
import { FACILITY_COLUMN_ROLES, type ColumnRole } from '../reading/roles.ts'
import { periodWithin, type Period } from './period.ts'

/** What the columns of a facility table say about a row. */
export type FacilityKey = 'state' | 'lga' | 'ward' | 'facility' | 'level' | 'period' | 'year' | 'element' | 'value'

/**
 * The names by which the columns are recognised, the most likely first: those of DHIS2 and its levels, of HMIS exports
 * and of national forms in English, French, Portuguese and Spanish. Case, accents, spaces and signs do not matter.
 */
const NAMES: Readonly<Record<FacilityKey, readonly string[]>> = {
  state: ['State', 'StateName', 'Region', 'Province', 'orgunitlevel2', 'adm1_name', 'NAME_1'],
  lga: ['LGA', 'LGAName', 'District', 'orgunitlevel3', 'Local Government Area', 'adm2_name', 'NAME_2', 'County'],
  ward: ['WardName', 'Ward', 'Aire de santé', 'orgunitlevel4', 'Sub county', 'Zone de santé', 'adm3_name', 'NAME_3'],
  facility: [
    'HealthFacility',
    'organisationunitname',
    'Facility',
    'FacilityName',
    'Health facility name',
    'HF_Name',
    'HF',
    'orgunitlevel5',
    'orgunitlevel6',
    'Organisation unit',
    'orgunit',
    'Formation sanitaire',
    'Structure sanitaire',
    'FOSA',
    'Unidade sanitária',
    'Establecimiento',
  ],
  level: ['FacilityLevel', 'Level of care', 'Facility type', 'Niveau'],
  period: [
    'periodname',
    'period',
    'periodcode',
    'periodid',
    'Month',
    'Mois',
    'Période',
    'Mês',
    'Mes',
    'Periodo',
    'Date',
  ],
  year: ['Year', 'Année', 'Ano', 'Año'],
  element: ['Data', 'dataname', 'Data element', 'dataelementname', 'Indicator', 'Donnée', 'Élément de données'],
  value: ['Value', 'Valeur', 'Valor'],
} as const

const ROLE_OF: Readonly<Record<FacilityKey, ColumnRole>> = {
  state: 'state',
  lga: 'lga',
  ward: 'ward name',
  facility: 'facility',
  level: 'level',
  period: 'period',
  year: 'period',
  element: 'data element',
  value: 'data value',
} as const
const SETTLED_KEYS: Readonly<Partial<Record<ColumnRole, FacilityKey>>> = {
  state: 'state',
  lga: 'lga',
  'ward name': 'ward',
  facility: 'facility',
  level: 'level',
  period: 'period',
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
  readonly columns: readonly ReadColumn[]
}

/**
 * Finds the columns of a facility table by their names and by what a person settled.
 * @throws Fault `invalid-input` when a settled column is not there or cannot have that role
 */
export function facilityLayout(headers: readonly string[], choices: ReadingChoices, filename: string): FacilityLayout {
  const settled = settledRoles(headers, choices, filename)
  const places = placesOf(headers, settled)
  const keyAt = new Map([...places].map(([key, position]) => [position, key]))
  const counts = headers.flatMap((name, position): CountColumn[] => {
    const role = settled.get(position)
    const column = role === undefined ? (keyAt.has(position) ? null : testColumnOf(name)) : testRole(role)
    if (column === null) return []
    return [{ ...column, name, position, period: null, isSettled: role !== undefined }]
  })
  return {
    places,
    counts: withPeriods(counts),
    columns: headers.map((name, position): ReadColumn => {
      const role = settled.get(position)
      const key = keyAt.get(position)
      const count = counts.find((one) => one.position === position)
      const guess: ColumnRole = key !== undefined ? ROLE_OF[key] : count !== undefined ? roleOfTest(count) : 'ignore'
      const why = guess === 'ignore' ? 'the header names nothing that is counted here' : 'the header says it'
      return { name, role: role ?? guess, guessed: role === undefined, why, sample: [] }
    }),
  }
}

/** The roles that a person settled, by position. */
function settledRoles(
  headers: readonly string[],
  { columns = {} }: ReadingChoices,
  filename: string,
): ReadonlyMap<number, ColumnRole> {
  const roles = new Map<number, ColumnRole>()
  for (const [name, role] of Object.entries(columns)) {
    const position = headers.indexOf(name)
    const allowed: readonly ColumnRole[] = FACILITY_COLUMN_ROLES
    const detail =
      position === -1
        ? 'is not a column of this file'
        : allowed.includes(role)
          ? null
          : `a column of a facility table cannot be "${role}"`
    if (detail !== null)
      throw new Fault('invalid-input', `Cannot read ${filename} in this way.`, {
        errors: [{ pointer: `/columns/${pointerPart(name)}`, detail }],
      })
    roles.set(position, role)
  }
  return roles
}

function placesOf(
  headers: readonly string[],
  settled: ReadonlyMap<number, ColumnRole>,
): ReadonlyMap<FacilityKey, number> {
  const places = new Map<FacilityKey, number>()
  for (const [position, role] of settled) {
    const key = SETTLED_KEYS[role]
    if (key !== undefined) places.set(key, position)
  }
  const forms = headers.map((header, position) => (settled.has(position) ? '' : plainName(header)))
  const taken = new Set(places.values())
  for (const [key, names] of Object.entries(NAMES) as [FacilityKey, readonly string[]][]) {
    if (places.has(key)) continue
    for (const name of names.map(plainName)) {
      const position = forms.findIndex((form, at) => !taken.has(at) && (form === name || mended(form) === name))
      if (position === -1) continue
      places.set(key, position)
      taken.add(position)
      break
    }
  }
  return places
}

/** A header without case, accents, spaces and signs. */
function plainName(header: string): string {
  return bareName(header.normalize('NFD').replace(/\p{M}/gu, ''))
}

/** Some exports lose `na` to `0`: `organisationunit0me`. */
function mended(form: string): string {
  return form.replaceAll('0', 'na')
}

/** Columns that count the same are those of a pivot if each names a period of its own. */
function withPeriods(counts: readonly CountColumn[]): readonly CountColumn[] {
  const named = counts.map((column) => ({ ...column, period: periodWithin(column.name) }))
  const groups = Map.groupBy(named, roleOfTest)
  const isPivot = [...groups.values()].some((group) => group.length > 1 && distinctPeriods(group) === group.length)
  return isPivot ? named : counts
}

function distinctPeriods(columns: readonly CountColumn[]): number {
  return new Set(columns.flatMap(({ period }) => period?.key ?? [])).size
}

export function roleOfTest({ method, count, age }: TestColumn): ColumnRole {
  return `${count} ${age} ${method}`
}

function testRole(role: ColumnRole): TestColumn | null {
  const [count = '', age = '', method = ''] = role.split(' ')
  if (count !== 'tested' && count !== 'positive') return null
  return { count, age: age as TestColumn['age'], method: method as TestColumn['method'] }
}

/** Whether a header names one of the columns that say what a row is about. */
export function isFacilityKey(header: string): boolean {
  const form = plainName(header)
  return Object.values(NAMES).some((names) => names.some((name) => plainName(name) === form))
}
