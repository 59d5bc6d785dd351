import { Fault, type FaultDetail } from '../../fault.ts'
import { quoted } from '../../quoted.ts'
import { listedNames, say } from '../../said.ts'
import { WARD_COLUMN_ROLES, type ColumnRole } from '../reading/roles.ts'

/** Roles that several columns can have. */
const SHARED: ReadonlySet<ColumnRole> = new Set<ColumnRole>(['value', 'ignore', 'period'])
const ROLES: ReadonlySet<ColumnRole> = new Set<ColumnRole>(WARD_COLUMN_ROLES)

/**
 * The roles that a person gave to columns of a ward table.
 * @throws Fault `invalid-input` with a pointer to each column that is not there or cannot have its role
 */
export function settledRoles(
  columns: readonly { readonly name: string }[],
  given: Readonly<Record<string, ColumnRole>> = {},
): Map<string, ColumnRole> {
  const names = new Set(columns.map(({ name }) => name))
  const roles = new Map<string, ColumnRole>()
  const errors: FaultDetail[] = []
  for (const [name, role] of Object.entries(given)) {
    const pointer = `/columns/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`
    const rival = SHARED.has(role) ? undefined : [...roles].find(([, one]) => one === role)?.[0]
    if (!names.has(name)) errors.push({ said: say('no-such-column', { column: quoted(name) }), pointer })
    else if (!ROLES.has(role)) errors.push({ said: say('role-not-of-wards', { role: quoted(role) }), pointer })
    else if (rival !== undefined) errors.push({ said: say('role-taken', { column: quoted(rival), role }), pointer })
    else roles.set(name, role)
  }
  if (errors.length > 0)
    throw new Fault('invalid-input', say('cannot-use-roles', listedNames([...names], 40)), {
      errors,
    })
  return roles
}
