import { STAGES, type Stage } from '../settings.ts'

/** A control that is not kept, where, and why that is right. */
export interface Exception {
  readonly control: string
  /** End of the resource's name; absent for all of them, or for a control of things the stack does not have. */
  readonly subject?: string
  readonly stages: readonly Stage[]
  readonly reason: string
}

const ALL = STAGES

/** A short list, each with its reason. A rule of ours never has an exception. */
export const EXCEPTIONS: readonly Exception[] = [
  { control: 'ELB.6', stages: ['dev'], reason: 'A dev stack is made to be destroyed with one command.' },
  {
    control: 'ELB.16',
    stages: ['dev'],
    reason: "The firewall costs more than the rest of the door; staging has prod's shape and shows it.",
  },
  {
    control: 'SNS.1',
    subject: '-cache-events',
    stages: ALL,
    reason:
      'ElastiCache cannot publish to an encrypted topic (its own guide says so). Its events name nodes, and nobody.',
  },
  {
    control: 'S3.9',
    subject: '-access-logs',
    stages: ALL,
    reason: 'Logs of the log bucket would log themselves without end.',
  },
  {
    control: 'S3.17',
    subject: '-access-logs',
    stages: ALL,
    reason: "The balancer can write its logs only to a bucket with S3's own keys. No user data is in them.",
  },
  {
    control: 'SecretsManager.1',
    stages: ALL,
    reason:
      'Tasks read secrets when they start: a rotation that changes a value alone would leave running tasks with ' +
      'the old one. Rotation is a new name in the configuration and an update, which replaces tasks without ' +
      'signing anybody out.',
  },
  {
    control: 'S3.7',
    stages: ALL,
    reason:
      'Copies in another region would outlive the promise to delete within the retention period; the data can be ' +
      'uploaded again.',
  },
  {
    control: 'S3.11',
    stages: ALL,
    reason: 'Nothing listens for object events; the service itself counts and logs each access.',
  },
  { control: 'S3.15', stages: ALL, reason: 'Object lock forbids deletion, and deleting at logout is promised.' },
  { control: 'S3.20', stages: ALL, reason: "MFA delete would stop the service from deleting a session's versions." },
  {
    control: 'ElastiCache.6',
    stages: ALL,
    reason: 'It asks for AUTH on engines before 6.0; this one has users with access lists.',
  },
  {
    control: 'EC2.10',
    stages: ALL,
    reason: 'It asks for an endpoint of the EC2 API, which nothing in the network calls.',
  },
  {
    control: 'EC2.172',
    stages: ALL,
    reason: 'Blocking internet gateways for the whole account would block the load balancer.',
  },
  {
    control: 'ELB.21',
    stages: ALL,
    reason:
      'From balancer to task the path is inside the VPC between two groups that speak to nobody else; TLS in the ' +
      'task would need certificates in it.',
  },
]

export function exceptionFor(control: string, subject: string, stage: Stage): Exception | undefined {
  return EXCEPTIONS.find(
    (exception) =>
      exception.control === control &&
      exception.stages.includes(stage) &&
      (exception.subject === undefined || subject.endsWith(exception.subject)),
  )
}

/** A rule of cdk-nag's AwsSolutions pack that is not kept, on which resources, and why that is right in every stack. */
export interface NagException {
  /** With what cdk-nag found, where the rule names it; `STAGE` is replaced by the stack's stage. */
  readonly rule: string
  /** Each by the last part of its type, and what follows `chatmrpt-<stage>` in its name. */
  readonly resources: readonly (readonly [kind: string, part: string])[]
  /** Set where not every stack has the resources: the exception is needed where they are. */
  readonly optional?: true
  /** Set where it is needed only in stacks with this other resource. */
  readonly where?: readonly [kind: string, part: string]
  readonly reason: string
}

/** A short list, each with its reason; one that nothing needs any more fails the rehearsal. */
export const NAG_EXCEPTIONS: readonly NagException[] = [
  {
    rule: 'AwsSolutions-SMG4',
    resources: [
      ['Secret', '-cookies'],
      ['Secret', '-seals'],
      ['Secret', '-projects'],
      ['Secret', '-redis'],
    ],
    reason:
      'Secrets rotate by a new name in the configuration and an update, as said of SecretsManager.1: a value that ' +
      'changed by itself would leave running tasks with the old one.',
  },
  {
    rule: 'AwsSolutions-SMG4',
    resources: [['Secret', '-sign-in']],
    optional: true,
    reason:
      'A user pool makes the secret together with its client: a new one is a new client, which an update makes and ' +
      'hands to new tasks (docs/runbooks/rotate-keys.md).',
  },
  {
    rule: 'AwsSolutions-EC23',
    resources: [
      ['SecurityGroupIngressRule', '-balancer-from-world-80'],
      ['SecurityGroupIngressRule', '-balancer-from-world-443'],
    ],
    reason:
      'The load balancer is the one door to the public, on HTTPS and on the port that only sends people there. The ' +
      'network rules say that nothing else is open.',
  },
  {
    rule: 'AwsSolutions-AEC6',
    resources: [['ReplicationGroup', '']],
    reason:
      'It looks for an AUTH token. The session store has a user with a password, confined to its keys and ' +
      'commands, which a token is not: rules cache.access and cache.user.',
  },
  {
    rule: 'AwsSolutions-ECS2',
    resources: [
      ['TaskDefinition', ''],
      ['TaskDefinition', '-operator'],
    ],
    reason:
      'Names of hosts, a bucket and periods are no secrets and may be read. What is secret comes from Secrets ' +
      'Manager by reference, and rule ECS.8 says that none stands among these.',
  },
  {
    rule: 'AwsSolutions-IAM5[Resource::<BucketchatmrptSTAGEdata.Arn>/sessions/*]',
    resources: [['RolePolicy', '-task']],
    reason:
      'Objects have names of their own below this one prefix; rule iam.task says that the task reaches nothing ' +
      'beside it.',
  },
  {
    rule: 'AwsSolutions-IAM5[Resource::<BucketchatmrptSTAGEdata.Arn>/projects/*]',
    resources: [['RolePolicy', '-task']],
    where: ['UserPool', ''],
    reason: 'With sign-in, as said of sessions: the projects that people save are below this other prefix.',
  },
  {
    rule: 'AwsSolutions-IAM5[Resource::<BucketchatmrptSTAGEdata.Arn>/projects/*]',
    resources: [['RolePolicy', '-operator']],
    reason: 'An operator deletes whole projects, whose objects have names of their own below this one prefix.',
  },
  {
    rule: 'AwsSolutions-IAM5[Resource::<BucketchatmrptSTAGEdata.Arn>/operator/*]',
    resources: [['RolePolicy', '-operator']],
    reason: 'The one request, in every version; the lifecycle leaves nothing there for longer than a day.',
  },
  {
    rule: 'AwsSolutions-IAM5[Resource::*]',
    resources: [['RolePolicy', '-execution']],
    reason:
      'ecr:GetAuthorizationToken knows no resources; rule iam.resources says that no other action stands with it.',
  },
  {
    rule: 'AwsSolutions-IAM5[Resource::<LogGroupchatmrptSTAGEservice.Arn>:*]',
    resources: [['RolePolicy', '-execution']],
    reason: 'The streams of one log group have names that ECS makes as tasks start.',
  },
  {
    rule: 'AwsSolutions-IAM5[Resource::<LogGroupchatmrptSTAGEflow.Arn>:*]',
    resources: [['RolePolicy', '-flow']],
    reason: 'The streams of one log group have names that the VPC makes, one for each of its network interfaces.',
  },
  {
    rule: 'AwsSolutions-IAM5[Resource::<BucketchatmrptSTAGEaccesslogs.Arn>/probe/*]',
    resources: [['RolePolicy', '-probe']],
    reason: 'What the canary saw has a name of its own for each run, below one prefix that holds nothing else.',
  },
  {
    rule: 'AwsSolutions-IAM5[Resource::arn:aws:logs:eu-west-1:123456789012:log-group:/aws/lambda/cwsyn-chatmrpt-STAGE-*]',
    resources: [['RolePolicy', '-probe']],
    reason:
      'Synthetics makes the function of a canary, and its log group, under a name that ends with a number of its own.',
  },
  {
    rule: 'AwsSolutions-IAM5[Resource::*]',
    resources: [['RolePolicy', '-probe']],
    reason:
      's3:ListAllMyBuckets and cloudwatch:PutMetricData know no resources; the second is held to one namespace, ' +
      'and rule iam.resources says that no other action stands with them.',
  },
]
