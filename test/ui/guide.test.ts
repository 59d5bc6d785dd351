import { readFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import t from 'tap'
import type { Page } from 'playwright-core'
import { words } from '../../service/ui/words/en.ts'
import { redis, s3, startService } from '../support/parts.ts'
import { barriers, openBrowser, openPage } from './open-page.ts'
import { button, openStation, rankedRows, rankSample, type StationName } from './workbench.ts'

// A browser on a shared machine needs time.
t.setTimeout(360_000)
const server = await redis(t)
const service = await startService(t, { redis: server, s3: await s3(t) })
const browser = await openBrowser(t)

const PICTURES = join(import.meta.dirname, '../../docs/images/guide')
const guide = readFileSync(join(import.meta.dirname, '../../docs/guide.md'), 'utf8')

t.test('the guide explains every word that the page shows of a ranking, a plan and a station', (t) => {
  const { table, map, stations, marks, filters, nets, results, indicators } = words
  const shown = [
    ...Object.values(stations),
    ...Object.values(marks),
    ...Object.values(table.columns).filter((word) => word !== table.columns.ward && word !== table.columns.lga),
    ...Object.values(map.layers),
    ...Object.values(map.verdicts),
    ...Object.values(map.tiers),
    ...Object.values(results.viewNames).filter((word) => word !== results.viewNames.wards),
    ...Object.values(indicators.directions),
    ...Object.values(indicators.methods).map(({ name }) => name),
    indicators.weights.title,
    indicators.compare.title,
    filters.find,
    filters.allLgas,
    filters.allTiers,
    filters.colourBy,
    filters.clear,
    ...[nets.stock, nets.threshold, nets.population, nets.order, nets.urbanRule, nets.urbanFrom, nets.upTo],
    ...[nets.perNet, nets.rule, nets.householdSize, nets.reserve.split(',')[0] ?? '', nets.buffer.split(',')[0] ?? ''],
    ...[nets.bale, nets.lastWard, nets.protectHigh, nets.onlyLga, words.exceptions.title],
  ]
  t.ok(shown.length > 60, `${String(shown.length)} words`)
  t.strictSame(
    shown.filter((word) => !guide.includes(word)),
    [],
  )
  t.end()
})

/** `npm run screenshots` puts the pictures into the guide. */
async function keepPicture(page: Page, name: string): Promise<number> {
  const picture = await page.screenshot({ scale: 'css' })
  if (process.env['UPDATE_IMAGES'] === '1') await writeFile(join(PICTURES, `${name}.png`), picture)
  return picture.length
}

t.test('each station is shown in the guide as it is now', async (t) => {
  const { page, faults } = await openPage(t, browser, service.url)
  await page.setViewportSize({ width: 1366, height: 768 })
  const take = async (station: StationName): Promise<void> => {
    await openStation(page, station)
    const size = await keepPicture(page, station.toLowerCase())
    t.ok(size > 10_000, `${station} is not blank`)
    t.ok(guide.includes(`(images/guide/${station.toLowerCase()}.png)`), `the guide shows ${station}`)
  }
  await rankSample(page)
  await take('Data')
  await take('Indicators')
  await openStation(page, 'Results')
  await rankedRows(page).nth(2).getByRole('button').click()
  await page.getByRole('region', { name: /^Indicators of / }).waitFor()
  await take('Results')
  await openStation(page, 'Nets')
  await page.getByLabel('Nets in stock', { exact: true }).fill('200000')
  await page.getByText(' of 200,000 nets go to ').waitFor()
  await take('Nets')
  await openStation(page, 'Ask')
  await page.getByLabel('Your question').fill('Which five wards have the most rainfall?')
  await button(page, 'Ask').click()
  await page.getByText(/^Answered by /).waitFor()
  await take('Ask')
  t.strictSame(faults, [])
})

t.test('the guide is a page of its own that the workbench leads to, with all its pictures', async (t) => {
  const { page, faults } = await openPage(t, browser, service.url)
  await page.getByRole('link', { name: 'the guide' }).click()
  await page.getByRole('heading', { level: 1, name: 'Guide for analysts' }).waitFor()
  t.match(await page.title(), 'Guide for analysts')
  const pictures = page.getByRole('img')
  for (const picture of await pictures.all()) {
    await picture.scrollIntoViewIfNeeded()
  }
  const widths = await page.evaluate(
    'Promise.all([...document.images].map((image) => image.decode().then(() => image.naturalWidth)))',
  )
  t.strictSame(widths, [1366, 1366, 1366, 1366, 1366])
  t.strictSame(await barriers(page), [])
  await page.setViewportSize({ width: 360, height: 740 })
  t.ok(await page.evaluate('document.scrollingElement.scrollWidth <= innerWidth'), 'nothing is cut off on a phone')
  await page.getByRole('link', { name: 'Back to the workbench' }).click()
  await page.getByRole('heading', { level: 2, name: 'Data' }).waitFor()
  t.strictSame(faults, [])
})
