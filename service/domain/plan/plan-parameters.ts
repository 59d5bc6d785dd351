import { COLUMN_KINDS } from '../files/column-kinds.ts'
import type { PlanKind } from '../files/column-kinds.ts'
import { Fault } from '../fault.ts'
import type { FaultDetail } from '../fault.ts'
import { quoted } from '../quoted.ts'
import { listedNames, say, type PlainKind } from '../said.ts'
import { listedOr } from '../said-lists.ts'
import { titleOf } from '../schema-refusals.ts'
import { isTaken, PLAN_DEFAULTS, PLAN_NUMBERS } from './plan-limits.ts'
import type { PlanOptions } from './plan-options.ts'
import type { PlanParameters } from './planned-ward.ts'
import type { PlanBasis } from './plan-basis.ts'
import type { PlanColumn } from './plan-columns.ts'
import { refuseRules } from './refuse-rules.ts'
import { namedWards } from './rules/exceptions.ts'
import type { NamedWards } from './rules/exceptions.ts'
import type { Protection } from './rules/protection.ts'

/** A plan's parameters, and the columns and wards they name. */
export interface PlanInputs {
  readonly parameters: PlanParameters
  readonly population: PlanColumn
  readonly urban: PlanColumn | null
  /** Null unless wards are served by a column. */
  readonly order: PlanColumn | null
  readonly households: PlanColumn | null
  readonly protection: Protection
  readonly exceptions: NamedWards
}

/**
 * Fills in the options that were not chosen.
 * @throws Fault `invalid-input` when options do not fit, with a pointer to each
 */
export function planInputs(basis: PlanBasis, options: PlanOptions): PlanInputs {
  const errors: FaultDetail[] = [...refuseRules(basis, options)]
  for (const option of Object.keys(PLAN_NUMBERS) as (keyof typeof PLAN_NUMBERS)[]) {
    const value = options[option]
    if (value !== undefined && !isTaken(option, value))
      errors.push({ said: say('must-be', { what: titleOf(PLAN_NUMBERS[option].title) }), pointer: `/${option}` })
  }
  const population = columnFor(basis, options.populationColumn, 'population', '/populationColumn', errors)
  const urban = columnFor(basis, options.urbanColumn, 'urbanShare', '/urbanColumn', errors)
  if (population === null && options.populationColumn === undefined) errors.push(noPopulation(basis))
  if (urban === null && options.urbanRule?.kind === 'leave-out' && options.urbanColumn === undefined)
    errors.push({ said: say('no-urban-share', {}), pointer: '/urbanRule' })
  const order = named(basis, options.rankColumn, '/rankColumn', errors)
  const households = named(basis, options.householdColumn, '/householdColumn', errors)
  const protection = protectionOf(basis, options, errors)
  const exceptions = namedWards(basis.wards, options.exceptions ?? [], errors)
  if (errors.length > 0 || population === null)
    throw new Fault('invalid-input', say('cannot-make-plan', {}), { errors })
  return {
    parameters: parametersOf(options, population.name, urban?.name ?? null),
    population,
    urban,
    order,
    households,
    protection,
    exceptions,
  }
}

function parametersOf(options: PlanOptions, populationColumn: string, urbanColumn: string | null): PlanParameters {
  const { rule = PLAN_DEFAULTS.rule, mode = PLAN_DEFAULTS.mode, rankColumn } = options
  const usesHouseholds = rule === 'household' || mode === 'legacy'
  const urban = options.urbanRule ?? {
    kind: 'tiers',
    threshold: options.urbanThreshold ?? PLAN_DEFAULTS.urbanThreshold,
  }
  const isChosen: Readonly<Record<string, boolean>> = {
    urbanThreshold: options.urbanThreshold !== undefined || options.urbanRule !== undefined,
    ranking: options.ranking !== undefined || rankColumn !== undefined,
    rule: options.rule !== undefined || mode === 'legacy',
    householdSize: options.householdSize !== undefined || !usesHouseholds,
    populationColumn: options.populationColumn !== undefined,
    urbanColumn: options.urbanColumn !== undefined,
    mode: options.mode !== undefined,
  }
  return {
    totalNets: options.totalNets,
    urbanRule: urban.kind,
    urbanThreshold: urban.kind === 'tiers' ? urban.threshold : null,
    urbanFrom: urban.kind === 'leave-out' ? urban.urbanFrom : null,
    upToPercent: urban.kind === 'leave-out' ? urban.upToPercent : null,
    ranking: rankColumn === undefined ? (options.ranking ?? PLAN_DEFAULTS.ranking) : 'column',
    rankColumn: rankColumn ?? null,
    rankFirst: rankColumn === undefined ? null : (options.rankFirst ?? 'highest'),
    lastWard: options.lastWard ?? PLAN_DEFAULTS.lastWard,
    rule,
    peoplePerNet: options.peoplePerNet ?? PLAN_DEFAULTS.peoplePerNet,
    peoplePerNetSource: options.peoplePerNetSource ?? null,
    householdSize: usesHouseholds ? (options.householdSize ?? PLAN_DEFAULTS.householdSize) : null,
    householdColumn: options.householdColumn ?? null,
    populationColumn,
    urbanColumn,
    reserve: options.reserve ?? null,
    bufferPercent: options.bufferPercent ?? 0,
    baleSize: options.baleSize ?? null,
    protect: options.protect ?? null,
    exceptions: options.exceptions ?? [],
    costs: options.costs ?? null,
    where: options.where === undefined || options.where.length === 0 ? null : options.where,
    mode,
    defaulted: Object.keys(isChosen).filter((name) => isChosen[name] === false),
  }
}

/** The columns that protect a ward: the one that is named, and measured test positivity. */
function protectionOf(basis: PlanBasis, { protect = {} }: PlanOptions, errors: FaultDetail[]): Protection {
  const { tierHigh = false, positivityFrom, column, from } = protect
  const least = []
  if (column !== undefined && from !== undefined) {
    const found = named(basis, column, '/protect/column', errors)
    if (found !== null) least.push({ column: found, from })
  }
  if (positivityFrom !== undefined) {
    const measured = basis.columns.filter(({ name }) => basis.positivity.includes(name))
    const [only] = measured
    if (only !== undefined && measured.length === 1) least.push({ column: only, from: positivityFrom })
    else
      errors.push({
        said:
          only === undefined
            ? say('no-positivity-measured', {})
            : say('several-positivities', { ...listedNames(measured.map(({ name }) => name)) }),
        pointer: '/protect/positivityFrom',
      })
  }
  return { tierHigh, least }
}

function noPopulation(basis: PlanBasis): FaultDetail {
  const unusable = basis.unusable
    .filter(({ kind }) => kind === 'population')
    .map(({ name, reason }) => say('column-unusable', { column: quoted(name), why: reason }))
  const found = unusable.length > 0 ? unusable : say('no-column-called', { names: COLUMN_KINDS.population })
  return {
    said: say('no-population', { found, ...namesOf(basis, 'data-have-none') }),
    pointer: '/populationColumn',
  }
}

/** The named column, or else the preferred one of the kind; null if there is none. */
function columnFor(
  basis: PlanBasis,
  name: string | undefined,
  kind: PlanKind,
  pointer: string,
  errors: FaultDetail[],
): PlanColumn | null {
  if (name === undefined) return basis.columns.find((column) => column.kind === kind) ?? null
  return named(basis, name, pointer, errors)
}

function named(
  basis: PlanBasis,
  wanted: string | undefined,
  pointer: string,
  errors: FaultDetail[],
): PlanColumn | null {
  if (wanted === undefined) return null
  const column = basis.columns.find(({ name }) => name === wanted) ?? null
  if (column === null)
    errors.push({
      said: say('no-column-of-numbers-of', { column: quoted(wanted), ...namesOf(basis, 'found-none') }),
      pointer,
    })
  return column
}

function namesOf({ columns }: PlanBasis, none: PlainKind): ReturnType<typeof listedOr> {
  return listedOr(
    columns.map(({ name }) => name),
    50,
    say(none, {}),
  )
}
