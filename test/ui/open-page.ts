import { readFile } from 'node:fs/promises'
import type { Test } from 'tap'
import { type Browser, chromium, type Locator, type Page } from 'playwright-core'

/** A real Chromium, closed when the test ends. */
export async function openBrowser(t: Pick<Test, 'teardown'>): Promise<Browser> {
  const browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  })
  t.teardown(async () => {
    await browser.close()
  })
  return browser
}

export interface OpenPage {
  readonly page: Page
  /** Errors on the console, uncaught exceptions and refusals by the content policy; not the statuses of replies. */
  readonly faults: readonly string[]
}

/** The page in a browser profile of its own, as for somebody who was never here before. */
export async function openPage(
  t: Pick<Test, 'teardown'>,
  browser: Browser,
  url: string,
  colorScheme: 'light' | 'dark' = 'light',
): Promise<OpenPage> {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 900 },
    reducedMotion: 'reduce',
    colorScheme,
  })
  t.teardown(async () => {
    await context.close()
  })
  const page = await context.newPage()
  page.setDefaultTimeout(20_000)
  // From the start: Chromium hands a file chooser over only once it was asked to, and a key pressed at once can
  // overtake that.
  page.on('filechooser', () => undefined)
  const faults: string[] = []
  // Chromium writes a console error for every 4xx and 5xx reply, which the page expects and words itself.
  page.on('console', (message) => {
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) faults.push(message.text())
  })
  page.on('pageerror', (error) => {
    faults.push(error.message)
  })
  await page.goto(url)
  return { page, faults }
}

/** Presses Tab, or Shift+Tab, until `target` has the focus; rejects when 150 presses do not lead there. */
export async function tabTo(page: Page, target: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  const focused = target.and(page.locator(':focus'))
  for (let presses = 0; presses < 150; presses++) {
    if ((await focused.count()) === 1) return
    await page.keyboard.press(key)
  }
  throw new Error(`Cannot reach ${target.toString()} by ${key}`)
}

const AXE = new URL('../../node_modules/axe-core/axe.min.js', import.meta.url)
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] as const

/**
 * What axe reports about the page as it is, against WCAG 2.2 AA and its own good practice: a line each, with the
 * elements.
 */
export async function barriers(page: Page): Promise<readonly string[]> {
  await page.evaluate(await readFile(AXE, 'utf8'))
  const found = await page.evaluate(
    `axe.run(document, { runOnly: ${JSON.stringify(RULES)} }).then(({ violations }) => violations.map(({ id, nodes }) => id + ': ' + nodes.map(({ html }) => html.slice(0, 200)).join(' | ')))`,
  )
  return found as string[]
}
