import { setTimeout as pause } from 'node:timers/promises'
import { chromium, type Page, type Request } from 'playwright-core'
import { makeLargeDataset } from '../test/support/large-dataset.ts'
import { report } from './figure.ts'
import { startParts, startTask, SERVICE } from './parts.ts'
import { weakLink } from './weak-link.ts'

/**
 * A ward table of 20 MB sent from the page over a weak link that is cut three times, each time in the middle of a
 * piece: whether any piece but the cut ones was sent again, by the posts and by the bytes that crossed the link. At
 * 230 kbit/s it takes about twelve minutes.
 * Usage: node bench/page-upload.ts [kbit/s]
 */
const WARDS = 9_500
const COLUMNS = 155
const PIECE_BYTES = 256 * 1024
const CUT_AT = [0.2, 0.5, 0.8] as const
const CUT_MS = 5_000
const LOOK_MS = 50
/** Of the bytes that crossed: the forms around the pieces, and the parts of three pieces that were cut. */
const MOST_SENT = 1.03
/** Beside what the bytes need: the waits after the cuts, and reading the table at half a core. */
const MOST_LONGER = 1.1
const READ_MS = 90_000

const kbit = Number(process.argv[2] ?? 230)
const parts = await startParts({ withS3: true })
if (parts.s3 === null) throw new Error('Cannot measure an upload without an object store')
const link = await weakLink(parts.s3.endpoint, kbit)
const { task, url } = await startTask('page-upload', SERVICE, {
  redis: parts.redis,
  s3: { ...parts.s3, endpoint: link.endpoint },
})
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] })
try {
  const { csv } = makeLargeDataset({ wards: WARDS, columns: COLUMNS })
  const pieces = Math.ceil(csv.length / PIECE_BYTES)
  const mostMs = (MOST_LONGER * csv.length * 8) / kbit + READ_MS
  const page = await browser.newPage()
  page.setDefaultTimeout(2 * mostMs)
  const arrived = arrivedPosts(page, link.endpoint)
  await page.goto(url)
  const begin = performance.now()
  await page
    .getByLabel('Choose the ward table')
    .setInputFiles({ name: 'wards.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) })
  for (const [cuts, share] of CUT_AT.entries()) {
    while (arrived.size < Math.floor(share * pieces)) await pause(LOOK_MS)
    // Some of the next piece has crossed the link.
    const before = link.sent()
    while (link.sent() < before + PIECE_BYTES / 4) await pause(LOOK_MS)
    link.goDown()
    if (link.brokenOff() !== cuts + 1) throw new Error('The cut met no piece on its way')
    await pause(CUT_MS)
    link.goUp()
  }
  await page.getByText(/wards\.csv · 9,500 wards/).waitFor()
  const spentMs = performance.now() - begin
  report({
    name: `${(csv.length / 1e6).toFixed(1)} MB at ${kbit} kbit/s, ${link.brokenOff()} pieces cut`,
    value: spentMs / 60_000,
    unit: 'min',
    most: mostMs / 60_000,
  })
  report({ name: `posts that arrived beside the ${pieces} pieces`, value: arrived.size - pieces, unit: '', most: 0 })
  report({ name: 'bytes that crossed the link', value: link.sent() / csv.length, unit: '× the file', most: MOST_SENT })
} finally {
  await browser.close()
  await task.stop()
  await link.close()
  await parts.stop()
}

/** The posts to the object store that arrived so far. */
function arrivedPosts(page: Page, endpoint: string): ReadonlySet<Request> {
  const posts = new Set<Request>()
  page.on('requestfinished', (request) => {
    if (request.method() === 'POST' && request.url().startsWith(endpoint)) posts.add(request)
  })
  return posts
}
