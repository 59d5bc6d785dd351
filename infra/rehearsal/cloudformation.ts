import { TYPE } from '../rules/types.ts'
import { PARTS, WRITTEN, type Properties } from './cloudformation-types.ts'
import { kindOf, type Recorded } from './record.ts'
import type { Json } from './values.ts'

export interface Template {
  readonly AWSTemplateFormatVersion: '2010-09-09'
  /** Secrets that are generated: a template may name such a value, but nothing shows it. */
  readonly Parameters: Readonly<Record<string, { readonly Type: 'String'; readonly NoEcho: true }>>
  readonly Resources: Readonly<
    Record<string, { readonly Type: string; readonly Properties: Json; readonly DependsOn?: readonly string[] }>
  >
}

/** Resources that do not exist in CloudFormation, and what replaces them there for its validators. */
export const UNWRITABLE: Readonly<Record<string, string>> = {
  [TYPE.accountAccess]:
    'CloudFormation has no type for the public access block of a whole account. Rule S3.1 reads it as Pulumi ' +
    'records it.',
  [TYPE.defaultGroup]:
    'A VPC brings its default group along and CloudFormation cannot take it over. Rule EC2.2 reads it as Pulumi ' +
    'records it.',
  [TYPE.object]:
    'CloudFormation has no type for an object in a bucket. Rule probe.outside says that it is the code of the canary.',
  [TYPE.certificateProof]:
    'CloudFormation waits for a certificate to be proved by itself, so there is no type for the waiting; the ' +
    'certificate and its zone are written.',
}

/** Outputs that CloudFormation gives by `Fn::GetAtt`; the others are the resource's `Ref`. */
const GOTTEN: Readonly<Record<string, string>> = {
  'SecurityGroup!id': 'GroupId',
  'Role!arn': 'Arn',
  'Key!arn': 'Arn',
  'Bucket!arn': 'Arn',
  'Repository!arn': 'Arn',
  'LogGroup!arn': 'Arn',
  'Cluster!arn': 'Arn',
  'MetricAlarm!arn': 'Arn',
  'CompositeAlarm!arn': 'Arn',
  'WebAcl!arn': 'Arn',
  'IpSet!arn': 'Arn',
  'Eip!id': 'AllocationId',
  'LoadBalancer!arnSuffix': 'LoadBalancerFullName',
  'LoadBalancer!dnsName': 'DNSName',
  'LoadBalancer!zoneId': 'CanonicalHostedZoneID',
  'TargetGroup!arnSuffix': 'TargetGroupFullName',
  'ReplicationGroup!primaryEndpointAddress': 'PrimaryEndPoint.Address',
  'Repository!repositoryUrl': 'RepositoryUri',
  'UserPoolClient!clientSecret': 'ClientSecret',
}
/** The validation of a certificate gives out the certificate's own ARN. */
const STANDS_FOR: Readonly<Record<string, string>> = { CertificateValidation: 'Certificate' }

/** The name of a resource in the template, from the last part of its type and its own. */
export const logicalId = (record: { readonly kind: string; readonly name: string }): string =>
  `${STANDS_FOR[record.kind] ?? record.kind}${record.name}`.replaceAll(/[^A-Za-z0-9]/g, '')

/**
 * A value with its tokens as CloudFormation's own references; a token of a resource that is not in the template becomes
 * a plain word.
 */
function resolve(value: Json, known: ReadonlySet<string>): Json {
  if (Array.isArray(value)) return (value as readonly Json[]).map((each) => resolve(each, known))
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, resolve(each, known)]))
  if (typeof value !== 'string' || !value.includes('⟦')) return value
  const parts = value
    .split(/(⟦[^⟧]+⟧)/)
    .filter((part) => part !== '')
    .map((part): Json => {
      const [, kind = '', name = '', output = ''] = /^⟦([A-Za-z0-9]+)\.([^!]+)!(\w+)⟧$/.exec(part) ?? []
      const id = logicalId({ kind, name })
      if (kind === '' || !known.has(id)) return part.replaceAll(/[⟦⟧!.]/g, '-')
      const attribute = GOTTEN[`${kind}!${output}`]
      return attribute === undefined ? { Ref: id } : { 'Fn::GetAtt': [id, attribute] }
    })
  return parts.length === 1 ? (parts[0] ?? '') : { 'Fn::Join': ['', parts] }
}

/**
 * The recorded resources as a CloudFormation template, for validators that read templates.
 * @throws RangeError for a type that is neither written there nor named as one that cannot be: nothing is left out
 * silently
 */
export function cloudFormation(records: readonly Recorded[]): Template {
  const ours = records.filter(({ custom, type }) => custom && type.startsWith('aws:'))
  const partsOf = new Map<Recorded, Properties[]>()
  const parts = new Set(
    ours.filter((part) => {
      const found = ours.flatMap((owner) => {
        const properties = PARTS[part.type]?.(part.inputs, owner)
        return properties === undefined ? [] : [{ owner, properties }]
      })
      for (const { owner, properties } of found) partsOf.set(owner, [...(partsOf.get(owner) ?? []), properties])
      return found.length > 0
    }),
  )
  const written = ours.filter((record) => record.type in WRITTEN && !parts.has(record))
  const left = ours.find((record) => !(record.type in WRITTEN || record.type in PARTS || record.type in UNWRITABLE))
  if (left !== undefined)
    throw new RangeError(
      `Cannot write ${left.type} in CloudFormation: say how in cloudformation-types.ts, or why not in ` +
        'cloudformation.ts',
    )

  const idOf = ({ type, name }: Recorded): string => logicalId({ kind: kindOf(type), name })
  const generated = records.filter(({ type }) => type.startsWith('random:')).map(idOf)
  const known = new Set([...written.map(idOf), ...generated])
  const ofUrn = new Map(written.map((record) => [record.urn, idOf(record)]))
  const Resources = Object.fromEntries(
    written.map((record) => {
      const [cloudType = '', properties] = WRITTEN[record.type] ?? []
      const all = Object.assign(
        {},
        properties?.(record.inputs, record.name),
        ...(partsOf.get(record) ?? []),
      ) as Properties
      const Properties = resolve(JSON.parse(JSON.stringify(all)) as Json, known)
      const said = JSON.stringify(Properties)
      const DependsOn = record.dependsOn
        .flatMap((urn) => ofUrn.get(urn) ?? [])
        .filter((other) => other !== idOf(record) && !said.includes(`"${other}"`))
      return [
        idOf(record),
        { Type: cloudType, Properties, ...(DependsOn.length > 0 && { DependsOn: [...new Set(DependsOn)] }) },
      ]
    }),
  )
  return {
    AWSTemplateFormatVersion: '2010-09-09',
    Parameters: Object.fromEntries(generated.map((id) => [id, { Type: 'String', NoEcho: true } as const])),
    Resources,
  }
}
