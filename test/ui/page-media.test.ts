import t from 'tap'
import type { Page } from 'playwright-core'
import { redis, s3, startService } from '../support/parts.ts'
import { barriers, openBrowser, openPage } from './open-page.ts'
import { button, openStation, rankedRows, rankSample, type StationName } from './workbench.ts'

// A browser on a shared machine needs time.
t.setTimeout(360_000)
const service = await startService(t, { redis: await redis(t), s3: await s3(t) })
const browser = await openBrowser(t)

const STATIONS: readonly StationName[] = ['Data', 'Indicators', 'Results', 'Nets', 'Ask']

async function openPlan(page: Page): Promise<void> {
  await rankSample(page)
  await rankedRows(page).first().getByRole('button').click()
  await page.getByRole('region', { name: /^Indicators of / }).waitFor()
  await openStation(page, 'Nets')
  await page.getByLabel('Nets in stock', { exact: true }).fill('20000')
  await page.getByText(' of 20,000 nets go to ').waitFor()
}

/** The computed style of the first element that a selector finds. */
const styleOf = (page: Page, selector: string, property: string): Promise<unknown> =>
  page.evaluate(
    `getComputedStyle(document.querySelector(${JSON.stringify(selector)})).getPropertyValue(${JSON.stringify(property)})`,
  )

t.test('at 200 % of a small laptop nothing is cut off, and every station can be worked with', async (t) => {
  const { page, faults } = await openPage(t, browser, service.url)
  await openPlan(page)
  // Half the pixels of 1366 × 768 is what a browser lays out at 200 %.
  await page.setViewportSize({ width: 683, height: 384 })
  for (const station of STATIONS) {
    await openStation(page, station)
    t.ok(
      await page.evaluate('document.scrollingElement.scrollWidth <= innerWidth'),
      `${station}: no scrolling sideways`,
    )
    t.strictSame(await barriers(page), [], station)
  }
  await openStation(page, 'Indicators')
  const rank = button(page, 'Rank again')
  await rank.scrollIntoViewIfNeeded()
  const box = await rank.boundingBox()
  t.ok(box !== null && box.y >= 0 && box.y + box.height <= 384, 'the button that ranks can be brought into sight')
  t.strictSame(faults, [])
})

t.test('on a phone the filters take two rows', async (t) => {
  const { page } = await openPage(t, browser, service.url)
  await rankSample(page)
  for (const width of [360, 412]) {
    await page.setViewportSize({ width, height: 740 })
    await button(page, 'List').click()
    const controls = page.locator('#filters').locator('input, select')
    const tops = await Promise.all(
      (await controls.all()).map(async (control) => (await control.boundingBox())?.y ?? NaN),
    )
    t.equal(tops.length, 4, 'find, LGA, tier, colour')
    t.equal(new Set(tops.map((top) => Math.round(top / 20))).size, 2, `${String(width)} px: ${tops.join(', ')}`)
    t.strictSame(await barriers(page), [], `${String(width)} px`)
  }
})

t.test('with forced colours tiers can still be told apart, and what is pressed and chosen is outlined', async (t) => {
  const { page, faults } = await openPage(t, browser, service.url)
  await openPlan(page)
  await openStation(page, 'Results')
  await page.emulateMedia({ forcedColors: 'active' })
  const colours = await Promise.all(
    ['high', 'medium', 'low'].map((tier) => styleOf(page, `.swatch.${tier}`, 'background-color')),
  )
  t.equal(new Set(colours).size, 3, colours.join('; '))
  t.not(await styleOf(page, 'details.menu:not([hidden]) > summary', 'border-top-style'), 'none')
  for (const station of STATIONS) {
    await openStation(page, station)
    t.strictSame(await barriers(page), [], station)
  }
  t.strictSame(faults, [])
})

t.test('on paper there is the map and every ranked ward, and nothing to press', async (t) => {
  const { page, faults } = await openPage(t, browser, service.url)
  await openPlan(page)
  await openStation(page, 'Results')
  t.ok((await rankedRows(page).count()) < 60, 'on screen only the rows in sight are drawn')
  await page.emulateMedia({ media: 'print' })
  await rankedRows(page).nth(59).waitFor({ state: 'attached' })
  t.equal(await rankedRows(page).count(), 60)
  t.ok(await page.locator('.map').isVisible())
  for (const [what, selector] of [
    ['rail', '.rail'],
    ['filters', '.filters'],
    ['zoom buttons', '.map-tools'],
    ['downloads', 'details.menu'],
  ] as const)
    t.equal(await page.locator(selector).first().isVisible(), false, what)
  t.ok(
    await page.evaluate(`{
      const rows = document.querySelector('.rows')
      rows.scrollHeight <= rows.clientHeight + 1
    }`),
    'no row is hidden behind a scroll bar',
  )
  await page.emulateMedia({ media: 'screen' })
  await page.waitForFunction('document.querySelectorAll(".ranking tbody tr:not(.spacer)").length < 60')
  t.strictSame(faults, [])
})

t.test('nothing moves for people who asked for less motion', async (t) => {
  const { page } = await openPage(t, browser, service.url)
  await button(page, 'Use the sample').waitFor()
  const moving = `[...document.querySelectorAll('*')].filter((element) => {
    const { transitionDuration, animationName, scrollBehavior } = getComputedStyle(element)
    const isChanging = transitionDuration.split(', ').some((time) => time !== '0s')
    return isChanging || animationName !== 'none' || scrollBehavior === 'smooth'
  }).length`
  t.equal(await page.evaluate(moving), 0)
  await page.emulateMedia({ reducedMotion: 'no-preference' })
  t.ok((await page.evaluate<number>(moving)) > 0, 'others see buttons change softly')
})
