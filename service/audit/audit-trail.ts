import type { Metrics } from '../metrics/metrics.ts'
import { mac } from '../session/mac.ts'
import { networkOf } from '../session/network-of.ts'
import {
  AUDIT_EVENTS,
  type AttemptKind,
  type AuditEvent,
  type AuditEventSpec,
  type AuditReason,
} from './audit-events.ts'

/** Whom and what an event is about. Names in here become references before anything is written. */
export interface AuditAbout {
  /** The request, as its reply names it. */
  readonly requestId?: string
  /** The route's own address, with the names of its parameters and not their values. */
  readonly route?: string | undefined
  /** The client's address. */
  readonly address?: string
  /** A session's data id. */
  readonly session?: string
  readonly personId?: string
  /** The id of a project. */
  readonly project?: string
  /** The id of a plan. */
  readonly plan?: string
  /** The part of the request in which a session id stood. */
  readonly where?: 'headers' | 'cookies' | 'path' | 'query' | 'body'
  /** The limit that was reached. */
  readonly limit?: string
  readonly reason?: AuditReason
}

/**
 * What happened to sessions, people and what is theirs: one line an event, each counted. A line holds references: keyed
 * hashes that are alike for one session, person, project, plan or network and lead back to none of them without the
 * seal secret. When the seal secret is rotated, references change.
 */
export interface AuditTrail {
  record(event: AuditEvent, about: AuditAbout): void
}

export interface AuditTrailOptions {
  readonly metrics: Pick<Metrics, 'auditEvent' | 'crossSessionAttempt'>
  /** The newest seal secret. */
  readonly secret: string
  /** Writes one line of the service's log. */
  readonly write: (level: 'info' | 'warn', fields: Readonly<Record<string, string>>, says: string) => void
}

/** What a reference stands for, by the property of `AuditAbout` that it takes the place of. */
const REFERENCES = { session: 'session', personId: 'person', project: 'project', plan: 'plan' } as const
const REFERENCE_CHARS = 16

export function auditTrail({ metrics, secret, write }: AuditTrailOptions): AuditTrail {
  const reference = (kind: string, name: string): string =>
    mac(secret, 'audit', `${kind}\n${name}`).slice(0, REFERENCE_CHARS)
  return {
    record(event, { requestId, address, ...about }) {
      const { outcome, says, isAttempt }: AuditEventSpec = AUDIT_EVENTS[event]
      metrics.auditEvent(event)
      if (isAttempt === true) metrics.crossSessionAttempt(event as AttemptKind)
      const fields: Record<string, string> = { audit: event, outcome }
      if (requestId !== undefined) fields['reqId'] = requestId
      if (address !== undefined) fields['network'] = reference('network', networkOf(address))
      for (const [name, value] of Object.entries(about) as [keyof typeof about, string | undefined][]) {
        if (value === undefined) continue
        if (name in REFERENCES) {
          const kind = REFERENCES[name as keyof typeof REFERENCES]
          fields[kind] = reference(kind, value)
        } else fields[name] = value
      }
      write(outcome === 'done' ? 'info' : 'warn', fields, says)
    },
  }
}
