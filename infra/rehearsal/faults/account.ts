import { withInput, withOption } from '../change.ts'
import { ofKind, type Mutant } from '../mutant.ts'

const DEPLOY = { kind: 'Role', name: 'DeployRole' }
const DRIFT = { kind: 'Role', name: 'DriftRole' }
const BOUNDARY = { kind: 'ManagedPolicy', name: 'DeployBoundary' }
const trust = 'AssumeRolePolicyDocument.Statement.0.Condition'
const SUBJECT = 'token.actions.githubusercontent.com:sub'
const NO_OBJECTS = 'Policies.0.PolicyDocument.Statement.5'
/** The two roles of the workflows, and what remains of the bootstrap. */
export const ACCOUNT: readonly Mutant[] = [
  ...ofKind(
    'a workflow role open to too many',
    {
      fault: 'the role that deploys, for every branch of the repository',
      change: withInput(DEPLOY, trust, { StringLike: { [SUBJECT]: 'repo:example/chatmrpt:ref:refs/heads/*' } }),
    },
    [
      {
        fault: 'the role that deploys, for any environment that a branch names',
        change: withInput(DEPLOY, trust, { StringLike: { [SUBJECT]: 'repo:example/chatmrpt:environment:*' } }),
      },
      {
        fault: 'the role that deploys, for every repository of the owner',
        change: withInput(DEPLOY, trust, { StringLike: { [SUBJECT]: 'repo:example/*:environment:prod' } }),
      },
      {
        fault: 'the role that deploys, for tokens that were made for somebody else',
        change: withInput(DEPLOY, `${trust}.StringEquals`, {
          [SUBJECT]: ['repo:example/chatmrpt:environment:prod', 'repo:example@1234/chatmrpt@5678:environment:prod'],
        }),
      },
      {
        fault: 'the role that looks for drift, for pull requests',
        change: withInput(DRIFT, trust, { StringLike: { [SUBJECT]: 'repo:example/chatmrpt:*' } }),
      },
    ],
  ),
  {
    fault: 'the role that deploys, for names alone: a new repository cannot take it',
    change: withInput(DEPLOY, `${trust}.StringEquals`, {
      [SUBJECT]: 'repo:example/chatmrpt:environment:prod',
      'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com',
    }),
  },
  ...ofKind(
    "a workflow role that reaches people's objects",
    {
      fault: "the role that looks for drift may read people's objects",
      change: withInput(DRIFT, NO_OBJECTS),
    },
    [
      {
        fault: "the role that looks for drift may read old versions of people's objects",
        change: withInput(DRIFT, `${NO_OBJECTS}.Action`, ['s3:GetObject']),
      },
      {
        fault: "the role that looks for drift may read one bucket of people's objects",
        change: withInput(DRIFT, `${NO_OBJECTS}.NotResource`, [
          'arn:aws:s3:::pulumi-state/*',
          'arn:aws:s3:::chatmrpt-prod-data-*',
        ]),
      },
      {
        fault: "the role that deploys may read people's objects",
        change: withInput(BOUNDARY, 'PolicyDocument.Statement.1'),
      },
      {
        fault: "the role that deploys may have people's objects copied",
        change: withInput(BOUNDARY, 'PolicyDocument.Statement.5'),
      },
    ],
  ),
  { fault: 'the role that deploys has no boundary', change: withInput(DEPLOY, 'PermissionsBoundary') },
  {
    fault: 'the role that deploys may make a role without a boundary',
    change: withInput(DEPLOY, 'Policies.0.PolicyDocument.Statement.0.Condition'),
  },
  {
    fault: 'the role that deploys may hand a role to any service',
    change: withInput(DEPLOY, 'Policies.0.PolicyDocument.Statement.3.Condition'),
  },
  {
    fault: 'the role that deploys may take another role',
    change: withInput(BOUNDARY, 'PolicyDocument.Statement.2'),
  },
  {
    fault: 'the role that deploys may run a task by hand',
    change: withInput(BOUNDARY, 'PolicyDocument.Statement.3'),
  },
  {
    fault: 'the boundary is too narrow for the task',
    change: withInput({ kind: 'ManagedPolicy', name: 'RolesBoundary' }, 'PolicyDocument.Statement.1'),
  },
  {
    fault: "GitHub's identity provider goes with the first bootstrap",
    change: withInput({ kind: 'OIDCProvider', name: 'GitHub' }, 'DeletionPolicy'),
  },
  {
    fault: "the account's guards go with a stack",
    change: withOption({ kind: 'AccountPublicAccessBlock' }, { retainOnDelete: false }),
  },
]
