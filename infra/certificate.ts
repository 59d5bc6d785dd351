import * as aws from '@pulumi/aws'
import * as pulumi from '@pulumi/pulumi'

/** A certificate for the host name, validated through the zone. AWS renews it as long as the record exists. */
export class Certificate extends pulumi.ComponentResource {
  readonly arn: pulumi.Output<string>

  constructor(name: string, args: { hostName: string; zoneId: string }, opts?: pulumi.ComponentResourceOptions) {
    super('chatmrpt:infra:Certificate', name, {}, opts)
    const certificate = new aws.acm.Certificate(
      name,
      { domainName: args.hostName, validationMethod: 'DNS' },
      { parent: this },
    )
    const proof = certificate.domainValidationOptions.apply(([option]) => {
      if (option === undefined) throw new RangeError('Cannot prove the certificate: it names no record')
      return option
    })
    const record = new aws.route53.Record(
      name,
      {
        zoneId: args.zoneId,
        name: proof.resourceRecordName,
        type: proof.resourceRecordType,
        records: [proof.resourceRecordValue],
        ttl: 300,
        allowOverwrite: true,
      },
      { parent: this },
    )
    this.arn = new aws.acm.CertificateValidation(
      name,
      { certificateArn: certificate.arn, validationRecordFqdns: [record.fqdn] },
      { parent: this },
    ).certificateArn
    this.registerOutputs({ arn: this.arn })
  }
}
