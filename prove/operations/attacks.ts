import { problemOf } from '../client.ts'
import type { Outcome } from '../outcome.ts'
import type { Era } from '../person.ts'
import { strangerRequests, type Ids, type StrangerCase, type StrangerRequest } from '../stranger-cases.ts'
import { judge, pick, type Operation, type Tab } from '../world.ts'

/** Every place of every route with somebody else's real ids, and presigned URLs used for somebody else's data. */
export function attackOperations(): Operation[] {
  return [
    {
      name: "try another person's ids",
      route: 'every route',
      weight: 6,
      run: tryForeignIds,
    },
    {
      name: 'turn a presigned URL on another person',
      route: 'object store',
      weight: 1,
      run: bendPresignedUrl,
    },
  ]
}

const NAME = "try another person's ids"

async function tryForeignIds(tab: Tab): Promise<Outcome> {
  const victim = victimOf(tab)
  if (victim === undefined) return 'skipped'
  const [own, given] = [idsOf(tab.era), idsOf(victim)]
  const attempts = tab.world.cases.flatMap((spec) =>
    strangerRequests(spec, own, given)
      .filter((request) => isWorthwhile(spec, request))
      .map((request) => ({ spec, request })),
  )
  const { spec, request } = pick(tab.random, attempts) ?? {}
  if (spec === undefined || request === undefined) return 'skipped'
  const { method, address, headers, cookies, body, expected } = request
  const reply = await tab.world.client.send({
    user: tab.person.user,
    era: tab.era.number,
    operation: NAME,
    route: spec.route,
    method,
    address,
    headers,
    cookie: tab.era.cookie + cookies,
    ...(body !== undefined && { body }),
  })
  if (reply.status >= 200 && reply.status < 300) {
    tab.world.inspector.report({
      kind: 'foreign id accepted',
      detail:
        `${spec.route} answered ${reply.status} to another person's id in its ${request.place} ` + `(${request.where})`,
      viewer: { user: tab.person.user, era: tab.era.number },
      request: `${method} ${address}`,
    })
    return 'failed'
  }
  const outcome = judge(tab, reply, [
    { 'not-found': 404, 'client-session-id': 400, 'invalid-input': 400, 'unsupported-media-type': 415, same: 0 }[
      expected
    ],
  ])
  if (outcome === 'done' && problemOf(reply) !== expected) {
    tab.world.tally.unexpected(reply)
    return 'failed'
  }
  return outcome
}

/** Those that must be refused; an unchanged reply shows nothing new and may end one's own session. */
function isWorthwhile({ sessionless, signedIn }: StrangerCase, { expected }: StrangerRequest): boolean {
  return sessionless !== true && signedIn !== true && expected !== 'same'
}

async function bendPresignedUrl(tab: Tab): Promise<Outcome> {
  const { era, person, world } = tab
  const victim = victimOf(tab)
  const known = pick(tab.random, era.analyses)
  if (victim === undefined || known === undefined) return 'skipped'
  const name = 'turn a presigned URL on another person'
  const reply = await world.client.send({
    user: person.user,
    era: era.number,
    operation: name,
    route: 'POST /api/exports',
    method: 'POST',
    address: '/api/exports',
    cookie: era.cookie,
    body: { kind: 'analysis_results.json', analysisId: known.id },
  })
  const made =
    reply.status === 201
      ? (JSON.parse(reply.bytes.toString()) as { export: { id: string }; download: { url: string } })
      : undefined
  const span = { begin: reply.begin, end: reply.end }
  if (made === undefined) {
    era.made.exports.push({
      ...span,
      key: undefined,
      outcome: reply.status >= 400 && reply.status < 500 ? 'refused' : 'unknown',
    })
    return judge(tab, reply, [409])
  }
  world.canaries.register(made.export.id, {
    user: person.user,
    era: era.number,
    field: 'export id',
    version: era.exportIds.length,
  })
  era.exportIds.push(made.export.id)
  era.made.exports.push({ ...span, key: made.export.id, outcome: 'acknowledged' })
  const bent = made.download.url.replaceAll(era.sessionId, victim.sessionId)
  const stolen = await world.client.send({
    user: person.user,
    era: era.number,
    operation: name,
    route: 'object store',
    method: 'GET',
    address: bent,
  })
  if (stolen.status >= 200 && stolen.status < 300)
    world.inspector.report({
      kind: 'foreign id accepted',
      detail: "A presigned URL turned on another person's object was answered",
      viewer: { user: person.user, era: era.number },
      request: 'GET (bent presigned download)',
    })
  return judge(tab, stolen, [403, 404])
}

function victimOf({ world, person, random }: Tab): Era | undefined {
  const others = world.people.filter(({ user, eras }) => user !== person.user && eras.length > 0)
  return pick(random, others)?.eras.at(-1)
}

/** One's real ids; where there is none yet, a possible one. */
function idsOf(era: Era): Ids {
  const none = 'A'.repeat(32)
  return {
    session: era.sessionId,
    file: era.files.at(-1)?.id ?? none,
    analysis: era.analyses.at(-1)?.id ?? none,
    plan: era.plans.at(-1)?.id ?? none,
    export: era.exportIds.at(-1) ?? none,
    battle: era.battles.at(-1) ?? none,
    project: none,
    'own session': none,
    ward: era.editions.at(-1)?.wardNames[0] ?? 'Ward',
  }
}
