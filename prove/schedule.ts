import { randomFrom } from '../service/sample/random.ts'
import type { Operation } from './world.ts'

/** The plan of one person's session: names of operations, in order, for each tab. */
export interface SessionPlan {
  /** First it uploads and ranks. */
  readonly begin: readonly string[]
  /** Two tabs that work at once. */
  readonly tabs: readonly [readonly string[], readonly string[]]
}

const EXTRA_SHARE = 0.3
const REUPLOAD_SHARE = 0.25
const SECOND_UPLOAD_SHARE = 0.1
/** Start, three lists at the end, logout, a dead cookie: the operations of every session besides its plan. */
const FRAME = 6

/** A person's own stream of numbers, independent of all others of the same seed. */
export function streamOf(seed: number, user: number, purpose: number): () => number {
  return randomFrom(Math.imul(seed, 2_654_435_761) ^ Math.imul(user + 1, 40_503) ^ Math.imul(purpose + 1, 97_531))
}

/** A person's two sessions, about `ops` operations in all. The same seed and person give the same plans. */
export function schedule(
  seed: number,
  user: number,
  ops: number,
  operations: readonly Operation[],
): readonly SessionPlan[] {
  const random = streamOf(seed, user, 0)
  const light = drawer(
    operations.filter(({ heavy }) => heavy !== true),
    random,
  )
  const computing = operations.filter(({ heavy, weight }) => heavy === true && weight > 0)
  const everyones = operations.filter(({ everyone }) => everyone === true)
  const data = ['upload a ward table', 'rank the wards']
  const free = Math.max(8, ops - 2 * FRAME - data.length)
  const draw = (count: number): string[] => Array.from({ length: count }, light)
  const putAnywhere = (names: string[], name: string): void => {
    names.splice(Math.floor(names.length * random()), 1, name)
  }
  return [Math.ceil(free * 0.6), Math.floor(free * 0.4)].map((count, era) => {
    const tabs: [string[], string[]] = [draw(Math.ceil(count / 2)), draw(Math.floor(count / 2))]
    // Computing costs the service a hundred times as much as the rest: some people do it once, in the first session.
    // The first people do one kind each, and the next ones again: a kind that somebody is refused, another one does.
    const own = user < 2 * computing.length ? computing[user % computing.length] : undefined
    if (era === 0 && own !== undefined) putAnywhere(tabs[0], own.name)
    else if (era === 0 && random() < EXTRA_SHARE) putAnywhere(tabs[0], drawer(computing, random)())
    if (era === 0 && random() < REUPLOAD_SHARE) putAnywhere(tabs[1], 'upload a ward table')
    if (era === 0) for (const { name } of everyones) tabs[1].splice(Math.floor(tabs[1].length * random()), 0, name)
    return { begin: era === 0 || random() < SECOND_UPLOAD_SHARE ? data : [], tabs }
  })
}

/** Draws names by weight. */
function drawer(operations: readonly Operation[], random: () => number): () => string {
  const total = operations.reduce((sum, { weight }) => sum + weight, 0)
  return () => {
    let left = random() * total
    return operations.find(({ weight }) => (left -= weight) < 0)?.name ?? ''
  }
}
