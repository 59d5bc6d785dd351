import { quoted } from '../../quoted.ts'
import { isIdentifier } from '../column-names.ts'
import { planKindOfName } from '../columns/plan-kinds.ts'
import { isTotalPeriod, periodOf } from './periods.ts'
import { shapeOf, type ColumnShape } from './column-shape.ts'
import { textAt, type RawColumn } from './raw-table.ts'
import { headerForm, LOOSE_NAMES, placeInRole, ROLE_NAMES, UNIT_NAMES, type NamedRole } from './role-names.ts'
import type { ColumnRole } from '../reading/roles.ts'

/** The role of a column, whether it is a guess, and why. */
export interface RoleOf {
  readonly role: ColumnRole
  readonly guessed: boolean
  readonly why: string
  /** The column that says the same of a ward, and is used instead. */
  readonly sameAs?: string
}

/** The roles of a table's columns, in their order. */
export interface Roles {
  readonly roles: readonly RoleOf[]
  /** Columns that could name the wards if none was recognised: none, or several to choose from. */
  readonly candidates: readonly string[] | null
  /** The column that was taken for the name of the ward by what it holds; null if words or a person say it. */
  readonly assumed: string | null
}

const MANY_TEXTS = 50

/**
 * Guesses what each column is. `settled` are the roles that a person gave. Words come first; if no word names a ward,
 * the finest area whose names are all different does, or else the only column of short text that is nearly all
 * different.
 */
export function guessRoles(columns: readonly RawColumn[], settled: ReadonlyMap<string, ColumnRole>): Roles {
  const shapes = columns.map(shapeOf)
  const forms = columns.map(({ name }) => headerForm(name))
  const found = new Map<number, RoleOf>()
  columns.forEach(({ name }, index) => {
    const role = settled.get(name)
    if (role !== undefined) found.set(index, { role, guessed: false, why: 'you said so' })
  })
  const has = (role: ColumnRole): boolean => [...found.values()].some((one) => one.role === role)
  const isFree = (index: number): boolean => !found.has(index)
  const take = (role: NamedRole, fits: (index: number, form: string) => boolean): void => {
    if (has(role)) return
    const places = forms.flatMap((form, index) =>
      placeInRole(form, role) >= 0 && isFree(index) && fits(index, form) ? [index] : [],
    )
    const first = places.toSorted((one, other) => rankOf(forms, role, one) - rankOf(forms, role, other))[0]
    if (first !== undefined) found.set(first, { role, guessed: true, why: 'its header says it' })
  }
  const isWord = (index: number, form: string): boolean => !LOOSE_NAMES.has(form) || shapes[index]?.hasText === true
  take('ward name', isWord)
  const wardForm = forms[[...found].find(([, { role }]) => role === 'ward name')?.[0] ?? -1] ?? ''
  take('ward code', (_, form) => !UNIT_NAMES.has(form) || UNIT_NAMES.has(wardForm))
  for (const role of ['lga', 'lga code', 'state', 'state code'] as const) take(role, isWord)
  take('facility', (index) => shapes[index]?.hasText === true)
  const elements = forms.findIndex(
    (form, index) => placeInRole(form, 'data element') >= 0 && shapes[index]?.isNumeric === false,
  )
  if (elements >= 0 || has('data element')) {
    take('data value', (index) => shapes[index]?.isNumeric === true)
    if (has('data value')) take('data element', (index) => shapes[index]?.hasText === true)
  }
  columns.forEach((column, index) => {
    if (isFree(index) && placeInRole(forms[index] ?? '', 'period') >= 0 && holdsPeriods(column, forms[index] ?? ''))
      found.set(index, { role: 'period', guessed: true, why: 'its header and its values say it' })
  })
  const byStructure = has('ward name') || has('ward code') ? null : nameByStructure(columns, shapes, found)
  const assumed = typeof byStructure === 'number' ? byStructure : null
  if (assumed !== null)
    found.set(assumed, {
      role: 'ward name',
      guessed: true,
      why: 'no header names the wards, and its values are nearly all different',
    })
  return {
    roles: columns.map(
      (column, index) => found.get(index) ?? restOf(column, shapes[index], forms[index] ?? '', columns, found),
    ),
    candidates: Array.isArray(byStructure) ? byStructure : null,
    assumed: assumed === null ? null : (columns[assumed]?.name ?? null),
  }
}

function rankOf(forms: readonly string[], role: NamedRole, index: number): number {
  return placeInRole(forms[index] ?? '', role)
}

/** The column that names the wards by what it holds, or the names of the columns that could. */
function nameByStructure(
  columns: readonly RawColumn[],
  shapes: readonly ColumnShape[],
  found: ReadonlyMap<number, RoleOf>,
): number | string[] {
  const named = (role: ColumnRole): number[] =>
    [...found].filter(([, one]) => one.role === role).map(([index]) => index)
  const canName = (index: number): boolean => shapes[index]?.canName === true
  const area = [...named('lga'), ...named('state')].find(canName)
  const free = [...columns.keys()].filter(
    (index) => !found.has(index) && canName(index) && !isIdentifier(columns[index]?.name ?? ''),
  )
  const [first, another] = free
  if (first !== undefined && another === undefined) return first
  if (first === undefined && area !== undefined) return area
  return free.map((index) => columns[index]?.name ?? '')
}

/** Whether nearly all of its values are periods, or months and weeks by number if its header says so. */
function holdsPeriods(column: RawColumn, form: string): boolean {
  const isPart = /^(?:month|mois|mes|week|semaine|quarter|trimestre)/.test(form)
  let filled = 0
  let periods = 0
  let totals = 0
  for (let row = 0; row < column.numbers.length && filled < 1_000; row += 1) {
    const text = textAt(column, row)
    if (text === '') continue
    filled += 1
    if (periodOf(text) !== null || (isPart && /^(?:[1-9]|[1-4]\d|5[0-3])$/.test(text))) periods += 1
    else if (isTotalPeriod(text)) totals += 1
  }
  return periods > 0 && periods + totals >= 0.8 * filled
}

/** The role of a column that says nothing about what a row is. */
function restOf(
  { name }: RawColumn,
  shape: ColumnShape | undefined,
  form: string,
  columns: readonly RawColumn[],
  found: ReadonlyMap<number, RoleOf>,
): RoleOf {
  const rival = [...found].find(
    ([, { role }]) => Object.hasOwn(ROLE_NAMES, role) && placeInRole(form, role as NamedRole) >= 0,
  )
  if (rival !== undefined && !LOOSE_NAMES.has(form) && form !== 'value') {
    const sameAs = columns[rival[0]]?.name ?? ''
    return { role: 'ignore', guessed: true, why: `${quoted(sameAs)} says the same of a ward`, sameAs }
  }
  if (isIdentifier(name)) return { role: 'ignore', guessed: true, why: 'it names or numbers the rows' }
  const plan = planKindOfName(name)
  if (plan === 'population') return { role: 'population', guessed: true, why: 'its header says it' }
  if (plan === 'urbanShare') return { role: 'urban share', guessed: true, why: 'its header says it' }
  if (shape === undefined || shape.filled === 0) return { role: 'ignore', guessed: true, why: 'every cell is missing' }
  if (shape.isNumeric) return { role: 'value', guessed: true, why: 'it holds numbers' }
  return shape.different > MANY_TEXTS
    ? { role: 'ignore', guessed: true, why: 'it holds text' }
    : { role: 'value', guessed: true, why: 'it holds a few different texts' }
}
