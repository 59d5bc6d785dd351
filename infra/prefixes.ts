/**
 * Where every object of a session lives, under `sessions/{session_id}/`, and the only part of the bucket anything may
 * touch.
 */
export const SESSIONS_PREFIX = 'sessions/'
