import t from 'tap'
import type { Page } from 'playwright-core'
import { redis, s3, startService } from '../support/parts.ts'
import { barriers, openBrowser, openPage } from './open-page.ts'
import { button, dropFiles, isRanked, openStation } from './workbench.ts'

// A browser on a shared machine needs time.
t.setTimeout(360_000)
const server = await redis(t)
const service = await startService(t, { redis: server, s3: await s3(t) })
const browser = await openBrowser(t)

const RAIN = [110, 290, 180, 420, 510, 390, 640, 720, 850, 770, 1010, 1190]
const EVI = [0.14, 0.22, 0.2, 0.36, 0.39, 0.37, 0.52, 0.55, 0.61, 0.6, 0.71, 0.9]
const POSITIVITY = [31, 12, 44, 25, 9, 38, 17, 50, 21, 29, 41, 15]
const CASES = [210, 90, 330, 240, 60, 350, 190, 480, 260, 280, 460, 230]
/** Wards that lack a value, by their places. */
const WITHOUT_EVI = [2, 4]
const WITHOUT_POSITIVITY = [2]

const csv = [
  'WardName,rainfall,rainfall_again,EVI,tpr,reported_cases',
  ...RAIN.map((rain, at) =>
    [
      `Ward ${String.fromCharCode(65 + at)}`,
      rain,
      rain,
      WITHOUT_EVI.includes(at) ? '' : EVI[at],
      WITHOUT_POSITIVITY.includes(at) ? '' : POSITIVITY[at],
      CASES[at],
    ].join(),
  ),
].join('\n')

/** Pearson's r, in the textbook's form. */
function pearson(one: readonly number[], other: readonly number[]): number {
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length
  const [a, b] = [mean(one), mean(other)]
  const sumOf = (of: (at: number) => number): number => one.reduce((sum, _, at) => sum + of(at), 0)
  const [x, y] = [(at: number): number => (one[at] ?? NaN) - a, (at: number): number => (other[at] ?? NaN) - b]
  return sumOf((at) => x(at) * y(at)) / Math.sqrt(sumOf((at) => x(at) ** 2) * sumOf((at) => y(at) ** 2))
}

/** Places from the least, of values of which no two are equal. */
const placesOf = (values: readonly number[]): readonly number[] =>
  values.map((value) => values.filter((other) => other < value).length)

async function openIndicators(page: Page): Promise<void> {
  await dropFiles(page, { name: 'twelve.csv', bytes: csv })
  await button(page, 'Take 1 file').click()
  await button(page, 'Go on to the indicators').click()
  // The form is made anew when these arrive.
  await page
    .getByText(/^Much the same as/)
    .first()
    .waitFor()
}

interface AnalysisOfApi {
  readonly wards: readonly { readonly wardName: string; readonly score: number; readonly tier: string }[]
  readonly ownWeights: { readonly weights: readonly { readonly name: string; readonly weight: number }[] } | null
  readonly comparison: { readonly column: string } | null
  readonly parameters: { readonly allowCopies?: boolean }
}

async function newestAnalysis(page: Page): Promise<AnalysisOfApi> {
  const { analyses } = (await (await page.request.get(`${service.url}/api/analyses`)).json()) as {
    analyses: { id: string }[]
  }
  const reply = await page.request.get(`${service.url}/api/analyses/${analyses[0]?.id ?? ''}`)
  return ((await reply.json()) as { analysis: AnalysisOfApi }).analysis
}

t.test('columns that measure much the same are marked, and a copy is refused until it is meant', async (t) => {
  const { page, faults } = await openPage(t, browser, service.url)
  await openIndicators(page)
  const both = RAIN.map((_, at) => at).filter((at) => !WITHOUT_EVI.includes(at))
  const r = pearson(
    both.map((at) => RAIN[at] ?? NaN),
    both.map((at) => EVI[at] ?? NaN),
  )
  const suggested = page.getByRole('region', { name: 'Suggested indicators' })
  await suggested
    .getByRole('row', { name: /EVI/ })
    .getByText(`Much the same as rainfall (r = ${r.toFixed(2)})`)
    .waitFor()
  t.equal(await page.getByText(/^Much the same as/).count(), 2, 'each of the two, and no other')

  await page.getByText(/^Others \(\d+\)$/).click()
  await page.getByRole('checkbox', { name: 'rainfall_again' }).check()
  await button(page, 'Rank the wards').click()
  await page
    .locator('#indicators-notices')
    .getByText(/Cannot rank by a column and its copy/)
    .waitFor()
  const copies = page.getByRole('group', { name: 'Copies' })
  t.match(await copies.textContent(), /refused to rank by rainfall_again/)
  t.strictSame(await barriers(page), [])
  await copies.getByRole('checkbox').check()
  await button(page, 'Rank the wards').click()
  await isRanked(page, 12)
  t.equal((await newestAnalysis(page)).parameters.allowCopies, true)
  await openStation(page, 'Indicators')
  await page.getByRole('checkbox', { name: 'rainfall_again' }).uncheck()
  await page.getByText(/was made with other choices: − rainfall_again/).waitFor()
  t.strictSame(faults, [])
})

t.test('own weights are shown as shares, go with the ranking, and are there again after a reload', async (t) => {
  const { page, faults } = await openPage(t, browser, service.url)
  await openIndicators(page)
  await page.getByText('Own weights').click()
  await page.getByRole('checkbox', { name: 'Weigh the indicators myself' }).check()
  const weights = page.getByRole('region', { name: 'Weights of the indicators' })
  await page.getByLabel('Points of rainfall', { exact: true }).fill('6')
  await page.getByLabel('Points of tpr').fill('3')
  t.match(await weights.getByRole('row', { name: /rainfall/ }).textContent(), /60 %$/)
  t.match(await weights.getByRole('row', { name: /EVI/ }).textContent(), /10 %$/)
  await page.getByLabel('Points of EVI').fill('0')
  t.ok(await button(page, 'Rank the wards').isDisabled(), 'an indicator that does not count is to be left out')
  await page.getByLabel('Points of EVI').fill('1')
  await page.getByText('Compare with a column that does not rank').click()
  await page.getByRole('combobox', { name: 'Compare with' }).selectOption('reported_cases')
  await button(page, 'Rank the wards').click()
  await isRanked(page, 12)

  const analysis = await newestAnalysis(page)
  t.strictSame(Object.fromEntries(analysis.ownWeights?.weights.map(({ name, weight }) => [name, weight]) ?? []), {
    rainfall: 0.6,
    EVI: 0.1,
    tpr: 0.3,
  })
  await button(page, 'What it rests on').click()
  const shares = page.getByRole('region', { name: 'Weights that a person chose' })
  t.match(await shares.getByRole('row', { name: /rainfall/ }).textContent(), /60 %/)
  const scores = RAIN.map(
    (_, at) => analysis.wards.find(({ wardName }) => wardName === `Ward ${String.fromCharCode(65 + at)}`)?.score ?? NaN,
  )
  const compared = page.getByRole('region', { name: 'Compared with reported_cases, over 12 wards' })
  const rho = pearson(placesOf(scores), placesOf(CASES))
  t.match(await compared.getByRole('row', { name: /Spearman/ }).textContent(), rho.toFixed(2))
  t.strictSame(await barriers(page), [])

  await page.reload()
  await openStation(page, 'Indicators')
  t.equal(await page.getByLabel('Points of rainfall', { exact: true }).inputValue(), '60')
  t.equal(await page.getByRole('combobox', { name: 'Compare with' }).inputValue(), 'reported_cases')
  t.equal(await page.getByText(/was made with other choices/).count(), 0)
  await page.getByLabel('Points of rainfall', { exact: true }).fill('70')
  await page.getByText(/was made with other choices: weights/).waitFor()
  t.strictSame(faults, [])
})

t.test('what is missing is shown by ward and column', async (t) => {
  const { page, faults } = await openPage(t, browser, service.url)
  await openIndicators(page)
  await openStation(page, 'Data')
  await page.getByText('What is missing: 3 values in 2 columns').click()
  const lacking = page.getByRole('region', { name: 'Wards that lack a value' })
  await lacking.waitFor()
  const rows = await lacking.locator('tbody tr').allTextContents()
  t.strictSame([...rows].sort(), ['Ward CEVI, tpr', 'Ward EEVI'])
  const picture = page.locator('.missing')
  t.strictSame(await picture.locator('.number').allTextContents(), ['2', '1'])
  t.strictSame(await barriers(page), [])
  t.strictSame(faults, [])
})
