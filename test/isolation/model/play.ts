import { randomBytes } from 'node:crypto'
import type { Test } from 'tap'
import { person as newPerson, postUpload, type Person, type Reply, type SendOptions } from '../../support/client.ts'
import {
  afterBoth,
  COMMON_LGA,
  NO_SESSION,
  type ModelEvent,
  type ModelFile,
  type ModelSession,
} from './session-model.ts'
import { commandsOf, pastOf, TASKS, type Operation, type Schedule, type Step } from './schedule.ts'

/** The service did what the model does not. */
export class Deviation extends Error {}

/** A task asked to try again later: this schedule shows nothing. */
export class Unavailable extends Error {}

interface Player {
  readonly number: number
  readonly who: Person
  /** In every name of this person's data. */
  readonly mark: string
  /** The states that the session may be in. */
  possible: readonly ModelSession[]
  deadCookie: string | null
  editions: number
  /** What the service made for this person, in all sessions. */
  readonly made: string[]
}

interface Sent extends Omit<ModelEvent, 'excuses'> {
  readonly reply: Reply
}

const UNKNOWN_ID = 'A'.repeat(32)
const CHANGES: ReadonlySet<Operation> = new Set([
  'upload wards',
  'upload boundaries',
  'remove a file',
  'refuse a match',
])
const LISTS = ['list the files', 'list the analyses', 'list the plans', 'list the exports'] as const

/**
 * Plays one schedule against three tasks with new people, then reads everything on every task.
 * @throws Deviation when the service does what the model does not
 * @throws Unavailable when a task asks to try again later
 */
export async function play(
  agents: Pick<Test, 'teardown'>,
  tasks: readonly string[],
  { stages, steps }: Schedule,
): Promise<void> {
  const players = stages.map((_, number): Player => ({
    number,
    who: newPerson(agents, tasks[0] ?? ''),
    mark: `Zq${randomBytes(9).toString('hex')}`,
    possible: [NO_SESSION],
    deadCookie: null,
    editions: 0,
    made: [],
  }))
  const round = async (command: readonly Step[]): Promise<void> => {
    const own = await Promise.all(command.map(async (step) => ({ step, events: await perform(step, players, tasks) })))
    for (const { step, events } of own) for (const { reply } of events) refuseForeign(players, step, reply)
    for (const player of players) {
      const [one, other] = own.filter(({ step }) => step.person === player.number)
      if (one !== undefined) settle(player, one, other)
    }
  }
  await Promise.all(
    pastsOf(stages).map(async (past) => {
      for (const step of past) await round([step])
    }),
  )
  for (const command of commandsOf(steps)) await round(command)
  const everywhere = Array.from({ length: TASKS }, (_, task) =>
    players.flatMap(({ deadCookie }, person) =>
      [...LISTS, ...(deadCookie === null ? [] : ['use a dead cookie' as const])].map((operation) => ({
        person,
        operation,
        task,
        nth: 0,
        together: false,
      })),
    ),
  )
  // Reads change nothing, so they may all be under way at once.
  await Promise.all(
    everywhere.flat().map(async (step) => {
      await round([step])
    }),
  )
}

/** The steps that bring each person to their stage. */
function pastsOf(stages: readonly number[]): Step[][] {
  return stages.map((stage, person) =>
    pastOf(stage).map((operation) => ({ person, operation, task: person % TASKS, nth: 0, together: false })),
  )
}

interface Done {
  readonly step: Step
  readonly events: readonly Sent[]
}

/**
 * The states that the session may be in now.
 * @throws Deviation when the replies fit no order from any of the states it could be in
 */
function settle(player: Player, one: Done, other: Done | undefined): void {
  const [mine, rival] = [eventsOf(one, other), other === undefined ? [] : eventsOf(other, one)]
  const next = new Map<string, ModelSession>()
  let wrong = ''
  for (const session of player.possible) {
    const ends = afterBoth(session, mine, rival)
    if (typeof ends === 'string') wrong = ends
    else for (const end of ends) next.set(JSON.stringify(end), end)
  }
  if (next.size === 0)
    throw new Deviation(
      wordsOf(one.step) +
        (other === undefined
          ? ''
          : `, and at the same time ${other.step.operation} at task ${String(other.step.task + 1)}`) +
        `: ${wrong}`,
    )
  player.possible = [...next.values()]
}

function eventsOf({ step, events }: Done, rival: Done | undefined): ModelEvent[] {
  const excuses =
    rival === undefined
      ? []
      : [
          'conflict',
          ...(CHANGES.has(rival.step.operation) ? ['stale', 'no-data'] : []),
          // What it was about to read is erased with the session.
          ...(rival.step.operation === 'end' && step.operation !== 'start' ? ['no-data'] : []),
        ]
  return events.map(({ reply: _, ...event }) => ({ ...event, excuses }))
}

/** Not one byte of anybody else's. */
function refuseForeign(players: readonly Player[], step: Step, { text }: Reply): void {
  for (const { number, mark, made } of players) {
    if (number !== step.person && [mark, ...made].some((theirs) => text.includes(theirs)))
      throw new Deviation(`${wordsOf(step)}: what came back is person ${String(number + 1)}'s`)
  }
}

async function perform(step: Step, players: readonly Player[], tasks: readonly string[]): Promise<Sent[]> {
  const player = players[step.person]
  const session = player?.possible[0]
  if (player === undefined || session === undefined) throw new Error('A schedule names somebody who is not there')
  const { who, mark } = player
  const { cookie = null } = who
  const at = (turn: number): string => tasks[turn % TASKS] ?? ''
  const nth = <T>(from: readonly T[]): T | undefined => from[step.nth % Math.max(1, from.length)]
  const events: Sent[] = []
  const send = async (
    what: ModelEvent['what'],
    method: string,
    path: string,
    rest: Pick<ModelEvent, 'id' | 'file'> = {},
    body?: unknown,
    options: SendOptions = {},
  ): Promise<Reply> => {
    const begin = performance.now()
    const reply = await who.send(method, path, {
      at: at(step.task),
      cookie,
      ...(body !== undefined && { body }),
      ...options,
    })
    if (reply.status >= 500) {
      if (reply.status === 503) throw new Unavailable(reply.text)
      throw new Deviation(`${wordsOf(step)}: ${String(reply.status)} ${reply.text}`)
    }
    const json = reply.text.startsWith('{') ? reply.json() : {}
    events.push({
      what,
      ...rest,
      status: reply.status,
      problem: reply.problem,
      json,
      begin,
      end: performance.now(),
      reply,
    })
    for (const [, id = ''] of reply.status < 300 ? reply.text.matchAll(/"id":"([A-Za-z0-9_-]{32})"/g) : [])
      if (!player.made.includes(id)) player.made.push(id)
    return reply
  }
  const upload = async (role: ModelFile['role'], bytes: (edition: string) => string, ending: string): Promise<void> => {
    const edition = `${mark}e${String(player.editions++)}`
    const content = bytes(edition)
    const announced = await send(
      'announce',
      'POST',
      '/api/files',
      { file: { role, edition } },
      { role, filename: `${edition}.${ending}`, bytes: Buffer.byteLength(content) },
    )
    if (announced.status !== 201) return
    const view = announced.json<Parameters<typeof postUpload>[0] & { file: { id: string } }>()
    const stored = await postUpload(view, content)
    if (stored >= 300) throw new Unavailable(`The object store said ${String(stored)}`)
    await send('complete', 'POST', `/api/files/${view.file.id}/complete`, { id: view.file.id }, undefined, {
      at: at(step.task + 1),
    })
  }
  switch (step.operation) {
    case 'start':
      await send('start', 'POST', '/api/session')
      break
    case 'look':
      await send('look', 'GET', '/api/session')
      break
    case 'end':
      // Without a cookie there is nothing to end, here or in the model.
      if (cookie === null) {
        await send('look', 'DELETE', '/api/session')
        break
      }
      await send('end', 'DELETE', '/api/session')
      player.deadCookie = cookie
      break
    case 'use a dead cookie': {
      const replies = await Promise.all(
        ['/api/session', '/api/files', '/api/analyses', '/api/itn-plans', '/api/exports'].map(
          async (path) => await who.get(path, { at: at(step.task), cookie: player.deadCookie }),
        ),
      )
      if (replies.some(({ status }) => status === 503)) throw new Unavailable('a dead cookie')
      const alive = replies.find(({ status, problem }) => status !== 401 || problem !== 'no-session')
      if (alive !== undefined) throw new Deviation(`${wordsOf(step)}: ${String(alive.status)} where 401 is right`)
      break
    }
    case 'announce a file': {
      const edition = `${mark}e${String(player.editions++)}`
      await send(
        'announce',
        'POST',
        '/api/files',
        { file: { role: 'wards', edition } },
        { role: 'wards', filename: `${edition}.csv`, bytes: 1 },
      )
      break
    }
    case 'upload wards':
      await upload('wards', (edition) => wardsCsv(mark, edition), 'csv')
      break
    case 'upload boundaries':
      await upload('boundaries', () => boundaries(mark), 'geojson')
      break
    case 'remove a file': {
      const id = nth(session.files)?.id ?? UNKNOWN_ID
      await send('remove', 'DELETE', `/api/files/${id}`, { id })
      break
    }
    case 'list the files':
      await send('listFiles', 'GET', '/api/files')
      break
    case 'refuse a match':
      await send(
        'settle',
        'POST',
        '/api/dataset/matches',
        {},
        { refuse: [{ ward: `${mark} 1`, boundary: `${mark} outline 2` }] },
      )
      break
    case 'analyse':
      await send('analyse', 'POST', '/api/analyses', {}, {})
      break
    case 'read an analysis': {
      const id = nth(session.analyses)?.id ?? UNKNOWN_ID
      await send('readAnalysis', 'GET', `/api/analyses/${id}`, { id })
      break
    }
    case 'list the analyses':
      await send('listAnalyses', 'GET', '/api/analyses')
      break
    case 'plan': {
      const id = nth(session.analyses)?.id ?? UNKNOWN_ID
      await send(
        'plan',
        'POST',
        '/api/itn-plans',
        { id },
        { analysisId: id, totalNets: 300, populationColumn: 'rainfall' },
      )
      break
    }
    case 'list the plans':
      await send('listPlans', 'GET', '/api/itn-plans')
      break
    case 'export': {
      const id = nth(session.analyses)?.id ?? UNKNOWN_ID
      await send('export', 'POST', '/api/exports', { id }, { kind: 'analysis_results.json', analysisId: id })
      break
    }
    case 'list the exports':
      await send('listExports', 'GET', '/api/exports')
      break
    case "try another's id": {
      const victim = players[(step.person + 1 + (step.nth % 2)) % players.length]?.possible[0] ?? NO_SESSION
      const analysisId = victim.analyses[0]?.id ?? UNKNOWN_ID
      const fileId = victim.files[0]?.id ?? UNKNOWN_ID
      const [method, path, body] = nth<readonly [string, string, unknown?]>([
        ['GET', `/api/analyses/${analysisId}`],
        ['DELETE', `/api/files/${fileId}`],
        ['POST', '/api/itn-plans', { analysisId, totalNets: 300, populationColumn: 'rainfall' }],
        ['POST', '/api/exports', { kind: 'analysis_results.json', analysisId }],
        ['GET', `/api/itn-plans/${victim.plans[0]?.id ?? UNKNOWN_ID}`],
      ]) ?? ['GET', '/']
      await send('steal', method, path, {}, body)
    }
  }
  return events
}

/**
 * Six wards of this person, with the edition in the place of their LGA but for one: with an LGA in common, a later
 * table
 * replaces the earlier one without a question.
 */
function wardsCsv(mark: string, edition: string): string {
  const rows = Array.from({ length: 6 }, (_, at) =>
    [
      `${mark} ${String(at + 1)}`,
      at === 5 ? COMMON_LGA : edition,
      10 + ((at * 7) % 31),
      100 + ((at * 13) % 57),
      ((at * 29) % 83) / 10,
    ].join(','),
  )
  return `${['WardName,LGA,tpr,rainfall,distance_to_water', ...rows].join('\n')}\n`
}

function boundaries(mark: string): string {
  const square = (at: number): unknown => ({
    type: 'Feature',
    properties: { WardName: `${mark} outline ${String(at)}` },
    geometry: {
      type: 'Polygon',
      coordinates: [
        [
          [at, 10],
          [at + 1, 10],
          [at + 1, 11],
          [at, 11],
          [at, 10],
        ],
      ],
    },
  })
  return JSON.stringify({ type: 'FeatureCollection', features: [1, 2, 3].map(square) })
}

function wordsOf({ person, operation, task }: Step): string {
  return `person ${String(person + 1)} at task ${String(task + 1)}: ${operation}`
}

/** A schedule as a person reads it. */
export function traceOf({ stages, steps }: Schedule): string[] {
  return [
    ...pastsOf(stages).flat().map(wordsOf),
    ...commandsOf(steps).map((command) => command.map(wordsOf).join(', and at the same time ')),
  ]
}
