/**
 * Where every object of a session is, under `sessions/{session_id}/`. Nothing may touch any other part of the bucket.
 */
export const SESSIONS_PREFIX = 'sessions/'
