import type { Boundaries } from '../files/boundaries.ts'
import type { Dataset, Pair, SettledMatches, UnmatchedWard } from './dataset.ts'
import { makeFinding, type Finding } from '../files/finding.ts'
import { say } from '../said.ts'
import { codeForm, sharedAreas } from './join-sides.ts'
import type { Side } from './join-sides.ts'
import { spelledDifferently } from './spelled-differently.ts'
import type { WardTable } from '../files/ward-table.ts'

const EXAMPLES = 10

/**
 * Reports on a join: wards that were not joined in the plain way, pairs that a person settled, and what is left over.
 */
export function joinFindings(
  dataset: Omit<Dataset, 'findings' | 'questions'> & { readonly boundaries: Boundaries },
  wards: Side,
  features: Side,
  boundaryNames: readonly string[],
): Finding[] {
  const { table, boundaries, settled, unmatched, unusedFeatures } = dataset
  return [
    ...codeFindings(table, wards, features),
    ...areaFindings(dataset, wards, features),
    ...spellingFindings(dataset),
    ...settledFindings(table, boundaries, settled),
    ...gapFindings(table, boundaries, unmatched, unusedFeatures, boundaryNames),
  ]
}

/** Reports LGAs of unmatched wards that no boundary names. Their wards are not searched for in another LGA. */
function areaFindings(
  { table: { keys }, unmatched }: Pick<Dataset, 'table' | 'unmatched'>,
  wards: Side,
  features: Side,
): Finding[] {
  const shared = sharedAreas(wards, features)
  const lone = new Map(
    unmatched.flatMap(({ row }) => {
      const area = wards.areas[row] ?? ''
      return area === '' || shared.has(area) ? [] : [[area, keys.lga?.[row] ?? keys.lgaCode?.[row] ?? area] as const]
    }),
  )
  return lone.size === 0
    ? []
    : [
        makeFinding('ward-unmatched', say('lgas-without-boundary', {}), {
          count: lone.size,
          examples: [...lone.values()].slice(0, EXAMPLES),
        }),
      ]
}

/** Reports codes that no boundary has. One of the programs that wrote the files may have dropped leading zeros. */
function codeFindings({ labels }: WardTable, wards: Side, features: Side): Finding[] {
  if (wards.codes === null || features.codes === null) return []
  const known = new Set(features.codes.map(codeForm))
  const lone = wards.codes.flatMap((code, row) =>
    code === '' || known.has(codeForm(code)) ? [] : `${labels[row] ?? ''} (${code})`,
  )
  return lone.length === 0
    ? []
    : [
        makeFinding('join-skipped', say('codes-without-boundary', {}), {
          count: lone.length,
          examples: lone.slice(0, EXAMPLES),
        }),
      ]
}

function spellingFindings(dataset: Parameters<typeof spelledDifferently>[0]): Finding[] {
  const differing = spelledDifferently(dataset)
  return (['name-form', 'code'] as const).flatMap((rule) => {
    const pairs = differing
      .filter(({ joinedBy }) => joinedBy === rule)
      .map(({ ward, boundary }) => `${ward} = ${boundary}`)
    return pairs.length === 0
      ? []
      : [
          makeFinding(
            'spelling-differs',
            say(rule === 'code' ? 'joined-by-code-spelled-differently' : 'joined-by-name-spelled-differently', {}),
            { count: pairs.length, examples: pairs.slice(0, EXAMPLES) },
          ),
        ]
  })
}

function settledFindings(table: WardTable, boundaries: Boundaries, { accepted, refused }: SettledMatches): Finding[] {
  const names = boundaries.keys.wardName ?? boundaries.keys.wardCode
  const shown = (pairs: readonly Pair[]): string[] =>
    pairs.map(({ row, feature }) => `${table.labels[row] ?? ''} = ${names?.[feature] ?? ''}`)
  return [
    ...(accepted.length === 0
      ? []
      : [
          makeFinding('match-accepted', say('matches-accepted', {}), {
            count: accepted.length,
            examples: shown(accepted),
          }),
        ]),
    ...(refused.length === 0
      ? []
      : [
          makeFinding('match-refused', say('matches-refused', {}), {
            count: refused.length,
            examples: shown(refused),
          }),
        ]),
  ]
}

function gapFindings(
  table: WardTable,
  boundaries: Boundaries,
  unmatched: readonly UnmatchedWard[],
  unused: readonly number[],
  boundaryNames: readonly string[],
): Finding[] {
  const findings: Finding[] = []
  if (unmatched.length > 0) {
    const said = say('wards-without-boundary', { count: unmatched.length, wards: table.rows })
    findings.push(
      makeFinding('ward-unmatched', said, {
        count: unmatched.length,
        examples: unmatched.slice(0, EXAMPLES).map(({ name }) => name),
      }),
    )
  }
  if (unused.length > 0) {
    const said = say('boundaries-without-ward', { count: unused.length, boundaries: boundaries.features })
    findings.push(
      makeFinding('boundary-unmatched', said, {
        count: unused.length,
        examples: unused.slice(0, EXAMPLES).map((feature) => boundaryNames[feature] ?? ''),
      }),
    )
  }
  return findings
}
