import { spawnSync, type SpawnSyncReturns } from 'node:child_process'
import { cpSync, globSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { ROOT, STAGES } from '../../infra/rehearsal/stacks.ts'
import { folder } from '../support/parts.ts'

t.setTimeout(600_000)

/** A checkout beside this one, with texts in its files replaced. */
function checkout(t: Test, edits: readonly (readonly [file: string, from: string, to: string])[]): string {
  const root = folder(t)
  for (const part of ['infra', 'service', 'package.json', ...globSync('Pulumi*.yaml', { cwd: ROOT })])
    cpSync(join(ROOT, part), join(root, part), { recursive: true })
  symlinkSync(join(ROOT, 'node_modules'), join(root, 'node_modules'))
  for (const [file, from, to] of edits) {
    const text = readFileSync(join(root, file), 'utf8')
    if (!text.includes(from)) throw new Error(`Cannot edit ${file}: it does not say ${from}`)
    writeFileSync(join(root, file), text.replace(from, to))
  }
  return root
}

/** The preview of one checkout against the one before, as the workflow runs it, in an environment without any key. */
function preview(after: string, before?: string): SpawnSyncReturns<string> {
  return spawnSync(
    process.execPath,
    [join(after, 'infra/rehearsal/preview.ts'), ...(before === undefined ? [] : [before])],
    { cwd: after, encoding: 'utf8', env: { PATH: process.env['PATH'] ?? '' } },
  )
}

/** What a preview says of one stage. */
function saidOf(stage: string, { stdout }: SpawnSyncReturns<string>): string {
  return stdout.split(/^### /m).find((part) => part.startsWith(`${stage}\n`)) ?? ''
}

t.test('a preview says what each stack would change, what it would replace and what it would delete', async (t) => {
  const before = checkout(t, [
    ['Pulumi.prod.yaml', 'cacheNodeType: cache.t3.micro', 'cacheNodeType: cache.t3.small'],
    ['Pulumi.small.yaml', 'signIn: false', 'signIn: true'],
    ['Pulumi.dev.yaml', 'natGateways: Single', 'natGateways: Several'],
    ['infra/user-data.ts', "name: 'sessions', filter", "name: 'objects', filter"],
  ])
  const said = preview(ROOT, before)
  t.equal(said.status, 0, said.stderr)
  t.strictSame(
    [...said.stdout.matchAll(/^### (\w+)$/gm)].map(([, stage]) => stage),
    [...STAGES],
  )
  for (const stage of ['staging', 'prod', 'small'])
    t.match(saidOf(stage, said), `- **replaced** BucketMetric chatmrpt-${stage}-data \`name\`\n`)
  t.match(saidOf('prod', said), '- update ReplicationGroup chatmrpt-prod `nodeType`\n')
  t.notMatch(saidOf('staging', said), 'nodeType')
  t.match(saidOf('small', said), '- delete UserPool ')
  t.notMatch(saidOf('prod', said), '- delete ')
  // A stack that could not be made before is made whole.
  t.match(saidOf('dev', said), 'The program before does not run with what this one is told: all of it is new.')
  t.match(saidOf('dev', said), '- create ReplicationGroup chatmrpt-dev\n')
})

t.test('a change that breaks one stack is a failure that says why; the others are shown all the same', async (t) => {
  const broken = checkout(t, [['Pulumi.prod.yaml', 'maxTasks: 10', 'maxTasks: 1']])
  const said = preview(broken, ROOT)
  t.equal(said.status, 1, said.stderr)
  t.match(saidOf('prod', said), /The program fails:\n\n- .*maxTasks/s)
  for (const stage of ['dev', 'staging', 'small']) t.match(saidOf(stage, said), 'No changes.')
})

t.test('a preview that is told nothing to compare with says so', async (t) => {
  const said = preview(ROOT)
  t.equal(said.status, 1)
  t.match(said.stderr, 'Cannot compare: give the folder of the checkout before')
})
