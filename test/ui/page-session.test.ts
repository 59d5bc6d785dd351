import t from 'tap'
import { redis, s3, startService } from '../support/parts.ts'
import { openBrowser, openPage } from './open-page.ts'
import { button, isRanked, openStation, ranking, rankSample, stationLink } from './workbench.ts'

// A browser on a shared machine needs time.
t.setTimeout(360_000)
const server = await redis(t)
const service = await startService(t, { redis: server, s3: await s3(t) })
const browser = await openBrowser(t)

t.test(
  'the page warns of an idle session, keeps it going when it is used, and shows nothing of it once it has ended',
  async (t) => {
    const { page, faults } = await openPage(t, browser, service.url)
    await page.clock.install()
    await page.reload()
    // The last that the page asks for by itself. Its reply counts as use, so that the clock may jump only afterwards.
    const lastReply = page.waitForResponse((reply) => reply.url().endsWith('/api/charts'))
    await rankSample(page)
    await (await lastReply).finished()
    const warning = page.getByRole('alert').getByText(/^Your session ends in [12] minutes?$/)
    // The page may take the reply in after the jump: then as much time passes once more.
    for (let jump = 1; jump <= 3 && !(await warning.isVisible()); jump += 1) {
      await page.clock.fastForward('29:00')
      await warning.waitFor({ timeout: 5_000 }).catch(() => undefined)
    }
    t.ok(await warning.isVisible(), 'it warns')
    await button(page, 'Go on working').click()
    await page.getByRole('alert').waitFor({ state: 'detached' })
    await page.clock.fastForward('20:00')
    t.equal(await page.getByRole('alert').count(), 0, 'it was used')
    await page.clock.fastForward('10:00')
    await page.getByText('Your session has ended.').first().waitFor()
    t.equal(await ranking(page).getByRole('row').count(), 0, 'no figure stays on a screen that was left')
    t.strictSame(faults, [])
  },
)

t.test(
  'when sessions cannot be reached one banner says so, and the work goes on by itself once they can',
  async (t) => {
    const { page, faults } = await openPage(t, browser, service.url)
    server.process.signal('SIGSTOP')
    t.teardown(() => {
      server.process.signal('SIGCONT')
    })
    await button(page, 'Use the sample').click()
    await page.getByRole('alert').getByText('Sessions cannot be reached just now').waitFor()
    t.ok(await button(page, 'Try again now').isVisible())
    t.equal(await page.getByRole('alert').count(), 1)
    server.process.signal('SIGCONT')
    await button(page, 'Go on to the indicators').waitFor()
    t.equal(await page.getByRole('alert').count(), 0)
    t.strictSame(faults, [])
  },
)

t.test('a page that is offline says so, keeps what it shows, and goes on when the connection is back', async (t) => {
  const { page, faults } = await openPage(t, browser, service.url)
  await rankSample(page)
  await openStation(page, 'Ask')
  await page.context().setOffline(true)
  await page.getByRole('alert').getByText('You are offline').waitFor()
  await page.getByLabel('Your question').fill('How many wards are there?')
  await button(page, 'Ask').click()
  await openStation(page, 'Results')
  await isRanked(page)
  await page.context().setOffline(false)
  await page.getByRole('alert').waitFor({ state: 'detached' })
  await openStation(page, 'Ask')
  await page
    .locator('.turn')
    .getByText(/60 wards/)
    .first()
    .waitFor()
  t.equal(await page.locator('.turn').count(), 1, 'the question was asked once, when it could be')
  t.strictSame(faults, [])
})

t.test('the page says that a session was ended elsewhere, and keeps nothing of it', async (t) => {
  const { page, faults } = await openPage(t, browser, service.url)
  await rankSample(page)
  t.equal((await page.request.delete(`${service.url}/api/session`)).status(), 204)
  // Opening the station may already ask for something and learn it: then the page leaves the station at once, and there
  // is no button.
  await stationLink(page, 'Indicators').click()
  await button(page, 'Rank again')
    .click({ timeout: 3_000 })
    .catch(() => undefined)
  await page.getByText('Your session has ended.').first().waitFor()
  t.equal(await ranking(page).getByRole('row').count(), 0)
  t.equal(await page.locator('#found').isVisible(), false)
  t.strictSame(faults, [])
})

t.test('two tabs show the same: a ranking, changed data, and the end', async (t) => {
  const { page, faults } = await openPage(t, browser, service.url)
  const other = await page.context().newPage()
  await other.goto(service.url)
  await rankSample(page)
  await stationLink(other, 'Results').getByText('done').waitFor()
  await openStation(other, 'Results')
  await isRanked(other)
  await openStation(page, 'Data')
  await button(page, 'Remove boundaries.zip').click()
  await stationLink(other, 'Results').getByText('stale').waitFor()
  await button(page, 'End session').click()
  await button(page, 'End session and delete my data').click()
  await other.getByText('Your session has ended.').first().waitFor()
  t.equal(await ranking(other).getByRole('row').count(), 0, 'another tab shows it no longer, without being touched')
  t.strictSame(faults, [])
})
