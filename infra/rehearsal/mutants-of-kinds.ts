import { also, without, withDocument, withInput, withOption, withText, type Change } from './change.ts'
import type { Mutant } from './mutants.ts'
import type { Recorded } from './record.ts'
import type { Json } from './values.ts'

const TASK = { kind: 'TaskDefinition' }
const SERVICE = { kind: 'ecs/service:Service' }
const CACHE = { kind: 'ReplicationGroup' }
const ACL = { kind: 'WebAcl' }
const EXECUTION = { kind: 'RolePolicy', name: '-execution' }
const TELEMETRY = { kind: 'kms/key:Key', name: '-telemetry' }
const TARGETS = { kind: 'TargetGroup' }
const IMPACT = { kind: 'CompositeAlarm', name: '-user-impact' }
const alarm = (id: string): { kind: string; name: string } => ({ kind: 'MetricAlarm', name: `-${id}` })
const ring = (name: string): Json => [`⟦Subnet.chatmrpt-prod-${name}-1!id⟧`, `⟦Subnet.chatmrpt-prod-${name}-2!id⟧`]

/** Every subscription of a topic changed at once. */
const subscriptions =
  (change: (record: Recorded) => Recorded): Change =>
  (records) =>
    records.map((record) => (record.type === 'aws:sns/topicSubscription:TopicSubscription' ? change(record) : record))

/** Rights that are too few, too many, or spoken past the one who needs them. */
const RIGHTS: readonly Mutant[] = [
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
  {
    fault: 'a role without the boundary, which the role of the workflows cannot make',
    change: withInput({ kind: 'iam/role:Role', name: '-task' }, 'permissionsBoundary'),
  },
]

/** The two roles of the workflows, and what stays of the bootstrap. */
const trust = 'AssumeRolePolicyDocument.Statement.0.Condition'
const DEPLOY = { kind: 'Role', name: 'DeployRole' }
const DRIFT = { kind: 'Role', name: 'DriftRole' }
const SUBJECT = 'token.actions.githubusercontent.com:sub'
const ACCOUNT: readonly Mutant[] = [
  {
    fault: 'the role that deploys, for every branch of the repository',
    change: withInput(DEPLOY, trust, { StringLike: { [SUBJECT]: 'repo:example/chatmrpt:ref:refs/heads/*' } }),
  },
  {
    fault: 'the role that deploys, for names alone: a new repository cannot take it',
    change: withInput(DEPLOY, `${trust}.StringEquals`, { [SUBJECT]: 'repo:example/chatmrpt:environment:prod' }),
  },
  {
    fault: 'the role that deploys, for whatever environment a branch names',
    change: withInput(DEPLOY, trust, { StringLike: { [SUBJECT]: 'repo:example/chatmrpt:environment:*' } }),
  },
  {
    fault: 'the role that looks for drift, for pull requests',
    change: withInput(DRIFT, trust, { StringLike: { [SUBJECT]: 'repo:example/chatmrpt:*' } }),
  },
  {
    fault: "the role that looks for drift may read people's objects",
    change: withInput(DRIFT, 'Policies.0.PolicyDocument.Statement.5'),
  },
  { fault: 'the role that deploys stands in no boundary', change: withInput(DEPLOY, 'PermissionsBoundary') },
  {
    fault: 'the role that deploys may make a role without a boundary',
    change: withInput(DEPLOY, 'Policies.0.PolicyDocument.Statement.0.Condition'),
  },
  {
    fault: 'the role that deploys may hand a role to any service',
    change: withInput(DEPLOY, 'Policies.0.PolicyDocument.Statement.3.Condition'),
  },
  {
    fault: 'the role that deploys may take another role',
    change: withInput({ kind: 'ManagedPolicy', name: 'DeployBoundary' }, 'PolicyDocument.Statement.2'),
  },
  {
    fault: 'the role that deploys may run a task by hand',
    change: withInput({ kind: 'ManagedPolicy', name: 'DeployBoundary' }, 'PolicyDocument.Statement.3'),
  },
  {
    fault: 'the boundary is too narrow for the task',
    change: withInput({ kind: 'ManagedPolicy', name: 'RolesBoundary' }, 'PolicyDocument.Statement.1'),
  },
  {
    fault: "GitHub's identity provider goes with the first bootstrap",
    change: withInput({ kind: 'OIDCProvider', name: 'GitHub' }, 'DeletionPolicy'),
  },
  {
    fault: "the account's guards go with a stack",
    change: withOption({ kind: 'AccountPublicAccessBlock' }, { retainOnDelete: false }),
  },
]

/** The way of a request, from the name to the task. */
const WAY: readonly Mutant[] = [
  {
    fault: 'the tasks open to the whole network',
    change: also({
      type: 'aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule',
      name: 'extra',
      inputs: {
        securityGroupId: '⟦SecurityGroup.chatmrpt-prod-service!id⟧',
        ipProtocol: 'tcp',
        fromPort: 8_080,
        toPort: 8_080,
        cidrIpv4: '10.40.0.0/16',
      },
    }),
  },
  {
    fault: 'tasks where no way leads to their image',
    change: withInput(SERVICE, 'networkConfiguration.subnets', ring('isolated')),
  },
  {
    fault: 'tasks in the open subnets',
    change: withInput(SERVICE, 'networkConfiguration.subnets', ring('public')),
  },
  {
    fault: 'the name has an IPv6 record alone',
    change: withInput({ kind: 'route53/record:Record', name: '-alias' }, 'type', 'AAAA'),
  },
  {
    fault: 'the name leads elsewhere',
    change: withInput({ kind: 'route53/record:Record', name: '-alias' }, 'aliases.0.name', 'elsewhere.example.org'),
  },
  { fault: 'the name leads nowhere', change: without({ kind: 'route53/record:Record', name: '-alias' }) },
  { fault: 'a certificate without its proof', change: without({ kind: 'CertificateValidation' }) },
  {
    fault: 'a certificate that nobody waits to be proved',
    change: withOption({ kind: 'Listener', name: '-https' }, { dependsOn: [] }),
  },
  {
    fault: 'a person bound to one task for a week',
    change: withInput(TARGETS, 'stickiness', { type: 'lb_cookie', enabled: true, cookieDuration: 604_800 }),
  },
  {
    fault: 'a browser that may not post cannot upload',
    change: withInput({ kind: 'BucketCorsConfiguration' }, 'corsRules.0.allowedMethods', ['GET']),
  },
  {
    fault: 'a browser that may not get cannot download',
    change: withInput({ kind: 'BucketCorsConfiguration' }, 'corsRules.0.allowedMethods', ['POST']),
  },
  {
    fault: 'a browser may delete',
    change: withInput({ kind: 'BucketCorsConfiguration' }, 'corsRules.0.allowedMethods', ['GET', 'POST', 'DELETE']),
  },
  { fault: 'the web firewall refuses everybody', change: withInput(ACL, 'defaultAction', { block: {} }) },
  { fault: 'managed rules only count', change: withInput(ACL, 'rules.2.overrideAction', { count: {} }) },
  { fault: 'the limit for an address only counts', change: withInput(ACL, 'rules.1.action', { count: {} }) },
  {
    fault: 'one rule of a managed group only counts',
    change: withInput(ACL, 'rules.3.statement.managedRuleGroupStatement.ruleActionOverrides', [
      { name: 'Log4JRCE_BODY', actionToUse: { count: {} } },
    ]),
  },
  {
    fault: 'a limit that an office of ten reaches',
    change: withInput(ACL, 'rules.1.statement.rateBasedStatement.limit', 100),
  },
  {
    fault: 'a limit that nobody reaches',
    change: withInput(ACL, 'rules.1.statement.rateBasedStatement.limit', 2_000_000),
  },
  { fault: 'an update lets blocked addresses in again', change: withOption({ kind: 'IpSet' }, { ignoreChanges: [] }) },
  {
    fault: "the firewall's logs keep the cookie",
    change: withInput({ kind: 'WebAclLoggingConfiguration' }, 'redactedFields.0'),
  },
  {
    fault: "the firewall's logs keep the header of a sign-in",
    change: withInput({ kind: 'WebAclLoggingConfiguration' }, 'redactedFields.1'),
  },
]

/** The task, its deployment and its scaling. */
const TASKS: readonly Mutant[] = [
  {
    fault: "a task for another processor than its image's",
    change: withInput(TASK, 'runtimePlatform.cpuArchitecture', 'ARM64'),
  },
  {
    fault: 'a task of another system',
    change: withInput(TASK, 'runtimePlatform.operatingSystemFamily', 'WINDOWS_SERVER_2022_CORE'),
  },
  { fault: 'a task that does not say its processor', change: withInput(TASK, 'runtimePlatform') },
  {
    fault: 'logs sent to another region',
    change: withText(TASK, 'containerDefinitions', '"awslogs-region":"eu-west-1"', '"awslogs-region":"us-east-1"'),
  },
  { fault: 'no time to start before health is asked', change: withInput(SERVICE, 'healthCheckGracePeriodSeconds', 0) },
  {
    fault: "the service does not wait for its roles' rights",
    change: (records) =>
      records.map((record) =>
        record.type === 'aws:ecs/service:Service'
          ? { ...record, dependsOn: record.dependsOn.filter((urn) => !urn.includes('rolePolicy')) }
          : record,
      ),
  },
  {
    fault: 'requests are counted for a balancer that is none',
    change: withInput(
      { kind: 'appautoscaling/policy:Policy', name: '-requests' },
      'targetTrackingScalingPolicyConfiguration.predefinedMetricSpecification.resourceLabel',
      '⟦TargetGroup.chatmrpt-prod-web!arnSuffix⟧/⟦LoadBalancer.chatmrpt-prod-web!arnSuffix⟧',
    ),
  },
  {
    fault: 'scaling of a service by the ARN of its cluster',
    change: withInput(
      { kind: 'appautoscaling/target:Target' },
      'resourceId',
      'service/⟦Cluster.chatmrpt-prod!arn⟧/chatmrpt-prod',
    ),
  },
  {
    fault: 'so few images kept that a rollback finds none',
    change: withText({ kind: 'LifecyclePolicy' }, 'policy', '"countNumber":150', '"countNumber":3'),
  },
  {
    fault: 'images kept by their number of days, not of builds',
    change: withText({ kind: 'LifecyclePolicy' }, 'policy', 'imageCountMoreThan', 'sinceImagePushed'),
  },
  { fault: 'images kept for ever', change: withDocument({ kind: 'LifecyclePolicy' }, 'policy', 'rules.1') },
  { fault: 'the session store goes with the stack', change: withOption(CACHE, { protect: false }) },
  {
    fault: 'a restored store is made anew once its snapshot is not named any more',
    change: withOption(CACHE, { ignoreChanges: ['engineVersion'] }),
  },
  {
    fault: "the session store's events go to a topic it cannot reach",
    change: withInput(CACHE, 'notificationTopicArn', '⟦Topic.chatmrpt-prod-inform!arn⟧'),
  },
  {
    fault: 'only one of two passwords is given to the user: a rotation cuts running tasks off',
    change: (records) => [
      ...records,
      ...records
        .filter(({ name, type }) => type.startsWith('random:') && name.endsWith('-redis-r1'))
        .map((record) => ({ ...record, name: 'chatmrpt-prod-redis-r2', urn: 'urn:added::redis-r2' })),
    ],
  },
]

/** What is watched, and who hears of it. */
const WATCH: readonly Mutant[] = [
  {
    fault: 'healthy targets by the most that was seen',
    change: withInput(alarm('healthy-hosts-low'), 'statistic', 'Maximum'),
  },
  {
    fault: 'running tasks of the whole cluster',
    change: withInput(alarm('running-tasks-low'), 'dimensions.ServiceName'),
  },
  {
    fault: "memory of the session store by a metric's misspelt name",
    change: withInput(
      alarm('cache-memory-critical'),
      'metricQueries.1.metric.metricName',
      'DatabaseMemoryUsagePercent',
    ),
  },
  {
    fault: 'errors in a namespace that is none',
    change: withInput(alarm('server-errors'), 'metricQueries.2.metric.namespace', 'AWS/ApplicationLB'),
  },
  {
    fault: 'a probe that says nothing is taken for well',
    change: withInput(alarm('outside-probe'), 'treatMissingData', 'notBreaching'),
  },
  {
    fault: 'percentiles of three requests send a deployment back',
    change: withInput(alarm('slow-answers'), 'evaluateLowSampleCountPercentiles'),
  },
  {
    fault: 'a page only when all its alarms are on',
    change: (records) =>
      records.map((record) =>
        is(record, IMPACT)
          ? {
              ...record,
              inputs: { ...record.inputs, alarmRule: String(record.inputs['alarmRule']).replaceAll(' OR ', ' AND ') },
            }
          : record,
      ),
  },
  {
    fault: 'a page for the last of its alarms alone',
    change: (records) =>
      records.map((record) =>
        is(record, IMPACT)
          ? {
              ...record,
              inputs: { ...record.inputs, alarmRule: String(record.inputs['alarmRule']).split(' OR ').at(-1) ?? '' },
            }
          : record,
      ),
  },
  {
    fault: 'a burn that one window alone tells',
    change: withText({ kind: 'CompositeAlarm', name: '-error-budget-fast' }, 'alarmRule', ' AND ', ' OR '),
  },
  { fault: 'no alarm sends a deployment back', change: withInput(SERVICE, 'alarms.alarmNames', []) },
  { fault: 'errors do not send a deployment back', change: withInput(SERVICE, 'alarms.alarmNames.2') },
  {
    fault: 'a page that reads in the morning',
    change: withInput(IMPACT, 'alarmActions.0', '⟦Topic.chatmrpt-prod-inform!arn⟧'),
  },
  {
    fault: 'a third page for the same incident',
    change: withInput({ kind: 'CompositeAlarm', name: '-error-budget-fast' }, 'alarmActions', [
      '⟦Topic.chatmrpt-prod-page!arn⟧',
    ]),
  },
  {
    fault: 'a telephone subscribed as a mail address',
    change: withInput({ kind: 'TopicSubscription', name: '' }, 'protocol', 'lambda'),
  },
  {
    fault: 'an on-call address that everybody may read in the state',
    change: subscriptions((record) => ({ ...record, secretInputs: [] })),
  },
  {
    fault: 'somebody both woken and informed',
    change: subscriptions((record) => ({
      ...record,
      inputs: { ...record.inputs, protocol: 'email', endpoint: 'team@example.org' },
    })),
  },
  { fault: 'an alarm without a link', change: withText(alarm('cpu-high'), 'alarmDescription', 'https://', '') },
  {
    fault: 'the filter of the bucket under another name than the dashboard draws',
    change: withInput({ kind: 'BucketMetric' }, 'name', 'objects'),
  },
  {
    fault: 'the dashboard draws a filter that is not there',
    change: withText({ kind: 'Dashboard' }, 'dashboardBody', '"FilterId","sessions"', '"FilterId","all"'),
  },
  {
    fault: 'the filter measures another prefix',
    change: withInput({ kind: 'BucketMetric' }, 'filter.prefix', 'other/'),
  },
  {
    fault: 'ends of deployments of another service',
    change: withText({ kind: 'EventRule' }, 'eventPattern', 'service/chatmrpt-prod/', 'service/chatmrpt/'),
  },
  {
    fault: 'the probe asks another address',
    change: withInput({ kind: 'Canary' }, 'runConfig.environmentVariables.PROBE_URL', 'https://example.org'),
  },
  { fault: 'the probe is not started', change: withInput({ kind: 'Canary' }, 'startCanary', false) },
  {
    fault: 'the probe stands inside the network',
    change: withInput({ kind: 'Canary' }, 'vpcConfig', { subnetIds: ring('private') }),
  },
]

const is = ({ type, name }: { type: string; name: string }, which: { kind: string; name: string }): boolean =>
  type.endsWith(`:${which.kind}`) && name.endsWith(which.name)

/** Faults of the kinds that the rules once let pass, three of each or more. */
export const MUTANTS_OF_KINDS: readonly Mutant[] = [...RIGHTS, ...ACCOUNT, ...WAY, ...TASKS, ...WATCH]

/** Faults in a stack's file, which the settings refuse before anything is made. */
export const FAULTY_SETTINGS: readonly {
  readonly fault: string
  readonly settings: Readonly<Record<string, string>>
}[] = [
  { fault: 'fewer tasks at most than at least, in the file', settings: { maxTasks: '1' } },
  { fault: 'more tasks at least than at most, in the file', settings: { minTasks: '11' } },
  { fault: 'a processor that is none, in the file', settings: { architecture: 'AMD64' } },
  { fault: 'one address both woken and informed, in the file', settings: { informTo: '["+2348012345678"]' } },
]
