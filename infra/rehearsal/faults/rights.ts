import { withDocument, withInput, withText } from '../change.ts'
import { ofKind, type Mutant } from '../mutant.ts'

const EXECUTION = { kind: 'RolePolicy', name: '-execution' }
const TASK = { kind: 'RolePolicy', name: '-task' }
const FLOW = { kind: 'RolePolicy', name: '-flow' }
const TELEMETRY = { kind: 'kms/key:Key', name: '-telemetry' }
const PAGE = { kind: 'TopicPolicy', name: '-page' }
const INFORM = { kind: 'TopicPolicy', name: '-inform' }
const OPERATOR = { kind: 'RolePolicy', name: '-operator' }
const CALLER = { kind: 'RolePolicy', name: '-caller' }
const LOG_BUCKET = { kind: 'BucketPolicy', name: '-access-logs' }

/** Rights that are too few, too many, or given to the wrong one. */
export const RIGHTS: readonly Mutant[] = [
  ...ofKind(
    'a key grant without the action needed',
    {
      fault: 'the log service may not make data keys with the key of the logs',
      change: withText(TELEMETRY, 'policy', '"kms:GenerateDataKey*","kms:DescribeKey"', '"kms:DescribeKey"'),
    },
    [
      {
        fault: 'the log service may not read what it sealed',
        change: withText(TELEMETRY, 'policy', '"kms:Encrypt","kms:Decrypt"', '"kms:Encrypt"'),
      },
      {
        fault: 'the log service may not move its logs to a newer key',
        change: withText(TELEMETRY, 'policy', '"kms:ReEncrypt*",', ''),
      },
      {
        fault: 'alarms may not make data keys, and so publish to no encrypted topic',
        change: withText(TELEMETRY, 'policy', '["kms:Decrypt","kms:GenerateDataKey*"]', '["kms:Decrypt"]'),
      },
    ],
  ),
  ...ofKind(
    'a key grant for too few',
    {
      fault: 'the key of the logs is for some of the log groups',
      change: withText(TELEMETRY, 'policy', ':123456789012:*"', ':123456789012:log-group:/chatmrpt/*"'),
    },
    [
      {
        fault: "the key of the logs is for the service's own log group",
        change: withText(TELEMETRY, 'policy', ':123456789012:*"', ':123456789012:log-group:/chatmrpt/prod/service"'),
      },
      {
        fault: 'the key of the logs is for log groups of another region',
        change: withText(TELEMETRY, 'policy', 'arn:aws:logs:eu-west-1:', 'arn:aws:logs:eu-west-2:'),
      },
      {
        fault: "the key of the logs is open to another region's log service",
        change: withText(TELEMETRY, 'policy', 'logs.eu-west-1.amazonaws.com', 'logs.eu-west-2.amazonaws.com'),
      },
      {
        fault: 'the key of the messages leaves out the events of deployments',
        change: withText(TELEMETRY, 'policy', '"events.amazonaws.com",', ''),
      },
    ],
  ),
  ...ofKind(
    'a topic that its sender cannot publish to',
    {
      fault: 'alarms may subscribe to the page and not publish to it',
      change: withText(PAGE, 'policy', 'sns:Publish', 'sns:Subscribe'),
    },
    [
      {
        fault: 'another service than CloudWatch may wake somebody',
        change: withText(PAGE, 'policy', 'cloudwatch.amazonaws', 's3.amazonaws'),
      },
      {
        fault: 'ends of deployments may not be reported',
        change: withText(INFORM, 'policy', 'events.amazonaws.com', 'scheduler.amazonaws.com'),
      },
      {
        fault: 'the budget may not send its message',
        change: withDocument(INFORM, 'policy', 'Statement.2'),
      },
      {
        fault: 'events of the session store come under a condition that ElastiCache does not fill',
        change: withText(
          { kind: 'TopicPolicy', name: '-cache-events' },
          'policy',
          'aws:SourceOwner',
          'aws:SourceAccount',
        ),
      },
    ],
  ),
  ...ofKind(
    'logs sent to where they may not be written',
    {
      fault: 'the balancer writes its logs where its bucket does not let it',
      change: withInput({ kind: 'LoadBalancer' }, 'accessLogs.prefix', 'alb'),
    },
    [
      {
        fault: 'the data bucket writes its logs where the log bucket does not let it',
        change: withInput({ kind: 'BucketLogging' }, 'targetPrefix', 'data/'),
      },
      {
        fault: 'the log bucket takes logs of a balancer of another account',
        change: withText(
          LOG_BUCKET,
          'policy',
          '"Resource":"⟦Bucket.chatmrpt-prod-access-logs!arn⟧/balancer/AWSLogs/123456789012/*"',
          '"Resource":"⟦Bucket.chatmrpt-prod-access-logs!arn⟧/balancer/AWSLogs/999999999999/*"',
        ),
      },
      {
        fault: 'the probe keeps its reports where its role may not write',
        change: withInput(
          { kind: 'Canary' },
          'artifactS3Location',
          's3://⟦Bucket.chatmrpt-prod-access-logs!bucket⟧/canary/',
        ),
      },
      {
        fault: 'a balancer of an old region is refused as a foreign account',
        change: withText(
          LOG_BUCKET,
          'policy',
          '"Action":"s3:*","NotResource":["⟦Bucket.chatmrpt-prod-access-logs!arn⟧/balancer/AWSLogs/123456789012/*"]',
          '"Action":"s3:*","Resource":["⟦Bucket.chatmrpt-prod-access-logs!arn⟧/*"]',
        ),
      },
    ],
  ),
  {
    fault: 'foreign accounts are not kept from the data',
    change: withText({ kind: 'BucketPolicy', name: '-data' }, 'policy', '"StringNotEquals"', '"StringEquals"'),
  },
  ...ofKind(
    'a log stream that may not be written to',
    {
      fault: 'what starts a task may write to no log stream',
      change: withText(EXECUTION, 'policy', '!arn⟧:*"', '!arn⟧"'),
    },
    [
      {
        fault: 'what starts a task may open no log stream',
        change: withText(EXECUTION, 'policy', '"logs:CreateLogStream",', ''),
      },
      {
        fault: 'what starts a task writes to the log group of the network',
        change: withText(EXECUTION, 'policy', 'LogGroup.chatmrpt-prod-service!', 'LogGroup.chatmrpt-prod-flow!'),
      },
      { fault: 'flow logs may not be written', change: withText(FLOW, 'policy', '"logs:PutLogEvents",', '') },
      {
        fault: 'flow logs may be written to no stream of their group',
        change: withText(FLOW, 'policy', ',"⟦LogGroup.chatmrpt-prod-flow!arn⟧:*"', ''),
      },
    ],
  ),
  ...ofKind(
    'an image that cannot be fetched',
    {
      fault: "what starts a task cannot download an image's layers",
      change: withText(EXECUTION, 'policy', '"ecr:GetDownloadUrlForLayer",', ''),
    },
    [
      {
        fault: 'what starts a task cannot ask for the image',
        change: withText(EXECUTION, 'policy', ',"ecr:BatchGetImage"', ''),
      },
      {
        fault: 'what starts a task cannot sign in to the registry',
        change: withDocument(EXECUTION, 'policy', 'Statement.0'),
      },
      {
        fault: "what starts a task fetches from another stage's repository",
        change: withText(
          EXECUTION,
          'policy',
          '⟦Repository.chatmrpt-prod!arn⟧',
          'arn:aws:ecr:eu-west-1:123456789012:repository/chatmrpt-dev',
        ),
      },
    ],
  ),
  ...ofKind(
    'a role that reads too many secrets',
    {
      fault: 'what starts a task may read every secret of the account',
      change: withText(
        EXECUTION,
        'policy',
        '"secretsmanager:GetSecretValue"],"Resource":[',
        '"secretsmanager:GetSecretValue"],"Resource":["arn:aws:secretsmanager:*:*:secret:*",',
      ),
    },
    [
      {
        fault: 'what starts a task may read every secret of the stage',
        change: withText(
          EXECUTION,
          'policy',
          '"secretsmanager:GetSecretValue"],"Resource":[',
          '"secretsmanager:GetSecretValue"],' +
            '"Resource":["arn:aws:secretsmanager:eu-west-1:123456789012:secret:chatmrpt-prod-*",',
        ),
      },
      {
        fault: 'what starts a task may open what every key sealed',
        change: withText(EXECUTION, 'policy', '⟦Key.chatmrpt-prod-secrets!arn⟧', '*'),
      },
      {
        fault: 'the task itself may read a secret',
        change: withDocument(TASK, 'policy', 'Statement.0.Action', ['secretsmanager:GetSecretValue']),
      },
    ],
  ),
  ...ofKind(
    'a task that cannot open its objects',
    {
      fault: 'the task cannot open what is encrypted',
      change: withText(TASK, 'policy', '"kms:Decrypt",', ''),
    },
    [
      {
        fault: 'the task cannot seal what it writes',
        change: withText(TASK, 'policy', ',"kms:GenerateDataKey"', ''),
      },
      {
        fault: "the task's key is that of the secrets",
        change: withText(TASK, 'policy', 'Key.chatmrpt-prod-data!', 'Key.chatmrpt-prod-secrets!'),
      },
      {
        fault: 'the task may use its key through another service alone',
        change: withText(TASK, 'policy', 's3.eu-west-1.amazonaws.com', 'sqs.eu-west-1.amazonaws.com'),
      },
      {
        fault: 'the task may use its key through any service',
        change: withText(TASK, 'policy', 's3.eu-west-1.amazonaws.com', '*'),
      },
    ],
  ),
  ...ofKind(
    'a secret gone too soon',
    { fault: 'secrets deleted at once', change: withInput({ kind: 'Secret' }, 'recoveryWindowInDays', 0) },
    [
      { fault: 'secrets deleted after a week', change: withInput({ kind: 'Secret' }, 'recoveryWindowInDays', 7) },
      { fault: 'secrets that name no time of recovery', change: withInput({ kind: 'Secret' }, 'recoveryWindowInDays') },
      {
        fault: "the session store's secret deleted after two weeks",
        change: withInput({ kind: 'Secret', name: '-redis' }, 'recoveryWindowInDays', 14),
      },
    ],
  ),
  {
    fault: "any object of the data bucket starts an operator's task",
    change: withText(
      { kind: 'EventRule', name: '-operator' },
      'eventPattern',
      ',"object":{"key":["operator/request.json"]}',
      '',
    ),
  },
  {
    fault: "no object starts an operator's task",
    change: withInput({ kind: 'BucketNotification' }, 'eventbridge', false),
  },
  {
    fault: "an operator's task is given another command",
    change: withInput({ kind: 'EventTarget', name: '-operator' }, 'input', '{"containerOverrides":[]}'),
  },
  {
    fault: "an operator's task runs the service",
    change: withText(
      { kind: 'TaskDefinition', name: '-operator' },
      'containerDefinitions',
      'dist/operator.js',
      'dist/main.js',
    ),
  },
  {
    fault: 'the rule may start any task',
    change: withText(CALLER, 'policy', '⟦TaskDefinition.chatmrpt-prod-operator!arn⟧', '*'),
  },
  {
    fault: 'an operator may read projects',
    change: withText(OPERATOR, 'policy', '"s3:DeleteObject",', '"s3:DeleteObject","s3:GetObject",'),
  },
  {
    fault: 'an operator may delete what sessions hold',
    change: withText(OPERATOR, 'policy', '/projects/*"', '/*"'),
  },
  {
    fault: "any rule of the account may start an operator's task",
    change: withText(
      { kind: 'iam/role:Role', name: '-caller' },
      'assumeRolePolicy',
      ':rule/chatmrpt-prod-operator',
      ':rule/*',
    ),
  },
  {
    fault: 'a role without the boundary, which the role of the workflows cannot make',
    change: withInput({ kind: 'iam/role:Role', name: '-task' }, 'permissionsBoundary'),
  },
]
