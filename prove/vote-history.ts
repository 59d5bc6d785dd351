import type { Span } from './history.ts'

/** One attempt to vote. `end` is infinite while nobody knows whether it happened. */
export interface VoteAttempt extends Span {
  readonly battle: string
  /** `taken`: the reply says that this is the battle's vote. `refused`: it says that there is one already. */
  readonly outcome: 'taken' | 'refused' | 'unknown'
  /** Who answered, according to the reply. */
  readonly contestants: string | undefined
}

/** One reading of the leaderboard's number of votes. */
export interface VoteCount extends Span {
  readonly votes: number
}

/**
 * A battle has one vote: it is taken once, refused only if one may have been taken, and reported to everybody alike.
 */
export function battleFaults(attempts: readonly VoteAttempt[]): string[] {
  return [...Map.groupBy(attempts, ({ battle }) => battle)].flatMap(([battle, own]) => {
    const taken = own.filter(({ outcome }) => outcome === 'taken')
    const told = new Set(own.flatMap(({ contestants }) => contestants ?? []))
    const early = own.find(
      (attempt) =>
        attempt.outcome === 'refused' &&
        !own.some((other) => other !== attempt && other.outcome !== 'refused' && other.begin < attempt.end),
    )
    return [
      ...(taken.length > 1 ? [`battle ${battle} took ${taken.length} votes`] : []),
      ...(early !== undefined ? [`battle ${battle} refused a vote where none was before it`] : []),
      ...(told.size > 1 ? [`battle ${battle} was told to be of ${[...told].join(' and of ')}`] : []),
    ]
  })
}

/**
 * Each vote counts once: between two reads the number grows at least by the votes that were taken wholly between them,
 * and at most by those that may have been.
 * @param losses the times when the store lost everything: reads before and after are not compared
 * @param alone false when others vote too, so that there is no upper limit
 */
export function countFaults(
  attempts: readonly VoteAttempt[],
  counts: readonly VoteCount[],
  losses: readonly number[],
  alone: boolean,
): string[] {
  const battles = [
    ...Map.groupBy(
      attempts.filter(({ outcome }) => outcome !== 'refused'),
      ({ battle }) => battle,
    ).values(),
  ]
  const byEnd = [...counts].sort((one, other) => one.end - other.end)
  return [...counts]
    .sort((one, other) => one.begin - other.begin)
    .flatMap((count) => {
      const before = byEnd.findLast(({ end }) => end < count.begin)
      if (before === undefined || losses.some((at) => at > before.begin && at < count.end)) return []
      const growth = count.votes - before.votes
      const least = battles.filter(
        (own) =>
          own.length === 1 &&
          own.every(({ begin, end, outcome }) => outcome === 'taken' && begin > before.end && end < count.begin),
      ).length
      const most = battles.filter((own) => own.some(({ begin, end }) => begin < count.end && end > before.begin)).length
      return growth < least || (alone && growth > most)
        ? [`the leaderboard grew by ${growth} votes where ${least} to ${alone ? most : 'any number of'} were taken`]
        : []
    })
}
