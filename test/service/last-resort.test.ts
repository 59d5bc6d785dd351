import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import t from 'tap'
import { person, until } from '../support/client.ts'
import { redis, s3, startService } from '../support/parts.ts'

const PRELOAD = pathToFileURL(join(import.meta.dirname, '../support/fail-uncaught.ts')).href
const FATAL = 60

t.test('an error that nothing catches is logged, and ends the task once its requests are answered', async (t) => {
  const [server, objects] = await Promise.all([redis(t), s3(t)])
  for (const [signal, type, message] of [
    ['SIGHUP', 'TypeError', 'Thrown where nothing catches'],
    ['SIGUSR2', 'RangeError', 'Refused where nothing catches'],
  ] as const)
    await t.test(signal, async (t) => {
      const service = await startService(t, {
        redis: server,
        s3: objects,
        env: { NODE_OPTIONS: `--import=${PRELOAD}`, DRAIN_SECONDS: '2' },
      })
      const fatal = (): Record<string, unknown>[] => service.lines().filter(({ level }) => level === FATAL)
      const who = person(t, service.url)
      await who.start()
      service.process.signal(signal)
      await until(() => fatal().length > 0, 10_000, 'the line of the log')
      t.match(fatal(), [{ err: { type, message, stack: 'fail-uncaught.ts' } }])
      t.equal((await who.get('/api/session')).status, 200, 'people are answered until it ends')
      t.equal((await who.get('/readyz')).status, 503, 'and the balancer is told to send no more')
      service.process.signal(signal)
      await until(() => fatal().length > 1, 10_000, 'a second error')
      t.strictSame(await service.process.ended, { code: 1, signal: null }, 'the platform sees that it failed')
      t.notMatch(service.output(), /^\s+at .*fail-uncaught/m, 'no stack stands outside a line of JSON')
    })
})
