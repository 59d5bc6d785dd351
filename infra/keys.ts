import * as aws from '@pulumi/aws'
import * as pulumi from '@pulumi/pulumi'
import { accountKeyPolicy, telemetryKeyPolicy, type KeyPolicy } from './key-policies.ts'
import type { Settings } from './settings.ts'

/**
 * Three keys, so that a right to one kind of thing is not a right to another: people's data, secrets, and logs with
 * alarms.
 */
export class Keys extends pulumi.ComponentResource {
  readonly data: aws.kms.Key
  readonly secrets: aws.kms.Key
  readonly telemetry: aws.kms.Key

  constructor(name: string, args: { settings: Settings; accountId: string }, opts?: pulumi.ComponentResourceOptions) {
    super('chatmrpt:infra:Keys', name, {}, opts)
    const { settings, accountId } = args
    const key = (use: string, policy: KeyPolicy): aws.kms.Key => {
      const made = new aws.kms.Key(
        `${name}-${use}`,
        {
          description: `ChatMRPT ${settings.stage}: ${use}`,
          enableKeyRotation: true,
          deletionWindowInDays: 30,
          policy: JSON.stringify(policy),
        },
        { parent: this, protect: settings.deletionProtection },
      )
      new aws.kms.Alias(`${name}-${use}`, { name: `alias/${name}-${use}`, targetKeyId: made.keyId }, { parent: this })
      return made
    }
    this.data = key('data', accountKeyPolicy(accountId))
    this.secrets = key('secrets', accountKeyPolicy(accountId))
    this.telemetry = key('telemetry', telemetryKeyPolicy(accountId, settings.region))
    this.registerOutputs()
  }
}
