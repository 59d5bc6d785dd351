import { Type } from 'typebox'
import { Fault } from '../domain/fault.ts'

/** For a route without query parameters: any parameter is refused. */
export const NO_QUERY = Type.Object({}, { additionalProperties: false })

/** For a route without a body: any property is refused. */
export function refuseBody(body: unknown): void {
  if (body === undefined || body === null) return
  const pointers = typeof body === 'object' ? Object.keys(body).map((property) => `/${property}`) : ['']
  if (pointers.length > 0) {
    throw new Fault('invalid-input', 'This route takes no body.', {
      errors: pointers.map((pointer) => ({ pointer, detail: 'is not known here' })),
    })
  }
}
