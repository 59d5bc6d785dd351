import { readFileSync } from 'node:fs'
import type { S3Address } from './prepare-bucket.ts'

/** A Redis server that is run elsewhere. */
export interface GivenRedis {
  readonly host: string
  readonly port: number
  readonly tls: boolean
  readonly url: string
  readonly username: string
  readonly password: string
  readonly caFile: string | undefined
  readonly ca: string | undefined
}

export interface StackOptions {
  readonly port: number
  readonly tasks: number
  /** A second Redis that takes over when the first dies. */
  readonly replica: boolean
  /** A sign-in provider of this machine, with invented people. */
  readonly signIn: boolean
  /** From REDIS_URL. When undefined, one is started. */
  readonly redis: GivenRedis | undefined
  /** From S3_ENDPOINT. When undefined, one is started. */
  readonly s3: S3Address | undefined
}

/** Reads the arguments and the environment of `npm start`. Rejects what it does not know, and says what is allowed. */
export function readStackOptions(args: readonly string[], env: NodeJS.ProcessEnv): StackOptions {
  const options = { ...readArguments(args), port: readPort(env.PORT), redis: readRedis(env), s3: readS3(env) }
  if (options.replica && options.redis !== undefined)
    throw new Error(
      'Cannot start a replica of a Redis that somebody else runs: leave out --replica, or unset REDIS_URL to have ' +
        'both started here',
    )
  if (options.signIn && nonEmpty(env.SIGN_IN_ISSUER) !== undefined)
    throw new Error(
      'Cannot start a sign-in provider beside the one of SIGN_IN_ISSUER: leave out --sign-in, or unset SIGN_IN_ISSUER',
    )
  return options
}

function readArguments(args: readonly string[]): Pick<StackOptions, 'tasks' | 'replica' | 'signIn'> {
  const words = args
    .filter((arg) => arg !== '--replica' && arg !== '--sign-in')
    .flatMap((arg) => (arg.startsWith('--tasks=') ? ['--tasks', arg.slice('--tasks='.length)] : [arg]))
  const flags = { replica: args.includes('--replica'), signIn: args.includes('--sign-in') }
  if (words.length === 0) return { tasks: 1, ...flags }
  const tasks = Number(words[1])
  if (words.length !== 2 || words[0] !== '--tasks' || !Number.isInteger(tasks) || tasks < 1 || tasks > 16) {
    throw new Error(
      `Cannot understand "${args.join(' ')}". Use: npm start -- --tasks N, with N from 1 to 16, and --replica for ` +
        'a second Redis',
    )
  }
  return { tasks, ...flags }
}

function readPort(text: string | undefined): number {
  const port = text === undefined || text === '' ? 8080 : Number(text)
  if (!Number.isInteger(port) || port < 1 || port > 65_535)
    throw new Error(`Cannot use PORT=${String(text)}: a port is a number from 1 to 65535`)
  return port
}

function readRedis(env: NodeJS.ProcessEnv): GivenRedis | undefined {
  if (env.REDIS_URL === undefined || env.REDIS_URL === '') return undefined
  const url = URL.parse(env.REDIS_URL)
  if (url === null || !['redis:', 'rediss:'].includes(url.protocol) || url.hostname === '') {
    throw new Error('Cannot use REDIS_URL: it is not of the form redis://HOST:PORT or rediss://HOST:PORT')
  }
  const username = nonEmpty(env.REDIS_USERNAME) ?? nonEmpty(decodeURIComponent(url.username)) ?? 'default'
  const password = nonEmpty(env.REDIS_PASSWORD) ?? nonEmpty(decodeURIComponent(url.password))
  if (password === undefined)
    throw new Error(
      'Cannot use REDIS_URL without a password, because sessions must not lie in a Redis that is open to all: set ' +
        'REDIS_PASSWORD, and REDIS_USERNAME unless it is the default user',
    )
  const port = url.port === '' ? 6379 : Number(url.port)
  const caFile = nonEmpty(env.REDIS_CA_FILE)
  return {
    host: url.hostname,
    port,
    tls: url.protocol === 'rediss:',
    url: `${url.protocol}//${url.hostname}:${String(port)}`,
    username,
    password,
    caFile,
    ca: caFile === undefined ? undefined : readFileSync(caFile, 'utf8'),
  }
}

function readS3(env: NodeJS.ProcessEnv): S3Address | undefined {
  if (env.S3_ENDPOINT === undefined || env.S3_ENDPOINT === '') return undefined
  if (!/^https?:\/\//.test(env.S3_ENDPOINT) || URL.parse(env.S3_ENDPOINT) === null)
    throw new Error('Cannot use S3_ENDPOINT: it is not of the form http://HOST:PORT or https://HOST')
  const accessKeyId = nonEmpty(env.AWS_ACCESS_KEY_ID)
  const secretAccessKey = nonEmpty(env.AWS_SECRET_ACCESS_KEY)
  if (accessKeyId === undefined || secretAccessKey === undefined) {
    throw new Error('Cannot use S3_ENDPOINT without credentials: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, too')
  }
  return {
    endpoint: env.S3_ENDPOINT.replace(/\/$/, ''),
    region: nonEmpty(env.AWS_REGION) ?? 'us-east-1',
    bucket: nonEmpty(env.S3_BUCKET) ?? 'chatmrpt',
    accessKeyId,
    secretAccessKey,
  }
}

function nonEmpty(text: string | undefined): string | undefined {
  return text === undefined || text === '' ? undefined : text
}
