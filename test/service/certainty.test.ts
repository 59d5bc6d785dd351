import { join } from 'node:path'
import t from 'tap'
import { person, repeated, startWith, uploadWards, wardsCsv, type Person, type Reply } from '../support/client.ts'
import { redis, s3, secrets, startService } from '../support/parts.ts'

interface Certainty {
  readonly seed: number
  readonly draws: number
  readonly wards: readonly {
    readonly wardName: string
    readonly rank: number
    readonly rankLow: number
    readonly rankHigh: number
    readonly chanceHigh: number
    readonly chanceNets: number | null
  }[]
  readonly sources: readonly { readonly name: string; readonly share: number }[]
  readonly netsCaveats: readonly string[]
}

const sample = join(import.meta.dirname, '../../service/sample')

async function analysed(who: Person): Promise<string> {
  const reply = await repeated(() => who.post('/api/analyses', {}))
  return reply.json<{ analysis: { id: string } }>().analysis.id
}

t.setTimeout(120_000)
t.test('how sure an order is, on two tasks', async (t) => {
  const [server, objects] = await Promise.all([redis(t), s3(t)])
  const shared = secrets()
  const tasks = await Promise.all([1, 2].map(() => startService(t, { redis: server, s3: objects, secrets: shared })))
  const [one = '', other = ''] = tasks.map(({ url }) => url)
  const who = person(t, one)
  await startWith(who, sample)
  const analysisId = await analysed(who)
  const path = `/api/analyses/${analysisId}/certainty`
  const ask = async (body: unknown, at = one): Promise<Reply> => await who.post(path, body, { at })

  await t.test(
    'the same seed gives the same bytes on another task, and the ranks are those of the method',
    async (t) => {
      const [first, second] = [await ask({ draws: 300, seed: 9 }), await ask({ draws: 300, seed: 9 }, other)]
      t.equal(first.status, 200, first.text)
      t.equal(first.text, second.text)
      const { wards, sources, ...rest } = first.json<Certainty>()
      t.match(rest, { seed: 9, draws: 300, planId: null, datasetVersion: 2 })
      const ranked = (await who.get(`/api/analyses/${analysisId}`)).json<{
        analysis: { wards: { wardName: string; rank: number }[] }
      }>()
      t.strictSame(
        wards.map(({ wardName, rank }) => [wardName, rank]),
        ranked.analysis.wards.map(({ wardName, rank }) => [wardName, rank]),
      )
      for (const { wardName, rankLow, rankHigh, chanceHigh, chanceNets } of wards) {
        t.ok(rankLow >= 1 && rankLow <= rankHigh && rankHigh <= wards.length, wardName)
        t.ok(chanceHigh >= 0 && chanceHigh <= 1)
        t.equal(chanceNets, null)
      }
      t.ok(sources.some(({ name, share }) => name === 'which indicator is left out' && share > 0))
      t.notSame((await ask({ draws: 300, seed: 10 })).json<Certainty>().wards, wards)
    },
  )

  await t.test('progress comes first to a client that asks for events', async (t) => {
    const reply = await who.post(path, { draws: 200 }, { headers: { accept: 'text/event-stream' } })
    const names = [...reply.text.matchAll(/^event: (.+)$/gm)].map(([, name]) => name)
    t.strictSame(names, ['progress', 'certainty'], 'so few ranks are drawn in one step')
    t.match(reply.text, /data: \{"done":1,"steps":1\}/)
  })

  await t.test('with a plan, the chance of nets is said, and another analysis cannot take the plan', async (t) => {
    const made = await who.post('/api/itn-plans', { analysisId, totalNets: 200_000 })
    const planId = made.json<{ plan: { id: string } }>().plan.id
    const { wards } = (await ask({ draws: 200, planId })).json<Certainty>()
    t.ok(wards.every(({ chanceNets }) => chanceNets !== null))
    for (const [order, says] of [
      [{ rankColumn: 'elevation_m' }, /Nothing of "elevation_m" is drawn/],
      [{ ranking: 'pca' }, /in the order of PCA/],
    ] as const) {
      const other = await who.post('/api/itn-plans', { analysisId, totalNets: 200_000, ...order })
      const id = other.json<{ plan: { id: string } }>().plan.id
      const drawn = (await ask({ draws: 200, planId: id })).json<Certainty>()
      t.match(drawn.netsCaveats.join(' '), says)
      t.notSame(
        drawn.wards.map(({ chanceNets }) => chanceNets),
        wards.map(({ chanceNets }) => chanceNets),
      )
      t.strictSame(
        drawn.wards.map(({ chanceHigh }) => chanceHigh),
        wards.map(({ chanceHigh }) => chanceHigh),
      )
    }
    const second = await analysed(who)
    const crossed = await who.post(`/api/analyses/${second}/certainty`, { planId })
    t.match(crossed.json(), { errors: [{ pointer: '/planId', detail: /another analysis/ }] })
  })

  await t.test('too many draws, and data that were replaced, are refused', async (t) => {
    t.equal((await ask({ draws: 99 })).problem, 'invalid-input')
    t.equal((await ask({ draws: 2_001 })).problem, 'invalid-input')
    await uploadWards(who, wardsCsv('New'))
    t.equal((await ask({ draws: 100 })).problem, 'stale')
  })

  await t.test('large draws of two people are held one after the other', async (t) => {
    const progress: string[] = []
    const steps = new Set<string>()
    const people = await Promise.all(
      ['A', 'B'].map(async (name) => {
        const each = person(t, one)
        await each.start()
        await uploadWards(each, wardsCsv(`Ward ${name}`, 1_100))
        return { name, cookie: each.cookie ?? '', id: await analysed(each) }
      }),
    )
    await Promise.all(
      people.map(async ({ name, cookie, id }) => {
        const reply = await fetch(`${one}/api/analyses/${id}/certainty`, {
          method: 'POST',
          headers: { cookie, accept: 'text/event-stream', 'content-type': 'application/json' },
          body: JSON.stringify({ draws: 2_000 }),
        })
        let text = ''
        for await (const piece of (reply.body ?? []) as AsyncIterable<Uint8Array>) {
          const told = Buffer.from(piece).toString()
          text += told
          if (told.includes('event: progress') && progress.at(-1) !== name) progress.push(name)
        }
        t.match(text, /event: certainty/)
        for (const [, step = ''] of text.matchAll(/"done":\d+,"steps":(\d+)/g)) steps.add(step)
      }),
    )
    // 2.2 million ranks in jobs of up to 800,000: 727 draws each, and 400 wards each.
    t.strictSame([...steps], ['6'], 'three jobs that draw and three that sum up')
    t.equal(progress.length, 2, `their events came in turns of ${progress.join(', ')}`)
  })
})
