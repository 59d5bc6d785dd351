import { symmetricEigen } from './symmetric-eigen.ts'

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
const CLOSE_ENOUGH = 1e-12
const MOST_ROUNDS = 2_000

/**
 * Ratings by the model of Bradley and Terry, in which i beats j with probability pᵢ / (pᵢ + pⱼ), fitted by the MM algorithm:
 * pᵢ ← Wᵢ / Σⱼ nᵢⱼ / (pᵢ + pⱼ) until nothing changes, with nᵢⱼ games and Wᵢ wins (D. R. Hunter, MM algorithms for generalized
 * Bradley-Terry models, Annals of Statistics 32 (2004) 384–406, equation 3). A tie counts as half a win of each; a battle
 * that neither won rates nobody.
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
    Object.assign(one, { wins: one.wins + winsA, losses: one.losses + winsB, ties: one.ties + ties, bad: one.bad + bad })
    Object.assign(other, { wins: other.wins + winsB, losses: other.losses + winsA, ties: other.ties + ties, bad: other.bad + bad })
  }
  const strengths = fit(games, records.map(({ wins, ties }) => wins + ties / 2))
  const errors = standardErrors(games, strengths)
  return names.map((name, i): Rating => {
    const record = records[i] ?? { wins: 0, losses: 0, ties: 0, bad: 0 }
    return { name, rating: MEAN_RATING + POINTS_PER_LOG * Math.log(strengths[i] ?? 1), standardError: errors[i] ?? 0, games: record.wins + record.losses + record.ties, ...record }
  }).sort((one, other) => other.rating - one.rating || (one.name < other.name ? -1 : 1))
}

function fit(games: readonly (readonly number[])[], wins: readonly number[]): number[] {
  let strengths = wins.map(() => 1)
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const next = strengths.map((own, i) => {
      const expected = (games[i] ?? []).reduce((sum, met, j) => sum + met / (own + (strengths[j] ?? 1)), IMAGINED_DRAWS / (own + 1))
      return ((wins[i] ?? 0) + IMAGINED_DRAWS / 2) / expected
    })
    // All together move slowly where games are many and the imagined one weighs little: a Newton step of their common scale.
    const excess = next.reduce((sum, own) => sum + own / (own + 1) - 1 / 2, 0)
    const slope = next.reduce((sum, own) => sum + own / (own + 1) ** 2, 0)
    const scaled = next.map((own) => own * Math.exp(-excess / slope))
    const change = Math.max(0, ...scaled.map((own, i) => Math.abs(Math.log(own / (strengths[i] ?? 1)))))
    strengths = scaled
    if (change < CLOSE_ENOUGH) break
  }
  return strengths
}

/** In rating points, from the diagonal of the inverse information: Σ v² / λ over its eigenvectors. */
function standardErrors(games: readonly (readonly number[])[], strengths: readonly number[]): number[] {
  const share = (i: number, other: number): number => (strengths[i] ?? 1) * other / ((strengths[i] ?? 1) + other) ** 2
  const information = strengths.map((_, i) => strengths.map((other, j) => i === j ? 0 : -(games[i]?.[j] ?? 0) * share(i, other)))
  information.forEach((row, i) => { row[i] = IMAGINED_DRAWS * share(i, 1) - row.reduce((sum, value) => sum + value, 0) })
  const { values, vectors } = symmetricEigen(information)
  return strengths.map((_, i) => POINTS_PER_LOG * Math.sqrt(values.reduce((sum, value, k) => sum + (vectors[k]?.[i] ?? 0) ** 2 / value, 0)))
}

function add(matrix: number[][], i: number, j: number, count: number): void {
  const row = matrix[i]
  if (row !== undefined) row[j] = (row[j] ?? 0) + count
}
