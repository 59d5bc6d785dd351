import { readFile } from 'node:fs/promises'
import type { Locator, Page } from 'playwright-core'

export const button = (page: Page, name: string): Locator => page.getByRole('button', { name, exact: true })

export type StationName = 'Data' | 'Indicators' | 'Results' | 'Nets' | 'Ask'

/** The link of a station in the rail; its text also says where the station stands. */
export const stationLink = (page: Page, name: StationName): Locator =>
  page.getByRole('navigation', { name: 'Stations' }).getByRole('link', { name: new RegExp(`\\b${name}\\b`) })

/** Opens a station and waits until it is the one in sight. */
export async function openStation(page: Page, name: StationName): Promise<void> {
  const link = stationLink(page, name)
  await link.click()
  await link.and(page.locator('[aria-current=page]')).waitFor()
}

/** The table of the ranking, of which only the rows in sight are drawn. */
export const ranking = (page: Page): Locator => page.getByRole('region', { name: 'Ranking of wards' })
export const rankedRows = (page: Page): Locator => ranking(page).locator('tbody tr:not(.spacer)')

/** Waits until a ranking is listed, with at least this many rows in sight or near it. */
export async function isRanked(page: Page, rows = 20): Promise<void> {
  await rankedRows(page)
    .nth(rows - 1)
    .waitFor({ state: 'attached' })
}

/** From the first visit of the sample to its ranking. */
export async function rankSample(page: Page): Promise<void> {
  await openStation(page, 'Data')
  await button(page, 'Use the sample').click()
  await button(page, 'Go on to the indicators').click()
  await button(page, 'Rank the wards').click()
  await isRanked(page)
}

/** Opens the menu of downloads that is in sight, if it is closed. */
export async function openDownloads(page: Page): Promise<void> {
  const menu = page.locator('details.menu:visible')
  if ((await menu.getAttribute('open')) === null) await menu.locator('summary').click()
}

export async function save(page: Page, name: string): Promise<string> {
  await openDownloads(page)
  const [download] = await Promise.all([page.waitForEvent('download'), button(page, name).click()])
  return await readFile(await download.path(), 'utf8')
}

export interface ChosenFile {
  readonly name: string
  readonly bytes: Uint8Array | string
}

/** Chooses files at a card, as the file dialogue of the browser does. */
export async function choose(page: Page, label: string, ...files: readonly ChosenFile[]): Promise<void> {
  await openStation(page, 'Data')
  await page
    .getByLabel(label)
    .setInputFiles(
      files.map(({ name, bytes }) => ({ name, mimeType: 'application/octet-stream', buffer: Buffer.from(bytes) })),
    )
}

/** Drops files on the page, away from every card. */
export async function dropFiles(page: Page, ...files: readonly ChosenFile[]): Promise<void> {
  const given = files.map(({ name, bytes }) => ({ name, base64: Buffer.from(bytes).toString('base64') }))
  await page.evaluate(`{
    const transfer = new DataTransfer()
    for (const { name, base64 } of ${JSON.stringify(given)})
      transfer.items.add(new File([Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0))], name))
    document.body.dispatchEvent(new DragEvent('drop', { dataTransfer: transfer, bubbles: true, cancelable: true }))
  }`)
}

/** The figure of the counts above map and panel, such as `12 of 60 wards`. */
export const shownCount = (page: Page): Locator => page.locator('#shown-count')
