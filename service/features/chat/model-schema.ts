/** A JSON schema, as a provider takes it. */
type Schema = Readonly<Record<string, unknown>>

/** Limits that the service checks itself, and that cost a model more to read than they help. */
const LIMITS: ReadonlySet<string> = new Set([
  'minLength',
  'maxLength',
  'minItems',
  'maxItems',
  'minProperties',
  'additionalProperties',
  'title',
])
/** A part of a schema this long is said once. */
const LONG = 160

/** Where a part of a schema, or a description, was said first. */
export type Said = Map<string, string>

/**
 * A schema in as few words as a model needs: literals as one list, limits left out, and a long part or a description
 * that was said before only named. What a model sends is checked by the whole schema.
 * @param said what the schemas before it said; it grows
 * @param path where this schema is, such as `query_wards.where`
 */
export function shortSchema(schema: unknown, said: Said, path: string): Schema {
  const { anyOf, description, properties, items, ...rest } = schema as Readonly<Record<string, unknown>> & {
    readonly anyOf?: readonly Schema[]
  }
  const text = JSON.stringify(schema)
  const before = said.get(text)
  if (before !== undefined && text.length > LONG)
    return {
      ...typeOf(rest),
      ...(items !== undefined && { items: { type: 'object' } }),
      description: `${ownWords(description, said)}The same as ${before}`.trim(),
    }
  said.set(text, path)
  const own = Object.entries(rest).filter(([key]) => !LIMITS.has(key))
  const words = ownWords(description, said).trim()
  if (typeof description === 'string') said.set(description, path)
  return {
    ...Object.fromEntries(own),
    ...(words !== '' && { description: words }),
    ...(anyOf !== undefined && alternatives(anyOf, said, path)),
    ...(items !== undefined && { items: shortSchema(items, said, `an item of ${path}`) }),
    ...(properties !== undefined && {
      properties: Object.fromEntries(
        Object.entries(properties as Record<string, unknown>).map(([name, each]) => [
          name,
          shortSchema(each, said, `${path}.${name}`),
        ]),
      ),
    }),
  }
}

function typeOf({ type }: Readonly<Record<string, unknown>>): Schema {
  return type === undefined ? {} : { type }
}

/** A description that was not said before, with a full stop. */
function ownWords(description: unknown, said: Said): string {
  return typeof description !== 'string' || said.has(description) ? '' : `${description.replace(/\.$/, '')}. `
}

function alternatives(all: readonly Schema[], said: Said, path: string): Schema {
  return all.every(({ const: value }) => value !== undefined)
    ? { enum: all.map(({ const: value }) => value) }
    : { anyOf: all.map((each) => shortSchema(each, said, path)) }
}
