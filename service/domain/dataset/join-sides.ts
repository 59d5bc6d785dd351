import type { Boundaries } from '../files/boundaries.ts'
import { makeFinding, type Finding } from '../files/finding.ts'
import { areaForm, normalForm } from '../files/normal-form.ts'
import type { WardTable } from '../files/ward-table.ts'
import { say } from '../said.ts'
import { comparableStates, statesByArea } from './comparable-states.ts'

/** One side of the join: the codes, names, LGAs and states by which its wards or boundaries are compared. */
export interface Side {
  readonly codes: readonly string[] | null
  readonly names: readonly string[]
  readonly forms: readonly string[]
  /** '' where the LGA is not known, or cannot be compared. */
  readonly areas: readonly string[]
  /** '' where the state is not known, or cannot be compared. */
  readonly states: readonly string[]
}

export interface Sides {
  readonly wards: Side
  readonly features: Side
  /** LGAs of which one of the files has several, in several states. */
  readonly severalStates: ReadonlySet<string>
  readonly findings: readonly Finding[]
}

/** Prepares both sides of the join. When LGAs cannot be compared, they are '', and that is a finding. */
export function prepareSides(table: WardTable, boundaries: Boundaries): Sides {
  const { wardName, wardCode } = boundaries.keys
  const names = wardName ?? wardCode ?? Array.from({ length: boundaries.features }, () => '')
  const areas = comparableAreas(table, boundaries)
  const findings: Finding[] = []
  const hasLga = table.keys.lga !== null || table.keys.lgaCode !== null
  if (areas === null) {
    const said = say(hasLga ? 'names-joined-within-file' : 'names-joined-within-file-no-lga', {})
    findings.push(makeFinding('join-skipped', said, { count: 1 }))
  }
  const known = areas ?? { wards: table.keys.wardName.map(() => ''), features: names.map(() => '') }
  const states = comparableStates(table, boundaries, known)
  return {
    wards: {
      codes: table.keys.wardCode,
      names: table.keys.wardName,
      forms: table.keys.wardName.map(normalForm),
      areas: known.wards,
      states: states.wards,
    },
    features: {
      codes: boundaries.keys.wardCode,
      names,
      forms: names.map(normalForm),
      areas: known.features,
      states: states.features,
    },
    severalStates: new Set(
      [
        ...statesByArea(known.wards, (table.keys.state ?? table.keys.stateCode ?? []).map(areaForm)),
        ...statesByArea(known.features, (boundaries.keys.state ?? boundaries.keys.stateCode ?? []).map(areaForm)),
      ].flatMap(([area, found]) => (found.size > 1 ? area : [])),
    ),
    findings: [...findings, ...states.findings],
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

/** The form in which ward codes are compared. A spreadsheet may have made `101.0` of the code `101`. */
export function codeForm(code: string): string {
  return code
    .trim()
    .toUpperCase()
    .replace(/^(\d+)\.0+$/, '$1')
}

/** A code without the leading zeros that a spreadsheet drops. For suggestions only. */
export function bareCode(code: string): string {
  return codeForm(code).replace(/^0+(?=\d)/, '')
}
