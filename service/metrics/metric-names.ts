/** CloudWatch namespace of every metric the service emits. */
export const NAMESPACE = 'ChatMRPT'

export type Unit = 'Count' | 'Milliseconds' | 'None'

/** One metric: its unit, and the closed sets of dimensions it carries beside `Service` and `Stage`. Never a person, never a session. */
export interface MetricSpec {
  readonly unit: Unit
  readonly splits: readonly (readonly string[])[]
}

/**
 * The metrics, by name. Each is also aggregated to `Service`, `Stage` alone, which is what alarms watch.
 * Dashboards and alarms take their names from here, and a test holds both to what the service really emits.
 */
export const METRICS = {
  SessionIsolationViolations: { unit: 'Count', splits: [['Wall']] },
  CrossSessionAccessAttempts: { unit: 'Count', splits: [['Kind']] },
  RedisConnectionHealth: { unit: 'None', splits: [] },
  RedisLatency: { unit: 'Milliseconds', splits: [] },
  SessionStoreRefusals: { unit: 'Count', splits: [] },
  S3Access: { unit: 'Count', splits: [['Operation', 'Outcome']] },
  S3AccessErrors: { unit: 'Count', splits: [] },
  Requests: { unit: 'Count', splits: [['Route', 'StatusClass']] },
  RequestDuration: { unit: 'Milliseconds', splits: [] },
  ErasureBacklog: { unit: 'Count', splits: [] },
  Heartbeat: { unit: 'Count', splits: [] }
} as const satisfies Record<string, MetricSpec>

export type MetricName = keyof typeof METRICS

/** Which wall stopped bytes that were not the request's own. */
export type Wall = 'seal' | 'owner-tag' | 'hash' | 'reply'
/** How somebody reached for another session. */
export type AttemptKind = 'client-session-id' | 'foreign-id' | 'forged-cookie'
export type S3Operation = 'GetObject' | 'PutObject' | 'DeleteObjects' | 'ListObjectVersions' | 'ListObjects' | 'PresignGet' | 'PresignPost'
export type S3Outcome = 'ok' | 'not-found' | 'refused' | 'timeout' | 'unavailable'
