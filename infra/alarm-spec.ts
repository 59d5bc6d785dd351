/** Names of what is watched; `Ref` is an output in the program and a string in a test. */
export interface Places<Ref> {
  readonly stage: string
  readonly minTasks: number
  readonly maxTasks: number
  readonly modelUsdPerDay: number
  readonly balancer: Ref
  readonly targets: Ref
  readonly cluster: Ref
  readonly serviceName: Ref
  readonly cacheNodes: readonly Ref[]
  /** The canary that checks from outside. */
  readonly probe: Ref
  /** Absent where the stack has no web firewall. */
  readonly firewall?: { readonly acl: Ref; readonly region: string }
}

/** One metric as CloudWatch addresses it. */
export interface Measure<Ref> {
  readonly namespace: string
  readonly metric: string
  readonly dimensions: Readonly<Record<string, Ref | string>>
  readonly stat: 'Sum' | 'Average' | 'Minimum' | 'Maximum' | 'p99' | 'SampleCount'
}

export interface AlarmSpec<Ref> {
  /** Also the name of its runbook, `docs/runbooks/<id>.md`. */
  readonly id: string
  /** Set where it uses the runbook of another alarm: two windows of one problem share a page. */
  readonly runbook?: string
  readonly what: string
  readonly effect: string
  /** `page` wakes somebody, through a composite; `inform` waits for the morning. */
  readonly urgency: 'page' | 'inform'
  /** Whether it is part of the question "do users feel it?". */
  readonly userImpact: boolean
  /** If it goes off during a deployment, the deployment is rolled back. */
  readonly rollsBack: boolean
  /** By name; with more than one, `expression` combines them. */
  readonly measures: Readonly<Record<string, Measure<Ref>>>
  readonly expression?: string
  readonly periodSeconds: number
  readonly comparison: 'GreaterThanOrEqualToThreshold' | 'GreaterThanThreshold' | 'LessThanThreshold'
  readonly threshold: number
  readonly evaluationPeriods: number
  readonly datapointsToAlarm: number
  readonly missing: 'breaching' | 'notBreaching' | 'ignore' | 'missing'
}

/** Waits for the morning. */
export const INFORM = { urgency: 'inform', userImpact: false, rollsBack: false } as const
/** Wakes somebody, as part of what users feel. */
export const PAGE = { urgency: 'page', userImpact: true, rollsBack: false } as const
export const OVER = { comparison: 'GreaterThanThreshold', missing: 'notBreaching' } as const
export const AT_LEAST = { comparison: 'GreaterThanOrEqualToThreshold', missing: 'notBreaching' } as const
/** For metrics that must arrive: silence is as bad as too little. */
export const UNDER = { comparison: 'LessThanThreshold', missing: 'breaching' } as const

/** M of N periods. */
export function window(
  periodSeconds: number,
  datapointsToAlarm: number,
  evaluationPeriods: number,
): Pick<AlarmSpec<never>, 'periodSeconds' | 'datapointsToAlarm' | 'evaluationPeriods'> {
  return { periodSeconds, datapointsToAlarm, evaluationPeriods }
}
