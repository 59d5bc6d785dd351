import * as aws from '@pulumi/aws'
import * as pulumi from '@pulumi/pulumi'
import { destinationName, type Destination } from './destinations.ts'
import type { Settings } from './settings.ts'

/** Who may publish to a topic, and under which condition. */
type Publisher = readonly [service: string, condition: object]

/**
 * Where messages go: `page` wakes somebody, `inform` waits for the morning, and `cache` brings the session store's own
 * events to those who read `inform`. The last is not encrypted: ElastiCache cannot publish to an encrypted topic, and
 * its events hold no data of a person.
 * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/ElastiCacheSNS.html
 */
export class Topics extends pulumi.ComponentResource {
  readonly page: aws.sns.Topic
  readonly inform: aws.sns.Topic
  readonly cache: aws.sns.Topic

  constructor(
    name: string,
    args: { settings: Settings; accountId: string; key: aws.kms.Key },
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super('chatmrpt:infra:Topics', name, {}, opts)
    const { settings, accountId, key } = args
    const alarms: Publisher = ['cloudwatch.amazonaws.com', { StringEquals: { 'aws:SourceAccount': accountId } }]
    const events: Publisher = ['events.amazonaws.com', { StringEquals: { 'aws:SourceAccount': accountId } }]
    const budgets: Publisher = ['budgets.amazonaws.com', { StringEquals: { 'aws:SourceAccount': accountId } }]
    const cache: Publisher = ['elasticache.amazonaws.com', { StringEquals: { 'aws:SourceOwner': accountId } }]
    this.page = this.#topic(`${name}-page`, settings.pageTo, [alarms], key)
    this.inform = this.#topic(`${name}-inform`, settings.informTo, [alarms, events, budgets], key)
    this.cache = this.#topic(`${name}-cache-events`, settings.informTo, [cache])
    this.registerOutputs()
  }

  /** A topic to which only these services may publish, for this account, over TLS. */
  #topic(
    name: string,
    destinations: readonly Destination[],
    publishers: readonly Publisher[],
    key?: aws.kms.Key,
  ): aws.sns.Topic {
    const parent = { parent: this }
    const topic = new aws.sns.Topic(name, key === undefined ? {} : { kmsMasterKeyId: key.id }, parent)
    const publish = { Action: 'sns:Publish', Resource: topic.arn }
    new aws.sns.TopicPolicy(
      name,
      {
        arn: topic.arn,
        policy: pulumi.jsonStringify({
          Version: '2012-10-17',
          Statement: [
            ...publishers.map(([Service, Condition]) => ({
              Effect: 'Allow',
              Principal: { Service },
              ...publish,
              Condition,
            })),
            {
              Effect: 'Deny',
              Principal: '*',
              ...publish,
              Condition: { Bool: { 'aws:SecureTransport': 'false' } },
            },
          ],
        }),
      },
      parent,
    )
    for (const destination of destinations) {
      new aws.sns.TopicSubscription(
        `${name}-${destinationName(destination)}`,
        {
          topic: topic.arn,
          protocol: destination.protocol,
          // The address of an on-call service holds a key.
          endpoint: destination.protocol === 'https' ? pulumi.secret(destination.endpoint) : destination.endpoint,
          ...(destination.protocol === 'https' && { endpointAutoConfirms: true }),
        },
        parent,
      )
    }
    return topic
  }
}
