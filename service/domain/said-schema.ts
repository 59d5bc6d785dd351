import { Type } from 'typebox'
import type { Said } from './said.ts'

/**
 * A text by its kind and its values, for the API. A reply leaves it out where an earlier
 * release stored the text alone. It is not beside the type, so that a thread loads no schemas.
 */
export const SaidSchema = Type.Unsafe<Said>(
  Type.Object(
    { kind: Type.String(), values: Type.Record(Type.String(), Type.Unknown()) },
    {
      description:
        'The text beside it by its kind and its values, so that it can be worded in another language. A value is a ' +
        'text, a number, such an object, or a list of texts and such objects',
    },
  ),
)
