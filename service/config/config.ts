import { readFileSync } from 'node:fs'
import { readApiKeys, readModels, type ModelConfig } from './model-config.ts'
import { readSignIn, type SignInConfig } from './sign-in-config.ts'

export type Stage = 'local' | 'dev' | 'staging' | 'prod' | 'small'

/** Everything the service is told from outside, except its secrets. It may be logged. */
export interface Config {
  readonly stage: Stage
  readonly host: string
  readonly port: number
  readonly version: string
  readonly commit: string
  readonly logLevel: string
  /** CIDRs of the load balancer: only these may say what the client's address and protocol are. */
  readonly trustedProxies: readonly string[]
  /** How long a task that is told to end still serves while it is not ready, so that balancers stop sending first. */
  readonly drainSeconds: number
  /** Worker threads for reading files and analysing. A task has half a core, so more of them only take turns. */
  readonly workers: number
  readonly redis: {
    readonly host: string
    readonly port: number
    readonly tls: boolean
    /** PEM of the authority that signed the server's certificate, where the system does not know it. */
    readonly ca?: string
    readonly username: string
    /** Replicas that must confirm a logout before it is answered 204. */
    readonly logoutAcks: number
  }
  readonly objects: {
    readonly bucket: string
    readonly region: string
    /** An S3 endpoint other than AWS, with path-style addresses. */
    readonly endpoint?: string
  }
  readonly session: { readonly idleSeconds: number; readonly absoluteSeconds: number }
  /** How long a project of a person who signs in is kept after its last use. */
  readonly projects: { readonly keepDays: number }
  /** The first one answers in the chat; without any, rules answer. */
  readonly models: readonly ModelConfig[]
  readonly modelDeadlines: { readonly firstMs: number; readonly silenceMs: number; readonly totalMs: number }
  /** Without it nobody signs in, and every session is anonymous. */
  readonly signIn?: SignInConfig
}

export interface SealSecret {
  readonly id: string
  readonly secret: string
}

/** Apart from Config, so that no log line and no error takes them along. The newest secrets come first. */
export interface Secrets {
  readonly redisPassword: string
  readonly cookieSecrets: readonly [string, ...string[]]
  readonly sealSecrets: readonly [SealSecret, ...SealSecret[]]
  /** They mark project files, so that the service knows its own again. */
  readonly projectSecrets: readonly [string, ...string[]]
  /** By the model's name. */
  readonly modelApiKeys: ReadonlyMap<string, string>
  /** Present when `Config.signIn` is. */
  readonly signInClientSecret?: string
}

export type Environment = Readonly<Record<string, string | undefined>>

/**
 * Reads the environment. No other file does. All faults are listed together.
 * @throws RangeError with every variable that is missing or wrong and what it should be, never with a secret's value
 */
export function readConfig(env: Environment): { config: Config; secrets: Secrets } {
  const faults: string[] = []
  const text = (name: string, otherwise?: string): string => {
    const value = env[name] ?? otherwise
    if (value === undefined || value === '') {
      faults.push(`${name} is not set`)
      return ''
    }
    return value
  }
  const integer = (name: string, least: number, most: number, otherwise?: number): number => {
    const value = env[name] ?? (otherwise === undefined ? '' : String(otherwise))
    if (!/^\d{1,9}$/.test(value) || Number(value) < least || Number(value) > most) {
      faults.push(`${name} is ${JSON.stringify(value)}: give a whole number from ${String(least)} to ${String(most)}`)
      return least
    }
    return Number(value)
  }
  const list = (name: string): string[] =>
    text(name)
      .split(',')
      .map((part) => part.trim())
      .filter((part) => part !== '')

  const stage = text('STAGE')
  if (!['local', 'dev', 'staging', 'prod', 'small'].includes(stage))
    faults.push('STAGE must be local, dev, staging, prod or small')
  const redis = readRedisUrl(text('REDIS_URL'), stage, faults)
  const caFile = env['REDIS_CA_FILE']
  const ca = caFile === undefined || caFile === '' ? undefined : readCa(caFile, faults)
  const endpoint = env['S3_ENDPOINT'] === '' ? undefined : env['S3_ENDPOINT']
  if (endpoint !== undefined && !URL.canParse(endpoint)) faults.push('S3_ENDPOINT is not a URL')

  const secretsIn = (name: string): string[] => {
    const secrets = list(name)
    if (secrets.some((secret) => secret.length < 32)) faults.push(`${name} has a secret shorter than 32 characters`)
    return secrets
  }
  const cookieSecrets = secretsIn('COOKIE_SECRETS')
  const projectSecrets = secretsIn('PROJECT_SECRETS')
  const sealSecrets = list('SEAL_SECRETS').map((pair) => {
    const [, id = '', secret = ''] = /^([a-z0-9]{1,8}):(.{32,})$/.exec(pair) ?? []
    if (id === '')
      faults.push(
        'SEAL_SECRETS must be a list of id:secret, the id 1 to 8 of a-z 0-9, the secret 32 characters or more',
      )
    return { id, secret }
  })
  if (new Set(sealSecrets.map(({ id }) => id)).size < sealSecrets.length) faults.push('SEAL_SECRETS uses an id twice')

  const models = readModels(env['MODELS'] ?? '', stage, faults)
  const modelApiKeys = readApiKeys(env['MODEL_API_KEYS'] ?? '', models, faults)
  const signIn = readSignIn(env, stage, faults)

  const config: Config = {
    stage: stage as Stage,
    host: text('HOST', stage === 'local' ? '127.0.0.1' : '0.0.0.0'),
    port: integer('PORT', 0, 65535, 8080),
    version: text('VERSION', '0.0.0'),
    commit: text('COMMIT', 'unknown'),
    logLevel: text('LOG_LEVEL', 'info'),
    trustedProxies:
      env['TRUSTED_PROXIES'] === undefined || env['TRUSTED_PROXIES'] === '' ? [] : list('TRUSTED_PROXIES'),
    drainSeconds: integer('DRAIN_SECONDS', 0, 60, stage === 'local' ? 0 : 5),
    workers: integer('WORKERS', 1, 16, 1),
    redis: {
      ...redis,
      ...(ca !== undefined && { ca }),
      username: text('REDIS_USERNAME', stage === 'local' ? 'default' : undefined),
      logoutAcks: integer('REDIS_LOGOUT_ACKS', 0, 5, 0),
    },
    objects: { bucket: text('S3_BUCKET'), region: text('AWS_REGION'), ...(endpoint !== undefined && { endpoint }) },
    session: {
      idleSeconds: integer('SESSION_IDLE_SECONDS', 1, 86_400, 1_800),
      absoluteSeconds: integer('SESSION_ABSOLUTE_SECONDS', 1, 604_800, 43_200),
    },
    projects: { keepDays: integer('PROJECT_KEEP_DAYS', 1, 3_650, 180) },
    models,
    modelDeadlines: {
      firstMs: 1000 * integer('MODEL_FIRST_EVENT_SECONDS', 1, 60, 10),
      silenceMs: 1000 * integer('MODEL_SILENCE_SECONDS', 1, 60, 10),
      totalMs: 1000 * integer('MODEL_TOTAL_SECONDS', 1, 300, 45),
    },
    ...(signIn !== undefined && { signIn: signIn.signIn }),
  }
  const redisPassword = stage === 'local' ? (env['REDIS_PASSWORD'] ?? '') : text('REDIS_PASSWORD')
  const secrets = {
    redisPassword,
    cookieSecrets,
    sealSecrets,
    projectSecrets,
    modelApiKeys,
    ...(signIn !== undefined && { signInClientSecret: signIn.clientSecret }),
  } as unknown as Secrets
  if (faults.length > 0) throw new RangeError(`Cannot start: ${[...new Set(faults)].join('; ')}`)
  return { config, secrets }
}

function readRedisUrl(url: string, stage: string, faults: string[]): { host: string; port: number; tls: boolean } {
  const parsed = /^(rediss?):\/\/([^/:@]+):(\d{1,5})\/?$/.exec(url)
  if (parsed === null) {
    if (url !== '')
      faults.push(
        'REDIS_URL must be redis://host:port or rediss://host:port, the user and password in their own variables',
      )
    return { host: '', port: 0, tls: true }
  }
  const [, scheme = '', host = '', port = ''] = parsed
  if (scheme === 'redis' && stage !== 'local') faults.push('REDIS_URL must be rediss:// (TLS) outside the local stage')
  return { host, port: Number(port), tls: scheme === 'rediss' }
}

function readCa(path: string, faults: string[]): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    faults.push('REDIS_CA_FILE cannot be read')
    return undefined
  }
}
