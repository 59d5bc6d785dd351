import { readFile } from 'node:fs/promises'
import t from 'tap'
import type { Locator, Page } from 'playwright-core'
import { redis, s3, startService } from '../support/parts.ts'
import { barriers, openBrowser, openPage } from './open-page.ts'

// A browser on a shared machine needs time.
t.setTimeout(180_000)

const button = (page: Page, name: string): Locator => page.getByRole('button', { name, exact: true })
const isRanked = (page: Page): Promise<void> =>
  page.getByRole('region', { name: 'Ranking of wards' }).getByRole('row').nth(20).waitFor()

t.test('a project is saved on the page and opened in another session, whole and changed', async (t) => {
  const service = await startService(t, { redis: await redis(t), s3: await s3(t) })
  const browser = await openBrowser(t)
  const { page, faults } = await openPage(t, browser, service.url)
  await button(page, 'Use the sample').click()
  await button(page, 'Rank the wards').click()
  await isRanked(page)
  const first = page.getByRole('region', { name: 'Ranking of wards' }).locator('tbody tr').first()
  const ranked = await first.textContent()

  await page.getByText('Project file', { exact: false }).first().click()
  const [download] = await Promise.all([page.waitForEvent('download'), button(page, 'Save project').click()])
  t.match(download.suggestedFilename(), /^wards_\d{4}-\d\d-\d\d\.chatmrpt\.zip$/)
  const saved = await readFile(await download.path())

  const { page: other, faults: otherFaults } = await openPage(t, browser, service.url)
  await other.getByText('Project file', { exact: false }).first().click()
  const open = async (bytes: Buffer): Promise<void> =>
    other.getByLabel('Open project').setInputFiles({ name: 'saved.zip', mimeType: 'application/zip', buffer: bytes })
  await open(saved)
  await other.getByText('saved.zip is open and verified.').waitFor()
  await isRanked(other)
  const region = other.getByRole('region', { name: 'Ranking of wards' })
  t.equal(await region.locator('tbody tr').first().textContent(), ranked, 'the ranking is the same')
  t.strictSame(await barriers(other), [])

  const changed = Buffer.from(saved)
  // In the mark itself, so that the parts stay readable.
  changed[changed.length - 1] = changed.at(-1) === 0x41 ? 0x42 : 0x41
  await open(changed)
  await other.getByText('saved.zip is open and not verified.').waitFor()
  t.ok(await other.getByText('It was changed after it was saved.').isVisible())

  await open(saved.subarray(0, 1_000))
  await other.getByText('The file could not be read').waitFor()
  t.equal(await region.locator('tbody tr').first().textContent(), ranked, 'a refused file changes nothing')
  t.strictSame([...faults, ...otherFaults], [])
})
