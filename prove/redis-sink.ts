import { Redis } from 'ioredis'
import type { StackRecord } from '../local/run-record.ts'
import type { Canaries } from './canaries.ts'
import { secretsIn, type Leak } from './leaks.ts'

/** Keys that outlive sessions: queues of erasures, and counts of names. Every other key expires. */
const ENDLESS: ReadonlySet<string> = new Set(['erasures', 'erasures:projects', 'arena:tally'])

/** Searches every key and value of Redis, with the operator's rights. */
export async function searchRedis(
  canaries: Canaries,
  redis: StackRecord['redis'],
): Promise<{ leaks: Leak[]; keys: number }> {
  return await withRedis(redis, async (client) => {
    const leaks: Leak[] = []
    let count = 0
    for await (const keys of client.scanStream({ count: 500 })) {
      for (const key of keys as string[]) {
        count += 1
        const type = await client.type(key)
        const where = `Redis, ${key.replaceAll(/[A-Za-z0-9_-]{20,}/g, '…')}`
        for (const detail of secretsIn(
          canaries,
          Buffer.concat([Buffer.from(`${key}\n`), ...(await valuesOf(client, key, type))]),
        ))
          leaks.push({ where, detail })
        if (!ENDLESS.has(key) && (await client.ttl(key)) === -1) leaks.push({ where, detail: 'A key without an end' })
      }
    }
    return { leaks, keys: count }
  })
}

/**
 * Everything that a key holds.
 * @throws Error for a type that this file cannot read
 */
async function valuesOf(client: Redis, key: string, type: string): Promise<Buffer[]> {
  switch (type) {
    case 'none':
      return []
    case 'string':
      return [(await client.getBuffer(key)) ?? Buffer.alloc(0)]
    case 'hash':
      return Object.entries(await client.hgetallBuffer(key)).flatMap(([field, value]) => [
        Buffer.from(`${field}\n`),
        value,
      ])
    case 'list':
      return await client.lrangeBuffer(key, 0, -1)
    case 'set':
      return await client.smembersBuffer(key)
    case 'zset':
      return await client.zrangeBuffer(key, '0', '-1')
    case 'stream':
      return (await client.xrangeBuffer(key, '-', '+')).flatMap(([id, fields]) => [id, ...fields])
    default:
      throw new Error(`Cannot search a key of type ${type} in Redis`)
  }
}

async function withRedis<T>(
  { host, port, tls, ca, username, password }: StackRecord['redis'],
  use: (client: Redis) => Promise<T>,
): Promise<T> {
  const client = new Redis({
    host,
    port,
    username,
    password,
    ...(tls && { tls: ca === undefined ? {} : { ca } }),
    disableClientInfo: true,
    maxRetriesPerRequest: 3,
  })
  // Each command's own promise rejects; an event without a listener would end the process.
  client.on('error', () => undefined)
  try {
    return await use(client)
  } finally {
    client.disconnect()
  }
}
