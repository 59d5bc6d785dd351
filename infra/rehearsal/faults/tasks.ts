import { withDocument, withInput, withOption, withText } from '../change.ts'
import type { Mutant } from '../mutant.ts'

const TASK = { kind: 'TaskDefinition' }
const SERVICE = { kind: 'ecs/service:Service' }
const CACHE = { kind: 'ReplicationGroup' }
/** The task, its deployment and its scaling. */
export const TASKS: readonly Mutant[] = [
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
  {
    fault: 'logs sent to a zone in place of a region',
    change: withText(TASK, 'containerDefinitions', '"awslogs-region":"eu-west-1"', '"awslogs-region":"eu-west-1a"'),
  },
  {
    fault: 'logs that name no region',
    change: withText(TASK, 'containerDefinitions', '"awslogs-region"', '"awslogs-zone"'),
  },
  { fault: 'no time to start before health is asked', change: withInput(SERVICE, 'healthCheckGracePeriodSeconds', 0) },
  {
    fault: 'a few seconds to start before health is asked',
    change: withInput(SERVICE, 'healthCheckGracePeriodSeconds', 5),
  },
  { fault: 'a time to start that nobody said', change: withInput(SERVICE, 'healthCheckGracePeriodSeconds') },
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
    fault: 'the service waits for nothing',
    change: withOption(SERVICE, { dependsOn: [] }),
  },
  {
    fault: 'requests are counted for the balancer alone',
    change: withInput(
      { kind: 'appautoscaling/policy:Policy', name: '-requests' },
      'targetTrackingScalingPolicyConfiguration.predefinedMetricSpecification.resourceLabel',
      '⟦LoadBalancer.chatmrpt-prod-web!arnSuffix⟧',
    ),
  },
  {
    fault: 'requests are counted for nothing that is named',
    change: withInput(
      { kind: 'appautoscaling/policy:Policy', name: '-requests' },
      'targetTrackingScalingPolicyConfiguration.predefinedMetricSpecification.resourceLabel',
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
    fault: 'scaling of a service that is none',
    change: withInput({ kind: 'appautoscaling/target:Target' }, 'resourceId', 'service/chatmrpt-prod/another'),
  },
  {
    fault: 'scaling of a cluster and no service',
    change: withInput({ kind: 'appautoscaling/target:Target' }, 'resourceId', 'service/chatmrpt-prod'),
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
    fault: "people's data go with the stack",
    change: withOption({ kind: 'Bucket', name: '-data' }, { protect: false }),
  },
  { fault: 'the keys go with the stack', change: withOption({ kind: 'kms/key:Key' }, { protect: false }) },
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
