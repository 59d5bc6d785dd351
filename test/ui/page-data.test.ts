import t, { type Test } from 'tap'
import type { Page } from 'playwright-core'
import { makeMessyData } from '../support/messy-data.ts'
import { redis, s3, startService } from '../support/parts.ts'
import { openBrowser, openPage } from './open-page.ts'
import {
  button,
  choose,
  dropFiles,
  isRanked,
  openDownloads,
  openStation,
  rankedRows,
  stationLink,
} from './workbench.ts'

// A browser on a shared machine needs time.
t.setTimeout(360_000)
const server = await redis(t)
const service = await startService(t, { redis: server, s3: await s3(t) })
const browser = await openBrowser(t)

/** The little map of a ward without a boundary shows the boundary that is suggested, in its proportions. */
async function isDrawnSmall(t: Test, page: Page): Promise<void> {
  const read = async <T>(path: string): Promise<T> => (await (await page.request.get(service.url + path)).json()) as T
  const { unmatched } = await read<{ unmatched: { name: string; suggestions: { feature: number }[] }[] }>(
    '/api/dataset',
  )
  const { features, bbox } = await read<{
    features: { geometry: { coordinates: [number, number][][][] } }[]
    bbox: [number, number, number, number]
  }>('/api/dataset/shapes')
  const place = unmatched.find(({ name }) => name === 'Gidan Kukab')?.suggestions[0]?.feature ?? -1
  const points = features[place]?.geometry.coordinates.flat(2) ?? []
  const sizeBy = (axis: 0 | 1): number =>
    Math.max(...points.map((point) => point[axis])) - Math.min(...points.map((point) => point[axis]))
  const squeeze = Math.cos((((bbox[1] + bbox[3]) / 2) * Math.PI) / 180)
  const row = page.getByRole('region', { name: 'Wards without a boundary' }).getByRole('row', { name: /Gidan Kukab/ })
  const { width, height } = await page.evaluate<{ width: number; height: number }>(`{
    const { width, height } = document.querySelector('tr[data-ward="Gidan Kukab"] .mini-chosen').getBBox()
    ;({ width, height })
  }`)
  const wanted = (sizeBy(0) * squeeze) / sizeBy(1)
  t.ok(Math.abs(width / height - wanted) < 0.01 * wanted, `${String(width / height)} is about ${String(wanted)}`)
  t.ok(await row.locator('.mini-map').isVisible())
}

t.test('a file that cannot be read is refused with the line it fails at, and the data before it stay', async (t) => {
  const { page, faults } = await openPage(t, browser, service.url)
  await button(page, 'Use the sample').click()
  await page.locator('#found-title:focus').waitFor()
  await choose(page, 'Choose the ward table', {
    name: 'broken.csv',
    bytes: 'WardName,rainfall\nApado,1\nMaya,2,3\n',
  })
  await button(page, 'Take 1 file').click()
  const alert = page.locator('#wards-notices').getByRole('alert')
  t.match(await alert.textContent(), /broken\.csv.*line 3/s)
  await page
    .locator('#wards-state')
    .getByText(/Still in use: wards\.csv · \d+ wards/)
    .waitFor()
  await choose(page, 'Choose the ward table', {
    name: 'mended.csv',
    bytes: 'WardName,rainfall,tpr\nApado,1,0.2\nMaya,2,0.4\nZango,3,0.1\n',
  })
  await button(page, 'Take 1 file').click()
  await page
    .locator('#wards-state')
    .getByText(/mended\.csv · 3 wards/)
    .waitFor()
  t.equal(await alert.count(), 0, 'the refusal is gone once the file is right')
  t.strictSame(faults, [])
})

t.test('several files are dropped at once: what each is can be changed, and nothing is taken unasked', async (t) => {
  const { page, faults } = await openPage(t, browser, service.url)
  const messy = makeMessyData()
  const files = [
    { name: 'outlines.zip', bytes: messy.boundaries },
    { name: 'reports.csv', bytes: messy.facilities },
    { name: 'table.csv', bytes: messy.wards },
  ]
  await dropFiles(page, ...files)
  for (const [name, role] of [
    ['outlines.zip', 'boundaries'],
    ['reports.csv', 'facilities'],
    ['table.csv', 'wards'],
  ] as const)
    t.equal(await page.getByLabel(`${name} is taken for`).inputValue(), role, `${name} is recognised`)
  await button(page, 'Leave it as it is').click()
  t.equal(await page.locator('#wards-state').textContent(), '', 'nothing was taken')

  await dropFiles(page, ...files.slice(0, 1), { name: 'facility list.csv', bytes: messy.wards })
  await page.getByLabel('facility list.csv is taken for').selectOption('wards')
  await button(page, 'Take 2 files').click()
  await page
    .locator('#wards-state')
    .getByText(/facility list\.csv · 20 wards/)
    .waitFor()
  await page
    .locator('#boundaries-state')
    .getByText(/outlines\.zip · 20 boundaries/)
    .waitFor()
  t.strictSame(faults, [])
})

t.test(
  'wards and boundaries of different spelling are joined at once and separated, and the data-quality report shows ' +
    'the rest',
  async (t) => {
    const { page, faults } = await openPage(t, browser, service.url)
    const messy = makeMessyData()
    await choose(page, 'Choose the ward table', { name: 'messy.csv', bytes: messy.wards })
    await page
      .locator('#wards-state')
      .getByText(/messy\.csv · 20 wards/)
      .waitFor()
    await page.getByText('1 question to answer first').waitFor()
    t.match(await stationLink(page, 'Data').textContent(), /needs you.*1 question to answer/)
    await page.getByRole('button', { name: /different wards/ }).click()
    await page.getByText('1 question answered').waitFor()
    await choose(page, 'Choose the boundaries', { name: 'messy.zip', bytes: messy.boundaries })
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

    const names = page.getByRole('region', { name: 'Wards without a boundary' })
    t.ok(await names.getByRole('checkbox', { name: 'Join Gidan Kukab' }).isChecked(), 'the likely ones are ticked')
    await isDrawnSmall(t, page)
    const ticked = await names.getByRole('checkbox', { checked: true }).count()
    t.ok(ticked > 1, `${String(ticked)} are likely`)
    await button(page, 'None of the suggested boundaries is Fadam c').click()
    await page.getByText('1 pair refused').waitFor()
    await button(page, `Join ${String(ticked - 1)}`).click()
    await names.getByRole('checkbox', { name: 'Join Gidan Kukab' }).waitFor({ state: 'detached' })
    await page.getByText(/wards joined under another spelling$/).click()
    const joined = page.getByRole('region', { name: 'Wards joined under another spelling' })
    t.match(await joined.getByRole('row', { name: /Gidan Kukab/ }).textContent(), /a person/)
    t.equal(await joined.getByRole('row', { name: /a person/ }).count(), ticked - 1, 'all are joined at once')

    await openStation(page, 'Indicators')
    await button(page, 'Rank the wards').click()
    await isRanked(page)
    await openStation(page, 'Data')
    await button(page, 'Separate Tudun Wada 2 from the boundary Tudun Wada II').click()
    await stationLink(page, 'Results').getByText('stale').waitFor()
    await openStation(page, 'Results')
    await openDownloads(page)
    t.ok(
      await button(page, 'Rankings (CSV)').isDisabled(),
      'a ranking of the wards as these were joined before is stale',
    )
    await openStation(page, 'Nets')
    t.ok(await page.getByLabel('Nets in stock', { exact: true }).isDisabled(), 'and no plan can be made from it')
    await openStation(page, 'Data')
    await page.getByText('2 pairs refused').click()
    await button(page, 'Join Tudun Wada 2 to the boundary Tudun Wada II after all').click()
    await page.getByText('1 pair refused').waitFor()
    await button(page, 'Undo the last join').click()
    await names.getByRole('checkbox', { name: 'Join Gidan Kukab' }).waitFor()
    t.strictSame(faults, [])
  },
)

t.test('however fast names are decided, no decision is lost', async (t) => {
  const { page, faults } = await openPage(t, browser, service.url)
  const messy = makeMessyData()
  await dropFiles(page, { name: 'a.csv', bytes: messy.wards }, { name: 'b.zip', bytes: messy.boundaries })
  await button(page, 'Take 2 files').click()
  await page.getByRole('button', { name: /different wards/ }).click()
  const spelled = page.getByText(/wards joined under another spelling$/)
  await spelled.waitFor()
  const names = page.getByRole('region', { name: 'Wards without a boundary' })
  const suggested = await names.getByRole('button', { name: /^None of the suggested boundaries is/ }).count()
  t.ok(suggested >= 3, `${String(suggested)} names to decide`)
  // All within one turn of the event loop: no answer can have come between two of them.
  await page.evaluate(
    `for (const press of document.querySelectorAll('[aria-label^="None of the suggested boundaries is"]')) press.click()`,
  )
  await names
    .getByRole('button', { name: /^None of the suggested boundaries is/ })
    .first()
    .waitFor({ state: 'detached' })
  await page.getByText(/Saving/).waitFor({ state: 'hidden' })
  const { refused } = (await (await page.request.get(`${service.url}/api/dataset`)).json()) as {
    refused: { ward: string }[]
  }
  t.equal(await page.locator('#names-notices').textContent(), '', 'none was refused')
  t.equal(new Set(refused.map(({ ward }) => ward)).size, suggested, 'the service has every one of them')
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
    await choose(page, 'Choose the facility table', {
      name: 'reports.csv',
      bytes: `${header}Dala,Kuka,F1,Jan,10,2,10,1\nDala,Gawuna,F2,Jan,10,12,10,4\nDala,Gawuna,F3,Feb,20,10,10,9\nDala,Zango,F4,Feb,20,5,10,2\n`,
    })
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
    await page.getByText('1 row not counted').click()
    t.match(
      await page.getByRole('region', { name: 'Rows that were not counted' }).textContent(),
      /3F212 positive of 10 tested/,
    )

    await openStation(page, 'Indicators')
    t.ok(await button(page, 'Rank the wards').isDisabled(), 'one indicator is not enough')
    await openStation(page, 'Data')
    await page.getByLabel('Who was tested').selectOption('o5')
    await button(page, 'Measure test positivity').click()
    await page.getByText('tpr_o5_both').first().waitFor()
    await openStation(page, 'Indicators')
    await page.getByRole('checkbox', { name: 'tpr_o5_both' }).waitFor()
    await button(page, 'Rank the wards').click()
    await rankedRows(page).nth(2).waitFor()
    await page.reload()
    await openStation(page, 'Data')
    await button(page, 'Measure test positivity').waitFor()
    await button(page, 'Remove reports.csv').click()
    await stationLink(page, 'Results').getByText('stale').waitFor()
    t.equal(await page.locator('#found').isVisible(), false, 'its wards go with it')
    t.strictSame(faults, [])
  },
)
