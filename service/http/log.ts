import type { FastifyServerOptions } from 'fastify'
import type { Config } from '../config/config.ts'

/**
 * Log lines hold what happened, on which route, under which request id. Headers, bodies, queries and the details that a
 * client library puts on its errors (a Redis command with its arguments, for example) have no way in.
 */
export function logOptions({
  logLevel,
  version,
  commit,
}: Config): Exclude<FastifyServerOptions['logger'], boolean | undefined> {
  return {
    level: logLevel,
    base: { version, commit },
    serializers: {
      req: ({ id, method, routeOptions }) => ({ id, method, route: routeOptions.url }),
      res: ({ statusCode }) => ({ statusCode }),
      err: (error: unknown) => errorLine(error, 3) as never,
    },
    redact: {
      paths: ['token', '*.token', 'cookie', '*.cookie', 'password', '*.password', 'headers', '*.headers'],
      censor: '[redacted]',
    },
  }
}

function errorLine(error: unknown, depth: number): unknown {
  if (!(error instanceof Error)) return typeof error
  const { name, message, stack, code, cause } = error as NodeJS.ErrnoException & { cause?: unknown }
  return {
    type: name,
    message,
    stack,
    code,
    ...(cause !== undefined && depth > 0 && { cause: errorLine(cause, depth - 1) }),
  }
}
