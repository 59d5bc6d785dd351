import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { readRows } from '../support/read-rows.ts'

const CASES = join(import.meta.dirname, '../../../shared/data/field-cases')

interface Base {
  readonly wards: readonly string[]
  readonly lgas: readonly string[]
  readonly columns: Readonly<Record<string, readonly number[]>>
}

/** What each case has to be read as: the true value of each of its columns, by the column's name in the file. */
const EXPECTED: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  '08-semicolon-decimal-comma': {
    Population: 'Population',
    Pluviométrie: 'rainfall',
    TPR: 'tpr_u5',
    Qualité: 'housing_quality',
  },
  '09-utf16-unicode-text': { Population: 'Population', rainfall: 'rainfall', tpr_u5: 'tpr_u5' },
  '10-thousands-and-percent': { Population: 'Population', UrbanPercent: 'UrbanPercent', tpr_u5: 'tpr_u5' },
  '11-missing-marks': { Population: 'Population', rainfall: 'rainfall', water_distance: 'water_distance' },
  '13-hxl-tag-row': { population: 'Population', rainfall: 'rainfall', tpr_u5: 'tpr_u5' },
  '16-cover-sheet-first': { Population: 'Population', rainfall: 'rainfall' },
  '18-merged-lga-cells': { rainfall: 'rainfall', tpr_u5: 'tpr_u5', housing_quality: 'housing_quality' },
  '19-formulas-without-values': { rainfall: 'rainfall', tpr: 'tpr_u5' },
  '21-xls': { Population: 'Population', rainfall: 'rainfall', housing_quality: 'housing_quality' },
  '22-date-cell-among-numbers': { rainfall: 'rainfall' },
  '23-blank-first-row-and-column': { Population: 'Population', rainfall: 'rainfall' },
  '70-xlsx-strict': { Population: 'Population', water_distance: 'water_distance' },
} as const

const where = existsSync(CASES) ? {} : { skip: 'the field cases are not beside the repository' }

async function readCase(name: string): ReturnType<typeof readRows> {
  const file = readdirSync(join(CASES, name)).find((entry) => /^wards\.(?:csv|txt|xlsx?)$/.test(entry)) ?? ''
  return readRows(readFileSync(join(CASES, name, file)), file)
}

t.test('field cases are read to their true cells, without a question', where, async (t) => {
  const { base } = JSON.parse(readFileSync(join(CASES, 'must.json'), 'utf8')) as { base: Base }
  for (const [name, columns] of Object.entries(EXPECTED)) {
    const { header, rows, questions } = await readCase(name)
    t.strictSame(questions, [], name)
    t.equal(rows.length, base.wards.length, name)
    for (const [shown, truth] of Object.entries(columns)) {
      const place = header.indexOf(shown)
      const read = rows.map((row) => row[place] ?? 'no cell')
      const expected = base.columns[truth] ?? []
      t.ok(
        read.some((cell) => cell !== ''),
        `${name} ${shown} has values`,
      )
      read.forEach((cell, row) => {
        if (cell !== '') t.equal(Number(cell), expected[row], `${name} ${shown} row ${String(row)}`)
      })
    }
    const lga = header.findIndex((column) => /^lga$/i.test(column))
    if (lga !== -1)
      t.strictSame(
        rows.map((row) => row[lga]),
        base.lgas,
        name,
      )
  }
})

t.test('what the field cases lack is missing, and what nobody can know is asked', where, async (t) => {
  const gaps = await readCase('11-missing-marks')
  t.equal(gaps.rows.flat().filter((cell) => cell === '').length, 4)
  const formulas = await readCase('19-formulas-without-values')
  t.equal(formulas.rows.flat().filter((cell) => cell === '').length, 6)
  t.ok((await readCase('22-date-cell-among-numbers')).rows.flat().includes('2023-05-22'))
  t.strictSame(
    (await readCase('08c-dot-thousands')).questions.map(({ id }) => id),
    ['thousands-or-decimal:Population', 'thousands-or-decimal:water_distance'],
  )
  const { header } = await readCase('17-title-and-merged-header')
  t.strictSame(
    header.slice(2),
    ['Confirmed cases', 'Test positivity'].flatMap((group) =>
      ['Jan', 'Feb', 'Mar'].map((month) => `${group} ${month} 2023`),
    ),
  )
})
