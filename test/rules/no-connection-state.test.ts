import t from 'tap'
import { noConnectionState } from '../../lint/no-connection-state.ts'
import { casesOf } from './rule-cases.ts'

const { allows, refuses } = casesOf('no-connection-state', noConnectionState)

t.test(
  'no-connection-state refuses transactions, SELECT, subscriptions and blocking reads on a shared connection',
  async (t) => {
    const refusals = [
      ['redis.multi().set(key, value).exec()', 'MULTI'],
      ['this.#redis.watch(key)', 'WATCH'],
      ['client.watch(key)', 'WATCH'],
      ['clients.redis.select(1)', 'SELECT'],
      ["redis['multi']()", 'MULTI'],
      ['client.blpop(key, 0)', 'BLPOP'],
      ['client.bzpopminBuffer(key, 0)', 'BZPOPMIN'],
      ['redis.subscribe(channel)', 'SUBSCRIBE'],
      ['redis.duplicate().monitor()', 'MONITOR'],
      ["redis.call('MULTI')", 'MULTI'],
      ["redis.sendCommand(new Command('select', [1]))", 'SELECT'],
      ["redis.xread('BLOCK', 0, 'STREAMS', key, '$')", 'XREAD BLOCK'],
    ] as const
    for (const [code, command] of refusals)
      t.doesNotThrow(() => {
        refuses(code, new RegExp(`Cannot use ${command} on`))
      }, code)
  },
)

t.test(
  'no-connection-state allows single commands, pipelines and scripts, and other things of the same names',
  async (t) => {
    const uses = [
      'redis.get(key)',
      "redis.pipeline([['get', key]]).exec()",
      'redis.quit()',
      "redis.call('WAIT', 1, 100)",
      'fs.watch(path)',
      'page.select(name)',
      "redis.xread('STREAMS', key, 0)",
      'multi()',
    ]
    for (const code of uses)
      t.doesNotThrow(() => {
        allows(code)
      }, code)
  },
)
