import type { AlarmSpec } from './alarm-spec.ts'
import { BURN_PAIRS } from './burn-pairs.ts'

/** An alarm over alarms: `any` of them, or `all` at once. */
export interface CompositeSpec {
  readonly id: string
  readonly what: string
  readonly effect: string
  readonly of: readonly string[]
  readonly when: 'any' | 'all'
  /** With `nobody` the composite is only a part of another. */
  readonly tells: 'page' | 'inform' | 'nobody'
}

/** Every composite of a stack, each after those it is made of. */
export function compositeSpecs(specs: readonly AlarmSpec<unknown>[]): CompositeSpec[] {
  const ids = (keep: (spec: AlarmSpec<unknown>) => boolean): string[] => specs.filter(keep).map(({ id }) => id)
  return [
    ...BURN_PAIRS.map(({ id, what, effect, urgency, long, short }): CompositeSpec => ({
      id,
      what,
      effect,
      of: [`${id}-${long[0]}`, `${id}-${short[0]}`],
      when: 'all',
      tells: urgency === 'page' ? 'nobody' : 'inform',
    })),
    {
      id: 'isolation',
      what: "The promise that nobody's data reaches anybody else is in doubt",
      effect: 'See the alarm it names; treat as an incident at once',
      of: ids(({ id }) => id === 'isolation-violation'),
      when: 'any',
      tells: 'page',
    },
    {
      id: 'user-impact',
      what: 'People feel it: one or more of its alarms are on',
      effect: 'See the alarms it names',
      of: [
        ...ids(({ userImpact }) => userImpact),
        ...BURN_PAIRS.filter(({ urgency }) => urgency === 'page').map(({ id }) => id),
      ],
      when: 'any',
      tells: 'page',
    },
  ]
}

/** Where somebody finds, on a telephone, what to do and what to look at. */
export interface Links {
  /** The address of the folder of runbooks. */
  readonly runbooks: string
  readonly dashboard: string
}

/** What the person who is woken reads first: the fact, its effect, and where the next steps are. */
export function describe(
  spec: { readonly id: string; readonly runbook?: string; readonly what: string; readonly effect: string },
  { runbooks, dashboard }: Links,
): string {
  return [
    `${spec.what}.`,
    `For users: ${spec.effect}.`,
    `Runbook: ${runbooks}/${spec.runbook ?? spec.id}.md`,
    `Dashboard: ${dashboard}`,
  ].join('\n')
}
