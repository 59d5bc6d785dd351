import type { Boundaries } from '../files/boundaries.ts'
import type { Finding } from '../files/finding.ts'
import { areaForm, normalForm } from '../files/normal-form.ts'
import type { WardTable } from '../files/ward-table.ts'

/** One side of the join: the codes, names and LGAs by which its wards or boundaries are compared. */
export interface Side {
  readonly codes: readonly string[] | null
  readonly names: readonly string[]
  readonly forms: readonly string[]
  readonly areas: readonly string[]
}

/** Prepares both sides of the join. When LGAs cannot be compared, they are '', and that is a finding. */
export function prepareSides(
  table: WardTable,
  boundaries: Boundaries,
): { wards: Side; features: Side; findings: Finding[] } {
  const names = boundaries.keys.wardName ?? boundaries.keys.wardCode ?? []
  const areas = comparableAreas(table, boundaries)
  const findings: Finding[] = []
  const hasLga = table.keys.lga !== null || table.keys.lgaCode !== null
  const found = hasLga ? 'The two files share no LGA name or code' : 'The ward table has no LGA'
  if (areas === null)
    findings.push({ kind: 'join-skipped', detail: `${found}: names were joined within the whole file.`, count: 1 })
  return {
    wards: {
      codes: table.keys.wardCode,
      names: table.keys.wardName,
      forms: table.keys.wardName.map(normalForm),
      areas: areas?.wards ?? table.keys.wardName.map(() => ''),
    },
    features: {
      codes: boundaries.keys.wardCode,
      names,
      forms: names.map(normalForm),
      areas: areas?.features ?? names.map(() => ''),
    },
    findings,
  }
}

/** The LGA codes, or else the LGA names, of both files if the files share at least one; null if they share none. */
function comparableAreas(table: WardTable, boundaries: Boundaries): { wards: string[]; features: string[] } | null {
  const tableColumns = [table.keys.lgaCode, table.keys.lga]
  const boundaryColumns = [boundaries.keys.lgaCode, boundaries.keys.lga]
  for (const ours of tableColumns) {
    for (const theirs of boundaryColumns) {
      if (ours === null || theirs === null) continue
      const wards = ours.map(areaForm)
      const features = theirs.map(areaForm)
      const known = new Set(features.filter((area) => area !== ''))
      if (wards.some((area) => known.has(area))) return { wards, features }
    }
  }
  return null
}

/** The LGAs that both files have. */
export function sharedAreas(wards: Side, features: Side): ReadonlySet<string> {
  const known = new Set(features.areas)
  return new Set(wards.areas.filter((area) => area !== '' && known.has(area)))
}

/** The form in which ward codes are compared. */
export function codeForm(code: string): string {
  return code.trim().toUpperCase()
}
