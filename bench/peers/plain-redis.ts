import { Redis } from 'ioredis'
import type { Config, Secrets } from '../../service/config/config.ts'

/** Connects to the bench's Redis with the client's own defaults, the same TLS and the same protocol. */
export function plainRedis({ redis }: Config, { redisPassword }: Secrets): Redis {
  return new Redis({
    host: redis.host,
    port: redis.port,
    username: redis.username,
    password: redisPassword,
    protocol: 2,
    ...(redis.tls && { tls: { ca: redis.ca } }),
  })
}
