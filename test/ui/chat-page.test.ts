import { readFileSync } from 'node:fs'
import t from 'tap'
import type { Locator, Page } from 'playwright-core'
import { fakeModel } from '../support/fake-model.ts'
import { redis, s3, secrets, startService } from '../support/parts.ts'
import { barriers, openBrowser, openPage, tabTo } from './open-page.ts'

// A browser on a shared machine needs time.
t.setTimeout(240_000)
const fake = await fakeModel(t)
const service = await startService(t, {
  redis: await redis(t),
  s3: await s3(t),
  secrets: secrets(),
  env: fake.env(fake.entry('fake-one', 'openai-compatible')),
})
const browser = await openBrowser(t)

/** What the model calls for each question of this test, and then repeats of it. */
const CALLS: Readonly<Record<string, { readonly call: string; readonly input: unknown }>> = {
  'How many people are there by LGA?': {
    call: 'query_wards',
    input: { groupBy: ['LGA'], measures: [{ measure: 'sum', column: 'population' }] },
  },
  'Draw the people': {
    call: 'draw_chart',
    input: { kind: 'bar', measure: { measure: 'sum', column: 'population' } },
  },
  'Map of the elevation': { call: 'show_map', input: { variable: 'elevation_m' } },
  'Rank them': { call: 'run_analysis', input: {} },
  'Plan 500 nets': { call: 'plan_nets', input: { totalNets: 500 } },
  'Draw a column that is not there': { call: 'draw_chart', input: { kind: 'histogram', column: 'nothing' } },
}
fake.script = ({ toolResults, lastUserText }) => {
  const wanted = CALLS[lastUserText]
  if (wanted === undefined) return [{ say: 'I do not know that.' }]
  if (toolResults.length === 0) return [wanted]
  const [result = ''] = toolResults
  return [{ say: result.startsWith('{') ? (JSON.parse(result) as { text: string }).text : result }]
}

const button = (page: Page, name: string): Locator => page.getByRole('button', { name, exact: true })
const log = (page: Page): Locator => page.getByRole('log', { name: 'Conversation' })
const turn = (page: Page, at: number): Locator => log(page).locator('.turn').nth(at)

async function ask(page: Page, message: string): Promise<void> {
  await page.getByLabel('Your question').fill(message)
  await button(page, 'Ask').click()
}

async function upload(page: Page, csv: string): Promise<void> {
  await page
    .getByLabel('Choose the ward table')
    .setInputFiles({ name: 'mine.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) })
  await page.locator('#found-title').waitFor()
}

/** Whether the browser could read the image: a chart that is not well-formed has no width. */
const isDrawn = async (image: Locator): Promise<boolean> =>
  await image.evaluate(async (element) => {
    const shown = element as unknown as { decode: () => Promise<void>; naturalWidth: number }
    await shown.decode()
    return shown.naturalWidth > 0
  })

const HOSTILE = ['<img src=x onerror=alert(1)>', ']]><script>alert(1)</script>', '&lt;b&gt; &amp; "quoted" \'too\'']
const CSV = [
  'WardName,LGA,population,rainfall,tpr',
  `"${HOSTILE[0] ?? ''}",Alpha,1000,10,1`,
  `"${HOSTILE[1] ?? ''}",Alpha,2000,20,3`,
  `"${(HOSTILE[2] ?? '').replaceAll('"', '""')}",Beta,4500,25,2`,
  '',
].join('\n')

t.test('a question is answered with its figures, a table and a chart, and the rest of the page follows', async (t) => {
  const { page, faults } = await openPage(t, browser, service.url)
  await upload(page, CSV)

  await ask(page, 'How many people are there by LGA?')
  await turn(page, 0).waitFor()
  t.match(await turn(page, 0).textContent(), /Alpha: the sum of population is 3,000; Beta: .* 4,500/)
  const cells = await turn(page, 0).getByRole('row').allTextContents()
  t.strictSame(cells, ['LGAsum of population', 'Alpha3,000', 'Beta4,500'])
  t.match(await turn(page, 0).locator('details').textContent(), 'Asked: This gives the sum of population of all wards')
  t.equal(await page.getByLabel('Your question').inputValue(), '', 'the next question can be written')

  await ask(page, 'Draw the people')
  const image = turn(page, 1).getByRole('img')
  await image.waitFor()
  t.equal(await image.getAttribute('alt'), 'This draws a bar for each of all wards: its population.')
  t.match(await image.getAttribute('src'), /^blob:/)
  t.ok(await isDrawn(image), 'names of every hostile kind do not break it')
  t.match(await turn(page, 1).getByRole('rowheader').allTextContents(), [/quoted/, /script/, /onerror/])
  t.equal(
    await turn(page, 1).getByRole('link', { name: 'Download this chart (SVG)' }).getAttribute('download'),
    'chart.svg',
  )

  await ask(page, 'Rank them')
  await page.getByRole('region', { name: 'Ranking of wards' }).getByRole('row').nth(3).waitFor()
  await ask(page, 'Plan 500 nets')
  await page.locator('#plan-content table').first().waitFor()
  t.match(await page.locator('#plan-content').textContent(), '500')

  await page.reload()
  await turn(page, 3).waitFor()
  t.equal(await log(page).locator('.turn').count(), 4, 'the conversation is there again')
  t.equal(await turn(page, 1).getByRole('table').count(), 1, 'with its tables')
  await button(page, 'Forget the conversation').click()
  await turn(page, 0).waitFor({ state: 'detached' })
  t.equal(await log(page).textContent(), '')
  t.strictSame(faults, [])
})

t.test(
  'what cannot be answered is said, the keyboard is enough, and the end of the session leaves nothing',
  async (t) => {
    const { page, faults } = await openPage(t, browser, service.url)
    await tabTo(page, page.getByLabel('Your question'))
    await page.keyboard.type('Rank them')
    await page.keyboard.press('Enter')
    await turn(page, 0).waitFor()
    t.equal(await page.locator('#chat-form [aria-busy=true]').count(), 0)
    await upload(page, CSV)
    await ask(page, 'Draw a column that is not there')
    await turn(page, 1).waitFor()
    t.match(await turn(page, 1).textContent(), /chose no tool that gives a result\. This was answered by rules/)
    await button(page, 'End session').click()
    await button(page, 'End session and delete my data').click()
    await page.getByText('The session has ended.').first().waitFor()
    t.equal(await log(page).textContent(), '', 'nothing of the conversation is left in the page')
    t.strictSame(faults, [])
  },
)

t.test('a map of a column is a picture whose legend counts every ward, and a file', async (t) => {
  const { page, faults } = await openPage(t, browser, service.url)
  await button(page, 'Use the sample').click()
  await page.locator('#found-title').waitFor()
  await ask(page, 'Map of the elevation')
  const picture = turn(page, 0).getByRole('img', { name: 'Map of elevation_m' })
  await picture.waitFor()
  const shades = await picture
    .locator('path')
    .evaluateAll((paths) =>
      paths.map((path) => [path.getAttribute('class') ?? '', path.querySelector('title')?.textContent ?? '']),
    )
  const elevations = readFileSync(new URL('../../service/sample/wards.csv', import.meta.url), 'utf8')
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split(','))
  const values = elevations.map((cells) => Number(cells[9]))
  const [least, greatest] = [Math.min(...values), Math.max(...values)]
  const shadeOf = (value: number): string =>
    `ward shade-${String(Math.min(5, 1 + Math.floor((5 * (value - least)) / (greatest - least))))}`
  t.strictSame(
    shades.toSorted(([, one = ''], [, other = '']) => (one < other ? -1 : 1)),
    elevations
      .map((cells) => [shadeOf(Number(cells[9])), `${cells[1] ?? ''}: ${String(Number(cells[9]))}`])
      .toSorted(([, one = ''], [, other = '']) => (one < other ? -1 : 1)),
    'every ward has the shade of its value and says it',
  )
  const legend = await turn(page, 0).getByRole('list', { name: 'Legend' }).getByRole('listitem').allTextContents()
  t.equal(legend.length, 5)
  const counts = legend.map((item) => Number(/: (\d+) wards?$/.exec(item)?.[1]))
  t.equal(
    counts.reduce((sum, count) => sum + count, 0),
    60,
  )
  t.ok(await turn(page, 0).getByRole('link', { name: 'Download this map (GeoJSON)' }).isVisible())
  t.strictSame(await barriers(page), [])
  t.strictSame(faults, [])
})

t.test('axe finds no barrier in a conversation with a table and a chart, light or dark', async (t) => {
  for (const scheme of ['light', 'dark'] as const) {
    const { page } = await openPage(t, browser, service.url, scheme)
    await upload(page, CSV)
    await ask(page, 'Draw the people')
    await turn(page, 0).getByRole('img').waitFor()
    t.strictSame(await barriers(page), [], scheme)
  }
})
