import type { Dataset, Pair, SettledMatches } from './dataset.ts'
import { Fault } from '../fault.ts'
import type { FaultDetail } from '../fault.ts'
import { quoted } from '../quoted.ts'
import { say } from '../said.ts'
import { eitherOf } from '../said-lists.ts'
import { boundaryLabels } from './boundary-labels.ts'

const MOST_NAMED = 5

/**
 * A ward, named by its label, and a boundary, named by its name, or by `Name (code)` or its label if several have that
 * name.
 */
export interface MatchChoice {
  readonly ward: string
  readonly boundary: string
}

/** Pairs to join, and pairs not to suggest again. */
export interface MatchChoices {
  readonly accept?: readonly MatchChoice[]
  readonly refuse?: readonly MatchChoice[]
}

/**
 * Adds the choices to what was settled before. A pair can be accepted when neither its ward nor its boundary is joined.
 * Refusing a pair that was accepted, or joined under different spellings, parts it again. Accepting a pair that was
 * refused joins it.
 * @throws Fault `no-data` when the dataset has no boundaries
 * @throws Fault `invalid-input` with a pointer to each choice that cannot be made: unknown or ambiguous names, wards or
 *   boundaries that are already joined or are named twice
 */
export function settleMatches(dataset: Dataset, { accept = [], refuse = [] }: MatchChoices): SettledMatches {
  if (dataset.boundaries === null) throw new Fault('no-data', say('no-boundaries-to-match', {}))
  const errors: FaultDetail[] = []
  const names = namesOf(dataset)
  const joined = new Set(dataset.featureOfRow)
  const read = (choice: MatchChoice, pointer: string): Pair[] => {
    const row = names.rows.get(choice.ward)
    const named = [...(names.features.get(choice.boundary) ?? [])]
    // Of several that share a name, only one may be left to join.
    const free = named.filter((feature) => !joined.has(feature))
    const features = named.length > 1 && free.length === 1 && pointer.startsWith('/accept') ? free : named
    const [feature] = features
    if (row === undefined)
      errors.push({ said: say('no-such-ward', { ward: quoted(choice.ward) }), pointer: `${pointer}/ward` })
    if (feature === undefined)
      errors.push({
        said: say('no-such-boundary', { boundary: quoted(choice.boundary) }),
        pointer: `${pointer}/boundary`,
      })
    else if (features.length > 1)
      errors.push({
        said: say('several-boundaries-called', {
          count: features.length,
          boundary: quoted(choice.boundary),
          names: eitherOf(features.slice(0, MOST_NAMED).map((one) => quoted(names.labels[one] ?? ''))),
        }),
        pointer: `${pointer}/boundary`,
      })
    return row === undefined || feature === undefined || features.length > 1 ? [] : [{ row, feature }]
  }
  const refused = refuse.flatMap((choice, at) =>
    read(choice, `/refuse/${String(at)}`).filter(({ row, feature }) => {
      const isByRule = dataset.featureOfRow[row] === feature && !canBeParted(dataset, row)
      if (isByRule)
        errors.push({
          said: say('joined-by-rule', { ward: quoted(choice.ward), rule: String(dataset.matchedBy[row]) }),
          pointer: `/refuse/${String(at)}`,
        })
      return !isByRule
    }),
  )
  const before = { accepted: without(dataset.settled.accepted, refused), refused: dataset.settled.refused }
  const taken = takenBy(dataset, refused)
  const accepted = accept.flatMap((choice, at) => {
    const pointer = `/accept/${String(at)}`
    return read(choice, pointer).filter(({ row, feature }) => {
      const isNew = !taken.rows.has(row) && !taken.features.has(feature)
      if (taken.rows.has(row))
        errors.push({ said: say('ward-has-boundary', { ward: quoted(choice.ward) }), pointer: `${pointer}/ward` })
      if (taken.features.has(feature))
        errors.push({
          said: say('boundary-has-ward', { boundary: quoted(choice.boundary) }),
          pointer: `${pointer}/boundary`,
        })
      taken.rows.add(row)
      taken.features.add(feature)
      return isNew
    })
  })
  if (errors.length > 0) throw new Fault('invalid-input', say('cannot-settle-matches', {}), { errors })
  return {
    accepted: [...before.accepted, ...accepted],
    refused: [...without(before.refused, [...accepted, ...refused]), ...refused],
  }
}

/** Rows by label, and features by name, by `Name (code)` and by label. */
function namesOf({ table, boundaries }: Dataset): {
  labels: readonly string[]
  rows: ReadonlyMap<string, number>
  features: ReadonlyMap<string, ReadonlySet<number>>
} {
  const features = new Map<string, Set<number>>()
  const put = (name: string | undefined, feature: number): void => {
    if (name === undefined || name === '') return
    const known = features.get(name)
    if (known === undefined) features.set(name, new Set([feature]))
    else known.add(feature)
  }
  const labels = boundaries === null ? [] : boundaryLabels(boundaries)
  const { wardName, wardCode } = boundaries?.keys ?? { wardName: null, wardCode: null }
  for (let feature = 0; feature < (boundaries?.features ?? 0); feature += 1) {
    const code = wardCode?.[feature] ?? ''
    put(wardName?.[feature] ?? code, feature)
    if (wardName !== null && code !== '') put(`${wardName[feature] ?? ''} (${code})`, feature)
  }
  labels.forEach(put)
  return { labels, rows: new Map(table.labels.map((label, row) => [label, row])), features }
}

/** Whether a person can part the pair: it was accepted, or joined although its names are spelled differently. */
function canBeParted({ matchedBy }: Dataset, row: number): boolean {
  return matchedBy[row] === 'accepted' || matchedBy[row] === 'name-form'
}

/** The rows and features that stay joined once the given pairs are refused. */
function takenBy(dataset: Dataset, refused: readonly Pair[]): { rows: Set<number>; features: Set<number> } {
  const rows = new Set<number>()
  const features = new Set<number>()
  dataset.featureOfRow.forEach((feature, row) => {
    const isParted = canBeParted(dataset, row) && refused.some((pair) => pair.row === row && pair.feature === feature)
    if (feature === -1 || isParted) return
    rows.add(row)
    features.add(feature)
  })
  return { rows, features }
}

function without(pairs: readonly Pair[], gone: readonly Pair[]): readonly Pair[] {
  return pairs.filter(({ row, feature }) => !gone.some((pair) => pair.row === row && pair.feature === feature))
}
