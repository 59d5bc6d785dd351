import type { AnalysisOptions, LeftOutColumn, Mode } from './analysis-result.ts'
import { PLAN_KINDS } from '../files/column-kinds.ts'
import { isCandidate, planKindOf } from '../files/column-names.ts'
import { guessDirection } from '../files/directions.ts'
import { Fault } from '../fault.ts'
import type { FaultDetail } from '../fault.ts'
import { listed, quoted } from '../fault-list.ts'
import type { Direction, WardColumn, WardTable } from '../files/ward-table.ts'

const FEWEST = 2
const MOST = 10
/** Legacy scores from the first five whatever their number. */
const MOST_LEGACY = 50

/** A column chosen as an indicator, with its direction and whether that is a guess. */
export interface ChosenIndicator {
  readonly column: WardColumn
  readonly direction: Direction
  readonly guessed: boolean
}

/** The indicators of an analysis, in order, and the columns that are none of them. */
export interface Choice {
  readonly indicators: readonly ChosenIndicator[]
  readonly defaulted: boolean
  readonly leftOut: readonly LeftOutColumn[]
}

/**
 * Chooses indicators as the options say: the named columns in the given order, or all candidates but population and
 * urban share when that makes 2 to 10. Throws `invalid-input` with a pointer to each name that cannot be used.
 */
export function chooseIndicators(table: WardTable, options: AnalysisOptions, mode: Mode): Choice {
  const columns =
    options.indicators === undefined ? defaultColumns(table) : namedColumns(table, options.indicators, mode)
  const chosen = new Set(columns.map(({ name }) => name))
  const given = directionsOf(options, chosen)
  return {
    indicators: columns.map((column) => {
      const direction = given.get(column.name)
      return { column, direction: direction ?? guessDirection(column.name), guessed: direction === undefined }
    }),
    defaulted: options.indicators === undefined,
    leftOut: table.columns
      .filter(({ name }) => !chosen.has(name))
      .map((column) => ({ name: column.name, reason: reasonLeftOut(column) })),
  }
}

function reasonLeftOut(column: WardColumn): string {
  if (column.reason !== null) return column.reason
  const kind = planKindOf(column.name)
  return kind === null ? 'not chosen' : `${PLAN_KINDS[kind]}; not used unless named`
}

function defaultColumns(table: WardTable): readonly WardColumn[] {
  const candidates = table.columns.filter(isCandidate)
  if (candidates.length >= FEWEST && candidates.length <= MOST) return candidates
  const names = candidates.map(({ name }) => name)
  const found = names.length === 0 ? 'none' : listed(names, 100)
  throw new Fault(
    'invalid-input',
    `Choose ${String(FEWEST)} to ${String(MOST)} indicators: the data have ${String(names.length)} candidates besides population and urban share: ${found}`,
    {
      errors: [{ detail: 'name the indicators to rank by', pointer: '/indicators' }],
    },
  )
}

function namedColumns(table: WardTable, names: readonly string[], mode: Mode): readonly WardColumn[] {
  const most = mode === 'legacy' ? MOST_LEGACY : MOST
  if (names.length < FEWEST || names.length > most) {
    throw new Fault(
      'invalid-input',
      `Choose ${String(FEWEST)} to ${String(most)} indicators; ${String(names.length)} were named`,
      { errors: [{ detail: `${String(names.length)} indicators`, pointer: '/indicators' }] },
    )
  }
  const byName = new Map(table.columns.map((column) => [column.name, column]))
  const errors: FaultDetail[] = []
  const columns: WardColumn[] = []
  names.forEach((name, index) => {
    const pointer = `/indicators/${String(index)}`
    const column = byName.get(name)
    if (names.indexOf(name) !== index) errors.push({ detail: `${quoted(name)} is named twice`, pointer })
    else if (column === undefined) errors.push({ detail: `there is no column ${quoted(name)}`, pointer })
    else if (column.reason !== null)
      errors.push({ detail: `${quoted(name)} is no indicator: ${column.reason}`, pointer })
    else columns.push(column)
  })
  if (errors.length === 0) return columns
  const candidates = table.columns.filter(({ indicator }) => indicator).map(({ name }) => name)
  throw new Fault(
    'invalid-input',
    `Cannot rank by these indicators; the data have ${candidates.length === 0 ? 'none' : listed(candidates, 100)}`,
    { errors },
  )
}

function directionsOf({ directions }: AnalysisOptions, chosen: ReadonlySet<string>): ReadonlyMap<string, Direction> {
  const given = new Map<string, Direction>()
  const errors: FaultDetail[] = []
  for (const [name, direction] of Object.entries<string>(directions ?? {})) {
    const pointer = `/directions/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`
    if (!chosen.has(name)) errors.push({ detail: `${quoted(name)} is not one of the indicators`, pointer })
    else if (direction === 'direct' || direction === 'inverse') given.set(name, direction)
    else errors.push({ detail: `${quoted(direction)} is neither direct nor inverse`, pointer })
  }
  if (errors.length > 0) throw new Fault('invalid-input', 'Cannot use these directions', { errors })
  return given
}
