import { quoted } from '../quoted.ts'
import { say } from '../said.ts'
import type { JoinedPositivity, JoinedWard } from '../files/positivity.ts'
import { toldBy } from '../query/query-words.ts'
import type { WardView } from '../query/ward-view.ts'
import { figureText, type ChartAnswer } from './chart-answer.ts'
import type { ChartOptions } from './chart-options.ts'
import { drawnWards, notDrawn } from './drawn-wards.ts'
import { FILL, RIGHT, rowLabels, TOP, WIDTH, wholeChart } from './plot.ts'
import { element, rounded, type SvgElement } from './svg-element.ts'

const ROW = 18
const GRID = '#999999'
/** The room for the names of the years, above the cells. */
const HEADER = 20
/** The room for the legend, below them. */
const LEGEND = 40
/** Narrower cells could not be told apart. */
const MOST_PERIODS = 120
const USUAL_WARDS = 40

/** The reports of one ward: how many of its facilities reported, by period. */
interface WardReports {
  readonly ward: string
  readonly facilities: number
  readonly reports: readonly number[]
  /** Reports that are there and reports that were expected. */
  readonly present: number
  readonly expected: number
}

/**
 * Draws which reports are there, a row for each ward and a cell for each period: full where all of its facilities
 * reported, lower where some did, crossed out where none did. The wards that lack most come first.
 */
export function drawReports(view: WardView, options: Extract<ChartOptions, { kind: 'reports' }>): ChartAnswer {
  const { column } = options
  const measured = view.positivity.find((one) => one.column === column)
  const { rows, told, which, rowsWithoutValue, notes } = drawnWards(view, options.where, (reader) => {
    if (measured?.time === undefined) reader.refuse('/column', say('no-measured-years', { column: quoted(column) }))
    return { column: reader.numbers(column, '/column', say('a-picture-of-reports', {})) }
  })
  const periods = measured?.time?.periods ?? []
  const shown = periods.slice(-MOST_PERIODS)
  const labels = new Set(Array.from(rows, (row) => view.labels[row] ?? ''))
  const all = reportsOf(measured, labels, shown.length)
  const drawn = all.slice(0, options.limit ?? USUAL_WARDS)
  const unit = measured?.time?.unit ?? ''
  const words = `This draws which reports of ${toldBy(view)(column)} are there, by ${unit}, of ${which}.`
  const [present, expected] = [sum(all, (ward) => ward.present), sum(all, (ward) => ward.expected)]
  const silent = all.filter((ward) => ward.present === 0).length
  return {
    words,
    figures: [
      `${figureText(present)} of ${figureText(expected)} expected reports are there (${percent(present, expected)}).`,
      ...drawn.slice(0, 5).map((ward) => `${ward.ward}: ${percent(ward.present, ward.expected)}.`),
      ...(silent === 0 ? [] : [`${figureText(silent)} wards have no report.`]),
    ],
    svg: pictureOf(drawn, shown, `Reports by ward and ${unit}: ${told(column)}`, words),
    table: {
      columns: [
        { name: 'ward', type: 'text' },
        { name: 'facilities', type: 'number' },
        ...shown.map((name) => ({ name, type: 'number' as const })),
      ],
      rows: drawn.map(({ ward, facilities, reports }) => [ward, facilities, ...reports]),
    },
    rowsUsed: rows.length,
    rowsWithoutValue,
    notes: [
      ...notDrawn(rows.length - all.length, column),
      ...(drawn.length < all.length
        ? [`These are ${String(drawn.length)} of ${String(all.length)} wards: those that lack most reports.`]
        : []),
      ...(shown.length < periods.length
        ? [`These are the last ${String(shown.length)} of ${String(periods.length)} periods.`]
        : []),
      'A facility is expected to report for every period of the table, also before it opened.',
      ...notes,
    ],
  }
}

/** The same picture of all wards of a measurement, as a part of a page; null if its reports have no years. */
export function drawMeasuredReports(measured: JoinedPositivity): string | null {
  if (measured.time === undefined) return null
  const periods = measured.time.periods.slice(-MOST_PERIODS)
  const labels = new Set(measured.wards.flatMap(({ ward }) => ward ?? []))
  const drawn = reportsOf(measured, labels, periods.length).slice(0, USUAL_WARDS)
  const words = `Which reports are there, by ${measured.time.unit}: the ${String(drawn.length)} wards that lack most.`
  return pictureOf(drawn, periods, `Reports by ward and ${measured.time.unit}: ${measured.column}`, words)
}

/** The measured ones of these wards, those that lack most first. */
function reportsOf(
  measured: JoinedPositivity | undefined,
  labels: ReadonlySet<string>,
  periods: number,
): WardReports[] {
  return (measured?.wards ?? [])
    .flatMap(({ ward, facilities, time }: JoinedWard): WardReports[] => {
      if (ward === null || time === undefined || !labels.has(ward)) return []
      const reports = time.reports.slice(-periods)
      return [
        {
          ward,
          facilities,
          reports,
          present: reports.reduce((total, count) => total + count, 0),
          expected: facilities * periods,
        },
      ]
    })
    .sort(
      (one, other) => one.present / one.expected - other.present / other.expected || (one.ward < other.ward ? -1 : 1),
    )
}

function pictureOf(
  wards: readonly WardReports[],
  periods: readonly string[],
  heading: string,
  description: string,
): string {
  const middleOf = (row: number): number => TOP + HEADER + ROW * (row + 0.5)
  const { labels, left } = rowLabels(
    wards.map(({ ward }) => ward),
    middleOf,
  )
  const width = (WIDTH - RIGHT - left) / Math.max(1, periods.length)
  const bottom = TOP + HEADER + ROW * wards.length
  const xOf = (period: number): number => left + width * period
  return wholeChart({ height: bottom + LEGEND, heading, description }, [
    ...yearMarks(periods, xOf, bottom),
    labels,
    ...wards.flatMap(({ facilities, reports }, row) =>
      reports.flatMap((count, period) =>
        cell(xOf(period), middleOf(row) - ROW / 2 + 1, Math.max(1, width - 1), count / facilities),
      ),
    ),
    ...legend(left, bottom + 14),
  ])
}

/** A line and the name at the beginning of each year. */
function yearMarks(periods: readonly string[], xOf: (period: number) => number, bottom: number): SvgElement[] {
  return periods.flatMap((period, at) => {
    const year = period.slice(0, 4)
    if (periods[at - 1]?.slice(0, 4) === year) return []
    const x = xOf(at)
    return [
      element('line', { x1: x, x2: x, y1: TOP, y2: bottom, stroke: GRID, 'stroke-width': 1 }),
      element('text', { x: x + 3, y: TOP + 12, 'font-size': 11 }, year),
    ]
  })
}

/** Filled from below by the share of reports that are there; a cross where there is none. */
function cell(x: number, y: number, width: number, share: number): SvgElement[] {
  const height = ROW - 2
  const frame = element('rect', { x, y, width, height, fill: '#ffffff', stroke: GRID })
  if (share > 0) {
    const filled = height * Math.min(1, share)
    return [frame, element('rect', { x, y: y + height - filled, width, height: filled, fill: FILL })]
  }
  const [right, low] = [rounded(x + width), rounded(y + height)]
  const d = `M${rounded(x)} ${rounded(y)}L${right} ${low}M${right} ${rounded(y)}L${rounded(x)} ${low}`
  return [frame, element('path', { d, fill: 'none', stroke: '#222222', 'stroke-width': 1 })]
}

function legend(left: number, y: number): SvgElement[] {
  const entries = [
    ['all facilities reported', 1],
    ['some did', 0.5],
    ['none did', 0],
  ] as const
  return entries.flatMap(([text, share], at) => [
    ...cell(left + 170 * at, y, 14, share),
    element('text', { x: left + 170 * at + 20, y: y + 12 }, text),
  ])
}

function sum(wards: readonly WardReports[], of: (ward: WardReports) => number): number {
  return wards.reduce((total, ward) => total + of(ward), 0)
}

function percent(part: number, whole: number): string {
  return whole === 0 ? 'none was expected' : `${((100 * part) / whole).toFixed(0)} %`
}
