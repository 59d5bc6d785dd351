import { MUTANTS_OF_KINDS } from './mutants-of-kinds.ts'
import { also, without, withDocument, withInput, withOption, withText, type Change } from './change.ts'
import type { Mutant } from './mutant.ts'

const TASK = { kind: 'TaskDefinition' }
const SERVICE = { kind: 'ecs/service:Service' }
const CACHE = { kind: 'ReplicationGroup' }
const DATA = '-data'
const container = (path: string, value?: Parameters<typeof withDocument>[3]): Change =>
  withDocument(TASK, 'containerDefinitions', `0.${path}`, value)
const group = (end: string): string => `⟦SecurityGroup.chatmrpt-prod-${end}!id⟧`

export const MUTANTS: readonly Mutant[] = [
  { fault: "stopTimeout of 300 s, over Fargate's limit", change: container('stopTimeout', 300), named: true },
  { fault: 'no execution role', change: withInput(TASK, 'executionRoleArn'), named: true },
  {
    fault: 'the service names another container',
    change: withInput(SERVICE, 'loadBalancers.0.containerName', 'web'),
    named: true,
  },
  {
    fault: 'the service names another port',
    change: withInput(SERVICE, 'loadBalancers.0.containerPort', 3000),
    named: true,
  },
  {
    fault: 'minimum and maximum of a deployment both 100 %',
    change: withInput(SERVICE, 'deploymentMaximumPercent', 100),
    named: true,
  },
  { fault: 'a node type that does not exist', change: withInput(CACHE, 'nodeType', 'cache.t3.mirco'), named: true },
  { fault: 'an engine that does not exist', change: withInput(CACHE, 'engine', 'valky'), named: true },
  { fault: 'an engine version that does not exist', change: withInput(CACHE, 'engineVersion', '8.9'), named: true },
  { fault: 'Multi-AZ without failover', change: withInput(CACHE, 'automaticFailoverEnabled', false), named: true },
  { fault: 'Multi-AZ with one node', change: withInput(CACHE, 'numCacheClusters', 1), named: true },
  {
    fault: 'a password without TLS',
    change: withInput(CACHE, 'transitEncryptionEnabled', false),
    named: true,
    nag: 'AwsSolutions-AEC3',
  },
  {
    fault: 'a maintenance window of half an hour',
    change: withInput(CACHE, 'maintenanceWindow', 'sun:02:00-sun:02:30'),
    named: true,
  },
  { fault: 'backup during maintenance', change: withInput(CACHE, 'snapshotWindow', '02:30-03:30'), named: true },
  {
    fault: 'parameters of redis7 for Valkey',
    change: withInput({ kind: 'ParameterGroup' }, 'family', 'redis7'),
    named: true,
  },
  {
    fault: "a misspelt action in the task's policy",
    change: withText({ kind: 'RolePolicy', name: '-task' }, 'policy', 's3:GetObject"', 's3:GetObjct"'),
    named: true,
  },
  {
    fault: 'a misspelt effect in a policy',
    change: withText({ kind: 'RolePolicy', name: '-execution' }, 'policy', '"Allow"', '"Alow"'),
    named: true,
  },
  {
    fault: 'targets that are instances',
    change: withInput({ kind: 'TargetGroup' }, 'targetType', 'instance'),
    named: true,
  },
  { fault: 'port 70000', change: container('portMappings.0.containerPort', 70_000), named: true },
  {
    fault: 'fewer tasks at most than at least',
    change: withInput({ kind: 'appautoscaling/target:Target' }, 'maxCapacity', 1),
    named: true,
  },
  {
    fault: 'a widget wider than the dashboard',
    change: withDocument({ kind: 'Dashboard' }, 'dashboardBody', 'widgets.3.width', 30),
    named: true,
  },
  {
    fault: 'a backup window at an hour that does not exist',
    change: withInput(CACHE, 'snapshotWindow', '25:00-26:00'),
    named: true,
  },

  {
    fault: 'the cache open to the load balancer',
    change: withInput(
      { kind: 'SecurityGroupIngressRule', name: 'service-to-cache' },
      'referencedSecurityGroupId',
      group('balancer'),
    ),
  },
  {
    fault: 'the cache open to the world',
    change: also({
      type: 'aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule',
      name: 'extra',
      inputs: {
        securityGroupId: group('cache'),
        ipProtocol: 'tcp',
        fromPort: 6379,
        toPort: 6379,
        cidrIpv4: '0.0.0.0/0',
      },
    }),
    nag: 'AwsSolutions-EC23',
  },
  {
    fault: 'the tasks open to the world',
    change: withInput({ kind: 'SecurityGroupIngressRule', name: 'balancer-to-service' }, 'cidrIpv4', '0.0.0.0/0'),
    nag: 'AwsSolutions-EC23',
  },
  {
    fault: 'SSH open to the world',
    change: withInput({ kind: 'SecurityGroupIngressRule', name: 'from-world-80' }, 'fromPort', 22),
  },
  {
    fault: 'the default group left open',
    change: withInput({ kind: 'DefaultSecurityGroup' }, 'ingress', [{ protocol: '-1', self: true }]),
  },
  {
    fault: 'the cache in the open subnets',
    change: withInput({ kind: 'elasticache/subnetGroup:SubnetGroup' }, 'subnetIds', [
      '⟦Subnet.chatmrpt-prod-public-1!id⟧',
      '⟦Subnet.chatmrpt-prod-public-2!id⟧',
    ]),
  },
  { fault: 'subnets that give public addresses', change: withInput({ kind: 'Subnet' }, 'mapPublicIpOnLaunch', true) },
  { fault: 'tasks with public addresses', change: withInput(SERVICE, 'networkConfiguration.assignPublicIp', true) },
  { fault: 'the balancer in one zone', change: withInput({ kind: 'LoadBalancer' }, 'subnets.1') },
  { fault: 'an S3 endpoint that no route leads to', change: withInput({ kind: 'VpcEndpoint' }, 'routeTableIds') },
  { fault: "one zone's tasks without a way out", change: without({ kind: 'ec2/route:Route', name: '-private-2' }) },
  { fault: 'no flow logs', change: without({ kind: 'FlowLog' }), nag: 'AwsSolutions-VPC7' },
  {
    fault: 'HTTP served instead of sent on',
    change: withInput({ kind: 'Listener', name: '-http' }, 'defaultActions.0.type', 'forward'),
  },
  {
    fault: 'an old TLS policy',
    change: withInput({ kind: 'Listener', name: '-https' }, 'sslPolicy', 'ELBSecurityPolicy-2016-08'),
  },
  {
    fault: 'invalid headers let through',
    change: withInput({ kind: 'LoadBalancer' }, 'dropInvalidHeaderFields', false),
  },
  {
    fault: 'health asked of /readyz, which a Redis outage fails',
    change: withInput({ kind: 'TargetGroup' }, 'healthCheck.path', '/readyz'),
  },
  {
    fault: 'requests cut off: no time to finish',
    change: withInput({ kind: 'TargetGroup' }, 'deregistrationDelay', 5),
  },
  { fault: 'no firewall before prod', change: without({ kind: 'WebAclAssociation' }) },
  { fault: 'a writable root file system', change: container('readonlyRootFilesystem', false) },
  {
    fault: 'capabilities to add left unsaid, which AWS gives back as none',
    change: container('linuxParameters.capabilities.add'),
  },
  { fault: 'a capability added', change: container('linuxParameters.capabilities.add', ['SYS_PTRACE']) },
  {
    fault: 'an option of a tmpfs with a value, which ECS does not list',
    change: container('linuxParameters.tmpfs.0.mountOptions', ['nosuid', 'mode=1777']),
  },
  { fault: 'the revision before taken away: nothing to go back to', change: withInput(TASK, 'skipDestroy', false) },
  { fault: 'a task that runs as root', change: container('user', '0:0') },
  { fault: 'a privileged task', change: container('privileged', true) },
  {
    fault: 'an image by tag',
    change: container('image', '123456789012.dkr.ecr.eu-west-1.amazonaws.com/chatmrpt-prod:latest'),
  },
  {
    fault: 'a secret in the environment',
    change: withDocument(TASK, 'containerDefinitions', '0.environment.0', {
      name: 'COOKIE_SECRETS',
      value: 'x'.repeat(40),
    }),
  },
  {
    fault: "the session store's host mistyped",
    change: withText(TASK, 'containerDefinitions', '!primaryEndpointAddress', '!readerEndpointAddress'),
  },
  { fault: 'Redis without TLS', change: withText(TASK, 'containerDefinitions', 'rediss://', 'redis://') },
  {
    fault: "forwarded headers trusted from the tasks' own subnets",
    change: withText(TASK, 'containerDefinitions', '10.40.0.0/24', '10.40.16.0/20'),
  },
  {
    fault: 'logout confirmed by no replica',
    change: withText(
      TASK,
      'containerDefinitions',
      '"REDIS_LOGOUT_ACKS","value":"1"',
      '"REDIS_LOGOUT_ACKS","value":"0"',
    ),
  },
  { fault: 'a variable left out', change: container('environment.9') },
  {
    fault: 'secrets swapped',
    change: withText(
      TASK,
      'containerDefinitions',
      'SecretVersion.chatmrpt-prod-seals',
      'SecretVersion.chatmrpt-prod-cookies',
    ),
  },
  {
    fault: 'a rollback alarm by a name no alarm has',
    change: withInput(SERVICE, 'alarms.alarmNames.0', 'chatmrpt-prod-5xx'),
  },
  { fault: 'no rollback', change: withInput(SERVICE, 'deploymentCircuitBreaker.rollback', false) },
  { fault: 'the service does not wait for its listener', change: withOption(SERVICE, { dependsOn: [] }) },
  { fault: 'a deployment resets the number of tasks', change: withOption(SERVICE, { ignoreChanges: [] }) },
  { fault: 'one task at least', change: withInput({ kind: 'appautoscaling/target:Target' }, 'minCapacity', 1) },
  {
    fault: 'scaling at 95 % of the processor',
    change: withInput(
      { kind: 'appautoscaling/policy:Policy', name: '-cpu' },
      'targetTrackingScalingPolicyConfiguration.targetValue',
      95,
    ),
  },
  {
    fault: 'sessions evicted when the store is full',
    change: withInput({ kind: 'ParameterGroup' }, 'parameters.0.value', 'allkeys-lru'),
  },
  {
    fault: 'a Redis user that may do anything',
    change: withInput({ kind: 'elasticache/user:User' }, 'accessString', 'on ~* +@all'),
  },
  {
    fault: 'a password that is plain to Pulumi',
    change: withOption({ kind: 'elasticache/user:User' }, { secretInputs: [] }),
  },
  { fault: 'no backup of the session store', change: withInput(CACHE, 'snapshotRetentionLimit', 0) },
  {
    fault: 'a minor version that AWS raised is taken back, with a new store',
    change: withOption(CACHE, { ignoreChanges: [] }),
  },
  { fault: 'TLS preferred, not required', change: withInput(CACHE, 'transitEncryptionMode', 'preferred') },
  {
    fault: 'the data bucket unversioned',
    change: withInput({ kind: 'BucketVersioning', name: DATA }, 'versioningConfiguration.status', 'Suspended'),
  },
  {
    fault: 'old versions kept for ever',
    change: withInput({ kind: 'BucketLifecycleConfiguration', name: DATA }, 'rules.0.noncurrentVersionExpiration'),
  },
  {
    fault: 'the wrong prefix expires',
    change: withInput({ kind: 'BucketLifecycleConfiguration', name: DATA }, 'rules.0.filter.prefix', 'session/'),
  },
  {
    fault: 'public access not blocked',
    change: withInput({ kind: 'BucketPublicAccessBlock', name: DATA }, 'restrictPublicBuckets', false),
    nag: 'AwsSolutions-S2',
  },
  {
    fault: 'any origin may upload',
    change: withInput({ kind: 'BucketCorsConfiguration' }, 'corsRules.0.allowedOrigins', ['*']),
  },
  {
    fault: 'objects without our key',
    change: withInput(
      { kind: 'BucketServerSideEncryptionConfiguration', name: DATA },
      'rules.0.applyServerSideEncryptionByDefault',
      { sseAlgorithm: 'AES256' },
    ),
  },
  {
    fault: "S3's own default left out, which each update would then see as a change",
    change: withInput(
      { kind: 'BucketServerSideEncryptionConfiguration', name: DATA },
      'rules.0.blockedEncryptionTypes',
    ),
  },
  {
    fault: 'the bucket deleted with the stack',
    change: withOption({ kind: 'Bucket', name: DATA }, { protect: false }),
  },
  {
    fault: 'plain HTTP to the bucket',
    change: withText({ kind: 'BucketPolicy', name: DATA }, 'policy', 'aws:SecureTransport', 'aws:SourceIp'),
    nag: 'AwsSolutions-S10',
  },
  {
    fault: 'the task may read the whole bucket',
    change: withText({ kind: 'RolePolicy', name: '-task' }, 'policy', '/sessions/*', '/*'),
  },
  {
    fault: 'the task may do anything with S3',
    change: withText({ kind: 'RolePolicy', name: '-task' }, 'policy', '"s3:PutObject"', '"s3:*"'),
    nag: 'AwsSolutions-IAM5[Action::s3:*]',
  },
  {
    fault: "any account's tasks may take the role",
    change: withText(
      { kind: 'iam/role:Role', name: '-task' },
      'assumeRolePolicy',
      'ecs-tasks.amazonaws.com',
      'ec2.amazonaws.com',
    ),
  },
  {
    fault: 'a key that does not rotate',
    change: withInput({ kind: 'kms/key:Key' }, 'enableKeyRotation', false),
    nag: 'AwsSolutions-KMS5',
  },
  {
    fault: 'a key open to everybody',
    change: withText(
      { kind: 'kms/key:Key', name: DATA },
      'policy',
      '{"AWS":"arn:aws:iam::123456789012:root"}',
      '{"AWS":"*"}',
    ),
  },
  { fault: 'tags that move', change: withInput({ kind: 'Repository' }, 'imageTagMutability', 'MUTABLE') },
  {
    fault: 'an alarm nobody hears',
    change: withInput({ kind: 'MetricAlarm', name: '-isolation-violation' }, 'alarmActions', []),
  },
  {
    fault: 'an alarm on a metric nobody emits',
    change: withInput({ kind: 'MetricAlarm', name: '-isolation-violation' }, 'metricName', 'IsolationViolations'),
  },
  {
    fault: 'an alarm on a dimension nobody emits',
    change: withInput({ kind: 'MetricAlarm', name: '-s3-errors' }, 'dimensions.Route', '/api/files'),
  },
  {
    fault: 'an alarm that needs more points than it looks at',
    change: withInput({ kind: 'MetricAlarm', name: '-redis-unhealthy' }, 'datapointsToAlarm', 4),
  },
  {
    fault: 'an alarm on more metrics than CloudWatch takes',
    change: withInput(
      { kind: 'MetricAlarm', name: '-redis-acl-denied' },
      'metricQueries',
      Array.from({ length: 11 }, (_, n) => ({
        id: `m${String(n)}`,
        metric: {
          namespace: 'AWS/ElastiCache',
          metricName: 'AuthenticationFailures',
          period: 300,
          stat: 'Sum',
          dimensions: {},
        },
      })),
    ),
  },
  {
    fault: 'an alarm in the other direction',
    change: withInput({ kind: 'MetricAlarm', name: '-isolation-violation' }, 'comparisonOperator', 'LessThanThreshold'),
  },
  {
    fault: 'missing data counts as healthy',
    change: withInput({ kind: 'MetricAlarm', name: '-telemetry-silent' }, 'treatMissingData', 'notBreaching'),
  },
  {
    fault: 'an alarm whose runbook is missing',
    change: withText({ kind: 'MetricAlarm', name: '-cpu-high' }, 'alarmDescription', 'cpu-high.md', 'cpu.md'),
  },
  { fault: 'nobody is woken', change: withInput({ kind: 'CompositeAlarm', name: '-isolation' }, 'alarmActions', []) },
  {
    fault: 'a metric that is not drawn',
    change: withText({ kind: 'Dashboard' }, 'dashboardBody', 'ErasureBacklog', 'Heartbeat'),
  },
  {
    fault: 'a topic anybody may publish to',
    change: withText({ kind: 'TopicPolicy', name: '-page' }, 'policy', '{"Service":"cloudwatch.amazonaws.com"}', '"*"'),
  },
  { fault: 'logs kept for a week', change: withInput({ kind: 'LogGroup', name: '-service' }, 'retentionInDays', 7) },
  { fault: 'a missing value written out as a word', change: container('environment.9.value', 'undefined') },
  {
    fault: 'an output used as if it were text',
    change: withInput(
      { kind: 'route53/record:Record', name: '-alias' },
      'name',
      'Calling [toString] on an [Output<T>] is not supported.',
    ),
  },
  {
    fault: 'a password in a tag',
    change: withInput({ kind: 'ecs/cluster:Cluster' }, 'tags', {
      note: '⟦RandomPassword.chatmrpt-prod-redis-r1!result⟧',
    }),
  },
  {
    fault: 'no Container Insights',
    change: withInput({ kind: 'ecs/cluster:Cluster' }, 'settings.0.value', 'disabled'),
    nag: 'AwsSolutions-ECS4',
  },
  {
    fault: 'the balancer keeps no access logs',
    change: withInput({ kind: 'LoadBalancer' }, 'accessLogs.enabled', false),
    nag: 'AwsSolutions-ELB2',
  },
  {
    fault: 'requests for objects are not logged',
    change: without({ kind: 'BucketLogging' }),
    nag: 'AwsSolutions-S1',
  },
  {
    fault: 'logs of the data bucket sent before the log bucket takes them',
    change: withOption({ kind: 'BucketLogging' }, { dependsOn: [] }),
  },
  {
    fault: 'both nodes of the session store in one zone',
    change: withInput(CACHE, 'multiAzEnabled', false),
    nag: 'AwsSolutions-AEC4',
  },
  {
    fault: 'the session store not encrypted at rest',
    change: withInput(CACHE, 'atRestEncryptionEnabled', false),
    nag: 'AwsSolutions-AEC3',
  },
  {
    fault: 'a policy that allows everything',
    change: withText({ kind: 'RolePolicy', name: '-flow' }, 'policy', '"logs:PutLogEvents"', '"*"'),
    nag: 'AwsSolutions-IAM5[Action::*]',
  },
  {
    fault: 'messages of alarms published without TLS',
    change: withText({ kind: 'TopicPolicy' }, 'policy', 'aws:SecureTransport', 'aws:SourceIp'),
  },
  ...MUTANTS_OF_KINDS,
]
