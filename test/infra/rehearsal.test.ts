import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { readConfig } from '../../service/config/config.ts'
import { cloudFormation, UNWRITABLE } from '../../infra/rehearsal/cloudformation.ts'
import { withDocument, withInput, withOption, withText, type Change } from '../../infra/rehearsal/change.ts'
import { choices, monthlyCost, sumOf } from '../../infra/rehearsal/cost.ts'
import { compareStacks } from '../../infra/rehearsal/compare.ts'
import { MUTANTS } from '../../infra/rehearsal/mutants.ts'
import { judged } from '../../infra/rehearsal/nag.ts'
import { runPolicyPack } from '../../infra/rehearsal/policy-pack.ts'
import { token, tokensIn } from '../../infra/rehearsal/record.ts'
import { rehearseAll, runMutants, takenSettings } from '../../infra/rehearsal/rehearse-all.ts'
import { rehearseStack, ROOT, STAGES } from '../../infra/rehearsal/stacks.ts'
import { symbolicCloud, type Cloud } from '../../infra/rehearsal/symbolic-cloud.ts'
import { validateTemplates } from '../../infra/rehearsal/validate-template.ts'
import { isUnknown } from '../../infra/rehearsal/values.ts'
import { findings, RULES } from '../../infra/rules/all.ts'
import { EXCEPTIONS, exceptionFor, NAG_EXCEPTIONS } from '../../infra/rules/exceptions.ts'
import { wrongAnswers } from '../../infra/rules/access-table.ts'
import { ALLOWED_EDGES, edges } from '../../infra/rules/network-rules.ts'
import { input, listAt, viewOf } from '../../infra/rules/rule.ts'
import { environmentOf } from '../../infra/rules/task-rules.ts'
import { TYPE } from '../../infra/rules/types.ts'
import { signInAddresses } from '../../service/config/sign-in-config.ts'
import { processorSeconds } from '../support/processor-seconds.ts'

// Eight programs run before the first test.
t.setTimeout(500_000)
const [begin, usedBefore] = [performance.now(), processorSeconds()]
const reports = await rehearseAll()
const seconds = (performance.now() - begin) / 1_000
/** What it used of two processors; other work on the machine does not count. */
const ownSeconds = (processorSeconds() - usedBefore) / 2
const [, staging, prod] = reports
if (staging === undefined || prod === undefined) throw new Error('Cannot test: a stack was not rehearsed')

for (const { stage, preview, up, hidden, findings, objections, nag } of reports) {
  t.test(`${stage}: preview and update run through Pulumi's own program runner, without a build step`, async (t) => {
    t.equal(
      preview.code,
      0,
      preview.messages
        .filter(({ severity }) => severity === 'error')
        .map(({ text }) => text)
        .join('\n') + preview.stderr,
    )
    t.equal(
      up.code,
      0,
      up.messages
        .filter(({ severity }) => severity === 'error')
        .map(({ text }) => text)
        .join('\n') + up.stderr,
    )
    t.ok(up.records.length > 100)
    t.strictSame(Object.keys(up.outputs).sort(), [
      'accessLogs',
      'balancer',
      'bucket',
      'cluster',
      'image',
      'logGroup',
      'redis',
      'repository',
      'url',
    ])
  })

  t.test(`${stage}: a preview shows every resource that an update makes`, async (t) => {
    t.strictSame(hidden, [])
  })

  t.test(`${stage}: what only AWS can know is unknown in a preview and never unknown in an update`, async (t) => {
    t.ok(preview.records.some(({ inputs }) => isUnknown(inputs)))
    t.strictSame(
      up.records.filter(({ inputs }) => isUnknown(inputs)).map(({ urn }) => urn),
      [],
    )
  })

  t.test(`${stage}: every promise and every control is kept, or excepted with a reason`, async (t) => {
    t.strictSame(
      findings.map(({ rule, subject }) => `${rule} ${subject}`),
      [],
    )
  })

  t.test(`${stage}: AWS's own template validator has no objection to the same resources`, async (t) => {
    t.strictSame(objections, [])
    const template = cloudFormation(up.records)
    t.ok(Object.keys(template.Resources).length > 100)
    t.strictSame(Object.keys(template.Parameters).length, 4, 'generated secrets are named and not written')
    const types = [...new Set(up.records.map(({ type }) => type))]
    t.strictSame(
      Object.keys(UNWRITABLE).filter((type) => !types.includes(type)),
      [],
      'what is left out, with a reason, is there',
    )
  })

  t.test(
    `${stage}: cdk-nag's AwsSolutions pack finds nothing but what is accepted in writing, and all of that`,
    async (t) => {
      t.strictSame(nag, { open: [], unused: [] })
    },
  )

  t.test(
    `${stage}: the task's environment and secrets are exactly what the service's readConfig() accepts`,
    async (t) => {
      const env = environmentOf(viewOf(stage, up.records))
      const { config, secrets } = readConfig(env)
      t.equal(config.stage, stage)
      t.equal(config.redis.host, tokenOf(up.records, TYPE.cache, 'primaryEndpointAddress'))
      t.equal(config.redis.tls, true)
      t.equal(config.objects.bucket, up.outputs['bucket'])
      t.equal(secrets.cookieSecrets.length, 1)
      t.equal(secrets.projectSecrets.length, 1)
      t.not(secrets.projectSecrets[0], secrets.cookieSecrets[0], 'project files have a secret of their own')
      t.strictSame(
        secrets.sealSecrets.map(({ id }) => id),
        ['s1'],
      )
      t.ok(tokensIn(secrets.redisPassword).every(({ kind }) => kind === 'RandomPassword'))
    },
  )

  t.test(
    `${stage}: the balancer reaches the tasks, the tasks reach the cache, and nothing else reaches anything`,
    async (t) => {
      t.strictSame(edges(viewOf(stage, up.records)), [...ALLOWED_EDGES].sort())
    },
  )
}

t.test("staging has prod's shape, to the last value", async (t) => {
  t.strictSame(
    compareStacks({ stage: 'staging', records: staging.up.records }, { stage: 'prod', records: prod.up.records }),
    [],
  )
})

t.test('every fault that is put into prod is caught by a rule', async (t) => {
  const results = runMutants(prod)
  t.ok(results.length >= 290)
  t.strictSame(takenSettings(), [], 'and those in its file by the settings')
  t.equal(results.filter(({ mutant }) => mutant.named).length, 21)
  t.strictSame(
    results.filter(({ caughtBy }) => caughtBy.length === 0).map(({ mutant }) => mutant.fault),
    [],
  )
  t.ok(results.filter(({ mutant }) => mutant.nag !== undefined).length >= 10)
  t.strictSame(
    results.filter(({ nagged }) => !nagged).map(({ mutant }) => mutant.fault),
    [],
    'cdk-nag sees what it should',
  )
})

t.test('each control has one rule or one written exception, and no exception is left over', async (t) => {
  const wanted = [
    ...[1, 2, 3, 4, 5, 8, 9, 10, 12].map((n) => `ECS.${String(n)}`),
    ...[1, 4, 5, 6, 12, 13, 16, 17].map((n) => `ELB.${String(n)}`),
    ...[1, 2, 3, 4, 5, 7].map((n) => `ElastiCache.${String(n)}`),
    ...[1, 2, 3, 5, 6, 8, 9, 10, 12, 13, 14, 17].map((n) => `S3.${String(n)}`),
    ...[1, 2, 3].map((n) => `ECR.${String(n)}`),
    ...[2, 6, 13, 14, 15, 18, 19].map((n) => `EC2.${String(n)}`),
    'IAM.1',
    'IAM.21',
    'KMS.2',
    'KMS.3',
    'KMS.4',
    'SecretsManager.1',
    'SNS.1',
    'SNS.4',
    'Cognito.1',
    'Cognito.2',
    'Cognito.3',
    'WAF.10',
    'WAF.11',
    'WAF.12',
    'CloudWatch.15',
    'CloudWatch.16',
    'CloudWatch.17',
  ]
  const ids = RULES.map(({ id }) => id)
  t.strictSame(
    wanted.filter((id) => !ids.includes(id)),
    [],
  )
  t.equal(new Set(ids).size, ids.length)
  const excused = new Set(
    reports.flatMap(({ stage, up }) =>
      RULES.flatMap((rule) =>
        rule.check(viewOf(stage, up.records)).flatMap((subject) => exceptionFor(rule.id, subject, stage) ?? []),
      ),
    ),
  )
  t.strictSame(
    EXCEPTIONS.filter((exception) => ids.includes(exception.control) && !excused.has(exception)).map(
      ({ control }) => control,
    ),
    [],
    'an exception that nothing needs any more is taken off the list',
  )
  t.ok([...EXCEPTIONS, ...NAG_EXCEPTIONS].every(({ reason }) => reason.length > 40))
})

t.test('the template validator objects to faults, and to nothing in the bootstrap of an account', async (t) => {
  const faulty = ['a misspelt effect in a policy', 'SSH open to the world']
    .flatMap((wanted) => MUTANTS.filter(({ fault }) => fault === wanted))
    .map(({ change }) => cloudFormation(change(prod.up.records)))
  const [effect, ssh, bootstrap] = validateTemplates([...faulty, `${ROOT}/infra/bootstrap.yaml`])
  t.match(effect?.join(), /Alow/)
  t.match(ssh?.join(), /port 22/)
  t.strictSame(bootstrap, [])
})

t.test(
  'the controls are a policy pack, run as Pulumi runs one: no objection to prod, and a mandatory one to a fault',
  async (t) => {
    const sound = await runPolicyPack('policy', prod.up.records)
    t.equal(sound.name, 'chatmrpt-controls')
    t.ok(sound.policies.length > 50)
    t.strictSame(sound.objections, [])
    const fault = MUTANTS.find(({ fault }) => fault === 'public access not blocked')
    const objections =
      fault === undefined ? [] : (await runPolicyPack('policy', fault.change(prod.up.records))).objections
    t.strictSame(
      objections.map(({ policy, mandatory }) => [policy, mandatory]),
      [
        ['S3-3', true],
        ['S3-8', true],
      ],
    )
  },
)

t.test('a stack without an image gets everything but the service, and says which two commands are left', async (t) => {
  const first = await rehearseStack('dev', {
    changes: { 'chatmrpt:image': undefined, 'chatmrpt:withoutService': 'true' },
  })
  t.equal(first.code, 0)
  const view = viewOf('dev', first.records)
  t.equal(view.of(TYPE.service).length + view.of(TYPE.task).length, 0)
  t.equal(view.of(TYPE.repository).length, 1)
  t.match(first.messages.map(({ text }) => text).join('\n'), /push-image\.sh dev[\s\S]*pulumi config set image/)
  t.ok(
    view.of(TYPE.alarm).every((alarm) => input(alarm, 'actionsEnabled') === false),
    'nobody is woken for a service that is not there yet',
  )
  t.ok(
    view.of(TYPE.composite).length > 0 &&
      view.of(TYPE.composite).every((composite) => listAt(composite.inputs, 'alarmActions').length === 0),
  )
})

t.test(
  'a deployment that ECS took back fails the update, and the image that is kept stays the one that runs',
  async (t) => {
    const sound = symbolicCloud()
    const cloud: Cloud = {
      ...sound,
      create(type, name, inputs) {
        const answer = sound.create(type, name, inputs)
        return type === TYPE.service
          ? { ...answer, outputs: { ...answer.outputs, taskDefinition: 'chatmrpt-dev:41' } }
          : answer
      },
    }
    const { code, messages, outputs } = await rehearseStack('dev', { cloud })
    t.not(code, 0)
    t.match(
      messages
        .filter(({ severity }) => severity === 'error')
        .map(({ text }) => text)
        .join('\n'),
      /took the deployment back: chatmrpt-dev:41 runs/,
    )
    t.strictSame(outputs, {}, 'the outputs of the update before stay')
  },
)

t.test(
  'the first image changes only whom a composite alarm tells: a replaced alarm would be deleted by the name of the ' +
    'new one',
  async (t) => {
    const [before, after] = await Promise.all([
      rehearseStack('dev', { changes: { 'chatmrpt:image': undefined, 'chatmrpt:withoutService': 'true' } }),
      rehearseStack('dev'),
    ])
    const untold = ({ records }: typeof before): unknown[] =>
      viewOf('dev', records)
        .of(TYPE.composite)
        .map(({ urn, inputs }) => [
          urn,
          Object.fromEntries(Object.entries(inputs).filter(([key]) => key !== 'alarmActions' && key !== 'okActions')),
        ])
    t.strictSame(untold(before), untold(after))
  },
)

t.test('another destination in front of a list leaves every existing subscription as it is', async (t) => {
  const subscriptions = async (informTo: string[]): Promise<Map<string, unknown>> =>
    new Map(
      viewOf(
        'dev',
        (await rehearseStack('dev', { preview: true, changes: { 'chatmrpt:informTo': JSON.stringify(informTo) } }))
          .records,
      )
        .of(TYPE.subscription)
        .map(({ urn, inputs }) => [urn, inputs['endpoint']]),
    )
  const [before, after] = await Promise.all([
    subscriptions(['team@example.org']),
    subscriptions(['deputy@example.org', 'team@example.org']),
  ])
  // Those who are informed subscribe to two topics.
  t.equal(after.size, before.size + 2)
  for (const [urn, endpoint] of before) t.equal(after.get(urn), endpoint)
  t.notMatch([...after.keys()].join(), 'events.example.org', 'no name holds the address of an on-call service')
})

t.test('with models there is a budget for them, and its alarm reaches somebody', async (t) => {
  const model = { name: 'nova', provider: 'bedrock', modelId: 'amazon.nova-lite-v1:0' }
  const priced = [{ ...model, inputUsdPerMillion: 0.06, outputUsdPerMillion: 0.24 }]
  const { records } = await rehearseStack('dev', {
    changes: { 'chatmrpt:models': JSON.stringify(priced), 'chatmrpt:modelUsdPerDay': '7' },
  })
  const view = viewOf('dev', records)
  const [budget] = view.of(TYPE.budget)
  t.equal(budget?.inputs['limitAmount'], '210', 'thirty days of seven dollars')
  const alarm = view.of(TYPE.alarm).find(({ name }) => name.endsWith('-model-cost-high'))
  t.equal(alarm?.inputs['threshold'], 7)
  t.equal(prod.up.records.filter(({ type }) => type === TYPE.budget).length, 0, 'and none without models')
})

t.test(
  'the table of access has lines of both kinds for everybody who asks, and a stack without its bootstrap fails it',
  async (t) => {
    t.strictSame(wrongAnswers(viewOf('prod', prod.up.records)), [])
    const bare = prod.up.records.filter(({ type }) => !type.startsWith('bootstrap:'))
    t.ok(wrongAnswers(viewOf('prod', bare)).length > 40)
  },
)

t.test('a configuration with faults makes nothing, and the person at the keyboard sees every fault', async (t) => {
  const { code, records, messages } = await rehearseStack('prod', {
    changes: { 'chatmrpt:hostName': undefined, 'chatmrpt:cacheNodes': '1' },
  })
  t.not(code, 0)
  t.strictSame(
    records.map(({ type }) => type),
    ['pulumi:pulumi:Stack'],
  )
  const said = messages
    .filter(({ severity }) => severity === 'error')
    .map(({ text }) => text)
    .join('\n')
  t.match(said, /hostName is not set[\s\S]*cacheNodes is "1"/)
  t.notMatch(said, 'at readSettings', 'a trace of the program does not help')
})

t.test(
  'a new name in front of a list of keys rotates: both values reach the service, and the task definition changes',
  async (t) => {
    const rotated = await rehearseStack('dev', {
      changes: {
        'chatmrpt:cookieKeys': '["c2","c1"]',
        'chatmrpt:sealKeys': '["s2","s1"]',
        'chatmrpt:projectKeys': '["p2","p1"]',
        'chatmrpt:redisKeys': '["r2","r1"]',
      },
    })
    const view = viewOf('dev', rotated.records)
    const { config, secrets } = readConfig(environmentOf(view))
    t.strictSame(config.models, [], 'no model is asked unless one is configured')
    t.equal(secrets.cookieSecrets.length, 2)
    t.equal(secrets.projectSecrets.length, 2)
    t.strictSame(
      secrets.sealSecrets.map(({ id }) => id),
      ['s2', 's1'],
    )
    t.match(secrets.redisPassword, 'redis-r2')
    t.strictSame(
      findings(view).map(({ rule, subject }) => `${rule} ${subject}`),
      [],
    )
  },
)

t.test(
  'with models the promises are the same: the service reads its models, and the task may ask these and no others',
  async (t) => {
    const models = [
      {
        name: 'nova',
        provider: 'bedrock',
        modelId: 'amazon.nova-lite-v1:0',
        inputUsdPerMillion: 0.06,
        outputUsdPerMillion: 0.24,
      },
      {
        name: 'claude',
        provider: 'bedrock',
        modelId: 'eu.anthropic.claude-sonnet-4-20250514-v1:0',
        inputUsdPerMillion: 3,
        outputUsdPerMillion: 15,
      },
    ]
    const { records } = await rehearseStack('dev', { changes: { 'chatmrpt:models': JSON.stringify(models) } })
    const view = viewOf('dev', records)
    t.strictSame(
      findings(view).map(({ rule, subject }) => `${rule} ${subject}`),
      [],
    )
    const { config } = readConfig(environmentOf(view))
    t.strictSame(config.models, models)
    t.notOk('signIn' in config, 'nothing is said of sign-in where it is off')
    const template = cloudFormation(records)
    t.strictSame(validateTemplates([template]), [[]])
    const { open, unused } = judged('dev', template)
    t.strictSame(
      [open.map(({ rule, resource }) => `${rule} ${resource}`), unused],
      [
        [
          'AwsSolutions-IAM5[Resource::arn:aws:bedrock:*::foundation-model/anthropic.claude-sonnet-4-20250514-v1:0] RolePolicychatmrptdevtask',
        ],
        [],
      ],
      'a profile chooses the region itself',
    )

    const task = { kind: 'RolePolicy', name: '-task' }
    for (const [fault, change] of [
      ['every model', withText(task, 'policy', 'foundation-model/amazon.nova-lite-v1:0', 'foundation-model/*')],
      ['a model that is not configured', withText(task, 'policy', 'amazon.nova-lite-v1:0', 'amazon.nova-pro-v1:0')],
      [
        "a profile's model without the profile",
        withText(task, 'policy', 'bedrock:InferenceProfileArn', 'aws:ResourceTag/any'),
      ],
    ] as const)
      t.ok(
        findings(viewOf('dev', change(records))).some(({ rule }) => rule === 'iam.task'),
        fault,
      )
  },
)

for (const stage of STAGES) {
  t.test(
    `${stage} with sign-in: the task is told of the user pool and its client in just the variables and the secret ` +
      'that the service reads, and every promise is kept',
    async (t) => {
      const { records, outputs, messages } = await rehearseStack(stage, { changes: { 'chatmrpt:signIn': 'true' } })
      const view = viewOf(stage, records)
      t.strictSame(
        findings(view).map(({ rule, subject }) => `${rule} ${subject}`),
        [],
      )
      t.notOk(
        messages.some(({ text }) => /serves no sign-in|stays anonymous/.test(text)),
        'nothing is announced: it is served',
      )

      const without = environmentOf(viewOf(stage, reports.find((report) => report.stage === stage)?.up.records ?? []))
      const env = environmentOf(view)
      t.strictSame(
        Object.keys(env).filter((name) => !(name in without)),
        ['SIGN_IN_ISSUER', 'SIGN_IN_CLIENT_ID', 'SIGN_IN_PUBLIC_URL', 'SIGN_IN_CLIENT_SECRET'],
      )
      t.notMatch(JSON.stringify(outputs), 'clientSecret')
      const { config, secrets } = readConfig(env)
      const client = records.find(({ type }) => type === TYPE.userPoolClient)
      t.strictSame(config.signIn, { ...(outputs['signIn'] as object), publicUrl: outputs['url'] })
      t.equal(config.signIn?.publicUrl, `https://${stage}.chatmrpt.example.org`)
      t.equal(secrets.signInClientSecret, client?.outputs['clientSecret'])
      t.strictSame(client?.inputs['callbackUrls'], [signInAddresses(`https://${stage}.chatmrpt.example.org`).callback])

      const template = cloudFormation(records)
      t.strictSame(validateTemplates([template]), [[]])
      t.strictSame(judged(stage, template), { open: [], unused: [] })
      t.match(template.Resources[`Secretchatmrpt${stage}signin`], {
        Properties: { SecretString: { 'Fn::GetAtt': [`UserPoolClientchatmrpt${stage}`, 'ClientSecret'] } },
      })
      if (stage !== 'prod') return

      const task = { kind: 'TaskDefinition' }
      const oneClient = { kind: 'UserPoolClient' }
      const secret = token(TYPE.userPoolClient, 'chatmrpt-prod', 'clientSecret')
      const fault = (path: string, value?: Parameters<typeof withDocument>[3]): Change =>
        withDocument(task, 'containerDefinitions', `0.${path}`, value)
      const faults: readonly (readonly [fault: string, rule: string, change: Change])[] = [
        [
          "the client's secret in the environment",
          'ECS.8',
          fault('environment.0', { name: 'SIGN_IN_CLIENT_SECRET', value: 'x'.repeat(40) }),
        ],
        [
          "the client's secret in the environment by another name",
          'ECS.8',
          fault('environment.0', { name: 'NOTE', value: secret }),
        ],
        [
          "the client's secret in a tag",
          'secrets.spread',
          withInput({ kind: 'ecs/cluster:Cluster' }, 'tags', { note: secret }),
        ],
        [
          "the client's secret plain to Pulumi",
          'secrets.sealed',
          withOption({ kind: 'SecretVersion', name: '-sign-in' }, { secretInputs: [] }),
        ],
        ['the secret left out', 'task.environment', fault('secrets.3')],
        [
          'the secret of something else',
          'task.environment',
          withText(
            task,
            'containerDefinitions',
            'SecretVersion.chatmrpt-prod-sign-in',
            'SecretVersion.chatmrpt-prod-cookies',
          ),
        ],
        [
          'a secret that the task may not fetch',
          'access.table',
          withText(
            { kind: 'RolePolicy', name: '-execution' },
            'policy',
            'Secret.chatmrpt-prod-sign-in',
            'Secret.chatmrpt-prod-signin',
          ),
        ],
        [
          'a variable left out',
          'task.environment',
          withText(task, 'containerDefinitions', '"SIGN_IN_ISSUER"', '"SIGN_IN_ISSUERS"'),
        ],
        [
          'all variables left out, the pool there',
          'task.environment',
          (before) =>
            before.map((record) =>
              record.type === TYPE.task
                ? {
                    ...record,
                    inputs: {
                      ...record.inputs,
                      containerDefinitions: withoutSignIn(record.inputs['containerDefinitions'] as string),
                    },
                  }
                : record,
            ),
        ],
        [
          'the issuer of another region',
          'task.environment',
          withText(task, 'containerDefinitions', 'cognito-idp.eu-west-1', 'cognito-idp.us-east-1'),
        ],
        [
          "the pool's id for the client's",
          'task.environment',
          withText(task, 'containerDefinitions', 'UserPoolClient.chatmrpt-prod!id', 'UserPool.chatmrpt-prod!id'),
        ],
        [
          'an address people do not type',
          'task.environment',
          withText(
            task,
            'containerDefinitions',
            '"https://prod.chatmrpt.example.org"',
            '"https://chatmrpt.example.org"',
          ),
        ],
        ['a client without a secret', 'sign-in.client', withInput(oneClient, 'generateSecret', false)],
        [
          'a client that gets tokens in the address',
          'sign-in.client',
          withInput(oneClient, 'allowedOauthFlows', ['code', 'implicit']),
        ],
        [
          'answers sent to another address',
          'sign-in.client',
          withInput(oneClient, 'callbackUrls', [
            'https://prod.chatmrpt.example.org/auth/callback',
            'http://localhost:8080/auth/callback',
          ]),
        ],
        [
          'anybody may sign up',
          'Cognito.2',
          withInput({ kind: 'cognito/userPool:UserPool' }, 'adminCreateUserConfig.allowAdminCreateUserOnly', false),
        ],
      ]
      for (const [what, rule, change] of faults)
        t.ok(
          findings(viewOf(stage, change(records))).some((finding) => finding.rule === rule),
          `${what} is caught`,
        )
    },
  )
}

t.test('every output that a page or a script asks a stack for is given, with sign-in or without', async (t) => {
  const given = [...Object.keys(prod.up.outputs), 'signIn']
  for (const file of [
    ...globSync('docs/**/*.md', { cwd: ROOT }),
    ...globSync('infra/*.sh', { cwd: ROOT }),
    ...globSync('.github/workflows/*.yml', { cwd: ROOT }),
  ]) {
    for (const [, name = ''] of readFileSync(join(ROOT, file), 'utf8').matchAll(/pulumi stack output (\w+)/g))
      t.ok(given.includes(name), `${file}: ${name}`)
  }
})

t.test("the guide's monthly sums are those of the rehearsal", async (t) => {
  const guide = readFileSync(join(ROOT, 'docs/operations.md'), 'utf8')
  const told = (what: string): number =>
    Number(new RegExp(`^\\| ${what} \\| ([\\d,]+) \\|$`, 'm').exec(guide)?.[1]?.replace(',', ''))
  const sums = new Map(
    reports.map(({ stage, up }) => [stage, Number(sumOf(monthlyCost(viewOf(stage, up.records))))] as const),
  )
  for (const stage of ['dev', 'staging', 'prod'] as const) t.equal(told(`\`${stage}\``), sums.get(stage), stage)
  t.equal(told('`small`, alone'), sums.get('small'))
  t.equal(
    told('the three together'),
    ['dev', 'staging', 'prod'].reduce((sum, stage) => sum + told(`\`${stage}\``), 0),
  )
  t.match(guide, '**not fetched**')
  for (const { dollars } of choices()) t.match(guide, `$${dollars.toFixed(0)}`)
})

t.test('the rehearsal of all stacks stays within a minute', async (t) => {
  t.ok(Math.min(seconds, ownSeconds) < 60, `${seconds.toFixed(1)} s, ${ownSeconds.toFixed(1)} s of two processors`)
})

function tokenOf(records: Parameters<typeof viewOf>[1], type: string, output: string): unknown {
  return records.find((record) => record.type === type)?.outputs[output]
}

/** A container without the settings of sign-in. */
function withoutSignIn(definitions: string): string {
  const [container] = JSON.parse(definitions) as [
    Record<'environment' | 'secrets', readonly { readonly name: string }[]>,
  ]
  const rest = (list: readonly { readonly name: string }[]): readonly { readonly name: string }[] =>
    list.filter(({ name }) => !name.startsWith('SIGN_IN_'))
  return JSON.stringify([{ ...container, environment: rest(container.environment), secrets: rest(container.secrets) }])
}
