import { isIP } from 'node:net'

/**
 * The network of an address, by which limits count: the address of IPv4, the first four groups of IPv6, since a
 * household has all the addresses under them. One name stands for everything that is not an address.
 */
export function networkOf(address: string): string {
  const [plain = ''] = address.split('%')
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(plain)
  if (mapped?.[1] !== undefined) return mapped[1]
  if (isIP(plain) === 4) return plain
  if (isIP(plain) === 0) return 'no address'
  const [head = '', tail] = plain.replace(/(?:\d{1,3}\.){3}\d{1,3}$/, '0:0').split('::')
  const groups = (text: string): string[] => (text === '' ? [] : text.split(':'))
  const [left, right] = [groups(head), groups(tail ?? '')]
  const zeros = tail === undefined ? 0 : 8 - left.length - right.length
  return [...left, ...Array.from({ length: zeros }, () => '0'), ...right]
    .slice(0, 4)
    .map((group) => parseInt(group, 16).toString(16))
    .join(':')
}
