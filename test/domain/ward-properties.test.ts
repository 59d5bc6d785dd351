import t from 'tap'
import fc from '../support/properties.ts'
import { readWards } from '../../service/domain/files/read-wards.ts'
import type { WardTable } from '../../service/domain/files/ward-table.ts'

/** `PROPERTY_RUNS=10000` tries as many files of each kind as a release should. */
const RUNS = Number(process.env['PROPERTY_RUNS'] ?? 300)

/** A column of the files that are tried: its name, and how many decimals its values have. */
const COLUMNS = [
  { name: 'Population', decimals: 0, least: 2_000, width: 38_000 },
  { name: 'rainfall', decimals: 1, least: 500, width: 1_000 },
  { name: 'tpr_u5', decimals: 1, least: 3, width: 70 },
  { name: 'housing_quality', decimals: 3, least: 0.05, width: 0.9 },
] as const
type Values = readonly (number | null)[]

interface Row {
  readonly code: string
  readonly name: string
  readonly lga: string
  readonly state: string
  readonly values: Values
}

/** Which key columns a file has. */
interface Layout {
  readonly hasCode: boolean
  readonly hasState: boolean
}

function round(value: number, decimals: number): number {
  return Math.round(value * 10 ** decimals) / 10 ** decimals
}

/** Writes a file as a spreadsheet would; the product has no part in it. */
function fileOf(rows: readonly Row[], { hasCode, hasState }: Layout): Buffer {
  const header = [...(hasCode ? ['WardCode'] : []), 'WardName', 'LGA', ...(hasState ? ['State'] : [])]
  const lines = rows.map(({ code, name, lga, state, values }) =>
    [
      ...(hasCode ? [code] : []),
      name,
      lga,
      ...(hasState ? [state] : []),
      ...values.map((value, index) => (value === null ? '' : value.toFixed(decimalsOf(value, index)))),
    ].join(','),
  )
  return Buffer.from([[...header, ...COLUMNS.map(({ name }) => name)].join(','), ...lines].join('\n'))
}

function decimalsOf(value: number, index: number): number {
  return Number.isInteger(value) ? 0 : (COLUMNS[index]?.decimals ?? 0)
}

/** The wards of a table with their values, in an order that does not depend on the file's. */
function wardsOf(table: WardTable): string[] {
  const { wardName, lga, state } = table.keys
  const numbers = COLUMNS.map(({ name }) => table.columns.find((column) => column.name === name)?.numbers)
  return wardName
    .map((name, row) =>
      JSON.stringify([state?.[row] ?? '', lga?.[row], name, ...numbers.map((values) => values?.[row] ?? null)]),
    )
    .sort()
}

function trueWards(rows: readonly Row[], { hasState }: Layout): string[] {
  return rows
    .map(({ name, lga, state, values }) =>
      JSON.stringify([hasState ? state : '', lga, name, ...values.map((value) => value ?? NaN)]),
    )
    .sort()
}

const layouts = fc.record({ hasCode: fc.boolean(), hasState: fc.boolean() })

function named(index: number): string {
  return `Unguwa ${String.fromCharCode(65 + (index % 26))}${index >= 26 ? 'b' : ''}`
}

/** Numbers from 0 to 1, all as likely: generators of numbers prefer small ones, which measures do not. */
const shares = fc.nat().map((number) => (Math.imul(number + 1, 2_654_435_761) >>> 0) / 2 ** 32)
/**
 * 4 to 30 wards in up to 5 LGAs and 2 states. Two LGAs of different states can have one name.
 */
const tables = fc
  .array(
    fc.record({
      lga: fc.nat(4),
      values: fc.tuple(
        ...COLUMNS.map(({ decimals, least, width }) =>
          fc.option(
            shares.map((share) => round(least + share * width, decimals)),
            { freq: 20 },
          ),
        ),
      ),
    }),
    { minLength: 4, maxLength: 30 },
  )
  .map((rows) =>
    rows.map(({ lga, values }, index): Row => ({
      code: `NG${String(1001 + index)}`,
      name: named(index),
      lga: `Area ${String.fromCharCode(80 + (lga % 3))}`,
      state: lga < 3 ? 'Kwara' : 'Tudun Yamma',
      values,
    })),
  )

/** The same with wards of the same names in both states, also in LGAs of one name. */
const twins = tables.map((rows) =>
  rows.map((row, at) => ({ ...row, name: named(rows.slice(0, at).filter(({ state }) => state === row.state).length) })),
)
/** Whether no two wards have the same keys in a file of this layout. */
function areApart(rows: readonly Row[], { hasCode, hasState }: Layout): boolean {
  const keys = rows.map(({ name, lga, state }) => [name, lga, hasState ? state : ''].join())
  return hasCode || new Set(keys).size === rows.length
}

async function holds(rows: readonly Row[], changed: readonly Row[], layout: Layout): Promise<boolean> {
  const table = await readWards(fileOf(changed, layout), 'wards.csv')
  if (table.questions.length > 0) return true
  const [found, wanted] = [wardsOf(table), trueWards(rows, layout)]
  return JSON.stringify(found) === JSON.stringify(wanted)
}

t.test('readWards() reads a clean table as it is in any order of its rows, and hardly ever asks', async (t) => {
  let asked = 0
  await fc.assert(
    fc.asyncProperty(fc.oneof(tables, twins), layouts, fc.infiniteStream(fc.nat()), async (rows, layout, order) => {
      fc.pre(areApart(rows, layout))
      const shuffled = rows
        .map((row) => ({ row, key: order.next().value as number }))
        .sort((one, other) => one.key - other.key)
        .map(({ row }) => row)
      const table = await readWards(fileOf(shuffled, layout), 'wards.csv')
      if (table.questions.length > 0) asked += 1
      return JSON.stringify(wardsOf(table)) === JSON.stringify(trueWards(rows, layout))
    }),
    { numRuns: RUNS },
  )
  // A ward can be the sum of others by accident.
  t.ok(asked <= RUNS / 100, `${String(asked)} of ${String(RUNS)} clean files were asked about`)
})

/** What an area row says of a column: the sum or the mean of what its wards say, rounded as the column is. */
function aggregated(rows: readonly Row[], index: number, how: 'sum' | 'mean'): number | null {
  const values = rows.flatMap(({ values: cells }) => cells[index] ?? [])
  if (values.length === 0) return null
  const sum = values.reduce((total, value) => total + value, 0)
  return round(how === 'sum' ? sum : sum / values.length, COLUMNS[index]?.decimals ?? 0)
}

/** A row with fewer sums says too little to be known for what it is. */
const FEWEST_SUMS = 3

/** In how many columns an area has the sum of so many different values: that of one value is that value. */
function sumsIn(members: readonly Row[], values = 2): number {
  return COLUMNS.filter((_, index) => new Set(members.flatMap((row) => row.values[index] ?? [])).size >= values).length
}

t.test('readWards() never takes the sum or mean of an LGA or of all wards for a ward, wherever it stands', async () => {
  const areas = fc.record({
    isAll: fc.boolean(),
    member: fc.nat(),
    how: fc.constantFrom('sum', 'mean', 'both'),
    name: fc.constantFrom('own', 'Total', 'Ensemble', 'Moyenne', 'own LGA', 'Zone 4'),
    hasCode: fc.boolean(),
    at: fc.nat(),
  })
  await fc.assert(
    fc.asyncProperty(tables, layouts, areas, async (rows, layout, { isAll, member, how, name, hasCode, at }) => {
      const one = rows[member % rows.length]!
      const isOf = (row: Row): boolean =>
        isAll || (row.lga === one.lga && (!layout.hasState || row.state === one.state))
      const members = rows.filter(isOf)
      fc.pre(members.length >= 2)
      const area: Row = {
        code: hasCode ? 'NG9999' : '',
        name: name === 'own' ? (isAll ? 'Kwara' : one.lga) : name === 'own LGA' ? `${one.lga} LGA` : name,
        lga: isAll ? '' : one.lga,
        state: isAll ? '' : one.state,
        values: COLUMNS.map((_, index) =>
          aggregated(members, index, how === 'both' ? (index === 0 ? 'sum' : 'mean') : how),
        ),
      }
      fc.pre(sumsIn(members) >= FEWEST_SUMS)
      const place = at % (rows.length + 1)
      return holds(rows, [...rows.slice(0, place), area, ...rows.slice(place)], layout)
    }),
    { numRuns: RUNS },
  )
})

t.test('readWards() never ranks sums or means of LGAs, states and the country that stand in one table', async () => {
  const levels = fc.record({
    how: fc.constantFrom('sum', 'mean', 'both'),
    lgas: fc.constantFrom('own', 'own LGA', 'own Total', 'none'),
    states: fc.constantFrom('own', 'own State', 'own Total', 'none'),
    all: fc.constantFrom('Nigeria', 'National', 'Total', 'none'),
    isAbove: fc.boolean(),
  })
  await fc.assert(
    fc.asyncProperty(twins, layouts, levels, async (rows, layout, { how, lgas, states, all, isAbove }) => {
      fc.pre([lgas, states, all].some((level) => level !== 'none'))
      // Without states, two LGAs of one name are one, and no row sums up that.
      const statesOf = Map.groupBy(rows, ({ lga }) => lga)
      fc.pre(
        layout.hasState ||
          [...statesOf.values()].every(([first, ...more]) => more.every(({ state }) => state === first?.state)),
      )
      const areaOf = (members: readonly Row[], called: string, lga: string, state: string): Row => ({
        code: '',
        name: called.replace('own', lga === '' ? state : lga),
        lga,
        state,
        values: COLUMNS.map((_, index) =>
          aggregated(members, index, how === 'both' ? (index === 0 ? 'sum' : 'mean') : how),
        ),
      })
      const around = (members: readonly Row[], area: Row | null, inner: readonly Row[]): readonly Row[] => {
        if (area === null || sumsIn(members) < FEWEST_SUMS) return inner
        return isAbove ? [area, ...inner] : [...inner, area]
      }
      const blocks = [...Map.groupBy(rows, ({ state }) => state)].flatMap(([state, ofState]) =>
        around(
          ofState,
          states === 'none' ? null : areaOf(ofState, states, '', state),
          [...Map.groupBy(ofState, ({ lga }) => lga)].flatMap(([lga, ofLga]) =>
            around(ofLga, lgas === 'none' ? null : areaOf(ofLga, lgas, lga, state), ofLga),
          ),
        ),
      )
      return holds(rows, around(rows, all === 'none' ? null : areaOf(rows, all, '', ''), blocks), layout)
    }),
    { numRuns: RUNS },
  )
})

t.test(
  'readWards() never counts a ward twice: rows that repeat are one, and rows that differ are asked about',
  async () => {
    const changes = fc.record({
      row: fc.nat(),
      at: fc.nat(),
      spelling: fc.constantFrom('same', 'capitals', 'spaces'),
      column: fc.option(fc.nat(3)),
    })
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(tables, twins),
        layouts,
        changes,
        async (rows, layout, { row, at, spelling, column }) => {
          fc.pre(areApart(rows, layout))
          const one = rows[row % rows.length]!
          const name =
            spelling === 'capitals'
              ? one.name.toUpperCase()
              : spelling === 'spaces'
                ? one.name.replace(' ', '  ')
                : one.name
          const values = one.values.map((value, index) => (index === column ? round((value ?? 7) + 1, 0) : value))
          const place = (row % rows.length) + 1 + (at % (rows.length - (row % rows.length)))
          return holds(rows, [...rows.slice(0, place), { ...one, name, values }, ...rows.slice(place)], layout)
        },
      ),
      { numRuns: RUNS },
    )
  },
)

t.test('readWards() never takes a mark for a missing value for a measurement', async () => {
  const marks = fc.constantFrom(-9999, -999, -99999, -99, -9, 99999, 999999, -3.4028234663852886e38, 1e20, -32768)
  await fc.assert(
    fc.asyncProperty(
      tables,
      layouts,
      fc.array(fc.tuple(fc.nat(), fc.nat(3)), { minLength: 1, maxLength: 4 }),
      marks,
      async (rows, layout, cells, mark) => {
        const blanked = rows.map(({ values, ...row }, index) => ({
          ...row,
          values: values.map((value, column) =>
            cells.some(([at, of]) => at % rows.length === index && of === column) ? null : value,
          ),
        }))
        const marked = blanked.map(({ values, ...row }, index) => ({
          ...row,
          values: values.map((value, column) =>
            cells.some(([at, of]) => at % rows.length === index && of === column) ? mark : value,
          ),
        }))
        fc.pre(COLUMNS.every((_, column) => blanked.filter(({ values }) => values[column] !== null).length >= 2))
        return holds(blanked, marked, layout)
      },
    ),
    { numRuns: RUNS },
  )
})

t.test('readWards() makes one row a ward of a table of months, or asks', async () => {
  await fc.assert(
    fc.asyncProperty(tables, layouts, fc.integer({ min: 2, max: 4 }), async (rows, layout, months) => {
      const long = Array.from({ length: months }, (_, month) =>
        fileOf(
          rows.map((row) => ({
            ...row,
            values: row.values.map((value, index) =>
              value === null ? null : round(value + month, COLUMNS[index]?.decimals ?? 0),
            ),
          })),
          layout,
        )
          .toString()
          .split('\n')
          .map((line, index) => (index === 0 ? `periodname,${line}` : `20230${String(month + 1)},${line}`)),
      )
      const file = [long[0]?.[0], ...long.flatMap(([, ...lines]) => lines)].join('\n')
      const asked = await readWards(Buffer.from(file), 'wards.csv')
      const question = asked.questions.find(({ kind }) => kind === 'period-of-rows')
      if (question === undefined) return false
      const answers = { [question.id]: '202301' }
      const settled = await readWards(Buffer.from(file), 'wards.csv', { answers })
      return JSON.stringify(wardsOf(settled)) === JSON.stringify(trueWards(rows, layout))
    }),
    { numRuns: RUNS },
  )
})
