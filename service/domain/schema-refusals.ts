import type { FaultDetail } from './fault.ts'
import { LIMIT_TEXTS } from './limit-texts.ts'
import { say, type Said } from './said.ts'

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
    if (title !== undefined) return [{ pointer, said: say('must-be', { what: titleOf(title) }) }]
    const allowed = faults.flatMap(({ params }) => named(params, 'allowedValue'))
    if (faults.some(({ keyword }) => keyword === 'anyOf') && allowed.length > 0)
      return [{ pointer, said: say('must-be-one-of', { values: allowed }) }]
    const listed = faults.flatMap(({ keyword, params }) => (keyword === 'enum' ? named(params, 'allowedValues') : []))
    if (listed.length > 0) return [{ pointer, said: say('must-be-one-of', { values: listed }) }]
    return faults.flatMap((fault) => detailsOf(fault, pointer))
  })
}

function detailsOf({ keyword, params, message }: SchemaFault, pointer: string): FaultDetail[] {
  const below = (names: readonly string[], said: Said): FaultDetail[] =>
    names.map((name) => ({ pointer: `${pointer}/${pointerPart(name)}`, said }))
  // Ajv names one property and TypeBox all of them, and each of them a second time as a `boolean`.
  if (keyword === 'boolean') return []
  if (keyword === 'additionalProperties')
    return below(named(params, 'additionalProperty', 'additionalProperties'), say('is-not-known-here', {}))
  if (keyword === 'required')
    return below(named(params, 'missingProperty', 'requiredProperties'), say('is-missing', {}))
  return [{ pointer, said: saidOf(message) }]
}

/** The title of a schema as a text that other languages have too, where it is one of those. */
export function titleOf(title: string): string | Said {
  const kinds = Object.keys(LIMIT_TEXTS) as (keyof typeof LIMIT_TEXTS)[]
  const kind = kinds.find((one) => LIMIT_TEXTS[one] === title)
  return kind === undefined ? title : say(kind, {})
}

/** What a validator says of a fault. */
function saidOf(message: string | undefined): Said {
  if (message === undefined) return say('is-not-valid', {})
  const [, not, bound = '', of = ''] = /^must NOT have (fewer|more) than (\d+) (\w+)$/.exec(message) ?? []
  if (not === 'fewer') return say('must-not-have-fewer', { least: bound, of })
  if (not === 'more') return say('must-not-have-more', { most: bound, of })
  const [, pattern] = /^must match pattern (.+)$/s.exec(message) ?? []
  if (pattern !== undefined) return say('must-match-pattern', { pattern })
  const [, what] = /^must be (.+)$/s.exec(message) ?? []
  return what === undefined ? say('schema-says', { message }) : say('must-be', { what })
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
