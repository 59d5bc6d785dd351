import type { OutlineColumn } from '../../service/domain/chat/outline.ts'

/** A column that names the rows. */
export function keyColumn(name: string): OutlineColumn {
  return { name, isKey: true, indicator: false, hasNumbers: false, suggested: false, kind: null }
}

/** A column that wards are ranked by when nobody names the indicators. */
export function suggestedColumn(name: string): OutlineColumn {
  return { name, isKey: false, indicator: true, hasNumbers: true, suggested: true, kind: null }
}

/** A column that ranks wards only if it is named: one for a plan, or one of which the direction is not known. */
export function namedOnly(name: string, kind: OutlineColumn['kind'] = null): OutlineColumn {
  return { name, isKey: false, indicator: true, hasNumbers: true, suggested: false, kind }
}
