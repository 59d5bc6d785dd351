import * as aws from '@pulumi/aws'
import * as pulumi from '@pulumi/pulumi'
import * as random from '@pulumi/random'
import type { Settings } from './settings.ts'

/**
 * The service's secrets. Each value is generated under a name from the configuration, and nobody sees it.
 * To rotate, add a new name at the end of the list and then move it to the front, since old and new tasks serve side by
 * side. Older names stay valid until they are removed from the list.
 * With sign-in there is one more secret, which the user pool makes for its client.
 */
export class Secrets extends pulumi.ComponentResource {
  /** Newest first; the cache takes up to two, so that tasks with either work during a replacement. */
  readonly redisPasswords: pulumi.Output<string>[]
  /** Variable of the service -> the `valueFrom` of the task definition. */
  readonly references: Readonly<Record<string, pulumi.Output<string>>>
  readonly arns: pulumi.Output<string>[]

  constructor(
    name: string,
    args: { settings: Settings; key: aws.kms.Key; signInClientSecret?: pulumi.Output<string> },
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super('chatmrpt:infra:Secrets', name, {}, opts)
    const { settings, key, signInClientSecret } = args
    const generate = (use: string, id: string): pulumi.Output<string> =>
      new random.RandomPassword(`${name}-${use}-${id}`, { length: 48, special: false }, { parent: this }).result
    const arns: pulumi.Output<string>[] = []
    const keep = (use: string, value: pulumi.Output<string>): pulumi.Output<string> => {
      const secret = new aws.secretsmanager.Secret(
        `${name}-${use}`,
        {
          description: `ChatMRPT ${settings.stage}: ${use}`,
          kmsKeyId: key.arn,
          recoveryWindowInDays: settings.deletionProtection ? 30 : 7,
        },
        { parent: this },
      )
      const version = new aws.secretsmanager.SecretVersion(
        `${name}-${use}`,
        { secretId: secret.id, secretString: value },
        { parent: this },
      )
      arns.push(secret.arn)
      // Named by version: a new value makes a new task definition, so a rotation reaches every task, and a rollback
      // returns to its own version.
      return pulumi.interpolate`${secret.arn}:::${version.versionId}`
    }
    this.redisPasswords = settings.redisKeys.map((id) => generate('redis', id))
    const cookies = pulumi
      .all(settings.cookieKeys.map((id) => generate('cookie', id)))
      .apply((values) => values.join(','))
    const projects = pulumi
      .all(settings.projectKeys.map((id) => generate('project', id)))
      .apply((values) => values.join(','))
    const seals = pulumi
      .all(settings.sealKeys.map((id) => generate('seal', id).apply((value) => `${id}:${value}`)))
      .apply((values) => values.join(','))
    const [newest] = this.redisPasswords
    if (newest === undefined) throw new RangeError('Cannot make secrets: redisKeys is empty')
    this.references = {
      COOKIE_SECRETS: keep('cookies', cookies),
      SEAL_SECRETS: keep('seals', seals),
      PROJECT_SECRETS: keep('projects', projects),
      REDIS_PASSWORD: keep('redis', newest),
      ...(signInClientSecret !== undefined && { SIGN_IN_CLIENT_SECRET: keep('sign-in', signInClientSecret) }),
    }
    this.arns = arns
    this.registerOutputs()
  }
}
