import type { ProblemSlug } from '../../../http/errors.ts'

/** What a refusal or a failure is called, by the last part of its type: every kind that the service sends. */
const titles = {
  unreachable: 'No answer',
  'invalid-input': 'That cannot be done as it was asked',
  'client-session-id': 'A session was named from outside',
  'no-session': 'The session has ended',
  'sign-in-again': 'Sign in again for this',
  'cross-site-request': 'The request came from another site',
  'sign-in-needed': 'Sign in for this',
  'sign-in-refused': 'The sign-in was refused',
  'not-found': 'That is not there',
  'too-slow': 'The request took too long to arrive',
  'no-data': 'Files are missing',
  stale: 'The data have changed',
  unsettled: 'A question has to be answered first',
  conflict: 'Another request changed this first',
  locked: 'This plan is locked',
  voted: 'There was a vote already',
  'session-full': 'The session is full',
  'projects-full': 'No more projects can be kept',
  'too-large': 'That is too large',
  'unsupported-media-type': 'That form of data is not supported',
  'unreadable-file': 'The file could not be read',
  'headers-too-large': 'The request is too large',
  'too-many': 'The service is busy with your requests',
  'internal-error': 'The service failed',
  busy: 'The service is busy',
  'session-store-unavailable': 'Sessions cannot be reached just now',
  'object-store-unavailable': 'Files cannot be reached just now',
  'model-unavailable': 'The language model does not answer',
  'sign-in-unavailable': 'Signing in does not work just now',
} as const satisfies Readonly<Record<ProblemSlug | 'unreachable', string>>

export const problemTitles: Readonly<Record<string, string>> = titles
