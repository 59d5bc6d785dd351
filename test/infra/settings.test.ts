import t from 'tap'
import { addressPlan } from '../../infra/address-plan.ts'
import { destinationName, destinationOf } from '../../infra/destinations.ts'
import { containerDefinition } from '../../infra/container.ts'
import { nameOf } from '../../infra/names.ts'
import { accountConfig, stackConfig, STAGES } from '../../infra/rehearsal/stacks.ts'
import { readSettings } from '../../infra/settings.ts'

/** A getter over a stack's file, what only an account knows, and changes; keys have no namespace. */
function config(
  stage: (typeof STAGES)[number],
  changes: Readonly<Record<string, string | undefined>> = {},
): (key: string) => string | undefined {
  const values = {
    ...stackConfig(stage),
    ...accountConfig(stage),
    ...Object.fromEntries(Object.entries(changes).map(([key, value]) => [`chatmrpt:${key}`, value])),
  }
  return (key) => values[`chatmrpt:${key}`]
}

const faultsOf = (read: () => unknown): string => {
  try {
    read()
    return ''
  } catch (error) {
    return error instanceof RangeError ? error.message : `not a RangeError: ${String(error)}`
  }
}

t.test("readSettings() accepts every stack's own file", async (t) => {
  for (const stage of STAGES) {
    const settings = readSettings(stage, 'eu-west-1', config(stage))
    t.equal(settings.stage, stage)
    t.ok(
      settings.minTasks >= 2 && settings.cacheNodes >= 2,
      'two tasks and two cache nodes are the product, in every stack',
    )
    t.match(settings.cacheNodeType, /^cache\.(t3|t4g)\.micro$/)
    t.equal(settings.cpuTargetPercent, 70)
  }
  t.equal(readSettings('prod', 'eu-west-1', config('prod')).maxTasks, 10)
})

t.test('readSettings() lists every fault at once, each with what would be accepted', async (t) => {
  const text = faultsOf(() =>
    readSettings(
      'dev',
      undefined,
      config('dev', {
        hostName: undefined,
        cacheNodeType: 'cache.t3.mirco',
        minTasks: '5',
        maxTasks: '3',
        pageTo: '[]',
        sealKeys: '["s1","s1"]',
      }),
    ),
  )
  for (const key of ['aws:region', 'hostName', 'cacheNodeType', 'maxTasks is 3', 'pageTo', 'sealKeys'])
    t.match(text, key)
  t.match(text, 'pulumi config set hostName')
})

const wrong: readonly (readonly [string, Readonly<Record<string, string | undefined>>])[] = [
  ['an image by tag', { image: '123456789012.dkr.ecr.eu-west-1.amazonaws.com/chatmrpt-prod:latest' }],
  ['no image, where nobody said that there is none yet', { image: undefined }],
  ['no way to HTTPS', { zoneId: undefined }],
  ['one cache node', { cacheNodes: '1' }],
  ['a cache node of a size its kind does not come in', { cacheNodeType: 'cache.t3.large' }],
  ['more cache nodes than one alarm can watch', { cacheNodes: '4' }],
  ['one task', { minTasks: '1' }],
  ['one zone', { availabilityZones: '1' }],
  ['a block that is no /16', { cidrBlock: '10.1.0.0/24' }],
  ['a block beyond 255', { cidrBlock: '10.256.0.0/16' }],
  ['logs kept for a time CloudWatch does not know', { logRetentionDays: '366' }],
  ['a session that idles for two hours', { sessionIdleSeconds: '7200' }],
  ['prod without its firewall', { firewall: 'false' }],
  ['prod that can be deleted', { deletionProtection: 'false' }],
  ['a processor that Fargate does not have', { architecture: 'RISCV' }],
  ['a telephone without its country', { pageTo: '["08012345678"]' }],
  ['an on-call service over plain HTTP', { pageTo: '["http://events.example.org/key"]' }],
  ['nobody to wake', { pageTo: undefined }],
  ['runbooks that a telephone cannot open', { runbooks: 'docs/runbooks' }],
  ['a snapshot that no store could have', { restoreFrom: '../other' }],
  ['three Redis passwords, where the cache takes two', { redisKeys: '["r3","r2","r1"]' }],
  ['a flag that is neither true nor false', { signIn: 'yes' }],
  ['models that the service would not read', { models: '[{"name":"nova"}]' }],
  [
    'a model that needs a key',
    { models: '[{"name":"other","provider":"openai-compatible","modelId":"m","baseUrl":"https://models.example"}]' },
  ],
  [
    'a model by an ARN',
    { models: '[{"name":"nova","provider":"bedrock","modelId":"arn:aws:bedrock:eu-west-1::foundation-model/x"}]' },
  ],
]
for (const [title, changes] of wrong) {
  t.test(`readSettings() refuses ${title}`, async (t) => {
    t.match(
      faultsOf(() => readSettings('prod', 'eu-west-1', config('prod', changes))),
      Object.keys(changes)[0],
    )
  })
}

t.test('readSettings() refuses a stack that has no file', async (t) => {
  t.match(
    faultsOf(() => readSettings('production', 'eu-west-1', config('prod'))),
    'select dev, staging, prod or small',
  )
})

t.test('addressPlan() gives each zone three blocks that share no address', async (t) => {
  const plan = addressPlan('10.40.0.0/16', 3)
  const spans = Object.values(plan ?? {})
    .flat()
    .map((block: string) => {
      const [address = '', bits = ''] = block.split('/')
      const start = address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0)
      return [start, start + 2 ** (32 - Number(bits)) - 1] as const
    })
    .sort((a, b) => a[0] - b[0])
  t.equal(spans.length, 9)
  for (const [index, [start]] of spans.entries()) t.ok(index === 0 || start > (spans[index - 1]?.[1] ?? Infinity))
  t.equal(addressPlan('192.168.0.0/16', 2), undefined)
})

t.test('nameOf() refuses a name that could not carry its suffix', async (t) => {
  t.equal(nameOf('staging', 'web'), 'chatmrpt-staging-web')
  t.throws(() => nameOf('staging', 'web-entrance'), RangeError)
})

t.test('containerDefinition() holds no secret, only where ECS finds it', async (t) => {
  const settings = readSettings('dev', 'eu-west-1', config('dev'))
  const places = {
    redisUrl: 'rediss://host:6379',
    redisUser: 'u',
    bucket: 'b',
    logGroup: 'g',
    trustedProxies: ['10.20.0.0/24'],
    secrets: { COOKIE_SECRETS: 'arn:one:::v1' },
  }
  const text = JSON.stringify(containerDefinition(settings, settings.image ?? '', places))
  t.match(text, '{"name":"COOKIE_SECRETS","valueFrom":"arn:one:::v1"}')
  t.match(text, '"readonlyRootFilesystem":true')
  t.notMatch(text, 'SIGN_IN', 'nothing of sign-in where there is none')
  const signIn = { issuer: 'https://id.example.org', clientId: 'c', publicUrl: 'https://dev.example.org' }
  const told = JSON.stringify(
    containerDefinition(settings, settings.image ?? '', {
      ...places,
      signIn,
      secrets: { SIGN_IN_CLIENT_SECRET: 'arn:two:::v1' },
    }),
  )
  for (const [name, value] of [
    ['SIGN_IN_ISSUER', signIn.issuer],
    ['SIGN_IN_CLIENT_ID', signIn.clientId],
    ['SIGN_IN_PUBLIC_URL', signIn.publicUrl],
  ] as const)
    t.match(told, JSON.stringify({ name, value }))
  t.match(told, '"secrets":[{"name":"SIGN_IN_CLIENT_SECRET","valueFrom":"arn:two:::v1"}]')
})

t.test('readSettings() refuses somebody who would be both woken and informed', async (t) => {
  t.match(
    faultsOf(() => readSettings('prod', 'eu-west-1', config('prod', { informTo: '["+2348012345678"]' }))),
    'several messages for one incident',
  )
})

t.test('readSettings() lifts the protection of a stack that is to be taken away, in every stage', async (t) => {
  for (const stage of STAGES)
    t.equal(readSettings(stage, 'eu-west-1', config(stage, { takeAway: 'true' })).deletionProtection, false, stage)
})

t.test('destinationOf() tells an on-call service, a telephone and a mail address by their form', async (t) => {
  for (const [text, protocol] of [
    ['https://events.example.org/integration/0a1b/enqueue', 'https'],
    ['+2348012345678', 'sms'],
    ['on-call@example.org', 'email'],
    ['on-call', undefined],
    ['+0123', undefined],
    ['https://', undefined],
  ] as const)
    t.equal(destinationOf(text)?.protocol, protocol, text)
  const names = ['https://a.example.org/1', 'https://a.example.org/2'].map((text) => {
    const destination = destinationOf(text)
    return destination === undefined ? '' : destinationName(destination)
  })
  t.not(names[0], names[1])
  t.notMatch(names.join(), 'example', 'no name holds an address, which holds a key')
})
