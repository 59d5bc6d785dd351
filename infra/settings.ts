import { readModels, type ModelConfig } from '../service/config/model-config.ts'
import { addressPlan } from './address-plan.ts'
import { destinationOf, type Destination } from './destinations.ts'
import { valueReader } from './value-reader.ts'

/** The three stacks of a large programme, in the order of a deployment, and the one stack of a small programme. */
export const STAGES = ['dev', 'staging', 'prod', 'small'] as const
export type Stage = (typeof STAGES)[number]

/** Everything that distinguishes one stack from another, checked. */
export interface Settings {
  readonly stage: Stage
  readonly region: string
  /** The name people type, and the one origin that may upload. */
  readonly hostName: string
  /** Route 53 zone for the name and the certificate; without it `certificateArn` is used and you set the DNS record. */
  readonly zoneId?: string
  readonly certificateArn?: string
  /**
   * `repository@sha256:...`; absent only where `withoutService` says that a stack has none yet. Everything else is made
   * then.
   */
  readonly image?: string
  readonly cidrBlock: string
  readonly availabilityZones: number
  readonly natGateways: 'Single' | 'OnePerAz'
  /** Of the tasks, and of the image: `infra/platform.sh` builds for the same. */
  readonly architecture: 'X86_64' | 'ARM64'
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
  /** How long a project of a person who signs in is kept after its last use. */
  readonly projectKeepDays: number
  readonly logRetentionDays: number
  /** Who is woken, and who reads in the morning. Nobody is in both: one incident is one message. */
  readonly pageTo: readonly Destination[]
  readonly informTo: readonly Destination[]
  /** Where the runbooks are read, as an address that a telephone opens. */
  readonly runbooks: string
  /** Dollars that language models may cost in a day before somebody is notified. */
  readonly modelUsdPerDay: number
  readonly firewall: boolean
  /** Also false where `takeAway` lifts it, for the one update before `pulumi destroy`. */
  readonly deletionProtection: boolean
  /** For the one update that restores: a snapshot of the session store, or `none` for an empty one. */
  readonly restoreFrom?: string
  /** Whether this stack sets the account-wide guards; false in all but one stack of an account. */
  readonly accountGuards: boolean
  readonly signIn: boolean
  /** Language models of Amazon Bedrock that answer in the chat, the first of them first; none unless set. */
  readonly models: readonly ModelConfig[]
  /**
   * Names of generated secrets, newest first. To rotate, add a new name at the end, then move it to the front; nobody
   * sees or types a value.
   */
  readonly cookieKeys: readonly string[]
  readonly sealKeys: readonly string[]
  readonly projectKeys: readonly string[]
  readonly redisKeys: readonly string[]
}

/** Retention periods CloudWatch Logs knows, from a year up: audit lines are kept at least that long. */
const LOG_RETENTION_DAYS: readonly number[] = [365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653]
/** The form of Bedrock's name for a model, or for a profile that offers it in several regions. */
const BEDROCK_MODEL = /^[a-z0-9-]+(\.[a-z0-9-]+)+(:\d+)?$/
/** One alarm reads three metrics of each node, and CloudWatch takes ten in an alarm. */
const MOST_CACHE_NODES = 3
/** Node types that ElastiCache has for small stores. One that is not here is a mistake or needs a decision. */
export const CACHE_NODE = /^cache\.((t3|t4g)\.(micro|small|medium)|(m6g|m7g|r6g|r7g)\.(large|xlarge|2xlarge))$/

/**
 * Reads a stack's configuration; `get` gives the raw text of a key, lists as JSON. Nothing has been created yet.
 * @throws RangeError that lists every fault, each with the command that corrects it
 */
export function readSettings(
  stack: string,
  region: string | undefined,
  get: (key: string) => string | undefined,
): Settings {
  const { faults, raw, text, optional, whole, flag, list } = valueReader(get)
  const destinations = (key: string): Destination[] =>
    list(
      key,
      (each) => destinationOf(each) !== undefined,
      10,
      'give a JSON list of https:// addresses of an on-call service, telephones as +2348012345678, or mail addresses',
    ).flatMap((each) => destinationOf(each) ?? [])
  const names = (key: string, most: number, wanted: string): string[] =>
    list(key, (each) => /^[a-z0-9]{1,8}$/.test(each), most, wanted)

  if (!(STAGES as readonly string[]).includes(stack))
    faults.push(`the stack is ${JSON.stringify(stack)}: select dev, staging, prod or small`)
  if (region === undefined || !/^[a-z]{2}(-[a-z]+)+-\d$/.test(region))
    faults.push('aws:region is not set: pulumi config set aws:region eu-west-1')
  const zoneId = optional('zoneId', /^Z[A-Z0-9]{5,32}$/, 'give the id of a Route 53 zone')
  const certificateArn = optional(
    'certificateArn',
    /^arn:aws[a-z-]*:acm:[a-z0-9-]+:\d{12}:certificate\/[a-f0-9-]+$/,
    'give the ARN of a certificate in the same region',
  )
  if (raw('zoneId') === undefined && raw('certificateArn') === undefined)
    faults.push(
      'neither chatmrpt:zoneId nor chatmrpt:certificateArn is set: HTTPS needs one (pulumi config set zoneId Z...)',
    )
  const image = optional(
    'image',
    /^[a-z0-9][a-z0-9./_-]*@sha256:[a-f0-9]{64}$/,
    'give repository@sha256:digest; a tag can change under a running service',
  )
  // Without this a hurried update from a fresh checkout would plan to remove the running service.
  if (image === undefined && raw('image') === undefined && raw('withoutService') !== 'true') {
    faults.push(
      `chatmrpt:image is not set: infra/keep-image.sh ${stack} keeps the one that runs; ` +
        'for the first update of a stack, pulumi config set withoutService true',
    )
  }
  const [isProtected, isGoing] = [flag('deletionProtection'), flag('takeAway', false)]
  const restoreFrom = optional(
    'restoreFrom',
    /^[a-z][a-z0-9:.-]{0,254}$/i,
    'give the name of a snapshot of the session store, or none for an empty one',
  )
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
    architecture: text('architecture', /^(X86_64|ARM64)$/, 'give X86_64 or ARM64') as Settings['architecture'],
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
    projectKeepDays: whole('projectKeepDays', 1, 3_650, 180),
    logRetentionDays: whole('logRetentionDays', 365, 3_653),
    pageTo: destinations('pageTo'),
    informTo: destinations('informTo'),
    runbooks: text(
      'runbooks',
      /^https:\/\/[\w.-]+\/[\w./-]*[\w-]$/,
      'give the address of the runbooks, as https://github.com/<owner>/<name>/blob/main/docs/runbooks',
    ),
    modelUsdPerDay: whole('modelUsdPerDay', 1, 10_000, 10),
    firewall: flag('firewall'),
    deletionProtection: isProtected && !isGoing,
    ...(restoreFrom !== undefined && { restoreFrom }),
    accountGuards: flag('accountGuards'),
    signIn: flag('signIn'),
    models: modelsOf(raw('models'), stack, faults),
    cookieKeys: names('cookieKeys', 3, 'give one to three names, newest first, as ["c2", "c1"]'),
    sealKeys: names('sealKeys', 3, 'give one to three names, newest first, as ["s2", "s1"]'),
    projectKeys: names('projectKeys', 5, 'give one to five names, newest first, as ["p2", "p1"]'),
    redisKeys: names('redisKeys', 2, 'give one or two names, newest first, as ["r2", "r1"]'),
  }
  if (settings.maxTasks < settings.minTasks)
    faults.push(`chatmrpt:maxTasks is ${String(settings.maxTasks)}, fewer than minTasks ${String(settings.minTasks)}`)
  if (!LOG_RETENTION_DAYS.includes(settings.logRetentionDays))
    faults.push(
      `chatmrpt:logRetentionDays is ${String(settings.logRetentionDays)}: give one of ${LOG_RETENTION_DAYS.join(', ')}`,
    )
  if (settings.cidrBlock !== '' && addressPlan(settings.cidrBlock, settings.availabilityZones) === undefined)
    faults.push(`chatmrpt:cidrBlock is ${settings.cidrBlock}: its second number must be 0 to 255`)
  if (settings.stage !== 'dev' && !(settings.firewall && isProtected))
    faults.push(`chatmrpt:firewall and deletionProtection must be true in ${stack}`)
  const both = settings.pageTo.filter(({ endpoint }) => settings.informTo.some((each) => each.endpoint === endpoint))
  for (const { endpoint } of both)
    faults.push(`chatmrpt:pageTo and informTo both name ${endpoint}: it would get several messages for one incident`)
  if (faults.length > 0)
    throw new RangeError(`Cannot use the configuration of stack ${stack}:\n- ${faults.join('\n- ')}`)
  return settings
}

/**
 * The service's own reading, and what the cloud adds: the task's role reaches Bedrock, and no setting holds another
 * provider's key.
 */
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
