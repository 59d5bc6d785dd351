import ajvCompiler from '@fastify/ajv-compiler'
import serializerCompiler from '@fastify/fast-json-stringify-compiler'
import type { FastifyInstance } from 'fastify'

/** A schema states all that may come: nothing is taken out, changed or added, and every fault is named. */
const CHECKS = { removeAdditional: false, coerceTypes: false, useDefaults: false, allErrors: true } as const

/**
 * Compiles the schema of a body or of a reply when the first one comes, not when the service starts: all of them
 * together are half of a start's CPU. `test/service/openapi.test.ts` calls every route, so that a schema that cannot
 * be compiled is found before a request finds it.
 */
export function compileSchemasLate(server: FastifyInstance): void {
  const validators = onFirstUse(() => ajvCompiler()({}, { customOptions: CHECKS }))
  const serializers = onFirstUse(() => serializerCompiler()())
  server.setValidatorCompiler((of) => {
    const compiled = onFirstUse(() => validators()(of))
    return (body: unknown) => {
      const validate = compiled()
      return validate(body) === true ? true : { error: validate.errors as never }
    }
  })
  server.setSerializerCompiler((of) => {
    const compiled = onFirstUse(() => serializers()({ ...of, httpStatus: of.httpStatus ?? '' }))
    return (reply) => compiled()(reply)
  })
}

function onFirstUse<Made>(make: () => Made): () => Made {
  let made: { readonly it: Made } | null = null
  return () => (made ??= { it: make() }).it
}
