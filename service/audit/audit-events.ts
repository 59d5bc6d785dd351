/** Whether what was asked for was done or refused. */
type Outcome = 'done' | 'refused'

export interface AuditEventSpec {
  readonly outcome: Outcome
  /** The sentence of its line. */
  readonly says: string
  /** Set where somebody reached for a session that is not theirs: alarms watch these. */
  readonly isAttempt?: true
}

/** Every event of the audit trail. Nothing else is written there. */
export const AUDIT_EVENTS = {
  'session-started': { outcome: 'done', says: 'A session was started' },
  'session-ended': { outcome: 'done', says: 'A session was ended' },
  'session-refused': { outcome: 'refused', says: 'The cookie of a session that has ended was refused' },
  'signed-in': { outcome: 'done', says: 'A person signed in' },
  'sign-in-refused': { outcome: 'refused', says: 'A sign-in was refused' },
  'signed-out': { outcome: 'done', says: 'A person signed out' },
  'step-up-refused': { outcome: 'refused', says: 'A person has to sign in again before what they asked for' },
  'one-session-ended': { outcome: 'done', says: 'A person ended another session of their own' },
  'other-sessions-ended': { outcome: 'done', says: 'A person ended all their other sessions' },
  'sessions-of-person-ended': { outcome: 'done', says: 'All sessions of a person were ended' },
  'provider-logout': { outcome: 'done', says: "Sessions of a person were ended at the sign-in provider's word" },
  'all-sessions-ended': { outcome: 'done', says: 'All sessions of all people were ended' },
  'person-deleted': { outcome: 'done', says: 'All that was held on a person was deleted' },
  'person-exported': { outcome: 'done', says: 'A person downloaded all that is kept for them' },
  'project-deleted': { outcome: 'done', says: 'A project was deleted' },
  'plan-locked': { outcome: 'done', says: 'A plan was locked' },
  'client-session-id': { outcome: 'refused', says: 'A session id from the client was refused', isAttempt: true },
  'forged-cookie': {
    outcome: 'refused',
    says: 'A session cookie that this service did not sign was refused',
    isAttempt: true,
  },
  'foreign-id': { outcome: 'refused', says: "An id of another owner's was refused", isAttempt: true },
  'cross-site-request': { outcome: 'refused', says: 'A request from another site was refused' },
  'rate-limited': { outcome: 'refused', says: 'A request over a limit was refused' },
} as const satisfies Record<string, AuditEventSpec>

export type AuditEvent = keyof typeof AUDIT_EVENTS

/** The events that count as attempts to reach another session. */
export type AttemptKind = {
  [Event in AuditEvent]: (typeof AUDIT_EVENTS)[Event] extends { readonly isAttempt: true } ? Event : never
}[AuditEvent]

/** Why a sign-in was refused: nothing that a provider or a browser wrote goes into the trail. */
export type AuditReason = 'does-not-fit' | 'provider-unavailable'
