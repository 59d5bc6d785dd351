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
import { Observability } from './observability.ts'
import { CACHE_PORT, SERVICE_PORT } from './ports.ts'
import { Secrets } from './secrets.ts'
import { Cluster, Service } from './service.ts'
import { CACHE_USER, SessionsRedis } from './sessions-redis.ts'
import { readSettings, type Settings } from './settings.ts'
import { UserData } from './user-data.ts'

/** Nobody must take a user pool for a door that is locked. */
const SIGN_IN_IS_WIRED =
  'signIn makes a user pool and tells the service of it. This version of the service checks what it is told, says so in its log, and serves no sign-in: everybody stays anonymous.'

/** The wiring of a stack: what is made, and what is given to what. Each part says in its own file how it is made. */
export default async function stack(): Promise<Record<string, unknown>> {
  const settings = settingsOfStack()
  const plan = addressPlan(settings.cidrBlock, settings.availabilityZones)
  if (plan === undefined) throw new RangeError(`Cannot divide ${settings.cidrBlock}`)
  const { accountId } = await aws.getCallerIdentity()
  const name = `chatmrpt-${settings.stage}`
  const publicUrl = `https://${settings.hostName}`

  if (settings.accountGuards) new AccountGuards(name)
  const keys = new Keys(name, { settings, accountId })
  const logsKeyArn = keys.telemetry.arn
  const network = new Network(name, { settings, plan, ports: { service: SERVICE_PORT, cache: CACHE_PORT }, logsKeyArn })
  const accessLogs = new AccessLogs(`${name}-access-logs`, { settings, accountId })
  const userData = new UserData(`${name}-data`, { settings, accountId, key: keys.data, logs: accessLogs })
  const login = settings.signIn ? new Login(name, { settings, accountId, publicUrl }) : undefined
  if (login !== undefined) await pulumi.log.warn(SIGN_IN_IS_WIRED)
  const secrets = new Secrets(name, {
    settings,
    key: keys.secrets,
    ...(login !== undefined && { signInClientSecret: login.clientSecret }),
  })
  const redis = new SessionsRedis(name, {
    settings,
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
  if (settings.firewall) new Firewall(name, { settings, balancerArn: entrance.balancer.arn, logsKeyArn })
  const cluster = new Cluster(name, { settings, logsKeyArn })

  const observability = new Observability(name, {
    settings,
    accountId,
    telemetryKey: keys.telemetry,
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

/** The faults of a configuration are for the person at the keyboard: Pulumi prints a RunError without a trace of the program. */
function settingsOfStack(): Settings {
  const config = new pulumi.Config()
  try {
    return readSettings(pulumi.getStack(), aws.config.region, (key) => config.get(key))
  } catch (error) {
    throw error instanceof RangeError ? new pulumi.RunError(error.message) : error
  }
}
