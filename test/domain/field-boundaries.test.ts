import { existsSync, readFileSync } from 'node:fs'
import t from 'tap'
import { joinWards } from '../../service/domain/dataset/join-wards.ts'
import { readBoundaries } from '../../service/domain/files/boundary/read-boundaries.ts'
import { readWards } from '../../service/domain/files/read-wards.ts'

const CASES = new URL('../../../shared/data/field-cases/', import.meta.url)
const skip = existsSync(CASES) ? false : 'the field cases are not on this machine'

interface Case {
  readonly wards?: string
  readonly boundaries?: string
  readonly pairs?: readonly (readonly [ward: string, boundary: string])[]
}

/** Cases of boundaries whose wards each have one polygon: the square at their own place in the grid of the baseline. */
const PLAIN = /^(?:20b|4\d|5[0-57-9])/

t.test('every field case of boundaries gives each ward its own place, and asks nothing', { skip }, async (t) => {
  const must = JSON.parse(readFileSync(new URL('must.json', CASES), 'utf8')) as { cases: Record<string, Case> }
  const bytes = (name: string, file: string): Buffer =>
    readFileSync(new URL(file.includes('/') ? file : `${name}/${file}`, CASES))
  const plain = Object.entries(must.cases).filter(([name]) => PLAIN.test(name))
  t.ok(plain.length > 20)
  for (const [name, { wards = '', boundaries = '' }] of plain) {
    const map = await readBoundaries(bytes(name, boundaries), boundaries)
    const joined = joinWards(await readWards(bytes(name, wards), wards), map)
    t.strictSame([map.questions, joined.questions, map.features], [[], [], 12], name)
    const ends = [...map.featureEnds].map((end) => map.ringEnds[(map.polygonEnds[end - 1] ?? 0) - 1] ?? 0)
    const corners = [...joined.featureOfRow].map((feature) => {
      const points = map.coordinates.subarray((ends[feature - 1] ?? 0) * 2, (ends[feature] ?? 0) * 2)
      const least = (axis: number): string => Math.min(...points.filter((_, at) => at % 2 === axis)).toFixed(4)
      return `${least(0)} ${least(1)}`
    })
    t.strictSame(
      corners,
      corners.map(
        (_, row) => `${(4.5 + (row % 4) * 0.05).toFixed(4)} ${(8.4 + Math.floor(row / 4) * 0.05).toFixed(4)}`,
      ),
      name,
    )
  }
  const { pairs = [], wards = '', boundaries = '' } = must.cases['73-accents-and-0-mojibake'] ?? {}
  const name = '73-accents-and-0-mojibake'
  const joined = joinWards(
    await readWards(bytes(name, wards), wards),
    await readBoundaries(bytes(name, boundaries), boundaries),
  )
  for (const [ward, boundary] of pairs) {
    const row = joined.table.labels.indexOf(ward)
    const found = joined.unmatched.find((one) => one.row === row)?.suggestions[0]?.boundary
    t.equal(found ?? joined.boundaries?.keys.wardName?.[joined.featureOfRow[row] ?? -1], boundary, ward)
  }
})
