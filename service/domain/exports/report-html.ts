import type { AnalysisResult } from '../ranking/analysis-result.ts'
import type { DataQuality } from '../dataset/data-quality.ts'
import { lgaRollup } from '../plan/lga-rollup.ts'
import type { NetPlan } from '../plan/net-plan.ts'
import type { JoinedPositivity } from '../files/positivity.ts'
import type { DifferingName } from '../dataset/spelled-differently.ts'
import { escaped, svgMap } from '../map/svg-map.ts'
import type { DrawnMap } from '../map/svg-map.ts'
import { list, number, paragraph, table } from './html-parts.ts'
import { readingSection, type ReportedInput, type ReportedReading } from './report-readings.ts'

/** Facts about a result that are not in the result: its id, time, and the version and hashes of its data. */
export interface ReportStamp {
  readonly analysisId: string
  readonly createdAt: string
  readonly datasetVersion: number
  readonly inputs: Readonly<Record<string, ReportedInput | null>>
}

export interface ReportInput {
  readonly result: AnalysisResult & ReportStamp
  readonly plan: (NetPlan & { readonly id: string }) | null
  /** How the files of each role were read, by the names of `result.inputs`. */
  readonly readings: Readonly<Record<string, readonly ReportedReading[]>>
  readonly map: (DrawnMap & { readonly wardsWithoutBoundary: readonly string[] }) | null
}

const RULES: Readonly<Record<DifferingName['joinedBy'], string>> = {
  code: 'code',
  'name-form': 'name, ignoring case, numerals, state code and the word ward',
  accepted: 'hand',
} as const

const STYLE = [
  'body{font:14px/1.5 system-ui,sans-serif;margin:2em auto;max-width:62em;padding:0 1em;color:#111}',
  'h1,h2{line-height:1.2}',
  'h2{margin-top:2em;break-after:avoid}',
  'table{border-collapse:collapse;width:100%;font-size:12px}',
  'th,td{border:1px solid #bbb;padding:.2em .5em;text-align:left;vertical-align:top}',
  'td.n{text-align:right;font-variant-numeric:tabular-nums}',
  'thead{display:table-header-group}',
  'tr{break-inside:avoid}',
  'svg{width:100%;height:auto;max-height:70vh}',
  '.key span{display:inline-block;width:1em;height:1em;border:1px solid #444;margin:0 .4em 0 1em;',
  'vertical-align:middle}',
  '@media print{body{margin:0;max-width:none}}',
] as const

/**
 * Writes the result, and the plan if there is one, as a page to print, line by line. The page is self-contained and has
 * no scripts.
 */
export function* reportHtml(input: ReportInput): Generator<string> {
  yield (
    '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">' +
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">` +
    `<title>Malaria risk ranking, dataset version ${String(input.result.datasetVersion)}</title>` +
    `<style>${STYLE.join('')}</style></head><body>\n`
  )
  for (const line of body(input)) yield `${line}\n`
  yield '</body></html>\n'
}

function* body({ result, plan, readings, map }: ReportInput): Generator<string> {
  const inputs = Object.entries(result.inputs).flatMap(([role, input]) =>
    input === null ? [] : [`${role} ${input.sha256}`],
  )
  yield '<h1>Malaria risk ranking of wards</h1>'
  yield list([
    `Dataset version ${String(result.datasetVersion)}; analysed ${result.createdAt}; analysis ${result.analysisId}`,
    `Input files by SHA-256: ${inputs.join('; ')}`,
    `${String(result.wards.length)} wards, ${String(result.indicators.length)} indicators, ` +
      `${String(result.models.length)} models, ${result.mode} mode`,
  ])
  yield '<h2>Read this first</h2>'
  yield list(result.caveats)
  if (map !== null) yield* mapSection(map)
  if (plan !== null) yield* planSection(plan, result.caveats)
  yield '<h2>LGAs</h2>'
  yield* lgaTable(result, plan)
  yield '<h2>Ranking</h2>'
  yield* rankingTable(result)
  yield '<h2>Method</h2>'
  yield* methodSection(result)
  for (const measured of result.positivity) yield* positivitySection(measured)
  yield '<h2>Values that were filled in</h2>'
  yield* imputationTable(result)
  yield '<h2>What was changed or left out</h2>'
  yield list(changes(result))
  yield '<h2>How the files were read</h2>'
  for (const [role, input] of Object.entries(result.inputs))
    if (input !== null) yield* readingSection(role, input, readings[role] ?? [])
  yield '<h2>Data quality</h2>'
  yield* qualitySection(result.quality)
}

function* mapSection(map: NonNullable<ReportInput['map']>): Generator<string> {
  yield '<h2>Map</h2>'
  yield (
    '<p class="key">Tier:<span style="background:#b2182b"></span>High' +
    '<span style="background:#fdae61"></span>Medium<span style="background:#ffffbf"></span>Low' +
    '<span style="background:#eee"></span>no ward in the table</p>'
  )
  yield* svgMap(map)
  if (map.wardsWithoutBoundary.length > 0)
    yield paragraph(`Not on the map, because they have no boundary: ${map.wardsWithoutBoundary.join(', ')}.`)
}

/** A plan's caveats hold those of its ranking, which are at the head of the page. */
function* planSection(plan: NonNullable<ReportInput['plan']>, said: readonly string[]): Generator<string> {
  const { totals, rules, urbanExtent, leaveOutExtent, excluded } = plan
  yield '<h2>Bed-net plan</h2>'
  yield paragraph(
    `Plan ${plan.id}. Stock ${String(totals.stock)}, ` +
      `${totals.reserve === 0 ? '' : `held back ${String(totals.reserve)}, `}allocated ${String(totals.allocated)}, ` +
      `remaining ${String(totals.remaining)}. ${String(totals.wardsFull)} wards get their full need, ` +
      `${String(totals.wardsPartial)} a part. Of ${String(totals.population)} people ` +
      `${number(totals.covered)} are covered (${number(totals.coveragePercent)} percent).`,
  )
  yield '<h3>Rules</h3>'
  yield list(rules)
  yield* table(['parameter', 'value'], parameterRows(plan.parameters), (row) => row)
  yield list(plan.caveats.filter((caveat) => !said.includes(caveat)))
  yield* table(
    ['order', 'ward', 'LGA', 'tier', 'rank', 'urban %', 'population', 'need', 'allocated', 'covered %'],
    plan.wards,
    (ward, at) => [
      at + 1,
      ward.wardName,
      ward.lga,
      ward.allocationTier,
      ward.rank,
      ward.urbanShare,
      ward.population,
      ward.need,
      ward.allocated,
      ward.coveragePercent,
    ],
  )
  if (excluded.length > 0) {
    yield '<h3>Left out of the plan</h3>'
    yield* table(['ward', 'LGA', 'rank', 'people', 'reason'], excluded, (ward) => [
      ward.wardName,
      ward.lga,
      ward.rank,
      ward.population,
      ward.reason,
    ])
  }
  if (plan.states.some(({ state }) => state !== null)) {
    yield '<h3>Nets by state</h3>'
    yield* table(['state', 'wards', 'need', 'nets', 'people', 'covered'], plan.states, (row) => [
      row.state ?? 'not known',
      row.wards,
      row.need,
      row.allocated,
      row.population,
      row.covered,
    ])
  }
  if (urbanExtent.column === null) return
  yield '<h3>Urban extent</h3>'
  yield* table(
    [`${urbanExtent.column} threshold`, 'wards below', 'wards at or above', 'people below', 'people at or above'],
    urbanExtent.rows,
    (row) => [row.thresholdPercent, row.wardsBelow, row.wardsAtOrAbove, row.populationBelow, row.populationAtOrAbove],
  )
  yield '<h3>Urban wards that could be left out</h3>'
  yield paragraph(
    'From the lowest-ranked upwards, while the people left out are at most this share of all ' +
      `${String(leaveOutExtent.population)} people. Protected wards and exceptions stay in.`,
  )
  yield* table(
    ['urban from %', 'up to % of people', 'wards left out', 'people', '% of people', 'nets they would need'],
    leaveOutExtent.rows,
    (row) => [row.urbanFrom, row.upToPercent, row.wards, row.population, row.percentOfPeople, row.need],
  )
}

/** The parameters of a plan that are in use, and which of them nobody chose. */
function parameterRows(parameters: NetPlan['parameters']): readonly (readonly string[])[] {
  return Object.entries(parameters).flatMap(([name, value]) => {
    if (name === 'defaulted' || value === null || (Array.isArray(value) && value.length === 0)) return []
    const shown = typeof value === 'object' ? JSON.stringify(value) : String(value)
    return [[name, shown + (parameters.defaulted.includes(name) ? ' (not chosen: the default)' : '')]]
  })
}

function lgaTable(result: AnalysisResult, plan: NetPlan | null): Iterable<string> {
  const header = [
    'LGA',
    'wards',
    'High',
    'Medium',
    'Low',
    'mean score',
    'highest ward (rank)',
    ...(plan === null ? [] : ['nets', 'people', 'covered']),
  ]
  return table(header, lgaRollup(result, plan), (row) => [
    row.lga ?? 'not known',
    row.wards,
    row.tiers.High,
    row.tiers.Medium,
    row.tiers.Low,
    row.meanScore,
    `${row.worstWard} (${String(row.worstRank)})`,
    ...(plan === null ? [] : [row.netsAllocated, row.population, row.covered]),
  ])
}

function rankingTable(result: AnalysisResult): Iterable<string> {
  const hasPca = result.pca.suitable
  const header = [
    'rank',
    'ward',
    'LGA',
    'tier',
    'score',
    'in top third of models',
    'median model rank',
    ...(hasPca ? ['PCA rank'] : []),
    ...result.indicators.map(({ name }) => name),
  ]
  return table(header, result.wards, (ward) => [
    ward.rank,
    ward.wardName,
    ward.lga,
    ward.tier,
    ward.score,
    `${number(100 * ward.robustness.topThirdShare)} %`,
    ward.robustness.medianRank,
    ...(hasPca ? [ward.pcaRank] : []),
    ...ward.indicators.map(({ raw, imputed }) => (imputed === undefined ? raw : `${number(raw)} (filled in)`)),
  ])
}

function* methodSection({ indicators, models, pca, mode }: AnalysisResult): Generator<string> {
  yield paragraph(
    mode === 'standard'
      ? 'Each indicator is scaled to 0 to 1 between its least and greatest value here; 1 is riskiest. ' +
          'For an inverse indicator the greatest value is safest. ' +
          'A model is the plain mean of a subset of two or more indicators; ' +
          `there are ${String(models.length)}. A ward's score is the median over the models, ` +
          'its rank is 1 + the number of wards with a greater score, ' +
          'and its tier is the third of the ranking it falls into.'
      : 'Legacy mode: as the earlier system computed it, ' +
          'with the reciprocal for inverse indicators and ties broken by row.',
  )
  yield* table(
    ['indicator', 'direction', 'direction was', 'because', 'least', 'greatest', 'missing'],
    indicators,
    ({ name, direction, guessed, why, min, max, missing }) => [
      name,
      direction,
      guessed ? 'guessed from the name' : 'chosen',
      why,
      min,
      max,
      missing,
    ],
  )
  yield paragraph(
    pca.suitable
      ? `Second opinion by principal components: KMO ${number(pca.kmo ?? NaN)}, ` +
          `Bartlett's p ${(pca.bartlett?.p ?? NaN).toPrecision(3)}, ${String(pca.scored)} components scored.`
      : `No second opinion by principal components: ${pca.reasons.join('; ')}.`,
  )
}

/** Shows how the values of a measured test positivity were found. */
function* positivitySection({
  column,
  choices: { facilityLevel, age, method },
  facilities,
  months,
  refusedCount,
  wards,
}: JoinedPositivity): Generator<string> {
  yield `<h2>Test positivity: ${escaped(column)}</h2>`
  yield paragraph(
    `From ${String(facilities)} facilities (level: ${facilityLevel}, age: ${age}, method: ${method}) ` +
      `and ${String(months.length)} months: ${months.join(', ')}. ${String(refusedCount)} rows were refused. ` +
      "The figure is 100 · positive / tested, with Wilson's 95 percent interval; " +
      'completeness is the share of facilities and months that were reported.',
  )
  yield* table(
    [
      'measured ward',
      'LGA',
      'ward of the ranking',
      'facilities',
      'tested',
      'positive',
      'positivity %',
      'from',
      'to',
      'completeness %',
      'rows refused',
      'check because',
    ],
    wards,
    (ward) => [
      ward.wardName,
      ward.lga,
      ward.ward ?? 'none',
      ward.facilities,
      ward.tested,
      ward.positive,
      ward.tpr,
      ward.low,
      ward.high,
      ward.completeness,
      ward.refusedRows,
      ward.flags.join(', '),
    ],
  )
}

function imputationTable({ imputations }: AnalysisResult): Iterable<string> {
  if (imputations.length === 0) return [paragraph('None: every value was in the file.')]
  return table(
    ['ward', 'column', 'value', 'how', 'neighbours'],
    imputations,
    ({ ward, column, value, how, neighbours }) => [ward, column, value, how, neighbours.join(', ')],
  )
}

function changes({
  droppedRows,
  unmatchedWards,
  duplicateWards,
  acceptedMatches,
  spelledDifferently,
  leftOut,
}: AnalysisResult): string[] {
  const named = (what: string, names: readonly string[]): string =>
    `${what}: ${names.length === 0 ? 'none' : names.join(', ')}`
  return [
    named('Rows left out', droppedRows),
    named('Wards without a boundary', unmatchedWards),
    named('Wards whose name repeats', duplicateWards),
    named(
      'Wards joined to a boundary by hand',
      acceptedMatches.map(({ ward, boundary }) => `${ward} = ${boundary}`),
    ),
    named(
      'Wards joined to a boundary that is spelled differently',
      spelledDifferently.map(({ ward, boundary, joinedBy }) => `${ward} = ${boundary} (by ${RULES[joinedBy]})`),
    ),
    named(
      'Columns not used',
      leftOut.map(({ name, reason }) => `${name} (${reason})`),
    ),
  ]
}

/** Reports on the data: counts, every candidate indicator, and each finding with its examples. */
function* qualitySection(quality: DataQuality): Generator<string> {
  const { boundaries, unusedBoundaries } = quality
  const joined = [
    `${String(quality.matchedByCode)} by code`,
    `${String(quality.matchedByName)} by name`,
    `${String(quality.matchedByNameForm)} by a name that is spelled differently`,
    `${String(quality.matchedByHand)} by hand`,
  ].join(', ')
  const counted =
    boundaries === null
      ? 'no boundaries'
      : `${String(boundaries)} boundaries (coordinates: ${quality.sourceCrs ?? 'not known'}); joined ${joined}`
  yield list([
    `${String(quality.wards)} wards, ${counted}`,
    `${String(quality.missingCells)} values are missing ` +
      `(${number(100 * quality.missingShare)} percent of ${String(quality.candidates)} candidate indicators)`,
    `Boundaries without a ward: ${unusedBoundaries.length === 0 ? 'none' : unusedBoundaries.join(', ')}`,
  ])
  yield* table(
    ['candidate indicator', 'missing', 'missing %', 'least', 'greatest', 'same everywhere', 'far from the rest'],
    quality.columns,
    (column) => [
      column.name,
      column.missing,
      100 * column.missingShare,
      column.min,
      column.max,
      column.constant ? 'yes' : 'no',
      column.outliers.count,
    ],
  )
  const outliers = quality.columns.flatMap(({ name, outliers: { low, high, wards } }) =>
    wards.map(({ ward, value }) => [name, ward, value, low, high]),
  )
  if (outliers.length > 0) {
    yield paragraph('Values more than three interquartile ranges beyond the quartiles. They were used as they are.')
    yield* table(['column', 'ward', 'value', 'usual range from', 'to'], outliers, (row) => row)
  }
  yield* table(['found', 'how often', 'what'], quality.findings, ({ detail, count, examples }) => [
    detail,
    count,
    (examples ?? []).join(', '),
  ])
}
