import t from 'tap'
import { joinWards } from '../../service/domain/dataset/join-wards.ts'
import type { Dataset } from '../../service/domain/dataset/dataset.ts'
import type { Boundaries } from '../../service/domain/files/boundaries.ts'
import { readBoundaries } from '../../service/domain/files/boundary/read-boundaries.ts'
import { readWards } from '../../service/domain/files/read-wards.ts'
import { planBasis } from '../../service/domain/plan/plan-basis.ts'
import { planNets } from '../../service/domain/plan/plan-nets.ts'
import { analyse } from '../../service/domain/ranking/analyse.ts'
import { queenNeighbours } from '../../service/domain/ranking/queen-neighbours.ts'
import { drawnWard, grids, shuffled, writings, type Cell } from '../support/drawn-boundaries.ts'
import type { GpkgRing } from '../support/geopackage.ts'
import fc from '../support/properties.ts'
import { BOUNDARY_FIELDS, writeBoundaries } from '../support/written-boundaries.ts'

/** `PROPERTY_RUNS=10000` tries as many files as a release should. */
const RUNS = Number(process.env['PROPERTY_RUNS'] ?? 200)
/** Files hold eight decimals or more. */
const EXACT = 1e-7

/** Twice the area of a ring by the shoelace formula, whichever way it runs. */
function areaOf(ring: GpkgRing): number {
  const [originX = 0, originY = 0] = ring[0] ?? []
  const sum = ring.slice(1).reduce((total, [x, y], place) => {
    const [beforeX = 0, beforeY = 0] = ring[place] ?? []
    return total + (beforeX - originX) * (y - originY) - (x - originX) * (beforeY - originY)
  }, 0)
  return Math.abs(sum) / 2
}

interface Figures {
  readonly area: number
  readonly points: number
}

function trueFigures({ outline, hole, island }: Cell): Figures {
  const rings = [outline, ...(hole === null ? [] : [hole]), ...(island === null ? [] : [island])]
  return {
    area: areaOf(outline) - (hole === null ? 0 : areaOf(hole)) + (island === null ? 0 : areaOf(island)),
    points: rings.length * 5,
  }
}

/** The area of a read feature: outlines less holes. */
function readFigures(boundaries: Boundaries, feature: number): Figures {
  const { coordinates, ringEnds, polygonEnds, featureEnds } = boundaries
  let [area, points] = [0, 0]
  for (let polygon = featureEnds[feature - 1] ?? 0; polygon < (featureEnds[feature] ?? 0); polygon += 1) {
    const first = polygonEnds[polygon - 1] ?? 0
    for (let ring = first; ring < (polygonEnds[polygon] ?? 0); ring += 1) {
      const [from, to] = [ringEnds[ring - 1] ?? 0, ringEnds[ring] ?? 0]
      const line = Array.from({ length: to - from }, (_, place): [number, number] => [
        coordinates[(from + place) * 2] ?? NaN,
        coordinates[(from + place) * 2 + 1] ?? NaN,
      ])
      area += ring === first ? areaOf(line) : -areaOf(line)
      points += line.length
    }
  }
  return { area, points }
}

function nameOf(keys: readonly (string | undefined)[]): string {
  return keys.slice(1).join(', ')
}

/** What differs between the drawn wards and those that were read: keys, areas and neighbours. */
function differences(cells: readonly Cell[], boundaries: Boundaries): string[] {
  const { keys } = boundaries
  const names = Array.from({ length: boundaries.features }, (_, feature) =>
    nameOf([undefined, keys.wardName?.[feature], keys.lga?.[feature], keys.state?.[feature]]),
  )
  const { starts, list } = queenNeighbours(boundaries)
  const wrong = cells.flatMap((cell) => {
    const name = nameOf(cell.keys)
    const feature = names.indexOf(name)
    if (feature === -1) return [`${name} is not there`]
    const [found, wanted] = [readFigures(boundaries, feature), trueFigures(cell)]
    const near = [...list.subarray(starts[feature], starts[feature + 1])].map((other) => names[other]).sort()
    const touching = cells
      .filter((other) => Math.max(Math.abs(other.column - cell.column), Math.abs(other.row - cell.row)) === 1)
      .map((other) => nameOf(other.keys))
      .sort()
    return [
      ...(Math.abs(found.area - wanted.area) < EXACT && found.points === wanted.points ? [] : [`${name}: its shape`]),
      ...(JSON.stringify(near) === JSON.stringify(touching) ? [] : [`${name}: neighbours ${near.join('; ')}`]),
      ...(keys.wardCode?.[feature] === cell.keys[0] ? [] : [`${name}: its code`]),
    ]
  })
  return boundaries.features === cells.length ? wrong : [...wrong, `${String(boundaries.features)} features`]
}

/** A ward table of the cells, in which every fifth rainfall is missing: it is filled from the ward's neighbours. */
function tableOf(cells: readonly Cell[], hasCode: boolean, shares: readonly number[]): Buffer {
  const scaled = (at: number, least: number, width: number): number => least + width * (shares[at] ?? 0)
  const lines = cells.map(({ keys: [code, name, lga, state] }, place) => {
    const rain = place % 5 === 2 ? '' : scaled(place, 500, 1_000).toFixed(1)
    const tpr = scaled(24 + place, 3, 70).toFixed(1)
    const people = scaled(48 + place, 2_000, 38_000).toFixed(0)
    return [...(hasCode ? [code] : []), name, lga, state, rain, tpr, people].join(',')
  })
  return Buffer.from([`${hasCode ? 'WardCode,' : ''}WardName,LGA,State,rainfall,tpr,population`, ...lines].join('\n'))
}

/** The ranks, filled values and nets of the wards. */
function decision(dataset: Dataset): string {
  const result = analyse(dataset, { indicators: ['rainfall', 'tpr'] })
  const plan = planNets(planBasis(dataset, result), { totalNets: 20_000 })
  return JSON.stringify([
    result.wards.map(({ wardName, lga, rank, indicators }) => [
      wardName,
      lga,
      rank,
      // The mean of neighbours in another order differs in its last bits.
      indicators.map(({ raw }) => raw.toPrecision(9)),
    ]),
    plan.wards.map(({ wardName, lga, need, allocated }) => [wardName, lga, need, allocated]),
  ])
}

t.test('boundaries give the same wards, neighbours, ranking and plan in any container and order', async (t) => {
  let asked = 0
  await fc.assert(
    fc.asyncProperty(grids, writings, async (cells, { container, fields, turns, order, hasTableCode, values }) => {
      const drawn = cells.map((cell, place) => drawnWard(cell, fields, turns[place] ?? ''))
      const { filename, bytes } = writeBoundaries(shuffled(drawn, order), container)
      const boundaries = await readBoundaries(bytes, filename)
      const table = await readWards(tableOf(cells, hasTableCode, values), 'wards.csv')
      const dataset = joinWards(table, boundaries)
      if ([...table.questions, ...boundaries.questions, ...dataset.questions].length > 0) {
        asked += 1
        return
      }
      const plain = writeBoundaries(
        cells.map((cell) => drawnWard(cell, BOUNDARY_FIELDS[0], 'as drawn')),
        'geojson',
      )
      const clean = joinWards(table, await readBoundaries(plain.bytes, plain.filename))
      const wrong = [
        ...differences(cells, boundaries),
        ...(dataset.unmatched.length === 0 ? [] : [`without boundary: ${String(dataset.unmatched.length)}`]),
        ...(decision(dataset) === decision(clean) ? [] : ['another ranking or plan']),
      ]
      if (wrong.length > 0) throw new Error(`${container}: ${wrong.join('\n')}`)
    }),
    { numRuns: RUNS },
  )
  t.ok(asked <= RUNS / 50, `${String(asked)} of ${String(RUNS)} clean files were asked about`)
})
