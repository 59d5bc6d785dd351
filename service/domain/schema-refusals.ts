import type { FaultDetail } from './fault.ts'

/** One fault of a value, as Ajv and TypeBox find it by a JSON Schema; `instancePath` is a JSON pointer. */
export interface SchemaFault {
  readonly keyword: string
  readonly instancePath: string
  readonly params: object
  readonly message?: string | undefined
}

/**
 * What a value does wrong by its schema, one detail a place. A place whose schema has a title must be what the title
 * says; a value outside a closed set is told the set once, and not what each of its members would have wanted.
 */
export function schemaRefusals(schema: unknown, found: readonly SchemaFault[]): FaultDetail[] {
  return [...Map.groupBy(found, ({ instancePath }) => instancePath)].flatMap(([pointer, faults]) => {
    const title = titleAt(schema, pointer)
    if (title !== undefined) return [{ pointer, detail: `must be ${title}` }]
    const allowed = faults.flatMap(({ params }) => named(params, 'allowedValue'))
    if (faults.some(({ keyword }) => keyword === 'anyOf') && allowed.length > 0)
      return [{ pointer, detail: `must be one of ${allowed.join(', ')}` }]
    const listed = faults.flatMap(({ keyword, params }) => (keyword === 'enum' ? named(params, 'allowedValues') : []))
    if (listed.length > 0) return [{ pointer, detail: `must be one of ${listed.join(', ')}` }]
    return faults.flatMap((fault) => detailsOf(fault, pointer))
  })
}

function detailsOf({ keyword, params, message = 'is not valid' }: SchemaFault, pointer: string): FaultDetail[] {
  const below = (names: readonly string[], detail: string): FaultDetail[] =>
    names.map((name) => ({ pointer: `${pointer}/${pointerPart(name)}`, detail }))
  // Ajv names one property and TypeBox all of them, and each of them a second time as a `boolean`.
  if (keyword === 'boolean') return []
  if (keyword === 'additionalProperties')
    return below(named(params, 'additionalProperty', 'additionalProperties'), 'is not known here')
  if (keyword === 'required') return below(named(params, 'missingProperty', 'requiredProperties'), 'is missing')
  return [{ pointer, detail: message }]
}

/** The values of these parameters as texts; a list of values counts as each of them. */
function named(params: object, ...names: readonly string[]): string[] {
  return Object.entries(params).flatMap(([name, value]: [string, unknown]) =>
    names.includes(name) ? [value].flat().map(String) : [],
  )
}

/** The title of the schema that a place in an object is checked by; undefined where it has none. */
function titleAt(schema: unknown, pointer: string): string | undefined {
  const at = pointer
    .split('/')
    .slice(1)
    .reduce((part, name) => memberOf(memberOf(part, 'properties'), name), schema)
  const title = memberOf(at, 'title')
  return typeof title === 'string' ? title : undefined
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Record<string, unknown>)[name]
    : undefined
}

/** A property name as a part of a JSON pointer. */
export function pointerPart(property: string): string {
  return property.replaceAll('~', '~0').replaceAll('/', '~1')
}
