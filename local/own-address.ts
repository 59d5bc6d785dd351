/**
 * The address in 127/8 that a harness gives its `at`th person, up to 2^24 of them: as one client of a trusted balancer
 * each, since the service limits how many sessions one address may start.
 */
export function ownAddress(at: number): string {
  return `127.${String((at >> 16) & 255)}.${String((at >> 8) & 255)}.${String(at & 255)}`
}
