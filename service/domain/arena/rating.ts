import { symmetricEigen } from '../ranking/symmetric-eigen.ts'

/** How often two contestants met in these places, and how it ended. `bad`: neither answer was any good. */
export interface PairCounts {
  readonly a: string
  readonly b: string
  readonly winsA: number
  readonly winsB: number
  readonly ties: number
  readonly bad: number
}

/** One contestant's standing. `games` are those that rate: wins, losses and ties. */
export interface Rating {
  readonly name: string
  /** On the scale of chess: 400 points more mean ten wins for each loss. 1500 without a game. */
  readonly rating: number
  /** About two in three true ratings lie within one of it. */
  readonly standardError: number
  readonly games: number
  readonly wins: number
  readonly losses: number
  readonly ties: number
  readonly bad: number
}

const MEAN_RATING = 1_500
const POINTS_PER_LOG = 400 / Math.LN10
/** Drawn games of each contestant against an imagined one of mean rating. */
const IMAGINED_DRAWS = 1
/** A step in ln p. Within a third, no win's variance more than doubles (e^⅔ < 2), so that a Newton step never overshoots. */
const LONGEST_STEP = 1 / 3
const CLOSE_ENOUGH = 1e-12
const MOST_STEPS = 1_000

/**
 * Ratings by the model of Bradley and Terry, in which i beats j with probability pᵢ / (pᵢ + pⱼ), at the greatest likelihood:
 * there each one's wins Wᵢ are those expected, Σⱼ nᵢⱼ pᵢ / (pᵢ + pⱼ) of nᵢⱼ games (D. R. Hunter, MM algorithms for generalized
 * Bradley-Terry models, Annals of Statistics 32 (2004) 384–406, section 2). In ln p the likelihood has one peak; Newton's method
 * climbs it. A tie counts as half a win of each; a battle that neither won rates nobody.
 * Each contestant is given one drawn game against an imagined one of p = 1, so that ratings stay finite where one has won
 * all games, and fix one scale (a prior after R. Coulom's Bayesian Elo). The rating is 1500 + 400 log₁₀ pᵢ.
 * The standard error is that of the inverse of Fisher's information in ln p.
 * @returns best first, equal ones by name; counts of names that are not in `names` are left out
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
  const logs = fit(
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

/** ln p of each contestant. */
function fit(games: readonly (readonly number[])[], wins: readonly number[]): number[] {
  let logs = wins.map(() => 0)
  for (let step = 0; step < MOST_STEPS; step += 1) {
    const unexpected = wins.map(
      (won, i) =>
        won +
        IMAGINED_DRAWS / 2 -
        IMAGINED_DRAWS * chance(logs[i] ?? 0) -
        sum(games[i] ?? [], (met, j) => met * chance((logs[i] ?? 0) - (logs[j] ?? 0))),
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

/** In rating points, from the diagonal of the inverse information: Σ v² / λ over its eigenvectors. */
function standardErrors(games: readonly (readonly number[])[], logs: readonly number[]): number[] {
  const { values, vectors } = symmetricEigen(informationOf(games, logs))
  return logs.map((_, i) => POINTS_PER_LOG * Math.sqrt(sum(values, (value, k) => (vectors[k]?.[i] ?? 0) ** 2 / value)))
}

/** Fisher's information in ln p: how strongly the expected wins of one answer to the strength of another. */
function informationOf(games: readonly (readonly number[])[], logs: readonly number[]): number[][] {
  const variance = (log: number): number => chance(log) * chance(-log)
  return logs.map((own, i) => {
    const shared = logs.map((other, j) => (i === j ? 0 : (games[i]?.[j] ?? 0) * variance(own - other)))
    return shared.map((value, j) => (i === j ? IMAGINED_DRAWS * variance(own) + sum(shared, (each) => each) : -value))
  })
}

/** The chance to beat one who is weaker by this much in ln p. */
function chance(lead: number): number {
  return 1 / (1 + Math.exp(-lead))
}

function sum(values: readonly number[], term: (value: number, place: number) => number): number {
  return values.reduce((total, value, place) => total + term(value, place), 0)
}

function add(matrix: number[][], i: number, j: number, count: number): void {
  const row = matrix[i]
  if (row !== undefined) row[j] = (row[j] ?? 0) + count
}
