import t from 'tap'
import { awsCommands, awsCommandsIn, namesAsked, objectionsTo } from '../support/aws-commands.ts'
import { kebab } from '../support/aws-models.ts'
import { page } from '../support/guide.ts'

const commands = awsCommands()
const isKnown = (command: (typeof commands)[number]): boolean => objectionsTo(command) !== 'unknown'

t.test('each command of the AWS CLI says what its service takes, and asks for what it answers', async (t) => {
  t.ok(commands.length > 100, 'pages, scripts and workflows are read')
  for (const [kind, file] of [
    ['a page', 'docs/operations.md'],
    ['a runbook', 'docs/runbooks/rollback.md'],
    ['a script', 'infra/push-image.sh'],
    ['a workflow', '.github/workflows/up.yml'],
  ] as const)
    t.ok(
      commands.some((command) => command.file === file),
      kind,
    )
  for (const command of commands.filter(isKnown))
    t.strictSame(objectionsTo(command), [], `${command.file}: aws ${command.words.join(' ')}`)
})

t.test('the commands that no model knows are those that the page of runbooks lists', async (t) => {
  const [, list = ''] = /The models do not know (.*?), which/.exec(page('docs/runbooks/README.md')) ?? []
  const listed = [...list.matchAll(/`aws ([^`]+)`/g)].map(([, name]) => name)
  const unknown = commands.filter((command) => !isKnown(command)).map(({ words }) => words.slice(0, 2).join(' '))
  t.strictSame(listed, [...new Set(unknown)].sort())
})

t.test('a fault in a command is an objection', async (t) => {
  for (const [shell, objection] of [
    ['aws ecs describe-services --clusters c --services s', 'there is no --clusters'],
    ['aws ecs update-service --cluster c', '--service is missing'],
    ['aws ecs update-service --service s --desired-count two', '--desired-count: two is not a number'],
    ['aws ecs list-tasks --desired-status STOPED', '--desired-status: STOPED is none of RUNNING, PENDING, STOPPED'],
    ['aws ecs list-tasks STOPPED --cluster c', 'STOPPED belongs to no option'],
    ['aws ecs list-tasks --cluster one two', '--cluster takes one value'],
    ['aws ecs list-tasks --output tables', '--output is not tables'],
    ["aws ecs describe-services --services s --query 'services[].runing'", 'no answer has runing'],
    ['aws elasticache modify-replication-group --replication-group-id g --apply-immediately now', 'takes no value'],
    ['aws elasticache modify-replication-group --replication-group-id g --no-engine-version', 'there is no --no-eng'],
    ['aws elasticache wait replication-group-available --replication-group g', 'there is no --replication-group'],
    ['aws s3api get-object --bucket b --key k', '--key takes one value'],
    ['aws resourcegroupstaggingapi get-resources --tag-filters Name=product,Values=c', 'there is no Name'],
    ['aws elbv2 describe-target-health --target-group-arn a --max-items', '--max-items'],
  ] as const) {
    const [command] = awsCommandsIn('', shell)
    t.match(command && objectionsTo(command), new RegExp(objection.replaceAll(/[[\]]/g, '\\$&')), shell)
  }
  for (const shell of [
    'aws ecs describe-service',
    'aws elasticash describe-events',
    'aws elasticache wait all-is-well',
  ]) {
    const [command] = awsCommandsIn('', shell)
    t.equal(command && objectionsTo(command), 'unknown', shell)
  }
})

t.test('a command is read as a shell reads it', async (t) => {
  const words = (shell: string): (readonly string[])[] => awsCommandsIn('', shell).map((each) => each.words)
  t.strictSame(words('aws a b --c "x y" \\\n  --d \'z|w\' 2>/dev/null || true'), [
    ['a', 'b', '--c', 'x y', '--d', 'z|w'],
  ])
  t.strictSame(words("aws a b --query '[?x==`y-'$STAGE'`]' | jq ."), [['a', 'b', '--query', '[?x==`y-$STAGE`]']])
  t.strictSame(words('V="$(aws a b --c "$(f ")")" --d e)"; aws g h <id>'), [
    ['a', 'b', '--c', '$(f ")")', '--d', 'e'],
    ['g', 'h', '<id>'],
  ])
  t.strictSame(
    awsCommandsIn('', 'aws a b | xargs -r aws c d --e').map(({ isFed }) => isFed),
    [false, true],
  )
})

t.test('names are written as the CLI writes them', async (t) => {
  // By botocore's own `xform_name`.
  for (const [name, wanted] of [
    ['DescribeServices', 'describe-services'],
    ['GetSMSAttributes', 'get-sms-attributes'],
    ['LoadBalancerArns', 'load-balancer-arns'],
    ['LoadBalancerARNs', 'load-balancer-arns'],
    ['MaxDBInstances', 'max-db-instances'],
    ['desiredCount', 'desired-count'],
    ['listObjectsV2', 'list-objects-v2'],
  ] as const)
    t.equal(kebab(name), wanted)
  t.strictSame(namesAsked("sort_by(A[?B=='C'], &D)[:5].{id: E, n: F[0].G.`7`}"), ['A', 'B', 'D', 'E', 'F', 'G'])
})
