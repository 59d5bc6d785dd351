/** AWS's managed rules in front of the balancer, in their order. AWS's pages describe what each refuses. */
export const MANAGED_RULES = [
  'AWSManagedRulesCommonRuleSet',
  'AWSManagedRulesKnownBadInputsRuleSet',
  'AWSManagedRulesAmazonIpReputationList',
] as const
