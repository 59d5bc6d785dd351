import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { withoutStamp } from '../../service/domain/project/without-stamp.ts'
import { person, repeated, uploadFile, type Person } from '../support/client.ts'
import { redis, s3, secrets, startService } from '../support/parts.ts'
import { openProjectFile, saveProjectFile, type OpenedProject } from '../support/project-file.ts'

const SAMPLE = join(import.meta.dirname, '../../service/sample')
const WARDS = readFileSync(join(SAMPLE, 'wards.csv'))
const BOUNDARIES = readFileSync(join(SAMPLE, 'boundaries.zip'))
/** Every file that is made of results: with the analysis alone, or with the plan too. */
const EXPORTS = ['rankings.csv', 'itn_plan.csv', 'map.geojson', 'report.html', 'analysis_results.json'] as const
const OF_NO_PLAN: readonly string[] = ['rankings.csv', 'analysis_results.json']

interface Listed {
  readonly id: string
  readonly name?: string | null
  readonly lockedAt?: string | null
  readonly stale: boolean
}

const analysesOf = async (who: Person): Promise<Listed[]> =>
  (await who.get('/api/analyses')).json<{ analyses: Listed[] }>().analyses.toReversed()
const plansOf = async (who: Person): Promise<Listed[]> =>
  (await who.get('/api/itn-plans')).json<{ plans: Listed[] }>().plans.toReversed()

/** Everything that a session shows and lets people download, without its stamp. */
async function shownBy(who: Person): Promise<Record<string, string>> {
  const shown: Record<string, string> = {}
  const analyses = await analysesOf(who)
  const plans = await plansOf(who)
  for (const [place, { id }] of analyses.entries())
    shown[`analysis ${String(place)}`] = withoutStamp((await who.get(`/api/analyses/${id}`)).text)
  for (const [place, { id }] of plans.entries())
    shown[`plan ${String(place)}`] = withoutStamp((await who.get(`/api/itn-plans/${id}`)).text)
  const [analysis] = analyses
  const [plan] = plans
  for (const kind of EXPORTS) {
    const body = { kind, analysisId: analysis?.id, ...(!OF_NO_PLAN.includes(kind) && { planId: plan?.id }) }
    const made = (await repeated(() => who.post('/api/exports', body))).json<{ download: { url: string } }>()
    shown[kind] = withoutStamp(await (await fetch(made.download.url)).text())
  }
  return shown
}

async function post(who: Person, path: string, body: unknown): Promise<string> {
  const reply = await repeated(() => who.post(path, body))
  if (reply.status !== 201) throw new Error(`${path}: ${String(reply.status)} ${reply.text}`)
  const [made] = Object.values(reply.json<Record<string, { id: string }>>())
  return made?.id ?? ''
}

/** Somebody with the sample, two analyses, three plans, one of them locked, and a question to the chat. */
async function worked(t: Test, url: string): Promise<Person> {
  const who = person(t, url)
  await who.start()
  await uploadFile(who, 'wards', 'kano wards.csv', WARDS)
  await uploadFile(who, 'boundaries', 'boundaries.zip', BOUNDARIES)
  const first = await post(who, '/api/analyses', {})
  await post(who, '/api/analyses', {
    indicators: ['mean_rainfall_mm', 'distance_to_clinic_km', 'housing_quality'],
    directions: { housing_quality: 'inverse' },
    mode: 'legacy',
  })
  const locked = await post(who, '/api/itn-plans', { analysisId: first, totalNets: 20_000, name: 'Decided' })
  await post(who, '/api/itn-plans', { analysisId: first, totalNets: 30_000, urbanThreshold: 50 })
  await post(who, '/api/itn-plans', { analysisId: first, totalNets: 12_345, name: '=1+1', reserve: { percent: 10 } })
  t.equal((await who.post(`/api/itn-plans/${locked}/lock`)).status, 200)
  t.equal((await who.post('/api/chat', { message: 'Which wards are most at risk?' })).status, 200)
  return who
}

t.setTimeout(240_000)
t.test('a project file', async (t) => {
  const [server, objects, otherServer, otherObjects] = await Promise.all([redis(t), s3(t), redis(t), s3(t)])
  const shared = secrets()
  const [home, sister, foreign] = await Promise.all([
    startService(t, { redis: server, s3: objects, secrets: shared }),
    // Another stack with sessions of its own, which knows the same key of project files.
    startService(t, {
      redis: otherServer,
      s3: otherObjects,
      secrets: { ...secrets(), projectSecrets: `p0:${'n'.repeat(40)},${shared.projectSecrets}` },
    }),
    startService(t, { redis: otherServer, s3: otherObjects }),
  ])
  const owner = await worked(t, home.url)
  const { bytes, name } = await saveProjectFile(owner, { chat: true })
  const saved = await shownBy(owner)

  const opened = async (url: string, of = bytes): Promise<{ who: Person; project: OpenedProject }> => {
    const who = person(t, url)
    await who.start()
    const reply = await openProjectFile(who, of)
    t.equal(reply.status, 200, reply.text.slice(0, 500))
    return { who, project: reply.json<{ project: OpenedProject }>().project }
  }

  await t.test('is named after the data and the day', async (t) => {
    t.match(name, /^kano-wards_\d{4}-\d\d-\d\d\.chatmrpt\.zip$/)
  })

  await t.test('opened in another session gives everything back, equal to the byte but for its stamp', async (t) => {
    for (const [place, { url }] of [home, sister].entries()) {
      const { who, project } = await opened(url)
      t.match(project, { verified: true, why: null, differences: [], differencesInAll: 0, leftOut: [] })
      t.strictSame(await shownBy(who), saved, place === 0 ? 'in the same stack' : 'in another stack')
      const [decided] = await plansOf(who)
      t.match(decided, { name: 'Decided', lockedAt: (await plansOf(owner))[0]?.lockedAt, stale: false })
      t.equal((await who.delete(`/api/itn-plans/${decided?.id ?? ''}`)).problem, 'locked', 'it is locked again')
      const said = (await who.get('/api/chat')).json<{ turns: { message: string; reply: { text: string } }[] }>()
      const asked = (await owner.get('/api/chat')).json<{ turns: { message: string; reply: { text: string } }[] }>()
      t.equal(said.turns.length, 1)
      t.match(said.turns, [{ message: asked.turns[0]?.message, reply: { text: asked.turns[0]?.reply.text } }])
    }
  })
})
