import { TYPE } from '../rules/types.ts'
import { token, type Recorded } from './record.ts'
import type { Json } from './values.ts'

type Inputs = Readonly<Record<string, Json>>
export type Properties = Record<string, Json | undefined>

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
/** Keys of an object, and of what is in it, with capitals, as CloudFormation writes them. */
function deep(value: Json | undefined): Json | undefined {
  if (Array.isArray(value)) return (value as readonly Json[]).map((each) => deep(each) ?? null)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [capital(key), deep(each) ?? null]))
}
const pick = (inputs: Inputs, ...keys: readonly string[]): Properties =>
  Object.fromEntries(keys.map((key) => [capital(key), deep(inputs[key])]))
const document = (text: Json | undefined): Json => JSON.parse(String(text)) as Json
const list = (value: Json | undefined): readonly Inputs[] =>
  (Array.isArray(value) ? value : value === undefined || value === null ? [] : [value]) as readonly Inputs[]
const attributes = (pairs: readonly (readonly [string, Json | undefined])[]): Json =>
  pairs.filter(([, value]) => value !== undefined).map(([Key, value]) => ({ Key, Value: String(value) }))
const dimensions = (of: Json | undefined): Json | undefined =>
  of === undefined ? undefined : Object.entries(of as Inputs).map(([Name, Value]) => ({ Name, Value }))
const rule = (inputs: Inputs, other: string): Properties => ({
  ...pick(inputs, 'ipProtocol', 'fromPort', 'toPort', 'description'),
  CidrIp: inputs['cidrIpv4'],
  GroupId: inputs['securityGroupId'],
  [other]: inputs['referencedSecurityGroupId'],
})

const ecsParameters = ({ networkConfiguration, ...rest }: Inputs): Json => {
  const { subnets, securityGroups } = networkConfiguration as Inputs
  return {
    ...(deep(rest) as Record<string, Json>),
    NetworkConfiguration: {
      AwsVpcConfiguration: {
        Subnets: subnets ?? null,
        SecurityGroups: securityGroups ?? null,
        AssignPublicIp: 'DISABLED',
      },
    },
  }
}

/** How a resource is written in CloudFormation: its type there, and its properties from the inputs. */
export const WRITTEN: Readonly<Record<string, readonly [string, (inputs: Inputs, name: string) => Properties]>> = {
  [TYPE.vpc]: ['AWS::EC2::VPC', (i) => pick(i, 'cidrBlock', 'enableDnsHostnames', 'enableDnsSupport')],
  'aws:ec2/internetGateway:InternetGateway': ['AWS::EC2::InternetGateway', () => ({})],
  [TYPE.subnet]: ['AWS::EC2::Subnet', (i) => pick(i, 'vpcId', 'cidrBlock', 'mapPublicIpOnLaunch')],
  'aws:ec2/routeTable:RouteTable': ['AWS::EC2::RouteTable', (i) => pick(i, 'vpcId')],
  [TYPE.route]: [
    'AWS::EC2::Route',
    (i) => pick(i, 'routeTableId', 'destinationCidrBlock', 'gatewayId', 'natGatewayId'),
  ],
  [TYPE.association]: ['AWS::EC2::SubnetRouteTableAssociation', (i) => pick(i, 'subnetId', 'routeTableId')],
  'aws:ec2/eip:Eip': ['AWS::EC2::EIP', (i) => pick(i, 'domain')],
  [TYPE.nat]: ['AWS::EC2::NatGateway', (i) => pick(i, 'subnetId', 'allocationId')],
  [TYPE.endpoint]: [
    'AWS::EC2::VPCEndpoint',
    (i) => pick(i, 'vpcId', 'serviceName', 'vpcEndpointType', 'routeTableIds'),
  ],
  [TYPE.flowLog]: [
    'AWS::EC2::FlowLog',
    (i) => ({
      ResourceId: i['vpcId'],
      ResourceType: 'VPC',
      ...pick(i, 'trafficType', 'logDestinationType', 'logDestination', 'maxAggregationInterval'),
      DeliverLogsPermissionArn: i['iamRoleArn'],
    }),
  ],
  [TYPE.group]: ['AWS::EC2::SecurityGroup', (i) => ({ GroupDescription: i['description'], VpcId: i['vpcId'] })],
  [TYPE.ingress]: ['AWS::EC2::SecurityGroupIngress', (i) => rule(i, 'SourceSecurityGroupId')],
  [TYPE.egress]: ['AWS::EC2::SecurityGroupEgress', (i) => rule(i, 'DestinationSecurityGroupId')],
  [TYPE.logGroup]: [
    'AWS::Logs::LogGroup',
    (i) => ({ LogGroupName: i['name'], ...pick(i, 'retentionInDays', 'kmsKeyId') }),
  ],
  [TYPE.role]: [
    'AWS::IAM::Role',
    (i) => ({
      AssumeRolePolicyDocument: document(i['assumeRolePolicy']),
      // The validator wants CloudFormation to fill in the account's number.
      PermissionsBoundary: {
        'Fn::Sub': String(i['permissionsBoundary']).replace(/:\d{12}:/, ':${AWS::AccountId}:'),
      },
    }),
  ],
  [TYPE.rolePolicy]: [
    'AWS::IAM::Policy',
    (i, name) => ({ PolicyName: name, Roles: [i['role'] ?? null], PolicyDocument: document(i['policy']) }),
  ],
  [TYPE.key]: [
    'AWS::KMS::Key',
    (i) => ({
      ...pick(i, 'description', 'enableKeyRotation'),
      PendingWindowInDays: i['deletionWindowInDays'],
      KeyPolicy: document(i['policy']),
    }),
  ],
  'aws:kms/alias:Alias': ['AWS::KMS::Alias', (i) => ({ AliasName: i['name'], TargetKeyId: i['targetKeyId'] })],
  [TYPE.bucket]: ['AWS::S3::Bucket', () => ({})],
  [TYPE.bucketPolicy]: [
    'AWS::S3::BucketPolicy',
    (i) => ({ Bucket: i['bucket'], PolicyDocument: document(i['policy']) }),
  ],
  [TYPE.secret]: ['AWS::SecretsManager::Secret', (i) => pick(i, 'description', 'kmsKeyId')],
  [TYPE.repository]: [
    'AWS::ECR::Repository',
    (i) => ({ RepositoryName: i['name'], ...pick(i, 'imageTagMutability', 'imageScanningConfiguration') }),
  ],
  [TYPE.cacheSubnets]: ['AWS::ElastiCache::SubnetGroup', (i) => pick(i, 'description', 'subnetIds')],
  [TYPE.cacheParameters]: [
    'AWS::ElastiCache::ParameterGroup',
    (i) => ({
      Description: i['description'],
      CacheParameterGroupFamily: i['family'],
      Properties: Object.fromEntries(list(i['parameters']).map(({ name, value }) => [String(name), value ?? null])),
    }),
  ],
  [TYPE.cacheUser]: [
    'AWS::ElastiCache::User',
    (i) => ({
      ...pick(i, 'userId', 'userName', 'engine', 'accessString'),
      AuthenticationMode: { Type: 'password', Passwords: (i['authenticationMode'] as Inputs)['passwords'] ?? null },
    }),
  ],
  [TYPE.cacheUsers]: ['AWS::ElastiCache::UserGroup', (i) => pick(i, 'userGroupId', 'engine', 'userIds')],
  [TYPE.cache]: [
    'AWS::ElastiCache::ReplicationGroup',
    (i) => ({
      ReplicationGroupDescription: i['description'],
      CacheNodeType: i['nodeType'],
      MultiAZEnabled: i['multiAzEnabled'],
      CacheSubnetGroupName: i['subnetGroupName'],
      CacheParameterGroupName: i['parameterGroupName'],
      PreferredMaintenanceWindow: i['maintenanceWindow'],
      ...pick(
        i,
        'engine',
        'engineVersion',
        'port',
        'numCacheClusters',
        'automaticFailoverEnabled',
        'atRestEncryptionEnabled',
        'kmsKeyId',
        'transitEncryptionEnabled',
        'transitEncryptionMode',
        'userGroupIds',
        'securityGroupIds',
        'notificationTopicArn',
        'autoMinorVersionUpgrade',
        'snapshotRetentionLimit',
        'snapshotWindow',
      ),
      LogDeliveryConfigurations: list(i['logDeliveryConfigurations']).map(({ logType, logFormat, destination }) => ({
        LogType: logType ?? null,
        LogFormat: logFormat ?? null,
        DestinationType: 'cloudwatch-logs',
        DestinationDetails: { CloudWatchLogsDetails: { LogGroup: destination ?? null } },
      })),
    }),
  ],
  [TYPE.balancer]: [
    'AWS::ElasticLoadBalancingV2::LoadBalancer',
    (i) => ({
      Type: i['loadBalancerType'],
      Scheme: i['internal'] === true ? 'internal' : 'internet-facing',
      SecurityGroups: i['securityGroups'],
      Subnets: i['subnets'],
      LoadBalancerAttributes: attributes([
        ['routing.http.drop_invalid_header_fields.enabled', i['dropInvalidHeaderFields']],
        ['routing.http.desync_mitigation_mode', i['desyncMitigationMode']],
        ['routing.http.xff_header_processing.mode', i['xffHeaderProcessingMode']],
        ['deletion_protection.enabled', i['enableDeletionProtection']],
        ['idle_timeout.timeout_seconds', i['idleTimeout']],
        ['access_logs.s3.enabled', (i['accessLogs'] as Inputs)['enabled']],
        ['access_logs.s3.bucket', (i['accessLogs'] as Inputs)['bucket']],
        ['access_logs.s3.prefix', (i['accessLogs'] as Inputs)['prefix']],
      ]),
    }),
  ],
  [TYPE.targets]: [
    'AWS::ElasticLoadBalancingV2::TargetGroup',
    (i) => {
      const health = i['healthCheck'] as Inputs
      return {
        ...pick(i, 'vpcId', 'targetType', 'port', 'protocol'),
        HealthCheckPath: health['path'],
        HealthCheckProtocol: health['protocol'],
        HealthCheckIntervalSeconds: health['interval'],
        HealthCheckTimeoutSeconds: health['timeout'],
        HealthyThresholdCount: health['healthyThreshold'],
        UnhealthyThresholdCount: health['unhealthyThreshold'],
        Matcher: { HttpCode: health['matcher'] ?? null },
        TargetGroupAttributes: attributes([
          ['deregistration_delay.timeout_seconds', i['deregistrationDelay']],
          ['load_balancing.algorithm.type', i['loadBalancingAlgorithmType']],
        ]),
      }
    },
  ],
  [TYPE.listener]: [
    'AWS::ElasticLoadBalancingV2::Listener',
    (i) => ({
      ...pick(i, 'loadBalancerArn', 'port', 'protocol', 'sslPolicy'),
      Certificates: i['certificateArn'] === undefined ? undefined : [{ CertificateArn: i['certificateArn'] }],
      DefaultActions: list(i['defaultActions']).map(({ type, targetGroupArn, redirect }) => ({
        Type: type ?? null,
        ...(targetGroupArn !== undefined && { TargetGroupArn: targetGroupArn }),
        ...(redirect !== undefined && { RedirectConfig: deep(redirect) ?? null }),
      })),
    }),
  ],
  [TYPE.cluster]: ['AWS::ECS::Cluster', (i) => ({ ClusterName: i['name'], ClusterSettings: deep(i['settings']) })],
  [TYPE.task]: [
    'AWS::ECS::TaskDefinition',
    (i) => ({
      ...pick(
        i,
        'family',
        'cpu',
        'memory',
        'networkMode',
        'requiresCompatibilities',
        'runtimePlatform',
        'executionRoleArn',
        'taskRoleArn',
      ),
      ContainerDefinitions: list(document(i['containerDefinitions'])).map(({ logConfiguration, ...rest }) => ({
        ...(deep(rest) as Record<string, Json>),
        LogConfiguration: {
          LogDriver: (logConfiguration as Inputs)['logDriver'] ?? null,
          Options: (logConfiguration as Inputs)['options'] ?? null,
        },
      })),
    }),
  ],
  [TYPE.service]: [
    'AWS::ECS::Service',
    (i) => ({
      ServiceName: i['name'],
      ...pick(
        i,
        'cluster',
        'taskDefinition',
        'desiredCount',
        'launchType',
        'platformVersion',
        'enableExecuteCommand',
        'propagateTags',
        'availabilityZoneRebalancing',
        'healthCheckGracePeriodSeconds',
        'loadBalancers',
      ),
      EnableECSManagedTags: i['enableEcsManagedTags'],
      HealthCheckGracePeriodSeconds: i['healthCheckGracePeriodSeconds'],
      DeploymentConfiguration: {
        MinimumHealthyPercent: i['deploymentMinimumHealthyPercent'] ?? null,
        MaximumPercent: i['deploymentMaximumPercent'] ?? null,
        DeploymentCircuitBreaker: deep(i['deploymentCircuitBreaker']) ?? null,
        Alarms: deep(i['alarms']) ?? null,
      },
      NetworkConfiguration: {
        AwsvpcConfiguration: {
          Subnets: (i['networkConfiguration'] as Inputs)['subnets'] ?? null,
          SecurityGroups: (i['networkConfiguration'] as Inputs)['securityGroups'] ?? null,
          AssignPublicIp: (i['networkConfiguration'] as Inputs)['assignPublicIp'] === true ? 'ENABLED' : 'DISABLED',
        },
      },
    }),
  ],
  [TYPE.scaling]: [
    'AWS::ApplicationAutoScaling::ScalableTarget',
    (i) => pick(i, 'minCapacity', 'maxCapacity', 'resourceId', 'scalableDimension', 'serviceNamespace'),
  ],
  [TYPE.scalingPolicy]: [
    'AWS::ApplicationAutoScaling::ScalingPolicy',
    (i, name) => ({
      PolicyName: name,
      ...pick(
        i,
        'policyType',
        'resourceId',
        'scalableDimension',
        'serviceNamespace',
        'targetTrackingScalingPolicyConfiguration',
      ),
    }),
  ],
  [TYPE.topic]: ['AWS::SNS::Topic', (i) => pick(i, 'kmsMasterKeyId')],
  [TYPE.topicPolicy]: [
    'AWS::SNS::TopicPolicy',
    (i) => ({ Topics: [i['arn'] ?? null], PolicyDocument: document(i['policy']) }),
  ],
  [TYPE.subscription]: [
    'AWS::SNS::Subscription',
    (i) => ({ TopicArn: i['topic'], ...pick(i, 'protocol', 'endpoint') }),
  ],
  [TYPE.alarm]: [
    'AWS::CloudWatch::Alarm',
    (i) => ({
      AlarmName: i['name'],
      ...pick(
        i,
        'namespace',
        'metricName',
        'statistic',
        'extendedStatistic',
        'period',
        'evaluationPeriods',
        'datapointsToAlarm',
        'threshold',
        'comparisonOperator',
        'treatMissingData',
        'alarmDescription',
        'actionsEnabled',
      ),
      EvaluateLowSampleCountPercentile: i['evaluateLowSampleCountPercentiles'],
      AlarmActions: i['alarmActions'],
      OKActions: i['okActions'],
      Dimensions: dimensions(i['dimensions']),
      Metrics:
        i['metricQueries'] === undefined
          ? undefined
          : list(i['metricQueries']).map(({ id, expression, label, returnData, metric }) => ({
              Id: id ?? null,
              ...(expression !== undefined && { Expression: expression, Label: label ?? null }),
              ReturnData: returnData ?? false,
              ...(metric !== undefined && {
                MetricStat: {
                  Metric: {
                    Namespace: (metric as Inputs)['namespace'] ?? null,
                    MetricName: (metric as Inputs)['metricName'] ?? null,
                    Dimensions: dimensions((metric as Inputs)['dimensions']) ?? null,
                  },
                  Period: (metric as Inputs)['period'] ?? null,
                  Stat: (metric as Inputs)['stat'] ?? null,
                },
              }),
            })),
    }),
  ],
  [TYPE.composite]: [
    'AWS::CloudWatch::CompositeAlarm',
    (i) => ({
      ...pick(i, 'alarmName', 'alarmRule', 'alarmDescription', 'actionsEnabled'),
      AlarmActions: i['alarmActions'],
      OKActions: i['okActions'],
    }),
  ],
  [TYPE.eventRule]: [
    'AWS::Events::Rule',
    (i) => ({
      ...pick(i, 'name', 'description'),
      EventPattern: document(i['eventPattern']),
      State: 'ENABLED',
    }),
  ],
  [TYPE.budget]: [
    'AWS::Budgets::Budget',
    (i) => ({
      Budget: {
        BudgetType: i['budgetType'] ?? null,
        TimeUnit: i['timeUnit'] ?? null,
        BudgetLimit: { Amount: Number(i['limitAmount']), Unit: i['limitUnit'] ?? null },
        CostFilters: Object.fromEntries(
          list(i['costFilters']).map(({ name, values }) => [String(name), values ?? null]),
        ),
      },
      NotificationsWithSubscribers: list(i['notifications']).map((each) => ({
        Notification: {
          NotificationType: each['notificationType'] ?? null,
          ComparisonOperator: each['comparisonOperator'] ?? null,
          Threshold: each['threshold'] ?? null,
          ThresholdType: each['thresholdType'] ?? null,
        },
        Subscribers: (each['subscriberSnsTopicArns'] as readonly Json[]).map((Address) => ({
          SubscriptionType: 'SNS',
          Address,
        })),
      })),
    }),
  ],
  [TYPE.canary]: [
    'AWS::Synthetics::Canary',
    (i) => {
      const run = i['runConfig'] as Inputs
      return {
        ...pick(i, 'name', 'runtimeVersion', 'artifactS3Location', 'executionRoleArn', 'schedule'),
        Code: { Handler: i['handler'] ?? null, S3Bucket: i['s3Bucket'] ?? null, S3Key: i['s3Key'] ?? null },
        RunConfig: {
          TimeoutInSeconds: run['timeoutInSeconds'] ?? null,
          EnvironmentVariables: run['environmentVariables'] ?? null,
        },
        SuccessRetentionPeriod: i['successRetentionPeriod'],
        FailureRetentionPeriod: i['failureRetentionPeriod'],
        StartCanaryAfterCreation: i['startCanary'],
      }
    },
  ],
  [TYPE.dashboard]: ['AWS::CloudWatch::Dashboard', (i) => pick(i, 'dashboardName', 'dashboardBody')],
  [TYPE.acl]: [
    'AWS::WAFv2::WebACL',
    (i) => ({
      Scope: i['scope'],
      DefaultAction: deep(i['defaultAction']),
      VisibilityConfig: visibility(i['visibilityConfig']),
      Rules: list(i['rules']).map((each) => firewallRule(each)),
    }),
  ],
  [TYPE.addressSet]: [
    'AWS::WAFv2::IPSet',
    (i) => ({ IPAddressVersion: i['ipAddressVersion'], ...pick(i, 'name', 'scope', 'addresses') }),
  ],
  [TYPE.aclAssociation]: [
    'AWS::WAFv2::WebACLAssociation',
    (i) => ({ ResourceArn: i['resourceArn'], WebACLArn: i['webAclArn'] }),
  ],
  [TYPE.aclLogging]: [
    'AWS::WAFv2::LoggingConfiguration',
    (i) => pick(i, 'resourceArn', 'logDestinationConfigs', 'redactedFields'),
  ],
  [TYPE.certificate]: ['AWS::CertificateManager::Certificate', (i) => pick(i, 'domainName', 'validationMethod')],
  [TYPE.record]: [
    'AWS::Route53::RecordSet',
    (i) => {
      const [alias] = list(i['aliases'])
      return {
        HostedZoneId: i['zoneId'],
        Name: i['name'],
        Type: i['type'],
        ...(alias !== undefined && {
          AliasTarget: {
            DNSName: alias['name'] ?? null,
            HostedZoneId: alias['zoneId'] ?? null,
            EvaluateTargetHealth: alias['evaluateTargetHealth'] ?? null,
          },
        }),
      }
    },
  ],
  [TYPE.userPool]: [
    'AWS::Cognito::UserPool',
    (i) => ({
      ...pick(
        i,
        'usernameAttributes',
        'autoVerifiedAttributes',
        'mfaConfiguration',
        'adminCreateUserConfig',
        'accountRecoverySetting',
        'deletionProtection',
        'userPoolAddOns',
        'userPoolTier',
      ),
      EnabledMfas: (i['softwareTokenMfaConfiguration'] as Inputs)['enabled'] === true ? ['SOFTWARE_TOKEN_MFA'] : [],
      Policies: { PasswordPolicy: deep(i['passwordPolicy']) ?? null },
    }),
  ],
  [TYPE.userPoolDomain]: ['AWS::Cognito::UserPoolDomain', (i) => pick(i, 'userPoolId', 'domain')],
  [TYPE.userPoolClient]: [
    'AWS::Cognito::UserPoolClient',
    (i) => ({
      ...pick(
        i,
        'userPoolId',
        'generateSecret',
        'supportedIdentityProviders',
        'preventUserExistenceErrors',
        'enableTokenRevocation',
        'explicitAuthFlows',
      ),
      AllowedOAuthFlowsUserPoolClient: i['allowedOauthFlowsUserPoolClient'],
      AllowedOAuthFlows: i['allowedOauthFlows'],
      AllowedOAuthScopes: i['allowedOauthScopes'],
      CallbackURLs: i['callbackUrls'],
      LogoutURLs: i['logoutUrls'],
    }),
  ],
}

const ofBucket =
  (write: (part: Inputs) => Properties) =>
  (part: Inputs, owner: Recorded): Properties | undefined =>
    owner.type === TYPE.bucket && part['bucket'] === owner.id ? write(part) : undefined

/**
 * What Pulumi keeps as a resource of its own and CloudFormation as properties of another: those properties, or
 * undefined where `owner` is not that other one.
 */
export const PARTS: Readonly<Record<string, (part: Inputs, owner: Recorded) => Properties | undefined>> = {
  [TYPE.bucketAccess]: ofBucket((i) => ({
    PublicAccessBlockConfiguration: pick(
      i,
      'blockPublicAcls',
      'blockPublicPolicy',
      'ignorePublicAcls',
      'restrictPublicBuckets',
    ) as Json,
  })),
  [TYPE.ownership]: ofBucket((i) => ({ OwnershipControls: { Rules: [deep(i['rule']) ?? null] } })),
  [TYPE.versioning]: ofBucket((i) => ({
    VersioningConfiguration: { Status: (i['versioningConfiguration'] as Inputs)['status'] ?? null },
  })),
  [TYPE.bucketEncryption]: ofBucket((i) => ({
    BucketEncryption: {
      ServerSideEncryptionConfiguration: list(i['rules']).map((each) => {
        const { sseAlgorithm, kmsMasterKeyId } = each['applyServerSideEncryptionByDefault'] as Inputs
        return {
          ...(each['bucketKeyEnabled'] !== undefined && { BucketKeyEnabled: each['bucketKeyEnabled'] }),
          ...(each['blockedEncryptionTypes'] !== undefined && {
            BlockedEncryptionTypes: { EncryptionType: each['blockedEncryptionTypes'] },
          }),
          ServerSideEncryptionByDefault: {
            SSEAlgorithm: sseAlgorithm ?? null,
            ...(kmsMasterKeyId !== undefined && { KMSMasterKeyID: kmsMasterKeyId }),
          },
        }
      }),
    },
  })),
  [TYPE.lifecycle]: ofBucket((i) => ({
    LifecycleConfiguration: {
      Rules: list(i['rules']).map((each) => ({
        Id: each['id'] ?? null,
        Status: each['status'] ?? null,
        Prefix: (each['filter'] as Inputs)['prefix'] ?? null,
        ...((each['expiration'] as Inputs | undefined)?.['days'] !== undefined && {
          ExpirationInDays: (each['expiration'] as Inputs)['days'] ?? null,
        }),
        ...((each['expiration'] as Inputs | undefined)?.['expiredObjectDeleteMarker'] !== undefined && {
          ExpiredObjectDeleteMarker: true,
        }),
        ...(each['noncurrentVersionExpiration'] !== undefined && {
          NoncurrentVersionExpiration: deep(each['noncurrentVersionExpiration']) ?? null,
        }),
        ...(each['abortIncompleteMultipartUpload'] !== undefined && {
          AbortIncompleteMultipartUpload: deep(each['abortIncompleteMultipartUpload']) ?? null,
        }),
      })),
    },
  })),
  [TYPE.bucketLogging]: ofBucket((i) => ({
    LoggingConfiguration: {
      DestinationBucketName: i['targetBucket'] ?? null,
      LogFilePrefix: i['targetPrefix'] ?? null,
    },
  })),
  [TYPE.cors]: ofBucket((i) => ({
    CorsConfiguration: {
      CorsRules: list(i['corsRules']).map(
        ({ allowedOrigins, allowedMethods, allowedHeaders, exposeHeaders, maxAgeSeconds }) => ({
          AllowedOrigins: allowedOrigins ?? null,
          AllowedMethods: allowedMethods ?? null,
          AllowedHeaders: allowedHeaders ?? null,
          ExposedHeaders: exposeHeaders ?? null,
          MaxAge: maxAgeSeconds ?? null,
        }),
      ),
    },
  })),
  [TYPE.bucketNotification]: ofBucket((i) => ({
    NotificationConfiguration: { EventBridgeConfiguration: { EventBridgeEnabled: i['eventbridge'] ?? null } },
  })),
  [TYPE.bucketMetric]: ofBucket((i) => ({
    MetricsConfigurations: [{ Id: i['name'] ?? null, Prefix: (i['filter'] as Inputs)['prefix'] ?? null }],
  })),
  [TYPE.repositoryLifecycle]: (i, owner) =>
    owner.type === TYPE.repository && i['repository'] === owner.outputs['name']
      ? { LifecyclePolicy: { LifecyclePolicyText: i['policy'] ?? null } }
      : undefined,
  [TYPE.secretVersion]: (i, owner) =>
    owner.type === TYPE.secret && i['secretId'] === owner.id ? { SecretString: i['secretString'] } : undefined,
  [TYPE.eventTarget]: (i, owner) =>
    owner.type === TYPE.eventRule && i['rule'] === owner.outputs['name']
      ? {
          Targets: [
            {
              Id: owner.name,
              Arn: i['arn'] ?? null,
              ...(i['roleArn'] !== undefined && { RoleArn: i['roleArn'] }),
              ...(i['ecsTarget'] !== undefined && { EcsParameters: ecsParameters(i['ecsTarget'] as Inputs) }),
            },
          ],
        }
      : undefined,
  // CloudFormation writes the record that validates a certificate by itself when it has the zone.
  [TYPE.record]: (i, owner) =>
    owner.type === TYPE.certificate && i['name'] === token(owner.type, owner.name, 'recordName')
      ? {
          DomainValidationOptions: [
            { DomainName: owner.inputs['domainName'] ?? null, HostedZoneId: i['zoneId'] ?? null },
          ],
        }
      : undefined,
}

function visibility(value: Json | undefined): Json {
  const { cloudwatchMetricsEnabled, metricName, sampledRequestsEnabled } = value as Inputs
  return {
    CloudWatchMetricsEnabled: cloudwatchMetricsEnabled ?? null,
    MetricName: metricName ?? null,
    SampledRequestsEnabled: sampledRequestsEnabled ?? null,
  }
}

function firewallRule(each: Inputs): Json {
  const { managedRuleGroupStatement, rateBasedStatement, ipSetReferenceStatement } = each['statement'] as Inputs
  return {
    Name: each['name'] ?? null,
    Priority: each['priority'] ?? null,
    VisibilityConfig: visibility(each['visibilityConfig']),
    ...(each['action'] === undefined
      ? { OverrideAction: deep(each['overrideAction']) ?? null }
      : { Action: deep(each['action']) ?? null }),
    Statement: {
      ...(managedRuleGroupStatement !== undefined && {
        ManagedRuleGroupStatement: deep(managedRuleGroupStatement) ?? null,
      }),
      ...(ipSetReferenceStatement !== undefined && {
        IPSetReferenceStatement: { Arn: (ipSetReferenceStatement as Inputs)['arn'] ?? null },
      }),
      ...(rateBasedStatement !== undefined && { RateBasedStatement: deep(rateBasedStatement) ?? null }),
    },
  }
}
