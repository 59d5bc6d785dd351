import t from 'tap'
import { readFileSync } from 'node:fs'
import { analyse } from '../../service/domain/ranking/analyse.ts'
import { joinWards } from '../../service/domain/dataset/join-wards.ts'
import { readBoundaries } from '../../service/domain/files/boundary/read-boundaries.ts'
import { readWards } from '../../service/domain/files/read-wards.ts'
import { makeSample } from '../../service/sample/make-sample.ts'

const SAMPLE = new URL('../../service/sample/', import.meta.url)

t.test('makeSample() makes exactly the bundled bytes', async (t) => {
  const sample = makeSample()
  t.ok(readFileSync(new URL('wards.csv', SAMPLE)).equals(sample.wards))
  t.ok(readFileSync(new URL('boundaries.zip', SAMPLE)).equals(sample.boundaries))
})

t.test('the bundled sample joins completely and can be ranked without any choice', async (t) => {
  const table = await readWards(readFileSync(new URL('wards.csv', SAMPLE)), 'wards.csv')
  const boundaries = await readBoundaries(readFileSync(new URL('boundaries.zip', SAMPLE)), 'boundaries.zip')
  const dataset = joinWards(table, boundaries)
  t.equal(table.rows, 60)
  t.equal(new Set(table.keys.lga).size, 4)
  t.strictSame([dataset.unmatched, dataset.unusedFeatures, dataset.findings, boundaries.findings], [[], [], [], []])
  const result = analyse(dataset)
  t.equal(result.imputations.length, 6)
  t.ok(result.imputations.every(({ how }) => how.startsWith('spatial_neighbor_mean(')))
  t.strictSame(
    ['High', 'Medium', 'Low'].map((tier) => result.wards.filter((ward) => ward.tier === tier).length),
    [20, 20, 20],
  )
})
