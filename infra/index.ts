import * as aws from '@pulumi/aws'
import * as pulumi from '@pulumi/pulumi'
import { AccessLogs } from './access-logs.ts'
import { AccountGuards } from './account.ts'
import { addressPlan } from './address-plan.ts'
import { Entrance } from './entrance.ts'
import { Firewall } from './firewall.ts'
import { firstImageSteps } from './first-image.ts'
import { ImageRepository } from './image.ts'
import { Keys } from './keys.ts'
import { Login } from './login.ts'
import { Network } from './network.ts'
import { Notices } from './notices.ts'
import { Observability } from './observability.ts'
import { Operator } from './operator.ts'
import { CACHE_PORT, SERVICE_PORT } from './ports.ts'
import { Probe } from './probe.ts'
import { Secrets } from './secrets.ts'
import { Cluster, Service } from './service.ts'
import { CACHE_USER, SessionsRedis } from './sessions-redis.ts'
import { readSettings, type Settings } from './settings.ts'
import { Topics } from './topics.ts'
import { UserData } from './user-data.ts'

/** The wiring of a stack: what is made, and what each part is given. Each part's own file says how it is made. */
export default async function stack(): Promise<Record<string, unknown>> {
  const settings = await settingsOfStack()
  const plan = addressPlan(settings.cidrBlock, settings.availabilityZones)
  if (plan === undefined) throw new RangeError(`Cannot divide ${settings.cidrBlock}`)
  const { accountId } = await aws.getCallerIdentity()
  const name = `chatmrpt-${settings.stage}`
  const publicUrl = `https://${settings.hostName}`

  if (settings.accountGuards) new AccountGuards(name)
  const keys = new Keys(name, { settings, accountId })
  const logsKeyArn = keys.telemetry.arn
  const ports = { service: SERVICE_PORT, cache: CACHE_PORT }
  const network = new Network(name, { settings, plan, ports, logsKeyArn, accountId })
  const accessLogs = new AccessLogs(`${name}-access-logs`, { settings, accountId })
  const userData = new UserData(`${name}-data`, { settings, accountId, key: keys.data, logs: accessLogs })
  const login = settings.signIn ? new Login(name, { settings, accountId, publicUrl }) : undefined
  const secrets = new Secrets(name, {
    settings,
    key: keys.secrets,
    ...(login !== undefined && { signInClientSecret: login.clientSecret }),
  })
  const topics = new Topics(name, { settings, accountId, key: keys.telemetry })
  const redis = new SessionsRedis(name, {
    settings,
    eventsTopicArn: topics.cache.arn,
    key: keys.data,
    logsKeyArn,
    subnetIds: network.isolatedSubnetIds,
    securityGroupId: network.cacheGroup.id,
    passwords: secrets.redisPasswords,
  })
  const image = new ImageRepository(name, { settings })
  const entrance = new Entrance(name, {
    settings,
    vpcId: network.vpcId,
    subnetIds: network.publicSubnetIds,
    securityGroupId: network.balancerGroup.id,
    port: SERVICE_PORT,
    logs: accessLogs,
  })
  const firewall = settings.firewall
    ? new Firewall(name, { settings, balancerArn: entrance.balancer.arn, logsKeyArn })
    : undefined
  const cluster = new Cluster(name, { settings, logsKeyArn })

  const probe = new Probe(name, { settings, accountId, publicUrl, logs: accessLogs })
  new Notices(name, { settings, accountId, topics })
  const observability = new Observability(name, {
    settings,
    topics,
    logGroup: cluster.logGroup.name,
    bucket: userData.bucket.bucket,
    places: {
      stage: settings.stage,
      minTasks: settings.minTasks,
      maxTasks: settings.maxTasks,
      balancer: entrance.balancer.arnSuffix,
      targets: entrance.targets.arnSuffix,
      cluster: cluster.cluster.name,
      serviceName: pulumi.output(name),
      cacheNodes: redis.nodeIds,
      modelUsdPerDay: settings.modelUsdPerDay,
      probe: probe.name,
      ...(firewall !== undefined && { firewall: { acl: firewall.name, region: settings.region } }),
    },
  })

  const service =
    settings.image === undefined
      ? undefined
      : new Service(name, {
          settings,
          image: settings.image,
          accountId,
          cluster,
          entrance,
          serviceName: name,
          subnetIds: network.privateSubnetIds,
          securityGroupId: network.serviceGroup.id,
          trustedProxies: plan.publicBlocks,
          redis: { host: redis.host, port: CACHE_PORT, user: CACHE_USER },
          bucket: userData.bucket,
          dataKeyArn: keys.data.arn,
          repositoryArn: image.repository.arn,
          secrets: { references: secrets.references, arns: secrets.arns, keyArn: keys.secrets.arn },
          ...(login !== undefined && { signIn: { issuer: login.issuer, clientId: login.clientId, publicUrl } }),
          rollbackAlarmNames: observability.rollbackAlarmNames,
        })
  if (service !== undefined && settings.image !== undefined)
    new Operator(name, {
      settings,
      image: settings.image,
      accountId,
      cluster: cluster.cluster,
      executionRole: service.executionRole,
      places: service.places,
      subnetIds: network.privateSubnetIds,
      securityGroupId: network.serviceGroup.id,
      bucket: userData.bucket,
      dataKeyArn: keys.data.arn,
    })
  if (service === undefined) await pulumi.log.warn(firstImageSteps(settings.stage))

  return {
    url: publicUrl,
    balancer: entrance.balancer.dnsName,
    repository: image.repository.repositoryUrl,
    image: service?.image ?? '',
    bucket: userData.bucket.bucket,
    accessLogs: accessLogs.bucket.bucket,
    redis: redis.host,
    cluster: cluster.cluster.name,
    logGroup: cluster.logGroup.name,
    ...(login !== undefined && { signIn: { issuer: login.issuer, clientId: login.clientId } }),
  }
}

/** Keys that may be kept as Pulumi secrets: the address of an on-call service holds a key. */
const SEALED_KEYS = ['pageTo', 'informTo'] as const

/** The faults are for the person at the keyboard: Pulumi prints a RunError without a stack trace. */
async function settingsOfStack(): Promise<Settings> {
  const config = new pulumi.Config()
  const opened = new Map<string, string | undefined>()
  for (const key of SEALED_KEYS) {
    opened.set(
      key,
      await new Promise((resolve) => {
        pulumi.output(config.getSecret(key)).apply(resolve)
      }),
    )
  }
  const get = (key: string): string | undefined => (opened.has(key) ? opened.get(key) : config.get(key))
  try {
    return readSettings(pulumi.getStack(), aws.config.region, get)
  } catch (error) {
    throw error instanceof RangeError ? new pulumi.RunError(error.message) : error
  }
}
