/** When and by whom a plan was locked. */
export interface PlanLock {
  /** RFC 3339; null if it is not locked. */
  readonly lockedAt?: string | null
  /** What the sign-in provider called the person; null if nobody had signed in, or if an earlier release locked it. */
  readonly lockedBy?: string | null
  /** True if both are a record of the project that was opened. */
  readonly lockIsFromProject?: boolean
}

/** What follows the date of a lock: ` by Ada Obi (as the opened project records it)`. Empty where nothing is known. */
export function lockerWords({ lockedBy = null, lockIsFromProject = false }: PlanLock): string {
  const by = lockedBy === null ? '' : ` by ${lockedBy}`
  return lockIsFromProject ? `${by} (as the opened project records it)` : by
}
