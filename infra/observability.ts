import * as aws from '@pulumi/aws'
import * as pulumi from '@pulumi/pulumi'
import { alarmSpecs, compositeSpecs, describe, type AlarmSpec, type Places } from './alarms.ts'
import { dashboardBody } from './dashboard.ts'
import type { Settings } from './settings.ts'

type Ref = pulumi.Output<string>

/** Two topics, every alarm, the composites that page, and the dashboard. */
export class Observability extends pulumi.ComponentResource {
  /** Names of the alarms that send a deployment back: references, so that a renamed alarm cannot leave a deployment unguarded. */
  readonly rollbackAlarmNames: pulumi.Output<string>[]

  constructor(
    name: string,
    args: {
      settings: Settings
      accountId: string
      telemetryKey: aws.kms.Key
      places: Places<Ref>
      logGroup: Ref
      bucket: Ref
    },
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super('chatmrpt:infra:Observability', name, {}, opts)
    const { settings, places } = args
    const parent = { parent: this }
    // Without a service there is nothing to be silent: the alarms wait for the first image.
    const actionsEnabled = settings.image !== undefined
    const topics = { page: this.#topic(`${name}-page`, args), inform: this.#topic(`${name}-inform`, args) }
    // A composite waits by having nobody to tell. To change its `actionsEnabled` would replace it: a new one put in the old one's
    // place under the same name, and that name deleted last.
    const woken = actionsEnabled ? [topics.page.arn] : []

    const specs = alarmSpecs(places)
    const alarms = new Map(
      specs.map(
        (spec) =>
          [
            spec.id,
            new aws.cloudwatch.MetricAlarm(
              `${name}-${spec.id}`,
              {
                name: `${name}-${spec.id}`,
                alarmDescription: describe(spec),
                ...measured(spec),
                comparisonOperator: spec.comparison,
                threshold: spec.threshold,
                evaluationPeriods: spec.evaluationPeriods,
                datapointsToAlarm: spec.datapointsToAlarm,
                treatMissingData: spec.missing,
                actionsEnabled,
                alarmActions: [topics.inform.arn],
                okActions: [topics.inform.arn],
              },
              parent,
            ),
          ] as const,
      ),
    )
    const composites = compositeSpecs(specs).map(
      (spec) =>
        new aws.cloudwatch.CompositeAlarm(
          `${name}-${spec.id}`,
          {
            alarmName: `${name}-${spec.id}`,
            alarmDescription: describe(spec),
            alarmRule: pulumi
              .all(spec.of.map((id) => named(alarms, id).name))
              .apply((names) => names.map((part) => `ALARM("${part}")`).join(' OR ')),
            actionsEnabled: true,
            alarmActions: woken,
            okActions: woken,
          },
          parent,
        ),
    )
    this.rollbackAlarmNames = specs.filter(({ rollsBack }) => rollsBack).map(({ id }) => named(alarms, id).name)

    new aws.cloudwatch.Dashboard(
      name,
      {
        dashboardName: name,
        dashboardBody: pulumi
          .output({
            balancer: places.balancer,
            targets: places.targets,
            cluster: places.cluster,
            serviceName: places.serviceName,
            cacheNodes: [...places.cacheNodes],
            logGroup: args.logGroup,
            bucket: args.bucket,
            alarmArns: [...composites, ...alarms.values()].map(({ arn }) => arn),
          })
          .apply((known) =>
            JSON.stringify(
              dashboardBody({
                ...known,
                stage: settings.stage,
                minTasks: settings.minTasks,
                maxTasks: settings.maxTasks,
                region: settings.region,
              }),
            ),
          ),
      },
      parent,
    )
    this.registerOutputs()
  }

  /** An encrypted topic that this account's alarms alone may publish to, over TLS. */
  #topic(name: string, args: { settings: Settings; accountId: string; telemetryKey: aws.kms.Key }): aws.sns.Topic {
    const topic = new aws.sns.Topic(name, { kmsMasterKeyId: args.telemetryKey.id }, { parent: this })
    new aws.sns.TopicPolicy(
      name,
      {
        arn: topic.arn,
        policy: pulumi.jsonStringify({
          Version: '2012-10-17',
          Statement: [
            {
              Sid: 'Alarms',
              Effect: 'Allow',
              Principal: { Service: 'cloudwatch.amazonaws.com' },
              Action: 'sns:Publish',
              Resource: topic.arn,
              Condition: { StringEquals: { 'aws:SourceAccount': args.accountId } },
            },
            {
              Sid: 'TlsOnly',
              Effect: 'Deny',
              Principal: '*',
              Action: 'sns:Publish',
              Resource: topic.arn,
              Condition: { Bool: { 'aws:SecureTransport': 'false' } },
            },
          ],
        }),
      },
      { parent: this },
    )
    // Named by address: by place in the list, a new address in front would take over the subscription of another, and end it.
    for (const address of args.settings.alertEmails) {
      new aws.sns.TopicSubscription(
        `${name}-${address}`,
        { topic: topic.arn, protocol: 'email', endpoint: address },
        { parent: this },
      )
    }
    return topic
  }
}

function named(alarms: ReadonlyMap<string, aws.cloudwatch.MetricAlarm>, id: string): aws.cloudwatch.MetricAlarm {
  const alarm = alarms.get(id)
  if (alarm === undefined) throw new RangeError(`Cannot refer to alarm ${id}: there is none of that name`)
  return alarm
}

/** One measure stands in the alarm itself; an expression needs the list of what it combines. */
function measured(spec: AlarmSpec<Ref>): Partial<aws.cloudwatch.MetricAlarmArgs> {
  const [first] = Object.values(spec.measures)
  if (spec.expression === undefined && first !== undefined) {
    return {
      namespace: first.namespace,
      metricName: first.metric,
      dimensions: first.dimensions,
      period: spec.periodSeconds,
      ...(first.stat === 'p99' ? { extendedStatistic: first.stat } : { statistic: first.stat }),
    }
  }
  return {
    metricQueries: [
      { id: 'result', expression: spec.expression ?? '', label: spec.id, returnData: true },
      ...Object.entries(spec.measures).map(([id, { namespace, metric, dimensions, stat }]) => ({
        id,
        metric: { namespace, metricName: metric, dimensions, period: spec.periodSeconds, stat },
      })),
    ],
  }
}
