import { readFile, writeFile } from 'node:fs/promises'
import t from 'tap'
import type { Locator, Page } from 'playwright-core'
import { makeMessyData } from '../support/messy-data.ts'
import { redis, s3, startService } from '../support/parts.ts'
import { barriers, openBrowser, openPage, tabTo } from './open-page.ts'

const SAMPLE = new URL('../../service/sample/', import.meta.url)
const IMAGE = new URL('../../docs/images/page.png', import.meta.url)

// A browser on a shared machine needs time.
t.setTimeout(360_000)
const server = await redis(t)
const service = await startService(t, { redis: server, s3: await s3(t) })
const browser = await openBrowser(t)

const button = (page: Page, name: string): Locator => page.getByRole('button', { name, exact: true })
const isRanked = (page: Page): Promise<void> =>
  page.getByRole('region', { name: 'Ranking of wards' }).getByRole('row').nth(20).waitFor()

async function rankSample(page: Page): Promise<void> {
  await button(page, 'Use the sample').click()
  await button(page, 'Rank the wards').click()
  await isRanked(page)
}

async function save(page: Page, name: string): Promise<string> {
  const [download] = await Promise.all([page.waitForEvent('download'), button(page, name).click()])
  return await readFile(await download.path(), 'utf8')
}

async function choose(page: Page, label: string, name: string, text: string): Promise<void> {
  await page.getByLabel(label).setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(text) })
}

t.test(
  'the page leads from the sample to a ranking, a map and downloads, and is empty again when the session has ended',
  async (t) => {
    const { page, faults } = await openPage(t, browser, service.url)
    t.equal(await page.locator('#wards-file').getAttribute('accept'), '.csv,.xlsx,.xls,.ods,text/csv')
    t.notMatch(await page.content(), '{{', 'the help texts on files are filled in')
    await rankSample(page)
    const wards = (await readFile(new URL('wards.csv', SAMPLE), 'utf8')).trim().split('\n').length - 1

    const shapes = page.getByRole('listbox', { name: /Wards on the map/ }).getByRole('option')
    t.equal(await shapes.count(), wards, 'every ward of the sample is drawn')
    t.match(
      await shapes.first().getAttribute('aria-label'),
      /^Rank 1: .+, High, score /,
      'a ward on the map says its place in words',
    )
    t.ok(await page.getByText('A rank is relative to the uploaded area; a score is not an absolute risk.').isVisible())

    const table = page.getByRole('region', { name: 'Ranking of wards' })
    const first = table.locator('tbody tr').first()
    const [rank, score] = [
      await first.locator('td').first().textContent(),
      await shapes.first().getAttribute('aria-label'),
    ]
    t.equal(rank, '1', `the table begins with the ward that the map names first (${String(score)})`)
    await first.getByRole('button').click()
    t.ok(
      await page.getByRole('region', { name: /^Indicators of / }).isVisible(),
      "a ward's place is explained by its indicators",
    )

    await page.getByRole('combobox', { name: 'Tier' }).selectOption('Low')
    await table.locator('tbody tr').filter({ hasNotText: 'Low' }).first().waitFor({ state: 'detached' })
    t.ok((await table.locator('tbody tr').count()) > 0, 'one tier can be shown alone')
    await page.getByRole('combobox', { name: 'Tier' }).selectOption('')
    await button(page, 'Show more').click()
    await table.locator('tbody tr').nth(25).waitFor()
    await button(page, 'Ward').click()
    await table.locator('th[aria-sort=ascending]', { hasText: 'Ward' }).waitFor()
    const names = await table.locator('tbody th').allTextContents()
    t.strictSame(names, [...names].sort(), 'the heading of the names sorts by name')

    const csv = await save(page, 'Rankings (CSV)')
    t.equal(csv.trim().split('\n').length, wards + 1, 'rankings.csv has a line for every ward')
    const analysis = JSON.parse(await save(page, 'Whole analysis (JSON)')) as { wards: unknown[] }
    t.equal(analysis.wards.length, wards, 'analysis_results.json has every ward')

    t.match(await save(page, 'Report with map (HTML)'), /<h1>Malaria risk ranking of wards: Sample<\/h1>/)
    t.equal(
      (JSON.parse(await save(page, 'Map (GeoJSON)')) as { features: unknown[] }).features.length,
      wards,
      'map.geojson has every ward',
    )

    const name = names[0] ?? ''
    await button(page, 'End session').click()
    await button(page, 'Keep working').click()
    t.ok(await table.isVisible(), 'ending is asked about first')
    await button(page, 'End session').click()
    await button(page, 'End session and delete my data').click()
    await page.getByText('The session has ended.').first().waitFor()
    t.notOk((await page.content()).includes(name), 'no ward is left in the page')
    t.equal((await page.request.get(`${service.url}/api/session`)).status(), 401, 'the cookie opens nothing any more')
    t.strictSame(faults, [])
  },
)

t.test('a file that cannot be read is refused with the line it fails at, and the data before it stay', async (t) => {
  const { page, faults } = await openPage(t, browser, service.url)
  await button(page, 'Use the sample').click()
  await button(page, 'Rank the wards').waitFor()
  await choose(page, 'Choose the ward table', 'broken.csv', 'WardName,rainfall\nApado,1\nMaya,2,3\n')
  const alert = page.locator('#wards-notices').getByRole('alert')
  t.match(await alert.textContent(), /broken\.csv.*line 3/s)
  await page
    .locator('#wards-state')
    .getByText(/wards\.csv · \d+ wards/)
    .waitFor()
  await choose(
    page,
    'Choose the ward table',
    'mended.csv',
    'WardName,rainfall,tpr\nApado,1,0.2\nMaya,2,0.4\nZango,3,0.1\n',
  )
  await page
    .locator('#wards-state')
    .getByText(/mended\.csv · 3 wards/)
    .waitFor()
  t.equal(await alert.count(), 0, 'the refusal is gone once the file is right')
  t.strictSame(faults, [])
})

t.test('the whole job can be done by keyboard', async (t) => {
  const { page, faults } = await openPage(t, browser, service.url)
  const focused = page.locator(':focus')
  await tabTo(page, page.getByLabel('Choose the ward table'))
  const [chooser] = await Promise.all([page.waitForEvent('filechooser'), page.keyboard.press('Space')])
  await chooser.setFiles(new URL('wards.csv', SAMPLE).pathname)
  await page
    .locator('#wards-state')
    .getByText(/wards\.csv · \d+ wards/)
    .waitFor()
  await tabTo(page, button(page, 'Use the sample'), 'Shift+Tab')
  await page.keyboard.press('Enter')
  await page.locator('#found-title:focus').waitFor()
  const first = page.getByRole('checkbox').first()
  await tabTo(page, first)
  const wasChecked = await first.isChecked()
  await page.keyboard.press('Space')
  t.equal(await first.isChecked(), !wasChecked, 'an indicator is taken in or out by Space')
  await page.keyboard.press('Space')
  await tabTo(page, button(page, 'Rank the wards'))
  await page.keyboard.press('Enter')
  await page.locator('#ranking-title:focus').waitFor()
  await tabTo(page, page.getByRole('listbox', { name: /Wards on the map/ }))
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('ArrowRight')
  t.match(
    await page.locator('.why').textContent(),
    /Rank [12] of/,
    'arrows go from ward to ward in the order of the ranking',
  )
  await tabTo(page, button(page, 'Score'))
  await page.keyboard.press('Enter')
  await page.locator('th[aria-sort]:not([aria-sort=none])', { hasText: 'Score' }).waitFor()
  await tabTo(page, button(page, 'Rankings (CSV)'))
  const [download] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('Enter')])
  t.equal(download.suggestedFilename(), 'rankings.csv')
  await tabTo(page, button(page, 'End session'), 'Shift+Tab')
  await page.keyboard.press('Enter')
  await page.getByRole('dialog', { name: 'End this session?' }).waitFor()
  await page.keyboard.press('Escape')
  t.equal(await focused.textContent(), 'End session', 'Escape leaves the question and gives the focus back')
  t.strictSame(faults, [])
})

t.test(
  'a reload shows what the session holds, and a ranking of replaced data is marked and cannot be downloaded',
  async (t) => {
    const { page, faults } = await openPage(t, browser, service.url)
    await rankSample(page)
    const before = await page.locator('.ranking tbody').textContent()
    await page.reload()
    await isRanked(page)
    t.equal(await page.locator('.ranking tbody').textContent(), before)
    t.strictSame(
      JSON.parse(await page.evaluate('JSON.stringify([localStorage.length, sessionStorage.length])')),
      [0, 0],
      'nothing is kept in the browser',
    )

    await choose(
      page,
      'Choose the ward table',
      'other.csv',
      'WardName,rainfall,tpr\nApado,1,0.2\nMaya,2,0.4\nZango,3,0.1\n',
    )
    await page.getByText('The data have changed since this ranking').waitFor()
    t.ok(await button(page, 'Rankings (CSV)').isDisabled())
    await button(page, 'Rank the wards').click()
    await page.getByText('The data have changed since this ranking').waitFor({ state: 'detached' })
    await page.locator('.ranking tbody tr').nth(2).waitFor()
    t.equal(await page.locator('.ranking tbody tr').count(), 3, 'the new ranking is of the new table')
    t.ok(await button(page, 'Rankings (CSV)').isEnabled())
    t.strictSame(faults, [])
  },
)

t.test(
  'wards and boundaries of different spelling are shown, joined and separated, and the data-quality report shows ' +
    'the rest',
  async (t) => {
    const { page, faults } = await openPage(t, browser, service.url)
    const messy = makeMessyData()
    await page
      .getByLabel('Choose the ward table')
      .setInputFiles({ name: 'messy.csv', mimeType: 'text/csv', buffer: Buffer.from(messy.wards) })
    await page
      .locator('#wards-state')
      .getByText(/messy\.csv · 20 wards/)
      .waitFor()
    await page.getByText('1 question to answer first').waitFor()
    await page.getByRole('button', { name: /different wards/ }).click()
    await page.getByText('1 question answered').waitFor()
    await page
      .getByLabel('Choose the boundaries')
      .setInputFiles({ name: 'messy.zip', mimeType: 'application/zip', buffer: Buffer.from(messy.boundaries) })
    await page
      .locator('#boundaries-state')
      .getByText(/messy\.zip · 20 boundaries/)
      .waitFor()

    await page.getByText(/^Data quality: \d+ notes?, .+ % of the values missing$/).click()
    const quality = page.getByRole('region', { name: 'Quality of the possible indicators' })
    t.match(
      await quality
        .getByRole('row', { name: /^rain / })
        .first()
        .textContent(),
      /Marke: 98,000/,
      'a value far from the rest is named with its ward',
    )
    t.match(await quality.getByRole('row', { name: /^flat / }).textContent(), /does not tell wards apart/)

    await button(page, 'Accept the boundary Gidan Kuka for Gidan Kukab').click()
    await page.locator('#found-title:focus').waitFor()
    t.equal(
      await button(page, 'Accept the boundary Gidan Kuka for Gidan Kukab').count(),
      0,
      'a settled pair is not asked about again',
    )
    await button(page, 'Accept 2 boundaries whose names differ only in punctuation').click()
    await page
      .locator('#announcer')
      .getByText('2 wards and their boundaries were joined.')
      .waitFor({ state: 'attached' })
    t.equal(await button(page, 'Accept the boundary Bakin Ruwa for Bakin-Ruwa').count(), 0, 'all are settled at once')
    await page.getByText(/wards joined under another spelling$/).click()
    const joined = page.getByRole('region', { name: 'Wards joined under another spelling' })
    t.match(await joined.getByRole('row', { name: /Gidan Kukab/ }).textContent(), /a person/)

    await button(page, 'Rank the wards').click()
    await isRanked(page)
    await button(page, 'Separate Tudun Wada 2 from the boundary Tudun Wada II').click()
    await page.getByText('The data have changed since this ranking').waitFor()
    t.ok(
      await button(page, 'Rankings (CSV)').isDisabled(),
      'a ranking of the wards as these were joined before is stale',
    )
    t.ok(await button(page, 'Plan the nets').isDisabled(), 'and no plan can be made from it')
    await page.getByText('1 pair refused').click()
    await button(page, 'Join Tudun Wada 2 to the boundary Tudun Wada II after all').click()
    await page.getByText('1 pair refused').waitFor({ state: 'detached' })
    await button(page, 'Refuse the boundary Fadama C for Fadam c').click()
    await page.getByText('1 pair refused').waitFor()
    t.strictSame(faults, [])
  },
)

t.test('a stock of nets is planned ward by ward, downloaded, and there again after a reload', async (t) => {
  const { page, faults } = await openPage(t, browser, service.url)
  await rankSample(page)
  await page.getByLabel('Nets in stock').fill('20000')
  await button(page, 'Plan the nets').click()
  await page.locator('#plan-title:focus').waitFor()
  const planned = await page.locator('#plan-content').textContent()
  t.match(planned, /^[\d,]+ of 20,000 nets go to \d+ wards/)
  const csv = await save(page, 'Bed-net plan (CSV)')
  const rows = await page.getByRole('region', { name: 'Nets by ward' }).locator('tbody tr').count()
  t.ok(rows > 0 && csv.trim().split('\n').length > rows, 'itn_plan.csv has every ward of the table')
  await page.reload()
  await page.getByRole('region', { name: 'Nets by ward' }).waitFor()
  t.equal(await page.locator('#plan-content').textContent(), planned)

  // The data change in another tab.
  const { files } = (await (await page.request.get(`${service.url}/api/files`)).json()) as {
    files: { id: string; role: string }[]
  }
  await page.request.delete(`${service.url}/api/files/${files.find(({ role }) => role === 'boundaries')?.id ?? ''}`)
  await button(page, 'Show more').click()
  await page.getByText('The data have changed since this ranking').waitFor()
  t.ok(await button(page, 'Bed-net plan (CSV)').isDisabled(), 'a plan of replaced data cannot be downloaded')
  t.strictSame(faults, [])
})

t.test(
  'test positivity is measured from a facility table, shown with what was not counted, and ranked by',
  async (t) => {
    const { page, faults } = await openPage(t, browser, service.url)
    await page.getByText('Test positivity from facility reports').click()
    const header =
      'LGA,Ward,HealthFacility,periodname,Persons tested by RDT <5yrs,Persons tested positive by RDT <5yrs,Persons ' +
      'presenting tested by RDT ≥5yrs,Persons tested positive by RDT ≥5yrs\n'
    await choose(
      page,
      'Choose the facility table',
      'reports.csv',
      `${header}Dala,Kuka,F1,Jan,10,2,10,1\nDala,Gawuna,F2,Jan,10,12,10,4\nDala,Gawuna,F3,Feb,20,10,10,9\nDala,Zango,F4,Feb,20,5,10,2\n`,
    )
    await page
      .locator('#facilities-state')
      .getByText(/reports\.csv · 4 facilities · 3 wards · 2 months · 4 rows · 1 row with counts that cannot be/)
      .waitFor()
    t.equal(await page.locator('#found').isVisible(), false, 'there are no wards before anything is measured')
    await button(page, 'Measure test positivity').click()
    t.match(
      await page.locator('#positivity-content > p').textContent(),
      /^tpr_u5_both is measured for 3 wards of 3 .*: 17 positive of 50 tested \(34\.0 %\), over 2 months/,
    )
    await page.getByText('Test positivity by ward: 1 ward to check').click()
    t.match(
      await page.getByRole('region', { name: 'Test positivity by ward' }).locator('tbody tr').first().textContent(),
      /^GawunaDalaless than half of the months reported, some rows not counted2010/,
      'what is doubtful comes first',
    )
    t.notOk(await page.getByText('Test positivity by year').isVisible(), 'nobody asked for years')
    await page.getByText('1 row not counted').click()
    t.match(
      await page.getByRole('region', { name: 'Rows that were not counted' }).textContent(),
      /3F212 positive of 10 tested/,
    )

    t.ok(await button(page, 'Rank the wards').isDisabled(), 'one indicator is not enough')
    await page.getByLabel('Who was tested').selectOption('o5')
    await button(page, 'Measure test positivity').click()
    await page.getByRole('checkbox', { name: 'tpr_o5_both' }).waitFor()
    await button(page, 'Rank the wards').click()
    await page.locator('.ranking tbody tr').nth(2).waitFor()
    await page.reload()
    await button(page, 'Measure test positivity').waitFor()
    await button(page, 'Remove reports.csv').click()
    await page.getByText('The data have changed since this ranking').waitFor()
    t.equal(await page.locator('#found').isVisible(), false, 'its wards go with it')
    t.strictSame(faults, [])
  },
)

t.test('axe finds no barrier in the page: light or dark, empty, full, or with its dialog open', async (t) => {
  for (const scheme of ['light', 'dark'] as const) {
    const { page } = await openPage(t, browser, service.url, scheme)
    t.strictSame(await barriers(page), [], `${scheme}, as it comes`)
    await rankSample(page)
    await page.locator('.ranking tbody button').first().click()
    await page.getByLabel('Nets in stock').fill('20000')
    await button(page, 'Plan the nets').click()
    await page.getByRole('region', { name: 'Nets by ward' }).waitFor()
    await choose(page, 'Choose the facility table', 'broken.csv', 'a,b\nx,y\n')
    await page.evaluate('for (const fold of document.querySelectorAll("details")) fold.open = true')
    await page.locator('#facilities-notices').getByRole('alert').waitFor()
    t.strictSame(await barriers(page), [], `${scheme}, with a ranking, a plan and a refusal`)
    await button(page, 'End session').click()
    t.strictSame(await barriers(page), [], `${scheme}, asking before the end`)
  }
})

t.test(
  'the page warns of an idle session, keeps it going when it is used, and shows nothing of it once it has ended',
  async (t) => {
    const { page, faults } = await openPage(t, browser, service.url)
    await page.clock.install()
    await page.reload()
    await rankSample(page)
    await page.clock.fastForward('29:00')
    await page
      .getByRole('alert')
      .getByText(/^Your session ends in [12] minutes?$/)
      .waitFor()
    await button(page, 'Go on working').click()
    await page.getByRole('alert').waitFor({ state: 'detached' })
    await page.clock.fastForward('20:00')
    t.equal(await page.getByRole('alert').count(), 0, 'it was used')
    await page.clock.fastForward('10:00')
    await page.getByText('Your session has ended.').first().waitFor()
    t.equal(await page.locator('.ranking').count(), 0, 'no figure stays on a screen that was left')
    t.strictSame(faults, [])
  },
)

t.test('when sessions cannot be reached the page says so, and goes on by itself once they can', async (t) => {
  const { page, faults } = await openPage(t, browser, service.url)
  server.process.signal('SIGSTOP')
  t.teardown(() => {
    server.process.signal('SIGCONT')
  })
  await button(page, 'Use the sample').click()
  await page.getByRole('alert').getByText('Sessions cannot be reached just now').waitFor()
  t.ok(await button(page, 'Try again now').isVisible())
  server.process.signal('SIGCONT')
  await button(page, 'Rank the wards').waitFor()
  t.equal(await page.getByRole('alert').count(), 0)
  t.strictSame(faults, [])
})

t.test('the page says that a session was ended elsewhere, and keeps nothing of it', async (t) => {
  const { page, faults } = await openPage(t, browser, service.url)
  await rankSample(page)
  t.equal((await page.request.delete(`${service.url}/api/session`)).status(), 204)
  await button(page, 'Rank the wards').click()
  await page.getByText('Your session has ended.').first().waitFor()
  t.equal(await page.locator('.ranking').count(), 0)
  t.equal(await page.locator('#found').isVisible(), false)

  await rankSample(page)
  const other = await page.context().newPage()
  await other.goto(service.url)
  await isRanked(other)
  await button(page, 'End session').click()
  await button(page, 'End session and delete my data').click()
  await other.getByText('Your session has ended.').first().waitFor()
  t.equal(await other.locator('.ranking').count(), 0, 'another tab shows it no longer, without being touched')
  t.strictSame(faults, [])
})

/** UPDATE_IMAGES=1 puts the picture into the README. */
t.test('a screenshot of the ranking and its map is not blank', async (t) => {
  const { page } = await openPage(t, browser, service.url)
  await rankSample(page)
  await page.locator('.ranking tbody button').nth(2).click()
  await page.evaluate('scrollTo(0, 0)')
  const panel = await page.locator('#ranking').boundingBox()
  const picture = await page.screenshot({
    fullPage: true,
    clip: { x: 0, y: (panel?.y ?? 0) - 16, width: 1280, height: 880 },
  })
  t.ok(picture.length > 10_000, 'the screenshot is not blank')
  if (process.env.UPDATE_IMAGES === '1') await writeFile(IMAGE, picture)
})
