import { withInput, withOption } from '../change.ts'
import type { Mutant } from '../mutant.ts'

const DEPLOY = { kind: 'Role', name: 'DeployRole' }
const DRIFT = { kind: 'Role', name: 'DriftRole' }
const trust = 'AssumeRolePolicyDocument.Statement.0.Condition'
const SUBJECT = 'token.actions.githubusercontent.com:sub'
/** The two roles of the workflows, and what remains of the bootstrap. */
export const ACCOUNT: readonly Mutant[] = [
  {
    fault: 'the role that deploys, for every branch of the repository',
    change: withInput(DEPLOY, trust, { StringLike: { [SUBJECT]: 'repo:example/chatmrpt:ref:refs/heads/*' } }),
  },
  {
    fault: 'the role that deploys, for names alone: a new repository cannot take it',
    change: withInput(DEPLOY, `${trust}.StringEquals`, { [SUBJECT]: 'repo:example/chatmrpt:environment:prod' }),
  },
  {
    fault: 'the role that deploys, for whatever environment a branch names',
    change: withInput(DEPLOY, trust, { StringLike: { [SUBJECT]: 'repo:example/chatmrpt:environment:*' } }),
  },
  {
    fault: 'the role that looks for drift, for pull requests',
    change: withInput(DRIFT, trust, { StringLike: { [SUBJECT]: 'repo:example/chatmrpt:*' } }),
  },
  {
    fault: "the role that looks for drift may read people's objects",
    change: withInput(DRIFT, 'Policies.0.PolicyDocument.Statement.5'),
  },
  { fault: 'the role that deploys stands in no boundary', change: withInput(DEPLOY, 'PermissionsBoundary') },
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
    change: withInput({ kind: 'ManagedPolicy', name: 'DeployBoundary' }, 'PolicyDocument.Statement.2'),
  },
  {
    fault: 'the role that deploys may run a task by hand',
    change: withInput({ kind: 'ManagedPolicy', name: 'DeployBoundary' }, 'PolicyDocument.Statement.3'),
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
