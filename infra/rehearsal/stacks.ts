import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { STAGES, type Stage } from '../settings.ts'
import { bootstrapRecords } from './bootstrap.ts'
import { rehearse, type Rehearsed } from './engine.ts'
import { ACCOUNT_ID, symbolicCloud, type Cloud } from './symbolic-cloud.ts'

export const ROOT = join(import.meta.dirname, '..', '..')
export { STAGES }

/** What a stack's file leaves out because only an account knows it. */
export function accountConfig(stage: Stage): Record<string, string> {
  return {
    'chatmrpt:hostName': `${stage}.chatmrpt.example.org`,
    'chatmrpt:zoneId': 'Z0123456789ABCDEFGHIJ',
    'chatmrpt:pageTo': JSON.stringify(['https://events.example.org/integration/0a1b', '+2348012345678']),
    'chatmrpt:informTo': JSON.stringify(['team@example.org']),
    'chatmrpt:runbooks': 'https://github.com/example/chatmrpt/blob/main/docs/runbooks',
    'chatmrpt:image': `${ACCOUNT_ID}.dkr.ecr.eu-west-1.amazonaws.com/chatmrpt-${stage}@sha256:${'0a'.repeat(32)}`,
  }
}

/** A stack's committed configuration as Pulumi passes it to the program: everything that is not a string, as JSON. */
export function stackConfig(stage: Stage, root = ROOT): Record<string, string> {
  const file = join(root, `Pulumi.${stage}.yaml`)
  if (!existsSync(file)) return {}
  const { config } = parse(readFileSync(file, 'utf8')) as {
    config: Record<string, unknown>
  }
  return Object.fromEntries(
    Object.entries(config).map(([key, value]) => [key, typeof value === 'string' ? value : JSON.stringify(value)]),
  )
}

/**
 * Rehearses one stack with its own file; `changes` sets values or, where undefined, removes them; `cloud` answers in
 * place of the symbolic one.
 */
export async function rehearseStack(
  stage: Stage,
  options: {
    preview?: boolean
    changes?: Readonly<Record<string, string | undefined>>
    stack?: string
    cloud?: Cloud
    /** Another checkout than this one. */
    root?: string
  } = {},
): Promise<Rehearsed> {
  const { root = ROOT } = options
  const { name, main } = parse(readFileSync(join(root, 'Pulumi.yaml'), 'utf8')) as { name: string; main: string }
  const merged = { ...stackConfig(stage, root), ...accountConfig(stage), ...options.changes }
  const config = Object.fromEntries(
    Object.entries(merged).filter((entry): entry is [string, string] => entry[1] !== undefined),
  )
  const rehearsed = await rehearse({
    root,
    main,
    project: name,
    stack: options.stack ?? stage,
    config,
    preview: options.preview ?? false,
    cloud: options.cloud ?? symbolicCloud(),
  })
  // What the account has before the stack: the rights of its roles are checked together with the stack's.
  const before = rehearsed.code === 0 ? bootstrapRecords(stage, config['aws:region'] ?? '') : []
  return { ...rehearsed, records: [...rehearsed.records, ...before] }
}
