import t from 'tap'
import type { Page } from 'playwright-core'
import { redis, s3, startService } from '../support/parts.ts'
import { xlsx } from '../support/spreadsheets.ts'
import { openBrowser, openPage } from './open-page.ts'
import { choose } from './workbench.ts'

// A browser on a shared machine needs time.
t.setTimeout(240_000)
const server = await redis(t)
const service = await startService(t, { redis: server, s3: await s3(t) })
const browser = await openBrowser(t)

const press = (page: Page, name: string): Promise<void> => page.getByRole('button', { name, exact: true }).click()

t.test('columns that no header names get their roles in the form of the reading', async (t) => {
  const { page, faults } = await openPage(t, browser, service.url)
  await page.getByText('Test positivity from facility reports').click()
  const csv = 'Ward,HealthFacility,Month,Suspected,Cases\nKuka,F1,2023-01,40,10\nZango,F2,2023-01,50,40\n'
  await choose(page, 'Choose the facility table', { name: 'register.csv', bytes: csv })
  await page.getByText('1 question to answer first').waitFor()
  const columns = page.getByRole('region', { name: 'Columns of register.csv' })
  t.ok(await columns.isVisible(), 'the form is open, because its roles are the answer')
  t.match(await columns.getByRole('row', { name: /Suspected/ }).textContent(), /40 · 50/, 'with a sample of the values')
  await page.getByLabel('Column Suspected is taken for').selectOption('tested u5 rdt')
  await page.getByLabel('Column Cases is taken for').selectOption('positive u5 rdt')
  await press(page, 'Read the file again')
  await page.getByText('1 question to answer first').waitFor({ state: 'detached' })
  await page.getByText(/register\.csv · 2 facilities · 2 wards/).waitFor()
  await press(page, 'Measure test positivity')
  await page.getByText(/50 positive of 90 tested/).waitFor()
  t.strictSame(faults, [])
})

t.test('a workbook with several tables is asked about, and its sheet can be changed', async (t) => {
  const { page, faults } = await openPage(t, browser, service.url)
  const rows = (wards: readonly string[]): (readonly (string | number)[])[] => [
    ['WardName', 'LGA', 'rainfall', 'tpr'],
    ...wards.map((ward, at) => [ward, 'Dala', 800.5 + at, 30.5 - at]),
  ]
  const book = xlsx([
    { name: 'North', rows: rows(['Kuka', 'Zango']) },
    { name: 'South', rows: rows(['Gawuna', 'Bompai', 'Tudun']) },
  ])
  await choose(page, 'Choose the ward table', { name: 'wards.xlsx', bytes: book })
  await page.getByText('1 question to answer first').waitFor()
  await page.getByRole('button', { name: /Read the sheet "South"/ }).click()
  await page.getByText(/wards\.xlsx · 3 wards/).waitFor()
  await page.getByText('1 question answered').waitFor()
  await page.getByText('How the file was read').click()
  await page.getByLabel('Sheet', { exact: true }).selectOption('North')
  await press(page, 'Read the file again')
  await page.getByText(/wards\.xlsx · 2 wards/).waitFor()
  t.strictSame(faults, [])
})
