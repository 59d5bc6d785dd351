import { escaped } from '../../../map/svg-map.ts'
import { lockerWords } from '../../lock-words.ts'
import type { ReportInput } from '../report-input.ts'
import { shortened, shownCount, shownDay, shownNames, shownPercent } from '../shown.ts'

type Fact = readonly [what: string, value: string]

/** What was decided, for where, when, and from which data. */
export function* decisionFacts(input: ReportInput): Generator<string> {
  const facts = [...sourceFacts(input), ...(input.plan === null ? tierFacts(input) : planFacts(input.plan))]
  yield '<dl>'
  for (const [what, value] of facts) yield `<dt>${escaped(what)}</dt><dd>${escaped(value)}</dd>`
  yield '</dl>'
}

function sourceFacts({ result, plan, area }: ReportInput): readonly Fact[] {
  const files = Object.values(result.inputs).flatMap((input) => input?.filename ?? [])
  const lgas = area.lgas.length === 0 ? '' : ` in ${shownCount(area.lgas.length)} LGAs`
  const name = plan?.name ?? null
  const lockedAt = plan?.lockedAt ?? null
  return [
    ['Area', `${shownCount(result.wards.length)} wards${lgas}`],
    ['Date', shownDay(result.createdAt)],
    ['Data', `version ${String(result.datasetVersion)}${files.length === 0 ? '' : ` (${shownNames(files, 60)})`}`],
    ...(name === null ? [] : [['Plan', shortened(name, 60)] as const]),
    ...(lockedAt === null
      ? []
      : [['Locked', `${shownDay(lockedAt)}${lockerWords({ ...plan, lockedBy: shortName(plan?.lockedBy) })}`] as const]),
  ]
}

/** Only the name is shortened: where it comes from stands behind it. */
function shortName(name: string | null | undefined): string | null {
  return name === null || name === undefined ? null : shortened(name, 60)
}

function planFacts({ totals, wards, excluded }: NonNullable<ReportInput['plan']>): readonly Fact[] {
  const withNets = wards.filter(({ allocated }) => allocated > 0).length
  const full = wards.filter(({ allocated, need }) => allocated > 0 && allocated >= need).length
  return [
    ['Stock', `${shownCount(totals.stock)} nets`],
    [
      'Allocated',
      `${shownCount(totals.allocated)} nets; ${shownCount(totals.reserve)} held back, ` +
        `${shownCount(totals.remaining)} remaining`,
    ],
    [
      'Wards in',
      `${shownCount(withNets)} get nets: ${shownCount(full)} all they need, ${shownCount(withNets - full)} a part`,
    ],
    [
      'Wards out',
      `${shownCount(wards.length - withNets)} not reached by the stock, ` +
        `${shownCount(excluded.length)} left out by a rule`,
    ],
    [
      'People',
      `${shownCount(totals.covered)} of ${shownCount(totals.population)} covered ` +
        `(${shownPercent(totals.coveragePercent / 100)})`,
    ],
    ...(totals.cost === null ? [] : [['Cost', shownCount(totals.cost)] as const]),
  ]
}

function tierFacts({ result }: ReportInput): readonly Fact[] {
  const count = (tier: string): string => shownCount(result.wards.filter((ward) => ward.tier === tier).length)
  return [['Tiers', `${count('High')} High, ${count('Medium')} Medium, ${count('Low')} Low`]]
}
