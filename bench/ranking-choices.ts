import { readPositivity } from '../service/domain/files/read-positivity.ts'
import { randomStream } from '../service/domain/random.ts'
import { compareSeen } from '../service/domain/ranking/compare-seen.ts'

/**
 * What a comparison with what was seen costs, and what figures over time add to measuring test positivity, in CPU of
 * this process for 9,500 wards; and how often the bounds of a rank correlation hold the true one.
 * Usage: node bench/ranking-choices.ts
 */
const WARDS = 9_500
const YEARS = [2021, 2022, 2023] as const
const MONTHS = Array.from({ length: 12 }, (_, month) => String(month + 1).padStart(2, '0'))

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}

async function secondsOf(run: () => unknown): Promise<string> {
  const before = process.cpuUsage()
  await run()
  const { user, system } = process.cpuUsage(before)
  return `${((user + system) / 1e6).toFixed(2)} s of CPU`
}

/** Wards whose score and figure are normal with r = 0.6. */
function drawnWards(count: number, seed: number): { score: number; tier: 'High' | 'Medium'; seen: number }[] {
  const random = randomStream(seed, count)
  return Array.from({ length: count }, (_, at) => {
    const score = random.normal()
    return { score, tier: at % 3 === 0 ? 'High' : 'Medium', seen: 0.6 * score + 0.8 * random.normal() }
  })
}

/** A facility a ward, and a report a month. */
function facilityTable(): Uint8Array {
  const random = randomStream(1, 1)
  const rows = Array.from({ length: WARDS }, (_, ward) =>
    YEARS.flatMap((year) =>
      MONTHS.map((month) => {
        const tested = 20 + Math.floor(random.uniform() * 80)
        const positive = Math.floor(random.uniform() * tested)
        return `LGA ${String(Math.floor(ward / 12))},Ward ${String(ward)},F,${String(year)}-${month},${String(tested)},${String(positive)}`
      }),
    ),
  ).flat()
  return Buffer.from(['LGA,WardName,HealthFacility,periodname,RDT tested <5yrs,RDT positive <5yrs', ...rows].join('\n'))
}

const wards = drawnWards(WARDS, 1)
say(`comparison with what was seen: ${await secondsOf(() => compareSeen('seen', wards, ({ seen }) => seen))}`)

const bytes = facilityTable()
for (const time of [undefined, {}] as const) {
  let size = 0
  const cost = await secondsOf(async () => {
    const measured = await readPositivity([{ bytes, filename: 'facilities.csv', choices: {} }], {
      facilityLevel: 'all',
      age: 'u5',
      method: 'rdt',
      ...(time !== undefined && { time }),
    })
    size = Buffer.byteLength(JSON.stringify(measured))
  })
  say(`positivity ${time === undefined ? 'alone' : 'over time'}: ${cost}, ${(size / 1e6).toFixed(1)} MB of JSON`)
}

const truth = (6 / Math.PI) * Math.asin(0.3)
const trials = 1_000
let held = 0
for (let trial = 0; trial < trials; trial += 1) {
  const { spearman } = compareSeen('seen', drawnWards(80, trial), ({ seen }) => seen)
  if ((spearman.low ?? NaN) <= truth && truth <= (spearman.high ?? NaN)) held += 1
}
say(`95 % bounds of 80 wards hold the true rank correlation in ${((100 * held) / trials).toFixed(1)} % of trials`)
