import { setTimeout as pause } from 'node:timers/promises'
import { chromium, type Page, type Request } from 'playwright-core'
import { makeLargeDataset } from '../test/support/large-dataset.ts'
import { report } from './figure.ts'
import { startParts, startTask, SERVICE } from './parts.ts'

/**
 * A ward table of 20 MB sent from the page over a weak link that is cut three times, each time in the middle of a
 * piece: whether any piece but the cut ones was sent again, and how much longer it took than its bytes need. At
 * 230 kbit/s it takes about twelve minutes.
 * Usage: node bench/page-upload.ts [kbit/s]
 */
const WARDS = 9_500
const COLUMNS = 155
const PIECE_BYTES = 256 * 1024
const CUT_AT = [0.2, 0.5, 0.8] as const
const CUT_MS = 5_000
const LOOK_MS = 100
/** Beside what the bytes need: headers and round trips of each post, and the waits after the cuts. */
const MOST_LONGER = 1.2
/** Reading the table at half a core. */
const READ_MS = 60_000

const kbit = Number(process.argv[2] ?? 230)
const parts = await startParts({ withS3: true })
const { task, url } = await startTask('page-upload', SERVICE, parts)
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] })
try {
  const { csv } = makeLargeDataset({ wards: WARDS, columns: COLUMNS })
  const pieces = Math.ceil(csv.length / PIECE_BYTES)
  const mostMs = (MOST_LONGER * csv.length * 8) / kbit + READ_MS
  const context = await browser.newContext()
  const page = await context.newPage()
  page.setDefaultTimeout(2 * mostMs)
  const posts = countPosts(page, parts.s3?.endpoint ?? '')
  await page.goto(url)
  const devtools = await context.newCDPSession(page)
  const link = async (isCut: boolean): Promise<void> => {
    posts.isLinkCut = isCut
    await devtools.send('Network.emulateNetworkConditions', {
      offline: isCut,
      latency: 100,
      downloadThroughput: (kbit * 1_000) / 8,
      uploadThroughput: (kbit * 1_000) / 8,
    })
  }
  await devtools.send('Network.enable')
  await link(false)
  const begin = performance.now()
  await page
    .getByLabel('Choose the ward table')
    .setInputFiles({ name: 'wards.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) })
  for (const share of CUT_AT) {
    // The middle of a piece.
    const piece = Math.floor(share * pieces) + 0.5
    while ((await percentSent(page)) < (100 * piece) / pieces) await pause(LOOK_MS)
    await link(true)
    await pause(CUT_MS)
    await link(false)
  }
  await page.getByText(/wards\.csv · 9,500 wards/).waitFor()
  const spentMs = performance.now() - begin
  const size = `${(csv.length / 1e6).toFixed(1)} MB in ${pieces} pieces`
  report({
    name: `${size} at ${kbit} kbit/s, three cuts`,
    value: spentMs / 60_000,
    unit: 'min',
    most: mostMs / 60_000,
  })
  report({ name: 'pieces that arrived more than once', value: posts.arrived - pieces, unit: 'pieces', most: 0 })
  report({ name: 'posts that broke off on their way', value: posts.cut, unit: 'posts', most: CUT_AT.length })
} finally {
  await browser.close()
  await task.stop()
  await parts.stop()
}

async function percentSent(page: Page): Promise<number> {
  return await page.evaluate<number>(`document.querySelector('#wards-progress progress')?.value ?? 0`)
}

/**
 * Counts the posts to the object store that arrived, and those that broke off on their way. A try while the link is cut
 * sends nothing and is not counted.
 */
function countPosts(page: Page, endpoint: string) {
  const posts = { arrived: 0, cut: 0, isLinkCut: false }
  const begun = new Set<Request>()
  page.on('request', (request) => {
    const isPost = request.method() === 'POST' && request.url().startsWith(endpoint)
    if (isPost && !posts.isLinkCut) begun.add(request)
  })
  page.on('requestfinished', (request) => {
    if (begun.has(request)) posts.arrived += 1
  })
  page.on('requestfailed', (request) => {
    if (begun.has(request)) posts.cut += 1
  })
  return posts
}
