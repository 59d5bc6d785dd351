import { lgaRollup } from '../../../plan/lga-rollup.ts'
import { table, type Cell } from '../../html-parts.ts'
import type { ReportInput } from '../report-input.ts'
import { shortened, shownCount, shownPercent } from '../shown.ts'

/** So many LGAs stand on the first page. The last row sums up the others. */
const MOST_ROWS = 9

interface LgaSums {
  readonly label: string
  readonly wards: number
  readonly high: number
  readonly nets: number
  readonly people: number
  readonly covered: number
}

/** The LGAs with the most nets, or without a plan those most at risk. */
export function* lgaPlan({ result, plan }: ReportInput): Generator<string> {
  const all = lgaRollup(result, plan).map((row): LgaSums => ({
    label: row.lga ?? 'not known',
    wards: row.wards,
    high: row.tiers.High,
    nets: row.netsAllocated ?? 0,
    people: row.population ?? 0,
    covered: row.covered ?? 0,
  }))
  const rows = plan === null ? all : all.toSorted((one, other) => other.nets - one.nets)
  const others = rows.slice(MOST_ROWS)
  const shown = others.length === 0 ? rows : [...rows.slice(0, MOST_ROWS), sumOf(others)]
  yield `<h2>${plan === null ? 'LGAs' : 'Plan by LGA'}</h2>`
  yield* table(
    ['LGA', 'wards', 'High', ...(plan === null ? [] : ['nets', 'people', 'covered'])],
    shown,
    ({ label, wards, high, nets, people, covered }): readonly Cell[] => [
      shortened(label, 24),
      wards,
      high,
      ...(plan === null
        ? []
        : [shownCount(nets), shownCount(people), shownPercent(people === 0 ? 0 : covered / people)]),
    ],
  )
}

function sumOf(rows: readonly LgaSums[]): LgaSums {
  const sum = (of: Exclude<keyof LgaSums, 'label'>): number => rows.reduce((total, row) => total + row[of], 0)
  return {
    label: `${shownCount(rows.length)} others`,
    wards: sum('wards'),
    high: sum('high'),
    nets: sum('nets'),
    people: sum('people'),
    covered: sum('covered'),
  }
}
