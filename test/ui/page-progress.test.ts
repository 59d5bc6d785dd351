import { EventEmitter, once } from 'node:events'
import t from 'tap'
import type { Page } from 'playwright-core'
import { redis, s3, startService } from '../support/parts.ts'
import { barriers, openBrowser, openPage } from './open-page.ts'
import { button, dropFiles, isRanked, openDownloads, openStation } from './workbench.ts'

// A browser on a shared machine needs time.
t.setTimeout(240_000)
const server = await redis(t)
const service = await startService(t, { redis: server, s3: await s3(t) })
const browser = await openBrowser(t)

const CSV = 'WardName,rainfall,tpr\nApado,1,0.2\nMaya,2,0.4\nZango,3,0.1\n'

/** Holds requests to a path back until they are let go, as a slow answer would. */
async function holdBack(page: Page, path: string): Promise<() => void> {
  const gate = new EventEmitter()
  let isOpen = false
  await page.route(`**${path}`, async (route) => {
    if (!isOpen) await once(gate, 'open')
    // A request that was given up meanwhile cannot go on.
    await route.continue().catch(() => undefined)
  })
  return () => {
    isOpen = true
    gate.emit('open')
  }
}

t.test('a file that takes long shows that it is being made, can be given up, and names its area', async (t) => {
  const { page, faults } = await openPage(t, browser, service.url)
  await dropFiles(page, { name: 'Kano wards.csv', bytes: CSV })
  await button(page, 'Take 1 file').click()
  await button(page, 'Go on to the indicators').click()
  await button(page, 'Rank the wards').click()
  await isRanked(page, 3)
  const letGo = await holdBack(page, '/api/exports')
  await openDownloads(page)
  await button(page, 'Rankings (CSV)').click()
  const making = page.getByText('Making the file: Rankings (CSV).').last()
  await making.waitFor()
  await page.getByText('1 s', { exact: true }).waitFor()
  await page.getByText('2 s', { exact: true }).waitFor()
  t.ok(await page.getByRole('progressbar', { name: /^Making the file/ }).isVisible())
  t.strictSame(await barriers(page), [])
  await button(page, 'Cancel').click()
  await making.waitFor({ state: 'detached' })
  t.equal(await page.locator('#results-notices').textContent(), '', 'giving up is no failure')

  letGo()
  await openDownloads(page)
  const [download] = await Promise.all([page.waitForEvent('download'), button(page, 'Rankings (CSV)').click()])
  const today = new Date().toISOString().slice(0, 10)
  t.equal(download.suggestedFilename(), `Kano_rankings_${today}.csv`)
  await making.waitFor({ state: 'detached' })
  t.strictSame(faults, [])
})

t.test('a ranking that takes long can be given up, and is made when it is asked for again', async (t) => {
  const { page, faults } = await openPage(t, browser, service.url)
  await dropFiles(page, { name: 'wards.csv', bytes: CSV })
  await button(page, 'Take 1 file').click()
  await button(page, 'Go on to the indicators').click()
  const letGo = await holdBack(page, '/api/analyses')
  await button(page, 'Rank the wards').click()
  await page.getByText('Ranking the wards.').waitFor()
  await button(page, 'Cancel').click()
  await page.getByText('Ranking the wards.').waitFor({ state: 'detached' })
  t.equal(await page.locator('#indicators-notices').textContent(), '')
  letGo()
  await openStation(page, 'Indicators')
  await button(page, 'Rank the wards').click()
  await isRanked(page, 3)
  t.strictSame(faults, [])
})
