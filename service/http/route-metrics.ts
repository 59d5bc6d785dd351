import type { FastifyInstance } from 'fastify'
import type { Metrics } from '../metrics/metrics.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Names the route in metrics. Set once a route, since a name made for each request would cost each of them. */
    label?: string
  }
}

/** Counts every reply under the name of its route. */
export function countRequests(server: FastifyInstance, metrics: Metrics): void {
  server.addHook('onRoute', (route) => {
    route.config = { ...route.config, label: `${String(route.method)} ${route.url}` }
  })
  server.addHook('onResponse', (request, reply, done) => {
    const label = request.routeOptions.config.label ?? `${request.method} unmatched`
    metrics.request(label, reply.statusCode, reply.elapsedTime)
    done()
  })
}
