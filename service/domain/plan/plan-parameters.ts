import { bareName, isPopulation, POPULATION_NAMES, URBAN_SHARE_NAMES } from '../files/column-names.ts'
import { Fault } from '../fault.ts'
import type { FaultDetail } from '../fault.ts'
import { listed, quoted } from '../fault-list.ts'
import type { PlanOptions } from './net-plan.ts'
import type { PlanParameters } from './planned-ward.ts'
import type { PlanBasis, PlanColumn } from './plan-basis.ts'

/** A plan's parameters, and the columns they name. */
export interface PlanInputs {
  readonly parameters: PlanParameters
  readonly population: PlanColumn
  readonly urban: PlanColumn | null
}

const USUAL_THRESHOLD = 75
const USUAL_HOUSEHOLD = 5
const MOST_NETS = 1_000_000_000
const MOST_HOUSEHOLD = 50

/**
 * Fills in the options that were not chosen.
 * @throws Fault `invalid-input` with a pointer to each option that does not fit
 */
export function planInputs(basis: PlanBasis, options: PlanOptions): PlanInputs {
  const {
    totalNets,
    urbanThreshold = USUAL_THRESHOLD,
    ranking = 'composite',
    rule = 'per-person',
    householdSize = USUAL_HOUSEHOLD,
    mode = 'standard',
  } = options
  const errors: FaultDetail[] = []
  const check = (isRight: boolean, pointer: string, detail: string): void => {
    if (!isRight) errors.push({ detail, pointer })
  }
  const usesHouseholds = rule === 'household' || mode === 'legacy'
  check(
    Number.isInteger(totalNets) && totalNets >= 0 && totalNets <= MOST_NETS,
    '/totalNets',
    `the stock is a whole number of nets from 0 to ${String(MOST_NETS)}`,
  )
  check(urbanThreshold >= 0 && urbanThreshold <= 100, '/urbanThreshold', 'the threshold is a percentage from 0 to 100')
  check(
    householdSize >= 1 && householdSize <= MOST_HOUSEHOLD,
    '/householdSize',
    `a household has 1 to ${String(MOST_HOUSEHOLD)} people`,
  )
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
  const population = columnFor(basis, options.populationColumn, POPULATION_NAMES, '/populationColumn', errors)
  const urban = columnFor(basis, options.urbanColumn, URBAN_SHARE_NAMES, '/urbanColumn', errors)
  if (population === null && options.populationColumn === undefined) {
    const unusable = basis.unusable
      .filter(({ name }) => isPopulation(name))
      .map(({ name, reason }) => `${quoted(name)} cannot be used: ${reason}`)
    const found = unusable.length > 0 ? unusable.join('; ') : `no column is called ${POPULATION_NAMES.join(', ')}`
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

/** The named column, or else the first with one of the known names; null if there is none. */
function columnFor(
  { columns }: PlanBasis,
  named: string | undefined,
  known: readonly string[],
  pointer: string,
  errors: FaultDetail[],
): PlanColumn | null {
  if (named === undefined)
    return known.flatMap((name) => columns.find((column) => bareName(column.name) === bareName(name)) ?? [])[0] ?? null
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
