import type { Page } from 'playwright-core'

const INDICATORS = ['indicator_1', 'indicator_2', 'indicator_3', 'indicator_4', 'indicator_5', 'indicator_6'] as const

/** Chooses a ward table and boundaries, and says which way its first indicators point. */
export async function chooseFiles(page: Page, csv: Uint8Array, shapefile: Uint8Array): Promise<void> {
  for (const [label, name, bytes] of [
    ['Choose the ward table', 'wards.csv', csv],
    ['Choose the boundaries', 'boundaries.zip', shapefile],
  ] as const) {
    await page
      .getByLabel(label)
      .setInputFiles({ name, mimeType: 'application/octet-stream', buffer: Buffer.from(bytes) })
    await page.getByText(new RegExp(`^✓?${name.replace('.', '\\.')} · `)).waitFor()
  }
  await page.getByRole('link', { name: /Indicators/ }).click()
  await page.getByText(/^Others \(\d+\)$/).waitFor()
  for (const name of INDICATORS) await page.getByLabel(`More ${name} means`).selectOption('direct')
}

/** Ranks by what is chosen, until ranking and map are drawn. */
export async function rankChosen(page: Page, label: string): Promise<void> {
  await page.getByRole('button', { name: label }).click()
  await page.locator('.ranking tbody tr:not(.spacer)').nth(5).waitFor()
  await nextFrame(page)
}

export async function nextFrame(page: Page): Promise<void> {
  await page.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))')
}
