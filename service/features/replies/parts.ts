import { Type, type TArray, type TObject, type TProperties, type TSchema, type TUnion, type TNull } from 'typebox'

// The replies' schemas only document: what a handler gives goes out as it is. Later versions may add properties.

export const Text = Type.String()
export const Id = Type.String({ description: '32 letters, digits, - and _; known to its own session alone' })
export const Moment = Type.String({ format: 'date-time' })
export const Count = Type.Integer({ minimum: 0 })
export const Share = Type.Number({ minimum: 0, maximum: 1 })
export const Version = Type.Integer({
  minimum: 0,
  description: 'Of the dataset; grows with every change of the files or of their join',
})
export const Stale = Type.Boolean({ description: 'True where the data were changed since' })
export const Names = Type.Array(Text)

export function orNull<T extends TSchema>(schema: T): TUnion<[T, TNull]> {
  return Type.Union([schema, Type.Null()])
}

export function oneOf(...names: readonly string[]): TSchema {
  return Type.Union(names.map((name) => Type.Literal(name)))
}

/** Many of one shape. */
export function listOf<T extends TProperties>(properties: T): TArray<TObject<T>> {
  return Type.Array(Type.Object(properties))
}

export const Direction = oneOf('direct', 'inverse')
export const Mode = oneOf('standard', 'legacy')
export const Tier = oneOf('High', 'Medium', 'Low')

/** What the reading of a file had to leave out, rename, assume or mark. */
export const Findings = listOf({ kind: Text, detail: Text, count: Count, examples: Type.Optional(Names) })

export const Columns = listOf({
  name: Text,
  type: oneOf('number', 'text', 'empty'),
  missing: Count,
  min: orNull(Type.Number()),
  max: orNull(Type.Number()),
  indicator: Type.Boolean({ description: 'Whether wards can be ranked by it' }),
  direction: orNull(Direction),
  reason: orNull(Text),
})

export const Download = Type.Object({
  url: Type.String({ description: 'Presigned: needs no cookie, works for 60 seconds' }),
  expiresAt: Moment,
})

export const Bbox = Type.Array(Type.Number(), { minItems: 4, maxItems: 4, description: 'West, south, east, north' })

/** GeoJSON of wards with these properties beside their names. */
export function wardFeatures(properties: TProperties): TArray {
  return listOf({
    type: Type.Literal('Feature'),
    properties: Type.Object({
      wardCode: orNull(Text),
      wardName: Text,
      matched: Type.Boolean({ description: 'Whether a ward was joined to it' }),
      ...properties,
    }),
    geometry: Type.Object({
      type: Type.Literal('MultiPolygon'),
      coordinates: Type.Array(Type.Array(Type.Array(Type.Array(Type.Number())))),
    }),
  })
}
