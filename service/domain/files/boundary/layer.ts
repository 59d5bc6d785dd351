import type { CoordinateSystem } from './coordinate-system.ts'
import type { Finding } from '../finding.ts'

/** A place as longitude and latitude in degrees, or in the units of the file's projection. */
export type Point = readonly [number, number]
export type Ring = readonly Point[]
export type Polygon = readonly Ring[]

/** The polygons of a feature, and what else its geometry holds: `Point`, `LineString`. */
export interface Shape {
  readonly polygons: readonly Polygon[]
  readonly others: readonly string[]
}

/** One feature of a layer. Each part is read when it is asked for. */
export interface LayerFeature {
  /** The text of the attribute at this place in the layer's `fields`; '' if it is missing. */
  readonly attribute: (place: number) => string
  readonly shape: () => Shape
}

export type BoundariesFormat = 'shapefile' | 'geojson' | 'topojson' | 'kml' | 'geopackage'

/** A layer of polygons in a boundary file, in the form that all formats share. */
export interface Layer {
  readonly name: string
  readonly format: BoundariesFormat
  /** How many features it has; an upper bound where they are not counted yet. */
  readonly features: number
  readonly open: () => OpenLayer | Promise<OpenLayer>
}

export interface OpenLayer {
  /** Attribute names in the order of the file. */
  readonly fields: readonly string[]
  readonly system: CoordinateSystem
  /** How attributes were decoded; null if the format says it. */
  readonly encoding: string | null
  readonly findings: readonly Finding[]
  /** Passes over the features from the beginning, as often as it is called. */
  readonly read: () => Iterable<LayerFeature>
  /** What was found out while reading: known once all features were read. */
  readonly leftOut?: () => readonly Finding[]
}

/** The layers of a file that hold polygons, and what was found in it besides. */
export interface FoundLayers {
  readonly layers: readonly Layer[]
  readonly findings: readonly Finding[]
  /** Gives back what the layers are read from, once that is done. */
  readonly close?: () => void
}

/** What a person settled that a reader of layers needs. */
export interface LayerChoices {
  /** A label of the WHATWG Encoding Standard, or `cp850`. */
  readonly encoding?: string | undefined
}

export type LayerReader = (
  bytes: Uint8Array,
  filename: string,
  choices: LayerChoices,
) => FoundLayers | Promise<FoundLayers>
