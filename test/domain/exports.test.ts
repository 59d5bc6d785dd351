import t from 'tap'
import { parse } from 'csv-parse/sync'
import { analyse } from '../../service/domain/ranking/analyse.ts'
import type { AnalysisResult } from '../../service/domain/ranking/analysis-result.ts'
import { csvCell } from '../../service/domain/exports/csv-cell.ts'
import { exportRankings } from '../../service/domain/exports/export-rankings.ts'
import { Fault } from '../../service/domain/fault.ts'
import { joinWards } from '../../service/domain/dataset/join-wards.ts'
import { mapShapes } from '../../service/domain/map/map-shapes.ts'
import { packDataset, unpackDataset } from '../../service/domain/dataset/pack-dataset.ts'
import { readBoundaries } from '../../service/domain/files/boundary/read-boundaries.ts'
import { packBoundaries, packWards, unpackBoundaries, unpackWards } from '../../service/domain/dataset/pack-files.ts'
import { readWards } from '../../service/domain/files/read-wards.ts'
import { wardPage } from '../../service/domain/ranking/ward-page.ts'
import type { WardQuery } from '../../service/domain/ranking/ward-page.ts'
import { makeSample } from '../../service/sample/make-sample.ts'
import { makeLargeDataset } from '../support/large-dataset.ts'
import { NOT_DRAWN } from '../support/stated-certainty.ts'

/** Ranked by the last columns of the header, all but the keys. */
async function resultOf(csv: string): Promise<AnalysisResult> {
  const [header = []] = parse(csv, { to: 1 })
  const indicators = header.filter((name) => !['WardCode', 'WardName', 'LGA'].includes(name))
  return analyse(joinWards(await readWards(Buffer.from(csv), 'w.csv'), null), { indicators })
}

function refusal(query: WardQuery, result: AnalysisResult): Fault {
  try {
    wardPage(result, query)
  } catch (error) {
    if (error instanceof Fault) return error
    throw error
  }
  throw new Error('accepted')
}

t.test('csvCell() neutralises what a spreadsheet would run, and leaves plain numbers alone', async (t) => {
  for (const text of ['=1+1', '+A1', '-2+3', '@SUM(A1)', '\t=1', '\r=1', '＝1', '＋1', '－1', '＠x', ' =1', '-'])
    t.match(csvCell(text).replace(/^"/, ''), /^'/, JSON.stringify(text))
  for (const text of ['-5', '+1.5', '-1e-7', 'Tudun', '1/2', 'a=b']) t.equal(csvCell(text), text)
  t.equal(csvCell(-5), '-5')
  t.equal(csvCell(NaN), '')
  t.equal(csvCell('a "b", c'), '"a ""b"", c"')
})

t.test('exportRankings() writes one row per ward with score, robustness, values and imputation marks', async (t) => {
  const result = await resultOf(
    'WardCode,WardName,LGA,rain,"=cmd|x"\nK1,=HYPERLINK(1),Dala,0,1\nK2,"B, b",Dala,10,NA\nK3,C,Gwale,5,3\n',
  )
  const [header, ...rows] = parse([...exportRankings({ ...result, datasetVersion: 'v7' }, NOT_DRAWN)].join(''))
  t.strictSame(header, [
    'rank',
    'tier',
    'score',
    'ward_code',
    'ward_name',
    'lga',
    'top_third_share',
    'median_model_rank',
    'pca_score',
    'pca_rank',
    'rank_low',
    'rank_high',
    'chance_high',
    'verdict',
    'draws',
    'seed',
    'rain',
    'rain (normalised)',
    'rain (imputed)',
    "'=cmd|x",
    "'=cmd|x (normalised)",
    "'=cmd|x (imputed)",
    'caveats_of_all_rows',
    'dataset_version',
  ])
  t.strictSame(
    rows.map((row) => [row[0], row[3], row[4], row[21], row[23]]),
    [
      ['1', 'K2', 'B, b', 'global_mean_fallback', 'v7'],
      ['1', 'K3', 'C', '', 'v7'],
      ['3', 'K1', "'=HYPERLINK(1)", '', 'v7'],
    ],
  )
  t.equal(parse([...exportRankings(result, NOT_DRAWN)].join(''))[0]?.length, 23)
  t.ok(result.caveats.length > rows.length, 'the last row has what the others have no room for')
  t.strictSame(
    rows.map((row) => row[22]),
    [...result.caveats.slice(0, 2), [...result.caveats.slice(2), ...NOT_DRAWN.caveats].join(' ')],
  )
})

t.test('wardPage() shows every ward once, in the requested order', async (t) => {
  const result = await resultOf(
    [
      'WardName,LGA,a,b',
      ...Array.from({ length: 25 }, (_, row) => `W${row},${row % 2 === 0 ? 'Dala' : 'Gwale'},${row % 5},${row % 3}`),
    ].join('\n'),
  )
  for (const query of [
    {},
    { sort: '-score' },
    { sort: 'wardName', lga: 'Dala' },
    { sort: 'medianRank', tier: 'Low' },
  ]) {
    const seen: string[] = []
    let page = wardPage(result, { ...query, limit: 4 })
    for (;;) {
      seen.push(...page.wards.map(({ wardName }) => wardName))
      if (page.nextCursor === undefined) break
      page = wardPage(result, { ...query, limit: 4, cursor: page.nextCursor })
    }
    t.strictSame(
      seen,
      wardPage(result, { ...query, limit: 1000 }).wards.map(({ wardName }) => wardName),
    )
    t.equal(new Set(seen).size, seen.length)
  }
  t.strictSame(Object.keys(wardPage(result, { limit: 1 }).wards[0] ?? {}), [
    'wardCode',
    'wardName',
    'lga',
    'line',
    'score',
    'rank',
    'tier',
    'pcaScore',
    'pcaRank',
    'robustness',
  ])
  t.strictSame(wardPage(result, { lga: 'nowhere' }), { wards: [], caveats: result.caveats })
})

t.test('wardPage() refuses an unknown query, and a cursor of another query', async (t) => {
  const result = await resultOf('WardName,a,b\nA,1,2\nB,2,3\nC,4,1\n')
  const cursor = wardPage(result, { limit: 1 }).nextCursor ?? ''
  t.equal(wardPage(result, { limit: 1, cursor }).wards.length, 1)
  t.strictSame(
    refusal({ sort: 'constructor', tier: 'high', limit: 0 }, result).errors.map(({ pointer }) => pointer),
    ['/sort', '/tier', '/limit'],
  )
  for (const bad of [
    { cursor, sort: 'score' },
    { cursor: '' },
    { cursor: 'x'.repeat(100_000) },
    { cursor: `${cursor}=` },
    { cursor: Buffer.from('[-1,"","",""]').toString('base64url') },
  ])
    t.match(refusal(bad, result).errors, [{ pointer: '/cursor' }])
})

t.test('mapShapes() keeps ward labels, shared borders and five decimals, and stays small', async (t) => {
  const { csv, shapefile } = makeLargeDataset({ wards: 2_000, columns: 6 })
  const dataset = joinWards(await readWards(csv, 'w.csv'), await readBoundaries(shapefile, 'b.zip'))
  const shapes = mapShapes(dataset)
  t.equal(shapes.features.length, 2_000)
  t.strictSame(shapes.features[7]?.properties, { wardCode: 'NG000007', wardName: 'Ward 7', matched: true })
  for (const { geometry } of shapes.features.slice(0, 50))
    for (const place of geometry.coordinates.flat(2))
      for (const degrees of place) t.equal(Math.round(degrees * 1e5) / 1e5, degrees)
  t.ok(JSON.stringify(shapes).length < 4_000_000)
  const alone = joinWards(dataset.table, null)
  t.throws(() => mapShapes(alone), {
    kind: 'no-data',
    message: 'There is no map: no boundaries were uploaded',
  })
})

t.test('unpackDataset() gives back what packDataset() took, and the same analysis', async (t) => {
  const sample = makeSample()
  const dataset = joinWards(
    await readWards(sample.wards, 'wards.csv'),
    await readBoundaries(sample.boundaries, 'boundaries.zip'),
  )
  const packed = packDataset(dataset)
  const unpacked = unpackDataset(Buffer.concat([Buffer.from('x'), packed]).subarray(1))
  t.strictSame(unpacked, dataset)
  t.strictSame(analyse(unpacked, { mode: 'legacy' }), analyse(dataset, { mode: 'legacy' }))
  t.strictSame(unpackDataset(packDataset(joinWards(dataset.table, null))).boundaries, null)
})

t.test('a ward table and boundaries come back as they were packed, and nothing else is taken for one', async (t) => {
  const sample = makeSample()
  const table = await readWards(sample.wards, 'wards.csv')
  const boundaries = await readBoundaries(sample.boundaries, 'boundaries.zip')
  const [wards, shapes] = [packWards(table), packBoundaries(boundaries)]
  t.strictSame(unpackWards(wards), table)
  t.strictSame(unpackBoundaries(shapes), boundaries)
  for (const bytes of [new Uint8Array(), wards.subarray(0, -8), shapes, packDataset(joinWards(table, null))])
    t.throws(() => unpackWards(bytes))
  for (const bytes of [new Uint8Array(), shapes.subarray(0, -8), wards]) t.throws(() => unpackBoundaries(bytes))
  t.throws(() => unpackWards(packWards({ ...table, rows: table.rows + 1 })), /contradicts itself/)
  t.throws(
    () => unpackBoundaries(packBoundaries({ ...boundaries, ringEnds: boundaries.ringEnds.slice(1) })),
    /contradict themselves/,
  )
})

t.test('unpackDataset() refuses bytes that are cut off or were written by something else', async (t) => {
  const sample = makeSample()
  const packed = packDataset(joinWards(await readWards(sample.wards, 'wards.csv'), null))
  for (const bytes of [
    new Uint8Array(),
    Buffer.from('hello'),
    packed.subarray(0, 100),
    packed.subarray(0, -8),
    Buffer.concat([Buffer.from('X'), packed.subarray(1)]),
  ])
    t.throws(() => unpackDataset(bytes))
  const text = Buffer.from(packed).toString('latin1')
  t.throws(() => unpackDataset(Buffer.from(text.replace('"rows":60', '"rows":61'), 'latin1')), /contradicts itself/)
})
