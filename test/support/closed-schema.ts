import type { TSchema } from 'typebox'

/** The same schema, refusing properties that it does not name. */
export function closedSchema(schema: TSchema): TSchema {
  const close = (part: unknown): unknown => {
    if (Array.isArray(part)) return part.map(close)
    if (typeof part !== 'object' || part === null) return part
    const whole = Object.fromEntries(Object.entries(part).map(([name, value]) => [name, close(value)]))
    return whole['type'] === 'object' &&
      typeof whole['properties'] === 'object' &&
      whole['additionalProperties'] === undefined
      ? { ...whole, additionalProperties: false }
      : whole
  }
  return close(schema) as TSchema
}
