import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { dashboardBody } from '../../infra/dashboard.ts'
import { alarmSpecs } from '../../infra/alarms.ts'
import { containerDefinition, serviceEnvironment } from '../../infra/container.ts'
import { SERVICE_PORT } from '../../infra/ports.ts'
import { servicePrefixes, SESSIONS_PREFIX } from '../../infra/prefixes.ts'
import { DIST } from '../../build/dist-folders.ts'
import { accountConfig, ROOT, stackConfig } from '../../infra/rehearsal/stacks.ts'
import { readSettings } from '../../infra/settings.ts'
import { taskPolicy } from '../../infra/task-policies.ts'
import { readConfig } from '../../service/config/config.ts'
import { METRICS } from '../../service/metrics/metric-names.ts'

/** Variables that a task is not given, each with the reason. */
const LEFT_ALONE: Readonly<Record<string, string>> = {
  S3_ENDPOINT: "for a store that is not AWS's",
  REDIS_CA_FILE: "for a Redis whose certificate the system's authorities do not vouch for",
  MODEL_API_KEYS: 'for models that ask for a key; the settings take those of Bedrock alone, which asks for a role',
  SIGN_IN_ACR: 'the user pool asks everybody for a second factor, and its tokens name no acr',
  DRAIN_SECONDS: 'the time that the timings of the stack are worked out for is the one it has by itself',
  MODEL_FIRST_EVENT_SECONDS: 'as long as it has by itself',
  MODEL_SILENCE_SECONDS: 'as long as it has by itself',
  MODEL_TOTAL_SECONDS: 'as long as it has by itself; less than the longest request of infra/timings.ts',
}
/** Metrics that are drawn and have no alarm, each with the reason. */
const DRAWN_ONLY: Readonly<Record<string, string>> = {
  RedisLatency: 'what is slow shows in the answers: slow-answers',
  S3Access: 'of good and bad outcomes; the bad ones are S3AccessErrors',
  Requests: 'failures are counted at the balancer, which also counts what no task answered: server-errors',
  RequestDuration: 'the balancer measures what people wait for: slow-answers',
  ChatTurns: 'rules answer where a model does not: nobody is left without an answer',
  ModelCalls: 'as ChatTurns',
  ModelTokens: 'what they cost is ModelCostUsd',
  ProjectsOpened: 'a file that is unverified or refused is told to the person who opened it; nothing of it is believed',
  RateLimitRefusals: 'a flood of one caller or network is answered 429 and takes nobody else their place',
  AuditEvents: 'a record for those who look back; what must be looked at now is CrossSessionAccessAttempts',
  SavedProjects:
    'people save, open and delete their own projects; a failure is a request that was refused, which is alarmed',
}

const settings = (() => {
  const config = { ...stackConfig('prod'), ...accountConfig('prod') }
  return readSettings('prod', 'eu-west-1', (key) => config[`chatmrpt:${key}`])
})()

/** Every variable that the service itself reads. */
function variablesRead(): string[] {
  const asked = new Set<string>()
  const env = new Proxy<Record<string, string | undefined>>(
    {},
    {
      get: (_, name) => {
        if (typeof name === 'string') asked.add(name)
        return undefined
      },
    },
  )
  t.throws(() => readConfig(env), RangeError)
  return [...asked].sort()
}

t.test(
  'every variable that the service reads is set by the stack or the image, or left unset for a reason',
  async (t) => {
    const signIn = { issuer: 'i', clientId: 'c', publicUrl: 'u' }
    const places = {
      redisUrl: 'r',
      redisUser: 'u',
      bucket: 'b',
      logGroup: 'g',
      trustedProxies: [],
      secrets: {},
      signIn,
    }
    const models = [{ name: 'm' }] as unknown as typeof settings.models
    const given = serviceEnvironment({ ...settings, models }, places).map(({ name }) => name)
    const source = readFileSync(join(ROOT, 'infra/secrets.ts'), 'utf8')
    const secret = [...source.matchAll(/\b([A-Z]+(?:_[A-Z]+)+): keep\(/g)].map(([, name = '']) => name)
    const image = readFileSync(join(ROOT, 'Dockerfile'), 'utf8')
    const built = [...image.matchAll(/\b([A-Z_]+)=\$/g)].map(([, name = '']) => name)
    const known = [...given, ...secret, ...built, ...Object.keys(LEFT_ALONE)]
    const read = variablesRead()
    t.strictSame(
      read.filter((name) => !known.includes(name)),
      [],
      'none is forgotten',
    )
    t.strictSame(
      [...given, ...secret, ...Object.keys(LEFT_ALONE)].filter((name) => !read.includes(name)),
      [],
      'none is left over',
    )
    const told = readFileSync(join(ROOT, 'docs/running.md'), 'utf8')
    t.strictSame(
      read.filter((name) => !told.includes(`\`${name}\``)),
      [],
      'docs/running.md tells each',
    )
  },
)

t.test('every metric that the service emits has an alarm, or is only drawn for a reason', async (t) => {
  const places = {
    stage: 'prod',
    minTasks: 2,
    maxTasks: 10,
    modelUsdPerDay: 10,
    balancer: 'b',
    targets: 't',
    cluster: 'c',
    serviceName: 's',
    cacheNodes: ['n', 'o'],
    probe: 'p',
  }
  const watched = new Set(
    alarmSpecs(places).flatMap(({ measures }) => Object.values(measures).map(({ metric }) => metric)),
  )
  const names = Object.keys(METRICS)
  t.strictSame(
    names.filter((name) => !watched.has(name) && !(name in DRAWN_ONLY)),
    [],
  )
  t.strictSame(
    Object.keys(DRAWN_ONLY).filter((name) => watched.has(name) || !names.includes(name)),
    [],
  )
  const more = { region: 'r', logGroup: 'l', bucket: 'u', alarmArns: [], runbooks: 'https://example.org' }
  const body = JSON.stringify(dashboardBody({ ...places, ...more }))
  t.strictSame(
    names.filter((name) => !body.includes(name)),
    [],
  )
})

t.test('the service has rights to every part of the bucket that it writes to', async (t) => {
  const files = spawnSync('grep', ['-rhoE', '`[a-z]+/\\$\\{[a-zA-Z.]*Id\\}/', join(ROOT, 'service')], {
    encoding: 'utf8',
  })
  const written = new Set([...files.stdout.matchAll(/`([a-z]+\/)\$/g)].map(([, prefix = '']) => prefix))
  t.ok(written.has(SESSIONS_PREFIX))
  const prefixes = servicePrefixes({ signIn: true })
  const policy = JSON.stringify(
    taskPolicy({
      bucketArn: 'arn:b',
      objectArns: prefixes.map((prefix) => `arn:b/${prefix}*`),
      prefixes,
      keyArn: 'k',
      region: 'r',
      accountId: '1',
      modelIds: [],
    }),
  )
  t.strictSame(
    [...written].filter((prefix) => !policy.includes(`/${prefix}*`)),
    [],
  )
})

t.test(
  'the bill of materials lists every package that npm would install for the service, each by its hash',
  async (t) => {
    t.match(readFileSync(join(ROOT, '.github/workflows/deliver.yml'), 'utf8'), 'node infra/sbom.ts > sbom.cdx.json')
    const made = spawnSync(process.execPath, [join(ROOT, 'infra/sbom.ts')], { encoding: 'utf8', maxBuffer: 64 << 20 })
    t.equal(made.status, 0, made.stderr)
    const { bomFormat, components } = JSON.parse(made.stdout) as {
      readonly bomFormat: string
      readonly components: readonly {
        readonly name: string
        readonly version: string
        readonly hashes: readonly { readonly content: string }[]
      }[]
    }
    t.equal(bomFormat, 'CycloneDX')
    const listed = new Set(components.map(({ name, version }) => `${name}@${version}`))
    // By npm's own walk over the same file, from the folder's dependencies down.
    const walk = spawnSync('npm', ['ls', '--all', '--omit=dev', '--omit=optional', '--package-lock-only', '--json'], {
      cwd: ROOT,
      encoding: 'utf8',
      maxBuffer: 64 << 20,
    })
    interface Tree {
      readonly version?: string
      readonly dependencies?: Readonly<Record<string, Tree>>
    }
    const names = (tree: Tree): string[] =>
      Object.entries(tree.dependencies ?? {}).flatMap(([name, each]) => [
        ...(each.version === undefined ? [] : [`${name}@${each.version}`]),
        ...names(each),
      ])
    const installed = new Set(names(JSON.parse(walk.stdout) as Tree))
    t.ok(installed.size > 50)
    // The bundler's programs for other processors are optional, although npm's walk may list them, and none is in the
    // image.
    t.strictSame(
      [...installed].filter((each) => !listed.has(each) && !each.startsWith('@esbuild/')),
      [],
    )
    t.ok(components.every(({ hashes }) => hashes.length === 1 && /^[0-9a-f]{40,128}$/.test(hashes[0]?.content ?? '')))
    t.notOk(
      [...listed].some((each) => each.startsWith('typescript@')),
      'and nothing of the build',
    )
  },
)

t.test('a task runs what the image was built to run, as the image was built for it', async (t) => {
  const [build = '', , image = ''] = readFileSync(join(ROOT, 'Dockerfile'), 'utf8')
    .replaceAll('\\\n', ' ')
    .split(/^FROM .*$/m)
    .slice(1)
  const said = (stage: string, word: string): string[] =>
    [...stage.matchAll(new RegExp(`^${word} (.*)$`, 'gm'))].map(([, rest = '']) => rest)
  const [folder = ''] = said(image, 'WORKDIR')
  const set = Object.fromEntries(
    said(image, 'ENV').flatMap((line) => line.split(' ').map((each) => each.split('=') as [string, string])),
  )
  // What the build writes is what the image starts, from the folder in which its code was compiled.
  t.strictSame(JSON.parse(said(image, 'CMD')[0] ?? ''), ['node', `${DIST}/main.js`])
  t.strictSame(said(image, 'ENTRYPOINT'), [])
  t.strictSame(said(build, 'WORKDIR'), [folder])
  t.strictSame(said(image, 'COPY'), [`--from=build ${folder}/${DIST} ./${DIST}`])
  t.equal(set['NODE_COMPILE_CACHE'], `${folder}/${DIST}/compile-cache`)
  t.match(said(build, 'RUN').at(-1), `node build/make-compile-cache.ts ${DIST}/compile-cache`)
  const node = [...readFileSync(join(ROOT, 'Dockerfile'), 'utf8').matchAll(/^FROM (node:\S+)/gm)].map(
    ([, name]) => name,
  )
  t.ok(node.length === 2 && node[0] === node[1], 'one Node compiles and runs')

  const places = {
    redisUrl: 'r',
    redisUser: 'u',
    bucket: 'b',
    logGroup: 'g',
    trustedProxies: [],
    secrets: {},
    signIn: { issuer: 'i', clientId: 'c', publicUrl: 'u' },
  }
  const task = containerDefinition(settings, 'image', places) as {
    readonly user: string
    readonly portMappings: readonly { readonly containerPort: number }[]
    readonly environment: readonly { readonly name: string; readonly value: string }[]
  }
  for (const key of ['command', 'entryPoint', 'workingDirectory']) t.notOk(key in task, `${key} is the image's`)
  t.strictSame(said(image, 'USER'), [task.user])
  t.equal(said(build, 'USER').at(-1), task.user, 'a compile cache holds for one user')
  t.strictSame(said(image, 'EXPOSE'), [String(SERVICE_PORT)])
  t.strictSame(
    task.portMappings.map(({ containerPort }) => containerPort),
    [SERVICE_PORT],
  )
  t.strictSame(
    task.environment.filter(({ name, value }) => name in set && set[name] !== value),
    [],
    'the task takes nothing back that the image sets',
  )
})
