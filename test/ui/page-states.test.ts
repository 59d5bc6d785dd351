import { existsSync, readFileSync } from 'node:fs'
import t from 'tap'
import { redis, s3, startService } from '../support/parts.ts'
import { openBrowser, openPage } from './open-page.ts'
import { button, dropFiles, isRanked, openStation, ranking, shownCount, stationLink } from './workbench.ts'

const SHARED = new URL('../../../shared/data/', import.meta.url)

// A browser on a shared machine needs time.
t.setTimeout(360_000)
const hasData = existsSync(SHARED)
const skip = hasData ? false : 'needs ../shared/data'
const browser = hasData ? await openBrowser(t) : null
const service = hasData ? await startService(t, { redis: await redis(t), s3: await s3(t) }) : null

const filesOf = (area: string) =>
  ['wards.csv', 'boundaries.zip'].map((name) => ({
    name: `${area} ${name}`,
    bytes: readFileSync(new URL(`${area}/${name}`, SHARED)),
  }))

t.test('Kano: from files to two compared plans in twelve actions, with one correction', { skip }, async (t) => {
  if (browser === null || service === null) return
  const { page, faults } = await openPage(t, browser, service.url)
  let actions = 0
  const act = async (action: Promise<unknown>): Promise<void> => {
    actions += 1
    await action
  }
  await act(dropFiles(page, ...filesOf('kano')))
  await act(button(page, 'Take 2 files').click())
  await page.getByRole('heading', { name: '4 wards without a boundary' }).waitFor()
  await act(button(page, 'Join 4').click())
  await page.getByRole('heading', { name: 'Every ward has a boundary' }).waitFor()
  await act(button(page, 'Go on to the indicators').click())
  const suggested = page.getByRole('region', { name: 'Suggested indicators' })
  t.strictSame(
    (await suggested.getByRole('checkbox', { checked: true }).count()) > 1,
    true,
    'there is a defensible choice before anybody looks',
  )
  t.equal(await suggested.getByText('total', { exact: true }).count(), 0, 'a count of people is no suggested indicator')
  await page.getByText(/^Others \(\d+\)$/).click()
  const copies = page.getByRole('group', { name: /^The same values as / })
  t.ok((await copies.count()) > 0, 'copies of one column are in a box of their own')
  await act(button(page, 'Rank the wards').click())
  await isRanked(page)
  t.match(await stationLink(page, 'Results').textContent(), /66 wards ranked/)
  await act(openStation(page, 'Nets'))
  const people = page.getByLabel('Population of a ward')
  await act(people.selectOption('total'))
  for (const [name, nets] of [
    ['First', '300'],
    ['Second', '600'],
  ] as const) {
    await act(page.getByLabel('Nets in stock', { exact: true }).fill(nets))
    await page.getByText(` of ${nets} nets go to `).waitFor()
    await page.getByLabel('Name of the scenario').fill(name)
    await act(page.keyboard.press('Enter'))
    await page.getByRole('checkbox', { name: `Compare ${name}` }).check()
  }
  await act(button(page, 'Compare 2 scenarios').click())
  await page.getByText(/From First to Second: /).waitFor()
  t.ok(actions <= 12, `${String(actions)} actions`)
  t.strictSame(faults, [])
})

t.test('a state of 275 wards is ranked as it is suggested, and any ward is found', { skip }, async (t) => {
  if (browser === null || service === null) return
  const { page, faults } = await openPage(t, browser, service.url)
  await dropFiles(page, ...filesOf('state-275'))
  await button(page, 'Take 2 files').click()
  await button(page, 'Go on to the indicators').click()
  t.equal(await page.getByText('10 indicators chosen.').isVisible(), true, 'nothing has to be corrected')
  await button(page, 'Rank the wards').click()
  await isRanked(page)
  t.equal(await ranking(page).getByRole('table').getAttribute('aria-rowcount'), '276')
  await page.getByRole('combobox', { name: 'Find a ward' }).fill('jiltadu')
  await page.keyboard.press('Enter')
  await page.locator('.why h3', { hasText: 'Jiltadu' }).waitFor()
  t.equal(await shownCount(page).textContent(), '275 wards')
  t.ok(
    await ranking(page).locator('tr.chosen').isVisible(),
    'its row is in sight, though only the rows in sight are drawn',
  )
  t.strictSame(faults, [])
})

t.test('two people beside each other see nothing of one another', { skip }, async (t) => {
  if (browser === null || service === null) return
  const [one, other] = await Promise.all([openPage(t, browser, service.url), openPage(t, browser, service.url)])
  const csv = (canary: string): string =>
    [
      'WardName,LGA,population,rainfall,tpr',
      `${canary}a,${canary}l,100,10,1`,
      `${canary}b,${canary}l,200,20,3`,
      `${canary}c,${canary}l,300,30,2`,
    ].join('\n')
  await Promise.all(
    [one, other].map(async ({ page }, at) => {
      await dropFiles(page, { name: 'mine.csv', bytes: csv(`canary${String(at)}`) })
      await button(page, 'Take 1 file').click()
      await button(page, 'Go on to the indicators').click()
      await button(page, 'Rank the wards').click()
      await isRanked(page, 3)
      await openStation(page, 'Ask')
      await page.getByLabel('Your question').fill('List the wards')
      await button(page, 'Ask').click()
      await page.getByText(/^Answered by /).waitFor()
    }),
  )
  for (const [at, { page, faults }] of [one, other].entries()) {
    const html = await page.content()
    t.ok(html.includes(`canary${String(at)}a`), 'their own wards are there')
    t.notOk(html.includes(`canary${String(1 - at)}`), "nothing of the other person's is")
    t.strictSame(faults, [])
  }
})
