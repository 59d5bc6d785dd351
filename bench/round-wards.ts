import type { DrawnWard } from '../test/support/boundary-files.ts'
import type { GpkgRing } from '../test/support/geopackage.ts'

/** 9,500 wards that are circles of so many points. */
export function roundWards(
  points: number,
  nameOf = (ward: number): string => `Ward ${String(ward)}`,
): readonly DrawnWard[] {
  return Array.from({ length: 9_500 }, (_, ward) => {
    const [west, south] = [3 + (ward % 100) * 0.1, 4 + Math.floor(ward / 100) * 0.1]
    const ring: GpkgRing = Array.from({ length: points + 1 }, (_point, at) => {
      const angle = (2 * Math.PI * (at % points)) / points
      return [west + 0.04 * Math.cos(angle), south + 0.04 * Math.sin(angle)]
    })
    const attributes = {
      WardCode: `NG${String(ward)}`,
      WardName: nameOf(ward),
      LGA: `LGA ${String(ward % 774)}`,
    }
    return { attributes, polygons: [[ring]] }
  })
}
