import { ACCOUNT_ID } from '../rehearsal/symbolic-cloud.ts'
import type { Recorded } from '../rehearsal/record.ts'
import { documentAt, input, listAt, regionOf, type StackView } from './rule.ts'
import type { PolicyDocument } from './policy-evaluator.ts'
import { TYPE } from './types.ts'

/** An account that is not the stack's. */
export const STRANGER = '999999999999'

/** What the lines of the table refer to, by ARN, and the policies that apply to it. */
export interface AccessPlaces {
  readonly account: string
  readonly region: string
  readonly data: Recorded | undefined
  readonly logs: Recorded | undefined
  /** A key by its use. */
  readonly key: (use: 'data' | 'secrets' | 'telemetry') => Recorded | undefined
  /** The policies of a role of the stack, by its use. */
  readonly identity: (use: string) => PolicyDocument[]
  readonly role: (use: string) => Recorded | undefined
  /** The policy of a bucket or a topic. */
  readonly bucketPolicy: (bucket: Recorded | undefined) => PolicyDocument
  readonly topicPolicy: (topic: Recorded | undefined) => PolicyDocument
  /** A document that `infra/bootstrap.yaml` makes. */
  readonly boundary: (id: 'RolesBoundary' | 'ProbeBoundary' | 'CallerBoundary' | 'DeployBoundary') => PolicyDocument
}

const NOTHING: PolicyDocument = { Statement: [] }
export const arnOf = (record: Recorded | undefined): string => String(record?.outputs['arn'] ?? 'missing')
export const documentOf = (record: Recorded | undefined, path = 'policy'): PolicyDocument =>
  ((record === undefined ? undefined : documentAt(record, path)) as PolicyDocument | undefined) ?? NOTHING

export function placesOf(stack: StackView): AccessPlaces {
  const ending = (type: string, end: string): Recorded | undefined =>
    stack.of(type).find(({ name }) => name.endsWith(end))
  return {
    account: ACCOUNT_ID,
    region: regionOf(stack),
    data: ending(TYPE.bucket, '-data'),
    logs: ending(TYPE.bucket, '-access-logs'),
    key: (use) => ending(TYPE.key, `-${use}`),
    role: (use) => ending(TYPE.role, `-${use}`),
    identity: (use) =>
      stack
        .of(TYPE.rolePolicy)
        .filter(({ name }) => name.endsWith(`-${use}`))
        .map((record) => documentOf(record)),
    bucketPolicy: (bucket) =>
      documentOf(stack.of(TYPE.bucketPolicy).find((each) => input(each, 'bucket') === bucket?.id)),
    topicPolicy: (topic) => documentOf(stack.of(TYPE.topicPolicy).find((each) => input(each, 'arn') === arnOf(topic))),
    boundary: (id) => {
      const record = stack.of('bootstrap:AWS::IAM::ManagedPolicy').find(({ name }) => name === id)
      const statements = listAt(record?.inputs, 'PolicyDocument.Statement')
      return { Statement: statements as unknown as PolicyDocument['Statement'] }
    },
  }
}

/** The context of a request that a role of the account makes over TLS 1.3. */
export function ownContext(account: string, more: Readonly<Record<string, string>> = {}): Record<string, string> {
  return {
    'aws:SecureTransport': 'true',
    's3:TlsVersion': '1.3',
    'aws:PrincipalAccount': account,
    'aws:PrincipalIsAWSService': 'false',
    ...more,
  }
}
