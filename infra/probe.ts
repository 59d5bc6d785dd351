import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as aws from '@pulumi/aws'
import * as pulumi from '@pulumi/pulumi'
import { zipSync } from 'fflate'
import type { AccessLogs } from './access-logs.ts'
import { boundaryArn } from './names.ts'
import type { Settings } from './settings.ts'

/** Where the canary stores what it saw. */
const ARTIFACTS = 'probe/'
/** The newest runtime of Node without a browser. */
const RUNTIME = 'syn-nodejs-4.1'
/** ZIP has no earlier date. The bytes are the same each time; otherwise each update would see a change. */
const FIRST_DAY = new Date('1980-01-01T12:00:00')

/** The canary's code as Synthetics takes it: a ZIP with the file where Node looks for modules. */
export function probeCode(): { readonly base64: string; readonly name: string } {
  const source = readFileSync(join(import.meta.dirname, 'probe', 'probe.cjs'))
  const zip = zipSync({ 'nodejs/node_modules/probe.js': [source, { mtime: FIRST_DAY }] })
  const name = createHash('sha256').update(zip).digest('hex').slice(0, 16)
  return { base64: Buffer.from(zip).toString('base64'), name: `probe-code/${name}.zip` }
}

/** Checks the service from outside, through the name and the entrance that people use. */
export class Probe extends pulumi.ComponentResource {
  readonly name: pulumi.Output<string>

  constructor(
    name: string,
    args: { settings: Settings; accountId: string; publicUrl: string; logs: AccessLogs },
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super('chatmrpt:infra:Probe', name, {}, opts)
    const { settings, accountId, logs } = args
    const parent = { parent: this }
    const code = probeCode()
    const object = new aws.s3.BucketObjectv2(
      `${name}-probe`,
      { bucket: logs.bucket.id, key: code.name, contentBase64: code.base64, contentType: 'application/zip' },
      { ...parent, dependsOn: [logs.policy] },
    )
    const role = new aws.iam.Role(
      `${name}-probe`,
      {
        permissionsBoundary: boundaryArn(settings, accountId, 'probe'),
        assumeRolePolicy: JSON.stringify({
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
        }),
      },
      parent,
    )
    const logGroup = `arn:aws:logs:${settings.region}:${accountId}:log-group:/aws/lambda/cwsyn-${name}-*`
    const policy = new aws.iam.RolePolicy(
      `${name}-probe`,
      {
        role: role.id,
        policy: pulumi.jsonStringify({
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Allow',
              Action: ['s3:PutObject'],
              Resource: [pulumi.interpolate`${logs.bucket.arn}/${ARTIFACTS}*`],
            },
            { Effect: 'Allow', Action: ['s3:GetBucketLocation'], Resource: [logs.bucket.arn] },
            {
              Effect: 'Allow',
              Action: ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'],
              Resource: [logGroup],
            },
            // These two actions do not take resources.
            { Effect: 'Allow', Action: ['s3:ListAllMyBuckets'], Resource: ['*'] },
            {
              Effect: 'Allow',
              Action: ['cloudwatch:PutMetricData'],
              Resource: ['*'],
              Condition: { StringEquals: { 'cloudwatch:namespace': 'CloudWatchSynthetics' } },
            },
          ],
        }),
      },
      parent,
    )
    const canary = new aws.synthetics.Canary(
      name,
      {
        name,
        runtimeVersion: RUNTIME,
        handler: 'probe.handler',
        s3Bucket: logs.bucket.bucket,
        s3Key: object.key,
        artifactS3Location: pulumi.interpolate`s3://${logs.bucket.bucket}/${ARTIFACTS}`,
        executionRoleArn: role.arn,
        schedule: { expression: 'rate(5 minutes)' },
        runConfig: { timeoutInSeconds: 60, environmentVariables: { PROBE_URL: args.publicUrl } },
        successRetentionPeriod: 7,
        failureRetentionPeriod: 31,
        // Before the first image nothing can answer.
        startCanary: settings.image !== undefined,
        deleteLambda: true,
      },
      { ...parent, dependsOn: [policy] },
    )
    this.name = canary.name
    this.registerOutputs({ name: this.name })
  }
}
