import { emfLine, type Origin } from './emf.ts'
import type {
  AttemptKind,
  AuditEvent,
  ChatMode,
  ChatOutcome,
  ModelOutcome,
  ModelProvider,
  ProjectOutcome,
  RateLimitName,
  S3Operation,
  S3Outcome,
  SavedProjectEvent,
  Wall,
} from './metric-names.ts'

/** One function for each metric. It holds counts by closed names until the next flush, never a person or a session. */
export interface Metrics {
  isolationViolation(wall: Wall): void
  crossSessionAttempt(kind: AttemptKind): void
  sessionStoreRefusal(): void
  /** A request was refused, since its caller or its network asked too often. */
  rateLimitRefusal(limit: RateLimitName): void
  auditEvent(event: AuditEvent): void
  redisHealth(healthy: boolean, latencyMs: number | null): void
  /** How many replicas have what was written two seconds ago; with none a failover loses writes. */
  replicasInStep(count: number): void
  s3Access(operation: S3Operation, outcome: S3Outcome): void
  request(route: string, statusCode: number, durationMs: number): void
  chatTurn(mode: ChatMode, outcome: ChatOutcome): void
  projectOpened(outcome: ProjectOutcome): void
  /** @param count of projects to which it happened; 0 says that the daily sweep found none */
  savedProject(event: SavedProjectEvent, count: number): void
  erasureBacklog(count: number): void
  modelCall(
    provider: ModelProvider,
    outcome: ModelOutcome,
    inputTokens: number,
    outputTokens: number,
    costUsd: number,
  ): void
  /** A sign of life with explicit zeros, so that silence differs from a quiet time. */
  heartbeat(): void
  /** Writes the counts since the last flush. Called at intervals and at the end. */
  flush(): void
}

const VALUES_PER_LINE = 100

/**
 * @param write takes one line of embedded metric format; CloudWatch reads it from the task's stdout
 */
export function createMetrics(origin: Origin, write: (line: string) => void, now: () => number = Date.now): Metrics {
  const durations = new Map<string, Map<number, number[]>>()
  const accesses = new Map<string, number>()
  const events = new Map<AuditEvent, number>()
  const emit = (...args: Parameters<typeof emfLine> extends [unknown, unknown, ...infer Rest] ? Rest : never): void => {
    write(emfLine(origin, now(), ...args))
  }
  const flushRequests = (Route: string, statusClass: number, values: number[]): void => {
    if (values.length === 0) return
    emit({ Requests: values.length, RequestDuration: values }, { Route, StatusClass: `${String(statusClass)}xx` })
    values.length = 0
  }

  return {
    isolationViolation: (wall) => {
      emit({ SessionIsolationViolations: 1 }, { Wall: wall })
    },
    crossSessionAttempt: (kind) => {
      emit({ CrossSessionAccessAttempts: 1 }, { Kind: kind })
    },
    sessionStoreRefusal: () => {
      emit({ SessionStoreRefusals: 1 })
    },
    rateLimitRefusal: (limit) => {
      emit({ RateLimitRefusals: 1 }, { Limit: limit })
    },
    auditEvent: (event) => {
      events.set(event, (events.get(event) ?? 0) + 1)
    },
    redisHealth: (healthy, latencyMs) => {
      emit({ RedisConnectionHealth: healthy ? 1 : 0, ...(latencyMs !== null && { RedisLatency: latencyMs }) })
    },
    replicasInStep: (count) => {
      emit({ RedisReplicasInStep: count })
    },
    s3Access: (operation, outcome) => {
      const key = `${operation}\n${outcome}`
      accesses.set(key, (accesses.get(key) ?? 0) + 1)
      if (outcome !== 'ok' && outcome !== 'not-found') emit({ S3AccessErrors: 1 })
    },
    request: (route, statusCode, durationMs) => {
      const statusClass = Math.floor(statusCode / 100)
      const byClass = valueIn(durations, route, () => new Map<number, number[]>())
      const values = valueIn(byClass, statusClass, () => [])
      values.push(Math.round(durationMs * 100) / 100)
      if (values.length === VALUES_PER_LINE) flushRequests(route, statusClass, values)
    },
    chatTurn: (mode, outcome) => {
      emit({ ChatTurns: 1 }, { Mode: mode, Outcome: outcome })
    },
    projectOpened: (Outcome) => {
      emit({ ProjectsOpened: 1 }, { Outcome })
    },
    savedProject: (Event, count) => {
      emit({ SavedProjects: count }, { Event })
    },
    erasureBacklog: (count) => {
      emit({ ErasureBacklog: count })
    },
    modelCall: (Provider, Outcome, inputTokens, outputTokens, costUsd) => {
      emit({ ModelCalls: 1, ModelCostUsd: costUsd }, { Provider, Outcome })
      emit({ ModelTokens: inputTokens }, { Provider, Direction: 'input' })
      emit({ ModelTokens: outputTokens }, { Provider, Direction: 'output' })
    },
    heartbeat: () => {
      emit({
        Heartbeat: 1,
        SessionIsolationViolations: 0,
        CrossSessionAccessAttempts: 0,
        SessionStoreRefusals: 0,
        RateLimitRefusals: 0,
        AuditEvents: 0,
        SavedProjects: 0,
        S3AccessErrors: 0,
      })
    },
    flush: () => {
      for (const [route, byClass] of durations)
        for (const [statusClass, values] of byClass) flushRequests(route, statusClass, values)
      for (const [key, count] of accesses) {
        const [Operation = '', Outcome = ''] = key.split('\n')
        emit({ S3Access: count }, { Operation, Outcome })
      }
      accesses.clear()
      for (const [event, count] of events) emit({ AuditEvents: count }, { Event: event })
      events.clear()
    },
  }
}

/** The value of a key, made if there is none yet. */
function valueIn<Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value {
  const found = map.get(key)
  if (found !== undefined) return found
  const made = make()
  map.set(key, made)
  return made
}
