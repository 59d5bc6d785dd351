import { chromium, type CDPSession, type Page } from 'playwright-core'
import { readPage } from '../service/http/page-files.ts'
import { makeLargeDataset } from '../test/support/large-dataset.ts'
import { report } from './figure.ts'
import { chooseFiles, nextFrame, rankChosen } from './page-journey.ts'
import { SERVICE, startParts, startTask } from './parts.ts'

/**
 * What the page costs a person: bytes of the first load and of a reload, and in a browser with a fourth of this
 * machine's speed, for 275 and 9,500 wards: bytes from the first load to the map (uploads not counted), and CPU of the
 * browser's main thread for drawing the map and for each step of the pointer over it, beyond one beside the map.
 * Usage: node bench/page.ts
 */
const MOST_FIRST_LOAD_KB = 60
const MOST_RELOAD_KB = 3
const MOST_DRAWN_MS = 1_000
const MOST_HOVER_MS = 16
const MOST_WIRE_MB = 2
const SLOWER = 4
const STEPS = 60

const parts = await startParts({ withS3: true })
const { task, url } = await startTask('page', SERVICE, parts)
const { files } = readPage()
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] })
try {
  reportLoads()
  for (const wards of [275, 9_500]) await reportMap(wards)
} finally {
  await browser.close()
  await task.stop()
  await parts.stop()
}

function reportLoads(): void {
  const bytesOf = (path: string): number => files.get(path)?.encoded.get('br')?.length ?? NaN
  // The page in another language has a script of its own, which is loaded only when that is chosen.
  const named = String(files.get('/')?.plain).matchAll(/"(\/ui\/[^"]+)"/g)
  const paths = ['/', ...[...named].map(([, path = '']) => path)]
  const first = paths.reduce((sum, path) => sum + bytesOf(path), 0)
  report({ name: 'first load in Brotli', value: first / 1_000, unit: 'kB', most: MOST_FIRST_LOAD_KB })
  report({ name: 'reload in Brotli', value: bytesOf('/') / 1_000, unit: 'kB', most: MOST_RELOAD_KB })
}

async function reportMap(wards: number): Promise<void> {
  const { csv, shapefile } = makeLargeDataset({ wards, columns: 24 })
  const context = await browser.newContext({ viewport: { width: 1366, height: 768 }, reducedMotion: 'reduce' })
  const page = await context.newPage()
  page.setDefaultTimeout(240_000)
  const devtools = await context.newCDPSession(page)
  const wire = await countBytes(devtools)
  await page.goto(url)
  await chooseFiles(page, csv, shapefile)
  await rankChosen(page, 'Rank the wards')
  report({
    name: `${wards} wards, first load to map`,
    value: wire() / 1_000_000,
    unit: 'MB',
    ...(wards > 1_000 && { most: MOST_WIRE_MB }),
  })
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: SLOWER })
  const box = await page.locator('.map-marks').boundingBox()
  if (box === null) throw new Error('There is no map')
  const zoomed = await costOf(page, devtools, async () => {
    for (let at = 0; at < 10; at += 1) {
      await page.getByRole('button', { name: 'Show the whole area' }).click()
      await nextFrame(page)
    }
  })
  report({ name: `${wards} wards, map drawn`, value: zoomed / 10, unit: 'ms', most: MOST_DRAWN_MS })
  const stepsAt = (y: number): Promise<number> =>
    costOf(page, devtools, async () => {
      for (let at = 0; at < STEPS; at += 1) {
        await page.mouse.move(box.x + (box.width * (at + 1)) / (STEPS + 2), y)
        await nextFrame(page)
      }
    })
  // A step of the pointer costs the browser something everywhere, and so does measuring it.
  const bare = await stepsAt(5)
  const hovered = (await stepsAt(box.y + box.height / 2)) - bare
  report({ name: `${wards} wards, a step of the pointer`, value: hovered / STEPS, unit: 'ms', most: MOST_HOVER_MS })
  await context.close()
}

/** Counts the bytes that come over the wire from now on. */
async function countBytes(devtools: CDPSession): Promise<() => number> {
  let bytes = 0
  devtools.on('Network.loadingFinished', ({ encodedDataLength }) => {
    bytes += encodedDataLength
  })
  await devtools.send('Network.enable')
  return () => bytes
}

/** Milliseconds that the browser's main thread spends on its tasks meanwhile. */
async function costOf(page: Page, devtools: CDPSession, work: () => Promise<void>): Promise<number> {
  // CPU of the thread, so that other work on the machine counts for nothing.
  await devtools.send('Performance.enable', { timeDomain: 'threadTicks' })
  const spent = async (): Promise<number> => {
    const { metrics } = await devtools.send('Performance.getMetrics')
    return 1_000 * (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? NaN)
  }
  await nextFrame(page)
  const before = await spent()
  await work()
  return (await spent()) - before
}
