import { keyOf } from '../column-names.ts'
import type { AREA_ROLES, ColumnRole } from '../reading/roles.ts'
import type { WardKeys, WardTable } from '../ward-table.ts'

/** The key of the rows that a column of each of these roles holds. */
export const KEY_OF_ROLE: Readonly<Record<(typeof AREA_ROLES)[number], keyof WardKeys>> = {
  'ward name': 'wardName',
  'ward code': 'wardCode',
  lga: 'lga',
  'lga code': 'lgaCode',
  state: 'state',
  'state code': 'stateCode',
} as const

/** The key that a column of a table holds, by its role, whatever its header; null if it holds none. */
export function keyOfColumn(
  { keyColumns, reading }: Pick<WardTable, 'keyColumns' | 'reading'>,
  name: string,
): keyof WardKeys | null {
  if (!keyColumns.includes(name)) return null
  const role: ColumnRole | undefined = reading.columns.find((column) => column.name === name)?.role
  // Wards of a facility table have no reading. Their columns have the usual names.
  if (role === undefined) return keyOf(name)
  const byRole: Readonly<Partial<Record<ColumnRole, keyof WardKeys>>> = KEY_OF_ROLE
  return byRole[role] ?? null
}
