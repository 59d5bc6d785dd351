import type { FastifyInstance } from 'fastify'
import { Type } from 'typebox'
import type { Config } from '../config/config.ts'
import type { Clients } from '../context.ts'
import { Fault } from '../domain/fault.ts'
import { PROBLEM } from './problem-schema.ts'
import { checkBucket } from '../stores/objects.ts'

const Part = Type.String({ description: '`ok`, or why not' })
const Liveness = Type.Object({ status: Type.Literal('ok'), version: Type.String(), commit: Type.String() })
const Readiness = Type.Object({ redis: Part, objects: Part })

/**
 * `/livez` asks only the process. It is the load balancer's check, and an outage of Redis must not make the cluster
 * replace every task. `/readyz` asks Redis and the object store.
 * @param isDraining true once the process is to end, so that the balancer sends no new requests
 */
export function mountHealth(
  app: FastifyInstance,
  config: Config,
  { redis, bucket }: Clients,
  isDraining: () => boolean,
): void {
  const { version, commit } = config
  app.get(
    '/livez',
    {
      schema: {
        summary: 'Whether the process can serve',
        tags: ['health'],
        response: { 200: Liveness, default: PROBLEM },
      },
    },
    (_request, reply) => {
      void reply.send({ status: 'ok', version, commit })
    },
  )
  app.get(
    '/readyz',
    {
      schema: {
        summary: 'Whether the parts it needs answer',
        tags: ['health'],
        response: { 200: Readiness, 503: Readiness, default: PROBLEM },
      },
    },
    async (_request, reply) => {
      const [redisState, objectState] = await Promise.all([stateOf(redis.ping()), stateOf(checkBucket(bucket))])
      const isReady = redisState === 'ok' && objectState === 'ok' && !isDraining()
      return reply.code(isReady ? 200 : 503).send({ redis: redisState, objects: objectState })
    },
  )
}

async function stateOf(check: Promise<unknown>): Promise<string> {
  try {
    await check
    return 'ok'
  } catch (error) {
    return error instanceof Fault ? error.kind : 'unknown'
  }
}
