import { spawn, spawnSync, type SpawnSyncReturns } from 'node:child_process'
import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { delimiter, dirname, join } from 'node:path'
import t, { type Test } from 'tap'
import { ROOT } from '../../infra/rehearsal/stacks.ts'
import { awsCommands } from '../support/aws-commands.ts'
import { until } from '../support/client.ts'
import { blocks, filled, page, section, triedSteps } from '../support/guide.ts'
import { folder } from '../support/parts.ts'

t.setTimeout(600_000)

/** Set where the parts must be there, as in the nightly run: then a missing one is a failure. */
const REQUIRED = process.env['CLOUD_COMMANDS'] === 'required'
const has = (tool: string): boolean => spawnSync(tool, ['--version'], { encoding: 'utf8' }).status === 0
/** Debian's AWS CLI, as most people have it; a newer one earlier in the path may know more. */
const AWS = has('/usr/bin/aws') ? '/usr/bin/aws' : 'aws'
const missing = ['moto_server', AWS, 'jq'].filter((tool) => tool !== 'moto_server' && !has(tool))
const hasMoto = spawnSync('moto_server', ['--help']).status === 0

interface Cloud {
  /** Runs commands in one shell that stops at the first failure; `aws` speaks to the stand-in for AWS. */
  readonly run: (commands: readonly string[]) => SpawnSyncReturns<string>
  /** The answer of one command, as JSON. */
  readonly ask: (command: string) => unknown
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

/** Servers that answer as AWS's APIs do (moto), and a shell whose tools speak to them. */
async function cloud(t: Test): Promise<Cloud> {
  const [home, port] = [folder(t), await freePort()]
  const url = `http://127.0.0.1:${String(port)}`
  const server = spawn('moto_server', ['-H', '127.0.0.1', '-p', String(port)], { stdio: 'ignore', cwd: home })
  t.teardown(() => server.kill('SIGKILL'))
  await until(
    async () =>
      await fetch(`${url}/moto-api/`).then(
        ({ ok }) => ok,
        () => false,
      ),
    60_000,
    'moto to answer',
  )
  const tools = join(home, 'bin')
  mkdirSync(tools)
  // Older CLIs take the address of an endpoint only from an option.
  const tool = (name: string, text: string): void => {
    writeFileSync(join(tools, name), `#!/bin/sh\n${text}\n`)
    chmodSync(join(tools, name), 0o755)
  }
  tool('aws', `exec ${AWS} --endpoint-url ${url} "$@"`)
  tool('gh', 'echo example@1234/chatmrpt@5678')
  tool('pulumi', 'test "$1 $2" = "stack output" && echo chatmrpt-prod-$3')
  for (const part of ['infra']) symlinkSync(join(ROOT, part), join(home, part))
  const env = {
    PATH: [tools, dirname(process.execPath), process.env['PATH'] ?? ''].join(delimiter),
    HOME: home,
    TMPDIR: home,
    STAGE: 'prod',
    AWS_REGION: 'eu-west-1',
    AWS_DEFAULT_REGION: 'eu-west-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_PAGER: '',
    PYENV_VERSION: process.env['PYENV_VERSION'] ?? '',
  }
  const run: Cloud['run'] = (commands) => {
    for (const command of commands) for (const [step] of steps(command)) tried.add(step)
    return spawnSync('sh', ['-eu', '-c', commands.join('\n')], { cwd: home, env, encoding: 'utf8' })
  }
  return { run, ask: (command) => JSON.parse(run([command]).stdout || 'null') as unknown }
}

const steps = (command: string): RegExpMatchArray[] => [
  ...command.matchAll(/aws [a-z0-9-]+ [a-z-]+|infra\/[a-z-]+\.sh/g),
]
const tried = new Set<string>()

if (missing.length > 0 || !hasMoto) {
  const what = [...missing, ...(hasMoto ? [] : ['moto_server'])].join(', ')
  if (REQUIRED) t.fail(`Cannot try the commands: ${what} is missing`)
  else t.skip(`the commands of the pages: ${what} is missing; the nightly run has it and requires it`, () => undefined)
} else {
  const aws = await cloud(t)
  const ok = (t: Test, { status, stderr }: SpawnSyncReturns<string>, what: string): void => {
    t.equal(status, 0, `${what}: ${stderr}`)
  }

  t.test("an empty account: AWS's roles, and the bootstrap with its boundaries", async (t) => {
    const [first = ''] = section(page('docs/operations.md'), 'An empty account')
    // The quotas are checked, and these servers have none.
    ok(t, aws.run([filled(first).replace(/^aws service-quotas.*$/m, '')]), 'the commands as they are typed')
    // These servers give no outputs of a stack; first-day.test.ts covers how the guide uses them.
    const roles = aws.ask('aws iam list-roles --output json') as { readonly Roles: readonly object[] }
    const text = JSON.stringify(roles)
    t.match(text, 'repo:example/chatmrpt:environment:dev')
    t.match(text, 'repo:example@1234/chatmrpt@5678:environment:dev')
    const policies = JSON.stringify(aws.ask('aws iam list-policies --scope Local --output json'))
    for (const kind of ['roles', 'probe']) t.match(policies, `chatmrpt-dev-eu-west-1-${kind}`)
    ok(
      t,
      aws.run(['STAGE=dev', 'aws cloudformation delete-stack --stack-name chatmrpt-bootstrap-$STAGE']),
      'and takes it away again',
    )
  })

  t.test("every version of somebody's data is deleted", async (t) => {
    const text = page('docs/runbooks/delete-someones-data.md')
    const remove = blocks(text).find((block) => block.includes('delete-objects')) ?? ''
    ok(
      t,
      aws.run([
        'B=chatmrpt-prod-bucket',
        'aws s3api create-bucket --bucket $B --create-bucket-configuration LocationConstraint=eu-west-1',
        'aws s3api put-bucket-versioning --bucket $B --versioning-configuration Status=Enabled',
        'for n in 1 2 3; do echo $n > object; aws s3api put-object --bucket $B --key sessions/abc/w.csv --body ' +
          'object; done',
        'aws s3api put-object --bucket $B --key sessions/other/w.csv --body object',
        'aws s3api delete-object --bucket $B --key sessions/abc/w.csv',
      ]),
      'a session with three versions and a mark of deletion',
    )
    ok(t, aws.run([filled(remove, { 'session id': 'abc' })]), 'the commands as they are typed')
    const left = JSON.stringify(aws.ask('aws s3api list-object-versions --bucket chatmrpt-prod-bucket --output json'))
    t.notMatch(left, 'sessions/abc/')
    t.match(left, 'sessions/other/', "another session's objects stay")
  })

  t.test('an object is brought back by copying its old version onto it', async (t) => {
    const command = /`(aws s3api copy-object [^`]+)`/.exec(page('docs/runbooks/restore.md'))?.[1] ?? ''
    const object = { bucket: 'chatmrpt-prod-bucket', key: 'sessions/other/w.csv' }
    const { Versions = [] } = aws.ask(
      `aws s3api list-object-versions --bucket ${object.bucket} --prefix ${object.key} --output json`,
    ) as { readonly Versions?: readonly { readonly VersionId: string }[] }
    ok(
      t,
      aws.run([
        'echo new > object',
        `aws s3api put-object --bucket ${object.bucket} --key ${object.key} --body object`,
      ]),
      'replaced',
    )
    ok(t, aws.run([filled(command, { ...object, id: Versions[0]?.VersionId ?? '' })]), 'the command as it is typed')
    const back = aws.run([
      `aws s3api get-object --bucket ${object.bucket} --key ${object.key} back > /dev/null`,
      'cat back',
    ])
    t.equal(back.stdout.trim(), '3', 'what it was')
  })

  t.test("a damaged state file is put back from the state bucket's versions", async (t) => {
    const block = blocks(page('docs/runbooks/rollback.md')).find((each) => each.includes('state.json')) ?? ''
    const [key, bucket] = ['.pulumi/stacks/chatmrpt/prod.json', 'state']
    ok(
      t,
      aws.run([
        `aws s3api create-bucket --bucket ${bucket} --create-bucket-configuration LocationConstraint=eu-west-1`,
        `aws s3api put-bucket-versioning --bucket ${bucket} --versioning-configuration Status=Enabled`,
        `echo sound > s && aws s3api put-object --bucket ${bucket} --key ${key} --body s`,
        `echo damaged > s && aws s3api put-object --bucket ${bucket} --key ${key} --body s`,
      ]),
      'two versions',
    )
    const { Versions } = aws.ask(`aws s3api list-object-versions --bucket ${bucket} --output json`) as {
      readonly Versions: readonly { readonly VersionId: string; readonly IsLatest: boolean }[]
    }
    const sound = Versions.find(({ IsLatest }) => !IsLatest)?.VersionId ?? ''
    const typed = filled(block, { 'the bucket in PULUMI_BACKEND_URL': bucket, id: sound }).replace(/^ *pulumi .*$/m, '')
    ok(t, aws.run([typed]), 'the commands as they are typed')
    t.equal(
      aws.run([`aws s3api get-object --bucket ${bucket} --key ${key} s > /dev/null && cat s`]).stdout.trim(),
      'sound',
    )
  })

  t.test('the service is taken off the air, and put back; a task is stopped; old revisions go', async (t) => {
    ok(
      t,
      aws.run([
        'aws ecs create-cluster --cluster-name chatmrpt-prod',
        'aws ecs register-task-definition --family chatmrpt-prod --container-definitions ' +
          `'[{"name":"chatmrpt","image":"i","memory":128}]'`,
        'aws ecs create-service --cluster chatmrpt-prod --service-name chatmrpt-prod --task-definition ' +
          'chatmrpt-prod --desired-count 2',
      ]),
      'a service',
    )
    const [, , off = '', on = ''] = blocks(page('docs/runbooks/isolation-violation.md'))
      .filter((block) => !block.includes('start-query'))
      .reduce<string[]>((all, block) => [...all, block], ['', ''])
      .filter((block, index) => index < 2 || block.includes('register-scalable-target'))
    const desired = (): unknown =>
      aws.ask(
        'aws ecs describe-services --cluster chatmrpt-prod --services chatmrpt-prod --query ' +
          'services[0].desiredCount --output json',
      )
    ok(t, aws.run([off]), 'off the air')
    t.equal(desired(), 0)
    ok(t, aws.run([on]), 'and back')
    t.equal(desired(), 2)
    const revisions = blocks(page('docs/runbooks/take-away.md')).find((block) => block.includes('deregister')) ?? ''
    ok(t, aws.run([revisions]), 'revisions go')
    t.strictSame(
      aws.ask('aws ecs list-task-definitions --family-prefix chatmrpt-prod --query taskDefinitionArns --output json'),
      [],
    )
  })

  t.test('a task that hangs is stopped', async (t) => {
    const command = /`(aws ecs stop-task --[^`]+)`/.exec(page('docs/runbooks/task-silent.md'))?.[1] ?? ''
    ok(
      t,
      aws.run([
        'aws ecs register-task-definition --family chatmrpt-prod --network-mode awsvpc --requires-compatibilities ' +
          `FARGATE --cpu 512 --memory 1024 --container-definitions '[{"name":"chatmrpt","image":"i","cpu":512,"memory":512}]'`,
        'SUBNET=$(aws ec2 describe-subnets --query Subnets[0].SubnetId --output text)',
        'GROUP=$(aws ec2 describe-security-groups --query SecurityGroups[0].GroupId --output text)',
        'aws ecs run-task --cluster chatmrpt-prod --task-definition chatmrpt-prod --launch-type FARGATE ' +
          '--network-configuration "awsvpcConfiguration={subnets=[$SUBNET],securityGroups=[$GROUP]}"',
      ]),
      'a task',
    )
    const tasks = (status: string): string[] =>
      aws.ask(
        `aws ecs list-tasks --cluster chatmrpt-prod --desired-status ${status} --query taskArns --output json`,
      ) as string[]
    const [id = ''] = tasks('RUNNING')
    ok(t, aws.run([filled(command, { id })]), 'the command as it is typed')
    t.strictSame(tasks('RUNNING'), [])
    t.strictSame(tasks('STOPPED'), [id])
  })

  t.test('dev has no tasks at night, and has them again in the morning', async (t) => {
    const row = page('docs/operations.md')
      .split('\n')
      .find((line) => line.startsWith('| dev at night |'))
    const [, night = '', morning = '', schedule = '', capacity = ''] =
      /`(aws [^`]+)`, and the same with `(\w+)`, `(cron[^`]+)` and `([^`]+)`/.exec(row ?? '') ?? []
    const other = night
      .replace('--scheduled-action-name night', `--scheduled-action-name ${morning}`)
      .replace(/cron\([^)]*\)/, schedule)
      .replace(/MinCapacity=\S+/, capacity)
    ok(t, aws.run([night, other]), 'as the row says')
    const actions = aws.ask(
      'aws application-autoscaling describe-scheduled-actions --service-namespace ecs --query ' +
        "'sort_by(ScheduledActions,&ScheduledActionName)[].[ScheduledActionName,Schedule,ScalableTargetAction]' " +
        '--output json',
    )
    t.strictSame(actions, [
      ['morning', 'cron(0 5 * * ? *)', { MinCapacity: 2, MaxCapacity: 4 }],
      ['night', 'cron(0 19 * * ? *)', { MinCapacity: 0, MaxCapacity: 0 }],
    ])
  })

  t.test('an address is refused by the web firewall at once, and let in again', async (t) => {
    const none = aws.run(['infra/block-address.sh prod 203.0.113.7'])
    t.not(none.status, 0)
    t.match(none.stderr, 'has no web firewall')
    ok(
      t,
      aws.run([
        'aws wafv2 create-ip-set --scope REGIONAL --name chatmrpt-prod-blocked --ip-address-version IPV4 ' +
          '--addresses 198.51.100.0/24',
      ]),
      'a set',
    )
    const refused = (): string[] => aws.run(['infra/block-address.sh prod']).stdout.trim().split('\n').sort()
    const block = blocks(page('docs/runbooks/firewall-blocks.md')).find((each) => each.includes('block-address')) ?? ''
    const [on = '', off = ''] = block.split('\n')
    ok(t, aws.run([on]), on)
    t.strictSame(refused(), ['198.51.100.0/24', '203.0.113.7/32'])
    ok(t, aws.run([on]), 'said twice, it is refused once')
    t.strictSame(refused(), ['198.51.100.0/24', '203.0.113.7/32'])
    ok(t, aws.run([off]), off)
    t.strictSame(refused(), ['198.51.100.0/24'])
  })

  t.test('an alarm is set off for a drill', async (t) => {
    const command = /`(aws cloudwatch set-alarm-state [^`]+)`/.exec(page('docs/operations.md'))?.[1] ?? ''
    ok(
      t,
      aws.run([
        'aws cloudwatch put-metric-alarm --alarm-name chatmrpt-dev-isolation-violation --namespace ChatMRPT ' +
          '--metric-name SessionIsolationViolations --statistic Sum --period 60 --evaluation-periods 1 --threshold ' +
          '1 --comparison-operator GreaterThanOrEqualToThreshold',
        command,
      ]),
      'as it is typed',
    )
    const look = blocks(page('docs/runbooks/user-impact.md'))[0] ?? ''
    t.match(aws.run(['STAGE=dev', look]).stdout, 'isolation-violation')
  })

  t.test('every command of the pages, the scripts and the workflows is one that the CLI would send', async (t) => {
    // What is known only where a command runs is any value that fits everywhere; files are this test's own.
    const quoted = (word: string): string => {
      const value = word.replaceAll(/\$\(.*\)|\$\{?\w+\}?|<[^<>]+>/g, '1').replace('/tmp/', '')
      return `'${value.replaceAll("'", "'\\''")}'`
    }
    aws.run([`echo '{"Objects":[{"Key":"1"}]}' > delete.json`, 'echo 1 > state.json', 'echo 1 > request.json'])
    const typed = awsCommands()
      .filter(({ isMention }) => !isMention)
      .map(({ words, isFed }) => ['aws', ...words, ...(isFed ? ['1'] : [])].map(quoted).join(' '))
    const REFUSED = 252
    for (const command of new Set(typed)) {
      const { status, stderr } = aws.run([command])
      t.not(status, REFUSED, `${command}: ${stderr}`)
    }
    for (const fault of ['aws s3 ls --recursively', 'aws logs tail', "aws ecs list-tasks --query 'taskArns[' "])
      t.equal(aws.run([fault]).status, REFUSED, fault)
  })

  t.test('every step that is said to be tried each night was tried here', async (t) => {
    t.strictSame(
      [...triedSteps()].filter(([step, where]) => where === 'nightly' && !tried.has(step)).map(([step]) => step),
      [],
    )
  })
}
