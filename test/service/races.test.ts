import t from 'tap'
import { redis, s3, secrets, startService } from '../support/parts.ts'
import { person, repeated, type Person } from '../support/client.ts'

t.test('on three tasks of one service', async (t) => {
  const [server, objects] = await Promise.all([redis(t), s3(t)])
  const shared = secrets()
  const tasks = await Promise.all([1, 2, 3].map(() => startService(t, { redis: server, s3: objects, secrets: shared })))
  const urls = tasks.map(({ url }) => url)
  const at = (turn: number): string => urls[turn % urls.length] ?? ''

  await t.test('a logout raced by 20 requests is final: 500 rounds, and no session comes back', async (t) => {
    const rounds = 500
    const paths = ['/api/session', '/api/files', '/api/exports'] as const
    const seen = {
      revived: 0,
      lateWrites: 0,
      brokenLogouts: 0,
      unexpected: 0,
      unavailable: 0,
      wonByRequests: 0,
      wonByLogout: 0,
    }

    const round = async (who: Person, turn: number): Promise<void> => {
      await repeated(() => who.post('/api/session', undefined, { cookie: null }))
      const { cookie = null } = who
      const send = (index: number): ReturnType<Person['get']> => {
        const options = { at: at(index), cookie }
        if (index % 4 === 0) return who.post('/api/files', { role: 'wards', filename: 'a.csv', bytes: 1 }, options)
        return index % 4 === 1
          ? who.post('/api/session', undefined, options)
          : who.get(paths[index % 3] ?? paths[0], options)
      }
      const before = Array.from({ length: 10 }, (_, index) => send(index + turn))
      const logout = repeated(() => who.delete('/api/session', { at: at(turn), cookie }))
      const raced = await Promise.all([...before, ...Array.from({ length: 10 }, (_, index) => send(index + turn + 1))])
      if ((await logout).status !== 204) seen.brokenLogouts += 1
      for (const { status } of raced) {
        if (status === 401) seen.wonByLogout += 1
        else if (status < 300) seen.wonByRequests += 1
        else if (status === 503) seen.unavailable += 1
        else seen.unexpected += 1
      }
      // From here on the token is dead for every task, whatever is in flight.
      for (const { status } of await Promise.all(
        urls.map((url) => repeated(() => who.get('/api/session', { at: url, cookie }))),
      ))
        if (status !== 401) seen.revived += 1
      const write = await repeated(() =>
        who.post('/api/files', { role: 'wards', filename: 'a.csv', bytes: 1 }, { at: at(turn + 2), cookie }),
      )
      if (write.status !== 401) seen.lateWrites += 1
    }

    let turn = 0
    await Promise.all(
      Array.from({ length: 4 }, async () => {
        const who = person(t, at(0))
        while (turn < rounds) await round(who, turn++)
      }),
    )
    t.equal(turn, rounds)
    const { wonByRequests, wonByLogout, unavailable, ...faults } = seen
    t.strictSame(faults, { revived: 0, lateWrites: 0, brokenLogouts: 0, unexpected: 0 })
    t.ok(unavailable < rounds, `${String(unavailable)} of ${String(rounds * 20)} requests were told to come again`)
    t.ok(
      wonByRequests > rounds && wonByLogout > rounds,
      `it was a race: ${String(wonByRequests)} requests came before, ${String(wonByLogout)} after`,
    )
  })

  await t.test(
    "100 parallel changes of one session's state: each is there afterwards, or was refused with an error",
    async (t) => {
      const ada = person(t, at(0))
      await repeated(() => ada.post('/api/session'))
      const replies = await Promise.all(
        Array.from({ length: 100 }, (_, index) =>
          ada.post('/api/files', { role: 'wards', filename: `${String(index)}.csv`, bytes: index }, { at: at(index) }),
        ),
      )
      t.strictSame(
        replies.filter(({ status }) => ![201, 409, 429, 503].includes(status)).map(({ text }) => text),
        [],
        'only done, conflict, too many and unavailable',
      )
      const acknowledged = replies.flatMap((reply) =>
        reply.status === 201 ? [reply.json<{ file: { id: string } }>().file.id] : [],
      )
      const kept = (await repeated(() => ada.get('/api/files', { at: at(1) })))
        .json<{ files: { id: string }[] }>()
        .files.map(({ id }) => id)
      t.strictSame(
        [...kept].sort(),
        [...acknowledged].sort(),
        'what was acknowledged is there, once, and nothing else is',
      )
      t.ok(acknowledged.length > 0, `${String(acknowledged.length)} of 100 were done`)
      for (const reply of replies) if (reply.status === 409) t.equal(reply.problem, 'conflict')

      const removals = await Promise.all(
        kept.flatMap((id) => [0, 1].map((task) => ada.delete(`/api/files/${id}`, { at: at(task) }))),
      )
      const left = (await repeated(() => ada.get('/api/files', { at: at(2) })))
        .json<{ files: { id: string }[] }>()
        .files.map(({ id }) => id)
      const removed = removals.filter(({ status }) => status === 204).length
      t.equal(removed, kept.length - left.length, 'each file is removed by one of the two requests that ask for it')
    },
  )

  await t.test('sessions that start, work and end side by side see nothing of each other', async (t) => {
    const people = Array.from({ length: 60 }, () => person(t, at(0)))
    const foreign: string[] = []
    await Promise.all(
      people.map(async (who, mine) => {
        await repeated(() => who.post('/api/session'))
        const {
          session: { id },
        } = (await repeated(() => who.get('/api/session'))).json<{ session: { id: string } }>()
        for (let turn = 0; turn < 5; turn++) {
          const name = `person-${String(mine)}-file-${String(turn)}.csv`
          const made = await who.post(
            '/api/files',
            { role: 'wards', filename: name, bytes: 1 },
            { at: at(turn + mine) },
          )
          const listed = await repeated(() => who.get('/api/files', { at: at(turn + mine + 1) }))
          const session = await repeated(() => who.get('/api/session', { at: at(turn + mine + 2) }))
          const all = made.text + listed.text + session.text
          for (const [, other = ''] of all.matchAll(/person-(\d+)-/g)) if (other !== String(mine)) foreign.push(other)
          if (!session.text.includes(id)) foreign.push(session.text)
          t.ok(made.status !== 201 || listed.text.includes(name))
        }
      }),
    )
    t.strictSame(foreign, [])
  })
})
