import { h } from '../dom.ts'

const KEPT_MS = 60_000

/** Saves a text that the page has made itself. It leaves the browser's memory a minute later. */
export function saveText(text: string, type: string, filename: string): void {
  const href = URL.createObjectURL(new Blob([text], { type }))
  h('a', { href, download: filename }).click()
  setTimeout(() => {
    URL.revokeObjectURL(href)
  }, KEPT_MS)
}
