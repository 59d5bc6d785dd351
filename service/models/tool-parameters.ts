/** What is read of a JSON Schema. */
interface Schema {
  readonly type?: unknown
  readonly anyOf?: readonly Schema[]
  readonly properties?: Readonly<Record<string, unknown>>
  readonly required?: readonly string[]
}

/**
 * A tool's schema as providers take it: an object, and no choice at its top. Of a choice of objects, all properties may
 * be there, and those that every object requires must be. The tool itself still checks the choice.
 * @see https://platform.openai.com/docs/guides/structured-outputs
 */
export function toolParameters(input: object): object {
  const { anyOf } = input as Schema
  // A schema's own symbols are not part of it.
  if (anyOf === undefined) return JSON.parse(JSON.stringify(input)) as object
  const found = new Map<string, Set<string>>()
  for (const { properties = {} } of anyOf)
    for (const [name, schema] of Object.entries(properties))
      found.set(name, (found.get(name) ?? new Set()).add(JSON.stringify(schema)))
  const required = (anyOf[0]?.required ?? []).filter((name) => anyOf.every((one) => one.required?.includes(name)))
  return {
    type: 'object',
    properties: Object.fromEntries(
      [...found].map(([name, schemas]) => {
        const all = [...schemas].map((schema) => JSON.parse(schema) as unknown)
        return [name, all.length === 1 ? all[0] : { anyOf: all }]
      }),
    ),
    required,
    additionalProperties: false,
  }
}
