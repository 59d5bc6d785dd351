import type { FaultDetail } from '../fault.ts'
import type { PlanBasis } from './plan-basis.ts'
import { PLAN_DEFAULTS } from './plan-limits.ts'
import type { PlanOptions, PlanRules } from './plan-options.ts'
import { heldBack } from './rules/supply.ts'

/** The rules of a programme, of which legacy mode takes none. */
const RULES = {
  rankColumn: true,
  rankFirst: true,
  lastWard: true,
  urbanRule: true,
  protect: true,
  exceptions: true,
  reserve: true,
  bufferPercent: true,
  peoplePerNet: true,
  peoplePerNetSource: true,
  householdColumn: true,
  baleSize: true,
  costs: true,
} as const satisfies Record<keyof typeof PlanRules, true>

/** Options that do not go together, with a pointer to each. */
export function refuseRules(basis: PlanBasis, options: PlanOptions): readonly FaultDetail[] {
  const { rule = PLAN_DEFAULTS.rule, mode = PLAN_DEFAULTS.mode, protect } = options
  const usesHouseholds = rule === 'household' || mode === 'legacy'
  const isOther = options.peoplePerNet !== undefined && options.peoplePerNet !== PLAN_DEFAULTS.peoplePerNet
  const { routine, buffer } = heldBack(options.totalNets, options.reserve ?? null, options.bufferPercent ?? 0)
  const checks: readonly (readonly [isWrong: boolean, pointer: string, detail: string])[] = [
    [
      options.householdSize !== undefined && !usesHouseholds,
      '/householdSize',
      'only the household rule and legacy mode take a household size',
    ],
    [mode === 'legacy' && options.rule === 'household', '/rule', 'legacy mode has one rule; leave it out'],
    ...Object.keys(RULES).map(
      (name) =>
        [
          mode === 'legacy' && options[name as keyof typeof RULES] !== undefined,
          `/${name}`,
          'legacy mode repeats the earlier system, which had no such rule',
        ] as const,
    ),
    [
      options.ranking === 'pca' && basis.pcaReasons.length > 0,
      '/ranking',
      `there is no PCA ranking: ${basis.pcaReasons.join('; ')}`,
    ],
    [
      options.ranking !== undefined && options.rankColumn !== undefined,
      '/rankColumn',
      'wards are served by a ranking or by a column; leave one of them out',
    ],
    [
      options.rankFirst !== undefined && options.rankColumn === undefined,
      '/rankFirst',
      'it says which values of rankColumn come first; name that column',
    ],
    [
      options.urbanThreshold !== undefined && options.urbanRule !== undefined,
      '/urbanThreshold',
      'the urban rule has its own threshold; leave one of them out',
    ],
    [
      (protect?.column === undefined) !== (protect?.from === undefined),
      '/protect',
      '`column` and `from` go together: wards whose value is at least `from` are protected',
    ],
    [
      isOther && options.peoplePerNetSource === undefined,
      '/peoplePerNetSource',
      'a figure other than 1.8 people per net needs its source',
    ],
    [
      options.peoplePerNet !== undefined &&
        Math.abs(options.peoplePerNet * 100 - Math.round(options.peoplePerNet * 100)) > 1e-6,
      '/peoplePerNet',
      'must have at most two decimals',
    ],
    [
      options.peoplePerNet !== undefined && rule === 'household',
      '/peoplePerNet',
      'the household rule counts nets by household; leave it out',
    ],
    [
      options.householdColumn !== undefined && rule !== 'household',
      '/householdColumn',
      'only the household rule takes household sizes',
    ],
    [
      routine + buffer > Math.max(0, options.totalNets),
      '/reserve',
      `the reserve and the buffer are ${String(routine + buffer)} nets, more than the stock`,
    ],
  ]
  return checks.flatMap(([isWrong, pointer, detail]) => (isWrong ? [{ detail, pointer }] : []))
}
