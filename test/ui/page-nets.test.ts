import t from 'tap'
import type { Page } from 'playwright-core'
import { redis, s3, startService } from '../support/parts.ts'
import { openBrowser, openPage } from './open-page.ts'
import { button, openDownloads, openStation, rankSample, save, stationLink } from './workbench.ts'

// A browser on a shared machine needs time.
t.setTimeout(360_000)
const server = await redis(t)
const service = await startService(t, { redis: server, s3: await s3(t) })
const browser = await openBrowser(t)

const headline = (page: Page) => page.locator('#plan-content .headline')

async function setStock(page: Page, nets: number): Promise<void> {
  await page.getByLabel('Nets in stock', { exact: true }).fill(String(nets))
  await headline(page)
    .getByText(` of ${nets.toLocaleString('en-US')} nets go to `)
    .waitFor()
}

async function keep(page: Page, name: string): Promise<void> {
  await page.getByLabel('Name of the scenario').fill(name)
  await button(page, 'Keep as a scenario').click()
  await button(page, `Open ${name}`).waitFor()
}

interface PlanOfApi {
  readonly wards: readonly { readonly allocated: number; readonly wardName: string }[]
  readonly totals: { readonly allocated: number; readonly coveragePercent: number; readonly need: number }
}

/** The newest plan, as the API gives it. */
async function newestPlan(page: Page): Promise<PlanOfApi> {
  const { plans } = (await (await page.request.get(`${service.url}/api/itn-plans`)).json()) as {
    plans: { id: string }[]
  }
  const reply = await page.request.get(`${service.url}/api/itn-plans/${plans[0]?.id ?? ''}`)
  return ((await reply.json()) as { plan: PlanOfApi }).plan
}

t.test('the figures follow the stock while it is changed, and are those of the plan that is downloaded', async (t) => {
  const { page, faults } = await openPage(t, browser, service.url)
  await rankSample(page)
  await openStation(page, 'Nets')
  await page.getByText(/All wards together need [\d,]+ nets\./).waitFor()
  await setStock(page, 20_000)
  const first = await newestPlan(page)
  t.equal(first.totals.allocated <= 20_000, true)
  t.match(await headline(page).textContent(), first.totals.allocated.toLocaleString('en-US'))
  const slider = page.getByLabel('Nets in stock, slider')
  await slider.fill(String(await slider.getAttribute('max')))
  await headline(page).getByText('20,000').waitFor({ state: 'detached' })
  const whole = await newestPlan(page)
  t.equal(whole.totals.coveragePercent, 100, 'the slider ends where every ward has what it needs')
  await setStock(page, 20_000)
  t.match(await stationLink(page, 'Nets').textContent(), /done.*nets, .* covered/)

  const csv = await save(page, 'Bed-net plan (CSV)')
  const served = first.wards.filter(({ allocated }) => allocated > 0).length
  const rows = await page.getByRole('region', { name: 'Nets by ward', exact: true }).locator('tbody tr').count()
  t.equal(rows, served, 'the table has the wards that the plan serves')
  t.ok(csv.trim().split('\n').length > rows, 'itn_plan.csv has every ward')
  t.equal(
    await page.getByRole('combobox', { name: 'Colour by' }).inputValue(),
    'coverage',
    'the map shows the coverage',
  )

  await page.reload()
  await headline(page).getByText('20,000').waitFor()
  t.equal(await page.getByLabel('Nets in stock', { exact: true }).inputValue(), '20000', 'the form is there again')

  // The data change in another client of the same session.
  const { files } = (await (await page.request.get(`${service.url}/api/files`)).json()) as {
    files: { id: string; role: string }[]
  }
  await page.request.delete(`${service.url}/api/files/${files.find(({ role }) => role === 'boundaries')?.id ?? ''}`)
  await openDownloads(page)
  await button(page, 'Bed-net plan (CSV)').click()
  await page.locator('#plan-download-notices').getByText('The data have changed').waitFor()
  await stationLink(page, 'Nets').getByText('stale').waitFor()
  await openDownloads(page)
  t.ok(await button(page, 'Bed-net plan (CSV)').isDisabled(), 'a plan of replaced data cannot be downloaded')
  t.strictSame(faults, [])
})

t.test('rules of a programme change the plan, and an exception needs its reason', async (t) => {
  const { page, faults } = await openPage(t, browser, service.url)
  await rankSample(page)
  await openStation(page, 'Nets')
  await setStock(page, 20_000)
  await page.getByText('Rules of the programme').click()
  await page.getByLabel('Held back for routine channels, %').fill('10')
  await page.getByText('2,000 nets are held back.').waitFor()
  await page.getByLabel('Whole bales of').selectOption('50')
  const { wards } = await (async () => {
    await page.getByText(/Working out the plan/).waitFor({ state: 'hidden' })
    return await newestPlan(page)
  })()
  t.strictSame(
    wards.filter(({ allocated }) => allocated % 50 !== 0),
    [],
    'every ward gets whole bales',
  )
  const first = wards[0]?.wardName ?? ''
  const exceptions = page.getByRole('group', { name: 'Exceptions' })
  await exceptions.getByLabel('Ward').fill(first)
  await exceptions.getByLabel('It is').selectOption('left out')
  await button(page, 'Add the exception').click()
  await exceptions.getByText('Give the reason').waitFor()
  await exceptions.getByLabel('Reason').fill('Served by a partner')
  await button(page, 'Add the exception').click()
  await page.getByText('1 ward left out of the plan').click()
  await page.getByText(`${first}: `).last().waitFor()
  t.match(await page.locator('#plan-content').textContent(), 'Served by a partner')
  t.strictSame(faults, [])
})

t.test('scenarios are kept, copied, locked, deleted and compared side by side', async (t) => {
  const { page, faults } = await openPage(t, browser, service.url)
  await rankSample(page)
  await openStation(page, 'Nets')
  await setStock(page, 15_000)
  await keep(page, 'Small stock')
  const small = await newestPlan(page)
  await setStock(page, 30_000)
  await keep(page, 'Large stock')
  const large = await newestPlan(page)
  await page.getByRole('checkbox', { name: 'Compare Small stock' }).check()
  await page.getByRole('checkbox', { name: 'Compare Large stock' }).check()
  await button(page, 'Compare 2 scenarios').click()
  const served = (plan: PlanOfApi): ReadonlySet<string> =>
    new Set(plan.wards.filter(({ allocated }) => allocated > 0).map(({ wardName }) => wardName))
  const gained = [...served(large)].filter((name) => !served(small).has(name)).length
  await page
    .getByText(`From Small stock to Large stock: ${String(gained)} wards gained nets, 0 wards lost them`)
    .waitFor()
  await page.getByRole('region', { name: 'Wards whose nets differ' }).waitFor()

  await button(page, 'Lock Small stock').click()
  await button(page, 'Lock Small stock').waitFor({ state: 'detached' })
  const list = page.getByRole('list', { name: 'Scenarios' })
  await list.getByText(/15,000 nets, locked on \d+ \w+ \d{4}$|15,000 nets, locked on \w+ \d+, \d{4}$/).waitFor()
  t.equal(await button(page, 'Delete Small stock').count(), 0, 'a locked scenario cannot be deleted')
  await button(page, 'Copy Small stock').click()
  await button(page, 'Open Copy of Small stock').waitFor()
  t.equal(await page.getByLabel('Nets in stock', { exact: true }).inputValue(), '15000', 'the copy is in the form')
  await button(page, 'Delete Copy of Small stock').click()
  await page.getByRole('dialog').getByRole('button', { name: 'Delete', exact: true }).click()
  await button(page, 'Open Copy of Small stock').waitFor({ state: 'detached' })
  await button(page, 'Open Large stock').click()
  await headline(page).getByText('30,000').waitFor()
  t.strictSame(faults, [])
})

t.test('how sure it is who gets nets is worked out on demand, and is gone when the plan is another', async (t) => {
  const { page, faults } = await openPage(t, browser, service.url)
  await rankSample(page)
  await openStation(page, 'Nets')
  await setStock(page, 200_000)
  await button(page, 'Work out how sure these nets are').click()
  const counts = page.locator('.sure-nets').getByText(/^\d+ wards would get nets whatever is chosen/)
  await counts.waitFor()
  const { plans } = (await (await page.request.get(`${service.url}/api/itn-plans`)).json()) as {
    plans: { id: string; analysisId: string }[]
  }
  const [plan] = plans
  const reply = await page.request.post(`${service.url}/api/analyses/${plan?.analysisId ?? ''}/certainty`, {
    data: { planId: plan?.id },
  })
  const { wards } = (await reply.json()) as { wards: { wardName: string; verdict: string; chanceNets: number }[] }
  const of = (verdict: string): string => String(wards.filter((ward) => ward.verdict === verdict).length)
  t.match(
    await counts.textContent(),
    `${of('in')} wards would get nets whatever is chosen, ${of('out')} wards would get none, and for ` +
      `${of('choice')} wards it depends on choices.`,
  )
  const table = page.getByRole('region', { name: 'Nets by ward', exact: true })
  const open = wards.find(({ verdict, wardName }) => verdict === 'choice' && wardName !== '')
  await page.getByRole('combobox', { name: 'Colour by' }).selectOption({ label: 'How sure: nets by this plan?' })
  await page
    .getByRole('list', { name: 'Legend' })
    .getByText(`It depends on choices ${of('choice')}`)
    .waitFor()
  t.ok(open !== undefined && (await table.getByRole('columnheader', { name: 'Chance of nets' }).count()) === 1)

  await page.getByText('Rules of the programme').click()
  await page.getByLabel('Order of the wards').selectOption('by PCA')
  await button(page, 'Work out how sure these nets are').waitFor()
  t.equal(await table.getByRole('columnheader', { name: 'Chance of nets' }).count(), 0)
  await button(page, 'Work out how sure these nets are').click()
  await page.locator('.sure-nets').getByText('The chance of nets is drawn in the order of PCA').waitFor()
  t.strictSame(faults, [])
})
