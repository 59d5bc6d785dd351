import { escaped } from '../../map/svg-map.ts'
import { annexSections } from './annex.ts'
import { firstPage } from './first-page/first-page.ts'
import { reportStyle } from './report-style.ts'
import type { ReportInput } from './report-input.ts'

/**
 * Writes the result, and the plan if there is one, as a page to print, line by line: what was decided, on one sheet of
 * A4, then an annex with all that it rests on. The page is self-contained and has no scripts.
 */
export function* reportHtml(input: ReportInput): Generator<string> {
  yield (
    '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">' +
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">` +
    `<title>Malaria risk ranking, dataset version ${String(input.result.datasetVersion)}</title>` +
    `<style>${reportStyle()}</style></head><body>\n`
  )
  for (const line of firstPage(input)) yield `${line}\n`
  yield '<section class="annex"><h1>Annex</h1>\n'
  for (const { title, lines } of annexSections(input)) {
    yield `<h2>${escaped(title)}</h2>\n`
    for (const line of lines) yield `${line}\n`
  }
  yield '</section></body></html>\n'
}
