import { chromium, type Browser, type Page } from 'playwright-core'
import { makeLargeDataset } from '../test/support/large-dataset.ts'
import { report } from './figure.ts'
import { chooseFiles, nextFrame, rankChosen } from './page-journey.ts'
import { SERVICE, startParts, startTask, type BenchParts } from './parts.ts'

/**
 * How long a person waits for the page: on a link of 400 kbit/s and a fourth of this machine's speed, from *Rank* to
 * the last of 275 wards drawn; from the slider to the figures of a plan; a ward among 9,500 found; and how long after
 * 60 s without Redis the ranking is there that was asked for meanwhile, with no click.
 * Usage: node bench/page-times.ts
 */
const MOST_RANKED_S = 6
const MOST_SLIDER_MS = 300
const MOST_FOUND_MS = 300
/** The page waits at most this long between two tries. */
const MOST_BACK_S = 31
const KBIT_S = 400
const ROUND_TRIP_MS = 100
const SLOWER = 4
const OUTAGE_MS = 60_000
const TIMES = 9
const LARGE = 9_500

const parts = await startParts({ withS3: true })
const { task, url } = await startTask('page-times', SERVICE, parts)
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] })
try {
  const state = await openWith(browser, 275)
  await reportRanked(state)
  await reportSlider(state)
  await reportOutage(state, parts)
  await state.context().close()
  await reportFound(await openWith(browser, LARGE))
} finally {
  await browser.close()
  await task.stop()
  await parts.stop()
}

/** A page with the files of an area, ready to rank. */
async function openWith(on: Browser, wards: number): Promise<Page> {
  const { csv, shapefile } = makeLargeDataset({ wards, columns: 24 })
  const context = await on.newContext({ viewport: { width: 1366, height: 768 }, reducedMotion: 'reduce' })
  const page = await context.newPage()
  page.setDefaultTimeout(240_000)
  await page.goto(url)
  await chooseFiles(page, csv, shapefile)
  return page
}

async function reportRanked(page: Page): Promise<void> {
  const devtools = await page.context().newCDPSession(page)
  await devtools.send('Network.enable')
  await devtools.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: ROUND_TRIP_MS,
    downloadThroughput: (KBIT_S * 1_000) / 8,
    uploadThroughput: (KBIT_S * 1_000) / 8,
  })
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: SLOWER })
  const begin = performance.now()
  await rankChosen(page, 'Rank the wards')
  report({
    name: `275 wards, from Rank to drawn, ${KBIT_S} kbit/s`,
    value: (performance.now() - begin) / 1_000,
    unit: 's',
    most: MOST_RANKED_S,
  })
  await devtools.detach()
}

/** The median of several changes of the slider, from the change to the figures that follow from it. */
async function reportSlider(page: Page): Promise<void> {
  await page.getByRole('link', { name: /Nets/ }).first().click()
  await page.getByLabel('Population of a ward').selectOption('indicator_7')
  await page.getByLabel('Nets in stock', { exact: true }).fill('100')
  await page.getByText(' of 100 nets go to ').waitFor()
  const spent: number[] = []
  for (let time = 1; time <= TIMES; time += 1)
    spent.push(
      await page.evaluate<number>(`new Promise((done) => {
        const slider = document.querySelector('#plan-form input[type=range]')
        const place = document.querySelector('#plan-content .headline-row')
        const begin = performance.now()
        new MutationObserver((_, observer) => {
          const figures = place.querySelector('.headline')?.textContent ?? ''
          if (!figures.includes(Number(slider.value).toLocaleString() + ' nets')) return
          observer.disconnect()
          done(performance.now() - begin)
        }).observe(place, { childList: true, subtree: true, characterData: true })
        slider.value = String((Number(slider.max) * ${String(time)}) / ${String(TIMES + 1)})
        slider.dispatchEvent(new Event('input', { bubbles: true }))
      })`),
    )
  report({ name: '275 wards, slider to figures', value: medianOf(spent), unit: 'ms', most: MOST_SLIDER_MS })
}

/** Asks for a ranking while Redis does not answer, and waits for it without a click. */
async function reportOutage(page: Page, { redis }: BenchParts): Promise<void> {
  await page.getByRole('link', { name: /Indicators/ }).click()
  await page.getByLabel('indicator_6', { exact: true }).uncheck()
  redis.process.signal('SIGSTOP')
  await page.getByRole('button', { name: 'Rank again' }).click()
  await page.getByText(/Trying again in/).waitFor()
  await new Promise((resolve) => setTimeout(resolve, OUTAGE_MS))
  redis.process.signal('SIGCONT')
  const begin = performance.now()
  await page.getByText('275 wards ranked by 5 indicators').waitFor()
  report({
    name: 'ranking there after 60 s without Redis, no click',
    value: (performance.now() - begin) / 1_000,
    unit: 's',
    most: MOST_BACK_S,
  })
}

/** From the first letter to the ward that Enter opens. */
async function reportFound(page: Page): Promise<void> {
  await rankChosen(page, 'Rank the wards')
  const names = await page.evaluate<string[]>(
    `[...document.querySelectorAll('.ranking tbody tr:not(.spacer) th')].map((cell) => cell.textContent)`,
  )
  const spent: number[] = []
  for (const name of names.slice(0, TIMES)) {
    spent.push(
      await page.evaluate<number>(`new Promise((done) => {
        const find = document.querySelector('#find-ward')
        const begin = performance.now()
        const look = () => {
          const isShown = document.querySelector('.why h3')?.textContent.startsWith(${JSON.stringify(name)})
          if (isShown) done(performance.now() - begin)
          else requestAnimationFrame(look)
        }
        find.focus()
        find.value = ${JSON.stringify(name)}
        find.dispatchEvent(new Event('input', { bubbles: true }))
        requestAnimationFrame(() => {
          find.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }))
          look()
        })
      })`),
    )
    await nextFrame(page)
  }
  report({ name: `a ward among ${LARGE} found, 2 actions`, value: medianOf(spent), unit: 'ms', most: MOST_FOUND_MS })
}

function medianOf(values: readonly number[]): number {
  return [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)] ?? NaN
}
