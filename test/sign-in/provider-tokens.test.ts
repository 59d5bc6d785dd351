import tls from 'node:tls'
import t from 'tap'
import { isFault } from '../../service/domain/fault.ts'
import { newAttempt } from '../../service/sign-in/attempt.ts'
import { openProvider } from '../../service/sign-in/provider.ts'
import { person, type Reply } from '../support/client.ts'
import { CLIENT, hostileProvider } from '../support/hostile-provider.ts'
import { redis, redisClient, s3, startService } from '../support/parts.ts'
import { chooseAtProvider } from '../../local/sign-in/walk-provider.ts'
import { provider } from '../support/sign-in.ts'

/** A token as providers sign it: three parts, the first of which is JSON that begins with a quoted name. */
const SIGNED_TOKEN = /eyJ[\w-]+\.[\w-]+\.[\w-]+/

t.setTimeout(60_000)

t.test('no reply of a sign-in and nothing in Redis holds a token of the provider', async (t) => {
  const [server, objects, given] = [await redis(t), await s3(t), await provider(t)]
  const service = await startService(t, { redis: server, s3: objects, env: given.env, port: given.servicePort })
  const who = person(t, service.url)
  const begun = await who.get('/auth/login')
  const back = await chooseAtProvider(String(begun.headers['location']), 'amina', new Map())
  const replies: Reply[] = [begun, await who.get(back), await who.get('/api/session'), await who.get('/api/sessions')]
  t.strictSame(
    replies.map(({ status }) => status),
    [303, 303, 200, 200],
  )
  for (const { headers, text } of replies) t.notMatch(JSON.stringify(headers) + text, SIGNED_TOKEN)
  t.notMatch(service.output(), SIGNED_TOKEN)

  const operator = redisClient(t, server)
  const keys = await operator.keys('*')
  t.ok(keys.length > 0)
  for (const key of keys) {
    const kind = await operator.type(key)
    const held =
      kind === 'hash' ? Object.values(await operator.hgetall(key)) : kind === 'string' ? [await operator.get(key)] : []
    t.notMatch(held.join('\n'), SIGNED_TOKEN, kind)
  }
})

t.test('the service asks the provider for no more than who somebody is', async (t) => {
  const hostile = await hostileProvider(t)
  tls.setDefaultCACertificates([...tls.getCACertificates('default'), hostile.ca])
  const own = { issuer: hostile.issuer, clientId: CLIENT.clientId, publicUrl: 'http://127.0.0.1:8080' }
  const url = new URL(await openProvider(own, CLIENT.clientSecret).authorizationUrl(newAttempt(Date.now(), false)))
  t.strictSame(url.searchParams.get('scope')?.split(' ').sort(), ['email', 'openid'])
  t.equal(url.searchParams.get('response_type'), 'code')

  await t.test('and refuses metadata that name another issuer', async (t) => {
    hostile.behaviour.metadata = { issuer: 'https://another.example' }
    const kind = await openProvider(own, CLIENT.clientSecret)
      .authorizationUrl(newAttempt(Date.now(), false))
      .then(
        () => 'begun',
        (error: unknown) => (isFault(error) ? error.kind : String(error)),
      )
    t.match(kind, /^sign-in-(refused|unavailable)$/)
  })
})
