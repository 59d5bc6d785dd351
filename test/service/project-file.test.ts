import t, { type Test } from 'tap'
import { person, uploadFile, type Person } from '../support/client.ts'
import { redis, s3, secrets, startService } from '../support/parts.ts'
import { hostileProjects, jsonOf, partsOf, projectOf, withJson } from '../support/hostile-projects.ts'
import { openProjectFile, saveProjectFile, uploadProjectFile, type OpenedProject } from '../support/project-file.ts'
import { analysesOf, make, plansOf, shownBy, WARDS, work } from '../support/worked-session.ts'

const NONE = { accepted: [], refused: [] }

/** Somebody with the sample, two analyses, three plans, one of them locked, and a question to the chat. */
async function worked(t: Test, url: string): Promise<Person> {
  const who = person(t, url)
  await who.start()
  await work(who)
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
      secrets: { ...secrets(), projectSecrets: `${'n'.repeat(40)},${shared.projectSecrets}` },
    }),
    startService(t, { redis: otherServer, s3: otherObjects }),
  ])
  const owner = await worked(t, home.url)
  const { bytes, name } = await saveProjectFile(owner, { chat: true })
  const saved = await shownBy(owner)

  const opened = async (url: string, of: Uint8Array = bytes): Promise<{ who: Person; project: OpenedProject }> => {
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
      t.comment(
        `measured: of a project file opened in ${place === 0 ? 'the same' : 'another'} stack all ` +
          `${String(Object.keys(saved).length)} rankings, plans and exports are equal to the byte but for the stamp`,
      )
      t.match(said.turns, [{ message: asked.turns[0]?.message, reply: { text: asked.turns[0]?.reply.text } }])
    }
  })

  await t.test('of a service that does not know the key is opened as unverified, with the same figures', async (t) => {
    const { who, project } = await opened(foreign.url)
    t.match(project, { verified: false, differencesInAll: 0 })
    t.match(project.why, /marked by another service/)
    t.strictSame(await shownBy(who), saved)
    t.match(project.leftOut, [/the conversation/], 'its conversation is not believed')
    t.strictSame((await who.get('/api/chat')).json<{ turns: unknown[] }>().turns, [])
    t.not((await plansOf(who))[0]?.lockedAt, (await plansOf(owner))[0]?.lockedAt, 'nor the date of its lock')
  })

  await t.test('gives new ids to everything, and no reach to the session that saved it', async (t) => {
    const { who } = await opened(home.url)
    const idsOf = async (someone: Person): Promise<string[]> => {
      const { files } = (await someone.get('/api/files')).json<{ files: { id: string }[] }>()
      return [...files, ...(await analysesOf(someone)), ...(await plansOf(someone))].map(({ id }) => id)
    }
    const [old, now] = [await idsOf(owner), await idsOf(who)]
    t.equal(now.length, old.length)
    t.strictSame(
      now.filter((id) => old.includes(id)),
      [],
    )
    for (const { id } of await plansOf(owner)) t.equal((await who.get(`/api/itn-plans/${id}`)).problem, 'not-found')
    for (const { id } of await analysesOf(owner)) t.equal((await who.get(`/api/analyses/${id}`)).problem, 'not-found')
    t.strictSame(await shownBy(owner), saved, 'and the other session is as it was')
  })

  await t.test('takes the place of everything that was there, and tells the same when it is asked again', async (t) => {
    const who = person(t, home.url)
    await who.start()
    await uploadFile(who, 'wards', 'old.csv', Buffer.from('WardName,a,b\nOld,1,2\nElder,2,1\n'))
    const before = await make(who, '/api/analyses', { indicators: ['a', 'b'] })
    const id = await uploadProjectFile(who, bytes)
    const [first, second] = [await who.post(`/api/files/${id}/complete`), await who.post(`/api/files/${id}/complete`)]
    t.equal(first.status, 200)
    t.equal(second.text, first.text)
    t.strictSame(await shownBy(who), saved)
    t.equal((await who.get(`/api/analyses/${before}`)).problem, 'not-found')
    const { files } = (await who.get('/api/files')).json<{ files: { filename: string }[] }>()
    t.strictSame(files.map(({ filename }) => filename).sort(), ['boundaries.zip', 'kano wards.csv'])
  })

  await t.test('whose recorded figures were changed says which ward and which figure', async (t) => {
    const parts = partsOf(bytes)
    const plan = 'results/plan-001.json'
    interface PlanJson {
      readonly wards: readonly { readonly wardName: string; readonly allocated: number }[]
    }
    const [, ward] = jsonOf<PlanJson>(parts, plan).wards
    const forged = projectOf(
      withJson(parts, plan, (json) => ({
        ...json,
        wards: (json as unknown as PlanJson).wards.map((each) =>
          each.wardName === ward?.wardName ? { ...each, allocated: each.allocated + 1_000 } : each,
        ),
      })),
    )
    const { who, project } = await opened(home.url, forged)
    t.match(project.why, /carries no mark/)
    t.strictSame(project.differences, [
      {
        of: 'plan "Decided"',
        ward: ward?.wardName ?? null,
        figure: 'allocated',
        recorded: String((ward?.allocated ?? 0) + 1_000),
        recomputed: String(ward?.allocated),
      },
    ])
    t.equal(project.differencesInAll, 1)
    t.strictSame(await shownBy(who), saved, 'and the session has the figures that were computed')
  })

  await t.test('whose findings have no kinds of texts, as of an earlier release, differs in nothing', async (t) => {
    const parts = partsOf(bytes)
    const analysis = 'results/analysis-001.json'
    interface AnalysisJson {
      readonly quality: { readonly findings: readonly { readonly said?: unknown }[] }
    }
    t.ok(jsonOf<AnalysisJson>(parts, analysis).quality.findings.some(({ said }) => said !== undefined))
    const earlier = withJson(parts, analysis, (json) => {
      const { quality } = json as unknown as AnalysisJson
      return { ...json, quality: { ...quality, findings: quality.findings.map(({ said: _said, ...found }) => found) } }
    })
    const { who, project } = await opened(home.url, projectOf(earlier))
    t.match(project, { verified: false, differencesInAll: 0 })
    t.strictSame(await shownBy(who), saved)
  })

  await t.test('keeps text that looks like a formula text', async (t) => {
    const { who } = await opened(home.url)
    t.ok((await plansOf(who)).some((plan) => plan.name === '=1+1'))
    const formula = Buffer.from(WARDS.toString().replace('Unguwar Lemo', '=HYPERLINK(1)'))
    const parts = { ...partsOf(bytes), 'inputs/001.csv': formula }
    const contents = withJson(parts, 'contents.json', (json) => ({ ...json, plans: [], analyses: [], settled: NONE }))
    const kept = Object.entries(contents).filter(([name]) => !name.startsWith('results/'))
    const { who: other } = await opened(home.url, projectOf(Object.fromEntries(kept)))
    const analysisId = await make(other, '/api/analyses', {})
    const made = await other.post('/api/exports', { kind: 'rankings.csv', analysisId })
    const csv = await (await fetch(made.json<{ download: { url: string } }>().download.url)).text()
    t.match(csv, /,'=HYPERLINK\(1\),/)
  })

  await t.test('with a changed byte is refused or said to be unverified, 10 times of 10', async (t) => {
    const places = Array.from({ length: 10 }, (_, at) => Math.floor(((at + 0.5) * bytes.length) / 10))
    const outcomes: string[] = []
    for (const at of places) {
      const changed = Buffer.from(bytes)
      changed[at] = (changed[at] ?? 0) ^ 1
      const who = person(t, home.url)
      await who.start()
      const reply = await openProjectFile(who, changed)
      outcomes.push(
        reply.status === 200 && reply.json<{ project: OpenedProject }>().project.verified ? 'silent' : 'found',
      )
    }
    t.strictSame(
      outcomes,
      Array.from({ length: 10 }, () => 'found'),
    )
    const found = outcomes.filter((outcome) => outcome === 'found').length
    t.comment(`measured: ${String(found)} of ${String(places.length)} changed bytes of a project file were found`)
  })

  await t.test('that is hostile is refused precisely, and the session stays as it was', async (t) => {
    const who = await worked(t, home.url)
    const shown = async (): Promise<unknown> => ({
      files: (await who.get('/api/files')).json(),
      dataset: (await who.get('/api/dataset')).json(),
      analyses: await analysesOf(who),
      plans: await plansOf(who),
      chat: (await who.get('/api/chat')).json(),
    })
    const before = await shown()
    const hostile = hostileProjects(bytes)
    t.ok(hostile.length >= 25, `${String(hostile.length)} forms`)
    for (const { name, bytes: file, says, problem = 'unreadable-file' } of hostile) {
      const reply = await openProjectFile(who, file)
      t.equal(reply.problem, problem, `${name}: ${reply.text.slice(0, 300)}`)
      t.match(reply.json<{ detail: string }>().detail, says, name)
    }
    t.strictSame(await shown(), before, 'nothing of the session has changed')
  })
})
