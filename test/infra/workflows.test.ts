import { spawnSync } from 'node:child_process'
import { globSync, readFileSync, statSync } from 'node:fs'
import { registerHooks } from 'node:module'
import { join } from 'node:path'
import t from 'tap'
import { parse } from 'yaml'
import { ROOT, STAGES } from '../../infra/rehearsal/stacks.ts'

interface Job {
  readonly permissions?: Readonly<Record<string, string>>
  readonly environment?: string
  readonly uses?: string
  readonly steps?: readonly { readonly run?: string; readonly uses?: string }[]
  readonly 'timeout-minutes'?: number
}

interface Workflow {
  readonly permissions?: Readonly<Record<string, string>>
  readonly jobs: Readonly<Record<string, Job>>
}

const files = globSync('.github/workflows/*.yml', { cwd: ROOT }).sort()

// The parser is written for bundlers and imports its schema without saying that it is JSON.
registerHooks({
  load: (url, context, next) =>
    next(url, url.endsWith('.json') ? { ...context, importAttributes: { type: 'json' } } : context),
})
const { convertWorkflowTemplate, NoOperationTraceWriter, parseWorkflow } = await import('@actions/workflow-parser')

/** What GitHub's own parser objects to: unknown keys, wrong types, expressions that do not parse or name what is not there. */
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

  t.test(`${file} asks for no right it does not name, and takes no words of a stranger into a shell`, async (t) => {
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
        Record<string, { readonly needs?: string | readonly string[]; readonly with?: { readonly stage: string } }>
      >
    }
    t.strictSame(
      STAGES.map((stage) => deliver.jobs[stage]?.with?.stage),
      [...STAGES],
    )
    t.strictSame(
      STAGES.map((stage) => deliver.jobs[stage]?.needs),
      ['image', ['image', 'dev'], ['image', 'staging']],
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

t.test(
  'the role of the nightly look for drift may read what a refresh reads, the values of secrets too, and no object of a bucket but the state',
  async (t) => {
    // `ReadOnlyAccess` gives no secret's value, and a refresh fails without it.
    const { Resources } = parse(readFileSync(join(ROOT, 'infra/bootstrap.yaml'), 'utf8'), { logLevel: 'error' }) as {
      readonly Resources: Readonly<
        Record<
          string,
          {
            readonly Properties: {
              readonly Policies: readonly {
                readonly PolicyDocument: {
                  readonly Statement: readonly {
                    readonly Effect: string
                    readonly Action: readonly string[]
                    readonly Resource?: readonly string[]
                    readonly NotResource?: readonly string[]
                  }[]
                }
              }[]
            }
          }
        >
      >
    }
    const statements =
      Resources['PreviewRole']?.Properties.Policies.flatMap(({ PolicyDocument }) => PolicyDocument.Statement) ?? []
    const on = (effect: string, action: string): readonly string[] =>
      statements
        .filter(({ Effect, Action }) => Effect === effect && Action.includes(action))
        .flatMap(({ Resource = [], NotResource = [] }) => [...Resource, ...NotResource])
    t.strictSame(on('Allow', 'secretsmanager:GetSecretValue'), [
      'arn:${AWS::Partition}:secretsmanager:${AWS::Region}:${AWS::AccountId}:secret:chatmrpt-${Stage}-*',
    ])
    t.equal(
      on('Allow', 'kms:Decrypt').length,
      2,
      'the key of the state, and the key of the secrets through Secrets Manager',
    )
    t.strictSame(on('Deny', 's3:GetObject'), ['${State.Arn}/*'])
    t.match(readFileSync(join(ROOT, '.github/workflows/drift.yml'), 'utf8'), '--refresh')
  },
)

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
