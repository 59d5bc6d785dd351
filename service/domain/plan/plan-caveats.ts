import { findingCaveats } from '../dataset/finding-caveats.ts'
import { outlierCaveat } from '../dataset/outliers.ts'
import { scaleCaveat } from '../dataset/two-scales.ts'
import { listed, quoted } from '../quoted.ts'
import type { ExcludedWard, PlanTotals } from './net-plan.ts'
import type { PlannedWard, PlanParameters } from './planned-ward.ts'
import type { PlanBasis } from './plan-basis.ts'
import type { WardNeed } from './hand-out.ts'
import type { PlanColumn } from './plan-columns.ts'
import { ruleCaveats } from './rule-caveats.ts'
import type { SettledInputs } from './settled-inputs.ts'

/** What holds for every plan, whatever the data. */
export const GENERAL_PLAN_CAVEAT =
  'Wards are served by rank, which is relative to the uploaded area; a rank is not an absolute risk.'

interface Plan {
  readonly parameters: PlanParameters
  readonly totals: PlanTotals
  readonly wards: readonly PlannedWard[]
  readonly excluded: readonly ExcludedWard[]
  readonly inputs: SettledInputs
  readonly basis: Pick<PlanBasis, 'wards' | 'unusable' | 'columns' | 'caveats' | 'columnFindings'>
  /** The wards before the urban rule left any out. */
  readonly candidates: readonly WardNeed[]
}

/** Sentences that a reader of a plan must know before acting on it: about the plan, then those of its ranking. */
export function planCaveats(plan: Plan): readonly string[] {
  return [
    GENERAL_PLAN_CAVEAT,
    ...defaultCaveats(plan.parameters),
    ...severalCaveats(plan),
    ...plan.inputs.answered,
    ...valueCaveats(plan),
    ...urbanCaveats(plan),
    ...excludedCaveats(plan),
    ...tieCaveats(plan),
    ...ruleCaveats(plan),
    ...(plan.parameters.mode === 'legacy'
      ? [
          'Legacy mode repeats the earlier system’s rule, so that past decisions can be reproduced; ' +
            'do not use it for new plans.',
        ]
      : []),
    ...plan.basis.caveats,
  ]
}

/**
 * What could be wrong with the plan's columns: two units in one of them, a ward with far more people than the others,
 * values that were taken out. What the ranking says of them already is not said twice.
 */
function valueCaveats({ parameters, basis }: Plan): string[] {
  const { populationColumn, urbanColumn, rankColumn, householdColumn, protect } = parameters
  const labels = basis.wards.map(({ wardName }) => wardName)
  const names = [populationColumn, urbanColumn, rankColumn, householdColumn, protect?.column]
  const used = basis.columns.filter(({ name }) => names.includes(name))
  const said = new Set(basis.caveats)
  return [
    ...used.flatMap(({ name, values }) => scaleCaveat(name, values, labels) ?? []),
    // Most wards are hardly urban or wholly so: far from the rest is usual among shares.
    ...used
      .filter(({ name }) => name === populationColumn)
      .flatMap(({ name, values }) => outlierCaveat(name, values, labels) ?? []),
    ...findingCaveats(
      basis.columnFindings,
      used.map(({ name }) => name),
    ),
  ].filter((caveat) => !said.has(caveat))
}

/** Names the other columns of a kind, and those that could not be used, where nobody chose one. */
function severalCaveats({ parameters: { defaulted, populationColumn, urbanColumn }, basis }: Plan): string[] {
  const others = (kind: PlanColumn['kind'], taken: string | null): string[] => {
    if (taken === null) return []
    const names = basis.columns.filter((column) => column.kind === kind && column.name !== taken)
    return [
      ...(names.length === 0
        ? []
        : [`${quoted(taken)} was taken, and not ${listed(names.map(({ name }) => name))}, which may say the same.`]),
      ...basis.unusable
        .filter((column) => column.kind === kind)
        .map(({ name, reason }) => `${quoted(taken)} was taken, because ${quoted(name)} cannot be used: ${reason}.`),
    ]
  }
  return [
    ...(defaulted.includes('populationColumn') ? others('population', populationColumn) : []),
    ...(defaulted.includes('urbanColumn') ? others('urbanShare', urbanColumn) : []),
  ]
}

function defaultCaveats({
  defaulted,
  urbanThreshold,
  ranking,
  rule,
  householdSize,
  populationColumn,
  urbanColumn,
  mode,
}: PlanParameters): string[] {
  if (defaulted.length === 0) return []
  const words: Readonly<Record<string, string>> = {
    urbanThreshold: `an urban threshold of ${String(urbanThreshold)} %`,
    ranking: ranking === 'pca' ? 'the PCA ranking' : 'the composite ranking',
    rule: `the ${rule} rule`,
    householdSize: `${String(householdSize)} people per household`,
    populationColumn: `the population from ${populationColumn}`,
    urbanColumn: urbanColumn === null ? 'no urban share' : `the urban share from ${urbanColumn}`,
    mode: `${mode} mode`,
  }
  return [`Not chosen, so the default was used: ${defaulted.map((name) => words[name] ?? name).join(', ')}.`]
}

function urbanCaveats({ parameters, inputs: { urban }, basis, candidates }: Plan): string[] {
  if (urban === null) {
    const found = basis.unusable
      .filter(({ kind }) => kind === 'urbanShare')
      .map(({ name, reason }) => `${quoted(name)} cannot be used (${reason})`)
    return [
      `${found.length > 0 ? `The urban share ${found.join(', ')}` : 'The data have no urban share'}: ` +
        'all wards are in one tier.',
    ]
  }
  const unknown = candidates.filter(({ urbanShare }) => urbanShare === null).map(({ wardName }) => wardName)
  const shares = candidates.flatMap(({ urbanShare }) => urbanShare ?? [])
  const isLeaveOut = parameters.urbanThreshold === null
  const greatest = shares.reduce((most, share) => Math.max(most, share), 0)
  return [
    ...(urban.isYesNo ? [`${quoted(urban.name)} holds yes and no, taken as 100 and 0 percent.`] : []),
    ...(!urban.isYesNo && greatest <= 1 && shares.length > 0
      ? [
          `No value of ${quoted(urban.name)} is above 1: if these are fractions of 1, ` +
            (isLeaveOut
              ? `the rule from ${String(parameters.urbanFrom)} percent on leaves no ward out.`
              : `the threshold of ${String(parameters.urbanThreshold)} percent puts every ward in tier 1.`),
        ]
      : []),
    ...(greatest > 100 ? [`${quoted(urban.name)} has values above 100, which is not possible for a percentage.`] : []),
    ...(unknown.length > 0
      ? [
          `${String(unknown.length)} wards have no urban share and are ` +
            (isLeaveOut
              ? 'not left out, because they are not known to be urban: '
              : 'in tier 2 unless a rule says otherwise, because they are not known to be below the threshold: ') +
            `${unknown.join(', ')}.`,
        ]
      : []),
  ]
}

function excludedCaveats({ excluded }: Plan): string[] {
  const unusable = excluded.filter(({ rule }) => rule === 'population')
  if (unusable.length === 0) return []
  return [
    `${String(unusable.length)} wards have no usable population and are left out of the plan: ` +
      `${unusable.map(({ wardName }) => wardName).join(', ')}.`,
  ]
}

/** When wards of equal rank and tier get different shares of their need, the order of their names decided it. */
function tieCaveats({ wards, parameters: { baleSize } }: Plan): string[] {
  // Less than a bale is missing because bales are not opened, not because the stock ran out.
  const first = wards.find(({ allocated, need }) => need - allocated >= (baleSize ?? 1))
  if (first === undefined) return []
  const equals = wards.filter(
    ({ rank, allocationTier }) => rank === first.rank && allocationTier === first.allocationTier,
  )
  if (equals.length < 2 || equals.every(({ allocated }) => allocated === 0)) return []
  return [
    `The stock ran out among ${String(equals.length)} wards of equal rank ${String(first.rank)}; ` +
      `they were served in the order of their names: ${equals.map(({ wardName }) => wardName).join(', ')}.`,
  ]
}
