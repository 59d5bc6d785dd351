import { withInput, withText } from '../change.ts'
import type { Mutant } from '../mutant.ts'

const EXECUTION = { kind: 'RolePolicy', name: '-execution' }
const TELEMETRY = { kind: 'kms/key:Key', name: '-telemetry' }
/** Rights that are too few, too many, or given to the wrong one. */
export const RIGHTS: readonly Mutant[] = [
  {
    fault: 'the log service may not make data keys with the key of the logs',
    change: withText(TELEMETRY, 'policy', '"kms:GenerateDataKey*","kms:DescribeKey"', '"kms:DescribeKey"'),
  },
  {
    fault: 'the key of the logs is for some of the log groups',
    change: withText(TELEMETRY, 'policy', ':123456789012:*"', ':123456789012:log-group:/chatmrpt/*"'),
  },
  {
    fault: 'alarms may not make data keys, and so publish to no encrypted topic',
    change: withText(TELEMETRY, 'policy', '["kms:Decrypt","kms:GenerateDataKey*"]', '["kms:Decrypt"]'),
  },
  {
    fault: "the key of the logs is open to another region's log service",
    change: withText(TELEMETRY, 'policy', 'logs.eu-west-1.amazonaws.com', 'logs.eu-west-2.amazonaws.com'),
  },
  {
    fault: 'alarms may subscribe to the page and not publish to it',
    change: withText({ kind: 'TopicPolicy', name: '-page' }, 'policy', 'sns:Publish', 'sns:Subscribe'),
  },
  {
    fault: 'another service than CloudWatch may wake somebody',
    change: withText({ kind: 'TopicPolicy', name: '-page' }, 'policy', 'cloudwatch.amazonaws', 's3.amazonaws'),
  },
  {
    fault: 'events of the session store come under a condition that ElastiCache does not fill',
    change: withText({ kind: 'TopicPolicy', name: '-cache-events' }, 'policy', 'aws:SourceOwner', 'aws:SourceAccount'),
  },
  {
    fault: 'the balancer writes its logs where its bucket does not let it',
    change: withInput({ kind: 'LoadBalancer' }, 'accessLogs.prefix', 'alb'),
  },
  {
    fault: 'the data bucket writes its logs where the log bucket does not let it',
    change: withInput({ kind: 'BucketLogging' }, 'targetPrefix', 'data/'),
  },
  {
    fault: 'a balancer of an old region is refused as a foreign account',
    change: withText(
      { kind: 'BucketPolicy', name: '-access-logs' },
      'policy',
      '"Action":"s3:*","NotResource":["⟦Bucket.chatmrpt-prod-access-logs!arn⟧/balancer/AWSLogs/123456789012/*"]',
      '"Action":"s3:*","Resource":["⟦Bucket.chatmrpt-prod-access-logs!arn⟧/*"]',
    ),
  },
  {
    fault: 'foreign accounts are not kept from the data',
    change: withText({ kind: 'BucketPolicy', name: '-data' }, 'policy', '"StringNotEquals"', '"StringEquals"'),
  },
  {
    fault: 'what starts a task may write to no log stream',
    change: withText(EXECUTION, 'policy', '!arn⟧:*"', '!arn⟧"'),
  },
  {
    fault: "what starts a task cannot download an image's layers",
    change: withText(EXECUTION, 'policy', '"ecr:GetDownloadUrlForLayer",', ''),
  },
  {
    fault: 'what starts a task may read every secret of the account',
    change: withText(
      EXECUTION,
      'policy',
      '"secretsmanager:GetSecretValue"],"Resource":[',
      '"secretsmanager:GetSecretValue"],"Resource":["arn:aws:secretsmanager:*:*:secret:*",',
    ),
  },
  {
    fault: 'the task cannot open what is encrypted',
    change: withText({ kind: 'RolePolicy', name: '-task' }, 'policy', '"kms:Decrypt",', ''),
  },
  {
    fault: 'the task may use its key through another service',
    change: withText({ kind: 'RolePolicy', name: '-task' }, 'policy', 's3.eu-west-1.amazonaws.com', '*'),
  },
  {
    fault: 'flow logs may not be written',
    change: withText({ kind: 'RolePolicy', name: '-flow' }, 'policy', '"logs:PutLogEvents",', ''),
  },
  { fault: 'secrets deleted at once', change: withInput({ kind: 'Secret' }, 'recoveryWindowInDays', 0) },
  { fault: 'secrets deleted after a week', change: withInput({ kind: 'Secret' }, 'recoveryWindowInDays', 7) },
  { fault: 'secrets that name no time of recovery', change: withInput({ kind: 'Secret' }, 'recoveryWindowInDays') },
  {
    fault: 'a role without the boundary, which the role of the workflows cannot make',
    change: withInput({ kind: 'iam/role:Role', name: '-task' }, 'permissionsBoundary'),
  },
]
