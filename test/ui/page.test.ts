import { readFile } from 'node:fs/promises'
import t from 'tap'
import { redis, s3, startService } from '../support/parts.ts'
import { openBrowser, openPage, tabTo } from './open-page.ts'
import {
  button,
  choose,
  isRanked,
  openDownloads,
  openStation,
  rankedRows,
  ranking,
  rankSample,
  save,
  stationLink,
} from './workbench.ts'

const SAMPLE = new URL('../../service/sample/', import.meta.url)

// A browser on a shared machine needs time.
t.setTimeout(360_000)
const server = await redis(t)
const service = await startService(t, { redis: server, s3: await s3(t) })
const browser = await openBrowser(t)

t.test(
  'the page leads from the sample to a ranking and downloads, and is empty again when the session has ended',
  async (t) => {
    const { page, faults } = await openPage(t, browser, service.url)
    t.equal(await page.locator('#wards-file').getAttribute('accept'), '.csv,.xlsx,.xls,.ods,text/csv')
    t.notMatch(await page.content(), '{{', 'the help texts on files are filled in')
    await rankSample(page)
    const wards = (await readFile(new URL('wards.csv', SAMPLE), 'utf8')).trim().split('\n').length - 1

    t.equal(await ranking(page).getByRole('table').getAttribute('aria-rowcount'), String(wards + 1))
    t.equal(await rankedRows(page).first().locator('td').first().textContent(), '1', 'the first ward comes first')
    await rankedRows(page).first().getByRole('button').click()
    await page.getByRole('region', { name: /^Indicators of / }).waitFor()
    t.match(await page.locator('.why').first().textContent(), /Rank 1 of 60, score 0\.\d{3}\./)
    await button(page, 'What it rests on').click()
    t.ok(await page.getByText('A rank is relative to the uploaded area; a score is not an absolute risk.').isVisible())
    await button(page, 'Wards').click()

    await page.getByRole('combobox', { name: 'Tier' }).selectOption('Low')
    await rankedRows(page).filter({ hasNotText: 'Low' }).first().waitFor({ state: 'detached' })
    t.ok((await rankedRows(page).count()) > 0, 'one tier can be shown alone')
    await page.getByRole('combobox', { name: 'Tier' }).selectOption('')
    await button(page, 'Ward').click()
    await ranking(page).locator('th[aria-sort=ascending]', { hasText: 'Ward' }).waitFor()
    const names = await rankedRows(page).locator('th').allTextContents()
    t.strictSame(names, [...names].sort(), 'the heading of the names sorts by name')

    t.equal((await save(page, 'Rankings (CSV)')).trim().split('\n').length, wards + 1, 'a line for every ward')
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
    t.ok(await ranking(page).isVisible(), 'ending is asked about first')
    await button(page, 'End session').click()
    await button(page, 'End session and delete my data').click()
    await page.getByText('The session has ended.').first().waitFor()
    t.notOk((await page.content()).includes(name), 'no ward is left in the page')
    t.equal((await page.request.get(`${service.url}/api/session`)).status(), 401, 'the cookie opens nothing any more')
    t.strictSame(faults, [])
  },
)

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
  await page.getByRole('dialog', { name: 'Replace your files by the sample?' }).waitFor()
  await tabTo(page, page.getByRole('dialog').getByRole('button', { name: 'Use the sample' }))
  await page.keyboard.press('Enter')
  await page.locator('#found-title:focus').waitFor()
  await tabTo(page, button(page, 'Go on to the indicators'))
  await page.keyboard.press('Enter')
  await page.locator('#indicators-title:focus').waitFor()
  const first = page.getByRole('checkbox').first()
  await tabTo(page, first)
  const wasChecked = await first.isChecked()
  await page.keyboard.press('Space')
  t.equal(await first.isChecked(), !wasChecked, 'an indicator is taken in or out by Space')
  await page.keyboard.press('Space')
  t.equal(await first.isChecked(), wasChecked, 'and the focus stays on it')
  await tabTo(page, button(page, 'Rank the wards'), 'Shift+Tab')
  await page.keyboard.press('Enter')
  await page.locator('#results-title:focus').waitFor()
  await tabTo(page, page.getByRole('listbox', { name: /Wards on the map/ }), 'Shift+Tab')
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('ArrowRight')
  await page.getByRole('region', { name: /^Indicators of / }).waitFor()
  t.match(
    await page.locator('.why').first().textContent(),
    /Rank 2 of/,
    'arrows go from ward to ward in the order of the ranking',
  )
  await tabTo(page, page.getByRole('combobox', { name: 'Find a ward' }), 'Shift+Tab')
  const wanted = (await rankedRows(page).nth(6).locator('th').textContent()) ?? ''
  await page.keyboard.type(wanted)
  await page.keyboard.press('Enter')
  await page.locator('.why h3', { hasText: wanted }).waitFor()
  await tabTo(page, button(page, 'Score'))
  await page.keyboard.press('Enter')
  await ranking(page).locator('th[aria-sort]:not([aria-sort=none])', { hasText: 'Score' }).waitFor()
  await tabTo(page, page.locator('details.menu:visible summary'), 'Shift+Tab')
  await page.keyboard.press('Enter')
  await tabTo(page, button(page, 'Rankings (CSV)'))
  const [download] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('Enter')])
  t.match(download.suggestedFilename(), /^rankings_\d{4}-\d\d-\d\d\.csv$/)
  await tabTo(page, stationLink(page, 'Nets'), 'Shift+Tab')
  await page.keyboard.press('Enter')
  await tabTo(page, page.getByLabel('Nets in stock', { exact: true }))
  await page.keyboard.type('20000')
  await page.getByText(/of 20,000 nets go to/).waitFor()
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
    const before = (await rankedRows(page).allTextContents()).slice(0, 20)
    await rankedRows(page).nth(3).getByRole('button').click()
    const chosen = await page.locator('.why h3').textContent()
    t.match(new URL(page.url()).hash, /^#results\/ward-\d+$/, 'the address names station and ward, by a number')
    await page.reload()
    await isRanked(page)
    t.strictSame((await rankedRows(page).allTextContents()).slice(0, 20), before)
    t.equal(await page.locator('.why h3').textContent(), chosen, 'the ward of the address is chosen again')
    t.strictSame(
      JSON.parse(await page.evaluate('JSON.stringify([localStorage.length, sessionStorage.length])')),
      [0, 0],
      'nothing is kept in the browser',
    )

    await choose(page, 'Choose the ward table', {
      name: 'other.csv',
      bytes: 'WardName,rainfall,tpr\nApado,1,0.2\nMaya,2,0.4\nZango,3,0.1\n',
    })
    t.match(await page.getByRole('group', { name: '1 file to take' }).textContent(), /wards\.csv is in use/)
    await button(page, 'Take 1 file').click()
    await stationLink(page, 'Results').getByText('stale').waitFor()
    await openStation(page, 'Results')
    await page.getByText('The data have changed since this ranking').waitFor()
    await openDownloads(page)
    t.ok(await button(page, 'Rankings (CSV)').isDisabled())
    await openStation(page, 'Indicators')
    await page.locator('.notice.stale:visible', { hasText: 'The data have changed since the ranking' }).waitFor()
    await button(page, 'Rank again').click()
    await page.getByText('The data have changed since this ranking').waitFor({ state: 'detached' })
    await rankedRows(page).nth(2).waitFor()
    t.equal(await rankedRows(page).count(), 3, 'the new ranking is of the new table')
    await openDownloads(page)
    t.ok(await button(page, 'Rankings (CSV)').isEnabled())
    t.strictSame(faults, [])
  },
)

t.test('Back and Forward go from station to station', async (t) => {
  const { page, faults } = await openPage(t, browser, service.url)
  await rankSample(page)
  await openStation(page, 'Nets')
  await page.goBack()
  t.ok(await ranking(page).isVisible())
  await page.goBack()
  t.ok(await page.getByRole('heading', { name: 'Indicators', exact: true }).isVisible())
  await page.goForward()
  t.ok(await ranking(page).isVisible())
  t.strictSame(faults, [])
})

t.test('ranking, map and reason are in sight together on a screen of 1366 × 768, without scrolling', async (t) => {
  const { page } = await openPage(t, browser, service.url)
  await page.setViewportSize({ width: 1366, height: 768 })
  await rankSample(page)
  await rankedRows(page).nth(1).getByRole('button').click()
  await page.getByRole('region', { name: /^Indicators of / }).waitFor()
  for (const part of [page.locator('.map-box'), ranking(page), page.locator('.why').first()]) {
    const box = await part.boundingBox()
    t.ok(box !== null && box.height > 140 && box.y >= 0 && box.y + box.height <= 768, JSON.stringify(box))
  }
  t.equal(await page.evaluate('document.scrollingElement.scrollHeight'), 768, 'the page itself does not scroll')
})
