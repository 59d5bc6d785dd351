import type { PolicyDocument } from './policy-evaluator.ts'

/**
 * AWS's own policies, as far as the table of access uses them. Each is far longer in full and changes; the part here
 * has not changed in years.
 * @see https://docs.aws.amazon.com/aws-managed-policy/latest/reference/PowerUserAccess.html
 * @see https://docs.aws.amazon.com/aws-managed-policy/latest/reference/ReadOnlyAccess.html
 */
export const MANAGED_POLICIES: Readonly<Record<string, PolicyDocument>> = {
  PowerUserAccess: {
    Statement: [{ Effect: 'Allow', NotAction: ['iam:*', 'organizations:*', 'account:*'], Resource: '*' }],
  },
  ReadOnlyAccess: {
    Statement: [
      {
        Effect: 'Allow',
        Action: [
          'cloudwatch:Get*',
          'cloudwatch:Describe*',
          'ecs:Describe*',
          'ecs:List*',
          'elasticache:Describe*',
          'iam:Get*',
          'iam:List*',
          'logs:Get*',
          'logs:FilterLogEvents',
          's3:Get*',
          's3:List*',
          'secretsmanager:Describe*',
        ],
        Resource: '*',
      },
    ],
  },
}
