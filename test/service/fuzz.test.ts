// run alone: it sends 2,000 requests, many at a time
import { join } from 'node:path'
import t from 'tap'
import { Check, Errors } from 'typebox/value'
import { closedSchema } from '../support/closed-schema.ts'
import { person, startWith, uploadFile, type Person, type Reply } from '../support/client.ts'
import { fuzzRequests, type Described, type FuzzRequest } from '../support/fuzz-requests.ts'
import { redis, s3, startService } from '../support/parts.ts'
import fc, { propertySeed } from '../support/properties.ts'

const REQUESTS = 2_000
const PEOPLE = 4
/** Each round is a session of its own: requests that work delete what later ones are about. */
const ROUNDS = 3
const sample = join(import.meta.dirname, '../../service/sample')
/** A frame of a stack, a file of the service, a key of the stores, or an error of a library. */
const INSIDE =
  /\n\s+at |node_modules|\.[cm]?[jt]s:\d|node:internal|\b(?:sess|tomb|data|ended|starts):|sessions\/|\bE(?:CONN|NOENT|PIPE|TIMEDOUT|ACCES|INVAL)|WRONGTYPE|NoSuchKey|FST_ERR|TypeError|is not a function/

interface Operation {
  readonly method: string
  readonly path: string
  readonly described: Described
}

const FACILITIES = [
  'State,LGA,Ward,Health Facility,Facility Level,Month,Persons tested by RDT <5yrs,Persons tested positive by RDT <5yrs',
  'Sample,Bakoro,Unguwar Lemo,Clinic 1,Primary,Jan 2024,50,20',
  'Sample,Bakoro,Tudun Kuka,Clinic 2,Primary,Jan 2024,60,30',
  '',
].join('\n')
const POSITIVITY = { facilityLevel: 'all', age: 'u5', method: 'rdt' }

/** Starts a session that has data, a ranking and a plan, and gives ids and names that its routes take. */
async function withData(who: Person): Promise<Record<string, string>> {
  await startWith(who, sample)
  const fileId = await uploadFile(who, 'facilities', 'tests.csv', Buffer.from(FACILITIES))
  const slot = await who.post('/api/files', { role: 'wards', filename: 'later.csv', bytes: 9, pieces: 3 })
  await who.post('/api/dataset/positivity', POSITIVITY)
  const { analysis } = (await who.post('/api/analyses', {})).json<{
    analysis: { id: string; wards: { wardName: string }[] }
  }>()
  const [plan, battle] = [
    await who.post('/api/itn-plans', { analysisId: analysis.id, totalNets: 20_000 }),
    await who.post('/api/arena/battles', { message: 'How do nets protect?' }),
  ]
  return {
    analysisId: analysis.id,
    ward: analysis.wards[0]!.wardName,
    planId: plan.json<{ plan: { id: string } }>().plan.id,
    planIds: plan.json<{ plan: { id: string } }>().plan.id,
    battleId: battle.json<{ battle: { id: string } }>().battle.id,
    fileId,
    slotId: slot.json<{ file: { id: string } }>().file.id,
    indicators: 'mean_rainfall_mm',
    message: 'Top five wards',
    sort: 'rank',
    tier: 'high',
    lga: 'Bakoro',
    column: 'mean_rainfall_mm',
    columns: 'elevation_m',
    x: 'elevation_m',
    y: 'score',
    weight: 'population',
    with: 'nets',
    groupBy: 'LGA',
    select: 'ward',
    by: 'rank',
  }
}

/** It is about a file that is sent in pieces. */
const PIECES = '/api/files/{fileId}/pieces'

/** It comes after the deletion of the one plan, since a locked plan cannot be deleted, and so it finds none. */
const LOCK = '/api/itn-plans/{planId}/lock'

/** The ids and names for an operation. */
function valuesFor({ path }: Operation, values: Readonly<Record<string, string>>): Record<string, string> {
  return path === PIECES ? { ...values, fileId: values['slotId'] ?? '' } : { ...values }
}

/** Readings come first, then what changes the data, last what deletes: else few would find what they are about. */
function turnOf({ method, path }: Operation): number {
  if (method === 'DELETE') return path === '/api/session' ? 4 : 2
  if (path === LOCK) return 3
  return method === 'PUT' || (method === 'POST' && path.startsWith('/api/dataset')) ? 1 : 0
}

/** What is wrong with a reply; empty if nothing is. */
function faultsOf({ described }: Operation, request: FuzzRequest, reply: Reply): string[] {
  const documented = described.responses[String(reply.status)] ?? described.responses['default']
  const type = String(reply.headers['content-type'] ?? '').split(';')[0] ?? ''
  const schema = documented?.content?.[type]?.schema
  const bodySchema = described.requestBody?.content['application/json']?.schema
  const isWrongBody = request.json !== undefined && bodySchema !== undefined && !Check(bodySchema, request.json.value)
  return [
    ...(reply.status === 500 || reply.status > 503 ? ['a failure of the service'] : []),
    ...(documented === undefined ? ['its status is not documented'] : []),
    ...(reply.text !== '' && schema === undefined ? [`its type ${type} is not documented`] : []),
    ...(reply.text === '' && documented?.content !== undefined ? ['it is empty'] : []),
    ...(schema !== undefined && !Check(closedSchema(schema), reply.json())
      ? [`its body is not as documented: ${JSON.stringify(Errors(closedSchema(schema), reply.json()).slice(0, 2))}`]
      : []),
    ...(isWrongBody && !(reply.status >= 400 && reply.status < 500) ? ['a body against its schema was taken'] : []),
    ...(reply.status >= 400 && INSIDE.test(reply.text) ? ['it tells of the inside'] : []),
    ...(reply.headers['cache-control'] === 'no-store' ? [] : ['it may be kept']),
  ]
}

t.setTimeout(180_000)
t.test(
  'requests of every kind to every route: no failure, nothing of the inside, each reply as documented',
  async (t) => {
    const { url, lines } = await startService(t, { redis: await redis(t), s3: await s3(t) })
    const { paths } = (await person(t, url).get('/openapi.json')).json<{
      paths: Record<string, Record<string, Described>>
    }>()
    const operations: Operation[] = Object.entries(paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, described]) => ({ method: method.toUpperCase(), path, described })),
    )
    const perOperation = Math.ceil(REQUESTS / (operations.length * PEOPLE * ROUNDS))
    const statuses = new Map(operations.map((operation) => [operation, new Map<number, number>()]))
    const wrong: string[] = []
    let sent = 0

    /** Everything that one session is asked, each operation in turn; ends with what deletes. */
    const round = async (seed: number): Promise<void> => {
      const who = person(t, url)
      const values = await withData(who)
      const requests = operations.flatMap((operation, at) =>
        fc
          .sample(fuzzRequests(operation.path, operation.described, valuesFor(operation, values)), {
            numRuns: perOperation,
            seed: seed + at,
          })
          .map((request) => ({ operation, request })),
      )
      for (const { operation, request } of requests.sort(
        (one, other) => turnOf(one.operation) - turnOf(other.operation),
      )) {
        const { body, headers, cookie, path } = request
        const reply = await who.send(operation.method, path, {
          headers,
          ...(body !== undefined && { body }),
          ...(cookie !== 'own' && { cookie: null }),
        })
        sent += 1
        const counts = statuses.get(operation)!
        counts.set(reply.status, (counts.get(reply.status) ?? 0) + 1)
        for (const fault of faultsOf(operation, request, reply))
          wrong.push(
            `${operation.method} ${path.slice(0, 200)} ${JSON.stringify(headers).slice(0, 200)} ` +
              `${String(body).slice(0, 300)} → ${String(reply.status)} ${reply.text.slice(0, 300)}: ${fault}`,
          )
        if (operation.method === 'DELETE' && operation.path === '/api/session' && reply.status === 204)
          await who.start()
      }
    }

    const begin = performance.now()
    await Promise.all(
      Array.from({ length: PEOPLE }, async (_, at) => {
        for (let count = 0; count < ROUNDS; count += 1) await round(propertySeed + 10_000 * at + 1_000 * count)
      }),
    )
    const seconds = (performance.now() - begin) / 1_000

    t.strictSame(wrong.slice(0, 20), [], `${String(wrong.length)} wrong replies with seed ${String(propertySeed)}`)
    t.ok(sent >= REQUESTS, `${String(sent)} requests were sent`)
    const worked = (operation: Operation): boolean =>
      [...statuses.get(operation)!.keys()].some((status) => status < 300)
    const refused = (operation: Operation): boolean =>
      [...statuses.get(operation)!.keys()].some((status) => status >= 400 && status < 500)
    const named = (left: Operation[]): string[] => left.map(({ method, path }) => `${method} ${path}`)
    t.strictSame(
      named(operations.filter((operation) => operation.path !== LOCK && !worked(operation))),
      [],
      'each operation was done',
    )
    const lenient = operations.filter((operation) => operation.path.startsWith('/api/') && !refused(operation))
    t.strictSame(named(lenient), [], 'and each of the API was refused')
    t.strictSame(
      lines().filter(({ msg }) => msg === 'A request failed by a bug'),
      [],
      'the log tells of no failure',
    )
    const total = Map.groupBy(
      [...statuses.values()].flatMap((counts) => [...counts]),
      ([status]) => status,
    )
    const shares = [...total]
      .sort(([one], [other]) => one - other)
      .map(([status, counts]) => {
        return `${String(status)}: ${String(counts.reduce((sum, [, count]) => sum + count, 0))}`
      })
    t.comment(`| ${String(sent)} requests in ${seconds.toFixed(1)} s | ${shares.join(', ')} |`)
  },
)
