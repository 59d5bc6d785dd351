/**
 * The address in 127/8 of a harness's person number `at`, up to 2^24 people. Each is a separate client of a trusted
 * balancer, since the service limits how many sessions one address may start.
 */
export function ownAddress(at: number): string {
  return `127.${String((at >> 16) & 255)}.${String((at >> 8) & 255)}.${String(at & 255)}`
}
