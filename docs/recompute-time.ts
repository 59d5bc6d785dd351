/** What figures over time are recomputed from: parts of analysis_results.json. */
export interface TimedResults {
  readonly positivity: readonly TimedPositivity[]
}
interface TimedPositivity {
  readonly column: string
  readonly choices?: { readonly method?: string; readonly time?: { readonly seasonMonths?: readonly number[] } }
  readonly time?: { readonly periods: readonly string[]; readonly years: readonly number[] }
  readonly wards: readonly TimedWard[]
}
interface TimedWard {
  readonly ward: string | null
  readonly facilities?: number
  readonly time?: {
    readonly years: readonly Figures[]
    readonly seasons: readonly Figures[]
    readonly trend: { readonly slope: number; readonly low: number | null; readonly high: number | null } | null
    readonly reports: readonly number[]
    readonly tested: readonly number[]
    readonly positive: readonly number[]
  }
  readonly incidence?: {
    readonly people: number
    readonly years: readonly Incidence[]
    readonly seasons: readonly Incidence[]
  }
}
interface Figures {
  readonly year: number
  readonly tested: number
  readonly positive: number
  readonly tpr: number | null
  readonly low: number | null
  readonly high: number | null
  readonly reports: number
  readonly expected: number
}
interface Incidence {
  readonly year: number
  readonly perThousand: number
  readonly low: number
  readonly high: number
}
type Row = Readonly<Record<string, string>>
type Check = (what: string, found: unknown, worked: unknown) => void
type Season = readonly { readonly year: number; readonly value: number }[]

const Z = 1.959963984540054

/** Recomputes positivity by year and season, incidence and trend, and checks their columns in rankings.csv. */
export function recomputeTime({ positivity }: TimedResults, rankings: readonly Row[], check: Check): void {
  const csv = new Map(rankings.map((row) => [row['ward_name'] ?? '', row]))
  for (const measured of positivity)
    for (const ward of measured.wards)
      if (ward.ward !== null && ward.time !== undefined) checkWard(measured, ward, csv.get(ward.ward), check)
}

function checkWard(measured: TimedPositivity, ward: TimedWard, row: Row | undefined, check: Check): void {
  const { column, time, choices } = measured
  const [periods, own] = [time?.periods ?? [], ward.time]
  if (own === undefined) return
  const months = choices?.time?.seasonMonths ?? []
  const seasonOf = (period: string): number | null => {
    const [year, month] = period.split('-').map(Number)
    if (year === undefined || month === undefined || !months.includes(month)) return null
    return month < (months[0] ?? 1) ? year - 1 : year
  }
  const inCsv = (name: string): number | null => {
    const cell = row?.[name] ?? ''
    return cell === '' ? null : Number(cell)
  }
  for (const [infix, all, rates, yearOf] of [
    ['', own.years, ward.incidence?.years, (period: string) => Number(period.slice(0, 4))],
    ['_season', own.seasons, ward.incidence?.seasons, seasonOf],
  ] as const) {
    for (const figures of all) {
      const name = `${column}${infix}_${String(figures.year)}`
      const what = `${name} of ${ward.ward ?? ''}`
      const tpr = figures.tested === 0 ? null : (100 * figures.positive) / figures.tested
      const inYear = periods.flatMap((period, at) => (yearOf(period) === figures.year ? [at] : []))
      check(what, figures.tpr, tpr)
      check(`${what} in rankings.csv`, inCsv(name), tpr)
      const [low, high] = wilsonRoots(figures.positive, figures.tested)
      check(`lower bound of ${what}`, figures.low, low)
      check(`upper bound of ${what}`, figures.high, high)
      check(
        `reports for ${what}`,
        figures.reports,
        inYear.reduce((sum, at) => sum + (own.reports[at] ?? 0), 0),
      )
      check(`expected reports for ${what}`, figures.expected, (ward.facilities ?? NaN) * inYear.length)
      const rate = rates?.find(({ year }) => year === figures.year)
      if (rate === undefined) continue
      const people = ward.incidence?.people ?? NaN
      check(`incidence of ${what}`, rate.perThousand, (1000 * figures.positive) / people)
      check(`incidence of ${what} in rankings.csv`, inCsv(`${name} (per 1000 people)`), rate.perThousand)
      check(`lower bound of the incidence of ${what}`, rate.low, (1000 * byar(figures.positive, -Z)) / people)
      check(`upper bound of the incidence of ${what}`, rate.high, (1000 * byar(figures.positive + 1, Z)) / people)
    }
  }
  const seasons = new Map<string, Season>()
  periods.forEach((period, at) => {
    const tested = own.tested[at] ?? 0
    if (tested === 0 || (months.length > 0 && seasonOf(period) === null)) return
    const part = period.slice(5)
    const value = (100 * (own.positive[at] ?? NaN)) / tested
    seasons.set(part, [...(seasons.get(part) ?? []), { year: Number(period.slice(0, 4)), value }])
  })
  const trend = trendOf([...seasons.values()])
  const what = `trend of ${column} of ${ward.ward ?? ''}`
  check(what, own.trend?.slope ?? null, trend?.slope ?? null)
  check(`lower bound of the ${what}`, own.trend?.low ?? null, trend?.low ?? null)
  check(`upper bound of the ${what}`, own.trend?.high ?? null, trend?.high ?? null)
  check(`${what} in rankings.csv`, inCsv(`${column}_trend`), trend?.slope ?? null)
}

/** Wilson's bounds in percent: the shares p with (positive / tested − p)² = z² p (1 − p) / tested. */
function wilsonRoots(positive: number, tested: number): readonly [number | null, number | null] {
  if (tested === 0) return [null, null]
  const share = positive / tested
  const [a, b, c] = [1 + Z ** 2 / tested, -(2 * share + Z ** 2 / tested), share ** 2]
  const root = Math.sqrt(Math.max(0, b * b - 4 * a * c))
  return [(100 * Math.max(0, -b - root)) / (2 * a), (100 * (-b + root)) / (2 * a)]
}

/** Byar's bound of a number of events. */
function byar(events: number, z: number): number {
  return events === 0 ? 0 : events * (1 - 1 / (9 * events) + z / (3 * Math.sqrt(events))) ** 3
}

/** The median of all slopes within a season, and the k-th least and greatest, with at most 2.5 % below and above. */
function trendOf(seasons: readonly Season[]): { slope: number; low: number | null; high: number | null } | null {
  const slopes = seasons
    .flatMap((season) =>
      season.flatMap((one) =>
        season.flatMap((other) => (one.year < other.year ? [(other.value - one.value) / (other.year - one.year)] : [])),
      ),
    )
    .sort((one, other) => one - other)
  if (slopes.length === 0) return null
  const middle = [slopes[Math.floor((slopes.length - 1) / 2)] ?? NaN, slopes[Math.floor(slopes.length / 2)] ?? NaN]
  // How likely each number of falling pairs is, if all orders are: sums of independent uniform numbers, one a value.
  let likely = [1]
  for (const { length } of seasons)
    for (let earlier = 1; earlier < length; earlier += 1) {
      const wider: number[] = Array.from({ length: likely.length + earlier }, () => 0)
      likely.forEach((chance, falls) => {
        for (let more = 0; more <= earlier; more += 1)
          wider[falls + more] = (wider[falls + more] ?? 0) + chance / (earlier + 1)
      })
      likely = wider
    }
  let [k, below] = [0, likely[0] ?? 1]
  while (below <= 0.025 && k < Math.floor(likely.length / 2)) {
    k += 1
    below += likely[k] ?? 1
  }
  return {
    slope: ((middle[0] ?? NaN) + (middle[1] ?? NaN)) / 2,
    low: k === 0 ? null : (slopes[k - 1] ?? null),
    high: k === 0 ? null : (slopes[slopes.length - k] ?? null),
  }
}
