import t from 'tap'
import { joinWards } from '../../service/domain/dataset/join-wards.ts'
import { Fault } from '../../service/domain/fault.ts'
import { readWards } from '../../service/domain/files/read-wards.ts'
import type { WardTable } from '../../service/domain/files/ward-table.ts'
import { planBasis } from '../../service/domain/plan/plan-basis.ts'
import { planNets } from '../../service/domain/plan/plan-nets.ts'
import { analyse } from '../../service/domain/ranking/analyse.ts'
import fc from '../support/properties.ts'
import { dialects, round, tables, type Made } from '../support/drawn-tables.ts'
import { PLAIN, writeWards, type Dialect, type WrittenRow } from '../support/written-wards.ts'

/** `PROPERTY_RUNS=10000` tries as many files as a release should. */
const RUNS = Number(process.env['PROPERTY_RUNS'] ?? 200)

/** The wards with their values, in an order that does not depend on the file's; a gap is null. */
function trueWards({ rows }: Made): string[] {
  return rows.map(({ lga, name, values }) => JSON.stringify([lga, name.toUpperCase(), ...values])).sort()
}

function readBack(table: WardTable, { measures }: Made, header: number): string[] {
  const columns = measures.map(
    ({ names }) => table.columns.find(({ name }) => name === names[header === 4 ? 1 : 0])?.numbers,
  )
  return table.keys.wardName
    .map((name, row) =>
      JSON.stringify([table.keys.lga?.[row], name.toUpperCase(), ...columns.map((numbers) => numbers?.[row] ?? null)]),
    )
    .sort()
}

/**
 * The wards with their ranks and tiers by the table's indicators, and with their nets of a stock for half of the people
 * at most. Null if the plan needs an answer first.
 */
function decision(table: WardTable, { measures, rows }: Made, header: number): string[] | null {
  const named = measures.flatMap(({ names, direction }) =>
    direction === null ? [] : [[names[header === 4 ? 1 : 0] ?? '', direction] as const],
  )
  const dataset = joinWards(table, null)
  const result = analyse(dataset, { indicators: named.map(([name]) => name), directions: Object.fromEntries(named) })
  const ranks = result.wards.map(({ wardName, lga, rank, tier }) =>
    JSON.stringify([rank, lga, wardName.toUpperCase(), tier]),
  )
  const people = rows.reduce((sum, { values: [population] }) => sum + (population ?? 0), 0)
  try {
    const plan = planNets(planBasis(dataset, result), { totalNets: Math.ceil(people / 3.6), urbanThreshold: 50 })
    const nets = plan.wards.map(({ wardName, lga, allocationTier, need, allocated }) =>
      JSON.stringify([lga, wardName.toUpperCase(), allocationTier, need, allocated]),
    )
    return [...ranks, ...nets].sort()
  } catch (error) {
    if (error instanceof Fault && error.kind === 'unsettled') return null
    throw error
  }
}

/**
 * Reads the rows as `dialect` writes them. Null if they are asked about or refused, else what differs from the truth.
 */
async function differs(truth: Made, rows: readonly WrittenRow[], dialect: Dialect): Promise<null | string[]> {
  const { filename, bytes } = writeWards(truth.measures, rows, dialect)
  const table = await readWards(bytes, filename).catch((error: unknown) => {
    if (error instanceof Fault && error.errors.length > 0) return null
    throw error
  })
  if (table === null || table.questions.length > 0) return null
  const wanted = trueWards(truth)
  const wrong = readBack(table, truth, dialect.header).filter((ward) => !wanted.includes(ward))
  if (wrong.length > 0 || table.rows !== truth.rows.length) return [...wrong, `${String(table.rows)} rows`]
  const plain = writeWards(truth.measures, truth.rows, { ...PLAIN, hasState: dialect.hasState })
  const clean = decision(await readWards(plain.bytes, plain.filename), truth, 0)
  const found = decision(table, truth, dialect.header)
  if (found === null) return null
  return clean === null ? ['the clean file is asked about'] : found.filter((ward) => !clean.includes(ward))
}

t.test('a clean file is read to its ranking and plan in any dialect, container, encoding and header', async (t) => {
  let asked = 0
  await fc.assert(
    fc.asyncProperty(tables, dialects, async (truth, dialect) => {
      const wrong = await differs(truth, truth.rows, dialect)
      // Thousands that could be decimals are asked about.
      if (wrong === null && (dialect.thousands === '' || dialect.container !== 'text')) asked += 1
      if (wrong !== null && wrong.length > 0) throw new Error(wrong.join('\n'))
    }),
    { numRuns: RUNS },
  )
  t.ok(asked <= RUNS / 50, `${String(asked)} of ${String(RUNS)} clean files were asked about`)
})

/** What an area row says of its wards: the sum or the mean of each column, rounded as the column is. */
function areaValues({ measures }: Made, rows: readonly WrittenRow[], how: 'sum' | 'mean'): (number | null)[] {
  return measures.map(({ decimals }, column) => {
    const values = rows.flatMap(({ values: cells }) => cells[column] ?? [])
    const sum = values.reduce((total, value) => total + value, 0)
    return values.length === 0 ? null : round(how === 'sum' ? sum : sum / values.length, decimals)
  })
}

const changes = fc.record({
  order: fc.option(fc.nat()),
  areas: fc.option(
    fc.record({
      how: fc.constantFrom('sum', 'mean'),
      name: fc.constantFrom('own', 'own total', 'Total', 'Sous-total', 'Average', 'Ensemble'),
      place: fc.constantFrom('before', 'after'),
      isAll: fc.boolean(),
      keepsLga: fc.boolean(),
    }),
  ),
  repeats: fc.option(fc.record({ row: fc.nat(), isCapitals: fc.boolean(), lacksCode: fc.boolean() })),
  mark: fc.option(fc.constantFrom(-9999, -999, -99, 99999, 999999, -3.4028234663852886e38, 1e20, -32768)),
})

type Changes = typeof changes extends fc.Arbitrary<infer Value> ? Value : never

function changed(truth: Made, { order, areas, repeats, mark }: Changes): readonly WrittenRow[] {
  const isMarked = truth.rows.some(({ values }) => values.includes(null)) && mark !== null
  let rows = truth.rows.map((row) => ({
    ...row,
    values: row.values.map((value) => (isMarked ? (value ?? mark) : value)),
  }))
  if (repeats !== null) {
    const one = rows[repeats.row % rows.length]!
    const name = repeats.isCapitals ? one.name.toUpperCase() : one.name
    rows = [...rows, { ...one, name, code: repeats.lacksCode ? '' : one.code }]
  }
  if (areas !== null) {
    const all = { key: '', lga: '', state: '', members: truth.rows }
    const blocks = areas.isAll
      ? [all]
      : [...Map.groupBy(truth.rows, ({ lga, state }) => `${lga} ${state}`)].map(([key, members]) => ({
          key,
          lga: members[0]?.lga ?? '',
          state: members[0]?.state ?? '',
          members,
        }))
    rows = blocks.flatMap(({ key, lga, state, members }) => {
      const own = rows.filter((row) => key === '' || `${row.lga} ${row.state}` === key)
      const called = lga === '' ? 'Kwara' : lga
      const names = { own: called, 'own total': `${called} Total`, 'Sous-total': `Sous-total ${called}` } as const
      const area: WrittenRow = {
        code: '',
        name:
          areas.name === 'own' || areas.name === 'own total' || areas.name === 'Sous-total'
            ? names[areas.name]
            : areas.name,
        lga: areas.keepsLga ? lga : '',
        state: areas.keepsLga ? state : '',
        values: areaValues(truth, members, areas.how),
      }
      return areas.place === 'before' ? [area, ...own] : [...own, area]
    }) as typeof rows
  }
  if (order === null) return rows
  return rows
    .map((row, place) => ({ row, key: (Math.imul(place + 1, 2 * order + 1) * 2_654_435_761) % 1_000_003 }))
    .sort((one, other) => one.key - other.key)
    .map(({ row }) => row)
}

t.test(
  'area rows, repeats, marks for missing values and any order never change a ranking or plan in silence',
  async (t) => {
    let asked = 0
    await fc.assert(
      fc.asyncProperty(tables, dialects, changes, async (truth, dialect, change) => {
        const wrong = await differs(truth, changed(truth, change), dialect)
        if (wrong === null) asked += 1
        if (wrong !== null && wrong.length > 0) throw new Error(wrong.join('\n'))
      }),
      { numRuns: RUNS },
    )
    t.ok(asked < RUNS, `${String(asked)} of ${String(RUNS)} were asked about or refused`)
  },
)
