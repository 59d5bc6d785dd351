import * as aws from '@pulumi/aws'
import * as pulumi from '@pulumi/pulumi'
import type { AlarmSpec, Places } from './alarm-spec.ts'
import { alarmSpecs } from './alarms.ts'
import { compositeSpecs, describe, type CompositeSpec } from './composites.ts'
import { dashboardAddress, dashboardBody } from './dashboard.ts'
import type { Settings } from './settings.ts'
import type { Topics } from './topics.ts'

type Ref = pulumi.Output<string>

/** The topics, every alarm, the composites that page, and the dashboard. */
export class Observability extends pulumi.ComponentResource {
  /** The names of the alarms that roll a deployment back. They are references, so a renamed alarm stays in the list. */
  readonly rollbackAlarmNames: pulumi.Output<string>[]

  constructor(
    name: string,
    args: {
      settings: Settings
      topics: Topics
      places: Places<Ref>
      logGroup: Ref
      bucket: Ref
    },
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super('chatmrpt:infra:Observability', name, {}, opts)
    const { settings, places, topics } = args
    const parent = { parent: this }
    const links = { runbooks: settings.runbooks, dashboard: dashboardAddress(settings.region, name) }
    // Without a service, silence is normal: the alarms wait for the first image.
    const actionsEnabled = settings.image !== undefined
    // A composite waits by notifying nobody. A change of its `actionsEnabled` would replace it: a new one would be put
    // in the old one's place under the same name, and then that name would be deleted.
    const told = (tells: CompositeSpec['tells']): Ref[] =>
      actionsEnabled && tells !== 'nobody' ? [topics[tells].arn] : []

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
                alarmDescription: describe(spec, links),
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
    const composites = new Map<string, aws.cloudwatch.CompositeAlarm>()
    for (const spec of compositeSpecs(specs)) {
      const names = spec.of.map((id) => composites.get(id)?.alarmName ?? named(alarms, id).name)
      const receivers = told(spec.tells)
      composites.set(
        spec.id,
        new aws.cloudwatch.CompositeAlarm(
          `${name}-${spec.id}`,
          {
            alarmName: `${name}-${spec.id}`,
            alarmDescription: describe(spec, links),
            alarmRule: pulumi
              .all(names)
              .apply((all) => all.map((each) => `ALARM("${each}")`).join(spec.when === 'all' ? ' AND ' : ' OR ')),
            actionsEnabled: true,
            alarmActions: receivers,
            okActions: receivers,
          },
          parent,
        ),
      )
    }
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
            probe: places.probe,
            ...(places.firewall !== undefined && { firewall: places.firewall }),
            logGroup: args.logGroup,
            bucket: args.bucket,
            alarmArns: [...composites.values(), ...alarms.values()].map(({ arn }) => arn),
          })
          .apply((known) =>
            JSON.stringify(
              dashboardBody({
                ...known,
                stage: settings.stage,
                minTasks: settings.minTasks,
                maxTasks: settings.maxTasks,
                modelUsdPerDay: settings.modelUsdPerDay,
                runbooks: settings.runbooks,
                region: settings.region,
              }),
            ),
          ),
      },
      parent,
    )
    this.registerOutputs()
  }
}

function named(alarms: ReadonlyMap<string, aws.cloudwatch.MetricAlarm>, id: string): aws.cloudwatch.MetricAlarm {
  const alarm = alarms.get(id)
  if (alarm === undefined) throw new RangeError(`Cannot refer to alarm ${id}: there is none of that name`)
  return alarm
}

/** One measure is part of the alarm itself; an expression needs the list of what it combines. */
function measured(spec: AlarmSpec<Ref>): Partial<aws.cloudwatch.MetricAlarmArgs> {
  const [first] = Object.values(spec.measures)
  if (spec.expression === undefined && first !== undefined) {
    return {
      namespace: first.namespace,
      metricName: first.metric,
      dimensions: first.dimensions,
      period: spec.periodSeconds,
      ...(first.stat === 'p99'
        ? // A percentile of a handful of requests means nothing, and must not roll a deployment back.
          { extendedStatistic: first.stat, evaluateLowSampleCountPercentiles: 'ignore' }
        : { statistic: first.stat }),
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
