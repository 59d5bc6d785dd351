import { also, withDocument, withInput, withOption, withText, type Change } from '../change.ts'
import { ofKind, type Mutant } from '../mutant.ts'

const TASK = { kind: 'TaskDefinition' }
const SERVICE = { kind: 'ecs/service:Service' }
const CACHE = { kind: 'ReplicationGroup' }
const USER = { kind: 'elasticache/user:User' }
const SCALED = { kind: 'appautoscaling/target:Target' }
const REQUESTS = { kind: 'appautoscaling/policy:Policy', name: '-requests' }
const LABEL = 'targetTrackingScalingPolicyConfiguration.predefinedMetricSpecification.resourceLabel'
const REGION = '"awslogs-region":"eu-west-1"'
const [BALANCER, TARGETS] = ['⟦LoadBalancer.chatmrpt-prod-web!arnSuffix⟧', '⟦TargetGroup.chatmrpt-prod-web!arnSuffix⟧']

/** The service does not wait for what ends so. */
const withoutWaiting =
  (isLeftOut: (urn: string) => boolean): Change =>
  (records) =>
    records.map((record) =>
      record.type === 'aws:ecs/service:Service'
        ? { ...record, dependsOn: record.dependsOn.filter((urn) => !isLeftOut(urn)) }
        : record,
    )
/** A second password of the session store, which the stack's file has named. */
const secondPassword = also({
  type: 'random:index/randomPassword:RandomPassword',
  name: 'chatmrpt-prod-redis-r2',
  inputs: { length: 48, special: false },
})
const container = (path: string, value: Parameters<typeof withDocument>[3]): Change =>
  withDocument(TASK, 'containerDefinitions', `0.${path}`, value)
const andThen =
  (one: Change, other: Change): Change =>
  (records) =>
    other(one(records))

/** The task, its deployment and its scaling. */
export const TASKS: readonly Mutant[] = [
  ...ofKind(
    'a task for another processor',
    {
      fault: "a task for another processor than its image's",
      change: withInput(TASK, 'runtimePlatform.cpuArchitecture', 'ARM64'),
    },
    [
      {
        fault: 'a task of another system',
        change: withInput(TASK, 'runtimePlatform.operatingSystemFamily', 'WINDOWS_SERVER_2022_CORE'),
      },
      { fault: 'a task that does not say its processor', change: withInput(TASK, 'runtimePlatform') },
      {
        fault: 'a task for a processor as Docker names it',
        change: withInput(TASK, 'runtimePlatform.cpuArchitecture', 'amd64'),
      },
    ],
  ),
  ...ofKind(
    'logs sent to another region',
    {
      fault: 'logs sent to another region',
      change: withText(TASK, 'containerDefinitions', REGION, '"awslogs-region":"us-east-1"'),
    },
    [
      {
        fault: 'logs sent to a zone in place of a region',
        change: withText(TASK, 'containerDefinitions', REGION, '"awslogs-region":"eu-west-1a"'),
      },
      {
        fault: 'logs that name no region',
        change: withText(TASK, 'containerDefinitions', '"awslogs-region"', '"awslogs-zone"'),
      },
      {
        fault: "logs sent to the region of another stage's account",
        change: withText(TASK, 'containerDefinitions', REGION, '"awslogs-region":"eu-west-2"'),
      },
    ],
  ),
  ...ofKind(
    'no time to start',
    {
      fault: 'no time to start before health is asked',
      change: withInput(SERVICE, 'healthCheckGracePeriodSeconds', 0),
    },
    [
      {
        fault: 'a few seconds to start before health is asked',
        change: withInput(SERVICE, 'healthCheckGracePeriodSeconds', 5),
      },
      {
        fault: 'no time to start is given',
        change: withInput(SERVICE, 'healthCheckGracePeriodSeconds'),
      },
      {
        fault: 'less time to start than the container itself gets',
        change: withInput(SERVICE, 'healthCheckGracePeriodSeconds', 29),
      },
    ],
  ),
  ...ofKind(
    'an order that is not kept',
    {
      fault: "the service does not wait for its roles' rights",
      change: withoutWaiting((urn) => urn.includes('rolePolicy')),
    },
    [
      { fault: 'the service waits for nothing', change: withOption(SERVICE, { dependsOn: [] }) },
      {
        fault: 'the service does not wait for the right to fetch its image',
        change: withoutWaiting((urn) => urn.endsWith('rolePolicy:RolePolicy::chatmrpt-prod-execution')),
      },
      {
        fault: "the service does not wait for its tasks' rights",
        change: withoutWaiting((urn) => urn.endsWith('rolePolicy:RolePolicy::chatmrpt-prod-task')),
      },
      {
        fault: 'the probe does not wait for its rights',
        change: withOption({ kind: 'Canary' }, { dependsOn: [] }),
      },
    ],
  ),
  ...ofKind(
    'requests counted for another target',
    {
      fault: 'requests are counted for a balancer and targets the wrong way round',
      change: withInput(REQUESTS, LABEL, `${TARGETS}/${BALANCER}`),
    },
    [
      { fault: 'requests are counted for the balancer alone', change: withInput(REQUESTS, LABEL, BALANCER) },
      { fault: 'requests are counted for nothing that is named', change: withInput(REQUESTS, LABEL) },
      {
        fault: "requests are counted for another stack's targets",
        change: withInput(REQUESTS, LABEL, `${BALANCER}/targetgroup/chatmrpt-dev-web/0a1b`),
      },
    ],
  ),
  ...ofKind(
    'scaling of another service',
    {
      fault: 'scaling of a service by the ARN of its cluster',
      change: withInput(SCALED, 'resourceId', 'service/⟦Cluster.chatmrpt-prod!arn⟧/chatmrpt-prod'),
    },
    [
      {
        fault: 'scaling of a service that does not exist',
        change: withInput(SCALED, 'resourceId', 'service/chatmrpt-prod/another'),
      },
      {
        fault: 'scaling of a cluster and no service',
        change: withInput(SCALED, 'resourceId', 'service/chatmrpt-prod'),
      },
      {
        fault: "scaling of another stage's service",
        change: withInput(SCALED, 'resourceId', 'service/chatmrpt-dev/chatmrpt-dev'),
      },
    ],
  ),
  {
    fault: 'so few images kept that a rollback finds none',
    change: withText({ kind: 'LifecyclePolicy' }, 'policy', '"countNumber":150', '"countNumber":3'),
  },
  {
    fault: 'images kept for a number of days, not by their number',
    change: withText({ kind: 'LifecyclePolicy' }, 'policy', 'imageCountMoreThan', 'sinceImagePushed'),
  },
  { fault: 'images kept for ever', change: withDocument({ kind: 'LifecyclePolicy' }, 'policy', 'rules.1') },
  ...ofKind(
    'what holds something goes with the stack',
    { fault: 'the session store goes with the stack', change: withOption(CACHE, { protect: false }) },
    [
      {
        fault: "people's data go with the stack",
        change: withOption({ kind: 'Bucket', name: '-data' }, { protect: false }),
      },
      { fault: 'the keys go with the stack', change: withOption({ kind: 'kms/key:Key' }, { protect: false }) },
      {
        fault: 'the balancer may be deleted by a slip',
        change: withInput({ kind: 'LoadBalancer' }, 'enableDeletionProtection', false),
      },
    ],
  ),
  {
    fault: 'a restored store is replaced once its snapshot is no longer named',
    change: withOption(CACHE, { ignoreChanges: ['engineVersion'] }),
  },
  {
    fault: "the session store's events go to a topic it cannot reach",
    change: withInput(CACHE, 'notificationTopicArn', '⟦Topic.chatmrpt-prod-inform!arn⟧'),
  },
  ...ofKind(
    'a rotation that cuts running tasks off',
    {
      fault: 'only one of two passwords is given to the user: a rotation cuts running tasks off',
      change: secondPassword,
    },
    [
      {
        fault: 'only the new password is given to the user',
        change: andThen(
          secondPassword,
          withInput(USER, 'authenticationMode.passwords', ['⟦RandomPassword.chatmrpt-prod-redis-r2!result⟧']),
        ),
      },
      { fault: 'the user is given no password', change: withInput(USER, 'authenticationMode.passwords', []) },
      {
        fault: 'the user needs no password',
        change: withInput(USER, 'authenticationMode', { type: 'no-password-required' }),
      },
    ],
  ),
  {
    fault: 'a task that runs another program than its image does',
    change: container('command', ['node', 'service/main.ts']),
  },
  { fault: 'a task that does not start as its image does', change: container('entryPoint', ['sh', '-c']) },
  { fault: 'a task that starts in another folder', change: container('workingDirectory', '/') },
  {
    fault: 'a task that looks for compiled code where its image has none',
    change: container('environment.0', { name: 'NODE_COMPILE_CACHE', value: '/tmp/cache' }),
  },
]
