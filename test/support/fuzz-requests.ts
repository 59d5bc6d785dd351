import { gzipSync } from 'node:zlib'
import type { TSchema } from 'typebox'
import fc from './properties.ts'

/** One operation of an OpenAPI document. */
export interface Described {
  readonly parameters?: readonly { readonly name: string; readonly in: string; readonly schema: TSchema }[]
  readonly requestBody?: {
    readonly content: Readonly<
      Record<
        string,
        { readonly schema: TSchema; readonly examples?: Readonly<Record<string, { readonly value: unknown }>> }
      >
    >
  }
  readonly responses: Readonly<
    Record<string, { readonly content?: Readonly<Record<string, { readonly schema: TSchema }>> }>
  >
}

/** A request as it goes out, with what a judge of its reply must know. */
export interface FuzzRequest {
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string | Uint8Array
  /** The body as JSON in UTF-8, sent as `application/json`; undefined for one that is not. */
  readonly json?: { readonly value: unknown }
  readonly cookie: 'own' | 'none' | 'odd'
}

type Schema = Readonly<Record<string, unknown>>

const ODD_TEXTS = [
  '',
  ' ',
  '\u0000',
  '\r\nSet-Cookie: a=b',
  '../../etc/passwd',
  "' OR 1=1 --",
  '${7*7}',
  '\u202e\u2066',
  '\ud800',
  '=HYPERLINK("x")',
  '__proto__',
  'constructor',
  'toString',
  'é'.normalize('NFD'),
  '𝒲'.repeat(300),
  'a'.repeat(100_000),
] as const
const ODD_NUMBERS = [-1, 0.5, 1e308, -1e308, 2 ** 53, 1e21, -0, 4_294_967_296] as const
const ODD_VALUES: readonly unknown[] = [
  null,
  true,
  [],
  {},
  [[[[[]]]]],
  { toString: 1, valueOf: null },
  ...ODD_NUMBERS,
  ...ODD_TEXTS,
]
const ODD_SEGMENTS = [
  '%00',
  '%ff',
  '%',
  '%zz',
  '%2e%2e%2f',
  '..%5c',
  '%252e',
  '%e2%80%a8',
  '%f0%9d%92%b2',
  ';a=b',
  '*',
  '\u00e9',
  'A'.repeat(32),
  'A'.repeat(4_100),
] as const
const ODD_HEADERS: readonly Readonly<Record<string, string>>[] = [
  { accept: 'application/xml;q=0' },
  { accept: '*/*;q=x, ,' },
  { 'accept-encoding': 'br;q=1, gzip;q=0, *;q=0.001' },
  { 'accept-language': 'x'.repeat(8_000) },
  { 'content-length-hint': '-1' },
  { 'if-none-match': '*' },
  { range: 'bytes=0-0,-1' },
  { 'x-forwarded-proto': 'gopher' },
  { 'x-http-method-override': 'DELETE' },
  { origin: 'null' },
  { 'sec-fetch-site': 'cross-site' },
  { 'last-event-id': '\u00ff' },
  { 'x-large': 'x'.repeat(17_000) },
]
const ODD_COOKIES = ['', 'chatmrpt_session=', 'a=b; a=c', '__Host-chatmrpt_session=s%3Ax.y', '=;;=;', '\u00ff=\u00fe']

/**
 * Requests to an operation, of every kind between valid and unreadable.
 * @param values what the path's parameters and the strings of a body are filled with, by their names; for the others
 * values are drawn from their schemas
 */
export function fuzzRequests(
  path: string,
  { parameters = [], requestBody }: Described,
  values: Readonly<Record<string, string>>,
): fc.Arbitrary<FuzzRequest> {
  const { schema, examples = {} } = requestBody?.content['application/json'] ?? {}
  const queries = parameters.filter((parameter) => parameter.in === 'query')
  const segment = (name: string): fc.Arbitrary<string> =>
    fc.oneof(
      { weight: 6, arbitrary: fc.constant(encodeURIComponent(values[name] ?? name)) },
      { weight: 1, arbitrary: fc.constantFrom(...ODD_SEGMENTS) },
      { weight: 1, arbitrary: fc.string({ unit: 'grapheme', minLength: 1 }).map(encoded) },
    )
  const names = [...path.matchAll(/\{([^}]+)\}/g)].map(([, name = '']) => name)
  const paths = fc.record(Object.fromEntries(names.map((name) => [name, segment(name)])))
  return fc
    .record({
      segments: paths,
      query: queryOf(queries, values),
      body: bodyOf(
        schema as Schema | undefined,
        Object.values(examples).map(({ value }) => value),
        values,
      ),
      cookie: COOKIE,
      extra: EXTRA,
    })
    .map(({ segments, query, body, cookie, extra }) => {
      const filled = path.replaceAll(/\{([^}]+)\}/g, (_, name: string) => segments[name] ?? '')
      return {
        path: `${filled}${query}`,
        cookie: cookie === undefined ? 'own' : cookie === null ? 'none' : 'odd',
        headers: { ...body.headers, ...extra, ...(typeof cookie === 'string' && { cookie }) },
        ...(body.body !== undefined && { body: body.body }),
        ...(body.json !== undefined && { json: body.json }),
      } satisfies FuzzRequest
    })
}

/** Undefined: the person's own; null: none. */
const COOKIE = fc.oneof(
  { weight: 20, arbitrary: fc.constant(undefined) },
  { weight: 1, arbitrary: fc.constant(null) },
  { weight: 1, arbitrary: fc.constantFrom(...ODD_COOKIES) },
)
const EXTRA = fc.oneof(
  { weight: 5, arbitrary: fc.constant({}) },
  { weight: 1, arbitrary: fc.constantFrom(...ODD_HEADERS) },
)

function queryOf(
  queries: readonly { readonly name: string; readonly schema: TSchema }[],
  values: Readonly<Record<string, string>>,
): fc.Arbitrary<string> {
  const valid = fc
    .record(Object.fromEntries(queries.map(({ name, schema }) => [name, valueOf(schema as Schema, values, name)])), {
      requiredKeys: [],
    })
    .map((values) => {
      const pairs = Object.entries(values).map(([name, value]) => `${name}=${encoded(String(value))}`)
      return pairs.length === 0 ? '' : `?${pairs.join('&')}`
    })
  const name = fc.constantFrom('x', ...queries.map((query) => query.name))
  const odd = fc
    .array(fc.tuple(name, fc.constantFrom('', '%00', '%ff', '%', '-1', '99999', '1e9', 'a'.repeat(3_000))), {
      minLength: 1,
      maxLength: 4,
    })
    .map((pairs) => `?${pairs.map((pair) => pair.join('=')).join('&')}`)
  return fc.oneof(
    { weight: 4, arbitrary: fc.constant('') },
    { weight: 4, arbitrary: valid },
    { weight: 1, arbitrary: odd },
  )
}

type Body = Pick<FuzzRequest, 'headers' | 'body' | 'json'>

function bodyOf(
  schema: Schema | undefined,
  examples: readonly unknown[],
  values: Readonly<Record<string, string>>,
): fc.Arbitrary<Body> {
  const none: Body = { headers: {} }
  const asJson = (value: unknown): Body => {
    const body = JSON.stringify(value)
    return { headers: { 'content-type': 'application/json' }, body, json: { value: JSON.parse(body) as unknown } }
  }
  if (schema === undefined) {
    return fc.oneof(
      { weight: 10, arbitrary: fc.constant(none) },
      {
        weight: 1,
        arbitrary: fc.constantFrom<unknown>({}, ...ODD_VALUES).map((value) => ({ ...asJson(value), json: undefined })),
      },
    ) as fc.Arbitrary<Body>
  }
  const drawn = valueOf(schema, values)
  const valid = examples.length === 0 ? drawn : fc.oneof(drawn, fc.constantFrom(...examples))
  return fc.oneof(
    { weight: 6, arbitrary: valid.map(asJson) },
    { weight: 5, arbitrary: nearly(valid).map(asJson) },
    { weight: 1, arbitrary: fc.constantFrom(...ODD_VALUES).map(asJson) },
    { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 4 }).map(asJson) },
    {
      weight: 3,
      arbitrary: fc
        .tuple(valid, fc.nat(ODD_FORMS.length - 1))
        .map(([value, at]) => ODD_FORMS[at]!(JSON.stringify(value))),
    },
    { weight: 1, arbitrary: fc.constant(none) },
  )
}

/** One thing in a valid object is wrong: a value, its name, or one property more or fewer. */
function nearly(valid: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  return fc
    .tuple(valid, fc.nat(), fc.constantFrom('value', 'name', 'gone', 'more'), fc.constantFrom(...ODD_VALUES))
    .map(([value, at, change, odd]) => {
      const entries = Object.entries(value as Record<string, unknown>)
      const place = entries.length === 0 ? 0 : at % entries.length
      const [name = 'x', was] = entries[place] ?? []
      if (change === 'more') entries.push([typeof odd === 'string' ? odd.slice(0, 100) : 'unknown', odd])
      else if (change === 'gone') entries.splice(place, 1)
      else if (change === 'name') entries[place] = [name.toUpperCase(), was]
      else entries[place] = [name, Array.isArray(was) && at % 2 === 0 ? [...(was as unknown[]), odd] : odd]
      return Object.fromEntries(entries)
    })
}

const JSON_TYPE = { 'content-type': 'application/json' }
/** Bodies that are not the JSON they were, or not said to be. */
const ODD_FORMS: readonly ((json: string) => Body)[] = [
  (json) => ({ headers: JSON_TYPE, body: json.slice(0, -1) }),
  (json) => ({ headers: JSON_TYPE, body: `${json}${json}` }),
  (json) => ({ headers: JSON_TYPE, body: `\ufeff${json}` }),
  (json) => ({ headers: JSON_TYPE, body: Buffer.from(json, 'utf16le') }),
  (json) => ({ headers: JSON_TYPE, body: Buffer.concat([Buffer.from(json), Buffer.from([0xff, 0xc0, 0x80])]) }),
  (json) => ({ headers: { ...JSON_TYPE, 'content-encoding': 'gzip' }, body: gzipSync(json) }),
  (json) => ({ headers: JSON_TYPE, body: json.replace('{', '{"__proto__":{"x":1},') }),
  (json) => ({ headers: JSON_TYPE, body: json.replace('{', '{"constructor":{"prototype":{"x":1}},') }),
  (json) => ({ headers: JSON_TYPE, body: '['.repeat(50_000) + json }),
  (json) => ({ headers: JSON_TYPE, body: json.padEnd(300_000) }),
  (json) => ({ headers: JSON_TYPE, body: json.replaceAll(/\d+/g, '1e400') }),
  (json) => ({ headers: { 'content-type': 'text/plain' }, body: json }),
  (json) => ({ headers: { 'content-type': 'application/json; charset=utf-7' }, body: json }),
  (json) => ({ headers: { 'content-type': 'multipart/form-data; boundary=x' }, body: json }),
  (json) => ({ headers: { 'content-type': '/;;=' }, body: json }),
  (json) => ({ headers: {}, body: json }),
]

/**
 * Values of the part of JSON schema that the description of the API uses.
 * @throws Error for a schema of another kind, so that no route is fuzzed with less than it takes
 */
function valueOf(schema: Schema, values: Readonly<Record<string, string>>, name = ''): fc.Arbitrary<unknown> {
  if (Array.isArray(schema['anyOf']))
    return fc.oneof(...(schema['anyOf'] as Schema[]).map((one) => valueOf(one, values, name)))
  if (Array.isArray(schema['enum'])) return fc.constantFrom(...(schema['enum'] as unknown[]))
  const [least, most] = [Number(schema['minimum'] ?? -1e9), Number(schema['maximum'] ?? 1e9)]
  switch (schema['type']) {
    case 'string':
      return textOf(schema, values[name])
    case 'integer':
      return fc.oneof(fc.integer({ min: least, max: Math.min(most, 1_000_000) }), fc.constantFrom(least, most))
    case 'number':
      return fc.oneof(fc.double({ min: least, max: most, noNaN: true }), fc.constantFrom(least, most))
    case 'boolean':
      return fc.boolean()
    case 'null':
      return fc.constant(null)
    case 'array':
      return fc.array(valueOf(schema['items'] as Schema, values, name), {
        minLength: Number(schema['minItems'] ?? 0),
        maxLength: Math.min(3, Number(schema['maxItems'] ?? 3)),
      })
    case 'object':
      return objectOf(schema, values)
    default:
      throw new Error(`The fuzz cannot draw a value of ${JSON.stringify(schema)}`)
  }
}

function textOf(schema: Schema, known: string | undefined): fc.Arbitrary<string> {
  const [minLength, maxLength] = [Number(schema['minLength'] ?? 0), Number(schema['maxLength'] ?? 1_000)]
  const pattern = typeof schema['pattern'] === 'string' ? new RegExp(schema['pattern']) : undefined
  const drawn =
    pattern === undefined
      ? fc.oneof(
          fc.string({ unit: 'grapheme', minLength, maxLength: Math.min(maxLength, 40) }),
          fc.constant('w'.repeat(maxLength)),
        )
      : fc.stringMatching(pattern, { maxLength: Math.min(maxLength, 200) })
  const fitting = drawn.filter((text) => [...text].length >= minLength && text.length <= maxLength)
  return known === undefined
    ? fitting
    : fc.oneof({ weight: 5, arbitrary: fc.constant(known) }, { weight: 1, arbitrary: fitting })
}

function objectOf(schema: Schema, values: Readonly<Record<string, string>>): fc.Arbitrary<unknown> {
  const properties = Object.entries((schema['properties'] ?? {}) as Readonly<Record<string, Schema>>)
  const requiredKeys = (schema['required'] ?? []) as string[]
  if (properties.length === 0 && typeof schema['additionalProperties'] === 'object') {
    const value = valueOf(schema['additionalProperties'] as Schema, values)
    return fc.dictionary(fc.string({ maxLength: 20 }), value, { maxKeys: 3 })
  }
  const drawn = Object.fromEntries(properties.map(([name, part]) => [name, valueOf(part, values, name)]))
  const required = Object.fromEntries(Object.entries(drawn).filter(([name]) => requiredKeys.includes(name)))
  return fc.oneof(fc.record(required), fc.record(drawn, { requiredKeys }))
}

/** For a place in an address; a lone surrogate has no encoding and is left out. */
function encoded(text: string): string {
  return encodeURIComponent(text.toWellFormed())
}
