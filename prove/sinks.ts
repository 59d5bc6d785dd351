import { createReadStream, existsSync, globSync } from 'node:fs'
import { basename, join } from 'node:path'
import { Redis } from 'ioredis'
import type { StackRecord } from '../local/run-record.ts'
import { isCanary, type Canaries } from './canaries.ts'
import { sightings } from './scan.ts'

/** What lies where it must not, after a run. */
export interface Leak {
  readonly where: string
  readonly detail: string
}

const OVERLAP = 64

/**
 * Searches what people never see: the tasks' logs for anybody's data or token, and Redis for anything that can be read
 * without a key or that would stay for ever. Objects hold their owner's data on purpose and are left out.
 */
export async function searchSinks(canaries: Canaries, logs: string, redis: StackRecord['redis']): Promise<{ readonly leaks: readonly Leak[], readonly logBytes: number, readonly redisKeys: number }> {
  const leaks: Leak[] = []
  let logBytes = 0
  for (const file of globSync(join(logs, 'service*.log'))) {
    if (!existsSync(file)) continue
    let rest = Buffer.alloc(0)
    for await (const chunk of createReadStream(file)) {
      logBytes += (chunk as Buffer).length
      const bytes = Buffer.concat([rest, chunk as Buffer])
      for (const leak of secretsIn(canaries, bytes)) leaks.push({ where: `log ${basename(file)}`, detail: leak })
      rest = bytes.subarray(-OVERLAP)
    }
  }
  const found = await searchRedis(canaries, redis)
  return { leaks: [...leaks, ...found.leaks], logBytes, redisKeys: found.keys }
}

async function searchRedis(canaries: Canaries, redis: StackRecord['redis']): Promise<{ leaks: Leak[], keys: number }> {
  return await withRedis(redis, async (client) => {
    const leaks: Leak[] = []
    let count = 0
    for await (const keys of client.scanStream({ count: 500 })) {
      for (const key of keys as string[]) {
        count += 1
        const type = await client.type(key)
        const values = type === 'hash' ? Object.values(await client.hgetallBuffer(key)) : type === 'string' ? [await client.getBuffer(key) ?? Buffer.alloc(0)] : []
        const pattern = key.replaceAll(/[A-Za-z0-9_-]{20,}/g, '…')
        for (const detail of secretsIn(canaries, Buffer.concat([Buffer.from(`${key}\n`), ...values]))) leaks.push({ where: `Redis, ${pattern}`, detail })
        if (type !== 'zset' && type !== 'none' && await client.ttl(key) === -1) leaks.push({ where: `Redis, ${pattern}`, detail: 'A key without an end' })
      }
    }
    return { leaks, keys: count }
  })
}

/** Names of data may stand there; the data themselves and the tokens that open them may not. */
function secretsIn(canaries: Canaries, bytes: Buffer): string[] {
  return sightings(bytes).flatMap(({ kind, found, as }) => {
    const owner = canaries.ownerOf(found)
    if (owner === undefined) return kind === 'text' && isCanary(found) ? [`A canary of another run, as ${as}`] : []
    return kind !== 'id' || owner.field === 'session token' ? [`${owner.field} of person ${owner.user}, session ${owner.era}, as ${as}`] : []
  })
}

async function withRedis<T>({ host, port, tls, ca, username, password }: StackRecord['redis'], use: (client: Redis) => Promise<T>): Promise<T> {
  const client = new Redis({ host, port, username, password, ...(tls && { tls: ca === undefined ? {} : { ca } }), disableClientInfo: true, maxRetriesPerRequest: 3 })
  // Each command's own promise rejects; an unheard event would end the process.
  client.on('error', () => undefined)
  try {
    return await use(client)
  } finally {
    client.disconnect()
  }
}
