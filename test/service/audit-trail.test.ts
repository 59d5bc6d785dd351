import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { auditTrail } from '../../service/audit/audit-trail.ts'
import { AUDIT_EVENTS, type AuditEvent } from '../../service/audit/audit-events.ts'
import { createMetrics } from '../../service/metrics/metrics.ts'
import { cookieValue, person, startWith, tokenOf, until } from '../support/client.ts'
import { redis, s3, startService } from '../support/parts.ts'

const ROOT = join(import.meta.dirname, '../..')
const SAMPLE = join(ROOT, 'service/sample')
const REFERENCE = /^[A-Za-z0-9_-]{16}$/
type Line = Readonly<Record<string, unknown>>

t.setTimeout(120_000)

t.test('the audit trail of a running service', async (t) => {
  const parts = { redis: await redis(t), s3: await s3(t) }
  const service = await startService(t, parts)
  const [ada, bela] = [person(t, service.url), person(t, service.url)]
  await startWith(ada, SAMPLE)
  const { id: sessionOfBela } = await bela.start()
  const sessionOfAda = (await ada.get('/api/session')).json<{ session: { id: string } }>().session.id
  const trail = (): Line[] => service.lines().filter((line) => 'audit' in line)
  /** The one new line of this event that `act` leaves. */
  const recorded = async (event: AuditEvent, act: () => Promise<unknown>): Promise<Line> => {
    const of = (): Line[] => trail().filter((line) => line['audit'] === event)
    const before = of().length
    await act()
    await until(() => of().length > before, 5_000, event)
    t.equal(of().length, before + 1, `${event}: one line`)
    return of().at(-1) ?? {}
  }

  const { analysis } = (await ada.post('/api/analyses', {})).json<{ analysis: { id: string } }>()
  const { plan } = (await ada.post('/api/itn-plans', { analysisId: analysis.id, totalNets: 1_000 })).json<{
    plan: { id: string }
  }>()

  const references = new Map<string, unknown>()
  await t.test('has a line for each event, with its request, its route and references', async (t) => {
    const cases: readonly (readonly [AuditEvent, string | undefined, () => Promise<unknown>])[] = [
      ['plan-locked', '/api/itn-plans/:planId/lock', () => ada.post(`/api/itn-plans/${plan.id}/lock`)],
      ['foreign-id', '/api/analyses/:analysisId', () => bela.get(`/api/analyses/${analysis.id}`)],
      ['client-session-id', '/api/session', () => bela.get(`/api/session?session_id=${sessionOfAda}`)],
      [
        'forged-cookie',
        '/api/session',
        () => bela.get('/api/session', { cookie: `session=${'a'.repeat(32)}.${'b'.repeat(43)}` }),
      ],
      [
        'cross-site-request',
        '/api/chat',
        () => bela.post('/api/chat', { message: 'x' }, { headers: { 'sec-fetch-site': 'cross-site' } }),
      ],
    ]
    for (const [event, route, act] of cases) {
      const line = await recorded(event, act)
      t.equal(line['route'], route, `${event}: the route's own address`)
      t.equal(line['outcome'], AUDIT_EVENTS[event].outcome, event)
      t.equal(line['level'], AUDIT_EVENTS[event].outcome === 'done' ? 30 : 40, event)
      t.match(line['reqId'], /^[A-Za-z0-9_-]{8,}$/, event)
      t.match(line['network'], REFERENCE, event)
      t.ok(typeof line['time'] === 'number', `${event}: when, in milliseconds since 1970`)
    }
    const started = await recorded('session-started', () =>
      person(t, service.url).post('/api/session', undefined, { cookie: null }),
    )
    t.match(started['session'], REFERENCE)
    references.set('ada', trail().find((line) => line['audit'] === 'plan-locked')?.['session'])
    references.set('bela', trail().find((line) => line['audit'] === 'foreign-id')?.['session'])
  })

  await t.test('knows one session again and tells two apart', async (t) => {
    const cookie = ada.cookie ?? null
    const ended = await recorded('session-ended', () => ada.delete('/api/session'))
    t.equal(ended['session'], references.get('ada'))
    t.not(references.get('bela'), references.get('ada'))
    const refused = await recorded('session-refused', () => ada.get('/api/session', { cookie }))
    t.equal(refused['outcome'], 'refused', 'a cookie that has ended is recorded')
    const silent = trail().length
    t.equal((await ada.get('/api/session', { cookie: null })).status, 401)
    t.equal(trail().length, silent, 'a request without any cookie is not')
  })

  await t.test('names no session, no plan, no address and no token', (t) => {
    const text = JSON.stringify(trail())
    const names = [sessionOfAda, sessionOfBela, plan.id, analysis.id, tokenOf(bela.cookie), cookieValue(bela.cookie)]
    for (const name of names) {
      t.ok(name.length >= 16)
      t.notOk(text.includes(name))
    }
    t.notMatch(text, /127\.\d+\.\d+\.\d+/)
    t.end()
  })

  await t.test('is counted, event by event', async (t) => {
    const counted = (event: unknown): number =>
      service
        .lines()
        .filter((line) => line['Event'] === event)
        .reduce((sum, line) => sum + Number(line['AuditEvents']), 0)
    for (const event of new Set(trail().map((line) => line['audit'])))
      await until(
        () => counted(event) === trail().filter((line) => line['audit'] === event).length,
        15_000,
        `as many counted as lines of ${String(event)}`,
      )
    const attempts = service.lines().filter((line) => line['CrossSessionAccessAttempts'] === 1)
    t.strictSame(attempts.map((line) => line['Kind']).sort(), ['client-session-id', 'foreign-id', 'forged-cookie'])
  })
})

t.test('record() writes references that only the holder of the secret can make', (t) => {
  const linesOf = (secret: string): Line[] => {
    const lines: Line[] = []
    const metrics = createMetrics({ service: 'chatmrpt', stage: 'test' }, () => undefined)
    const trail = auditTrail({
      metrics,
      secret,
      write: (level, fields, says) => lines.push({ level, ...fields, says }),
    })
    const personId = 'p'.repeat(43)
    trail.record('signed-in', { session: 'alike', personId, address: '198.51.100.7' })
    trail.record('project-deleted', { session: 'other', personId, project: 'alike', address: '::ffff:198.51.100.7' })
    return lines
  }
  const [one, again, other] = [linesOf('a'.repeat(32)), linesOf('a'.repeat(32)), linesOf('b'.repeat(32))]
  t.strictSame(one, again)
  t.equal(one[0]?.['person'], one[1]?.['person'], 'one person is known again')
  t.equal(one[0]?.['network'], one[1]?.['network'], 'and one network, however its address is written')
  t.not(one[0]?.['session'], one[1]?.['project'], 'things of two kinds with one name are told apart')
  for (const name of ['session', 'person', 'network']) {
    t.match(one[0]?.[name], REFERENCE, name)
    t.not(one[0]?.[name], other[0]?.[name], `${name} under another secret`)
  }
  t.notMatch(JSON.stringify(one), /alike|pppp|198\.51/)
  t.end()
})

t.test('only the audit trail writes its lines and counts its attempts', (t) => {
  const sources = globSync('service/**/*.ts', { cwd: ROOT, exclude: ['service/audit/**', 'service/metrics/**'] })
  t.ok(sources.length > 100)
  t.strictSame(
    sources.filter((file) =>
      /crossSessionAttempt\(|\.auditEvent\(|\baudit: '|event: '/.test(readFileSync(join(ROOT, file), 'utf8')),
    ),
    [],
  )
  t.end()
})
