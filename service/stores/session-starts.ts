import { isIP } from 'node:net'
import { Fault } from '../domain/fault.ts'
import type { Metrics } from '../metrics/metrics.ts'
import { mac } from '../session/mac.ts'
import { luaScript, type RedisConnection } from './redis.ts'

/**
 * Limits how many sessions may be started from one address. Sessions are free, so this bounds the cost of one person.
 */
export interface SessionStarts {
  /**
   * Takes one start.
   * @param address of the client: IPv4, or IPv6, of which only the first 64 bits count, since a household has all the
   * addresses under them
   * @throws Fault `too-many` when the limit is reached, `session-store-unavailable` when the limit cannot be checked
   */
  take(address: string): Promise<void>
}

/** A ministry may be behind one address: all its people are served, even when they begin at once. */
const BURST = 500
const A_SECOND = 20

/**
 * Stored for an address: the time at which its starts are made up for, at a fixed rate a second (the generic cell rate
 * algorithm, ITU-T I.371). The key expires at that time, within 25 s, so that only recent addresses are remembered.
 */
const TAKE = luaScript(
  `
local interval = ${String(1000 / A_SECOND)}
local madeUpFor = math.max(now, tonumber(redis.call('GET', KEYS[1]) or '0')) + interval
if madeUpFor - now > interval * ${String(BURST)} then return {tag, 'too-many'} end
redis.call('SET', KEYS[1], string.format('%d', madeUpFor), 'PX', string.format('%d', madeUpFor - now))
return {tag, 'ok'}`,
  'write',
)

/** @param secret the key of the MAC that stands for an address, so that reading Redis does not reveal the address */
export function sessionStarts(redis: RedisConnection, secret: string, metrics: Metrics): SessionStarts {
  return {
    async take(address) {
      const [outcome] = await redis.run(TAKE, [`starts:{${mac(secret, 'address', networkOf(address))}}`], [])
      if (outcome?.toString() === 'ok') return
      metrics.sessionStartRefusal()
      throw new Fault(
        'too-many',
        `More than ${String(BURST)} sessions were started from this network at once. Try again in a second.`,
      )
    },
  }
}

/** The address of IPv4, the first four groups of IPv6; one name for everything that is not an address. */
function networkOf(address: string): string {
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
