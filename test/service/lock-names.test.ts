import { unzipSync } from 'fflate'
import t from 'tap'
import { personOfCrowd } from '../../local/sign-in/people.ts'
import { repeated, uploadWards, type Person } from '../support/client.ts'
import { jsonOf, partsOf, projectOf, withJson } from '../support/hostile-projects.ts'
import { save, stackWithSignIn } from '../support/kept-projects.ts'
import { openProjectFile, saveProjectFile, type OpenedProject } from '../support/project-file.ts'
import { signIn } from '../support/sign-in.ts'
import { make, plansOf } from '../support/worked-session.ts'

const ALICE = personOfCrowd('alice').name
const BOB = personOfCrowd('bob').name

interface Lock {
  readonly lockedAt: string | null
  readonly lockedBy: string | null
  readonly lockIsFromProject?: boolean
}

/** Wards with people, whose names begin with `mark`. */
function peopledWards(mark: string): string {
  const rows = Array.from(
    { length: 12 },
    (_, at) => `${mark} ${String(at)},${String(20 + 3 * at)},${String(900 - 7 * at)},800`,
  )
  return ['WardName,tpr,rainfall,population', ...rows].join('\n')
}

/** Uploads wards and makes a named plan of them. */
async function plan(who: Person): Promise<string> {
  await uploadWards(who, peopledWards('Ward'))
  const analysisId = await make(who, '/api/analyses', { indicators: ['tpr', 'rainfall'] })
  return await make(who, '/api/itn-plans', { analysisId, totalNets: 2_000, name: 'Decided' })
}

async function lock(who: Person, id: string): Promise<Lock> {
  const reply = await repeated(() => who.post(`/api/itn-plans/${id}/lock`))
  return lockIn(reply.json<{ plan: Lock }>().plan)
}

/** What both the plan and the list of plans say of its lock. */
async function lockOf(who: Person): Promise<readonly [listed: Lock, whole: Lock]> {
  const [first] = await plansOf(who)
  const whole = (await who.get(`/api/itn-plans/${first?.id ?? ''}`)).json<{ plan: Lock }>().plan
  return [lockIn((first ?? {}) as unknown as Lock), lockIn(whole)]
}

function lockIn({ lockedAt, lockedBy, lockIsFromProject }: Lock): Lock {
  return { lockedAt, lockedBy, ...(lockIsFromProject !== undefined && { lockIsFromProject }) }
}

async function download(who: Person, kind: string): Promise<string> {
  const [first] = await plansOf(who)
  const reply = await repeated(() => who.post('/api/exports', { kind, planId: first?.id }))
  return await (await fetch(reply.json<{ download: { url: string } }>().download.url)).text()
}

t.setTimeout(300_000)
t.test('the name of the person who locks a plan', async (t) => {
  const stack = await stackWithSignIn(t)
  const [alice, bob] = await Promise.all([stack.device('alice'), stack.device('bob')])
  const id = await plan(alice)
  t.match((await plansOf(alice))[0], { lockedAt: null, lockedBy: null })
  const set = await lock(alice, id)
  t.match(set, { lockedBy: ALICE })
  const file = (await saveProjectFile(alice)).bytes

  await t.test('stands in the plan, in the list and in every file that states the lock', async (t) => {
    t.strictSame(await lockOf(alice), [set, set])
    const said = `This plan was locked at ${String(set.lockedAt)} by ${ALICE}.`
    t.match(await download(alice, 'itn_plan.csv'), said)
    t.match(await download(alice, 'report.html'), new RegExp(`<dt>Locked</dt><dd>[^<]* by ${ALICE}</dd>`))
    t.match(jsonOf(partsOf(file), 'contents.json'), {
      plans: [{ lockedAt: set.lockedAt, lockedBy: ALICE }],
    })
  })

  await t.test('is kept with a project, and is in what a person can take away', async (t) => {
    const project = await save(alice, 'Kano')
    const again = await stack.device('alice')
    t.equal((await repeated(() => again.post(`/api/projects/${project.id}/open`))).status, 200)
    const recorded = { ...set, lockIsFromProject: true }
    t.strictSame(await lockOf(again), [recorded, recorded])
    const taken = await fetch(`${stack.service.url}/api/person/export`, { headers: { cookie: alice.cookie ?? '' } })
    const files = unzipSync(new Uint8Array(await taken.arrayBuffer()))
    const kept = Object.entries(files).find(([name]) => name.endsWith('.zip'))?.[1] ?? new Uint8Array()
    t.match(jsonOf(partsOf(kept), 'contents.json'), { plans: [{ lockedBy: ALICE }] })
  })

  await t.test('comes to another person only in a file that they were given, as a record of that file', async (t) => {
    t.equal((await bob.post(`/api/itn-plans/${id}/lock`)).problem, 'not-found')
    t.equal((await bob.get(`/api/itn-plans/${id}`)).problem, 'not-found')
    t.strictSame(await plansOf(bob), [])
    const opened = await openProjectFile(bob, file)
    t.match(opened.json<{ project: OpenedProject }>().project, { verified: true, differences: [], leftOut: [] })
    const recorded = { ...set, lockIsFromProject: true }
    t.strictSame(await lockOf(bob), [recorded, recorded])
    t.match(await download(bob, 'itn_plan.csv'), ` by ${ALICE} (as the opened project records it).`)
    t.match(await download(bob, 'report.html'), ` by ${ALICE} (as the opened project records it)</dd>`)
    const before = await lock(bob, (await plansOf(bob))[0]?.id ?? '')
    t.strictSame(before, recorded, 'a plan that is locked is not locked again by somebody else')
    await uploadWards(bob, peopledWards('Other'))
    const later = (await saveProjectFile(bob)).bytes
    const third = await stack.device('bob')
    t.match((await openProjectFile(third, later)).json<{ project: OpenedProject }>().project, { verified: true })
    t.strictSame((await lockOf(third))[1], recorded, 'also when nothing can compute the plan again')
    t.notMatch((await bob.get('/api/session')).text, ALICE)
    t.match(await lock(bob, await plan(bob)), { lockedBy: BOB })
  })

  await t.test('is not believed in a file that was changed, and is not that of the person who opens it', async (t) => {
    const forged = projectOf(
      withJson(partsOf(file), 'contents.json', (contents) => ({
        ...contents,
        plans: (contents['plans'] as object[]).map((each) => ({ ...each, lockedBy: 'The Minister' })),
      })),
    )
    const opened = await openProjectFile(bob, forged)
    const { verified, differences, leftOut } = opened.json<{ project: OpenedProject }>().project
    t.strictSame({ verified, differences }, { verified: false, differences: [] })
    t.strictSame(leftOut, ['plan "Decided": who locked it, since nothing vouches for what the file says'])
    const [listed, whole] = await lockOf(bob)
    t.strictSame(listed, whole)
    t.strictSame({ ...whole, lockedAt: null }, { lockedAt: null, lockedBy: null }, 'it is locked by nobody')
    t.ok(Date.parse(String(whole.lockedAt)) >= Date.parse(String(set.lockedAt)), 'it is locked as of now')
    for (const kind of ['itn_plan.csv', 'report.html']) t.notMatch(await download(bob, kind), /Minister/)
  })

  await t.test('is not taken from a sign-in that came after the lock', async (t) => {
    const who = await stack.device('bob')
    await repeated(() => who.delete('/api/session'))
    await who.start()
    t.match(await lock(who, await plan(who)), { lockedBy: null }, 'nobody had signed in')
    t.equal((await signIn(who, personOfCrowd('bob').id)).status, 303)
    const [listed, whole] = await lockOf(who)
    t.match([listed, whole], [{ lockedBy: null }, { lockedBy: null }])
  })

  const lines = JSON.stringify(stack.service.lines())
  t.match(lines, 'plan-locked')
  t.notOk(
    [ALICE, BOB].some((name) => lines.includes(name)),
    'no line of the log holds a name',
  )
})
