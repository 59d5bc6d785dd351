import { COLUMN_KINDS } from '../files/column-kinds.ts'
import type { PlanKind } from '../files/column-kinds.ts'
import { Fault } from '../fault.ts'
import type { FaultDetail } from '../fault.ts'
import { listed, quoted } from '../fault-list.ts'
import { isTaken, PLAN_DEFAULTS, PLAN_NUMBERS } from './plan-limits.ts'
import type { PlanOptions } from './plan-options.ts'
import type { PlanNumbers } from './plan-limits.ts'
import type { PlanParameters } from './planned-ward.ts'
import type { PlanBasis } from './plan-basis.ts'
import type { PlanColumn } from './plan-columns.ts'

/** A plan's parameters, and the columns they name. */
export interface PlanInputs {
  readonly parameters: PlanParameters
  readonly population: PlanColumn
  readonly urban: PlanColumn | null
}

/**
 * Fills in the options that were not chosen.
 * @throws Fault `invalid-input` when options do not fit, with a pointer to each
 */
export function planInputs(basis: PlanBasis, options: PlanOptions): PlanInputs {
  const {
    totalNets,
    urbanThreshold = PLAN_DEFAULTS.urbanThreshold,
    ranking = PLAN_DEFAULTS.ranking,
    rule = PLAN_DEFAULTS.rule,
    householdSize = PLAN_DEFAULTS.householdSize,
    mode = PLAN_DEFAULTS.mode,
  } = options
  const errors: FaultDetail[] = []
  const check = (isRight: boolean, pointer: string, detail: string): void => {
    if (!isRight) errors.push({ detail, pointer })
  }
  const usesHouseholds = rule === 'household' || mode === 'legacy'
  const numbers: Readonly<Record<keyof PlanNumbers, number>> = { totalNets, urbanThreshold, householdSize }
  for (const [option, value] of Object.entries(numbers) as [keyof PlanNumbers, number][])
    check(isTaken(option, value), `/${option}`, `must be ${PLAN_NUMBERS[option].title}`)
  check(
    options.householdSize === undefined || usesHouseholds,
    '/householdSize',
    'only the household rule and legacy mode take a household size',
  )
  check(mode === 'standard' || rule === 'per-person', '/rule', 'legacy mode has one rule; leave it out')
  check(
    ranking === 'composite' || basis.pcaReasons.length === 0,
    '/ranking',
    `there is no PCA ranking: ${basis.pcaReasons.join('; ')}`,
  )
  const population = columnFor(basis, options.populationColumn, 'population', '/populationColumn', errors)
  const urban = columnFor(basis, options.urbanColumn, 'urbanShare', '/urbanColumn', errors)
  if (population === null && options.populationColumn === undefined) {
    const unusable = basis.unusable
      .filter(({ kind }) => kind === 'population')
      .map(({ name, reason }) => `${quoted(name)} cannot be used: ${reason}`)
    const found =
      unusable.length > 0 ? unusable.join('; ') : `no column is called ${COLUMN_KINDS.population.join(', ')}`
    errors.push({
      detail: `${found}; name the one that counts people: ${
        listed(
          basis.columns.map(({ name }) => name),
          50,
        ) || 'the data have none'
      }`,
      pointer: '/populationColumn',
    })
  }
  if (errors.length > 0 || population === null) throw new Fault('invalid-input', 'Cannot make this plan', { errors })
  const defaulted = (
    ['urbanThreshold', 'ranking', 'rule', 'householdSize', 'populationColumn', 'urbanColumn', 'mode'] as const
  ).filter(
    (name) =>
      options[name] === undefined &&
      (name !== 'householdSize' || usesHouseholds) &&
      (name !== 'rule' || mode === 'standard'),
  )
  return {
    parameters: {
      totalNets,
      urbanThreshold,
      ranking,
      rule,
      householdSize: usesHouseholds ? householdSize : null,
      populationColumn: population.name,
      urbanColumn: urban?.name ?? null,
      mode,
      defaulted,
    },
    population,
    urban,
  }
}

/** The named column, or else the preferred one of the kind; null if there is none. */
function columnFor(
  { columns }: PlanBasis,
  named: string | undefined,
  kind: PlanKind,
  pointer: string,
  errors: FaultDetail[],
): PlanColumn | null {
  if (named === undefined) return columns.find((column) => column.kind === kind) ?? null
  const column = columns.find(({ name }) => name === named) ?? null
  if (column === null)
    errors.push({
      detail: `there is no column of numbers ${quoted(named)}; the data have ${
        listed(
          columns.map(({ name }) => name),
          50,
        ) || 'none'
      }`,
      pointer,
    })
  return column
}
