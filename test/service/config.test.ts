import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { readConfig, type Environment } from '../../service/config/config.ts'
import { startService } from '../../local/service.ts'
import { folder } from '../support/parts.ts'

const LOCAL: Environment = {
  STAGE: 'local',
  REDIS_URL: 'redis://127.0.0.1:1',
  S3_ENDPOINT: 'http://127.0.0.1:1',
  S3_BUCKET: 'none',
  AWS_REGION: 'eu-west-1',
  COOKIE_SECRETS: 'c'.repeat(32),
  SEAL_SECRETS: `a:${'s'.repeat(32)}`,
  PROJECT_SECRETS: 'p'.repeat(32),
}
const PROD: Environment = {
  ...LOCAL,
  STAGE: 'prod',
  REDIS_URL: 'rediss://cache.example.org:6379',
  REDIS_USERNAME: 'chatmrpt',
  REDIS_PASSWORD: 'p'.repeat(32),
}
const SIGN_IN = {
  SIGN_IN_ISSUER: 'https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_AbCdEfGhI',
  SIGN_IN_CLIENT_ID: '1example23456789',
  SIGN_IN_CLIENT_SECRET: `canary-${'k'.repeat(32)}`,
  SIGN_IN_PUBLIC_URL: 'https://chatmrpt.example.org',
} as const

const faultOf = (env: Environment): string => {
  try {
    readConfig(env)
    return ''
  } catch (error) {
    return error instanceof RangeError ? error.message : `not a RangeError: ${String(error)}`
  }
}

t.test('readConfig() has no sign-in when its variables are missing or empty', async (t) => {
  for (const env of [PROD, { ...PROD, ...Object.fromEntries(Object.keys(SIGN_IN).map((name) => [name, ''])) }]) {
    const { config, secrets } = readConfig(env)
    t.notOk('signIn' in config)
    t.notOk('signInClientSecret' in secrets)
  }
})

t.test(
  'readConfig() takes issuer, client and address for sign-in, and keeps the secret out of what may be logged',
  async (t) => {
    const { config, secrets } = readConfig({ ...PROD, ...SIGN_IN })
    t.strictSame(config.signIn, {
      issuer: SIGN_IN.SIGN_IN_ISSUER,
      clientId: SIGN_IN.SIGN_IN_CLIENT_ID,
      publicUrl: SIGN_IN.SIGN_IN_PUBLIC_URL,
    })
    t.equal(secrets.signInClientSecret, SIGN_IN.SIGN_IN_CLIENT_SECRET)
    t.strictSame(readConfig({ ...PROD, ...SIGN_IN, SIGN_IN_ACR: 'phr  mfa' }).config.signIn?.acr, ['phr', 'mfa'])
    t.notMatch(JSON.stringify(config), 'canary')
    t.equal(
      readConfig({ ...PROD, ...SIGN_IN, SIGN_IN_ISSUER: 'https://id.example.org/' }).config.signIn?.issuer,
      'https://id.example.org/',
      'an issuer is compared as it stands: a last slash is part of it',
    )
    t.ok(
      readConfig({
        ...LOCAL,
        ...SIGN_IN,
        SIGN_IN_ISSUER: 'http://127.0.0.1:9000',
        SIGN_IN_PUBLIC_URL: 'http://127.0.0.1:8080',
      }).config.signIn,
      "an issuer on one's own machine, locally",
    )
  },
)

t.test('readConfig() takes sign-in whole or not at all', async (t) => {
  for (const missing of Object.keys(SIGN_IN)) {
    const said = faultOf({ ...PROD, ...SIGN_IN, [missing]: undefined })
    t.match(
      said,
      `${missing} is not set: sign-in needs SIGN_IN_ISSUER, SIGN_IN_CLIENT_ID, SIGN_IN_CLIENT_SECRET, ` +
        'SIGN_IN_PUBLIC_URL, all of them or none',
    )
    t.notMatch(said, 'canary')
    t.match(
      faultOf({ ...PROD, [missing]: SIGN_IN[missing as keyof typeof SIGN_IN] }),
      'all of them or none',
      `${missing} alone`,
    )
  }
})

const WRONG: Readonly<Record<keyof typeof SIGN_IN, readonly string[]>> = {
  SIGN_IN_ISSUER: [
    'cognito',
    'http://id.example.org',
    'https://id.example.org/?pool=1',
    'https://id.example.org/#pool',
    'https://canary@id.example.org',
    'https://:canary@id.example.org',
    ' https://id.example.org',
    'ftp://id.example.org',
  ],
  SIGN_IN_CLIENT_ID: ['with space', 'x'.repeat(201)],
  SIGN_IN_CLIENT_SECRET: ['canary', `canary ${'k'.repeat(32)}`],
  SIGN_IN_PUBLIC_URL: [
    'chatmrpt.example.org',
    'http://chatmrpt.example.org',
    'https://chatmrpt.example.org/',
    'https://chatmrpt.example.org/app',
    'https://canary@chatmrpt.example.org',
    'https://ChatMRPT.example.org',
  ],
}
for (const [name, values] of Object.entries(WRONG)) {
  for (const value of values) {
    t.test(
      'readConfig() refuses ' +
        `${name}=${value.length > 60 ? `${value.slice(0, 20)}… of ${String(value.length)} characters` : JSON.stringify(value)}, and its fault quotes no value`,
      async (t) => {
        const said = faultOf({ ...PROD, ...SIGN_IN, [name]: value })
        t.match(
          said,
          new RegExp(`^Cannot start: ${name} must be [^;]+(; http:// only in the local stage)?$`),
          'one fault, of this variable',
        )
        t.notMatch(said, 'canary')
      },
    )
  }
}

t.test(
  'a service that is told of sign-in says at its start, in one line, with whom; one that is not told says nothing',
  async (t) => {
    const start = async (name: string, more: Environment): Promise<string> => {
      const logFile = join(folder(t), `${name}.log`)
      const service = await startService({
        env: { ...LOCAL, ...more } as Record<string, string>,
        logFile,
        untilReadyz: false,
      })
      await service.process.stop(5_000)
      return readFileSync(logFile, 'utf8')
    }
    const told = await start('told', SIGN_IN)
    const lines = told.split('\n').filter((line) => line.includes('sign in'))
    t.equal(lines.length, 1)
    t.match(JSON.parse(lines[0] ?? '{}'), {
      level: 30,
      issuer: SIGN_IN.SIGN_IN_ISSUER,
      msg: 'People can sign in with this issuer',
    })
    t.notMatch(told, 'canary')
    t.notMatch(await start('untold', {}), /sign in/)
  },
)
