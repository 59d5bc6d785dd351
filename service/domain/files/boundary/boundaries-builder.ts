import type { Bbox, BoundaryKeys } from '../boundaries.ts'
import type { KeyName } from '../column-kinds.ts'
import { FaultList } from '../../fault-list.ts'
import { makeFinding, type Example, type Finding } from '../finding.ts'
import { say } from '../../said.ts'
import { MOST_WARDS } from '../table-limits.ts'
import type { Reproject } from './coordinate-system.ts'
import type { Point, Polygon, Ring, Shape } from './layer.ts'
import { uniteFeatures } from './unite-features.ts'
import type { PackedShapes } from './unite-features.ts'
import { tooLarge, unreadable } from '../unreadable.ts'

const MOST_POINTS = 6_000_000
const LONGEST_NAME = 200
const MOST_NAMED = 1_000

/** Packs features as they are read. Memory grows with the number of points, and nothing is kept twice. */
export class BoundariesBuilder {
  readonly #filename: string
  readonly #reproject: Reproject
  readonly #faults = new FaultList()
  readonly #keys = new Map<KeyName, string[]>()
  #coordinates = new Float64Array(4096)
  #points = 0
  readonly #ringEnds: number[] = []
  readonly #polygonEnds: number[] = []
  readonly #featureEnds: number[] = []
  #seen = 0
  #shortRings = 0
  readonly #empty: Example[] = []
  readonly #others = new Map<string, number>()
  #west = Infinity
  #south = Infinity
  #east = -Infinity
  #north = -Infinity

  constructor(filename: string, reproject: Reproject) {
    this.#filename = filename
    this.#reproject = reproject
  }

  /**
   * Adds the next feature. `keyed` has those of its attributes that are keys. A key that is not given is ''.
   * @throws Fault `too-large` when there are too many features or points
   */
  feature({ polygons, others }: Shape, keyed: ReadonlyMap<KeyName, string>): void {
    this.#seen += 1
    if (this.#seen > MOST_WARDS) throw tooLarge(this.#filename, say('too-many-features', { most: MOST_WARDS }))
    for (const kind of others) this.#others.set(kind, (this.#others.get(kind) ?? 0) + 1)
    const before = this.#polygonEnds.length
    for (const polygon of polygons) this.#polygon(polygon)
    if (this.#polygonEnds.length === before) {
      this.#empty.push(keyed.get('wardName') ?? say('feature-at', { place: this.#seen }))
      return
    }
    this.#featureEnds.push(this.#polygonEnds.length)
    for (const [key, value] of keyed) this.#key(key).push(value.trim().slice(0, LONGEST_NAME))
    for (const values of this.#keys.values()) if (values.length < this.#featureEnds.length) values.push('')
  }

  /**
   * Returns what was packed. Features of the same ward are united.
   * @throws Fault `unreadable-file` when a coordinate cannot be used, or there are no wards
   */
  finish(): PackedShapes & { readonly bbox: Bbox; readonly findings: readonly Finding[] } {
    this.#faults.throwIfAny(
      'unreadable-file',
      say('cannot-read', {
        filename: this.#filename,
        found: say('coordinates-unusable', { count: this.#faults.count }),
      }),
    )
    if (this.#featureEnds.length === 0)
      throw unreadable(
        this.#filename,
        this.#others.size === 0
          ? say('no-ward-polygon', {})
          : say('no-ward-polygon-only', { kinds: [...this.#others.keys()] }),
      )
    const united = uniteFeatures({
      keys: this.#boundaryKeys(),
      coordinates: this.#coordinates.slice(0, this.#points * 2),
      ringEnds: Uint32Array.from(this.#ringEnds),
      polygonEnds: Uint32Array.from(this.#polygonEnds),
      featureEnds: Uint32Array.from(this.#featureEnds),
    })
    return { ...united, bbox: this.#bbox(), findings: [...this.#dropped(), ...united.findings] }
  }

  #polygon(rings: Polygon): void {
    const before = this.#ringEnds.length
    for (const [index, ring] of rings.entries()) {
      const added = this.#ring(ring)
      // Without its outline a polygon is left out, and its holes with it.
      if (index === 0 && !added) break
    }
    if (this.#ringEnds.length > before) this.#polygonEnds.push(this.#ringEnds.length)
  }

  #ring(ring: Ring): boolean {
    const first = ring[0]
    const last = ring.at(-1)
    const isOpen = first !== undefined && last !== undefined && (first[0] !== last[0] || first[1] !== last[1])
    const closed = isOpen ? [...ring, first] : ring
    if (closed.length < 4) {
      this.#shortRings += 1
      return false
    }
    for (const point of closed) this.#point(point)
    this.#ringEnds.push(this.#points)
    return true
  }

  #point(point: Point): void {
    if (this.#points >= MOST_POINTS) throw tooLarge(this.#filename, say('too-many-points', { most: MOST_POINTS }))
    const [x, y] = this.#inDegrees(point)
    if (this.#points * 2 === this.#coordinates.length) {
      const grown = new Float64Array(Math.min(this.#coordinates.length * 2, MOST_POINTS * 2))
      grown.set(this.#coordinates)
      this.#coordinates = grown
    }
    this.#coordinates[this.#points * 2] = x
    this.#coordinates[this.#points * 2 + 1] = y
    this.#points += 1
    this.#west = Math.min(this.#west, x)
    this.#east = Math.max(this.#east, x)
    this.#south = Math.min(this.#south, y)
    this.#north = Math.max(this.#north, y)
  }

  #inDegrees(point: Point): Point {
    const [x, y] = point
    const finite = Number.isFinite(x) && Number.isFinite(y)
    const [longitude = NaN, latitude = NaN] = finite && this.#reproject !== null ? this.#reproject([x, y]) : point
    if (Math.abs(longitude) <= 180.000001 && Math.abs(latitude) <= 90.000001) return [longitude, latitude]
    this.#faults.add({
      said: say('out-of-range', { number: this.#seen, x: String(x), y: String(y) }),
    })
    return [0, 0]
  }

  #key(key: KeyName): string[] {
    const values = this.#keys.get(key) ?? Array.from({ length: this.#featureEnds.length - 1 }, () => '')
    this.#keys.set(key, values)
    return values
  }

  #boundaryKeys(): BoundaryKeys {
    const of = (key: KeyName): readonly string[] | null => this.#keys.get(key) ?? null
    return {
      wardCode: of('wardCode'),
      wardName: of('wardName'),
      lga: of('lga'),
      lgaCode: of('lgaCode'),
      state: of('state'),
      stateCode: of('stateCode'),
    }
  }

  #bbox(): Bbox {
    return [this.#west, this.#south, this.#east, this.#north]
  }

  #dropped(): Finding[] {
    const found: Finding[] = []
    if (this.#empty.length > 0)
      found.push(
        makeFinding('geometry-dropped', say('features-without-polygon', {}), {
          count: this.#empty.length,
          examples: this.#empty.slice(0, MOST_NAMED),
        }),
      )
    if (this.#others.size > 0)
      found.push(
        makeFinding('geometry-dropped', say('points-and-lines', {}), {
          count: [...this.#others.values()].reduce((sum, count) => sum + count, 0),
          examples: [...this.#others].map(([kind, count]) => `${String(count)} × ${kind}`),
        }),
      )
    if (this.#shortRings > 0)
      found.push(makeFinding('geometry-dropped', say('rings-too-short', {}), { count: this.#shortRings }))
    return found
  }
}
