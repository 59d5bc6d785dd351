import { Type } from 'typebox'
import { Fault } from '../domain/fault.ts'
import { say } from '../domain/said.ts'

/** For a route without query parameters: any parameter is refused. */
export const NO_QUERY = Type.Object({}, { additionalProperties: false })

/** For a route without a body: any property is refused. */
export function refuseBody(body: unknown): void {
  if (body === undefined || body === null) return
  const pointers = typeof body === 'object' ? Object.keys(body).map((property) => `/${property}`) : ['']
  if (pointers.length > 0) {
    throw new Fault('invalid-input', say('body-not-taken', {}), {
      errors: pointers.map((pointer) => ({ pointer, said: say('is-not-known-here', {}) })),
    })
  }
}
