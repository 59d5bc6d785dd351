export interface AddressPlan {
  readonly publicBlocks: readonly string[]
  readonly privateBlocks: readonly string[]
  readonly isolatedBlocks: readonly string[]
}

/**
 * Divides a /16 among `zones` availability zones: in each a /24 for the balancer, a /20 for tasks and a /24 for the
 * cache.
 * The blocks are fixed here and not chosen by a component, because the service trusts forwarded headers from the public
 * blocks alone.
 * Gives undefined when the block is not a /16 of 10.0.0.0/8.
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
