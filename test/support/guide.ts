import { spawnSync, type SpawnSyncReturns } from 'node:child_process'
import { globSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import type { Test } from 'tap'
import { ROOT } from '../../infra/rehearsal/stacks.ts'
import { fakeCloud, type FakeCloud } from './fake-cloud-tools.ts'
import { folder } from './parts.ts'

/** The pages that somebody types from: the guide and the runbooks, each by its path from the root. */
export const PAGES: readonly (readonly [file: string, text: string])[] = [
  'docs/operations.md',
  ...globSync('docs/runbooks/*.md', { cwd: ROOT }),
].map((file) => [file, readFileSync(join(ROOT, file), 'utf8')])

/** The text of one page. */
export function page(file: string): string {
  return PAGES.find(([each]) => each === file)?.[1] ?? ''
}

/** The shell blocks of a text, in order. */
export function blocks(text: string): string[] {
  return [...text.matchAll(/^ *```sh\n([\s\S]*?)^ *```$/gm)].map(([, block = '']) => block)
}

/** The shell blocks of one section of a page. */
export function section(text: string, title: string): string[] {
  const [, part = ''] = new RegExp(`\\n## ${title}\\n([\\s\\S]*?)(?=\\n## |$)`).exec(text) ?? []
  return blocks(part)
}

/** What somebody types in place of a page's placeholders. */
export function filled(block: string, values: Readonly<Record<string, string>> = {}): string {
  const known: Readonly<Record<string, string>> = {
    'owner>/<name': 'example/chatmrpt',
    zoneId: 'Z0123456789ABCDEFGHIJ',
    'zone name': 'example.org',
    ...values,
  }
  return Object.entries(known).reduce((text, [name, value]) => text.replaceAll(`<${name}>`, value), block)
}

export interface Machine {
  readonly home: string
  /** Runs commands in one shell that stops at the first failure. */
  readonly run: (commands: readonly string[]) => SpawnSyncReturns<string>
  readonly cloud: () => FakeCloud
  /** Every command of a tool, in order. */
  readonly said: (tool: string) => string[][]
}

/** A machine of a new engineer: the repository's scripts, and tools that only remember. */
export function machine(t: Test): Machine {
  const home = folder(t)
  const tools = join(home, 'bin')
  const file = join(home, 'cloud.json')
  mkdirSync(tools)
  for (const tool of ['aws', 'curl', 'dig', 'docker', 'gh', 'git', 'pulumi'])
    symlinkSync(join(ROOT, 'test/support/fake-cloud-tools.ts'), join(tools, tool))
  for (const part of ['infra', 'package.json']) symlinkSync(join(ROOT, part), join(home, part))
  const env = {
    PATH: [tools, dirname(process.execPath), '/usr/bin', '/bin'].join(delimiter),
    HOME: home,
    TMPDIR: home,
    FAKE_CLOUD: file,
  }
  return {
    home,
    run: (commands) => spawnSync('sh', ['-eu', '-c', commands.join('\n')], { cwd: home, env, encoding: 'utf8' }),
    cloud: () => fakeCloud(file),
    said: (tool) =>
      readFileSync(`${file}.said`, 'utf8')
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line) as string[])
        .filter(([name]) => name === tool)
        .map(([, ...args]) => args),
  }
}

/** Verbs of the AWS CLI that change something. */
const CHANGES =
  /^(create|delete|put|update|modify|register|deregister|reboot|stop|copy|set|import|deploy|test|start-canary)(-|$)/

/**
 * Every command of the pages that changes something, as `aws ecs update-service`, `pulumi up` or
 * `infra/push-image.sh`.
 */
export function changingSteps(): string[] {
  const found = new Set<string>()
  for (const [, text] of PAGES) {
    const code = [...blocks(text), ...[...text.matchAll(/`([^`\n]+)`/g)].map(([, inline = '']) => inline)].join('\n')
    for (const [, service = '', verb = ''] of code.matchAll(/\baws ([a-z0-9-]+) ([a-z-]+)/g))
      if (CHANGES.test(verb)) found.add(`aws ${service} ${verb}`)
    const pulumi = /\bpulumi (up|destroy|cancel|refresh|login|config (?:set|rm)|state unprotect|stack (?:init|rm))\b/g
    for (const [step] of code.matchAll(pulumi)) found.add(step)
    for (const [script] of code.matchAll(/infra\/(push-image|keep-image|block-address)\.sh/g)) found.add(script)
  }
  return [...found].sort()
}

/** Where each step was tried, from the table in the runbooks' README: `stand-ins`, `nightly` or `an account`. */
export function triedSteps(): Map<string, string> {
  const [, table = ''] =
    /\| tried \| steps \|\n\|---\|---\|\n([\s\S]*?)\n\n/.exec(page('docs/runbooks/README.md')) ?? []
  return new Map(
    table.split('\n').flatMap((line) => {
      const [, where = '', steps = ''] = line.split('|')
      const by = /stand-ins|nightly|an account/.exec(where)?.[0] ?? ''
      return [...steps.matchAll(/`([^`]+)`/g)].map(([, step = '']) => [step, by] as const)
    }),
  )
}
