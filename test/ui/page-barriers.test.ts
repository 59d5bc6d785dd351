import t from 'tap'
import type { Page } from 'playwright-core'
import { redis, s3, startService } from '../support/parts.ts'
import { barriers, openBrowser, openPage } from './open-page.ts'
import { button, choose, openDownloads, openStation, rankedRows, rankSample, type StationName } from './workbench.ts'

// A browser on a shared machine needs time.
t.setTimeout(480_000)
const server = await redis(t)
const service = await startService(t, { redis: server, s3: await s3(t) })
const browser = await openBrowser(t)

const STATIONS: readonly StationName[] = ['Data', 'Indicators', 'Results', 'Nets', 'Ask']
const WIDTHS = [360, 768, 1366, 1920] as const

/** Opens every fold that is in sight. */
const openFolds = (page: Page): Promise<void> =>
  page.evaluate('for (const fold of document.querySelectorAll("details:not(.menu)")) fold.open = true')

t.test('axe finds no barrier in an empty page, at any station, light or dark', async (t) => {
  for (const scheme of ['light', 'dark'] as const) {
    const { page } = await openPage(t, browser, service.url, scheme)
    for (const station of STATIONS) {
      await openStation(page, station)
      t.strictSame(await barriers(page), [], `${scheme}, ${station}`)
    }
  }
})

for (const scheme of ['light', 'dark'] as const)
  t.test(`axe finds no barrier at any station and width once there is a plan, ${scheme}`, async (t) => {
    const { page } = await openPage(t, browser, service.url, scheme)
    await rankSample(page)
    await rankedRows(page).first().getByRole('button').click()
    await button(page, 'How sure is this rank?').click()
    await page.getByText(/In nine of ten draws/).waitFor()
    await page.getByRole('region', { name: /^Indicators of / }).waitFor()
    await openStation(page, 'Nets')
    for (const [name, nets] of [
      ['Some', 20_000],
      ['More', 30_000],
    ] as const) {
      await page.getByLabel('Nets in stock', { exact: true }).fill(String(nets))
      await page.getByText(` of ${nets.toLocaleString('en-US')} nets go to `).waitFor()
      await page.getByLabel('Name of the scenario').fill(name)
      await button(page, 'Keep as a scenario').click()
      await page.getByRole('checkbox', { name: `Compare ${name}` }).check()
    }
    await button(page, 'Compare 2 scenarios').click()
    await page.getByRole('region', { name: 'Wards whose nets differ' }).waitFor()
    await openStation(page, 'Ask')
    await page.getByLabel('Your question').fill('How many wards are there by LGA?')
    await button(page, 'Ask').click()
    await page.getByText(/^Answered by /).waitFor()
    await choose(page, 'Choose the facility table', { name: 'broken.csv', bytes: 'a,b\nx,y\n' })
    await page.locator('#facilities-notices').getByRole('alert').waitFor()
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: width < 600 ? 740 : 900 })
      for (const station of STATIONS) {
        await openStation(page, station)
        await openFolds(page)
        t.strictSame(await barriers(page), [], `${String(width)} px, ${station}`)
        t.ok(
          await page.evaluate('document.scrollingElement.scrollWidth <= innerWidth'),
          `${String(width)} px, ${station}: nothing is cut off at the side`,
        )
      }
    }
    await openStation(page, 'Results')
    for (const view of ['LGAs', 'What it rests on']) {
      await button(page, view).click()
      t.strictSame(await barriers(page), [], view)
    }
    await openDownloads(page)
    t.strictSame(await barriers(page), [], 'with the menu of downloads')
    await button(page, 'End session').click()
    t.strictSame(await barriers(page), [], 'asking before the end')
    await button(page, 'Keep working').click()
    await page.setViewportSize({ width: 360, height: 740 })
    await button(page, 'Map').click()
    t.ok(await page.getByRole('region', { name: 'Map', exact: true }).isVisible())
    t.strictSame(await barriers(page), [], '360 px, the map')
  })
