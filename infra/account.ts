import * as aws from '@pulumi/aws'
import * as pulumi from '@pulumi/pulumi'

/**
 * Guards for the whole account, for every bucket and disk in it. One stack of an account sets them, and they stay when
 * that stack is removed: the account's other stacks rely on them.
 */
export class AccountGuards extends pulumi.ComponentResource {
  constructor(name: string, opts?: pulumi.ComponentResourceOptions) {
    super('chatmrpt:infra:AccountGuards', name, {}, opts)
    new aws.s3.AccountPublicAccessBlock(
      name,
      { blockPublicAcls: true, blockPublicPolicy: true, ignorePublicAcls: true, restrictPublicBuckets: true },
      { parent: this, retainOnDelete: true },
    )
    this.registerOutputs()
  }
}
