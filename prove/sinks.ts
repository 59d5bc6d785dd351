import { createReadStream, existsSync, globSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { Canaries } from './canaries.ts'
import { secretsIn, type Leak } from './leaks.ts'
import { searchObjects } from './object-sink.ts'
import { searchRedis } from './redis-sink.ts'
import type { ServedStack } from './served-stack.ts'

/** The places behind a target that were searched, and the findings. */
export interface Searched {
  readonly leaks: readonly Leak[]
  readonly logBytes: number
  readonly redisKeys: number
  readonly objects: number
  readonly objectBytes: number
}

const OVERLAP = 64

/**
 * Searches places that people never see: the tasks' logs for anybody's data or token, Redis for anything that can be
 * read without a key or that would stay for ever, and all objects for data that are not their owner's.
 */
export async function searchSinks(
  canaries: Canaries,
  stack: Pick<ServedStack, 'logs' | 'redis' | 's3'>,
): Promise<Searched> {
  const logs = await searchLogs(canaries, stack.logs)
  const redis = await searchRedis(canaries, stack.redis)
  const objects = await searchObjects(canaries, stack.s3)
  return {
    leaks: [...logs.leaks, ...redis.leaks, ...objects.leaks],
    logBytes: logs.bytes,
    redisKeys: redis.keys,
    objects: objects.objects,
    objectBytes: objects.bytes,
  }
}

async function searchLogs(canaries: Canaries, folder: string): Promise<{ leaks: Leak[]; bytes: number }> {
  const leaks: Leak[] = []
  let bytes = 0
  for (const file of globSync(join(folder, 'service*.log'))) {
    if (!existsSync(file)) continue
    let rest = Buffer.alloc(0)
    for await (const chunk of createReadStream(file)) {
      bytes += (chunk as Buffer).length
      const joined = Buffer.concat([rest, chunk as Buffer])
      for (const detail of secretsIn(canaries, joined)) leaks.push({ where: `log ${basename(file)}`, detail })
      rest = joined.subarray(-OVERLAP)
    }
  }
  return { leaks, bytes }
}
