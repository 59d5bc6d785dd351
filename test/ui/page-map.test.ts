import t from 'tap'
import type { Page } from 'playwright-core'
import { redis, s3, startService } from '../support/parts.ts'
import { openBrowser, openPage } from './open-page.ts'
import { button, openStation, rankedRows, ranking, rankSample, save, shownCount } from './workbench.ts'

// A browser on a shared machine needs time.
t.setTimeout(360_000)
const server = await redis(t)
const service = await startService(t, { redis: server, s3: await s3(t) })
const browser = await openBrowser(t)

interface Feature {
  readonly properties: { readonly wardName: string; readonly lga: string; readonly tier: string; readonly rank: number }
  readonly geometry: { readonly coordinates: readonly (readonly (readonly (readonly [number, number])[])[])[] }
}

interface OnScreen extends Readonly<Feature['properties']> {
  readonly x: number
  readonly y: number
}

/** The margin that the map leaves around the whole area. */
const MARGIN = 12

/**
 * Where each ward is on the screen while the map shows the whole area: worked out from the API's map, a point inside
 * each ward (the mean of its corners, since the sample's wards are nearly convex).
 */
async function wardsOnScreen(page: Page): Promise<readonly OnScreen[]> {
  const { analyses } = (await (await page.request.get(`${service.url}/api/analyses`)).json()) as {
    analyses: { id: string }[]
  }
  const reply = await page.request.get(`${service.url}/api/analyses/${analyses.at(-1)?.id ?? ''}/map`)
  const { features } = (await reply.json()) as { features: Feature[] }
  const points = features.flatMap(({ geometry }) => geometry.coordinates.flat(2))
  const [west, east] = [Math.min(...points.map(([x]) => x)), Math.max(...points.map(([x]) => x))]
  const [south, north] = [Math.min(...points.map(([, y]) => y)), Math.max(...points.map(([, y]) => y))]
  const shrink = Math.cos((((south + north) / 2) * Math.PI) / 180)
  const box = await page.locator('.map-marks').boundingBox()
  if (box === null) throw new Error('There is no map')
  const scale = Math.min(
    (box.width - 2 * MARGIN) / ((east - west) * shrink),
    (box.height - 2 * MARGIN) / (north - south),
  )
  const [left, top] = [
    box.x + (box.width - (east - west) * shrink * scale) / 2,
    box.y + (box.height - (north - south) * scale) / 2,
  ]
  return features.map(({ properties, geometry }) => {
    const ring = geometry.coordinates[0]?.[0] ?? []
    const [x, y] = [
      ring.reduce((sum, [longitude]) => sum + longitude, 0) / ring.length,
      ring.reduce((sum, [, latitude]) => sum + latitude, 0) / ring.length,
    ]
    return { ...properties, x: left + (x - west) * shrink * scale, y: top + (north - y) * scale }
  })
}

/** The colour of the map's ground at a point of the screen, as #rrggbb. */
async function colourAt(page: Page, { x, y }: { x: number; y: number }): Promise<string> {
  return await page.evaluate(`{
    const canvas = document.querySelector('.map-ground')
    const { left, top } = canvas.getBoundingClientRect()
    const at = (place) => Math.round(place * devicePixelRatio)
    const [r, g, b] = canvas.getContext('2d').getImageData(at(${String(x)} - left), at(${String(y)} - top), 1, 1).data
    '#' + [r, g, b].map((part) => part.toString(16).padStart(2, '0')).join('')
  }`)
}

const TIER_COLOURS: Readonly<Record<string, string>> = { High: '#8c2d04', Medium: '#ec8f3a', Low: '#fde7b8' }

t.test('every ward of the map has the colour of its tier, and says its place where the pointer is', async (t) => {
  const { page, faults } = await openPage(t, browser, service.url)
  await rankSample(page)
  const wards = await wardsOnScreen(page)
  t.equal(wards.length, 60)
  // A name may be written over the middle of a ward: a point just above it is looked at.
  const wrong: string[] = []
  for (const ward of wards) {
    const colour = await colourAt(page, { x: ward.x, y: ward.y - 14 })
    if (colour !== TIER_COLOURS[ward.tier]) wrong.push(`${ward.wardName}: ${colour}`)
  }
  t.strictSame(wrong, [])

  const ward = wards.find(({ rank }) => rank === 2)
  if (ward === undefined) throw new Error('There is no second ward')
  await page.mouse.move(ward.x, ward.y)
  const tip = page.locator('.tip')
  t.match(await tip.textContent(), new RegExp(`${ward.wardName} \\(${ward.lga}\\)Rank 2, ${ward.tier}, score 0\\.`))
  t.match(await page.locator('.ranking tr.hovered').textContent(), ward.wardName, 'its row is marked')
  await page.mouse.click(ward.x, ward.y)
  await page.locator('.why h3', { hasText: ward.wardName }).waitFor()
  t.match(await page.locator('.ranking tr.chosen').textContent(), ward.wardName, 'one selection everywhere')
  t.strictSame(faults, [])
})

t.test(
  'wheel, buttons and keys zoom, an LGA is fitted, and a drag moves the map without choosing a ward',
  async (t) => {
    const { page, faults } = await openPage(t, browser, service.url)
    await rankSample(page)
    const wards = await wardsOnScreen(page)
    const [ward] = wards
    if (ward === undefined) throw new Error('There is no ward')
    const tip = page.locator('.tip')
    const nameAt = async ({ x, y }: { x: number; y: number }): Promise<string | null> => {
      await page.mouse.move(x + 1, y + 1)
      await page.mouse.move(x, y)
      return await tip.locator('strong').textContent()
    }
    t.match(await nameAt(ward), ward.wardName)
    await page.mouse.wheel(0, -600)
    await page.mouse.move(ward.x + 30, ward.y)
    t.match(await tip.locator('strong').textContent(), ward.wardName, 'the point under the wheel stays where it is')

    await page.mouse.move(ward.x, ward.y)
    await page.mouse.down()
    await page.mouse.move(ward.x + 60, ward.y, { steps: 4 })
    await page.mouse.up()
    t.equal(await page.locator('.ranking tr.chosen').count(), 0, 'the end of a drag is no click')
    t.match(await nameAt({ x: ward.x + 60, y: ward.y }), ward.wardName, 'the map moved with the pointer')

    await button(page, 'Show the whole area').click()
    t.match(await nameAt(ward), ward.wardName)
    await button(page, 'Zoom in').click()
    await button(page, 'Zoom out').click()
    t.match(await nameAt(ward), ward.wardName, 'one step in and one out is where it was')

    await page.getByRole('combobox', { name: 'LGA' }).selectOption(ward.lga)
    const box = await page.locator('.map-marks').boundingBox()
    const seen = await nameAt({ x: (box?.x ?? 0) + (box?.width ?? 0) / 2, y: (box?.y ?? 0) + (box?.height ?? 0) / 2 })
    t.ok(
      wards.some(({ wardName, lga }) => lga === ward.lga && seen?.startsWith(wardName)),
      `the middle of the map is in the LGA: ${String(seen)}`,
    )
    t.strictSame(faults, [])
  },
)

t.test('LGA, tier, class and search act on map, table, counts and the saved file alike', async (t) => {
  const { page, faults } = await openPage(t, browser, service.url)
  await rankSample(page)
  const wards = await wardsOnScreen(page)
  const lga = wards[0]?.lga ?? ''
  const inLga = wards.filter((ward) => ward.lga === lga)
  await page.getByRole('combobox', { name: 'LGA' }).selectOption(lga)
  await shownCount(page)
    .getByText(`${String(inLga.length)} of 60 wards`)
    .waitFor()
  t.equal(await ranking(page).getByRole('table').getAttribute('aria-rowcount'), String(inLga.length + 1))
  const csv = await save(page, 'What this table shows, filtered (CSV)')
  t.equal(csv.charCodeAt(0), 0xfeff, 'it begins with a byte order mark')
  const [header = '', ...lines] = csv.slice(1).trimEnd().split('\r\n')
  t.strictSame(header.split(',').slice(0, 4), ['Rank', 'Ward', 'Tier', 'Score'])
  t.strictSame(
    lines.map((line) => line.split(',')[1]).sort(),
    inLga.map(({ wardName }) => wardName).sort(),
    'the saved file has the same wards',
  )
  await button(page, 'Show all').click()

  const high = wards.filter(({ tier }) => tier === 'High').length
  await page.getByRole('button', { name: /^High \d+$/ }).click()
  await shownCount(page)
    .getByText(`${String(high)} of 60 wards`)
    .waitFor()
  t.equal(await rankedRows(page).filter({ hasNotText: 'High' }).count(), 0)
  const low = wards.find(({ tier }) => tier === 'Low')
  t.not(await colourAt(page, { x: low?.x ?? 0, y: (low?.y ?? 0) - 14 }), TIER_COLOURS['Low'], 'others are put back')
  await page.getByRole('button', { name: /^High \d+$/ }).click()

  await page.getByRole('combobox', { name: 'Find a ward' }).fill(low?.wardName.slice(0, 5).toLowerCase() ?? '')
  await page.getByRole('option', { name: new RegExp(low?.wardName ?? '') }).click()
  await page.locator('.why h3', { hasText: low?.wardName ?? '' }).waitFor()
  t.equal(await shownCount(page).textContent(), '60 wards', 'a ward that was found does not hide the others')
  t.strictSame(faults, [])
})

t.test('the map is coloured by other figures, and by how sure the order is once that is worked out', async (t) => {
  const { page, faults } = await openPage(t, browser, service.url)
  await rankSample(page)
  const colourBy = page.getByRole('combobox', { name: 'Colour by' })
  await colourBy.selectOption({ label: 'Rank' })
  const classes = page.getByRole('list', { name: 'Legend' }).getByRole('button')
  await classes.nth(4).waitFor()
  t.match(
    await classes.allTextContents(),
    ['1 – 12 12', '13 – 24 12', '25 – 36 12', '37 – 48 12', '49 – 60 12'],
    'five classes of twelve wards',
  )
  await colourBy.selectOption({ label: 'How sure: among the first third?' })
  await page.getByRole('button', { name: /^Surely in the first third \d+$/ }).waitFor()
  const sure = (await classes.allTextContents()).map((text) => Number(/\d+$/.exec(text)?.[0]))
  t.equal(
    sure.reduce((sum, count) => sum + count, 0),
    60,
  )
  await rankedRows(page).first().getByRole('button').click()
  await page.getByText(/In nine of ten draws the rank lies between 1 and \d+/).waitFor()
  t.ok(await button(page, 'Rank from').isVisible(), 'the table has the range of ranks too')
  t.strictSame(faults, [])
})

t.test('the LGAs are rolled up, and one of them is shown alone', async (t) => {
  const { page, faults } = await openPage(t, browser, service.url)
  await rankSample(page)
  const wards = await wardsOnScreen(page)
  await button(page, 'LGAs').click()
  const table = page.getByRole('region', { name: 'Wards by LGA' })
  const lga = wards[0]?.lga ?? ''
  const count = (tier: string): string => String(wards.filter((ward) => ward.lga === lga && ward.tier === tier).length)
  const cells = await table
    .getByRole('row', { name: new RegExp(lga) })
    .getByRole('cell')
    .allTextContents()
  t.strictSame(cells.slice(1, 4), [count('High'), count('Medium'), count('Low')])
  await button(page, `Show ${lga} alone`).click()
  await shownCount(page)
    .getByText(/ of 60 wards/)
    .waitFor()
  await openStation(page, 'Nets')
  t.match(await shownCount(page).textContent(), ' of 60 wards', 'the filter stays from station to station')
  t.strictSame(faults, [])
})
