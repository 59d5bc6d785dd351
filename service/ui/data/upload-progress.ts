import { button, h } from '../dom.ts'
import { words } from '../words/en.ts'

const STALL_SECONDS = 10
const SHOWN_FROM_MS = 3_000

export interface UploadProgress {
  /** @param share from 0 to 1 */
  readonly show: (share: number) => void
  /** Says that it goes on once the network is back. */
  readonly wait: () => void
  /** Says that the file is being read. */
  readonly check: () => void
  readonly end: () => void
}

/**
 * Shows the progress of an upload in figures and the time that is left, and announces each quarter to screen readers.
 * Also says when it stalls.
 */
export function progressIn(
  place: HTMLElement,
  filename: string,
  { announce, onCancel }: { readonly announce: (text: string) => void; readonly onCancel: () => void },
): UploadProgress {
  const meter = h('progress', { max: 100, value: 0, 'aria-label': words.data.uploadOf(filename) })
  const text = h('span', {}, words.data.uploading(filename, 0, null))
  const cancel = button(words.shell.cancel, onCancel, { kind: 'link' })
  const view = h('div', { class: 'progress' }, h('p', {}, text, ' ', cancel), meter)
  const begun = Date.now()
  let quarter = 0
  let stall: ReturnType<typeof setTimeout> | undefined
  const watch = (): void => {
    clearTimeout(stall)
    stall = setTimeout(() => {
      text.textContent += words.data.stalled(STALL_SECONDS)
      announce(text.textContent)
    }, STALL_SECONDS * 1000)
  }
  watch()
  place.prepend(view)
  return {
    show: (share) => {
      watch()
      const spent = Date.now() - begun
      const left = spent < SHOWN_FROM_MS || share === 0 ? null : Math.ceil((spent * (1 - share)) / share / 1000)
      meter.value = Math.round(share * 100)
      text.textContent = words.data.uploading(filename, meter.value, left)
      if (Math.floor(share * 4) <= quarter) return
      quarter = Math.floor(share * 4)
      announce(text.textContent)
    },
    wait: () => {
      clearTimeout(stall)
      text.textContent = words.data.waiting(filename, meter.value)
      announce(text.textContent)
    },
    check: () => {
      clearTimeout(stall)
      meter.removeAttribute('value')
      cancel.remove()
      text.textContent = words.data.reading(filename)
      announce(text.textContent)
    },
    end: () => {
      clearTimeout(stall)
      view.remove()
    },
  }
}
