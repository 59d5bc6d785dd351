import { TYPE } from '../rules/types.ts'
import { kindOf, type Recorded } from './record.ts'
import type { Json } from './values.ts'

type Inputs = Readonly<Record<string, Json>>
type Properties = Record<string, Json | undefined>

export interface Template {
  readonly AWSTemplateFormatVersion: '2010-09-09'
  readonly Resources: Readonly<Record<string, { readonly Type: string; readonly Properties: Json; readonly DependsOn?: readonly string[] }>>
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
/** Keys of an object, and of what is in it, with capitals, as CloudFormation writes them. */
function deep(value: Json | undefined): Json | undefined {
  if (Array.isArray(value)) return (value as readonly Json[]).map((each) => deep(each) ?? null)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [capital(key), deep(each) ?? null]))
}
const pick = (inputs: Inputs, ...keys: readonly string[]): Properties => Object.fromEntries(keys.map((key) => [capital(key), deep(inputs[key])]))
const document = (text: Json | undefined): Json => JSON.parse(String(text)) as Json
const list = (value: Json | undefined): readonly Inputs[] => (Array.isArray(value) ? value : value === undefined || value === null ? [] : [value]) as readonly Inputs[]
const attributes = (pairs: readonly (readonly [string, Json | undefined])[]): Json => pairs.filter(([, value]) => value !== undefined).map(([Key, value]) => ({ Key, Value: String(value) }))
const dimensions = (of: Json | undefined): Json | undefined => of === undefined ? undefined : Object.entries(of as Inputs).map(([Name, Value]) => ({ Name, Value }))
const rule = (inputs: Inputs, other: string): Properties => ({ ...pick(inputs, 'ipProtocol', 'fromPort', 'toPort', 'description'), CidrIp: inputs['cidrIpv4'], GroupId: inputs['securityGroupId'], [other]: inputs['referencedSecurityGroupId'] })

/** How a resource is written in CloudFormation: its type there, and its properties from the inputs. */
const WRITTEN: Readonly<Record<string, readonly [string, (inputs: Inputs, name: string) => Properties]>> = {
  [TYPE.vpc]: ['AWS::EC2::VPC', (i) => pick(i, 'cidrBlock', 'enableDnsHostnames', 'enableDnsSupport')],
  'aws:ec2/internetGateway:InternetGateway': ['AWS::EC2::InternetGateway', () => ({})],
  [TYPE.subnet]: ['AWS::EC2::Subnet', (i) => pick(i, 'vpcId', 'cidrBlock', 'mapPublicIpOnLaunch')],
  'aws:ec2/routeTable:RouteTable': ['AWS::EC2::RouteTable', (i) => pick(i, 'vpcId')],
  [TYPE.route]: ['AWS::EC2::Route', (i) => pick(i, 'routeTableId', 'destinationCidrBlock', 'gatewayId', 'natGatewayId')],
  [TYPE.association]: ['AWS::EC2::SubnetRouteTableAssociation', (i) => pick(i, 'subnetId', 'routeTableId')],
  'aws:ec2/eip:Eip': ['AWS::EC2::EIP', (i) => pick(i, 'domain')],
  [TYPE.nat]: ['AWS::EC2::NatGateway', (i) => pick(i, 'subnetId', 'allocationId')],
  [TYPE.endpoint]: ['AWS::EC2::VPCEndpoint', (i) => pick(i, 'vpcId', 'serviceName', 'vpcEndpointType', 'routeTableIds')],
  [TYPE.flowLog]: ['AWS::EC2::FlowLog', (i) => ({ ResourceId: i['vpcId'], ResourceType: 'VPC', ...pick(i, 'trafficType', 'logDestinationType', 'logDestination', 'maxAggregationInterval'), DeliverLogsPermissionArn: i['iamRoleArn'] })],
  [TYPE.group]: ['AWS::EC2::SecurityGroup', (i) => ({ GroupDescription: i['description'], VpcId: i['vpcId'] })],
  [TYPE.ingress]: ['AWS::EC2::SecurityGroupIngress', (i) => rule(i, 'SourceSecurityGroupId')],
  [TYPE.egress]: ['AWS::EC2::SecurityGroupEgress', (i) => rule(i, 'DestinationSecurityGroupId')],
  [TYPE.logGroup]: ['AWS::Logs::LogGroup', (i) => ({ LogGroupName: i['name'], ...pick(i, 'retentionInDays', 'kmsKeyId') })],
  [TYPE.role]: ['AWS::IAM::Role', (i) => ({ AssumeRolePolicyDocument: document(i['assumeRolePolicy']) })],
  [TYPE.rolePolicy]: ['AWS::IAM::RolePolicy', (i, name) => ({ PolicyName: name, RoleName: i['role'], PolicyDocument: document(i['policy']) })],
  [TYPE.key]: ['AWS::KMS::Key', (i) => ({ ...pick(i, 'description', 'enableKeyRotation'), PendingWindowInDays: i['deletionWindowInDays'], KeyPolicy: document(i['policy']) })],
  'aws:kms/alias:Alias': ['AWS::KMS::Alias', (i) => ({ AliasName: i['name'], TargetKeyId: i['targetKeyId'] })],
  [TYPE.bucket]: ['AWS::S3::Bucket', () => ({})],
  [TYPE.bucketPolicy]: ['AWS::S3::BucketPolicy', (i) => ({ Bucket: i['bucket'], PolicyDocument: document(i['policy']) })],
  [TYPE.secret]: ['AWS::SecretsManager::Secret', (i) => pick(i, 'description', 'kmsKeyId')],
  [TYPE.repository]: ['AWS::ECR::Repository', (i) => ({ RepositoryName: i['name'], ...pick(i, 'imageTagMutability', 'imageScanningConfiguration') })],
  [TYPE.cacheSubnets]: ['AWS::ElastiCache::SubnetGroup', (i) => pick(i, 'description', 'subnetIds')],
  [TYPE.cacheParameters]: ['AWS::ElastiCache::ParameterGroup', (i) => ({ Description: i['description'], CacheParameterGroupFamily: i['family'], Properties: Object.fromEntries(list(i['parameters']).map(({ name, value }) => [String(name), value ?? null])) })],
  [TYPE.cacheUser]: ['AWS::ElastiCache::User', (i) => ({ ...pick(i, 'userId', 'userName', 'engine', 'accessString'), AuthenticationMode: { Type: 'password', Passwords: (i['authenticationMode'] as Inputs)['passwords'] ?? null } })],
  [TYPE.cacheUsers]: ['AWS::ElastiCache::UserGroup', (i) => pick(i, 'userGroupId', 'engine', 'userIds')],
  [TYPE.cache]: ['AWS::ElastiCache::ReplicationGroup', (i) => ({
    ReplicationGroupDescription: i['description'], CacheNodeType: i['nodeType'], MultiAZEnabled: i['multiAzEnabled'], CacheSubnetGroupName: i['subnetGroupName'], CacheParameterGroupName: i['parameterGroupName'], PreferredMaintenanceWindow: i['maintenanceWindow'],
    ...pick(i, 'engine', 'engineVersion', 'port', 'numCacheClusters', 'automaticFailoverEnabled', 'atRestEncryptionEnabled', 'kmsKeyId', 'transitEncryptionEnabled', 'transitEncryptionMode', 'userGroupIds', 'securityGroupIds', 'autoMinorVersionUpgrade', 'snapshotRetentionLimit', 'snapshotWindow'),
    LogDeliveryConfigurations: list(i['logDeliveryConfigurations']).map(({ logType, logFormat, destination }) => ({ LogType: logType ?? null, LogFormat: logFormat ?? null, DestinationType: 'cloudwatch-logs', DestinationDetails: { CloudWatchLogsDetails: { LogGroup: destination ?? null } } }))
  })],
  [TYPE.balancer]: ['AWS::ElasticLoadBalancingV2::LoadBalancer', (i) => ({
    Type: i['loadBalancerType'], Scheme: i['internal'] === true ? 'internal' : 'internet-facing', SecurityGroups: i['securityGroups'], Subnets: i['subnets'],
    LoadBalancerAttributes: attributes([['routing.http.drop_invalid_header_fields.enabled', i['dropInvalidHeaderFields']], ['routing.http.desync_mitigation_mode', i['desyncMitigationMode']], ['routing.http.xff_header_processing.mode', i['xffHeaderProcessingMode']], ['deletion_protection.enabled', i['enableDeletionProtection']], ['idle_timeout.timeout_seconds', i['idleTimeout']], ['access_logs.s3.enabled', (i['accessLogs'] as Inputs)['enabled']], ['access_logs.s3.bucket', (i['accessLogs'] as Inputs)['bucket']], ['access_logs.s3.prefix', (i['accessLogs'] as Inputs)['prefix']]])
  })],
  [TYPE.targets]: ['AWS::ElasticLoadBalancingV2::TargetGroup', (i) => {
    const health = i['healthCheck'] as Inputs
    return { ...pick(i, 'vpcId', 'targetType', 'port', 'protocol'), HealthCheckPath: health['path'], HealthCheckProtocol: health['protocol'], HealthCheckIntervalSeconds: health['interval'], HealthCheckTimeoutSeconds: health['timeout'], HealthyThresholdCount: health['healthyThreshold'], UnhealthyThresholdCount: health['unhealthyThreshold'], Matcher: { HttpCode: health['matcher'] ?? null }, TargetGroupAttributes: attributes([['deregistration_delay.timeout_seconds', i['deregistrationDelay']], ['load_balancing.algorithm.type', i['loadBalancingAlgorithmType']]]) }
  }],
  [TYPE.listener]: ['AWS::ElasticLoadBalancingV2::Listener', (i) => ({ ...pick(i, 'loadBalancerArn', 'port', 'protocol', 'sslPolicy'), Certificates: i['certificateArn'] === undefined ? undefined : [{ CertificateArn: i['certificateArn'] }], DefaultActions: list(i['defaultActions']).map(({ type, targetGroupArn, redirect }) => ({ Type: type ?? null, ...(targetGroupArn !== undefined && { TargetGroupArn: targetGroupArn }), ...(redirect !== undefined && { RedirectConfig: deep(redirect) ?? null }) })) })],
  [TYPE.cluster]: ['AWS::ECS::Cluster', (i) => ({ ClusterName: i['name'], ClusterSettings: deep(i['settings']) })],
  [TYPE.task]: ['AWS::ECS::TaskDefinition', (i) => ({
    ...pick(i, 'family', 'cpu', 'memory', 'networkMode', 'requiresCompatibilities', 'runtimePlatform', 'executionRoleArn', 'taskRoleArn'),
    ContainerDefinitions: list(document(i['containerDefinitions'])).map(({ logConfiguration, ...rest }) => ({ ...(deep(rest) as Record<string, Json>), LogConfiguration: { LogDriver: (logConfiguration as Inputs)['logDriver'] ?? null, Options: (logConfiguration as Inputs)['options'] ?? null } }))
  })],
  [TYPE.service]: ['AWS::ECS::Service', (i) => ({
    ServiceName: i['name'], ...pick(i, 'cluster', 'taskDefinition', 'desiredCount', 'launchType', 'platformVersion', 'enableExecuteCommand', 'propagateTags', 'availabilityZoneRebalancing', 'healthCheckGracePeriodSeconds' , 'loadBalancers'), EnableECSManagedTags: i['enableEcsManagedTags'], HealthCheckGracePeriodSeconds: i['healthCheckGracePeriodSeconds'],
    DeploymentConfiguration: { MinimumHealthyPercent: i['deploymentMinimumHealthyPercent'] ?? null, MaximumPercent: i['deploymentMaximumPercent'] ?? null, DeploymentCircuitBreaker: deep(i['deploymentCircuitBreaker']) ?? null, Alarms: deep(i['alarms']) ?? null },
    NetworkConfiguration: { AwsvpcConfiguration: { Subnets: (i['networkConfiguration'] as Inputs)['subnets'] ?? null, SecurityGroups: (i['networkConfiguration'] as Inputs)['securityGroups'] ?? null, AssignPublicIp: (i['networkConfiguration'] as Inputs)['assignPublicIp'] === true ? 'ENABLED' : 'DISABLED' } }
  })],
  [TYPE.scaling]: ['AWS::ApplicationAutoScaling::ScalableTarget', (i) => pick(i, 'minCapacity', 'maxCapacity', 'resourceId', 'scalableDimension', 'serviceNamespace')],
  [TYPE.scalingPolicy]: ['AWS::ApplicationAutoScaling::ScalingPolicy', (i, name) => ({ PolicyName: name, ...pick(i, 'policyType', 'resourceId', 'scalableDimension', 'serviceNamespace', 'targetTrackingScalingPolicyConfiguration') })],
  [TYPE.topic]: ['AWS::SNS::Topic', (i) => pick(i, 'kmsMasterKeyId')],
  [TYPE.topicPolicy]: ['AWS::SNS::TopicPolicy', (i) => ({ Topics: [i['arn'] ?? null], PolicyDocument: document(i['policy']) })],
  [TYPE.subscription]: ['AWS::SNS::Subscription', (i) => ({ TopicArn: i['topic'], ...pick(i, 'protocol', 'endpoint') })],
  [TYPE.alarm]: ['AWS::CloudWatch::Alarm', (i) => ({
    AlarmName: i['name'], ...pick(i, 'namespace', 'metricName', 'statistic', 'extendedStatistic', 'period', 'evaluationPeriods', 'datapointsToAlarm', 'threshold', 'comparisonOperator', 'treatMissingData', 'alarmDescription', 'actionsEnabled'), AlarmActions: i['alarmActions'], OKActions: i['okActions'], Dimensions: dimensions(i['dimensions']),
    Metrics: i['metricQueries'] === undefined ? undefined : list(i['metricQueries']).map(({ id, expression, label, returnData, metric }) => ({
      Id: id ?? null, ...(expression !== undefined && { Expression: expression, Label: label ?? null }), ReturnData: returnData ?? false,
      ...(metric !== undefined && { MetricStat: { Metric: { Namespace: (metric as Inputs)['namespace'] ?? null, MetricName: (metric as Inputs)['metricName'] ?? null, Dimensions: dimensions((metric as Inputs)['dimensions']) ?? null }, Period: (metric as Inputs)['period'] ?? null, Stat: (metric as Inputs)['stat'] ?? null } })
    }))
  })],
  [TYPE.composite]: ['AWS::CloudWatch::CompositeAlarm', (i) => ({ ...pick(i, 'alarmName', 'alarmRule', 'alarmDescription', 'actionsEnabled'), AlarmActions: i['alarmActions'], OKActions: i['okActions'] })],
  [TYPE.dashboard]: ['AWS::CloudWatch::Dashboard', (i) => pick(i, 'dashboardName', 'dashboardBody')],
  [TYPE.acl]: ['AWS::WAFv2::WebACL', (i) => ({ Scope: i['scope'], DefaultAction: { Allow: {} }, VisibilityConfig: visibility(i['visibilityConfig']), Rules: list(i['rules']).map((each) => firewallRule(each)) })],
  [TYPE.aclAssociation]: ['AWS::WAFv2::WebACLAssociation', (i) => ({ ResourceArn: i['resourceArn'], WebACLArn: i['webAclArn'] })]
}

/** Settings that Pulumi keeps as resources of their own and CloudFormation as properties of the bucket. */
const OF_BUCKET: Readonly<Record<string, (inputs: Inputs) => Properties>> = {
  [TYPE.bucketAccess]: (i) => ({ PublicAccessBlockConfiguration: pick(i, 'blockPublicAcls', 'blockPublicPolicy', 'ignorePublicAcls', 'restrictPublicBuckets') as Json }),
  [TYPE.ownership]: (i) => ({ OwnershipControls: { Rules: [deep(i['rule']) ?? null] } }),
  [TYPE.versioning]: (i) => ({ VersioningConfiguration: { Status: (i['versioningConfiguration'] as Inputs)['status'] ?? null } }),
  [TYPE.bucketEncryption]: (i) => ({ BucketEncryption: { ServerSideEncryptionConfiguration: list(i['rules']).map((each) => {
    const { sseAlgorithm, kmsMasterKeyId } = each['applyServerSideEncryptionByDefault'] as Inputs
    return { ...(each['bucketKeyEnabled'] !== undefined && { BucketKeyEnabled: each['bucketKeyEnabled'] }), ServerSideEncryptionByDefault: { SSEAlgorithm: sseAlgorithm ?? null, ...(kmsMasterKeyId !== undefined && { KMSMasterKeyID: kmsMasterKeyId }) } }
  }) } }),
  [TYPE.lifecycle]: (i) => ({ LifecycleConfiguration: { Rules: list(i['rules']).map((each) => ({
    Id: each['id'] ?? null, Status: each['status'] ?? null, Prefix: (each['filter'] as Inputs)['prefix'] ?? null,
    ...((each['expiration'] as Inputs)['days'] !== undefined && { ExpirationInDays: (each['expiration'] as Inputs)['days'] ?? null }),
    ...((each['expiration'] as Inputs)['expiredObjectDeleteMarker'] !== undefined && { ExpiredObjectDeleteMarker: true }),
    ...(each['noncurrentVersionExpiration'] !== undefined && { NoncurrentVersionExpiration: deep(each['noncurrentVersionExpiration']) ?? null }),
    ...(each['abortIncompleteMultipartUpload'] !== undefined && { AbortIncompleteMultipartUpload: deep(each['abortIncompleteMultipartUpload']) ?? null })
  })) } }),
  [TYPE.bucketLogging]: (i) => ({ LoggingConfiguration: { DestinationBucketName: i['targetBucket'] ?? null, LogFilePrefix: i['targetPrefix'] ?? null } }),
  [TYPE.cors]: (i) => ({ CorsConfiguration: { CorsRules: list(i['corsRules']).map(({ allowedOrigins, allowedMethods, allowedHeaders, exposeHeaders, maxAgeSeconds }) => ({ AllowedOrigins: allowedOrigins ?? null, AllowedMethods: allowedMethods ?? null, AllowedHeaders: allowedHeaders ?? null, ExposedHeaders: exposeHeaders ?? null, MaxAge: maxAgeSeconds ?? null })) } }),
  [TYPE.bucketMetric]: (i) => ({ MetricsConfigurations: [{ Id: i['name'] ?? null, Prefix: (i['filter'] as Inputs)['prefix'] ?? null }] })
}

function visibility(value: Json | undefined): Json {
  const { cloudwatchMetricsEnabled, metricName, sampledRequestsEnabled } = value as Inputs
  return { CloudWatchMetricsEnabled: cloudwatchMetricsEnabled ?? null, MetricName: metricName ?? null, SampledRequestsEnabled: sampledRequestsEnabled ?? null }
}

function firewallRule(each: Inputs): Json {
  const { managedRuleGroupStatement, rateBasedStatement } = each['statement'] as Inputs
  return {
    Name: each['name'] ?? null, Priority: each['priority'] ?? null, VisibilityConfig: visibility(each['visibilityConfig']),
    ...(each['action'] === undefined ? { OverrideAction: { None: {} } } : { Action: deep(each['action']) ?? null }),
    Statement: { ...(managedRuleGroupStatement !== undefined && { ManagedRuleGroupStatement: deep(managedRuleGroupStatement) ?? null }), ...(rateBasedStatement !== undefined && { RateBasedStatement: deep(rateBasedStatement) ?? null }) }
  }
}

/** Outputs that CloudFormation gives by `Fn::GetAtt`; the others are the resource's `Ref`. */
const GOTTEN: Readonly<Record<string, string>> = {
  'SecurityGroup#id': 'GroupId', 'Role#arn': 'Arn', 'Key#arn': 'Arn', 'Bucket#arn': 'Arn', 'Repository#arn': 'Arn', 'LogGroup#arn': 'Arn', 'Cluster#arn': 'Arn', 'MetricAlarm#arn': 'Arn', 'CompositeAlarm#arn': 'Arn', 'WebAcl#arn': 'Arn',
  'Eip#id': 'AllocationId', 'LoadBalancer#arnSuffix': 'LoadBalancerFullName', 'TargetGroup#arnSuffix': 'TargetGroupFullName', 'ReplicationGroup#primaryEndpointAddress': 'PrimaryEndPoint.Address', 'Repository#repositoryUrl': 'RepositoryUri'
}

const logicalId = (record: { readonly kind: string; readonly name: string }): string => `${record.kind}${record.name}`.replaceAll(/[^A-Za-z0-9]/g, '')

/** A value with its tokens as CloudFormation's own references; a token of what is not written there becomes a plain word. */
function resolve(value: Json, known: ReadonlySet<string>): Json {
  if (Array.isArray(value)) return (value as readonly Json[]).map((each) => resolve(each, known))
  if (typeof value === 'object' && value !== null) return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, resolve(each, known)]))
  if (typeof value !== 'string' || !value.includes('⟦')) return value
  const parts = value.split(/(⟦[^⟧]+⟧)/).filter((part) => part !== '').map((part): Json => {
    const [, kind = '', name = '', output = ''] = /^⟦([A-Za-z0-9]+)\.([^#]+)#(\w+)⟧$/.exec(part) ?? []
    const id = logicalId({ kind, name })
    if (kind === '' || !known.has(id)) return kind === 'CertificateValidation' ? 'arn:aws:acm:eu-west-1:123456789012:certificate/00000000-0000-0000-0000-000000000000' : part.replaceAll(/[⟦⟧#.]/g, '-')
    const attribute = GOTTEN[`${kind}#${output}`]
    return attribute === undefined ? { Ref: id } : { 'Fn::GetAtt': [id, attribute] }
  })
  return parts.length === 1 ? parts[0] ?? '' : { 'Fn::Join': ['', parts] }
}

/** The recorded resources as a CloudFormation template, for validators that read those; and the types that are not written there. */
export function cloudFormation(records: readonly Recorded[]): { readonly template: Template; readonly unwritten: readonly string[] } {
  const written = records.filter(({ type }) => type in WRITTEN)
  const known = new Set(written.map(({ type, name }) => logicalId({ kind: kindOf(type), name })))
  const ofUrn = new Map(written.map(({ urn, type, name }) => [urn, logicalId({ kind: kindOf(type), name })]))
  const Resources = Object.fromEntries(written.map(({ type, name, inputs, id, dependsOn }) => {
    const [cloudType = '', properties] = WRITTEN[type] ?? []
    const settings = type === TYPE.bucket ? records.filter((record) => record.type in OF_BUCKET && record.inputs['bucket'] === id).map((record) => OF_BUCKET[record.type]?.(record.inputs) ?? {}) : []
    const all = Object.assign({}, properties?.(inputs, name), ...settings) as Properties
    const Properties = resolve(JSON.parse(JSON.stringify(all)) as Json, known)
    const said = JSON.stringify(Properties)
    const own = logicalId({ kind: kindOf(type), name })
    const DependsOn = dependsOn.flatMap((urn) => ofUrn.get(urn) ?? []).filter((other) => other !== own && !said.includes(`"${other}"`))
    return [own, { Type: cloudType, Properties, ...(DependsOn.length > 0 && { DependsOn: [...new Set(DependsOn)] }) }]
  }))
  const unwritten = [...new Set(records.filter(({ custom, type }) => custom && type.startsWith('aws:') && !(type in WRITTEN) && !(type in OF_BUCKET)).map(({ type }) => type))]
  return { template: { AWSTemplateFormatVersion: '2010-09-09', Resources }, unwritten }
}
