import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { withoutStamp } from '../../service/domain/project/without-stamp.ts'
import { FIXTURE_SECRETS } from '../fixtures/written-by-a-release.ts'
import { person, repeated, type Person } from '../support/client.ts'
import { EARLIER_PLAN, fillSession } from '../support/full-session.ts'
import { partsOf, projectOf } from '../support/hostile-projects.ts'
import { redis, s3, startService } from '../support/parts.ts'
import { openProjectFile, saveProjectFile, type OpenedProject } from '../support/project-file.ts'

const FIXTURE = readFileSync(join(import.meta.dirname, '../fixtures/project-1.zip'))

interface Plan {
  readonly id: string
  readonly name: string | null
  readonly lockedAt: string | null
  readonly stale: boolean
}

t.setTimeout(240_000)
t.test('everything that a session can hold comes back from its project file', async (t) => {
  const [server, objects] = await Promise.all([redis(t), s3(t)])
  const service = await startService(t, { redis: server, s3: objects, secrets: FIXTURE_SECRETS })
  const newcomer = async (): Promise<Person> => {
    const who = person(t, service.url)
    await who.start()
    return who
  }
  const opened = async (file: Uint8Array): Promise<{ who: Person; project: OpenedProject }> => {
    const who = await newcomer()
    const reply = await openProjectFile(who, file)
    t.equal(reply.status, 200, reply.text.slice(0, 500))
    return { who, project: reply.json<{ project: OpenedProject }>().project }
  }
  const plansOf = async (who: Person): Promise<Plan[]> =>
    (await repeated(() => who.get('/api/itn-plans'))).json<{ plans: Plan[] }>().plans.toReversed()
  /** The analyses of the present data and all plans, without their stamps. */
  const shownTo = async (who: Person): Promise<string[]> => {
    const { analyses } = (await who.get('/api/analyses')).json<{ analyses: { id: string; stale: boolean }[] }>()
    const paths = [
      ...analyses.filter(({ stale }) => !stale).map(({ id }) => `/api/analyses/${id}`),
      ...(await plansOf(who)).map(({ id }) => `/api/itn-plans/${id}`),
    ]
    return await Promise.all(paths.map(async (path) => withoutStamp((await repeated(() => who.get(path))).text)))
  }
  const owner = await newcomer()
  await fillSession(owner)
  const { bytes } = await saveProjectFile(owner)

  await t.test('two files as one table, a pair joined by hand, test positivity, plans of now and before', async (t) => {
    const { who, project } = await opened(bytes)
    t.match(project, { verified: true, differences: [], differencesInAll: 0, leftOut: [] })
    t.strictSame(await shownTo(who), await shownTo(owner))
    t.match(await plansOf(who), [
      { name: EARLIER_PLAN, lockedAt: (await plansOf(owner))[0]?.lockedAt, stale: true },
      { name: 'Of all wards', lockedAt: null, stale: false },
    ])
    const dataset = (await who.get('/api/dataset')).json<{ wards: number; matched: number; accepted: unknown[] }>()
    t.match(dataset, { wards: 7, matched: 7, accepted: [{ ward: 'Goron Maje', boundary: 'Goron Majee' }] })
    const again = (await saveProjectFile(who)).bytes
    t.match((await opened(again)).project, { verified: true, differencesInAll: 0 }, 'and it can be saved again')
  })

  await t.test(
    'without its mark, all but the locked plan of earlier data, which nothing can compute again',
    async (t) => {
      const { who, project } = await opened(projectOf(partsOf(bytes)))
      t.match(project, { verified: false, differencesInAll: 0 })
      t.match(project.leftOut, [new RegExp(`^plan "${EARLIER_PLAN}"`)])
      t.match(await plansOf(who), [{ name: 'Of all wards', stale: false }])
    },
  )

  await t.test('a file of the first version of the form is read', async (t) => {
    const { who, project } = await opened(FIXTURE)
    t.match(project, { verified: true, leftOut: [] })
    t.match(await plansOf(who), [
      { name: EARLIER_PLAN, lockedAt: '2026-11-30T08:41:28.023Z', stale: true },
      { name: 'Of all wards', lockedAt: null, stale: false },
    ])
    const { files } = (await who.get('/api/files')).json<{ files: { filename: string; state: string }[] }>()
    t.strictSame(
      files.map(({ filename }) => filename),
      ['dala.csv', 'gwale.csv', 'boundaries.geojson', 'facilities.csv'],
    )
    const dataset = (await who.get('/api/dataset')).json<{ wards: number; matched: number }>()
    t.match(dataset, { wards: 7, matched: 7 })
  })
})
