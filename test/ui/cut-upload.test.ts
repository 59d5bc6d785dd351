import t from 'tap'
import type { Page, Request } from 'playwright-core'
import { makeLargeDataset } from '../support/large-dataset.ts'
import { redis, s3, startService } from '../support/parts.ts'
import { openBrowser, openPage } from './open-page.ts'
import { button, choose } from './workbench.ts'

const PIECE_BYTES = 256 * 1024
/** Three times a network's longest wait, and the reading of the file. */
const ARRIVED_MS = 120_000

// A browser on a shared machine needs time.
t.setTimeout(360_000)
const objects = await s3(t)
const service = await startService(t, { redis: await redis(t), s3: objects })
const browser = await openBrowser(t)
const { csv } = makeLargeDataset({ wards: 6_000, columns: 24 })
const pieces = Math.ceil(csv.length / PIECE_BYTES)

/** The posts to the object store: those that arrived, and those that broke off. */
function postsOf(page: Page): { readonly arrived: Request[]; readonly cut: Request[] } {
  const posts = { arrived: new Array<Request>(), cut: new Array<Request>() }
  const isPost = (request: Request): boolean =>
    request.method() === 'POST' && request.url().startsWith(objects.endpoint)
  page.on('requestfinished', (request) => {
    if (isPost(request)) posts.arrived.push(request)
  })
  page.on('requestfailed', (request) => {
    if (isPost(request)) posts.cut.push(request)
  })
  return posts
}

/** Resolves once so many pieces have arrived. */
async function untilArrived(page: Page, posts: { readonly arrived: readonly Request[] }, count: number): Promise<void> {
  while (posts.arrived.length < count) await page.waitForEvent('requestfinished', { timeout: ARRIVED_MS })
}

async function start(page: Page): Promise<void> {
  await choose(page, 'Choose the ward table', { name: 'wards.csv', bytes: csv })
}

async function isRead(page: Page): Promise<void> {
  await page
    .locator('#wards-state')
    .getByText(/wards\.csv · 6,000 wards/)
    .waitFor({ timeout: ARRIVED_MS })
}

interface Link {
  cut(): Promise<void>
  mend(): Promise<void>
}

/** A link on which a piece takes more than half a second, so that it can be cut between two of them. */
async function slowLink(page: Page): Promise<Link> {
  const devTools = await page.context().newCDPSession(page)
  const emulate = async (offline: boolean): Promise<void> => {
    const speed = { latency: 50, downloadThroughput: 400_000, uploadThroughput: 400_000 }
    await devTools.send('Network.emulateNetworkConditions', { offline, ...speed })
  }
  await emulate(false)
  return {
    cut: async () => emulate(true),
    mend: async () => emulate(false),
  }
}

t.test('an upload whose link is cut three times goes on where it stopped, without a click', async (t) => {
  const { page, faults } = await openPage(t, browser, service.url)
  const posts = postsOf(page)
  const link = await slowLink(page)
  await start(page)
  for (const after of [1, 3, 5]) {
    await untilArrived(page, posts, after)
    await link.cut()
    await page
      .locator('#wards-progress')
      .getByText(/waits for the network/)
      .waitFor()
    await link.mend()
  }
  await isRead(page)
  t.equal(posts.arrived.length, pieces, `each of the ${String(pieces)} pieces arrived once`)
  t.comment(
    `| ${String(csv.length)} bytes in ${String(pieces)} pieces, three cuts | ${String(posts.arrived.length)} arrived, ${String(posts.cut.length)} tries were cut |`,
  )
  t.strictSame(faults, [])
})

t.test('after a reload, the same file goes on where it stopped', async (t) => {
  const { page, faults } = await openPage(t, browser, service.url)
  const posts = postsOf(page)
  await slowLink(page)
  await start(page)
  await untilArrived(page, posts, 2)
  await page.reload()
  const sent = posts.arrived.length
  t.ok(sent < pieces, `${String(sent)} of ${String(pieces)} pieces had arrived`)
  await start(page)
  await isRead(page)
  t.ok(posts.arrived.length <= pieces + 1, 'only the piece that was on its way is sent again')
  t.strictSame(faults, [])
})

t.test('an upload that is cancelled is not read', async (t) => {
  const { page } = await openPage(t, browser, service.url)
  const posts = postsOf(page)
  await slowLink(page)
  await start(page)
  await untilArrived(page, posts, 1)
  await button(page, 'Cancel').click()
  await page.getByRole('progressbar').waitFor({ state: 'detached' })
  t.ok(posts.arrived.length < pieces)
  t.equal(
    await page
      .locator('#wards-state')
      .getByText(/6,000 wards/)
      .count(),
    0,
  )
})
