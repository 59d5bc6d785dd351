declare module 'shpjs' {
  /** Reads the records of a .shp file in order; null for an empty shape. Rings are sorted into outlines and holes. */
  export function parseShp(
    shp: DataView,
  ): ({ readonly type: string; readonly coordinates: readonly unknown[] } | null)[]
}
