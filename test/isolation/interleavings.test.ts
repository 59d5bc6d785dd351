import t, { type Test } from 'tap'
import {
  announce,
  canary,
  person,
  postUpload,
  uploadFile,
  uploadWards,
  wardsCsv,
  type Person,
  type Reply,
} from '../support/client.ts'
import { interleave, untilTold, type Held } from '../support/interleave.ts'
import { objectGate } from '../support/object-gate.ts'
import { redis, s3, secrets, startService } from '../support/parts.ts'
import { REDIS_POINTS, redisGate } from '../support/redis-gate.ts'

t.setTimeout(300_000)

interface FileEntry {
  readonly id: string
  readonly role: string
  readonly state: string
  readonly filename: string
}
interface Entry {
  readonly id: string
  readonly stale: boolean
}

/** Three tasks; every request of the first to Redis and to the object store goes through a gate. */
t.test('a request is stopped on its way through one task while its rival goes through another', async (t) => {
  const [server, store] = await Promise.all([redis(t, { tls: false }), s3(t)])
  const [redisWay, objectWay] = await Promise.all([redisGate(t, server.port), objectGate(t, store)])
  const shared = secrets()
  const [gated, other, third] = (
    await Promise.all([
      startService(t, {
        redis: server,
        s3: objectWay,
        secrets: shared,
        env: { REDIS_URL: `redis://127.0.0.1:${String(redisWay.port)}` },
      }),
      startService(t, { redis: server, s3: store, secrets: shared }),
      startService(t, { redis: server, s3: store, secrets: shared }),
    ])
  ).map(({ url }) => url) as [string, string, string]
  const everywhere = [gated, other, third]

  /** Somebody with a session, whose own requests go to the task without gates. */
  const somebody = async (): Promise<Person> => {
    const who = person(t, other)
    await who.start()
    return who
  }
  const withData = async (): Promise<Person> => {
    const who = await somebody()
    await uploadWards(who, wardsCsv(canary(), 6))
    return who
  }
  const analysed = async (): Promise<{ who: Person; analysisId: string }> => {
    const who = await withData()
    const { id } = (await who.post('/api/analyses', {})).json<{ analysis: { id: string } }>().analysis
    return { who, analysisId: id }
  }
  const reupload = async (who: Person): Promise<void> => {
    await uploadWards(who, wardsCsv(canary(), 7), 'newer.csv')
  }
  const logout = async (t: Test, who: Person): Promise<string | null> => {
    const { cookie = null } = who
    const { status } = await who.delete('/api/session')
    t.equal(status, 204, 'the logout is acknowledged')
    return cookie
  }
  /** What every task shows of one list. */
  const listedEverywhere = async <T>(
    who: Person,
    what: 'files' | 'analyses' | 'itn-plans' | 'exports',
  ): Promise<T[][]> =>
    await Promise.all(
      everywhere.map(
        async (at) =>
          (await who.get(`/api/${what}`, { at })).json<Record<string, T[]>>()[what === 'itn-plans' ? 'plans' : what] ??
          [],
      ),
    )
  const deadEverywhere = async (t: Test, who: Person, cookie: string | null): Promise<void> => {
    const paths = ['/api/session', '/api/files', '/api/analyses', '/api/itn-plans', '/api/exports']
    const replies = await Promise.all(
      everywhere.flatMap((at) => paths.map(async (path) => await who.get(path, { at, cookie }))),
    )
    t.strictSame(
      [...new Set(replies.map(({ problem }) => problem))],
      ['no-session'],
      'and the cookie is dead on every task',
    )
  }
  const isStale = (t: Test, reply: Reply): void => {
    t.strictSame([reply.status, reply.problem], [409, 'stale'], reply.text)
  }

  await t.test(
    'new data are acknowledged while a result of the old ones is made: it is refused as stale and kept nowhere',
    async (t) => {
      const points: readonly (readonly [
        string,
        'analyses' | 'itn-plans' | 'exports',
        () => Held,
        (who: Person, analysisId: string) => Promise<Reply>,
      ])[] = [
        [
          'an analysis whose result is stored',
          'analyses',
          () => objectWay.hold({ method: 'PUT', name: '/analysis_results.json', when: 'after' }),
          async (who) => await who.post('/api/analyses', {}, { at: gated }),
        ],
        [
          'an analysis whose data are read',
          'analyses',
          () => objectWay.hold({ method: 'GET', name: '/datasets/', when: 'after' }),
          async (who) => await who.post('/api/analyses', {}, { at: gated }),
        ],
        [
          'a plan whose basis is read',
          'itn-plans',
          () => objectWay.hold({ method: 'GET', name: '/plan-basis/', when: 'after' }),
          async (who, analysisId) =>
            await who.post(
              '/api/itn-plans',
              { analysisId, totalNets: 500, populationColumn: 'rainfall' },
              { at: gated },
            ),
        ],
        [
          'an export whose file is written',
          'exports',
          () => objectWay.hold({ method: 'PUT', name: '/exports/', when: 'after' }),
          async (who, analysisId) =>
            await who.post('/api/exports', { kind: 'rankings.csv', analysisId }, { at: gated }),
        ],
        [
          'an export whose file is on its way',
          'exports',
          () => objectWay.hold({ method: 'PUT', name: '/exports/', when: 'before' }),
          async (who, analysisId) => await who.post('/api/exports', { kind: 'report.html', analysisId }, { at: gated }),
        ],
      ]
      for (const [what, list, hold, send] of points) {
        await t.test(what, async (t) => {
          const { reply, who } = await untilTold(async () => {
            const { who, analysisId } = await analysed()
            return {
              who,
              ...(await interleave(
                hold(),
                async () => await send(who, analysisId),
                async () => {
                  await reupload(who)
                },
              )),
            }
          })
          isStale(t, reply)
          t.notMatch(reply.text, 'http', 'no URL is in it')
          for (const listed of await listedEverywhere<Entry>(who, list))
            t.strictSame(
              listed.map(({ stale }) => stale),
              list === 'analyses' ? [true] : [],
              'no task knows of it',
            )
        })
      }
    },
  )

  await t.test(
    'a session ends while something is made in it: 401, nothing is handed out, and no task knows the cookie',
    async (t) => {
      const points: readonly (readonly [string, () => Held, (who: Person, analysisId: string) => Promise<Reply>])[] = [
        [
          'an analysis whose result is stored',
          () => objectWay.hold({ method: 'PUT', name: '/analysis_results.json', when: 'after' }),
          async (who) => await who.post('/api/analyses', {}, { at: gated }),
        ],
        [
          'a plan whose basis is read',
          () => objectWay.hold({ method: 'GET', name: '/plan-basis/', when: 'after' }),
          async (who, analysisId) =>
            await who.post(
              '/api/itn-plans',
              { analysisId, totalNets: 500, populationColumn: 'rainfall' },
              { at: gated },
            ),
        ],
        [
          'an export whose file is written',
          () => objectWay.hold({ method: 'PUT', name: '/exports/', when: 'after' }),
          async (who, analysisId) =>
            await who.post('/api/exports', { kind: 'rankings.csv', analysisId }, { at: gated }),
        ],
        [
          'an export that only a URL is missing to',
          () => redisWay.hold(REDIS_POINTS.writeState),
          async (who, analysisId) =>
            await who.post('/api/exports', { kind: 'analysis_results.json', analysisId }, { at: gated }),
        ],
        [
          'an announced file that only a form is missing to',
          () => redisWay.hold(REDIS_POINTS.writeState),
          async (who) => await who.post('/api/files', { role: 'wards', filename: 'a.csv', bytes: 1 }, { at: gated }),
        ],
        [
          'a list whose session was read already',
          () => redisWay.hold(REDIS_POINTS.readState),
          async (who) => await who.get('/api/analyses', { at: gated }),
        ],
        [
          'a session that was about to be gone on with',
          () => redisWay.hold(REDIS_POINTS.readSession),
          async (who) => await who.get('/api/session', { at: gated }),
        ],
      ]
      for (const [what, hold, send] of points) {
        await t.test(what, async (t) => {
          const {
            reply,
            who,
            rival: cookie,
          } = await untilTold(async () => {
            const { who, analysisId } = await analysed()
            return {
              who,
              ...(await interleave(
                hold(),
                async () => await send(who, analysisId),
                async () => await logout(t, who),
              )),
            }
          })
          t.strictSame([reply.status, reply.problem], [401, 'no-session'], reply.text)
          t.notMatch(reply.text, /https?:/, 'no URL is in it')
          await deadEverywhere(t, who, cookie)
        })
      }
    },
  )

  await t.test('a logout is stopped halfway', async (t) => {
    await t.test(
      'before anything of it has happened: what is written meanwhile is acknowledged, and ends with the session',
      async (t) => {
        const { reply, rival, who, cookie } = await untilTold(async () => {
          const who = await somebody()
          const { cookie = null } = who
          return {
            who,
            cookie,
            ...(await interleave(
              redisWay.hold(REDIS_POINTS.endData),
              async () => await who.delete('/api/session', { at: gated, cookie }),
              async () => await who.post('/api/files', { role: 'wards', filename: 'a.csv', bytes: 1 }, { cookie }),
            )),
          }
        })
        t.equal(rival.status, 201)
        t.equal(reply.status, 204)
        await deadEverywhere(t, who, cookie)
      },
    )

    await t.test('once the data have ended: no task reads or writes them, though the token still lives', async (t) => {
      const { reply, rival, who, cookie } = await untilTold(async () => {
        const who = await withData()
        const { cookie = null } = who
        return {
          who,
          cookie,
          ...(await interleave(
            redisWay.hold(REDIS_POINTS.revokeToken),
            async () => await who.delete('/api/session', { at: gated, cookie }),
            async () =>
              await Promise.all([
                who.get('/api/files', { cookie }),
                who.post('/api/files', { role: 'wards', filename: 'a.csv', bytes: 1 }, { cookie, at: third }),
              ]),
          )),
        }
      })
      t.strictSame(
        rival.map(({ problem }) => problem),
        ['no-session', 'no-session'],
      )
      t.equal(reply.status, 204)
      await deadEverywhere(t, who, cookie)
    })

    await t.test(
      'while another logout goes through: both are acknowledged, the second as the repeat that it is',
      async (t) => {
        const {
          reply,
          rival: cookie,
          who,
        } = await untilTold(async () => {
          const who = await somebody()
          const { cookie = null } = who
          return {
            who,
            ...(await interleave(
              redisWay.hold(REDIS_POINTS.endData),
              async () => await who.delete('/api/session', { at: gated, cookie }),
              async () => await logout(t, who),
            )),
          }
        })
        t.equal(reply.status, 204)
        await deadEverywhere(t, who, cookie)
      },
    )
  })

  await t.test('an upload is stopped between its validation and its being current', async (t) => {
    const stored = (): Held => objectWay.hold({ method: 'PUT', name: '/raw_data.csv', when: 'after' })
    const announced = async (
      mark = canary(),
    ): Promise<{ who: Person; id: string; csv: string; upload: Parameters<typeof postUpload>[0] }> => {
      const who = await somebody()
      const csv = wardsCsv(mark, 6)
      const upload = await announce(who, 'wards', 'wards.csv', csv.length)
      await postUpload(upload, csv)
      return { who, csv, id: upload.file.id, upload }
    }
    const complete = async (who: Person, id: string, at: string): Promise<Reply> =>
      await who.post(`/api/files/${id}/complete`, undefined, { at })

    await t.test('while the same file is completed: both are told of one file, and its data change once', async (t) => {
      // The second request finds other bytes, of the same length, under the same form.
      const [first, second] = [canary(), canary()]
      const { reply, rival, who } = await untilTold(async () => {
        const { who, id, upload } = await announced(first)
        return {
          who,
          ...(await interleave(
            stored(),
            async () => await complete(who, id, gated),
            async () => {
              await postUpload(upload, wardsCsv(second, 6))
              return await complete(who, id, other)
            },
          )),
        }
      })
      t.strictSame([reply.status, rival.status], [200, 200], reply.text + rival.text)
      t.strictSame(reply.json(), rival.json(), 'both are told the same')
      for (const files of await listedEverywhere<FileEntry>(who, 'files'))
        t.strictSame(
          files.map(({ state }) => state),
          ['ready'],
        )
      t.equal(
        (await who.get('/api/dataset', { at: third })).json<{ version: number }>().version,
        1,
        'what was acknowledged first is what stays',
      )
      const { analysis } = (await who.post('/api/analyses', {}, { at: third })).json<{
        analysis: { wards: { wardName: string }[] }
      }>()
      t.ok(
        analysis.wards.every(({ wardName }) => wardName.startsWith(second)),
        'with the bytes that were acknowledged',
      )
    })

    await t.test('while it is removed: it is not there for anybody', async (t) => {
      const { reply, rival, who } = await untilTold(async () => {
        const { who, id } = await announced()
        return {
          who,
          ...(await interleave(
            stored(),
            async () => await complete(who, id, gated),
            async () => await who.delete(`/api/files/${id}`),
          )),
        }
      })
      t.equal(rival.status, 204)
      t.strictSame([reply.status, reply.problem], [404, 'not-found'])
      for (const files of await listedEverywhere<FileEntry>(who, 'files')) t.strictSame(files, [])
      t.equal((await who.get('/api/dataset', { at: third })).problem, 'no-data')
    })

    await t.test(
      'while another table becomes current: the one that is acknowledged last is the one that stays',
      async (t) => {
        const { reply, who } = await untilTold(async () => {
          const { who, id } = await announced()
          return {
            who,
            ...(await interleave(
              stored(),
              async () => await complete(who, id, gated),
              async () => {
                await reupload(who)
              },
            )),
          }
        })
        t.equal(reply.status, 200)
        for (const files of await listedEverywhere<FileEntry>(who, 'files'))
          t.strictSame(
            files.map(({ filename, state }) => [filename, state]),
            [['wards.csv', 'ready']],
          )
        t.equal((await who.get('/api/dataset', { at: third })).json<{ version: number }>().version, 2)
      },
    )

    await t.test('while the session ends: 401, and nothing of it can be read', async (t) => {
      const {
        reply,
        rival: cookie,
        who,
      } = await untilTold(async () => {
        const { who, id } = await announced()
        return {
          who,
          ...(await interleave(
            stored(),
            async () => await complete(who, id, gated),
            async () => await logout(t, who),
          )),
        }
      })
      t.strictSame([reply.status, reply.problem], [401, 'no-session'])
      await deadEverywhere(t, who, cookie)
    })
  })

  await t.test('what is settled or measured about data that are replaced meanwhile is refused', async (t) => {
    const withBoundaries = async (): Promise<{ who: Person; choice: { ward: string; boundary: string } }> => {
      const who = await somebody()
      const mark = canary()
      await uploadWards(who, wardsCsv(mark, 6))
      const square = (at: number): unknown => ({
        type: 'Feature',
        properties: { WardName: `${mark} ${String(at + 1)}` },
        geometry: {
          type: 'Polygon',
          coordinates: [
            [
              [at, 10],
              [at + 1, 10],
              [at + 1, 11],
              [at, 11],
              [at, 10],
            ],
          ],
        },
      })
      await uploadFile(
        who,
        'boundaries',
        'shapes.geojson',
        Buffer.from(JSON.stringify({ type: 'FeatureCollection', features: [0, 1, 2].map(square) })),
      )
      await who.get('/api/dataset')
      return { who, choice: { ward: `${mark} 1`, boundary: `${mark} 2` } }
    }
    const dataRead = (): Held => objectWay.hold({ method: 'GET', name: '/datasets/', when: 'after' })
    const settle = async (who: Person, choice: unknown, at: string): Promise<Reply> =>
      await who.post('/api/dataset/matches', { refuse: [choice] }, { at })

    await t.test('matches, while a new table is uploaded', async (t) => {
      const { reply } = await untilTold(async () => {
        const { who, choice } = await withBoundaries()
        return await interleave(
          dataRead(),
          async () => await settle(who, choice, gated),
          async () => {
            await reupload(who)
          },
        )
      })
      isStale(t, reply)
    })

    await t.test('matches, while other matches of the same data are settled: neither is lost in silence', async (t) => {
      const { reply, rival } = await untilTold(async () => {
        const { who, choice } = await withBoundaries()
        return await interleave(
          dataRead(),
          async () => await settle(who, choice, gated),
          async () => await settle(who, choice, other),
        )
      })
      t.equal(rival.status, 200)
      isStale(t, reply)
    })

    await t.test('test positivity, while a new facility table is uploaded', async (t) => {
      const { reply, who } = await untilTold(async () => {
        const who = await withData()
        const header =
          'State,LGA,WardName,Health Facility,Facility Level,Period name,Persons with fever and tested by RDT ' +
          '<5yrs,Persons positive for malaria by RDT <5yrs'
        const facilities = Buffer.from(`${header}\nSample,LGA 1,Ward,${canary()},Primary,January 2024,100,20\n`)
        await uploadFile(who, 'facilities', 'facilities.csv', facilities)
        return {
          who,
          ...(await interleave(
            objectWay.hold({ method: 'PUT', name: '/positivity.json', when: 'after' }),
            async () =>
              await who.post(
                '/api/dataset/positivity',
                { facilityLevel: 'all', age: 'u5', method: 'rdt' },
                { at: gated },
              ),
            async () => {
              await uploadFile(who, 'facilities', 'newer.csv', facilities)
            },
          )),
        }
      })
      isStale(t, reply)
      t.equal(
        (await who.get('/api/dataset', { at: third })).json<{ version: number }>().version,
        3,
        'two uploads and the first table',
      )
    })
  })

  await t.test(
    'two changes of one state, the first stopped right before its write: both are there, each once',
    async (t) => {
      const { reply, rival, who } = await untilTold(async () => {
        const who = await somebody()
        const send = async (filename: string, at: string): Promise<Reply> =>
          await who.post('/api/files', { role: 'wards', filename, bytes: 1 }, { at })
        return {
          who,
          ...(await interleave(
            redisWay.hold(REDIS_POINTS.writeState),
            async () => await send('first.csv', gated),
            async () => await send('second.csv', other),
          )),
        }
      })
      t.strictSame([reply.status, rival.status], [201, 201])
      for (const files of await listedEverywhere<FileEntry>(who, 'files'))
        t.strictSame(
          files.map(({ filename }) => filename),
          ['second.csv', 'first.csv'],
        )
    },
  )

  await t.test('a vote is stopped right before it counts', async (t) => {
    const battle = async (): Promise<{ who: Person; path: string }> => {
      const who = await somebody()
      const { id } = (await who.post('/api/arena/battles', { message: 'How do nets protect?' })).json<{
        battle: { id: string }
      }>().battle
      return { who, path: `/api/arena/battles/${id}/vote` }
    }
    const votes = async (who: Person, at: string): Promise<number> =>
      (await who.get('/api/arena/leaderboard', { at })).json<{ votes: number }>().votes

    await t.test('while another vote of the same battle counts: exactly one of the two does', async (t) => {
      const { reply, rival, who, before } = await untilTold(async () => {
        const { who, path } = await battle()
        const before = await votes(who, third)
        return {
          who,
          before,
          ...(await interleave(
            redisWay.hold(REDIS_POINTS.writeState),
            async () => await who.post(path, { choice: 'a' }, { at: gated }),
            async () => await who.post(path, { choice: 'b' }),
          )),
        }
      })
      t.strictSame([rival.status, reply.status, reply.problem], [200, 409, 'voted'])
      t.strictSame(
        await Promise.all(everywhere.map(async (at) => await votes(who, at))),
        [before + 1, before + 1, before + 1],
        'on every task',
      )
    })

    await t.test('while its session ends: it does not count', async (t) => {
      const { reply, before } = await untilTold(async () => {
        const { who, path } = await battle()
        const before = await votes(who, third)
        return {
          before,
          ...(await interleave(
            redisWay.hold(REDIS_POINTS.writeState),
            async () => await who.post(path, { choice: 'a' }, { at: gated }),
            async () => await logout(t, who),
          )),
        }
      })
      t.strictSame([reply.status, reply.problem], [401, 'no-session'])
      t.equal(await votes(await somebody(), third), before)
    })
  })
})
