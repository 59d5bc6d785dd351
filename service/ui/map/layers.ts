import type { CertaintyReply } from '../../features/replies/certainty.ts'
import type { Plan } from '../../features/replies/plans.ts'
import { figure, fixed, percentText, shareText, whole } from '../formats.ts'
import type { Ranking, Ward } from '../wards/ward.ts'
import { words } from '../words/en.ts'

/** One way to colour the wards. */
export interface Layer {
  readonly id: string
  readonly label: string
  /** The part of the list of layers in which it is. */
  readonly section: 'ranking' | 'certainty' | 'nets' | 'indicators' | 'answer'
  readonly valueOf: (ward: Ward) => number | string | null
  /** Named groups; without them, values are numbers and are divided into classes. */
  readonly groups?: readonly { readonly value: string; readonly label: string; readonly colour: string }[]
  /** Whether a smaller number is more of the risk. */
  readonly isReversed?: boolean
  readonly format?: (value: number) => string
}

/** The layer that needs the certainty of the order, which is worked out when it is asked for. */
export const CERTAINTY_LAYER = 'verdict'
export const COVERAGE_LAYER = 'coverage'
export const TIER_LAYER = 'tier'

/** All layers that can be shown now. */
export function layersOf(
  { analysis }: Ranking,
  certainty: CertaintyReply | null,
  plan: Plan | null,
  netsCertainty: CertaintyReply | null,
  answer: Layer | null,
): readonly Layer[] {
  return [
    ...rankingLayers(analysis.pca.suitable),
    ...certaintyLayers(certainty),
    ...(plan === null ? [] : netLayers(plan)),
    ...(netsCertainty === null ? [] : sureNetsLayers(netsCertainty)),
    ...analysis.indicators.map(({ name }, at): Layer => ({
      id: `indicator-${String(at)}`,
      label: name,
      section: 'indicators',
      valueOf: ({ ranked }) => ranked.indicators[at]?.raw ?? null,
    })),
    ...(answer === null ? [] : [answer]),
  ]
}

/** The tiers in their colours; whose tier a ward has, the caller says. */
export function tierLayer(): Omit<Layer, 'valueOf'> {
  const { layers, tiers } = words.map
  return {
    id: TIER_LAYER,
    label: layers.tier,
    section: 'ranking',
    groups: [
      { value: 'High', label: tiers.High, colour: 'high' },
      { value: 'Medium', label: tiers.Medium, colour: 'medium' },
      { value: 'Low', label: tiers.Low, colour: 'low' },
    ],
  }
}

function rankingLayers(hasPca: boolean): readonly Layer[] {
  const { layers } = words.map
  return [
    { ...tierLayer(), valueOf: ({ ranked }) => ranked.tier },
    {
      id: 'score',
      label: layers.score,
      section: 'ranking',
      valueOf: ({ ranked }) => ranked.score,
      format: (value) => fixed(value, 3),
    },
    {
      id: 'rank',
      label: layers.rank,
      section: 'ranking',
      valueOf: ({ ranked }) => ranked.rank,
      isReversed: true,
      format: whole,
    },
    {
      id: 'robustness',
      label: layers.robustness,
      section: 'ranking',
      valueOf: ({ ranked }) => ranked.robustness.topThirdShare,
      format: shareText,
    },
    ...(hasPca
      ? [
          {
            id: 'pca',
            label: layers.pca,
            section: 'ranking',
            valueOf: ({ ranked }: Ward) => ranked.pcaRank,
            isReversed: true,
            format: whole,
          } as const,
        ]
      : []),
  ]
}

function certaintyLayers(certainty: CertaintyReply | null): readonly Layer[] {
  const of = new Map((certainty?.wards ?? []).map((ward) => [ward.wardName, ward]))
  const { layers, verdicts } = words.map
  return [
    {
      id: CERTAINTY_LAYER,
      label: layers.verdict,
      section: 'certainty',
      valueOf: ({ name }) => of.get(name)?.verdict ?? null,
      groups: verdictGroups(verdicts),
    },
    ...(certainty === null
      ? []
      : [
          {
            id: 'chance-high',
            label: layers.chanceHigh,
            section: 'certainty',
            valueOf: ({ name }: Ward) => of.get(name)?.chanceHigh ?? null,
            format: shareText,
          } as const,
        ]),
  ]
}

function netLayers(plan: Plan): readonly Layer[] {
  const of = new Map(plan.wards.map((ward) => [ward.wardName, ward]))
  const { layers } = words.map
  return [
    {
      id: COVERAGE_LAYER,
      label: layers.coverage,
      section: 'nets',
      valueOf: ({ name }) => of.get(name)?.coveragePercent ?? null,
      format: percentText,
    },
    {
      id: 'nets',
      label: layers.nets,
      section: 'nets',
      valueOf: ({ name }) => of.get(name)?.allocated ?? null,
      format: whole,
    },
  ]
}

function sureNetsLayers({ wards }: CertaintyReply): readonly Layer[] {
  const of = new Map(wards.map((ward) => [ward.wardName, ward]))
  const { layers, netVerdicts } = words.map
  return [
    {
      id: 'net-verdict',
      label: layers.netVerdict,
      section: 'nets',
      valueOf: ({ name }) => of.get(name)?.verdict ?? null,
      groups: verdictGroups(netVerdicts),
    },
    {
      id: 'chance-nets',
      label: layers.chanceNets,
      section: 'nets',
      valueOf: ({ name }) => of.get(name)?.chanceNets ?? null,
      format: shareText,
    },
  ]
}

function verdictGroups(labels: Readonly<Record<'in' | 'choice' | 'out', string>>): NonNullable<Layer['groups']> {
  return [
    { value: 'in', label: labels.in, colour: 'sure-in' },
    { value: 'choice', label: labels.choice, colour: 'sure-choice' },
    { value: 'out', label: labels.out, colour: 'sure-out' },
  ]
}

/** A layer's value of a ward, as it is written. */
export function valueText(layer: Layer, ward: Ward): string {
  const value = layer.valueOf(ward)
  if (value === null) return '–'
  if (typeof value === 'number') return (layer.format ?? figure)(value)
  return layer.groups?.find((group) => group.value === value)?.label ?? value
}
