import { spawnSync } from 'node:child_process'
import { globSync, readFileSync, statSync } from 'node:fs'
import { registerHooks } from 'node:module'
import { join } from 'node:path'
import t from 'tap'
import { parse } from 'yaml'
import { bootstrapRecords, REPOSITORY } from '../../infra/rehearsal/bootstrap.ts'
import { ROOT, STAGES } from '../../infra/rehearsal/stacks.ts'

interface Job {
  readonly permissions?: Readonly<Record<string, string>>
  readonly environment?: string
  readonly uses?: string
  readonly container?: string
  readonly steps?: readonly { readonly run?: string; readonly uses?: string }[]
  readonly 'timeout-minutes'?: number
}

interface Workflow {
  readonly permissions?: Readonly<Record<string, string>>
  readonly jobs: Readonly<Record<string, Job>>
}

const files = globSync('.github/workflows/*.yml', { cwd: ROOT }).sort()

// The parser is written for bundlers and imports its schema without declaring it as JSON.
registerHooks({
  load: (url, context, next) =>
    next(url, url.endsWith('.json') ? { ...context, importAttributes: { type: 'json' } } : context),
})
const { convertWorkflowTemplate, NoOperationTraceWriter, parseWorkflow } = await import('@actions/workflow-parser')

/**
 * What GitHub's own parser reports: unknown keys, wrong types, expressions that do not parse or that name something
 * which does not exist.
 */
async function objections(file: string, content: string): Promise<string[]> {
  const { context, value } = parseWorkflow({ name: file, content }, new NoOperationTraceWriter())
  if (value !== undefined) await convertWorkflowTemplate(context, value)
  return context.errors.getErrors().map(({ message }) => message)
}

t.test('every workflow is there', async (t) => {
  t.strictSame(
    files.map((file) => file.replace('.github/workflows/', '')),
    ['check.yml', 'deliver.yml', 'drift.yml', 'nightly.yml', 'preview.yml', 'up.yml'],
  )
})

for (const file of files) {
  const text = readFileSync(join(ROOT, file), 'utf8')
  const workflow = parse(text) as Workflow
  const jobs = Object.values(workflow.jobs)

  t.test(`${file} is a workflow GitHub would run`, async (t) => {
    t.strictSame(await objections(file, text), [])
  })

  t.test(`${file} uses each action by the hash of one commit, with its version beside it`, async (t) => {
    for (const [, action = '', rest = ''] of text.matchAll(/uses: ([^\s#]+)(.*)/g))
      t.ok(
        action.startsWith('./') || (/^[\w-]+\/[\w-]+@[a-f0-9]{40}$/.test(action) && /^ # v\d+\.\d+\.\d+$/.test(rest)),
        action,
      )
  })

  t.test(`${file} names every right it asks for, and passes no text of a stranger to a shell`, async (t) => {
    t.ok(
      workflow.permissions !== undefined && Object.values(workflow.permissions).every((right) => right === 'read'),
      'nothing is granted to the whole workflow but reading',
    )
    for (const { run = '' } of jobs.flatMap(({ steps = [] }) => steps))
      t.notMatch(run, /\$\{\{/, 'values reach a shell through its environment')
    for (const job of jobs) t.ok(job.uses !== undefined || (job['timeout-minutes'] ?? 0) > 0, 'no job runs for ever')
    t.notMatch(text, /AWS_SECRET_ACCESS_KEY|pull_request_target/, 'no lasting key, and no rights for a fork')
  })
}

t.test('the parser objects to what GitHub would refuse', async (t) => {
  const sound = readFileSync(join(ROOT, '.github/workflows/up.yml'), 'utf8')
  for (const [from, to] of [
    ['runs-on: ubuntu', 'run-on: ubuntu'],
    ['id-token: write', 'id-token: all'],
    ['${{ inputs.digest }}', '${{ inputs.digest'],
    ['timeout-minutes: 60', 'timeout-minutes: soon'],
  ] as const) {
    t.ok(sound.includes(from))
    t.not((await objections('up.yml', sound.replace(from, to))).length, 0, to)
  }
})

t.test(
  'each stack is updated in turn, each in its own environment, which asks for approval and lends a role',
  async (t) => {
    const deliver = parse(readFileSync(join(ROOT, '.github/workflows/deliver.yml'), 'utf8')) as {
      readonly jobs: Readonly<
        Record<
          string,
          {
            readonly needs?: string | readonly string[]
            readonly with?: { readonly stage: string }
            readonly if?: string
          }
        >
      >
    }
    t.strictSame(
      STAGES.map((stage) => deliver.jobs[stage]?.with?.stage),
      [...STAGES],
    )
    t.strictSame(
      STAGES.map((stage) => deliver.jobs[stage]?.needs),
      ['image', ['image', 'dev'], ['image', 'staging'], 'image'],
    )
    t.strictSame(
      ['dev', 'small'].map((stage) => deliver.jobs[stage]?.if),
      ["${{ vars.PROFILE != 'small' }}", "${{ vars.PROFILE == 'small' }}"],
      'three stages, or the one of a small programme: the others wait for the first',
    )
    const up = readFileSync(join(ROOT, '.github/workflows/up.yml'), 'utf8')
    t.match(up, 'environment: ${{ inputs.stage }}')
    t.match(up, 'cancel-in-progress: false')
    t.notMatch(
      up,
      /pulumi stack output[^\n]*2>/,
      'a stack that cannot be asked is not taken for one that was never updated',
    )
  },
)

t.test('the code of a pull request runs with no role, no environment and no secret', async (t) => {
  const text = readFileSync(join(ROOT, '.github/workflows/preview.yml'), 'utf8')
  const { permissions, jobs } = parse(text) as Workflow
  t.strictSame(permissions, {})
  for (const job of Object.values(jobs)) {
    t.strictSame(job.permissions, { contents: 'read' })
    t.equal(job.environment, undefined)
  }
  t.notMatch(text, /secrets\.|vars\.|id-token|configure-aws-credentials/)
  for (const file of ['check.yml', 'nightly.yml'])
    t.notMatch(readFileSync(join(ROOT, '.github/workflows', file), 'utf8'), /id-token|environment:/, file)
})

t.test('each environment in which a job takes a role is one that the bootstrap trusts', async (t) => {
  const roles = bootstrapRecords('prod', 'eu-west-1').filter(({ type }) => type === 'bootstrap:AWS::IAM::Role')
  const trusted = roles.map(({ inputs }) => JSON.stringify(inputs['AssumeRolePolicyDocument']))
  for (const [file, environment] of [
    ['up.yml', 'prod'],
    ['drift.yml', 'prod-drift'],
  ] as const) {
    const text = readFileSync(join(ROOT, '.github/workflows', file), 'utf8')
    t.match(text, /environment: \$\{\{ (inputs|matrix)\.stage \}\}(-drift)?\n/, file)
    t.ok(
      trusted.some((trust) => trust.includes(`environment:${environment}"`)),
      environment,
    )
  }
})

t.test('an image is built for the processor of every stack that it goes to', async (t) => {
  t.equal(new Set(['dev', 'staging', 'prod'].map((stage) => platform(stage))).size, 1)
  const deliver = readFileSync(join(ROOT, '.github/workflows/deliver.yml'), 'utf8')
  t.match(deliver, '--platform "$(infra/platform.sh "$STAGE")"')
  t.match(deliver, "STAGE: ${{ vars.PROFILE == 'small' && 'small' || 'prod' }}")
  t.not(spawnSync(join(ROOT, 'infra/platform.sh'), ['other']).status, 0)
})

/** What infra/platform.sh answers for a stage. */
function platform(stage: string): string {
  return spawnSync(join(ROOT, 'infra/platform.sh'), [stage], { encoding: 'utf8' }).stdout.trim()
}

t.test("a pull request that changes what a stack is made of is previewed, the service's part of it too", async (t) => {
  const preview = parse(readFileSync(join(ROOT, '.github/workflows/preview.yml'), 'utf8')) as {
    readonly on: { readonly pull_request: { readonly paths: readonly string[] } }
  }
  const taken = globSync('infra/*.ts', { cwd: ROOT }).flatMap((file) =>
    [...readFileSync(join(ROOT, file), 'utf8').matchAll(/from '\.\.\/(service\/[^']+)'/g)].map(([, path = '']) => path),
  )
  t.ok(taken.length > 0)
  t.strictSame(
    [...new Set(taken)].filter((path) => !preview.on.pull_request.paths.includes(path)),
    [],
  )
})

t.test('the scripts of the stacks are shell scripts that can be run', async (t) => {
  for (const script of globSync('infra/*.sh', { cwd: ROOT })) {
    t.ok((statSync(join(ROOT, script)).mode & 0o111) !== 0, script)
    t.equal(spawnSync('sh', ['-n', join(ROOT, script)]).status, 0, script)
  }
})

t.test('a job that runs tests may install their parts, and has a system that has the packages it names', async (t) => {
  const jobs = files.flatMap((file) => Object.entries((parse(readFileSync(join(ROOT, file), 'utf8')) as Workflow).jobs))
  const runs = jobs.flatMap(([name, { container, steps = [] }]) =>
    steps.map(({ run = '' }) => ({ name, container, run })),
  )
  const tests = runs.filter(({ run }) => /\bnpm (test|run (mutants|prove))\b/.test(run))
  t.ok(tests.length >= 5)
  // The runner's own user may not install; a container's is root.
  for (const { name, container, run } of tests)
    t.ok(container !== undefined || run.startsWith('sudo '), `${name}: ${run}`)
  for (const { name, container } of runs.filter(({ run }) => /apt-get install.* awscli\b/.test(run)))
    t.match(container, /bookworm/, `${name}: Ubuntu 24.04 has no awscli`)
})

t.test('a private repository gets no attestation that its plan may not have, unless it asks for one', async (t) => {
  const text = readFileSync(join(ROOT, '.github/workflows/deliver.yml'), 'utf8')
  const { jobs } = parse(text) as {
    readonly jobs: Readonly<
      Record<string, { readonly steps?: readonly { readonly uses?: string; readonly if?: string }[] }>
    >
  }
  const attests = Object.values(jobs)
    .flatMap(({ steps = [] }) => steps)
    .filter(({ uses = '' }) => uses.startsWith('actions/attest-'))
  t.strictSame(
    attests.map((step) => step.if),
    ["${{ !github.event.repository.private || vars.ATTEST == 'true' }}"],
  )
  const guide = readFileSync(join(ROOT, 'docs/operations.md'), 'utf8')
  for (const plan of ['public, any plan', 'private, Free', 'private, Pro or Team', 'private, Enterprise Cloud'])
    t.match(guide, `| ${plan} |`, 'the guide says which plan gives what')
})

t.test(
  'a repository of any age can be named to the bootstrap, by names and by numbers, and by nothing else',
  async (t) => {
    const template = readFileSync(join(ROOT, 'infra/bootstrap.yaml'), 'utf8')
    const takes = (parameter: string, value: string): boolean =>
      new RegExp(
        new RegExp(`^  ${parameter}:\\n(?:    .*\\n)*?    AllowedPattern: '(.*)'$`, 'm').exec(template)?.[1] ?? '(?!)',
      ).test(value)
    t.ok(takes('Repository', REPOSITORY.plain))
    t.ok(takes('NumberedRepository', REPOSITORY.numbered))
    for (const [parameter, value] of [
      ['Repository', 'example'],
      ['Repository', 'example/chatmrpt:*'],
      ['NumberedRepository', REPOSITORY.plain],
      ['NumberedRepository', 'example@1234/*@5678'],
      ['NumberedRepository', 'example@0/chatmrpt@5678'],
    ] as const)
      t.notOk(takes(parameter, value), value)
  },
)
