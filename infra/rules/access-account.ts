import { REPOSITORY } from '../rehearsal/bootstrap.ts'
import type { Recorded } from '../rehearsal/record.ts'
import { ownContext, type AccessPlaces } from './access-places.ts'
import type { Row } from './access-row.ts'
import { MANAGED_POLICIES } from './managed-policies.ts'
import type { PolicyDocument } from './policy-evaluator.ts'
import { at, input, listAt, type StackView } from './rule.ts'

const ISSUER = 'token.actions.githubusercontent.com'
const STATE = 'arn:aws:s3:::pulumi-state'

type Ask = readonly [action: string, resource: string, context?: Readonly<Record<string, string>>]

/** What the two roles of the workflows may do, and who may assume them. */
export function accountRows(stack: StackView, places: AccessPlaces): Row[] {
  const { stage } = stack
  const roles = stack.of('bootstrap:AWS::IAM::Role')
  const [deploy, drift] = ['DeployRole', 'DriftRole'].map((id) => roles.find(({ name }) => name === id))
  return [
    ...trustRows(deploy, stage, places.account),
    ...trustRows(drift, `${stage}-drift`, places.account),
    ...deployRows(stage, places, deploy),
    ...driftRows(stage, places, drift),
  ]
}

const inline = (role: Recorded | undefined): PolicyDocument[] => [
  ...listAt(role?.inputs, 'Policies').map((policy) => at(policy, 'PolicyDocument') as unknown as PolicyDocument),
  ...listAt(role?.inputs, 'ManagedPolicyArns').flatMap(
    (arn) => MANAGED_POLICIES[String(arn).slice(String(arn).lastIndexOf('/') + 1)] ?? [],
  ),
]

/** Both ways in which GitHub names a repository; no other environment, no bare branch, no other repository. */
function trustRows(role: Recorded | undefined, environment: string, account: string): Row[] {
  const { plain, numbered } = REPOSITORY
  const taken = (want: Row['want'], sub: string, aud = 'sts.amazonaws.com'): Row => ({
    who: `a job of ${sub} takes ${String(role?.name)}:`,
    want,
    request: {
      principal: { kind: 'Federated', name: `arn:aws:iam::${account}:oidc-provider/${ISSUER}` },
      action: 'sts:AssumeRoleWithWebIdentity',
      resource: String(role?.name),
      context: { [`${ISSUER}:sub`]: sub, [`${ISSUER}:aud`]: aud },
    },
    policies: {
      resource: (role === undefined
        ? { Statement: [] }
        : input(role, 'AssumeRolePolicyDocument')) as unknown as PolicyDocument,
      resourceDecides: true,
    },
  })
  return [
    taken('allow', `repo:${plain}:environment:${environment}`),
    taken('allow', `repo:${numbered}:environment:${environment}`),
    taken('deny', `repo:${plain}:environment:${environment}`, 'another'),
    taken('deny', `repo:${plain}:environment:${environment}-preview`),
    taken('deny', `repo:${plain}:ref:refs/heads/main`),
    taken('deny', `repo:${plain}:ref:refs/heads/any`),
    taken('deny', `repo:${plain}:pull_request`),
    taken('deny', `repo:${numbered.replace('@5678', '@9999')}:environment:${environment}`),
    taken('deny', `repo:someone/chatmrpt:environment:${environment}`),
  ]
}

function rowsOf(
  who: string,
  account: string,
  policies: Row['policies'],
): (want: Row['want'], asks: readonly Ask[]) => Row[] {
  return (want, asks) =>
    asks.map(([action, resource, context = {}]) => ({
      who,
      want,
      request: {
        principal: { kind: 'AWS', name: `arn:aws:iam::${account}:role/chatmrpt-bootstrap` },
        action,
        resource,
        context: ownContext(account, context),
      },
      policies,
    }))
}

function deployRows(stage: string, { account, region, boundary }: AccessPlaces, role: Recorded | undefined): Row[] {
  const isBound = role !== undefined && input(role, 'PermissionsBoundary') === 'DeployBoundary-physical'
  const rows = rowsOf('the role that deploys', account, {
    identity: inline(role),
    ...(isBound && { boundary: boundary('DeployBoundary') }),
  })
  const roleArn = (name: string): string => `arn:aws:iam::${account}:role/${name}`
  const bound = (kind: string): Record<string, string> => ({
    'iam:PermissionsBoundary': `arn:aws:iam::${account}:policy/chatmrpt-${stage}-${region}-${kind}`,
  })
  const to = (service: string): Record<string, string> => ({ 'iam:PassedToService': service })
  const own = `chatmrpt-${stage}`
  const data = `arn:aws:s3:::${own}-data-0a1b2c3`
  const lambda = `arn:aws:lambda:${region}:${account}:function:`
  return [
    ...rows('allow', [
      ['s3:GetObject', `${STATE}/.pulumi/stacks/chatmrpt/${stage}.json`],
      ['ecs:RegisterTaskDefinition', '*'],
      ['ecs:UpdateService', `arn:aws:ecs:${region}:${account}:service/${own}/${own}`],
      ['iam:CreateRole', roleArn(`${own}-task-0a1b2c3`), bound('roles')],
      ['iam:PutRolePolicy', roleArn(`${own}-task-0a1b2c3`), bound('roles')],
      ['iam:CreateRole', roleArn(`${own}-probe-0a1b2c3`), bound('probe')],
      ['iam:PassRole', roleArn(`${own}-task-0a1b2c3`), to('ecs-tasks.amazonaws.com')],
      ['iam:PassRole', roleArn(`${own}-execution-0a1b2c3`), to('ecs-tasks.amazonaws.com')],
      ['iam:PassRole', roleArn(`${own}-flow-0a1b2c3`), to('vpc-flow-logs.amazonaws.com')],
      ['iam:PassRole', roleArn(`${own}-probe-0a1b2c3`), to('lambda.amazonaws.com')],
      ['iam:CreateRole', roleArn(`${own}-caller-0a1b2c3`), bound('caller')],
      ['iam:PassRole', roleArn(`${own}-operator-0a1b2c3`), to('ecs-tasks.amazonaws.com')],
      ['iam:PassRole', roleArn(`${own}-caller-0a1b2c3`), to('events.amazonaws.com')],
      ['lambda:CreateFunction', `${lambda}cwsyn-chatmrpt-${stage}-1`],
    ]),
    ...rows('deny', [
      ['s3:GetObject', `${data}/sessions/x`],
      ['s3:GetObjectVersion', `${data}/sessions/x`],
      ['s3:PutReplicationConfiguration', data],
      ['s3:PutObject', `${data}/operator/request.json`],
      ['iam:CreateRole', roleArn(`${own}-task-0a1b2c3`), bound('caller')],
      ['iam:PassRole', roleArn(`${own}-caller-0a1b2c3`), to('ecs-tasks.amazonaws.com')],
      ['sts:AssumeRole', roleArn(`${own}-task-0a1b2c3`)],
      ['iam:CreateRole', roleArn(`${own}-task-0a1b2c3`)],
      ['iam:CreateRole', roleArn(`${own}-task-0a1b2c3`), bound('probe')],
      ['iam:CreateRole', roleArn(`${own}-own-0a1b2c3`), { 'iam:PermissionsBoundary': 'arn:aws:iam::aws:policy/Any' }],
      ['iam:PutRolePolicy', roleArn(`${own}-task-0a1b2c3`)],
      ['iam:PutRolePolicy', roleArn('chatmrpt-bootstrap'), bound('roles')],
      ['iam:DeleteRolePermissionsBoundary', roleArn(`${own}-task-0a1b2c3`)],
      ['iam:AttachRolePolicy', roleArn(`${own}-task-0a1b2c3`)],
      ['iam:CreatePolicyVersion', `arn:aws:iam::${account}:policy/chatmrpt-${stage}-${region}-roles`],
      ['iam:CreateUser', `arn:aws:iam::${account}:user/any`],
      ['iam:PassRole', roleArn(`${own}-task-0a1b2c3`), to('lambda.amazonaws.com')],
      ['iam:PassRole', roleArn(`${own}-probe-0a1b2c3`), to('ecs-tasks.amazonaws.com')],
      ['iam:PassRole', roleArn('any'), to('ecs-tasks.amazonaws.com')],
      ['ecs:RunTask', `arn:aws:ecs:${region}:${account}:task-definition/${own}:1`],
      ['ecs:ExecuteCommand', `arn:aws:ecs:${region}:${account}:task/${own}/1`],
      ['lambda:CreateFunction', `${lambda}any`],
      ['elasticache:CopySnapshot', '*'],
    ]),
  ]
}

function driftRows(stage: string, { account, region }: AccessPlaces, role: Recorded | undefined): Row[] {
  const rows = rowsOf('the role that looks for drift', account, { identity: inline(role) })
  const secret = (name: string): string => `arn:aws:secretsmanager:${region}:${account}:secret:${name}-0a1b2c3`
  const key = `arn:aws:kms:${region}:${account}:key/1`
  const through = (name: string): Record<string, string> => ({
    'kms:ViaService': `secretsmanager.${region}.amazonaws.com`,
    'kms:EncryptionContext:SecretARN': secret(name),
  })
  return [
    ...rows('allow', [
      ['s3:GetObject', `${STATE}/.pulumi/stacks/chatmrpt/${stage}.json`],
      ['s3:PutObject', `${STATE}/.pulumi/locks/x.json`],
      ['ecs:DescribeServices', '*'],
      ['secretsmanager:GetSecretValue', secret(`chatmrpt-${stage}-seals`)],
      ['kms:Decrypt', key, through(`chatmrpt-${stage}-seals`)],
    ]),
    ...rows('deny', [
      ['s3:GetObject', `arn:aws:s3:::chatmrpt-${stage}-data-0a1b2c3/sessions/x`],
      ['s3:GetObjectVersion', `arn:aws:s3:::chatmrpt-${stage}-data-0a1b2c3/sessions/x`],
      ['s3:PutObject', `${STATE}/.pulumi/stacks/chatmrpt/${stage}.json`],
      ['secretsmanager:GetSecretValue', secret('another')],
      ['kms:Decrypt', key, through('another')],
      ['kms:Decrypt', key, { 'kms:ViaService': `s3.${region}.amazonaws.com` }],
      ['ecs:UpdateService', '*'],
      ['sts:AssumeRole', `arn:aws:iam::${account}:role/any`],
    ]),
  ]
}
