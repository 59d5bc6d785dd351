import * as aws from '@pulumi/aws'
import * as pulumi from '@pulumi/pulumi'
import type { Settings } from './settings.ts'
import type { Topics } from './topics.ts'

/**
 * What ECS reports about the end of a deployment and about tasks that it cannot start.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_service_events.html
 */
export const NOTICED_EVENTS = [
  'SERVICE_DEPLOYMENT_COMPLETED',
  'SERVICE_DEPLOYMENT_FAILED',
  'SERVICE_TASK_START_IMPAIRED',
  'SERVICE_TASK_PLACEMENT_FAILURE',
  'SERVICE_TASK_CONFIGURATION_FAILURE',
] as const

/** Facts for the morning: deployments that ended, tasks that cannot start, and the month's bill of the models. */
export class Notices extends pulumi.ComponentResource {
  constructor(
    name: string,
    args: { settings: Settings; accountId: string; topics: Topics },
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super('chatmrpt:infra:Notices', name, {}, opts)
    const { settings, accountId, topics } = args
    const parent = { parent: this }
    const rule = new aws.cloudwatch.EventRule(
      name,
      {
        description: `ChatMRPT ${settings.stage}: ends of deployments, and tasks that cannot start`,
        eventPattern: JSON.stringify({
          source: ['aws.ecs'],
          'detail-type': ['ECS Deployment State Change', 'ECS Service Action'],
          resources: [`arn:aws:ecs:${settings.region}:${accountId}:service/${name}/${name}`],
          detail: { eventName: NOTICED_EVENTS },
        }),
      },
      parent,
    )
    new aws.cloudwatch.EventTarget(name, { rule: rule.name, arn: topics.inform.arn }, parent)
    if (settings.models.length > 0) {
      new aws.budgets.Budget(
        `${name}-models`,
        {
          budgetType: 'COST',
          timeUnit: 'MONTHLY',
          limitAmount: String(settings.modelUsdPerDay * 30),
          limitUnit: 'USD',
          costFilters: [{ name: 'Service', values: ['Amazon Bedrock'] }],
          notifications: [
            {
              notificationType: 'FORECASTED',
              comparisonOperator: 'GREATER_THAN',
              threshold: 100,
              thresholdType: 'PERCENTAGE',
              subscriberSnsTopicArns: [topics.inform.arn],
            },
          ],
        },
        parent,
      )
    }
    this.registerOutputs()
  }
}
