import t from 'tap'
import { canary, person, tokenOf, uploadWards, wardsCsv, type SessionView } from '../support/client.ts'
import { redis, s3, startService } from '../support/parts.ts'
import { provider, signIn } from '../support/sign-in.ts'

t.test('a person signs in with a real provider', async (t) => {
  const [server, objects, issuer] = await Promise.all([redis(t), s3(t), provider(t)])
  const service = await startService(t, { redis: server, s3: objects, env: issuer.env, port: issuer.servicePort })
  const ada = person(t, service.url, { 'user-agent': 'Mozilla/5.0 (Windows NT 10.0) Gecko/20100101 Firefox/140.0' })
  const before = await ada.start()
  await uploadWards(ada, wardsCsv(canary()))
  const dataset = (await ada.get('/api/dataset')).text
  t.match(dataset, '"wards":12')
  const old = ada.cookie

  const reply = await signIn(ada, 'amina')
  t.equal(reply.status, 303, reply.text)
  t.equal(reply.headers['location'], '/')

  await t.test('with a new token for the same session, and the old token is dead', async (t) => {
    t.not(tokenOf(ada.cookie), tokenOf(old))
    const shown = (await ada.get('/api/session')).json<{ session: SessionView; isSignInOffered: boolean }>()
    t.equal(shown.session.id, before.id)
    t.strictSame(shown.session.person, { name: 'Amina Yusuf' })
    t.equal(shown.isSignInOffered, true)
    t.equal((await ada.get('/api/session', { cookie: old ?? null })).problem, 'no-session')
  })

  await t.test('and what the anonymous session held is there', async (t) => {
    t.equal((await ada.get('/api/dataset')).text, dataset)
  })
})
