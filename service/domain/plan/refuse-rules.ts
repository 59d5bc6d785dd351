import type { FaultDetail } from '../fault.ts'
import { say, type Said } from '../said.ts'
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
  const checks: readonly (readonly [isWrong: boolean, pointer: string, said: Said])[] = [
    [options.householdSize !== undefined && !usesHouseholds, '/householdSize', say('only-household-size', {})],
    [mode === 'legacy' && options.rule === 'household', '/rule', say('legacy-one-rule', {})],
    ...Object.keys(RULES).map(
      (name) =>
        [
          mode === 'legacy' && options[name as keyof typeof RULES] !== undefined,
          `/${name}`,
          say('legacy-without-rule', {}),
        ] as const,
    ),
    [
      options.ranking === 'pca' && basis.pcaReasons.length > 0,
      '/ranking',
      say('no-pca-ranking', { reasons: basis.pcaReasons }),
    ],
    [options.ranking !== undefined && options.rankColumn !== undefined, '/rankColumn', say('ranking-or-column', {})],
    [
      options.rankFirst !== undefined && options.rankColumn === undefined,
      '/rankFirst',
      say('rank-first-of-column', {}),
    ],
    [
      options.urbanThreshold !== undefined && options.urbanRule !== undefined,
      '/urbanThreshold',
      say('urban-rule-has-threshold', {}),
    ],
    [(protect?.column === undefined) !== (protect?.from === undefined), '/protect', say('column-and-from', {})],
    [isOther && options.peoplePerNetSource === undefined, '/peoplePerNetSource', say('figure-needs-source', {})],
    [
      options.peoplePerNet !== undefined &&
        Math.abs(options.peoplePerNet * 100 - Math.round(options.peoplePerNet * 100)) > 1e-6,
      '/peoplePerNet',
      say('two-decimals', {}),
    ],
    [options.peoplePerNet !== undefined && rule === 'household', '/peoplePerNet', say('household-counts-nets', {})],
    [
      options.householdColumn !== undefined && rule !== 'household',
      '/householdColumn',
      say('only-household-sizes', {}),
    ],
    [
      routine + buffer > Math.max(0, options.totalNets),
      '/reserve',
      say('reserve-exceeds-stock', { nets: routine + buffer }),
    ],
  ]
  return checks.flatMap(([isWrong, pointer, said]) => (isWrong ? [{ said, pointer }] : []))
}
