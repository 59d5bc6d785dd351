import { signedInEra } from './device.ts'
import { listFaults, monotonicFaults, registerFaults } from './history.ts'
import { listAnalyses } from './operations/analyses.ts'
import { readConversation } from './operations/chat.ts'
import { listExports } from './operations/exports.ts'
import { listFiles } from './operations/files.ts'
import { listPlans } from './operations/plans.ts'
import { endSession, startSession } from './operations/session.ts'
import type { Outcome } from './outcome.ts'
import type { Era, Person } from './person.ts'
import { streamOf, type SessionPlan } from './schedule.ts'
import type { Operation, Tab, World } from './world.ts'

const ATTEMPTS = 9
const FIRST_PAUSE_MS = 250

/**
 * One person's whole journey: session after session, in two tabs at once, with a check after the end of each session.
 */
export async function live(
  world: World,
  person: Person,
  plans: readonly SessionPlan[],
  operations: ReadonlyMap<string, Operation>,
  seed: number,
): Promise<void> {
  const queue = [...plans]
  let spare = 1
  for (let number = 0; ; number += 1) {
    const plan = queue.shift()
    if (plan === undefined) return
    const random = streamOf(seed, person.user, 10 * (number + 1))
    const era = await start(world, person, number, random)
    if (era === null) return
    person.eras.push(era)
    await work({ world, person, era, random }, plan, operations, seed)
    await end(world, person, era, random, operations)
    // Work that the store has lost is done again.
    if (era.lost && spare > 0) {
      spare -= 1
      queue.push(plan)
    }
    checkEra(world, person, era)
  }
}

async function start(world: World, person: Person, number: number, random: () => number): Promise<Era | null> {
  const begin = performance.now()
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const begun = await startSession(world, person, number, random)
    const era = begun === null ? null : await signedInEra(world, person, begun, random)
    if (era !== null) {
      world.tally.operation('start a session', 'done', { begin, end: performance.now() })
      return era
    }
    world.tally.refused('start a session')
    await pause(FIRST_PAUSE_MS * (attempt + 1) * (0.5 + random()))
  }
  world.tally.operation('start a session', 'failed', { begin, end: performance.now() })
  return null
}

async function work(
  tab: Tab,
  plan: SessionPlan,
  operations: ReadonlyMap<string, Operation>,
  seed: number,
): Promise<void> {
  const series = async (names: readonly string[], stream: number): Promise<void> => {
    const own = { ...tab, random: streamOf(seed, tab.person.user, 10 * (tab.era.number + 1) + stream) }
    for (const name of names) {
      if (tab.era.lost) return
      const operation = operations.get(name)
      const look = operations.get('look at the session')
      if (operation !== undefined && (await perform(own, operation)) === 'skipped' && look !== undefined)
        await perform(own, look)
    }
  }
  await series(plan.begin, 1)
  await Promise.all([series(plan.tabs[0], 2), series(plan.tabs[1], 3)])
}

/** Does an operation, and does it again when the reply asks for that. */
async function perform(tab: Tab, operation: Pick<Operation, 'name' | 'run'>): Promise<Outcome> {
  const begin = performance.now()
  for (let attempt = 0; ; attempt += 1) {
    const outcome = await operation.run(tab)
    if (outcome !== 'refused' || attempt >= ATTEMPTS) {
      tab.world.tally.operation(operation.name, outcome, { begin, end: performance.now() })
      return outcome
    }
    tab.world.tally.refused(operation.name)
    await pause(FIRST_PAUSE_MS * (attempt + 1) * (0.5 + tab.random()))
  }
}

/** Reads all lists again, then ends the session with requests in flight, and tries its cookie. */
async function end(
  world: World,
  person: Person,
  era: Era,
  random: () => number,
  operations: ReadonlyMap<string, Operation>,
): Promise<void> {
  const tab = { world, person, era, random }
  const lists = [
    { name: 'list the files', run: async (own: Tab) => (await listFiles(own, 'list the files', true)).outcome },
    { name: 'list the analyses', run: async (own: Tab) => await listAnalyses(own, true) },
    { name: 'list the plans', run: async (own: Tab) => await listPlans(own, true) },
    { name: 'list the exports', run: async (own: Tab) => await listExports(own, true) },
    { name: 'read the conversation', run: async (own: Tab) => await readConversation(own, true) },
  ]
  for (const list of lists) if (!era.lost && operations.has(list.name)) await perform(tab, list)
  const logout = { name: 'end the session', run: async () => await endSession(world, person, era) }
  const look = operations.get('look at the session')
  await Promise.all([perform(tab, logout), ...(look === undefined ? [] : [perform(tab, look)])])
  const dead = operations.get('use a dead cookie')
  if (dead !== undefined) await perform(tab, dead)
}

/** Everything that was done and seen in one session must fit one order of events. */
function checkEra({ inspector }: World, { user }: Person, era: Era): void {
  if (era.lost) return
  const sameVersion = era.versions.flatMap(({ version, edition }) =>
    era.versions
      .filter(
        (other) => other.version === version && other.edition !== edition && other.edition !== null && edition !== null,
      )
      .map(() => `version ${version} was shown with two ward tables`),
  )
  const faults = [
    ...registerFaults(era.writes, era.reads).map((fault) => `The current ward table: ${fault}`),
    ...monotonicFaults(era.versions).map((fault) => `The data's version: ${fault}`),
    ...sameVersion.slice(0, 1),
    ...(['files', 'analyses', 'plans', 'exports', 'turns'] as const).flatMap((kind) =>
      listFaults(era.made[kind], era.listed[kind]).map((fault) => `The list of ${kind}: ${fault}`),
    ),
  ]
  for (const detail of faults) inspector.report({ kind: 'history', detail, viewer: { user, era: era.number } })
}

async function pause(ms: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, ms))
}
