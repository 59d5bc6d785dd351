export interface AddressPlan {
  readonly publicBlocks: readonly string[]
  readonly privateBlocks: readonly string[]
  readonly isolatedBlocks: readonly string[]
}

/**
 * Divides a /16 among `zones` availability zones: a /24 for the balancer, a /20 for tasks, a /24 for the cache in each.
 * The blocks are fixed, and not left to a component, because the service trusts forwarded headers from the public
 * ones alone.
 * Gives undefined when the block is no /16 of 10.0.0.0/8.
 */
export function addressPlan(cidrBlock: string, zones: number): AddressPlan | undefined {
  const second = /^10\.(\d{1,3})\.0\.0\/16$/.exec(cidrBlock)?.[1]
  if (second === undefined || Number(second) > 255) return undefined
  const each = (block: (zone: number) => string): string[] => Array.from({ length: zones }, (_, zone) => block(zone))
  return {
    publicBlocks: each((zone) => `10.${second}.${String(zone)}.0/24`),
    isolatedBlocks: each((zone) => `10.${second}.${String(8 + zone)}.0/24`),
    privateBlocks: each((zone) => `10.${second}.${String(16 * (zone + 1))}.0/20`),
  }
}
