import { Type } from 'typebox'
import type { Static, TArray, TLiteral, TNull, TObject, TProperties, TSchema, TUnion } from 'typebox'
import { SaidSchema } from '../../domain/said-schema.ts'

// The schemas of replies are only documentation: what a handler returns is sent unchanged. Later versions may add
// properties. The page takes the types of what it reads from them.

export const Text = Type.String()
export const Id = Type.String({ description: '32 letters, digits, - and _; known to its own session alone' })
export const Moment = Type.String({ format: 'date-time' })
export const Count = Type.Integer({ minimum: 0 })
export const Share = Type.Number({ minimum: 0, maximum: 1 })
export const Version = Type.Integer({
  minimum: 0,
  description: 'Of the dataset; grows with every change of the files or of their join',
})
export const Stale = Type.Boolean({ description: 'True if the data have changed since' })
export const Names = Type.Array(Text)

export function orNull<T extends TSchema>(schema: T): TUnion<[T, TNull]> {
  return Type.Union([schema, Type.Null()])
}

type Literals<Names extends readonly string[]> = { -readonly [At in keyof Names]: TLiteral<Names[At]> }

/** One of a closed set of words. */
export function oneOf<const Names extends readonly string[]>(...names: Names): TUnion<Literals<Names>> {
  const union: TSchema = Type.Union(names.map((name) => Type.Literal(name)))
  return union as TUnion<Literals<Names>>
}

/** A list of items of one shape. */
export function listOf<T extends TProperties>(properties: T): TArray<TObject<T>> {
  return Type.Array(Type.Object(properties))
}

export const Direction = oneOf('direct', 'inverse')
export const Mode = oneOf('standard', 'legacy')
export const Tier = oneOf('High', 'Medium', 'Low')

/** What had to be left out, renamed, assumed or marked when a file was read. */
export const Findings = listOf({
  kind: Text,
  detail: Text,
  said: Type.Optional(SaidSchema),
  count: Count,
  examples: Type.Optional(Names),
  examplesSaid: Type.Optional(
    Type.Array(Type.Union([Text, SaidSchema]), { description: 'The examples, if some of them are texts with values' }),
  ),
  columns: Type.Optional(Names),
})

export type Direction = Static<typeof Direction>
export type Mode = Static<typeof Mode>
export type Tier = Static<typeof Tier>
export type Finding = Static<typeof Findings>[number]

export const column = {
  name: Text,
  type: oneOf('number', 'text', 'empty'),
  missing: Count,
  min: orNull(Type.Number()),
  max: orNull(Type.Number()),
  indicator: Type.Boolean({ description: 'Whether wards can be ranked by it' }),
  direction: orNull(Direction),
  reason: orNull(Text),
  suggested: Type.Boolean({ description: 'Whether wards are ranked by it when no indicators are named' }),
  why: Type.String({ description: 'Why it is suggested and points this way, or why it is not suggested' }),
  kind: Type.Union([Type.Literal('population'), Type.Literal('urbanShare'), Type.Null()], {
    description: 'What a net plan takes it for, unless another column is chosen',
  }),
} as const
export const Columns = listOf(column)
export type Column = Static<typeof Columns>[number]

export const Download = Type.Object({
  url: Type.String({ description: 'Presigned: needs no cookie, works for 60 seconds' }),
  expiresAt: Moment,
})

export const Bbox = Type.Array(Type.Number(), { minItems: 4, maxItems: 4, description: 'West, south, east, north' })

const Position = Type.Unsafe<[number, number]>(
  Type.Array(Type.Number(), { minItems: 2, maxItems: 2, description: 'Longitude and latitude in degrees' }),
)

const wardFeature = {
  type: Type.Literal('Feature'),
  properties: Type.Object({
    wardCode: orNull(Text),
    wardName: Text,
    matched: Type.Boolean({ description: 'Whether a ward was joined to it' }),
  }),
  geometry: Type.Object({
    type: Type.Literal('MultiPolygon'),
    coordinates: Type.Array(Type.Array(Type.Array(Position))),
  }),
} as const

type WardFeature<T extends TProperties> = Omit<typeof wardFeature, 'properties'> & {
  readonly properties: TObject<(typeof wardFeature)['properties']['properties'] & T>
}

/** GeoJSON of wards, with these properties beside their names. */
export function wardFeatures<T extends TProperties>(properties: T): TArray<TObject<WardFeature<T>>> {
  return listOf({ ...wardFeature, properties: Type.Object({ ...wardFeature.properties.properties, ...properties }) })
}
