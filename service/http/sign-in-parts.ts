import type { Provider } from '../sign-in/provider.ts'
import type { PersonSessions } from '../stores/person-sessions.ts'
import type { SessionRecords } from '../stores/session-records.ts'
import type { SignInSessionOptions } from '../stores/sign-in-session.ts'
import type { SpentMarks } from '../stores/spent-marks.ts'

/** What the routes of sign-in work with. None of it holds a person's data. */
export interface SignInParts {
  readonly provider: Provider
  readonly issuer: string
  readonly spent: SpentMarks
  readonly records: SessionRecords
  readonly sessions: PersonSessions
  readonly signingIn: SignInSessionOptions
}
