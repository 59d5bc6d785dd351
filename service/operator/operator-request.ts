import { Type, type Static } from 'typebox'
import { Value } from 'typebox/value'

const OF_PERSON = {
  /** As in the tokens of the provider that the person signs in with. */
  issuer: Type.String({ minLength: 1, maxLength: 500 }),
  /** The person's `sub` there. */
  subject: Type.String({ minLength: 1, maxLength: 500 }),
} as const
const closed = { additionalProperties: false } as const

/** What an operator may ask for. There is nothing else: no data are read or shown. */
const Request = Type.Union([
  Type.Object({ act: Type.Literal('end-sessions'), ...OF_PERSON }, closed),
  Type.Object({ act: Type.Literal('end-all-sessions') }, closed),
  Type.Object({ act: Type.Literal('delete-person'), ...OF_PERSON }, closed),
])

export type OperatorRequest = Static<typeof Request>

/**
 * Reads a request.
 * @throws RangeError that says what a request is, and quotes nothing of this one
 */
export function parseOperatorRequest(text: string): OperatorRequest {
  let parsed: unknown
  try {
    parsed = JSON.parse(text)
  } catch {
    throw new RangeError('Cannot read the request: it is not JSON')
  }
  if (!Value.Check(Request, parsed))
    throw new RangeError(
      'Cannot read the request: give {"act": "end-all-sessions"}, or "end-sessions" or "delete-person" with the ' +
        '"issuer" and the "subject" of a person, and nothing else',
    )
  return parsed
}
