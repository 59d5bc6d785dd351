import { Type } from 'typebox'
import type { Said as SaidText } from '../../domain/said.ts'

/** A text by its kind and its values. A reply leaves it out where an earlier release stored the text alone. */
export const Said = Type.Unsafe<SaidText>(
  Type.Object(
    { kind: Type.String(), values: Type.Record(Type.String(), Type.Unknown()) },
    {
      description:
        'The text beside it by its kind and its values, so that it can be worded in another language. A value is a ' +
        'text, a number, such an object, or a list of texts and such objects',
    },
  ),
)
