import type { TSchema } from 'typebox'
import { Value } from 'typebox/value'

/** What is read of a JSON Schema; the rest is left to the check. */
interface Schema {
  readonly type?: string
  readonly const?: unknown
  readonly enum?: readonly unknown[]
  readonly anyOf?: readonly Schema[]
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly items?: Schema
}

const DEEPEST = 12
const LONGEST_JSON = 20_000

/**
 * A model's input as the tool's schema wants it, where both can only mean the same: null or an empty text for what may
 * be absent, "5" or "5,000" for a number, "true" for a boolean, a list or an object as JSON text, a single value for a
 * list of one, another case of a fixed word. What is anything else stays as it is, for the schema to refuse.
 */
export function mendInput(schema: TSchema, input: unknown): unknown {
  const whole = input === null || input === undefined || input === '' ? {} : input
  return mended(schema, whole, 0)
}

function mended(schema: Schema, value: unknown, depth: number): unknown {
  if (depth > DEEPEST || takes(schema, value)) return value
  if (schema.anyOf !== undefined) {
    const fits = schema.anyOf.map((one) => mended(one, value, depth + 1)).filter((one) => takes(schema, one))
    return fits.length > 0 ? fits[0] : value
  }
  if (schema.const !== undefined) return isSameWord(schema.const, value) ? schema.const : value
  if (schema.enum !== undefined) return schema.enum.find((one) => isSameWord(one, value)) ?? value
  switch (schema.type) {
    case 'object':
      return mendedObject(schema, parsedIf('{', value), depth)
    case 'array':
      return mendedArray(schema, parsedIf('[', value), depth)
    case 'integer':
    case 'number':
      return numberIn(value)
    case 'boolean':
      return typeof value === 'string' && /^(?:true|false)$/i.test(value.trim()) ? /^t/i.test(value.trim()) : value
    default:
      return value
  }
}

function takes(schema: Schema, value: unknown): boolean {
  return Value.Check(schema, value)
}

function isSameWord(wanted: unknown, value: unknown): boolean {
  return typeof wanted === 'string' && typeof value === 'string' && wanted.toLowerCase() === value.trim().toLowerCase()
}

function mendedObject({ properties = {}, required = [] }: Schema, value: unknown, depth: number): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, inner]: [string, unknown]): [string, unknown][] => {
      const schema = Object.hasOwn(properties, name) ? properties[name] : undefined
      if (schema === undefined) return [[name, inner]]
      const isAbsent = (inner === null || inner === '') && !required.includes(name) && !takes(schema, inner)
      return isAbsent ? [] : [[name, mended(schema, inner, depth + 1)]]
    }),
  )
}

function mendedArray({ items }: Schema, value: unknown, depth: number): unknown {
  if (items === undefined || value === null || value === undefined) return value
  const list = Array.isArray(value) ? (value as unknown[]) : [value]
  const mend = list.map((item) => mended(items, item, depth + 1))
  return Array.isArray(value) || mend.every((item) => takes(items, item)) ? mend : value
}

function numberIn(value: unknown): unknown {
  if (typeof value !== 'string') return value
  const text = value.trim()
  return /^-?(?:\d{1,3}(?:,\d{3})+|\d{1,15})(?:\.\d{1,15})?$/.test(text) ? Number(text.replaceAll(',', '')) : value
}

/** A list or an object that was written as JSON text. */
function parsedIf(first: '{' | '[', value: unknown): unknown {
  if (typeof value !== 'string' || value.length > LONGEST_JSON || !value.trim().startsWith(first)) return value
  try {
    return JSON.parse(value) as unknown
  } catch {
    return value
  }
}

/** The name of a tool without the prefixes that models put before it. */
export function plainToolName(name: string): string {
  return name.trim().replace(/^(?:functions?|tools?|default_api)[.:/]/, '')
}
