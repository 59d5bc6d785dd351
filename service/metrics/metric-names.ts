import type { AttemptKind, AuditEvent } from '../audit/audit-events.ts'
import type { RateLimitName } from '../config/rate-limits.ts'

/** CloudWatch namespace of every metric the service emits. */
export const NAMESPACE = 'ChatMRPT'

export type Unit = 'Count' | 'Milliseconds' | 'None'

/**
 * One metric: its unit, and the closed sets of dimensions that it has besides `Service` and `Stage`. No dimension names
 * a person or a session.
 */
export interface MetricSpec {
  readonly unit: Unit
  readonly splits: readonly (readonly string[])[]
}

/**
 * The metrics, by name. Each is also summed over `Service` and `Stage` alone, and alarms watch that sum.
 * Dashboards and alarms take their names from here, and a test holds both to what the service really emits.
 */
export const METRICS = {
  SessionIsolationViolations: { unit: 'Count', splits: [['Wall']] },
  CrossSessionAccessAttempts: { unit: 'Count', splits: [['Kind']] },
  RedisConnectionHealth: { unit: 'None', splits: [] },
  RedisReplicasInStep: { unit: 'None', splits: [] },
  RedisLatency: { unit: 'Milliseconds', splits: [] },
  SessionStoreRefusals: { unit: 'Count', splits: [] },
  RateLimitRefusals: { unit: 'Count', splits: [['Limit']] },
  AuditEvents: { unit: 'Count', splits: [['Event']] },
  S3Access: { unit: 'Count', splits: [['Operation', 'Outcome']] },
  S3AccessErrors: { unit: 'Count', splits: [] },
  Requests: { unit: 'Count', splits: [['Route', 'StatusClass']] },
  RequestDuration: { unit: 'Milliseconds', splits: [] },
  ChatTurns: { unit: 'Count', splits: [['Mode', 'Outcome']] },
  ErasureBacklog: { unit: 'Count', splits: [] },
  ModelCalls: { unit: 'Count', splits: [['Provider', 'Outcome']] },
  ModelTokens: { unit: 'Count', splits: [['Provider', 'Direction']] },
  ModelCostUsd: { unit: 'None', splits: [['Provider']] },
  ProjectsOpened: { unit: 'Count', splits: [['Outcome']] },
  SavedProjects: { unit: 'Count', splits: [['Event']] },
  Heartbeat: { unit: 'Count', splits: [] },
} as const satisfies Record<string, MetricSpec>

export type MetricName = keyof typeof METRICS

/** The wall that stopped bytes which did not belong to the request. */
export type Wall = 'seal' | 'owner-tag' | 'hash' | 'reply'
export type { AttemptKind, AuditEvent, RateLimitName }
export type S3Operation =
  'GetObject' | 'PutObject' | 'DeleteObjects' | 'ListObjectVersions' | 'ListObjects' | 'PresignGet' | 'PresignPost'
export type S3Outcome = 'ok' | 'not-found' | 'refused' | 'timeout' | 'unavailable'
export type ModelProvider = 'bedrock' | 'openai-compatible'
/** How one step of a conversation with a model ended; `cancelled` when the person left. */
export type ModelOutcome = 'ok' | 'refused' | 'failed' | 'timeout' | 'cancelled'
/** Who answered a chat message: the rules, a model, or the rules because the model could not. */
export type ChatMode = 'rules' | 'model' | 'fallback'
/** `asked-back`: the message was not clear, or could not be carried out as it was. `failed`: an error went out. */
export type ChatOutcome = 'answered' | 'asked-back' | 'failed'
/**
 * How the opening of a project file ended: with the mark of this service, without it, with figures that differ from
 * the recorded ones, or refused.
 */
export type ProjectOutcome = 'verified' | 'unverified' | 'different' | 'refused'
/** What happened to a project that a person keeps; `expired` when it was not used for too long. */
export type SavedProjectEvent =
  'saved' | 'saved-again' | 'renamed' | 'opened' | 'duplicated' | 'deleted' | 'exported' | 'expired'
