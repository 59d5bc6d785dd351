import type { SessionStore } from '@fastify/session'
import type { Session } from 'fastify'
import { Fault } from '../domain/fault.ts'
import type { SessionIdentity } from '../session/scope.ts'
import { endSession, type EndSessionOptions } from '../stores/end-session.ts'
import type { SessionRecords } from '../stores/session-records.ts'

declare module 'fastify' {
  interface Session {
    /** Set when the record is opened, or by the route that starts a session. The plug-in hashes it by its `toJSON`. */
    identity?: SessionIdentity
    /** Why the record could not be read. Faults of the request itself are told first. */
    storeFault?: Fault
  }
}

/** The records in the form that @fastify/session needs. */
export function sessionStoreOf(records: SessionRecords, ending: EndSessionOptions): SessionStore {
  return {
    get: (token, done) => {
      records.read(token).then(
        (identity) => {
          done(null, identity === null ? null : ({ identity } as unknown as Session))
        },
        // Kept on an otherwise empty session, since faults of the request itself are told first.
        (error: unknown) => {
          if (error instanceof Fault) done(null, { storeFault: error } as unknown as Session)
          else done(error)
        },
      )
    },
    set: (token, { identity }, done) => {
      if (identity === undefined) {
        done(new Error('Cannot save a session that has no identity'))
        return
      }
      records.write(token, identity).then(() => {
        done()
      }, done)
    },
    destroy: (token, done) => {
      endSession(ending, token, null).then(() => {
        done()
      }, done)
    },
  }
}
