import { setTimeout as pause } from 'node:timers/promises'
import type { Canaries } from '../../prove/canaries.ts'
import { jsonOf, problemOf, type Client, type Exchange } from '../../prove/client.ts'
import { expectedPlan, planMisfit, type PlanRow } from '../../prove/expected-plan.ts'
import { misfit } from '../../prove/expected-ranking.ts'
import { makeEdition, type Edition } from '../../prove/made-data.ts'
import { fileMisfit } from '../../prove/operations/exports.ts'
import { formOf } from '../../prove/operations/files.ts'

export const RELEASES = ['previous', 'present'] as const
export type Release = (typeof RELEASES)[number]

/** Two releases behind one balancer, and what their people met. */
export interface BothReleases {
  readonly client: Client
  readonly canaries: Canaries
  /** The releases that serve now. */
  readonly serving: () => readonly Release[]
  readonly releaseOf: (exchange: Exchange) => Release | undefined
  /** Called for each reply that is neither right nor a clear refusal. */
  readonly onFailure: (what: string) => void
  /** Called for each right reply, and for each clear refusal for good. */
  readonly onReply: (release: Release, isRight: boolean, route: string) => void
}

/** What is wrong with a reply, or null. */
type Check = (exchange: Exchange) => string | null
type Row = Readonly<Record<'wardName' | 'score' | 'rank' | 'tier', unknown>>

interface Asked {
  readonly method: 'GET' | 'POST' | 'DELETE'
  readonly address: string
  /** The address without what is a person's own. */
  readonly route: string
  readonly body?: unknown
  readonly right: number
  readonly check: Check
}

const TOTAL_NETS = 100_000
/** Stated, since releases guess them by other words. */
const DIRECTIONS = { tpr: 'direct', rainfall: 'direct', distance_to_water: 'inverse' } as const
/** The balancer takes turns, so a task that has not answered by then does not. */
const MOST_TRIES = 60
/** Come again later, as the service says it when it has much to do. */
const LATER: readonly number[] = [429, 503]
const LATER_MS = 100

/** One person who works on both releases at once. */
export interface Worker {
  /** Everything a person does with two editions of a ward table. Each request is sent until both have answered it. */
  work(): Promise<void>
  /** Reads everything that was made again, from the releases that serve now. */
  readAgain(): Promise<void>
  /** Ends the session, and looks whether it has ended. */
  leave(): Promise<void>
}

export function createWorker(both: BothReleases, user: number): Worker {
  const { canaries, client } = both
  const reads: Asked[] = []
  let cookie: string | null = null
  let made = 0

  const own = (id: string | undefined): string => {
    if (id !== undefined) canaries.register(id, { user, era: 0, field: 'id', version: (made += 1) })
    return id ?? ''
  }
  const send = async ({ method, address, route, body }: Omit<Asked, 'right' | 'check'>): Promise<Exchange> =>
    await client.send({ user, era: 0, operation: route, route, method, address, cookie, body })

  /**
   * Sends a request until each release that serves has answered it, or one of them has. Gives the right answers. A
   * release may refuse what the other stored, but not with another person's data, a wrong figure, or the end of a
   * session.
   */
  const ask = async (asked: Asked, by: 'both' | 'either' = 'both'): Promise<Exchange[]> => {
    const waiting = new Set(both.serving())
    const right: Exchange[] = []
    for (let tries = 0; waiting.size > 0 && tries < MOST_TRIES; tries += 1) {
      const reply = await send(asked)
      const release = both.releaseOf(reply)
      const problem = problemOf(reply)
      if (LATER.includes(reply.status) && tries < MOST_TRIES / 2) {
        await pause(LATER_MS)
        continue
      }
      const wrong = reply.status === asked.right ? asked.check(reply) : null
      if (release === undefined || wrong !== null || reply.status === 401 || (reply.status >= 400 && !problem)) {
        both.onFailure(`${release ?? 'nobody'}, ${asked.method} ${asked.route}: ${wrong ?? textOf(reply)}`)
        return right
      }
      if (reply.status === asked.right) right.push(reply)
      both.onReply(release, reply.status === asked.right, `${asked.method} ${asked.route} (${String(reply.status)})`)
      waiting.delete(release)
      if (by === 'either' && right.length > 0) return right
    }
    for (const release of waiting) both.onFailure(`${release}, ${asked.method} ${asked.route}: no answer`)
    return right
  }
  const read = async (address: string, route: string, check: Check): Promise<void> => {
    const asked: Asked = { method: 'GET', address, route, right: 200, check }
    reads.push(asked)
    await ask(asked)
  }
  const write = async (address: string, body: unknown, right: number, check: Check): Promise<Exchange[]> =>
    await ask({ method: 'POST', address, route: address, body, right, check })

  /** Any release starts it: with the one cookie the person goes on at both. */
  const start = async (): Promise<void> => {
    const [reply] = await ask({ ...sessionStart, right: 201, check: () => null }, 'either')
    cookie = String([reply?.replyHeaders['set-cookie'] ?? ''].flat()[0]).split(';')[0] ?? ''
  }

  /** One release may announce the file and the other complete it. */
  const upload = async ({ filename, csv }: Edition): Promise<void> => {
    const body = { role: 'wards', filename, bytes: csv.length }
    const [announced] = await ask({ ...filePost, address: '/api/files', body, right: 201, check: () => null }, 'either')
    if (announced === undefined) return
    const { file, upload: form } = jsonOf<{
      file: { id: string }
      upload: { url: string; fields: Record<string, string> }
    }>(announced)
    const stored = await client.send({
      ...{ user, era: 0, operation: 'upload', route: 'object store', method: 'POST', cookie: null },
      ...{ address: form?.url ?? '', ...formOf(form?.fields ?? {}, csv) },
    })
    if (stored.status !== 204) both.onFailure(`the object store: ${textOf(stored)}`)
    const address = `/api/files/${own(file?.id)}/complete`
    await ask({ ...filePost, address, body: {}, right: 200, check: () => null }, 'either')
  }

  const readAnalysis = async (id: string, { ranking, wardNames }: Edition): Promise<void> => {
    const address = `/api/analyses/${id}`
    await read(address, '/api/analyses/…', (reply) => misfit(ranking, analysisIn(reply)))
    await read(`${address}/wards?limit=9`, '/api/analyses/…/wards', (reply) =>
      misfit(ranking, jsonOf<{ wards: Row[] }>(reply).wards ?? []),
    )
    const [first] = ranking
    await read(`${address}/wards/${first?.wardName ?? ''}`, '/api/analyses/…/wards/…', (reply) => {
      const { ward } = jsonOf<{ ward: Row }>(reply)
      return misfit(ranking.slice(0, 1), ward === undefined ? [] : [ward])
    })
    for (const exported of await write('/api/exports', { kind: 'rankings.csv', analysisId: id }, 201, () => null)) {
      const { export: file, download } = jsonOf<{ export: { id: string }; download: { url: string } }>(exported)
      own(file?.id)
      const reply = await client.send({
        ...{ user, era: 0, operation: 'download', route: 'object store', method: 'GET', cookie: null },
        address: download?.url ?? '',
      })
      const wrong = fileMisfit('rankings.csv', reply, { ranking, wardNames } as Edition)
      if (wrong !== null) both.onFailure(`a download: ${wrong}`)
    }
  }

  const plan = async (analysisId: string, edition: Edition): Promise<void> => {
    const check: Check = (reply) =>
      planMisfit(expectedPlan(edition, TOTAL_NETS), jsonOf<{ plan: { wards: PlanRow[] } }>(reply).plan?.wards ?? [])
    for (const reply of await write('/api/itn-plans', { analysisId, totalNets: TOTAL_NETS }, 201, check)) {
      const id = own(jsonOf<{ plan: { id: string } }>(reply).plan?.id)
      await read(`/api/itn-plans/${id}`, '/api/itn-plans/…', check)
    }
  }

  return {
    async work() {
      await start()
      const session = own(jsonOf<{ session: { id: string } }>(await send(sessionRead)).session?.id)
      await read('/api/session', '/api/session', (reply) =>
        jsonOf<{ session: { id: string } }>(reply).session?.id === session ? null : 'another session',
      )
      for (const version of [0, 1]) {
        const edition = makeEdition(canaries, user, 0, version)
        await upload(edition)
        const shown: Check = (reply) =>
          reply.bytes.toString().includes(edition.filename) ? null : 'the file is missing'
        await ask({ method: 'GET', address: '/api/files', route: '/api/files', right: 200, check: shown })
        await ask({
          ...{ method: 'GET', address: '/api/dataset', route: '/api/dataset', right: 200 },
          check: (reply) => (jsonOf(reply)['wards'] === edition.wardNames.length ? null : 'other data'),
        })
        const ranked = await write(
          '/api/analyses',
          { indicators: Object.keys(DIRECTIONS), directions: DIRECTIONS },
          201,
          (reply) => misfit(edition.ranking, analysisIn(reply)),
        )
        for (const reply of ranked) {
          const id = own(jsonOf<{ analysis: { id: string } }>(reply).analysis?.id)
          await readAnalysis(id, edition)
          await plan(id, edition)
        }
        const [first] = edition.ranking
        await write('/api/chat', { message: 'Which wards are most at risk?' }, 200, (reply) => {
          own(jsonOf<{ turn: { id: string } }>(reply).turn?.id)
          return reply.bytes.includes(first?.wardName ?? '') ? null : 'the first ward is missing'
        })
      }
      await read('/api/chat', '/api/chat', (reply) =>
        (jsonOf<{ turns: unknown[] }>(reply).turns?.length ?? 0) >= 4 ? null : 'turns are missing',
      )
    },
    async readAgain() {
      for (const asked of reads) await ask(asked)
    },
    async leave() {
      const reply = await send({ method: 'DELETE', address: '/api/session', route: '/api/session' })
      if (reply.status !== 204) both.onFailure(`DELETE /api/session: ${textOf(reply)}`)
      const after = await send(sessionRead)
      if (after.status !== 401) both.onFailure(`a session that has ended: ${textOf(after)}`)
    },
  }
}

const sessionStart = { method: 'POST', address: '/api/session', route: '/api/session' } as const
const sessionRead = { method: 'GET', address: '/api/session', route: '/api/session' } as const

const filePost = { method: 'POST', route: '/api/files' } as const

function analysisIn(reply: Exchange): readonly Row[] {
  return jsonOf<{ analysis: { wards: Row[] } }>(reply).analysis?.wards ?? []
}

function textOf({ status, error, bytes }: Exchange): string {
  return `${String(status)} ${error ?? bytes.toString('utf8', 0, 300)}`
}
