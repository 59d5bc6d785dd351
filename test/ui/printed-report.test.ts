import t, { type Test } from 'tap'
import type { Page } from 'playwright-core'
import { extractText, getDocumentProxy } from 'unpdf'
import { exportReport } from '../../service/domain/exports/export-report.ts'
import type { Dataset } from '../../service/domain/dataset/dataset.ts'
import { joinWards } from '../../service/domain/dataset/join-wards.ts'
import { readBoundaries } from '../../service/domain/files/boundary/read-boundaries.ts'
import { readWards } from '../../service/domain/files/read-wards.ts'
import { planBasis } from '../../service/domain/plan/plan-basis.ts'
import { planNets } from '../../service/domain/plan/plan-nets.ts'
import type { PlanOptions } from '../../service/domain/plan/plan-options.ts'
import { analyse } from '../../service/domain/ranking/analyse.ts'
import { makeSample } from '../../service/sample/make-sample.ts'
import { makeLargeDataset } from '../support/large-dataset.ts'
import { stateCertainty } from '../support/stated-certainty.ts'
import { openBrowser } from './open-page.ts'

/** A4 in points of 1/72 inch, as a PDF counts. */
const A4 = { width: 595, height: 842 } as const

/**
 * The least ratio of contrast between two classes in grey that are told apart by their fill alone (WCAG 2.2, 1.4.11).
 */
const LEAST_CONTRAST = 3

/** The least difference of luminance, pixel by pixel, of a class with lines from another. */
const LEAST_DIFFERENCE = 0.1

interface Printed {
  readonly html: string
  readonly plan: ReturnType<typeof planNets> | null
  readonly certainty: ReturnType<typeof stateCertainty>
}

function report(dataset: Dataset, options: PlanOptions | null): Printed {
  const result = {
    ...analyse(dataset, {}),
    analysisId: 'analysis-1',
    createdAt: '2026-01-02T00:00:00.000Z',
    datasetVersion: 3,
    inputs: { wards: { sha256: 'abc', filename: 'wards.csv' }, boundaries: { sha256: 'def', filename: 'b.zip' } },
  }
  const basis = planBasis(dataset, result)
  const plan = options === null ? null : { id: 'plan-1', name: 'Decided', ...planNets(basis, options) }
  const certainty = stateCertainty(result, options && { basis, options })
  return { html: [...exportReport(dataset, result, plan, certainty)].join(''), plan, certainty }
}

async function sample(): Promise<Dataset> {
  const { wards, boundaries } = makeSample()
  return joinWards(
    await readWards(wards, 'wards.csv', { answers: { 'duplicate-differs:name:Kofar Kudu': 'apart' } }),
    await readBoundaries(boundaries, 'boundaries.zip'),
  )
}

/** A state of 300 wards in 25 LGAs with long names in capital letters. */
async function wideData(): Promise<Dataset> {
  const { csv, geojson } = makeLargeDataset({ wards: 300, columns: 9 })
  const widened = (bytes: Uint8Array): Buffer =>
    Buffer.from(
      Buffer.from(bytes)
        .toString()
        .replaceAll('Ward ', 'WWWWWWWWWW MMMMMMMM WARD ')
        .replaceAll('LGA ', 'LOCAL GOVERNMENT MMMMMMMM ')
        .replace('indicator_1', 'rainfall')
        .replace('indicator_2', 'test_positivity_rate')
        .replace('indicator_3', 'distance_to_clinic')
        .replace('indicator_6', 'population'),
    )
  return joinWards(await readWards(widened(csv), 'wards.csv'), await readBoundaries(widened(geojson), 'b.geojson'))
}

const PLAN = {
  totalNets: 150_000,
  urbanRule: { kind: 'leave-out', urbanFrom: 30, upToPercent: 20 },
  protect: { tierHigh: true },
  reserve: { percent: 5 },
  exceptions: [{ ward: 'SMPBKR01', in: true, reason: 'camp of displaced people' }],
} as const satisfies PlanOptions

/** The words of each page as the browser prints them: without backgrounds, as it does unless it is told to. */
async function printed(page: Page, html: string): Promise<readonly string[]> {
  await page.setContent(html)
  const pdf = await page.pdf({ preferCSSPageSize: true, printBackground: false })
  const document = await getDocumentProxy(new Uint8Array(pdf))
  const first = (await document.getPage(1)).getViewport({ scale: 1 })
  t.strictSame([Math.round(first.width), Math.round(first.height)], [A4.width, A4.height], 'A4')
  const { text } = await extractText(document, { mergePages: false })
  return text.map((words) => words.replaceAll(/\s+/g, ' '))
}

t.setTimeout(180_000)
t.test('the report as the browser prints it', async (t) => {
  const page = await (await openBrowser(t)).newPage()
  const dataset = await sample()

  await t.test('the first page holds the whole decision, and the annex begins on the second', async (t) => {
    const { html, plan, certainty } = report(dataset, PLAN)
    const [first = '', second = '', ...others] = await printed(page, html)
    if (plan === null) throw new Error('no plan')
    const count = (verdict: string): string => {
      return String(certainty.wards.filter((ward) => ward.verdict === verdict).length)
    }
    for (const words of [
      'Bed-net plan: Sample',
      '60 wards in 4 LGAs',
      '2 January 2026',
      'version 3 (wards.csv, b.zip)',
      '150,000 nets',
      '142,500 nets; 7,500 held back, 0 remaining',
      'Most at risk',
      'full need',
      'left out by a rule',
      'no ward in the table',
      'a matter of choice',
      ...plan.rules,
      `A matter of choice (${count('choice')}):`,
      `In whatever is chosen (${count('in')}):`,
      `Out whatever is chosen (${count('out')}):`,
      'Plan by LGA',
      ...plan.lgas.map(({ lga }) => lga ?? ''),
      'What is weak in the data',
      '6 missing values were filled from neighbouring wards.',
    ])
      t.ok(first.includes(words), words)
    for (const { wardName } of certainty.wards.slice(0, 10)) t.ok(first.includes(wardName), wardName)
    t.notMatch(first, 'Annex')
    t.match(second, /^(Page 2 of \d+)? ?Annex/)
    t.ok(others.length > 3)
    t.match(others.join(' '), 'Urban thresholds side by side')
  })

  await t.test('a ranking without a plan also takes one page', async (t) => {
    const [first = '', second = ''] = await printed(page, report(dataset, null).html)
    t.match(first, 'How the wards were ranked')
    t.match(first, 'What is weak in the data')
    t.match(second, /^(Page 2 of \d+)? ?Annex/)
  })

  await t.test('it is one page however long names, reasons and lists are', async (t) => {
    const { html } = report(await wideData(), {
      totalNets: 30_000,
      exceptions: Array.from({ length: 40 }, (_, at) => ({
        ward: `NG${String(at).padStart(6, '0')}`,
        in: at % 2 === 0,
        reason: 'WIDE REASON '.repeat(16).trim(),
      })),
    })
    const [first = '', second = ''] = await printed(page, html)
    t.match(first, 'What is weak in the data')
    t.match(first, /The annex has \d+ more rules/)
    t.match(first, /and \d[\d,]* others/)
    t.match(second, /^(Page 2 of \d+)? ?Annex/)
    await page.emulateMedia({ media: 'print' })
    const [scrolled, shown] = await page.evaluate<[number, number]>(
      '(() => { const first = document.querySelector(".first"); return [first.scrollHeight, first.clientHeight] })()',
    )
    t.ok(scrolled <= shown, `${String(scrolled)} of ${String(shown)} pixels`)
    const map = await page.locator('.first svg.map').boundingBox()
    t.ok((map?.height ?? 0) > 100, `the map is ${String(map?.height)} pixels high`)
    await page.emulateMedia({ media: null })
  })

  await t.test('in grey, each class of a map differs from the others by its shade or its lines', async (t) => {
    for (const options of [PLAN, null]) await compareClasses(t, page, report(dataset, options).html)
  })
})

/** Looks at the boxes of the key as they are drawn in grey. */
async function compareClasses(t: Test, page: Page, html: string): Promise<void> {
  await page.setContent(html)
  await page.emulateMedia({ media: 'print' })
  await page.addStyleTag({ content: 'html{filter:grayscale(1)}' })
  const classes: { readonly label: string; readonly shades: readonly number[] }[] = []
  for (const box of await page.locator('.first .key .class').all()) {
    const label = (await box.innerText()).trim()
    if (label.startsWith('thick border')) continue
    const png = (await box.locator('svg').screenshot()).toString('base64')
    classes.push({ label, shades: await shadesOf(page, png) })
  }
  await page.emulateMedia({ media: null })
  t.ok(classes.length >= 4)
  for (const [at, one] of classes.entries())
    for (const other of classes.slice(at + 1)) {
      const ratio = contrast(mean(one.shades), mean(other.shades))
      const differing = mean(one.shades.map((shade, pixel) => Math.abs(shade - (other.shades[pixel] ?? NaN))))
      const isLined = [one, other].some(({ shades }) => contrast(Math.max(...shades), Math.min(...shades)) > 1.5)
      t.ok(
        ratio >= LEAST_CONTRAST || (isLined && differing >= LEAST_DIFFERENCE),
        `${one.label} and ${other.label}: ${ratio.toFixed(1)} : 1${isLined ? ', and lines' : ''}`,
      )
    }
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

/** The ratio of contrast of two relative luminances, as WCAG defines it. */
function contrast(one: number, other: number): number {
  return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05)
}

/** The relative luminance, 0 to 1, of each pixel inside the border of a box of 26 by 14 pixels. */
async function shadesOf(page: Page, png: string): Promise<readonly number[]> {
  return await page.evaluate<readonly number[]>(`(async () => {
    const bytes = Uint8Array.from(atob('${png}'), (letter) => letter.charCodeAt(0))
    const image = await createImageBitmap(new Blob([bytes], { type: 'image/png' }))
    const context = new OffscreenCanvas(image.width, image.height).getContext('2d')
    context.drawImage(image, 0, 0)
    const { data } = context.getImageData(3, 3, 20, 8)
    const linear = (value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4)
    return Array.from({ length: 160 }, (_, pixel) => linear(data[pixel * 4] / 255))
  })()`)
}
