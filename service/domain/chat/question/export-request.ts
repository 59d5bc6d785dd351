import type { InputOf } from '../tools.ts'
import { hasPhrase, speaksOf } from './reading.ts'
import type { Reading } from './reading.ts'
import { ask, call } from './replies.ts'
import type { Meaning } from './replies.ts'

type Kind = InputOf<'export_result'>['kind']

const OPTIONS = [
  'Download the rankings as CSV',
  'Download the net plan as CSV',
  'Download the map as GeoJSON',
  'Download the report',
  'Download the analysis results as JSON',
] as const

/** A file to download; asks which where none is named. */
export function exported(reading: Reading): Meaning | null {
  const makes = speaksOf(reading, 'report') && hasPhrase(reading, 'report', 'reports', 'printable', 'pdf')
  if (!speaksOf(reading, 'export') && !makes) return null
  const kind = kindOf(reading)
  return kind === null ? ask('Which file would you like?', OPTIONS) : call({ tool: 'export_result', input: { kind } })
}

/** The file that is named, by the word that tells most. */
function kindOf(reading: Reading): Kind | null {
  if (speaksOf(reading, 'report')) return 'report.html'
  if (hasPhrase(reading, 'geojson')) return 'map.geojson'
  if (hasPhrase(reading, 'json')) return 'analysis_results.json'
  if (speaksOf(reading, 'planning', 'nets')) return 'itn_plan.csv'
  if (speaksOf(reading, 'rank') || hasPhrase(reading, 'csv', 'wards'))
    return speaksOf(reading, 'plan') ? 'itn_plan.csv' : 'rankings.csv'
  if (speaksOf(reading, 'map')) return 'map.geojson'
  return hasPhrase(reading, 'results', 'result', 'analysis') ? 'analysis_results.json' : null
}
