import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { readBoundaries } from '../../service/domain/files/boundary/read-boundaries.ts'
import type { Boundaries } from '../../service/domain/files/boundaries.ts'
import { readWards } from '../../service/domain/files/read-wards.ts'
import { queenNeighbours } from '../../service/domain/ranking/queen-neighbours.ts'
import { drawnWard, grids, shuffled, writings } from '../support/drawn-boundaries.ts'
import { dialects, tables } from '../support/drawn-tables.ts'
import fc, { propertySeed } from '../support/properties.ts'
import { HEADERS, writeWards } from '../support/written-wards.ts'
import { writeBoundaries } from '../support/written-boundaries.ts'

/**
 * Reads drawn files with the product and with referees that have no part in it: geopandas (GDAL), pandas and libpysal.
 * Compares rows, values, areas, boxes and queen neighbours. Ends with 1 when they differ.
 * Usage: node test/referees/main.ts --python PATH [--files 200]
 */
const { values: options } = parseArgs({
  options: { python: { type: 'string', default: 'python3' }, files: { type: 'string', default: '200' } },
})
const FILES = Number(options.files)
/** Degrees, square degrees, and the share of a value by which two readers may differ. */
const SAME = 1e-9
/** So many of the tables may be asked about, because their thousands could be decimals. */
const MOST_ASKED = 0.5

interface Ward {
  readonly name: string
  readonly area: number
  readonly box: readonly number[]
  readonly neighbours: readonly string[]
}

interface Row {
  readonly name: string
  readonly values: readonly (number | null)[]
}

interface Found {
  readonly boundaries: readonly (readonly Ward[])[]
  readonly tables: readonly (readonly Row[])[]
}

const folder = mkdtempSync(join(tmpdir(), 'referees-'))
try {
  const boundaries = fc
    .sample(fc.tuple(grids, writings), { numRuns: FILES, seed: propertySeed })
    .map(([cells, how], at) => {
      // GDAL makes two polygons of a hole that runs as its outline. In a shapefile, rings run as the format says.
      const turns = how.container === 'shapefile' ? how.turns.map(() => 'reversed') : how.turns
      const wards = cells.map((cell, place) => drawnWard(cell, how.fields, turns[place] ?? ''))
      return { ...writeBoundaries(shuffled(wards, how.order), how.container), keys: how.fields, file: `b${String(at)}` }
    })
  const written = fc
    .sample(fc.tuple(tables, dialects), { numRuns: FILES, seed: propertySeed })
    .map(([made, dialect], at) => {
      const names = made.measures.map((measure) => measure.names[dialect.header === 4 ? 1 : 0] ?? '')
      const [, ward = '', lga = ''] = HEADERS[dialect.header] ?? []
      return {
        ...writeWards(made.measures, made.rows, dialect),
        dialect,
        names,
        keys: [ward, lga],
        file: `t${String(at)}`,
      }
    })
  for (const { file, filename, bytes } of [...boundaries, ...written]) {
    mkdirSync(join(folder, file))
    writeFileSync(join(folder, file, filename), bytes)
  }
  const manifest = {
    boundaries: boundaries.map(({ file, filename, keys }) => ({ file: `${file}/${filename}`, keys })),
    tables: written.map(({ file, filename, keys, names, dialect }) => ({
      file: `${file}/${filename}`,
      delimiter: dialect.delimiter,
      decimal: dialect.decimal,
      thousands: dialect.thousands,
      encoding: { 'utf-8': 'utf-8', bom: 'utf-8-sig', 'utf-16': 'utf-16', cp1252: 'cp1252' }[dialect.encoding],
      keys,
      values: names,
    })),
  }
  writeFileSync(join(folder, 'manifest.json'), JSON.stringify(manifest))
  const script = join(import.meta.dirname, 'read_files.py')
  const found = JSON.parse(
    execFileSync(options.python, [script, folder], {
      maxBuffer: 1024 ** 3,
      stdio: ['ignore', 'pipe', 'inherit'],
    }).toString(),
  ) as Found

  const wrong: string[] = []
  let asked = 0
  for (const [at, { bytes, filename }] of boundaries.entries()) {
    const own = wardsOf(await readBoundaries(bytes, filename))
    wrong.push(
      ...differences(own, found.boundaries[at] ?? [], sameWard).map((what) => `${filename} ${String(at)}: ${what}`),
    )
  }
  for (const [at, { bytes, filename, names }] of written.entries()) {
    const table = await readWards(bytes, filename)
    if (table.questions.length > 0) {
      asked += 1
      continue
    }
    const columns = names.map((name) => table.columns.find((column) => column.name === name)?.numbers)
    const own = table.keys.wardName.map((ward, row): Row => ({
      name: `${ward} | ${table.keys.lga?.[row] ?? ''}`,
      values: columns.map((column) =>
        column === undefined || column === null || Number.isNaN(column[row]) ? null : (column[row] ?? null),
      ),
    }))
    wrong.push(...differences(own, found.tables[at] ?? [], sameRow).map((what) => `${filename} ${String(at)}: ${what}`))
  }
  console.log(
    `${String(FILES)} files of boundaries and ${String(FILES - asked)} tables compared, ` +
      `${String(asked)} tables asked about; ${String(wrong.length)} differences`,
  )
  for (const what of wrong.slice(0, 20)) console.log(what)
  if (wrong.length > 0 || asked > MOST_ASKED * FILES) process.exitCode = 1
} finally {
  rmSync(folder, { recursive: true })
}

/** What the first reader found and the second did not, or otherwise. */
function differences<Item extends { readonly name: string }>(
  own: readonly Item[],
  theirs: readonly Item[],
  areSame: (one: Item, other: Item) => boolean,
): string[] {
  const byName = new Map(theirs.map((item) => [item.name, item]))
  const wrong = own.flatMap((item) => {
    const other = byName.get(item.name)
    if (other !== undefined && areSame(item, other)) return []
    return [`${JSON.stringify(item)} is ${JSON.stringify(other)} to the referee`]
  })
  return own.length === theirs.length
    ? wrong
    : [...wrong, `${String(own.length)} rows, ${String(theirs.length)} to the referee`]
}

function areNear(one: number, other: number): boolean {
  return Math.abs(one - other) <= SAME * Math.max(1, Math.abs(one))
}

function sameWard(one: Ward, other: Ward): boolean {
  return (
    areNear(one.area, other.area) &&
    one.box.every((value, side) => areNear(value, other.box[side] ?? NaN)) &&
    JSON.stringify(one.neighbours) === JSON.stringify(other.neighbours)
  )
}

function sameRow(one: Row, other: Row): boolean {
  return one.values.every((value, column) => {
    const theirs = other.values[column]
    return value === null || theirs === null || theirs === undefined ? value === theirs : areNear(value, theirs)
  })
}

/** The wards of the product's boundaries, with what the referee says of its own. */
function wardsOf(boundaries: Boundaries): readonly Ward[] {
  const { keys, coordinates, ringEnds, polygonEnds, featureEnds } = boundaries
  const names = Array.from(featureEnds, (_, feature) =>
    [keys.wardCode, keys.wardName, keys.lga, keys.state].map((key) => key?.[feature] ?? '').join(' | '),
  )
  const { starts, list } = queenNeighbours(boundaries)
  return names.map((name, feature): Ward => {
    let area = 0
    const [xs, ys]: [number[], number[]] = [[], []]
    for (let polygon = featureEnds[feature - 1] ?? 0; polygon < (featureEnds[feature] ?? 0); polygon += 1)
      for (let ring = polygonEnds[polygon - 1] ?? 0; ring < (polygonEnds[polygon] ?? 0); ring += 1) {
        const [from, to] = [ringEnds[ring - 1] ?? 0, ringEnds[ring] ?? 0]
        let twice = 0
        for (let point = from; point < to; point += 1) {
          const next = point + 1 < to ? point + 1 : from
          const [x, y] = [coordinates[point * 2] ?? NaN, coordinates[point * 2 + 1] ?? NaN]
          const [originX, originY] = [coordinates[from * 2] ?? NaN, coordinates[from * 2 + 1] ?? NaN]
          const [nextX, nextY] = [coordinates[next * 2] ?? NaN, coordinates[next * 2 + 1] ?? NaN]
          twice += (x - originX) * (nextY - originY) - (nextX - originX) * (y - originY)
          xs.push(x)
          ys.push(y)
        }
        area += ((ring === (polygonEnds[polygon - 1] ?? 0) ? 1 : -1) * Math.abs(twice)) / 2
      }
    return {
      name,
      area,
      box: [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)],
      neighbours: [...list.subarray(starts[feature], starts[feature + 1])].map((other) => names[other] ?? '').sort(),
    }
  })
}
