import t from 'tap'
import { parse } from 'csv-parse/sync'
import { readWorkbook, recordsOf } from '../../prove/workbook-rows.ts'
import { person, repeated, uploadWards, type Person, type Reply } from '../support/client.ts'
import { redis, s3, secrets, startService } from '../support/parts.ts'

const WARDS = [
  'WardName,LGA,tpr,rainfall,population,urban_percentage',
  'Ari,Dala,61,910,1800,80',
  'Bako,Dala,53,870,900,10',
  'Chiroma,Gwale,44,820,1000,60',
  'Dutse,Gwale,38,610,1000,20',
  'Ebo,Gwale,21,640,2000,90',
  'Fagge,Gwale,12,400,500,95',
].join('\n')
/** The same wards, ranked the other way round. */
const OTHER_WARDS = [
  'WardName,LGA,tpr,rainfall,population,urban_percentage',
  'Ari,Dala,12,400,1800,80',
  'Bako,Dala,21,640,900,10',
  'Chiroma,Gwale,38,610,1000,60',
  'Dutse,Gwale,44,820,1000,20',
  'Ebo,Gwale,53,870,2000,90',
  'Fagge,Gwale,61,910,500,95',
].join('\n')

interface Plan {
  readonly id: string
  readonly name: string | null
  readonly lockedAt: string | null
  readonly lockedBy: string | null
  readonly stale: boolean
  readonly wards: readonly { readonly wardName: string; readonly allocated: number }[]
}
const planOf = (reply: Reply): Plan => reply.json<{ plan: Plan }>().plan

async function analysed(who: Person, csv = WARDS): Promise<string> {
  await uploadWards(who, csv)
  const reply = await repeated(() => who.post('/api/analyses', { indicators: ['tpr', 'rainfall'] }))
  return reply.json<{ analysis: { id: string } }>().analysis.id
}

t.setTimeout(120_000)
t.test('scenarios of one session on three tasks', async (t) => {
  const [server, objects] = await Promise.all([redis(t), s3(t)])
  const shared = secrets()
  const tasks = await Promise.all([1, 2, 3].map(() => startService(t, { redis: server, s3: objects, secrets: shared })))
  const urls = tasks.map(({ url }) => url)
  const newPerson = async (): Promise<Person> => {
    const who = person(t, urls[0] ?? '')
    await who.start()
    return who
  }

  await t.test('a plan is named, copied and deleted', async (t) => {
    const who = await newPerson()
    const analysisId = await analysed(who)
    const made = planOf(await who.post('/api/itn-plans', { analysisId, name: 'Threshold 75', totalNets: 1_500 }))
    t.match(made, { name: 'Threshold 75', lockedAt: null })
    const renamed = await who.send('PATCH', `/api/itn-plans/${made.id}`, { body: { name: 'All by rank' } })
    t.match(planOf(renamed), { id: made.id, name: 'All by rank' })
    const copy = await who.post(`/api/itn-plans/${made.id}/copies`, { name: 'A copy' })
    t.equal(copy.status, 201)
    t.match(planOf(copy), { name: 'A copy', wards: made.wards })
    t.not(planOf(copy).id, made.id)
    t.strictSame((await who.delete(`/api/itn-plans/${made.id}`)).json(), { deleted: made.id })
    t.equal((await who.get(`/api/itn-plans/${made.id}`)).problem, 'not-found')
    t.equal((await who.delete(`/api/itn-plans/${made.id}`)).problem, 'not-found')
    const { plans } = (await who.get('/api/itn-plans')).json<{ plans: Plan[] }>()
    t.match(plans, [{ name: 'A copy' }])
    t.equal(plans.length, 1)
  })

  await t.test('a locked plan keeps its figures and its name on every task, also after other data', async (t) => {
    const who = await newPerson()
    const analysisId = await analysed(who)
    const made = planOf(await who.post('/api/itn-plans', { analysisId, name: 'Decided', totalNets: 1_500 }))
    const locked = planOf(await who.post(`/api/itn-plans/${made.id}/lock`))
    t.match(locked, { name: 'Decided', wards: made.wards, stale: false })
    t.match(locked.lockedAt, /^\d{4}-/)
    t.match(planOf(await who.post(`/api/itn-plans/${made.id}/lock`)), { lockedAt: locked.lockedAt }, 'locked once')
    for (const url of urls) {
      t.equal(
        (await who.send('PATCH', `/api/itn-plans/${made.id}`, { body: { name: 'Another' }, at: url })).problem,
        'locked',
      )
      t.equal((await who.delete(`/api/itn-plans/${made.id}`, { at: url })).problem, 'locked')
    }
    await analysed(who, OTHER_WARDS)
    for (const url of urls) {
      const { stale, ...after } = planOf(await who.get(`/api/itn-plans/${made.id}`, { at: url }))
      const { stale: _, ...before } = locked
      t.strictSame(after, before, 'byte for byte what was locked')
      t.equal(stale, true, 'and it says that the data have changed')
    }
    t.equal((await who.post(`/api/itn-plans/${made.id}/copies`, {})).problem, 'stale', 'no new plan from old data')
  })

  await t.test(
    'a locked plan can be downloaded after other data, and its file says so; others are stale',
    async (t) => {
      const who = await newPerson()
      const analysisId = await analysed(who)
      const make = async (): Promise<Plan> => planOf(await who.post('/api/itn-plans', { analysisId, totalNets: 1_500 }))
      const [kept, other] = [await make(), await make()]
      const locked = planOf(await who.post(`/api/itn-plans/${kept.id}/lock`))
      t.match(locked, { lockedBy: null })
      const download = async (kind: string, at: string): Promise<Buffer> => {
        const made = await who.post('/api/exports', { kind, planId: kept.id }, { at })
        t.equal(made.status, 201, kind)
        const { url } = made.json<{ download: { url: string } }>().download
        return Buffer.from(await (await fetch(url)).arrayBuffer())
      }
      const rowsOf = (csv: Buffer): Record<string, string>[] => parse(csv, { columns: true })
      const before = rowsOf(await download('itn_plan.csv', urls[0] ?? ''))
      t.equal(before[0]?.['caveats_of_all_rows'], `This plan was locked at ${String(locked.lockedAt)}.`)
      await analysed(who, OTHER_WARDS)
      const note =
        `This plan was locked at ${String(locked.lockedAt)}. ` +
        'It was made from data version 1, not from the current data.'
      for (const at of urls) {
        const after = rowsOf(await download('itn_plan.csv', at))
        t.equal(after[0]?.['caveats_of_all_rows'], note)
        const figures = (rows: typeof after): unknown => rows.map(({ caveats_of_all_rows: _, ...row }) => row)
        t.strictSame(figures(after), figures(before), 'all figures are those that were locked')
        const [wards, notes] = readWorkbook(await download('itn_plan.xlsx', at))
        t.strictSame(
          wards && recordsOf(wards).map((row) => [row['ward_name'], row['nets_allocated']]),
          locked.wards.map(({ wardName, allocated }) => [wardName, allocated]),
        )
        t.ok(notes?.rows.flat().includes(note))
        for (const kind of ['report.html', 'analysis_results.json'])
          t.equal((await who.post('/api/exports', { kind, planId: kept.id }, { at })).problem, 'stale', kind)
        for (const kind of ['itn_plan.csv', 'itn_plan.xlsx'])
          t.equal((await who.post('/api/exports', { kind, planId: other.id }, { at })).problem, 'stale', kind)
      }
      const stranger = await newPerson()
      for (const kind of ['itn_plan.csv', 'itn_plan.xlsx'])
        t.equal((await stranger.post('/api/exports', { kind, planId: kept.id })).problem, 'not-found', kind)
      t.ok(
        (await who.get('/api/exports')).json<{ exports: { stale: boolean }[] }>().exports.every(({ stale }) => stale),
        'and the list says that they are not of the current data',
      )
    },
  )

  await t.test('lock, name and deletion race on three tasks, and after the lock nothing changes', async (t) => {
    const who = await newPerson()
    const analysisId = await analysed(who)
    const seen = { locked: 0, deleted: 0, named: 0, changedAfterLock: 0 }
    for (let round = 0; round < 20; round += 1) {
      const { id } = planOf(await who.post('/api/itn-plans', { analysisId, totalNets: 1_000 + round }))
      const path = `/api/itn-plans/${id}`
      const at = (turn: number): string => urls[(round + turn) % urls.length] ?? ''
      const [lock, name, deletion] = await Promise.all([
        repeated(() => who.post(`${path}/lock`, undefined, { at: at(0) })),
        repeated(() => who.send('PATCH', path, { body: { name: 'Quick' }, at: at(1) })),
        round % 2 === 0 ? repeated(() => who.delete(path, { at: at(2) })) : null,
      ])
      for (const reply of [lock, name, deletion])
        if (reply !== null && ![200, 404, 409].includes(reply.status)) t.fail(`${String(reply.status)} ${reply.text}`)
      seen.named += name.status === 200 ? 1 : 0
      if (deletion?.status === 200) {
        seen.deleted += 1
        t.equal((await who.get(path)).status, 404)
        continue
      }
      if (lock.status !== 200) continue
      seen.locked += 1
      const locked = planOf(lock)
      await Promise.all([
        who.send('PATCH', path, { body: { name: 'Late' }, at: at(1) }),
        who.delete(path, { at: at(2) }),
        who.post(`${path}/lock`, undefined, { at: at(2) }),
      ])
      for (const url of urls)
        if (JSON.stringify(planOf(await who.get(path, { at: url }))) !== JSON.stringify(locked))
          seen.changedAfterLock += 1
    }
    t.equal(seen.changedAfterLock, 0)
    t.ok(seen.locked > 0 && seen.named > 0, JSON.stringify(seen))
    t.comment(`| races of lock, name and deletion | ${JSON.stringify(seen)} |`)
  })

  await t.test('plans are compared side by side, with what each ward gains or loses and why', async (t) => {
    const who = await newPerson()
    const analysisId = await analysed(who)
    const make = async (options: Record<string, unknown>): Promise<string> =>
      planOf(await who.post('/api/itn-plans', { analysisId, totalNets: 1_600, ...options })).id
    // Needs: Ari 1000, Bako 500, Chiroma 556, Dutse 556, Ebo 1112, Fagge 278. Below 75 %: Bako, Chiroma, Dutse.
    const planIds = [await make({ urbanThreshold: 75 }), await make({ urbanThreshold: 50 })]
    const reply = await who.post('/api/itn-plans/compare', { planIds })
    t.equal(reply.status, 200, reply.text)
    const compared = reply.json<{ wards: { wardName: string }[]; byLga: unknown; differences: unknown }>()
    t.strictSame(compared.differences, [{ parameter: 'urbanThreshold', values: ['75', '50'] }])
    t.match(compared.wards, [
      {
        wardName: 'Chiroma',
        allocated: [556, 0],
        change: 'lost',
        why: 'served in tier 2 instead of 1 (urbanThreshold 75 → 50).',
      },
      {
        wardName: 'Dutse',
        allocated: [544, 556],
        change: 'more',
        why: 'The stock reaches further, because wards before it get other nets.',
      },
      { wardName: 'Ari', allocated: [0, 544], change: 'gained' },
    ])
    t.equal(compared.wards.length, 6)
    t.match(compared.byLga, [
      { lga: 'Dala', wardsServed: [1, 2], allocated: [500, 1_044] },
      { lga: 'Gwale', wardsServed: [2, 1], allocated: [1_100, 556] },
    ])
    const leaveOut = await make({ urbanRule: { kind: 'leave-out', urbanFrom: 50, upToPercent: 40 } })
    const three = (await who.post('/api/itn-plans/compare', { planIds: [...planIds, leaveOut] })).json<{
      wards: { wardName: string; allocated: (number | null)[]; why: string }[]
    }>()
    t.match(
      three.wards.find(({ wardName }) => wardName === 'Fagge'),
      { allocated: [0, 0, null], change: 'same', why: null },
      'left out, but it got nothing before either',
    )
    t.equal((await who.post('/api/itn-plans/compare', { planIds: [planIds[0]] })).problem, 'invalid-input')
  })

  await t.test('fifty plans make room for the next, but named and locked ones stay', async (t) => {
    const who = await newPerson()
    const analysisId = await analysed(who)
    const make = async (options: Record<string, unknown>): Promise<Reply> =>
      await repeated(() => who.post('/api/itn-plans', { analysisId, totalNets: 1_000, ...options }))
    const named = planOf(await make({ name: 'Kept' })).id
    for (let made = 0; made < 50; made += 1) await make({ totalNets: made })
    const list = async (): Promise<Plan[]> => (await who.get('/api/itn-plans')).json<{ plans: Plan[] }>().plans
    t.equal((await list()).length, 50)
    t.ok((await list()).some(({ id }) => id === named))
    for (let made = 0; made < 49; made += 1) await make({ name: `Scenario ${String(made)}` })
    t.equal((await make({})).problem, 'session-full')
  })

  await t.test('plans with long exceptions make room too, so that the session is never full of them', async (t) => {
    const who = await newPerson()
    const analysisId = await analysed(who)
    const { wards } = (await who.get(`/api/analyses/${analysisId}`)).json<{
      analysis: { wards: { wardName: string }[] }
    }>().analysis
    const exceptions = wards
      .slice(0, 8)
      .map(({ wardName }) => ({ ward: wardName, in: true, reason: `Decided by the board. ${'r'.repeat(470)}` }))
    const named = planOf(
      await repeated(() => who.post('/api/itn-plans', { analysisId, totalNets: 1_000, name: 'Kept' })),
    ).id
    for (let made = 1; made <= 20; made += 1) {
      const reply = await repeated(() => who.post('/api/itn-plans', { analysisId, totalNets: made, exceptions }))
      t.equal(reply.status, 201, reply.text)
    }
    const { plans } = (await who.get('/api/itn-plans')).json<{
      plans: { id: string; options: { totalNets: number } }[]
    }>()
    t.equal(plans[0]?.options.totalNets, 20)
    t.equal(plans.at(-1)?.id, named)
  })
})
