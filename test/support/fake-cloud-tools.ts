#!/usr/bin/env node
import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { basename } from 'node:path'

/**
 * Stands in for the tools of the operations guide, linked under each of their names. Remembers in the file
 * `FAKE_CLOUD`, and
 * answers as the real ones would, as far as the guide and its scripts listen. Each command is a line of
 * `FAKE_CLOUD.said`.
 */
export interface FakeCloud {
  readonly backend?: string
  readonly stack?: string
  readonly secretsProvider?: string
  readonly config: Readonly<Record<string, string>>
  /** Urns of what the state protects, and the address of the stack's session store. */
  readonly unprotected?: readonly string[]
  readonly isLocked?: boolean
  readonly isDestroyed?: boolean
  /** The configuration as it stood at each update, and each time its file was committed. */
  readonly updates: readonly Readonly<Record<string, string>>[]
  readonly commits: readonly Readonly<Record<string, string>>[]
  /** Digests by tag. */
  readonly pushed: Readonly<Record<string, string>>
}

/** What a command answers, and what it changes. */
interface Told {
  readonly answer?: string
  readonly change?: Partial<FakeCloud>
}

export const COMMIT = 'c0ffee'.repeat(6) + 'c0ff'
export const DIGEST = `sha256:${'0d'.repeat(32)}`
export const REPOSITORY = '123456789012.dkr.ecr.eu-west-1.amazonaws.com/chatmrpt-dev'

/** Where the state of dev has its session store. */
export const STORE_URN =
  'urn:pulumi:dev::chatmrpt::chatmrpt:infra:SessionsRedis$aws:elasticache/replicationGroup:ReplicationGroup::chatmrpt-dev'
/** Commands of one word. */
const ALONE: ReadonlySet<string> = new Set(['up', 'cancel', 'refresh', 'preview', 'destroy'])

class Refusal extends Error {}

function refuse(why: string): never {
  throw new Refusal(why)
}

function pulumi(cloud: FakeCloud, [verb = '', ...rest]: readonly string[]): Told {
  if (verb === 'login')
    return /^s3:\/\/\S+$/.test(rest[0] ?? '')
      ? { change: { backend: rest[0] ?? '' } }
      : refuse(`no backend: ${String(rest[0])}`)
  if (cloud.backend === undefined) refuse('error: not signed in: pulumi login')
  const option = (name: string): string | undefined =>
    rest.includes(name) ? (rest[rest.indexOf(name) + 1] ?? '') : undefined
  const words = rest.filter(
    (each, at) =>
      !each.startsWith('--') && !['--stack', '--secrets-provider', '--replace'].includes(rest[at - 1] ?? ''),
  )
  const command = ALONE.has(verb) || words.length === 0 ? verb : `${verb} ${words.shift() ?? ''}`
  const [first = '', second = '', ...more] = words
  if (more.length > 0) refuse(`error: too many words: ${words.join(' ')}`)
  if (command === 'stack init') {
    const provider = option('--secrets-provider') ?? ''
    return cloud.stack === undefined && /^awskms:\/\/\S+$/.test(provider)
      ? { change: { stack: first, secretsProvider: provider } }
      : refuse(`error: stack '${first}' already exists, or cannot have this secrets provider: ${provider}`)
  }
  const meant = command === 'stack rm' ? first : option('--stack')
  if (cloud.stack === undefined || meant !== cloud.stack) refuse(`error: no stack named '${String(meant)}' found`)
  const key = first.includes(':') ? first : `chatmrpt:${first}`
  const last = cloud.updates.at(-1)
  const outputs: Readonly<Record<string, string>> =
    last === undefined
      ? {}
      : {
          repository: REPOSITORY,
          image: last['chatmrpt:image'] ?? '',
          url: `https://${String(last['chatmrpt:hostName'])}`,
        }
  switch (command) {
    case 'config set':
      return { change: { config: { ...cloud.config, [key]: second } } }
    case 'config rm':
      return { change: { config: Object.fromEntries(Object.entries(cloud.config).filter(([each]) => each !== key)) } }
    case 'config get':
      return { answer: cloud.config[key] ?? refuse(`error: configuration key '${first}' not found`) }
    case 'stack output':
      return {
        answer: rest.includes('--json')
          ? JSON.stringify(outputs)
          : (outputs[first] ?? refuse(`error: current stack does not have output property '${first}'`)),
      }
    case 'up':
      if (cloud.isLocked === true) refuse('error: the stack is currently locked by 1 lock(s)')
      return { change: { updates: [...cloud.updates, cloud.config] } }
    case 'cancel':
      return { change: { isLocked: false } }
    case 'refresh':
      return cloud.isLocked === true ? refuse('error: the stack is currently locked by 1 lock(s)') : {}
    case 'preview':
      return {}
    case 'stack':
      return { answer: `    URN: ${STORE_URN}` }
    case 'state unprotect':
      return first === STORE_URN
        ? { change: { unprotected: [...(cloud.unprotected ?? []), first] } }
        : refuse(`error: No such resource ${first}`)
    case 'destroy':
      return last?.['chatmrpt:takeAway'] === 'true'
        ? { change: { isDestroyed: true } }
        : refuse('error: resource is protected: remove the `protect` flag and run `pulumi up`')
    case 'stack rm':
      return cloud.isDestroyed === true ? {} : refuse('error: the stack still has resources')
    default:
      return refuse(`error: unknown command: pulumi ${command}`)
  }
}

function aws(cloud: FakeCloud, args: readonly string[]): Told {
  switch (args.slice(0, 2).join(' ')) {
    case 'iam create-service-linked-role':
      return refuse('InvalidInput: Service role name has been taken in this account')
    case 'ecr get-login-password':
      return { answer: 'password' }
    case 'ecr describe-images':
      return {
        answer:
          cloud.pushed[(args[args.indexOf('--image-ids') + 1] ?? '').replace('imageTag=', '')] ??
          refuse('ImageNotFoundException'),
      }
    case 'cloudformation describe-stacks': {
      const key = /OutputKey=='(\w+)'/.exec(args[args.indexOf('--query') + 1] ?? '')?.[1] ?? ''
      const outputs = readFileSync('infra/bootstrap.yaml', 'utf8').split('\nOutputs:\n')[1] ?? ''
      return {
        answer:
          new RegExp(`^  ${key}:\\n(?:    .*\\n)*?    Value: (?:!\\w+ )?'?([^'\\n]+)`, 'm').exec(outputs)?.[1] ?? '',
      }
    }
    default:
      return {}
  }
}

function docker(cloud: FakeCloud, args: readonly string[]): Told {
  if (args[0] === 'login') return readFileSync(0, 'utf8') === 'password\n' ? {} : refuse('no password')
  if (args[1] === 'inspect') refuse('no builder "chatmrpt" found')
  if (args[1] !== 'build') return {}
  const after = (name: string): string => args[args.indexOf(name) + 1] ?? ''
  writeFileSync(after('--metadata-file'), JSON.stringify({ 'containerimage.digest': DIGEST }))
  return { change: { pushed: { ...cloud.pushed, [after('--tag').split(':')[1] ?? '']: DIGEST } } }
}

function git(cloud: FakeCloud, args: readonly string[]): Told {
  if (args[0] === 'rev-parse') return { answer: COMMIT }
  return args[0] === 'commit' ? { change: { commits: [...cloud.commits, cloud.config] } } : {}
}

/** Knows the numbers of one repository. */
function gh(_cloud: FakeCloud, args: readonly string[]): Told {
  if (args[0] !== 'api' || args[1] === '--method') return {}
  return args[1] === 'repos/example/chatmrpt'
    ? { answer: 'example@1234/chatmrpt@5678' }
    : refuse('gh: Not Found (HTTP 404)')
}

export function fakeCloud(file: string): FakeCloud {
  return existsSync(file)
    ? (JSON.parse(readFileSync(file, 'utf8')) as FakeCloud)
    : { config: {}, updates: [], commits: [], pushed: {} }
}

function main(tool: string, args: readonly string[], file: string): number {
  appendFileSync(`${file}.said`, `${JSON.stringify([tool, ...args])}\n`)
  const cloud = fakeCloud(file)
  const tools: Readonly<Record<string, (cloud: FakeCloud, args: readonly string[]) => Told>> = {
    pulumi,
    aws,
    docker,
    git,
    gh,
  }
  try {
    const { answer, change } = tools[tool]?.(cloud, args) ?? {}
    // Two commands of a pipe run at once, and at most one of them changes anything.
    if (change !== undefined) writeFileSync(file, JSON.stringify({ ...cloud, ...change }))
    if (answer !== undefined) appendFileSync(1, `${answer}\n`)
    return 0
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    appendFileSync(2, `${error.message}\n`)
    return 1
  }
}

const file = process.env['FAKE_CLOUD']
if (import.meta.main && file !== undefined)
  process.exitCode = main(basename(process.argv[1] ?? ''), process.argv.slice(2), file)
