import { readFile } from 'node:fs/promises'
import t from 'tap'
import { redis, s3, startService } from '../support/parts.ts'
import { barriers, openBrowser, openPage } from './open-page.ts'
import { button, isRanked, openStation, rankedRows, rankSample } from './workbench.ts'

// A browser on a shared machine needs time.
t.setTimeout(180_000)

t.test('a project is saved on the page and opened in another session, whole and changed', async (t) => {
  const service = await startService(t, { redis: await redis(t), s3: await s3(t) })
  const browser = await openBrowser(t)
  const { page, faults } = await openPage(t, browser, service.url)
  await rankSample(page)
  const ranked = await rankedRows(page).first().textContent()

  await openStation(page, 'Data')
  await page.getByText('Project file', { exact: false }).first().click()
  const [download] = await Promise.all([page.waitForEvent('download'), button(page, 'Save project').click()])
  t.match(download.suggestedFilename(), /^wards_\d{4}-\d\d-\d\d\.chatmrpt\.zip$/)
  const saved = await readFile(await download.path())

  const { page: other, faults: otherFaults } = await openPage(t, browser, service.url)
  await other.getByText('Project file', { exact: false }).first().click()
  const open = async (bytes: Buffer): Promise<void> => {
    await openStation(other, 'Data')
    await other
      .getByLabel('Open project')
      .setInputFiles({ name: 'saved.zip', mimeType: 'application/zip', buffer: bytes })
  }
  const replace = async (bytes: Buffer): Promise<void> => {
    await open(bytes)
    await other
      .getByRole('dialog', { name: /Replace your work/ })
      .getByRole('button', { name: 'Open project' })
      .click()
  }
  await open(saved)
  await other.getByText('saved.zip is open and verified.').waitFor()
  t.strictSame(await barriers(other), [])
  await openStation(other, 'Results')
  await isRanked(other)
  t.equal(await rankedRows(other).first().textContent(), ranked, 'the ranking is the same')

  const changed = Buffer.from(saved)
  // In the mark itself, so that the parts stay readable.
  changed[changed.length - 1] = changed.at(-1) === 0x41 ? 0x42 : 0x41
  await replace(changed)
  await other.getByText('saved.zip is open and not verified.').waitFor()
  t.ok(await other.getByText('It was changed after it was saved.').isVisible())

  await replace(saved.subarray(0, 1_000))
  await other.getByText('The file could not be read').waitFor()
  await openStation(other, 'Results')
  t.equal(await rankedRows(other).first().textContent(), ranked, 'a refused file changes nothing')
  t.strictSame([...faults, ...otherFaults], [])
})
