/** The resource types the rules speak of. */
export const TYPE = {
  vpc: 'aws:ec2/vpc:Vpc', subnet: 'aws:ec2/subnet:Subnet', route: 'aws:ec2/route:Route', association: 'aws:ec2/routeTableAssociation:RouteTableAssociation',
  defaultGroup: 'aws:ec2/defaultSecurityGroup:DefaultSecurityGroup', group: 'aws:ec2/securityGroup:SecurityGroup', flowLog: 'aws:ec2/flowLog:FlowLog', endpoint: 'aws:ec2/vpcEndpoint:VpcEndpoint', nat: 'aws:ec2/natGateway:NatGateway',
  ingress: 'aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule', egress: 'aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule',
  balancer: 'aws:lb/loadBalancer:LoadBalancer', targets: 'aws:lb/targetGroup:TargetGroup', listener: 'aws:lb/listener:Listener', certificate: 'aws:acm/certificate:Certificate', certificateProof: 'aws:acm/certificateValidation:CertificateValidation', record: 'aws:route53/record:Record',
  acl: 'aws:wafv2/webAcl:WebAcl', aclAssociation: 'aws:wafv2/webAclAssociation:WebAclAssociation', aclLogging: 'aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration',
  cluster: 'aws:ecs/cluster:Cluster', task: 'aws:ecs/taskDefinition:TaskDefinition', service: 'aws:ecs/service:Service', scaling: 'aws:appautoscaling/target:Target', scalingPolicy: 'aws:appautoscaling/policy:Policy',
  cache: 'aws:elasticache/replicationGroup:ReplicationGroup', cacheParameters: 'aws:elasticache/parameterGroup:ParameterGroup', cacheSubnets: 'aws:elasticache/subnetGroup:SubnetGroup', cacheUser: 'aws:elasticache/user:User', cacheUsers: 'aws:elasticache/userGroup:UserGroup',
  bucket: 'aws:s3/bucket:Bucket', bucketAccess: 'aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock', accountAccess: 'aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock', ownership: 'aws:s3/bucketOwnershipControls:BucketOwnershipControls', bucketEncryption: 'aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration', versioning: 'aws:s3/bucketVersioning:BucketVersioning', lifecycle: 'aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration', bucketLogging: 'aws:s3/bucketLogging:BucketLogging', cors: 'aws:s3/bucketCorsConfiguration:BucketCorsConfiguration', bucketPolicy: 'aws:s3/bucketPolicy:BucketPolicy', bucketMetric: 'aws:s3/bucketMetric:BucketMetric',
  repository: 'aws:ecr/repository:Repository', repositoryLifecycle: 'aws:ecr/lifecyclePolicy:LifecyclePolicy',
  role: 'aws:iam/role:Role', rolePolicy: 'aws:iam/rolePolicy:RolePolicy', key: 'aws:kms/key:Key', secret: 'aws:secretsmanager/secret:Secret', secretVersion: 'aws:secretsmanager/secretVersion:SecretVersion', secretRotation: 'aws:secretsmanager/secretRotation:SecretRotation',
  topic: 'aws:sns/topic:Topic', topicPolicy: 'aws:sns/topicPolicy:TopicPolicy', subscription: 'aws:sns/topicSubscription:TopicSubscription',
  logGroup: 'aws:cloudwatch/logGroup:LogGroup', alarm: 'aws:cloudwatch/metricAlarm:MetricAlarm', composite: 'aws:cloudwatch/compositeAlarm:CompositeAlarm', dashboard: 'aws:cloudwatch/dashboard:Dashboard',
  userPool: 'aws:cognito/userPool:UserPool', userPoolDomain: 'aws:cognito/userPoolDomain:UserPoolDomain', userPoolClient: 'aws:cognito/userPoolClient:UserPoolClient'
} as const
