import t from 'tap'
import { redis, s3, startService } from '../support/parts.ts'
import { barriers, openBrowser, openPage } from './open-page.ts'
import { openStation } from './workbench.ts'

// A browser on a shared machine needs time.
t.setTimeout(240_000)

t.test('positivity can be measured by year on the page, and the steepest rise comes first', async (t) => {
  const service = await startService(t, { redis: await redis(t), s3: await s3(t) })
  const { page, faults } = await openPage(t, await openBrowser(t), service.url)
  await openStation(page, 'Data')
  await page.getByText('Test positivity from facility reports').click()
  const rows = [
    ['Dala', '2022-07', 10, 2],
    ['Dala', '2023-07', 10, 1],
    ['Gwale', '2022-07', 20, 5],
    ['Gwale', '2022-01', 10, 9],
    ['Gwale', '2023-07', 20, 8],
  ].map(([ward, ...counts]) => `North,${String(ward)},F ${String(ward)},${counts.join()}`)
  const header = 'LGA,WardName,HealthFacility,periodname,RDT tested <5yrs,RDT positive <5yrs'
  await page.getByLabel('Choose the facility table').setInputFiles({
    name: 'reports.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from([header, ...rows].join('\n')),
  })
  await page.locator('#facilities-state').getByText('reports.csv').first().waitFor()
  await page.getByLabel('By year').selectOption('sahel')
  await page.getByRole('button', { name: 'Measure test positivity' }).click()
  await page.locator('summary', { hasText: 'Test positivity by year' }).click()
  const shown = page.getByRole('region', { name: 'Test positivity by year' }).locator('tbody tr')
  // Julys: Gwale from 25 % to 40 %, Dala from 20 % to 10 %. January counts for the year alone: 14 of 30.
  t.strictSame(await shown.first().locator('td, th').allTextContents(), [
    'Gwale',
    '46.7 % (100 % of reports)',
    '40.0 % (100 % of reports)',
    '15.0',
    '–',
    '–',
  ])
  t.match(await shown.nth(1).textContent(), /^Dala.*-10\.0/)
  t.strictSame(await barriers(page), [])
  t.strictSame(faults, [])
})
