import t, { type Test } from 'tap'
import { announce, canary, person, uploadWards, wardsCsv, type Person, type Reply } from '../support/client.ts'
import { redis, s3, startService } from '../support/parts.ts'

/**
 * One of several people whose requests differ only in the marks in their data: same file name, sizes, versions and
 * choices.
 */
interface Double {
  readonly who: Person
  readonly session: string
  readonly mark: string
  file: string
  analysis: string
}

const WARDS = 12

// Run alone, this file starts a gateway of its own.
t.setTimeout(120_000)

t.test('people whose requests are alike in everything but their data', async (t) => {
  const [server, objects] = await Promise.all([redis(t), s3(t)])
  const service = await startService(t, { redis: server, s3: objects })
  const people: Double[] = []
  for (let at = 0; at < 3; at++) {
    const who = person(t, service.url)
    people.push({ who, session: (await who.start()).id, mark: canary(), file: '', analysis: '' })
  }

  /** The people whose data are in a text that should hold only one person's own. */
  const foreignTo = (own: Double, text: string): string[] =>
    people
      .filter((other) => other !== own)
      .flatMap(({ session, mark, file, analysis }) =>
        [session, mark, file, analysis].filter((word) => word !== '' && text.includes(word)),
      )
  const ask = async (
    t: Test,
    own: Double,
    what: string,
    sent: Promise<Reply>,
    status: number,
    holds: string,
  ): Promise<Reply> => {
    const reply = await sent
    t.equal(reply.status, status, `${what} is answered ${String(status)}`)
    t.ok(reply.text.includes(holds), `${what} holds its owner's data`, { text: reply.text.slice(0, 500) })
    t.strictSame(
      foreignTo(own, reply.text + JSON.stringify(reply.headers)),
      [],
      `${what} holds nothing of anybody else's`,
    )
    t.strictSame(
      [reply.headers['cache-control'], reply.headers.etag],
      ['no-store', undefined],
      `${what} may be kept by nobody on its way`,
    )
    return reply
  }
  const works = async (t: Test, own: Double): Promise<void> => {
    own.file = await uploadWards(own.who, wardsCsv(own.mark, WARDS), 'wards.csv')
    await ask(t, own, 'the dataset', own.who.get('/api/dataset'), 200, '"version":1')
    const made = await ask(t, own, 'the analysis', own.who.post('/api/analyses', {}), 201, own.mark)
    own.analysis = made.json<{ analysis: { id: string } }>().analysis.id
    await ask(
      t,
      own,
      'the chat',
      own.who.post('/api/chat', { message: `Where does ${own.mark} 1 stand?` }),
      200,
      own.mark,
    )
    const question = { message: 'Which wards are most at risk?' }
    await ask(t, own, 'the same question', own.who.post('/api/chat', question), 200, own.mark)
    await ask(
      t,
      own,
      'the same question, as a stream',
      own.who.post('/api/chat', question, { headers: { accept: 'text/event-stream' } }),
      200,
      own.mark,
    )
    const plan = await ask(
      t,
      own,
      'the plan',
      own.who.post('/api/itn-plans', { analysisId: own.analysis, totalNets: 500, populationColumn: 'rainfall' }),
      201,
      own.mark,
    )
    await ask(
      t,
      own,
      'the plan, read again',
      own.who.get(`/api/itn-plans/${plan.json<{ plan: { id: string } }>().plan.id}`),
      200,
      own.mark,
    )
    const exported = await ask(
      t,
      own,
      'the export',
      own.who.post('/api/exports', { kind: 'rankings.csv', analysisId: own.analysis }),
      201,
      own.session,
    )
    const file = await (await fetch(exported.json<{ download: { url: string } }>().download.url)).text()
    t.equal(file.split(own.mark).length - 1, WARDS, 'the download holds every ward of its owner')
    t.strictSame(foreignTo(own, file), [], "the download holds nothing of anybody else's")
  }
  const reads = async (t: Test, own: Double): Promise<void> => {
    await Promise.all([
      ask(t, own, 'the session', own.who.get('/api/session'), 200, own.session),
      ask(t, own, 'the list of files', own.who.get('/api/files'), 200, own.file),
      ask(t, own, 'the list of analyses', own.who.get('/api/analyses'), 200, own.analysis),
      ask(t, own, 'the list of plans', own.who.get('/api/itn-plans'), 200, own.analysis),
      ask(t, own, 'the list of exports', own.who.get('/api/exports'), 200, own.analysis),
      ask(t, own, 'the conversation', own.who.get('/api/chat'), 200, own.mark),
      ask(t, own, 'the analysis, read again', own.who.get(`/api/analyses/${own.analysis}`), 200, own.mark),
    ])
  }

  await t.test('one after the other, each gets their own', async (t) => {
    for (const own of people) {
      for (const path of ['files', 'analyses', 'itn-plans', 'exports'])
        t.match((await own.who.get(`/api/${path}`)).text, /^\{"\w+":\[\]\}$/, `${path}: a new session begins with none`)
      t.strictSame(
        (await own.who.get('/api/chat')).json<{ turns: unknown[] }>().turns,
        [],
        'chat: a new session begins with none',
      )
      await works(t, own)
    }
    for (const own of people) await reads(t, own)
  })

  await t.test('at the same time, each gets their own', async (t) => {
    for (const own of people) if (own.analysis === '') await works(t, own)
    for (let round = 0; round < 10; round++) {
      await Promise.all(
        people.map(async (own) => {
          await reads(t, own)
          const { upload } = await announce(own.who, 'boundaries', 'boundaries.zip', 10)
          t.ok(
            upload.fields['key']?.startsWith(`sessions/${own.session}/`),
            "an upload is signed for its owner's own folder",
          )
        }),
      )
    }
  })
})
