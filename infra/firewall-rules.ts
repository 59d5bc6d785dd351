/** AWS's managed rules before the balancer, in their order. Its pages speak of what each refuses. */
export const MANAGED_RULES = [
  'AWSManagedRulesCommonRuleSet',
  'AWSManagedRulesKnownBadInputsRuleSet',
  'AWSManagedRulesAmazonIpReputationList',
] as const
