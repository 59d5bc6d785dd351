import { readModels, type ModelConfig } from '../service/config/model-config.ts'
import { addressPlan } from './address-plan.ts'

export type Stage = 'dev' | 'staging' | 'prod'

/** All that distinguishes one stack from another, checked. */
export interface Settings {
  readonly stage: Stage
  readonly region: string
  /** The name people type, and the one origin that may upload. */
  readonly hostName: string
  /** Route 53 zone for the name and the certificate; without it `certificateArn` is used and DNS is yours to point. */
  readonly zoneId?: string
  readonly certificateArn?: string
  /** `repository@sha256:...`; absent only where `withoutService` says that a stack has none yet: everything else is made then. */
  readonly image?: string
  readonly cidrBlock: string
  readonly availabilityZones: number
  readonly natGateways: 'Single' | 'OnePerAz'
  readonly cacheNodeType: string
  readonly cacheNodes: number
  readonly snapshotDays: number
  readonly minTasks: number
  readonly maxTasks: number
  readonly cpuTargetPercent: number
  readonly requestsPerTaskPerMinute: number
  readonly sessionIdleSeconds: number
  readonly sessionAbsoluteSeconds: number
  readonly dataRetentionDays: number
  readonly logRetentionDays: number
  readonly alertEmails: readonly string[]
  readonly firewall: boolean
  readonly deletionProtection: boolean
  /** Whether this stack sets the account-wide guards; false in all but one stack of an account. */
  readonly accountGuards: boolean
  readonly signIn: boolean
  /** Language models of Amazon Bedrock that answer in the chat, the first of them first; none unless set. */
  readonly models: readonly ModelConfig[]
  /** Names of generated secrets, newest first. A new name at the end, then in front, rotates; nobody sees or types a value. */
  readonly cookieKeys: readonly string[]
  readonly sealKeys: readonly string[]
  readonly redisKeys: readonly string[]
}

/** Retention periods CloudWatch Logs knows, from a year up: audit lines are kept at least that long. */
const LOG_RETENTION_DAYS: readonly number[] = [365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653]
/** What Bedrock calls a model, or a profile that lends it in several regions. */
const BEDROCK_MODEL = /^[a-z0-9-]+(\.[a-z0-9-]+)+(:\d+)?$/
/** One alarm reads three metrics of each node, and CloudWatch takes ten in an alarm. */
const MOST_CACHE_NODES = 3
/** Node types ElastiCache has for small stores; one that is not here is a slip of the pen or a decision to write down. */
export const CACHE_NODE = /^cache\.((t3|t4g)\.(micro|small|medium)|(m6g|m7g|r6g|r7g)\.(large|xlarge|2xlarge))$/

/**
 * Reads a stack's configuration; `get` gives the raw text of a key, lists as JSON. Nothing has been created yet.
 * @throws RangeError that lists every fault, each with the command that mends it.
 */
export function readSettings(
  stack: string,
  region: string | undefined,
  get: (key: string) => string | undefined,
): Settings {
  const faults: string[] = []
  const fault = (key: string, found: string | undefined, wanted: string): void => {
    faults.push(
      `chatmrpt:${key} is ${found === undefined ? 'not set' : JSON.stringify(found)}: ${wanted} (pulumi config set ${key} ...)`,
    )
  }
  const text = (key: string, pattern: RegExp, wanted: string, otherwise?: string): string => {
    const value = get(key) ?? otherwise
    if (value !== undefined && pattern.test(value)) return value
    fault(key, value, wanted)
    return ''
  }
  const optional = (key: string, pattern: RegExp, wanted: string): string | undefined =>
    get(key) === undefined ? undefined : text(key, pattern, wanted)
  const whole = (key: string, least: number, most: number, otherwise?: number): number => {
    const value = get(key) ?? (otherwise === undefined ? undefined : String(otherwise))
    if (value !== undefined && /^\d{1,9}$/.test(value) && Number(value) >= least && Number(value) <= most)
      return Number(value)
    fault(key, value, `give a whole number from ${String(least)} to ${String(most)}`)
    return least
  }
  const flag = (key: string): boolean => text(key, /^(true|false)$/, 'give true or false') === 'true'
  const list = (key: string, pattern: RegExp, most: number, wanted: string): string[] => {
    const value = get(key)
    const parts = parseList(value)
    const good =
      parts !== undefined &&
      parts.length > 0 &&
      parts.length <= most &&
      parts.every((part) => pattern.test(part)) &&
      new Set(parts).size === parts.length
    if (good) return parts
    fault(key, value, wanted)
    return []
  }

  if (!['dev', 'staging', 'prod'].includes(stack))
    faults.push(`the stack is ${JSON.stringify(stack)}: select dev, staging or prod`)
  if (region === undefined || !/^[a-z]{2}(-[a-z]+)+-\d$/.test(region))
    faults.push('aws:region is not set: pulumi config set aws:region eu-west-1')
  const zoneId = optional('zoneId', /^Z[A-Z0-9]{5,32}$/, 'give the id of a Route 53 zone')
  const certificateArn = optional(
    'certificateArn',
    /^arn:aws[a-z-]*:acm:[a-z0-9-]+:\d{12}:certificate\/[a-f0-9-]+$/,
    'give the ARN of a certificate in the same region',
  )
  if (get('zoneId') === undefined && get('certificateArn') === undefined)
    faults.push(
      'neither chatmrpt:zoneId nor chatmrpt:certificateArn is set: HTTPS needs one (pulumi config set zoneId Z...)',
    )
  const image = optional(
    'image',
    /^[a-z0-9][a-z0-9./_-]*@sha256:[a-f0-9]{64}$/,
    'give repository@sha256:digest; a tag can change under a running service',
  )
  // Without this a hurried update from a fresh checkout would plan to take the running service away.
  if (image === undefined && get('image') === undefined && get('withoutService') !== 'true') {
    faults.push(
      `chatmrpt:image is not set: infra/keep-image.sh ${stack} keeps the one that runs; for the first update of a stack, pulumi config set withoutService true`,
    )
  }
  const settings: Settings = {
    stage: stack as Stage,
    region: region ?? '',
    hostName: text(
      'hostName',
      /^(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,}$/,
      'give the host name people will use, in lower case',
    ),
    ...(zoneId !== undefined && { zoneId }),
    ...(certificateArn !== undefined && { certificateArn }),
    ...(image !== undefined && { image }),
    cidrBlock: text('cidrBlock', /^10\.\d{1,3}\.0\.0\/16$/, 'give a /16 in 10.0.0.0/8, as 10.20.0.0/16'),
    availabilityZones: whole('availabilityZones', 2, 3),
    natGateways: text('natGateways', /^(Single|OnePerAz)$/, 'give Single or OnePerAz') as Settings['natGateways'],
    cacheNodeType: text('cacheNodeType', CACHE_NODE, 'give a node type as cache.t3.micro'),
    cacheNodes: whole('cacheNodes', 2, MOST_CACHE_NODES),
    snapshotDays: whole('snapshotDays', 1, 35),
    minTasks: whole('minTasks', 2, 100),
    maxTasks: whole('maxTasks', 2, 100),
    cpuTargetPercent: whole('cpuTargetPercent', 20, 90, 70),
    requestsPerTaskPerMinute: whole('requestsPerTaskPerMinute', 60, 100_000, 3_000),
    sessionIdleSeconds: whole('sessionIdleSeconds', 300, 3_600, 1_800),
    sessionAbsoluteSeconds: whole('sessionAbsoluteSeconds', 3_600, 86_400, 43_200),
    dataRetentionDays: whole('dataRetentionDays', 2, 365),
    logRetentionDays: whole('logRetentionDays', 365, 3_653),
    alertEmails: list(
      'alertEmails',
      /^[^@\s,]+@[^@\s,]+\.[a-z]{2,}$/i,
      10,
      'give a JSON list of addresses that are read day and night',
    ),
    firewall: flag('firewall'),
    deletionProtection: flag('deletionProtection'),
    accountGuards: flag('accountGuards'),
    signIn: flag('signIn'),
    models: modelsOf(get('models'), stack, faults),
    cookieKeys: list('cookieKeys', /^[a-z0-9]{1,8}$/, 3, 'give one to three names, newest first, as ["c2", "c1"]'),
    sealKeys: list('sealKeys', /^[a-z0-9]{1,8}$/, 3, 'give one to three names, newest first, as ["s2", "s1"]'),
    redisKeys: list('redisKeys', /^[a-z0-9]{1,8}$/, 2, 'give one or two names, newest first, as ["r2", "r1"]'),
  }
  if (settings.maxTasks < settings.minTasks)
    faults.push(`chatmrpt:maxTasks is ${String(settings.maxTasks)}, fewer than minTasks ${String(settings.minTasks)}`)
  if (!LOG_RETENTION_DAYS.includes(settings.logRetentionDays))
    faults.push(
      `chatmrpt:logRetentionDays is ${String(settings.logRetentionDays)}: give one of ${LOG_RETENTION_DAYS.join(', ')}`,
    )
  if (settings.cidrBlock !== '' && addressPlan(settings.cidrBlock, settings.availabilityZones) === undefined)
    faults.push(`chatmrpt:cidrBlock is ${settings.cidrBlock}: its second number must be 0 to 255`)
  if (settings.stage !== 'dev' && !(settings.firewall && settings.deletionProtection))
    faults.push(`chatmrpt:firewall and deletionProtection must be true in ${stack}`)
  if (faults.length > 0)
    throw new RangeError(`Cannot use the configuration of stack ${stack}:\n- ${faults.join('\n- ')}`)
  return settings
}

/** The service's own reading, and what the cloud adds: the task's role reaches Bedrock, and no setting carries another provider's key. */
function modelsOf(text: string | undefined, stack: string, faults: string[]): ModelConfig[] {
  const found: string[] = []
  const models = readModels(text ?? '', stack, found)
  for (const { name, provider, modelId, baseUrl } of found.length > 0 ? [] : models) {
    if (provider !== 'bedrock' || baseUrl !== undefined || !BEDROCK_MODEL.test(modelId))
      found.push(`${name} must be a model of Amazon Bedrock by its id, without a baseUrl`)
  }
  faults.push(...found.map((fault) => `chatmrpt:models: ${fault} (pulumi config set models '[...]')`))
  return models
}

function parseList(text: string | undefined): string[] | undefined {
  try {
    const value: unknown = JSON.parse(text ?? '')
    return Array.isArray(value) && value.every((part) => typeof part === 'string') ? value : undefined
  } catch {
    return undefined
  }
}
