import { symmetricEigen } from '../ranking/symmetric-eigen.ts'

/**
 * How often contestant `a` met contestant `b` in these places, and how it ended. `bad`: neither answer was any good.
 */
export interface PairCounts {
  readonly a: string
  readonly b: string
  readonly winsA: number
  readonly winsB: number
  readonly ties: number
  readonly bad: number
}

/** One contestant's standing. `games` are the battles that count for the rating: wins, losses and ties. */
export interface Rating {
  readonly name: string
  /** On the Elo scale of chess: 400 points more mean ten wins for each loss. 1500 without a game. */
  readonly rating: number
  /** About two in three true ratings lie within one standard error. */
  readonly standardError: number
  readonly games: number
  readonly wins: number
  readonly losses: number
  readonly ties: number
  readonly bad: number
}

const MEAN_RATING = 1_500
const POINTS_PER_LOG = 400 / Math.LN10
/** Drawn games that each contestant is given against an imagined one with the mean rating. */
const IMAGINED_DRAWS = 1
/**
 * A step in ln p. Within a third, no variance of a win more than doubles (e^⅔ < 2), so a Newton step cannot overshoot.
 */
const LONGEST_STEP = 1 / 3
const CLOSE_ENOUGH = 1e-12
const MOST_STEPS = 1_000

/**
 * Rates contestants by the Bradley–Terry model, in which i beats j with probability pᵢ / (pᵢ + pⱼ), at the maximum of
 * the likelihood. There each contestant's wins Wᵢ equal its expected wins, Σⱼ nᵢⱼ pᵢ / (pᵢ + pⱼ) of nᵢⱼ games
 * (D. R. Hunter, MM algorithms for generalized Bradley-Terry models, Annals of Statistics 32 (2004) 384–406, section
 * 2). The likelihood has one maximum in ln p, which Newton's method finds. A tie counts as half a win for each. A
 * battle that neither won does not count.
 * Each contestant is given one drawn game against an imagined one with p = 1 (a prior after R. Coulom's Bayesian Elo).
 * This keeps ratings finite when a contestant has won all its games, and fixes the scale. The rating is
 * 1500 + 400 log₁₀ pᵢ. The standard error comes from the inverse of Fisher's information in ln p.
 * @returns the best first, equal ones by name; counts of names that are not in `names` are left out
 */
export function rateContestants(names: readonly string[], counts: readonly PairCounts[]): Rating[] {
  const places = new Map(names.map((name, place) => [name, place]))
  const games = names.map(() => names.map(() => 0))
  const records = names.map(() => ({ wins: 0, losses: 0, ties: 0, bad: 0 }))
  for (const { a, b, winsA, winsB, ties, bad } of counts) {
    const [i, j] = [places.get(a), places.get(b)]
    const [one, other] = [records[i ?? -1], records[j ?? -1]]
    if (i === undefined || j === undefined || one === undefined || other === undefined) continue
    add(games, i, j, winsA + winsB + ties)
    add(games, j, i, winsA + winsB + ties)
    Object.assign(one, {
      wins: one.wins + winsA,
      losses: one.losses + winsB,
      ties: one.ties + ties,
      bad: one.bad + bad,
    })
    Object.assign(other, {
      wins: other.wins + winsB,
      losses: other.losses + winsA,
      ties: other.ties + ties,
      bad: other.bad + bad,
    })
  }
  const logs = fitStrengths(
    games,
    records.map(({ wins, ties }) => wins + ties / 2),
  )
  const errors = standardErrors(games, logs)
  return names
    .map((name, i): Rating => {
      const record = records[i] ?? { wins: 0, losses: 0, ties: 0, bad: 0 }
      return {
        name,
        rating: MEAN_RATING + POINTS_PER_LOG * (logs[i] ?? 0),
        standardError: errors[i] ?? 0,
        games: record.wins + record.losses + record.ties,
        ...record,
      }
    })
    .sort((one, other) => other.rating - one.rating || (one.name < other.name ? -1 : 1))
}

/** Finds ln p of each contestant. */
function fitStrengths(games: readonly (readonly number[])[], wins: readonly number[]): number[] {
  let logs = wins.map(() => 0)
  for (let step = 0; step < MOST_STEPS; step += 1) {
    const unexpected = wins.map(
      (won, i) =>
        won +
        IMAGINED_DRAWS / 2 -
        IMAGINED_DRAWS * winChance(logs[i] ?? 0) -
        sum(games[i] ?? [], (met, j) => met * winChance((logs[i] ?? 0) - (logs[j] ?? 0))),
    )
    const { values, vectors } = symmetricEigen(informationOf(games, logs))
    const newton = logs.map((_, i) =>
      sum(
        values,
        (value, k) => ((vectors[k]?.[i] ?? 0) * sum(unexpected, (by, j) => (vectors[k]?.[j] ?? 0) * by)) / value,
      ),
    )
    const longest = Math.max(0, ...newton.map(Math.abs))
    logs = logs.map((log, i) => log + (newton[i] ?? 0) * Math.min(1, LONGEST_STEP / longest))
    if (longest < CLOSE_ENOUGH) break
  }
  return logs
}

/** Standard errors in rating points, from the diagonal of the inverse information: Σ v² / λ over its eigenvectors. */
function standardErrors(games: readonly (readonly number[])[], logs: readonly number[]): number[] {
  const { values, vectors } = symmetricEigen(informationOf(games, logs))
  return logs.map((_, i) => POINTS_PER_LOG * Math.sqrt(sum(values, (value, k) => (vectors[k]?.[i] ?? 0) ** 2 / value)))
}

/** Fisher's information in ln p: how strongly the expected wins of one contestant depend on the strength of another. */
function informationOf(games: readonly (readonly number[])[], logs: readonly number[]): number[][] {
  const variance = (log: number): number => winChance(log) * winChance(-log)
  return logs.map((own, i) => {
    const shared = logs.map((other, j) => (i === j ? 0 : (games[i]?.[j] ?? 0) * variance(own - other)))
    return shared.map((value, j) => (i === j ? IMAGINED_DRAWS * variance(own) + sum(shared, (each) => each) : -value))
  })
}

/** The chance to beat a contestant who is weaker by `lead` in ln p. */
function winChance(lead: number): number {
  return 1 / (1 + Math.exp(-lead))
}

function sum(values: readonly number[], term: (value: number, place: number) => number): number {
  return values.reduce((total, value, place) => total + term(value, place), 0)
}

function add(matrix: number[][], i: number, j: number, count: number): void {
  const row = matrix[i]
  if (row !== undefined) row[j] = (row[j] ?? 0) + count
}
