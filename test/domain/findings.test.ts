import t from 'tap'
import { describeDataset } from '../../service/domain/dataset/describe-dataset.ts'
import { joinPositivity } from '../../service/domain/dataset/join-positivity.ts'
import { joinWards } from '../../service/domain/dataset/join-wards.ts'
import { packDataset, unpackDataset } from '../../service/domain/dataset/pack-dataset.ts'
import { readBoundaries } from '../../service/domain/files/boundary/read-boundaries.ts'
import { readPositivity } from '../../service/domain/files/read-positivity.ts'
import { readWards } from '../../service/domain/files/read-wards.ts'
import { planBasis } from '../../service/domain/plan/plan-basis.ts'
import { analyse } from '../../service/domain/ranking/analyse.ts'
import { say, textOf } from '../../service/domain/said.ts'
import { makeFinding } from '../../service/domain/files/finding.ts'
import { makeMessyData } from '../support/messy-data.ts'

const { wards, boundaries, facilities } = makeMessyData()
const measured = await readPositivity([{ bytes: facilities, filename: 'facilities.csv', choices: {} }], {
  facilityLevel: 'all',
  age: 'u5',
  method: 'rdt',
})
const table = joinPositivity(
  await readWards(wards, 'wards.csv', { answers: { 'duplicate-differs:name:Kofar Kudu': 'apart' } }),
  measured,
)
const dataset = joinWards(table, await readBoundaries(boundaries, 'boundaries.zip'))

t.test('what a finding says by kind and values is its text, also after it was stored', async (t) => {
  const { findings } = describeDataset(unpackDataset(packDataset(dataset))).quality
  t.strictSame(findings, describeDataset(dataset).quality.findings)
  const kinds = new Set(findings.map(({ said }) => said.kind))
  t.ok(kinds.size > 12, `${String(kinds.size)} kinds`)
  for (const { detail, said } of findings) {
    t.equal(textOf(said), detail)
    t.notMatch(detail, /[{}]/, 'every value is filled in')
  }
})

t.test('examples that are texts of their own are said by kind and values, too', async (t) => {
  const at = (line: number) => say('row-named', { name: 'Doka', line })
  const found = makeFinding('row-dropped', say('rows-empty', {}), { count: 3, examples: [at(2), 'Gawo', at(9)] })
  t.strictSame(found.examples, ['Doka (line 2)', 'Gawo', 'Doka (line 9)'])
  t.strictSame(found.examplesSaid, [at(2), 'Gawo', at(9)])
  const named = makeFinding('row-dropped', say('rows-empty', {}), { count: 1, examples: ['Gawo'] })
  t.strictSame(Object.keys(named), ['kind', 'detail', 'said', 'count', 'examples'], 'names are not listed twice')
})

t.test('the reason why a column is no indicator is a text of its own in the finding', async (t) => {
  const rows = Array.from({ length: 12 }, (_, at) => `Ward${String(at)},${String(at + 1)},${String(at * at)},n/k,"1,5"`)
  const { columns, findings } = await readWards(
    Buffer.from(['WardName,S/N,rain,remark,share x', ...rows, 'Last,13,7,n/k,much'].join('\n')),
    'wards.csv',
  )
  const refused = findings.filter(({ kind }) => kind === 'column-refused')
  t.strictSame(
    refused.map(({ said }) => said),
    [
      { kind: 'no-indicator', values: { column: '"remark"', why: { kind: 'holds-text', values: {} } } },
      {
        kind: 'no-indicator',
        values: {
          column: '"share x"',
          why: { kind: 'cells-no-numbers', values: { count: 1, line: 14, cell: '"much"' } },
        },
      },
      { kind: 'no-indicator', values: { column: '"S/N"', why: { kind: 'is-row-number', values: {} } } },
    ],
  )
  t.equal(
    refused[1]?.detail,
    '"share x" is not an indicator: 1 of its cells are not numbers, the first at line 14: "much".',
  )
  const [share] = columns.filter(({ name }) => name === 'share x')
  t.equal(share?.reason, '1 of its cells are not numbers, the first at line 14: "much"')
})

t.test('a plan keeps findings by their English text alone', async (t) => {
  const rows = ['A,100,5,1', 'B,200,7,4', 'C,-3,6,2', 'D,300,9,9']
  const alone = joinWards(
    await readWards(Buffer.from(['WardName,population,rain,distance', ...rows].join('\n')), 'wards.csv'),
    null,
  )
  const basis = planBasis(alone, analyse(alone, { indicators: ['rain', 'distance'] }))
  t.strictSame(basis.columnFindings, [
    {
      kind: 'values-removed',
      detail: '-3 in "population" was taken as a missing value: nobody counts fewer than no people.',
      count: 1,
      examples: ['C (line 4)'],
      columns: ['population'],
    },
  ])
})
