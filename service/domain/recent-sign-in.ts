/** How long ago a person may have shown who they are, for what a session that was taken over must not do. */
const RECENT_MS = 5 * 60_000

/**
 * Whether a person has shown the sign-in provider who they are in the last five minutes.
 * @param shownAt when they did, in milliseconds since 1970; null in an anonymous session
 * @param now the same
 */
export function isRecentSignIn(shownAt: number | null, now: number): boolean {
  return now - (shownAt ?? 0) <= RECENT_MS
}
