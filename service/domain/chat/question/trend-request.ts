import type { Outline } from '../outline.ts'
import type { Reading } from './reading.ts'
import { ask, call } from './replies.ts'
import type { Meaning } from './replies.ts'

const WORSE = /\b(?:worsen|worsened|worsening|(?:got|get|gotten|getting|become|became|becoming) worse|deteriorated)\b/
const BETTER = /\b(?:improved|improving|(?:got|get|gotten|getting|become|became|becoming) better)\b/
const REPORTS = /\b(?:missing reports?|reports? (?:is|are|were) missing|did not report|reporting completeness)\b/
const PLACES = /\b(?:which|where|wards?|list|show|how many|what)\b/
const TREND = '_trend'
const MOST_WARDS = 50

/**
 * Which wards worsened or improved over the years, and which reports are missing. Both are of test positivity that was
 * measured with its years; without it, the reply says what must be measured first.
 */
export function overTime(reading: Reading, { dataset }: Outline): Meaning | null {
  if (dataset === null || !PLACES.test(reading.plain)) return null
  const isWorse = WORSE.test(reading.plain)
  const isBetter = BETTER.test(reading.plain)
  const isOfReports = REPORTS.test(reading.plain)
  if (Number(isWorse) + Number(isBetter) + Number(isOfReports) !== 1) return null
  const names = new Set(dataset.columns.map(({ name }) => name))
  const trends = [...names].filter((name) => name.endsWith(TREND) && names.has(`${name}_low`))
  const said = trends.find((name) => reading.mentions.some(({ columns }) => columns.includes(baseOf(name))))
  const trend = said ?? trends[0]
  if (trend === undefined)
    return ask(
      'That needs reports of several years: upload a facility table, and measure test positivity by year. Until then ' +
        'I can show it as it is.',
      ['Describe my data'],
    )
  if (isOfReports) return call({ tool: 'draw_chart', input: { kind: 'reports', column: baseOf(trend) } })
  const bound = isWorse ? `${trend}_low` : `${trend}_high`
  return call({
    tool: 'query_wards',
    input: {
      where: [{ column: bound, op: isWorse ? '>' : '<', value: 0 }],
      select: ['ward', trend, `${trend}_low`, `${trend}_high`],
      orderBy: [{ by: trend, direction: isWorse ? 'descending' : 'ascending' }],
      limit: MOST_WARDS,
    },
  })
}

/** The measurement that a trend is of. */
function baseOf(trend: string): string {
  return trend.slice(0, -TREND.length)
}
