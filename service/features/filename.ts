import { Type } from 'typebox'

/** The name of an uploaded file. */
export const Filename = Type.String({
  minLength: 1,
  maxLength: 200,
  pattern: '^[^\\x00-\\x1f\\x7f/\\\\]+$',
  description: 'The name without a path; its ending tells the format',
})
