import t from 'tap'
import type { Locator, Page } from 'playwright-core'
import { fakeModel } from '../support/fake-model.ts'
import { redis, s3, secrets, startService } from '../support/parts.ts'
import { barriers, openBrowser, openPage, tabTo } from './open-page.ts'
import { button, choose, openStation, rankedRows, stationLink } from './workbench.ts'

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

const log = (page: Page): Locator => page.getByRole('log', { name: 'Conversation' })
const turn = (page: Page, at: number): Locator => log(page).locator('.turn').nth(at)

/** Waits until a turn has its whole answer. */
const isAnswered = (page: Page, at: number): Promise<void> =>
  turn(page, at)
    .getByText(/^Answered by /)
    .waitFor()

async function ask(page: Page, message: string): Promise<void> {
  await openStation(page, 'Ask')
  await page.getByLabel('Your question').fill(message)
  await button(page, 'Ask').click()
}

async function upload(page: Page, csv: string): Promise<void> {
  await choose(page, 'Choose the ward table', { name: 'mine.csv', bytes: csv })
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
  await isAnswered(page, 0)
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
  await button(page, 'Open the ranking').click()
  await rankedRows(page).nth(2).waitFor()
  await ask(page, 'Plan 500 nets')
  await button(page, 'Open the plan').click()
  t.match(await page.locator('#plan-content .headline').textContent(), 'of 500 nets')
  t.equal(await page.getByLabel('Nets in stock', { exact: true }).inputValue(), '500', 'the form holds its options')

  await page.reload()
  await openStation(page, 'Ask')
  await isAnswered(page, 3)
  t.equal(await log(page).locator('.turn').count(), 4, 'the conversation is there again')
  t.equal(await turn(page, 1).getByRole('table').count(), 1, 'with its tables')
  await button(page, 'Forget the conversation').click()
  await turn(page, 0).waitFor({ state: 'detached' })
  t.equal(await page.locator('#chat-turns').textContent(), '')
  t.strictSame(faults, [])
})

t.test(
  'what cannot be answered is said, the keyboard is enough, and the end of the session leaves nothing',
  async (t) => {
    const { page, faults } = await openPage(t, browser, service.url)
    await tabTo(page, stationLink(page, 'Ask'))
    await page.keyboard.press('Enter')
    await tabTo(page, page.getByLabel('Your question'))
    await page.keyboard.type('Rank them')
    await page.keyboard.press('Enter')
    await isAnswered(page, 0)
    t.equal(await page.locator('#chat-form [aria-busy=true]').count(), 0)
    await upload(page, CSV)
    await ask(page, 'Draw a column that is not there')
    await isAnswered(page, 1)
    t.match(await turn(page, 1).textContent(), /chose no tool that gives a result\. This was answered by rules/)
    await button(page, 'End session').click()
    await button(page, 'End session and delete my data').click()
    await page.getByText('The session has ended.').first().waitFor()
    t.equal(await page.locator('#chat-turns').textContent(), '', 'nothing of the conversation is left in the page')
    t.strictSame(faults, [])
  },
)

t.test('axe finds no barrier in a conversation with a table and a chart, light or dark', async (t) => {
  for (const scheme of ['light', 'dark'] as const) {
    const { page } = await openPage(t, browser, service.url, scheme)
    await upload(page, CSV)
    await ask(page, 'Draw the people')
    await turn(page, 0).getByRole('img').waitFor()
    t.strictSame(await barriers(page), [], scheme)
  }
})
