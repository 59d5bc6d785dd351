import t, { type Test } from 'tap'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { analyse } from '../../service/domain/ranking/analyse.ts'
import type { AnalysisOptions } from '../../service/domain/ranking/analysis-result.ts'
import type { Dataset } from '../../service/domain/dataset/dataset.ts'
import { describeDataset } from '../../service/domain/dataset/describe-dataset.ts'
import { exportAnalysis } from '../../service/domain/exports/export-analysis.ts'
import { exportMap } from '../../service/domain/exports/export-map.ts'
import { exportPlan } from '../../service/domain/exports/export-plan.ts'
import { exportRankings } from '../../service/domain/exports/export-rankings.ts'
import { joinPositivity } from '../../service/domain/dataset/join-positivity.ts'
import { joinWards } from '../../service/domain/dataset/join-wards.ts'
import { planBasis } from '../../service/domain/plan/plan-basis.ts'
import { planNets } from '../../service/domain/plan/plan-nets.ts'
import { positivityWards } from '../../service/domain/dataset/positivity-wards.ts'
import { readBoundaries } from '../../service/domain/files/boundary/read-boundaries.ts'
import { readPositivity } from '../../service/domain/files/read-positivity.ts'
import { readWards } from '../../service/domain/files/read-wards.ts'
import { settleMatches } from '../../service/domain/dataset/settle-matches.ts'
import { makeSample } from '../../service/sample/make-sample.ts'
import { makeMessyData } from '../support/messy-data.ts'
import { stateCertainty } from '../support/stated-certainty.ts'

const STAMP = {
  analysisId: 'golden',
  createdAt: '2024-01-01T00:00:00.000Z',
  datasetVersion: 1,
  inputs: { wards: null, boundaries: null, facilities: null },
} as const

/**
 * Compares files with those in test/golden/{name}, byte for byte. After an intended change, run
 * `UPDATE_GOLDEN=1 npm test -- test/domain/golden.test.ts`, and read the difference before you commit it.
 */
function holdTo(t: Test, name: string, files: Readonly<Record<string, string>>): void {
  const folder = new URL(`../golden/${name}/`, import.meta.url)
  for (const [file, text] of Object.entries(files)) {
    const path = new URL(file, folder)
    if (process.env['UPDATE_GOLDEN'] === '1') {
      mkdirSync(folder, { recursive: true })
      writeFileSync(path, text)
    }
    t.equal(text, readFileSync(path, 'utf8'), `${name}/${file}`)
  }
}

function filesOf(dataset: Dataset, options: AnalysisOptions, totalNets: number): Record<string, string> {
  const result = { ...STAMP, ...analyse(dataset, options) }
  const text = (value: unknown): string => `${JSON.stringify(value, null, 1)}\n`
  const basis = planBasis(dataset, result)
  const plan = totalNets === 0 ? null : { id: 'golden', ...planNets(basis, { totalNets }) }
  const ofRanking = stateCertainty(result)
  const ofPlan = plan === null ? ofRanking : stateCertainty(result, { basis, options: { totalNets } })
  return {
    'dataset.json': text(describeDataset(dataset)),
    'analysis_results.json': text(JSON.parse([...exportAnalysis(result, ofPlan, plan?.id ?? null)].join(''))),
    'rankings.csv': [...exportRankings(result, ofRanking)].join(''),
    ...(plan !== null && {
      'itn_plan.csv': [...exportPlan({ ...plan, datasetVersion: 1 }, ofPlan)].join(''),
      'map.geojson': [...exportMap(dataset, result, plan, ofPlan)].join(''),
    }),
  }
}

t.test('the bundled sample gives the golden files', async (t) => {
  const { wards, boundaries } = makeSample()
  holdTo(
    t,
    'sample',
    filesOf(
      joinWards(
        await readWards(wards, 'wards.csv', { answers: { 'duplicate-differs:name:Kofar Kudu': 'apart' } }),
        await readBoundaries(boundaries, 'boundaries.zip'),
      ),
      {},
      20_000,
    ),
  )
})

t.test(
  'messy files give the golden files: near names are suggested; only equal normal forms are joined, and listed',
  async (t) => {
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
    const found = describeDataset(dataset)
    t.strictSame(
      found.unmatched.map(({ name, reason, suggestions }) => [
        name,
        reason,
        suggestions.map(({ boundary }) => boundary),
      ]),
      [
        ['Gidan Kukab', 'no such boundary', ['Gidan Kuka']],
        ['Fadam c', 'no such boundary', ['Fadama C']],
        ['zaituni', 'no such boundary', ['Zaitun']],
        ['Bakin-Ruwa', 'a boundary of this name with other signs', ['Bakin Ruwa']],
        ['Kofar Kudu (line 7)', 'several boundaries of this name', ['Kofar Kudu', 'Kofar Kudu']],
        ['Kofar Kudu (line 8)', 'several boundaries of this name', ['Kofar Kudu', 'Kofar Kudu']],
        ['Rijiyar/Lemo', 'a boundary of this name with other signs', ['Rijiyar Lemo']],
        ['NÃ©ma', 'no such boundary', []],
      ],
    )
    t.strictSame(
      found.quality.spelledDifferently.map(({ ward, boundary, joinedBy }) => [ward, boundary, joinedBy]),
      [
        ['Tudun Wada 2', 'Tudun Wada II', 'name-form'],
        ['kn Sabon Gari Ward', 'Sabon Gari', 'name-form'],
        ['Kasuwa (Old Town)', 'Kasuwa', 'name-form'],
      ],
    )
    t.match(
      new Set(found.quality.findings.map(({ kind }) => kind)),
      new Set([
        'column-dropped',
        'column-renamed',
        'row-dropped',
        'duplicate-ward',
        'missing-values',
        'text-broken',
        'crs-assumed',
        'encoding-assumed',
        'spelling-differs',
        'ward-unmatched',
        'boundary-unmatched',
        'join-skipped',
        'default-used',
      ]),
    )
    t.match(
      found.quality.columns.find(({ name }) => name === 'flat'),
      { constant: true },
    )
    t.match(found.quality.columns.find(({ name }) => name === 'rain')?.outliers, {
      count: 1,
      wards: [{ ward: 'Marke', value: 98_000 }],
    })
    t.match(measured.refused, [{ facility: 'Clinic 13', reason: /positive of/ }])
    holdTo(t, 'messy', {
      ...filesOf(dataset, { indicators: ['rain', 'distance_to_water', 'housing_quality', 'tpr_u5_rdt'] }, 30_000),
      'positivity.json': `${JSON.stringify(measured, null, 1)}\n`,
    })

    const settled = settleMatches(dataset, {
      accept: [
        { ward: 'Gidan Kukab', boundary: 'Gidan Kuka' },
        { ward: 'Kofar Kudu (line 7)', boundary: 'Kofar Kudu (MG006)' },
      ],
      refuse: [
        { ward: 'zaituni', boundary: 'Zaitun' },
        { ward: 'Kasuwa (Old Town)', boundary: 'Kasuwa' },
      ],
    })
    const joined = joinWards(table, await readBoundaries(boundaries, 'boundaries.zip'), settled)
    holdTo(t, 'messy-settled', { 'dataset.json': `${JSON.stringify(describeDataset(joined), null, 1)}\n` })
  },
)

t.test('a facility table alone gives the golden ranking', async (t) => {
  const { boundaries, facilities } = makeMessyData()
  const measured = await Promise.all(
    (['u5', 'o5'] as const).map((age) =>
      readPositivity([{ bytes: facilities, filename: 'facilities.csv', choices: {} }], {
        facilityLevel: 'all',
        age,
        method: 'rdt',
      }),
    ),
  )
  holdTo(
    t,
    'facilities-alone',
    filesOf(
      joinWards(
        measured.reduce(joinPositivity, positivityWards(measured)),
        await readBoundaries(boundaries, 'boundaries.zip'),
      ),
      {},
      0,
    ),
  )
})
