import t from 'tap'
import { analyse } from '../../service/domain/ranking/analyse.ts'
import { isBroken } from '../../service/domain/files/broken-text.ts'
import { dataQuality } from '../../service/domain/dataset/data-quality.ts'
import { joinWards } from '../../service/domain/dataset/join-wards.ts'
import { LineRanges } from '../../service/domain/files/line-ranges.ts'
import { outliersOf } from '../../service/domain/dataset/outliers.ts'
import { readWards } from '../../service/domain/files/read-wards.ts'

t.test(
  'the data-quality report shows missing, constant and outlying values of each candidate, and changes none',
  async (t) => {
    const rows = Array.from(
      { length: 12 },
      (_, row) => `W${String(row)},${String(row === 3 ? 9_731 : 10 + row)},${row < 2 ? 'NA' : '7'},text`,
    )
    const dataset = joinWards(
      await readWards(Buffer.from(['WardName,rain,flat,note', ...rows].join('\n')), 'w.csv'),
      null,
    )
    const quality = dataQuality(dataset)
    t.match(quality, {
      wards: 12,
      boundaries: null,
      sourceCrs: null,
      candidates: 2,
      missingCells: 2,
      missingShare: 2 / 24,
    })
    t.strictSame(
      quality.columns.map(({ name, missing, min, max, constant }) => [name, missing, min, max, constant]),
      [
        ['rain', 0, 10, 9_731, false],
        ['flat', 2, 7, 7, true],
      ],
    )
    t.match(quality.columns[0]?.outliers, { count: 1, wards: [{ ward: 'W3', value: 9_731 }] })
    t.strictSame(
      quality.columns[1]?.outliers,
      { low: null, high: null, count: 0, wards: [] },
      'equal quartiles draw no fence',
    )
    const result = analyse(dataset, { indicators: ['rain', 'flat'] })
    t.strictSame(result.quality, quality, 'it is in the analysis')
    t.equal(
      result.wards.find(({ wardName }) => wardName === 'W3')?.indicators[0]?.raw,
      9_731,
      'an outlier is ranked as it is',
    )
  },
)

t.test('outliersOf() draws Tukey’s outer fences, checked by hand', async (t) => {
  // Quartiles 3 and 7 of 1 to 9, range 4: fences 3 - 12 and 7 + 12.
  const values = Float64Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9, NaN)
  const labels = Array.from('abcdefghij')
  t.strictSame(outliersOf(values, labels), { low: -9, high: 19, count: 0, wards: [] })
  values[8] = 19
  t.equal(outliersOf(values, labels).count, 0, 'a value on the fence is within')
  values[8] = 20
  t.strictSame(outliersOf(values, labels).wards, [{ ward: 'i', value: 20 }])
  t.equal(outliersOf(Float64Array.of(1, 2, 3, 1e9), ['a', 'b', 'c', 'd']).low, null, 'four values have no fences')
})

t.test(
  'every row that is left out is named by its line, and every column without a header by its position',
  async (t) => {
    const csv = ['WardName,,a,', 'A,1,2,', ',,,', ',,,', 'B,1,3,', ',1,9,', 'C,,4,'].join('\n')
    const { findings } = await readWards(Buffer.from(csv), 'w.csv')
    t.match(
      findings.filter(({ kind }) => kind === 'row-dropped'),
      [
        { count: 2, examples: ['lines 3 to 4'] },
        { count: 1, examples: ['line 6'] },
      ],
    )
    t.match(
      findings.find(({ kind }) => kind === 'column-dropped'),
      { count: 1, examples: ['column 2'] },
    )
    const ranges = new LineRanges()
    for (let line = 1; line < 10_000; line += 2) ranges.add(line)
    t.equal(ranges.count, 5_000)
    t.equal(ranges.names().length, 200)
  },
)

t.test('names that another program read in the wrong encoding are kept and reported', async (t) => {
  for (const text of ['NÃ©', 'Kano\uFFFD', 'â‰¥5yrs', 'Ã\u0089']) t.ok(isBroken(text), text)
  for (const text of ['Né', '≥5yrs', 'Ãma', 'Kano', 'Âge']) t.notOk(isBroken(text), text)
  const { findings, labels } = await readWards(Buffer.from('WardName,rain\nNÃ©ma,1\nKuka,2\n'), 'w.csv')
  t.match(findings, [{ kind: 'text-broken', count: 1, examples: ['NÃ©ma'] }])
  t.equal(labels[0], 'NÃ©ma')
})
