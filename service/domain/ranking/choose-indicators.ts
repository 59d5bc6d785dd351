import type { AnalysisOptions, LeftOutColumn, Mode } from './analysis-result.ts'
import { copiesOf, copyReason } from '../files/columns/copies.ts'
import type { Copy } from '../files/columns/copies.ts'
import { MOST_SUGGESTED, suggestColumns } from '../files/columns/suggest-columns.ts'
import type { ColumnAdvice } from '../files/columns/suggest-columns.ts'
import { directionRule, legacyDirection } from '../files/directions.ts'
import { Fault } from '../fault.ts'
import type { FaultDetail } from '../fault.ts'
import { quoted } from '../quoted.ts'
import { say } from '../said.ts'
import { listedOr } from '../said-lists.ts'
import type { Direction, WardColumn, WardTable } from '../files/ward-table.ts'

const FEWEST = 2
const MOST = MOST_SUGGESTED
const MOST_REASONS = 20
/** Legacy scores by the first five, however many are named. */
const MOST_LEGACY = 50

/** A column chosen as an indicator, and where its direction is from. */
export interface ChosenIndicator {
  readonly column: WardColumn
  readonly direction: Direction
  /** Whether the direction is from the name and not from the caller. */
  readonly guessed: boolean
  /** Whether neither the caller nor the name says the direction. */
  readonly unknown: boolean
  /** Why the direction is what it is; null if the caller chose it or nothing says it. */
  readonly why: string | null
  /** The other chosen column that it repeats, and how. */
  readonly copy: Copy | null
}

/** The indicators of an analysis, in order, and the columns that were left out. */
export interface Choice {
  readonly indicators: readonly ChosenIndicator[]
  readonly defaulted: boolean
  readonly leftOut: readonly LeftOutColumn[]
}

/**
 * Chooses the indicators that the options ask for: the named columns in the given order, or else the suggested ones in
 * the order of the file. A direction that neither the caller nor the name gives is `direct`.
 * @throws Fault `invalid-input` with a pointer to each name that cannot be used, to each column that repeats another,
 *   and with the list of candidates when fewer than two are suggested
 */
export function chooseIndicators(table: WardTable, options: AnalysisOptions, mode: Mode): Choice {
  const advice = suggestColumns(table)
  // Weights say what counts, so they name the indicators too.
  const named = options.indicators ?? (options.weights === undefined ? undefined : Object.keys(options.weights))
  const columns = named === undefined ? suggestedColumns(table, advice) : namedColumns(table, named, mode)
  const chosen = new Set(columns.map(({ name }) => name))
  const given = directionsOf(options, chosen)
  const copies = copiesOf(columns)
  if (mode === 'standard' && options.allowCopies !== true) refuseCopies(columns, copies)
  return {
    indicators: columns.map((column) => ({
      column,
      ...directionFor(column.name, given.get(column.name), mode),
      copy: copies.get(column.name) ?? null,
    })),
    defaulted: named === undefined,
    leftOut: table.columns
      .filter(({ name }) => !chosen.has(name))
      .map((column) => ({ name: column.name, reason: reasonLeftOut(column, named === undefined, advice) })),
  }
}

function directionFor(
  name: string,
  given: Direction | undefined,
  mode: Mode,
): Pick<ChosenIndicator, 'direction' | 'guessed' | 'unknown' | 'why'> {
  if (given !== undefined) return { direction: given, guessed: false, unknown: false, why: null }
  if (mode === 'legacy') return { direction: legacyDirection(name), guessed: true, unknown: false, why: null }
  const rule = directionRule(name)
  const direction = rule?.direction ?? null
  return { direction: direction ?? 'direct', guessed: true, unknown: direction === null, why: rule?.why ?? null }
}

function reasonLeftOut(column: WardColumn, isDefault: boolean, advice: ReadonlyMap<string, ColumnAdvice>): string {
  if (column.reason !== null) return column.reason
  return isDefault ? (advice.get(column.name)?.why ?? 'not chosen') : 'not chosen'
}

function suggestedColumns(table: WardTable, advice: ReadonlyMap<string, ColumnAdvice>): readonly WardColumn[] {
  const suggested = table.columns.filter(({ name }) => advice.get(name)?.suggested === true)
  if (suggested.length >= FEWEST) return suggested
  const candidates = table.columns.filter(({ indicator }) => indicator)
  const none = say('found-none', {})
  const offered = listedOr(
    suggested.map(({ name }) => name),
    12,
    none,
  )
  throw new Fault(
    'invalid-input',
    say('choose-indicators', {
      fewest: FEWEST,
      most: MOST,
      suggested: offered.names,
      moreSuggested: offered.more,
      count: candidates.length,
      ...listedOr(
        candidates.map(({ name }) => name),
        100,
        none,
      ),
    }),
    {
      errors: [
        { said: say('name-indicators', {}), pointer: '/indicators' },
        ...candidates
          .filter((column) => !suggested.includes(column))
          .slice(0, MOST_REASONS)
          .map(({ name }) => ({
            said: say('column-not-suggested', { column: quoted(name), why: advice.get(name)?.why ?? '' }),
          })),
      ],
    },
  )
}

function namedColumns(table: WardTable, names: readonly string[], mode: Mode): readonly WardColumn[] {
  const most = mode === 'legacy' ? MOST_LEGACY : MOST
  if (names.length < FEWEST || names.length > most) {
    throw new Fault('invalid-input', say('indicators-named', { fewest: FEWEST, most, count: names.length }), {
      errors: [{ said: say('count-of-indicators', { count: names.length }), pointer: '/indicators' }],
    })
  }
  const byName = new Map(table.columns.map((column) => [column.name, column]))
  const errors: FaultDetail[] = []
  const columns: WardColumn[] = []
  names.forEach((name, index) => {
    const pointer = `/indicators/${String(index)}`
    const column = byName.get(name)
    if (names.indexOf(name) !== index) errors.push({ said: say('named-twice', { name: quoted(name) }), pointer })
    else if (column === undefined) errors.push({ said: say('no-such-column', { column: quoted(name) }), pointer })
    else if (column.reason !== null)
      errors.push({
        said: say('column-no-indicator', { column: quoted(name), why: column.reasonSaid ?? column.reason }),
        pointer,
      })
    else columns.push(column)
  })
  if (errors.length === 0) return columns
  const candidates = table.columns.filter(({ indicator }) => indicator).map(({ name }) => name)
  throw new Fault('invalid-input', say('cannot-rank-by-these', listedOr(candidates, 100, say('found-none', {}))), {
    errors,
  })
}

/** @throws Fault `invalid-input` with a pointer to each column that repeats an earlier one */
function refuseCopies(columns: readonly WardColumn[], copies: ReadonlyMap<string, Copy>): void {
  const errors = columns.flatMap(({ name }, index): FaultDetail[] => {
    const copy = copies.get(name)
    if (copy === undefined) return []
    return [
      {
        said: say('column-is-copy', { column: quoted(name), why: copyReason(copy) }),
        pointer: `/indicators/${String(index)}`,
      },
    ]
  })
  if (errors.length === 0) return
  throw new Fault('invalid-input', say('cannot-rank-by-copies', {}), { errors })
}

function directionsOf({ directions }: AnalysisOptions, chosen: ReadonlySet<string>): ReadonlyMap<string, Direction> {
  const given = new Map<string, Direction>()
  const errors: FaultDetail[] = []
  for (const [name, direction] of Object.entries<string>(directions ?? {})) {
    const pointer = `/directions/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`
    if (!chosen.has(name)) errors.push({ said: say('not-of-indicators', { column: quoted(name) }), pointer })
    else if (direction === 'direct' || direction === 'inverse') given.set(name, direction)
    else errors.push({ said: say('no-direction', { direction: quoted(direction) }), pointer })
  }
  if (errors.length > 0) throw new Fault('invalid-input', say('cannot-use-directions', {}), { errors })
  return given
}
