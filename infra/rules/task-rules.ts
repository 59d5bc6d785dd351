import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readConfig } from '../../service/config/config.ts'
import { secretsIn, type Recorded } from '../rehearsal/record.ts'
import type { Json } from '../rehearsal/values.ts'
import { TIMINGS } from '../timings.ts'
import {
  at,
  documentAt,
  every,
  input,
  listAt,
  publicUrlOf,
  regionOf,
  whole,
  type Rule,
  type StackView,
} from './rule.ts'
import { isRing, rings } from './network-rules.ts'
import { TYPE } from './types.ts'

/** Options of a tmpfs that need no value, with ECS's names. */
const TMPFS_OPTIONS: ReadonlySet<unknown> = new Set([
  'defaults',
  'ro',
  'rw',
  'suid',
  'nosuid',
  'dev',
  'nodev',
  'exec',
  'noexec',
  'sync',
  'async',
  'atime',
  'noatime',
])

/** The processor in a stack's file, as infra/platform.sh reads it. */
function architectureOf(stage: string): string | undefined {
  const file = readFileSync(join(import.meta.dirname, '..', '..', `Pulumi.${stage}.yaml`), 'utf8')
  return /^ *chatmrpt:architecture: *(\w+)$/m.exec(file)?.[1]
}

/** Every container of every task, with the task it belongs to. */
function containers(stack: StackView): { task: Recorded; container: Json }[] {
  return stack.of(TYPE.task).flatMap((task) => {
    const list = documentAt(task, 'containerDefinitions')
    return Array.isArray(list) ? (list as readonly Json[]).map((container) => ({ task, container })) : []
  })
}

const isOperator = (task: Recorded): boolean => task.name.endsWith('-operator')

function everyContainer(
  id: string,
  title: string,
  holds: (container: Json, task: Recorded, stack: StackView) => boolean,
): Rule {
  return {
    id,
    title,
    check: (stack) => {
      const found = containers(stack)
      return found.length === 0
        ? ['there is no container']
        : found.filter(({ task, container }) => !holds(container, task, stack)).map(({ task }) => task.name)
    },
  }
}

/**
 * The environment that a task gives its process: variables as they are, secrets as ECS would fetch them, each named
 * version replaced by what the stack put into it. A reference that leads nowhere is left out.
 */
export function environmentOf(stack: StackView): Record<string, string> {
  const [first] = containers(stack)
  const container = first?.container
  const variables = listAt(container, 'environment').map(
    (each) => [String(at(each, 'name')), String(at(each, 'value'))] as const,
  )
  const secrets = listAt(container, 'secrets').flatMap((each) => {
    const [arn, ...rest] = String(at(each, 'valueFrom')).split(':::')
    const version = stack
      .of(TYPE.secretVersion)
      .find((candidate) => candidate.outputs['versionId'] === rest.join(':::'))
    const owner = stack.of(TYPE.secret).find((secret) => secret.outputs['arn'] === arn)
    return version !== undefined && owner !== undefined && input(version, 'secretId') === owner.id
      ? [[String(at(each, 'name')), String(input(version, 'secretString'))] as const]
      : []
  })
  return Object.fromEntries([...variables, ...secrets])
}

/** What is wrong with the environment, as the service itself would report it. */
function environmentFaults(stack: StackView): string[] {
  const env = environmentOf(stack)
  try {
    const { config, secrets } = readConfig(env)
    const cache = stack.of(TYPE.cache)[0]
    const data = stack.of(TYPE.bucket).find(({ name }) => name.endsWith('-data'))
    const user = stack.of(TYPE.cacheUser)[0]
    const client = stack.of(TYPE.userPoolClient)[0]
    const signIn =
      client === undefined
        ? undefined
        : {
            issuer: `https://cognito-idp.${regionOf(stack)}.amazonaws.com/${String(input(client, 'userPoolId'))}`,
            clientId: client.id,
            publicUrl: publicUrlOf(stack),
          }
    const said: readonly (readonly [string, boolean])[] = [
      ['the stage is another', config.stage === stack.stage],
      [
        'Redis is not the primary of the session store',
        config.redis.host === cache?.outputs['primaryEndpointAddress'] &&
          config.redis.port === input(cache, 'port') &&
          config.redis.tls,
      ],
      ['the Redis user is another', config.redis.username === (user === undefined ? '' : input(user, 'userName'))],
      [
        "the Redis password is not one of the user's",
        user !== undefined && listAt(user.inputs, 'authenticationMode.passwords').includes(secrets.redisPassword),
      ],
      ['logout does not wait for the replica', config.redis.logoutAcks === 1],
      [
        'the bucket is not the data bucket',
        config.objects.bucket === data?.outputs['bucket'] && config.objects.endpoint === undefined,
      ],
      [
        'the trusted proxies are not the open subnets',
        JSON.stringify([...config.trustedProxies].sort()) ===
          JSON.stringify(
            rings(stack)
              .open.map((subnet) => input(subnet, 'cidrBlock'))
              .sort(),
          ),
      ],
      [
        "the port is not the container's",
        config.port === at(containers(stack)[0]?.container, 'portMappings.0.containerPort'),
      ],
      ['sign-in is not by the user pool and its client', JSON.stringify(config.signIn) === JSON.stringify(signIn)],
      ["the secret of sign-in is not the client's", secrets.signInClientSecret === client?.outputs['clientSecret']],
      [
        'a variable is given twice',
        Object.keys(env).length ===
          listAt(containers(stack)[0]?.container, 'environment').length +
            listAt(containers(stack)[0]?.container, 'secrets').length,
      ],
    ]
    return said.filter(([, holds]) => !holds).map(([fault]) => fault)
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)]
  }
}

const roleOf = (stack: StackView, arn: Json | undefined): Recorded | undefined =>
  stack.of(TYPE.role).find(({ outputs }) => arn !== undefined && outputs['arn'] === arn)

export const taskRules: readonly Rule[] = [
  everyContainer(
    'ECS.1',
    'Tasks have their own network and run as an ordinary user',
    (container, task) =>
      input(task, 'networkMode') === 'awsvpc' && /^[1-9]\d*(:[1-9]\d*)?$/.test(String(at(container, 'user'))),
  ),
  every(
    'ECS.2',
    'Tasks get no public address',
    TYPE.service,
    (record) => input(record, 'networkConfiguration.assignPublicIp') === false,
  ),
  every(
    'ECS.3',
    "Tasks do not share the host's processes",
    TYPE.task,
    (record) => input(record, 'pidMode') === undefined,
  ),
  everyContainer(
    'ECS.4',
    'Containers have no privileges',
    (container) =>
      at(container, 'privileged') === false &&
      JSON.stringify(at(container, 'linuxParameters.capabilities.drop')) === '["ALL"]' &&
      listAt(container, 'linuxParameters.capabilities.add').length === 0,
  ),
  everyContainer(
    'ECS.5',
    'Containers cannot write to their own file system',
    (container) => at(container, 'readonlyRootFilesystem') === true,
  ),
  everyContainer('ECS.8', 'No secret is in the environment of a task', (container) =>
    listAt(container, 'environment').every(
      (each) =>
        !/SECRET|PASSWORD|ACCESS_KEY|TOKEN/.test(String(at(each, 'name'))) && secretsIn(at(each, 'value')).length === 0,
    ),
  ),
  everyContainer(
    'ECS.9',
    'Tasks send their logs away, to a group of this stack, in a way that is written down',
    (container, _task, stack) =>
      at(container, 'logConfiguration.logDriver') === 'awslogs' &&
      stack
        .of(TYPE.logGroup)
        .some(({ outputs }) => outputs['name'] === at(container, 'logConfiguration.options.awslogs-group')) &&
      at(container, 'logConfiguration.options.awslogs-region') === regionOf(stack) &&
      ['blocking', 'non-blocking'].includes(String(at(container, 'logConfiguration.options.mode'))),
  ),
  every(
    'ECS.10',
    'The service runs on the newest platform',
    TYPE.service,
    (record) => input(record, 'platformVersion') === 'LATEST' && input(record, 'launchType') === 'FARGATE',
  ),
  every('ECS.12', 'Container Insights is on', TYPE.cluster, (record) =>
    JSON.stringify(input(record, 'settings') ?? []).includes('"value":"enabled"'),
  ),
  every(
    'task.size',
    'A task has half a processor and a gigabyte',
    TYPE.task,
    (record) =>
      input(record, 'cpu') === '512' &&
      input(record, 'memory') === '1024' &&
      JSON.stringify(input(record, 'requiresCompatibilities')) === '["FARGATE"]',
  ),
  every(
    'task.architecture',
    'A task runs on the processor for which infra/platform.sh has its image built',
    TYPE.task,
    (record, stack) =>
      input(record, 'runtimePlatform.cpuArchitecture') === architectureOf(stack.stage) &&
      input(record, 'runtimePlatform.operatingSystemFamily') === 'LINUX',
  ),
  everyContainer('task.image', 'The image is given by digest', (container) =>
    /@sha256:[a-f0-9]{64}$/.test(String(at(container, 'image'))),
  ),
  everyContainer(
    'task.program',
    "A task runs what its image runs, the way the image was tried; an operator's runs the program for operators",
    (container, task) =>
      ['entryPoint', 'workingDirectory'].every((key) => at(container, key) === undefined) &&
      JSON.stringify(at(container, 'command')) ===
        (isOperator(task) ? JSON.stringify(['node', 'dist/operator.js']) : undefined) &&
      listAt(container, 'environment').every((each) => at(each, 'name') !== 'NODE_COMPILE_CACHE'),
  ),
  everyContainer('task.health', "The container's own check asks whether the process serves", (container, task) =>
    isOperator(task)
      ? at(container, 'healthCheck') === undefined
      : JSON.stringify(at(container, 'healthCheck.command') ?? '').includes(
          `:${String(at(container, 'portMappings.0.containerPort'))}/livez`,
        ),
  ),
  everyContainer(
    'task.stop',
    'A stopping task has longer than a request may take, and no longer than Fargate allows',
    (container, _task, stack) => {
      const stop = Number(at(container, 'stopTimeout'))
      const drain = Number(stack.of(TYPE.targets).map((record) => input(record, 'deregistrationDelay'))[0])
      return TIMINGS.longestRequest <= drain && drain < stop && stop <= 120
    },
  ),
  everyContainer(
    'task.process',
    'A first process reaps children and passes signals on',
    (container) =>
      at(container, 'linuxParameters.initProcessEnabled') === true &&
      at(container, 'linuxParameters.tmpfs.0.containerPath') === '/tmp',
  ),
  everyContainer(
    'task.settled',
    'A container says what AWS would give back, so that an update without a change replaces no task',
    (container) =>
      ['add', 'drop'].every((key) => Array.isArray(at(container, `linuxParameters.capabilities.${key}`))) &&
      listAt(container, 'linuxParameters.tmpfs').every((each) =>
        listAt(each, 'mountOptions').every((option) => TMPFS_OPTIONS.has(option)),
      ),
  ),
  everyContainer(
    'task.ports',
    "The container's port is one that exists, the same inside and outside",
    (container, task) => {
      if (isOperator(task)) return listAt(container, 'portMappings').length === 0
      const port = Number(at(container, 'portMappings.0.containerPort'))
      return (
        port >= 1 &&
        port <= 65_535 &&
        port === at(container, 'portMappings.0.hostPort') &&
        listAt(container, 'portMappings').length === 1
      )
    },
  ),
  every(
    'task.revisions',
    'The revision before stays, so that a service can go back to it',
    TYPE.task,
    (record) => input(record, 'skipDestroy') === true,
  ),
  every(
    'task.roles',
    'The task has one role for itself and one for what is done before it runs',
    TYPE.task,
    (record, stack) => {
      const [own, before] = [
        roleOf(stack, input(record, 'taskRoleArn')),
        roleOf(stack, input(record, 'executionRoleArn')),
      ]
      return own !== undefined && before !== undefined && own !== before
    },
  ),
  {
    id: 'task.environment',
    title: 'The environment is what the service reads, and every place in it is a place of this stack',
    check: environmentFaults,
  },
  every(
    'service.container',
    'The balancer sends to the container and port that the task has, through a target group of this stack',
    TYPE.service,
    (record, stack) =>
      containers(stack).some(
        ({ task, container }) =>
          input(record, 'taskDefinition') === task.outputs['arn'] &&
          input(record, 'loadBalancers.0.containerName') === at(container, 'name') &&
          input(record, 'loadBalancers.0.containerPort') === at(container, 'portMappings.0.containerPort'),
      ) &&
      stack
        .of(TYPE.targets)
        .some(
          (targets) =>
            targets.outputs['arn'] === input(record, 'loadBalancers.0.targetGroupArn') &&
            input(targets, 'port') === input(record, 'loadBalancers.0.containerPort'),
        ),
  ),
  every(
    'service.deployment',
    'A deployment adds tasks before it takes any away, and can',
    TYPE.service,
    (record) =>
      Number(input(record, 'deploymentMinimumHealthyPercent')) >= 100 &&
      Number(input(record, 'deploymentMaximumPercent')) >= 150,
  ),
  every(
    'service.rollback',
    'A deployment that fails goes back by itself',
    TYPE.service,
    (record) =>
      input(record, 'deploymentCircuitBreaker.enable') === true &&
      input(record, 'deploymentCircuitBreaker.rollback') === true &&
      input(record, 'alarms.enable') === true &&
      input(record, 'alarms.rollback') === true,
  ),
  every(
    'service.alarms',
    'The alarms that send a deployment back exist, and exist before it',
    TYPE.service,
    (record, stack) => {
      const names = listAt(record.inputs, 'alarms.alarmNames')
      return (
        names.length > 0 &&
        names.every((name) =>
          stack.of(TYPE.alarm).some((alarm) => alarm.outputs['name'] === name && record.dependsOn.includes(alarm.urn)),
        )
      )
    },
  ),
  every(
    'service.order',
    'The service waits for its listener and its rights, and the update waits for it',
    TYPE.service,
    (record, stack) =>
      input(record, 'waitForSteadyState') === true &&
      Number(input(record, 'healthCheckGracePeriodSeconds')) >= 30 &&
      stack
        .of(TYPE.listener)
        .some((listener) => input(listener, 'protocol') === 'HTTPS' && record.dependsOn.includes(listener.urn)) &&
      ['-task', '-execution'].every((end) =>
        stack.of(TYPE.rolePolicy).some((policy) => policy.name.endsWith(end) && record.dependsOn.includes(policy.urn)),
      ),
  ),
  every('service.count', 'How many tasks run is left to scaling', TYPE.service, (record) =>
    record.ignoreChanges.includes('desiredCount'),
  ),
  every(
    'service.zones',
    "Tasks stand in the shielded subnets, with the service's own group, and spread again after a zone fails",
    TYPE.service,
    (record, stack) =>
      isRing(input(record, 'networkConfiguration.subnets'), rings(stack).shielded) &&
      input(record, 'availabilityZoneRebalancing') === 'ENABLED' &&
      JSON.stringify(input(record, 'networkConfiguration.securityGroups')) ===
        JSON.stringify(
          stack
            .of(TYPE.group)
            .filter(({ name }) => name.endsWith('-service'))
            .map(({ id }) => id),
        ),
  ),
  every(
    'service.exec',
    'Nobody can open a shell in a task',
    TYPE.service,
    (record) => input(record, 'enableExecuteCommand') === false,
  ),
  every(
    'scaling.range',
    'At least two tasks and at most ten, and the maximum is not below the minimum',
    TYPE.scaling,
    (record, stack) => {
      const [least, most] = [Number(input(record, 'minCapacity')), Number(input(record, 'maxCapacity'))]
      return (
        least >= 2 &&
        most >= least &&
        most <= 10 &&
        stack
          .of(TYPE.service)
          .some(
            (service) =>
              input(record, 'resourceId') ===
              `service/${String(stack.of(TYPE.cluster)[0]?.outputs['name'])}/${String(service.outputs['name'])}`,
          )
      )
    },
  ),
  whole('scaling.targets', 'The processor is held at 70 %, and requests are counted too', (stack) => {
    const target = (metric: string): Recorded | undefined =>
      stack
        .of(TYPE.scalingPolicy)
        .find(
          (record) =>
            input(
              record,
              'targetTrackingScalingPolicyConfiguration.predefinedMetricSpecification.predefinedMetricType',
            ) === metric,
        )
    const [cpu, requests] = [target('ECSServiceAverageCPUUtilization'), target('ALBRequestCountPerTarget')]
    const label = [TYPE.balancer, TYPE.targets].map((type) => String(stack.of(type)[0]?.outputs['arnSuffix'])).join('/')
    return (
      cpu !== undefined &&
      input(cpu, 'targetTrackingScalingPolicyConfiguration.targetValue') === 70 &&
      requests !== undefined &&
      input(requests, 'targetTrackingScalingPolicyConfiguration.predefinedMetricSpecification.resourceLabel') === label
    )
  }),
]
