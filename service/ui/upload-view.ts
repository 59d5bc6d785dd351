import { h } from './dom.ts'

const STALL_SECONDS = 10

/**
 * Shows the progress of an upload in figures, and announces each quarter to screen readers. Also says when it stalls.
 * @param announce says a text to screen readers
 */
export function progressIn(place: HTMLElement, filename: string, announce: (text: string) => void) {
  const meter = h('progress', { max: 100, value: 0, 'aria-label': `Upload of ${filename}` })
  const words = h('span', {}, `Uploading ${filename}: 0 %`)
  const cancel = h('button', { type: 'button', class: 'link' }, 'Cancel')
  let quarter = 0
  let stall: ReturnType<typeof setTimeout> | undefined
  const watch = () => {
    clearTimeout(stall)
    stall = setTimeout(() => {
      if (!words.isConnected) return
      words.textContent +=
        `, and nothing has moved for ${String(STALL_SECONDS)} s. Wait, or cancel and choose the ` + 'file again.'
      announce(words.textContent)
    }, STALL_SECONDS * 1000)
  }
  watch()
  place.replaceChildren(h('div', { class: 'progress' }, h('p', {}, words, ' ', cancel), meter))
  return {
    show: (share: number) => {
      watch()
      meter.value = Math.round(share * 100)
      words.textContent = `Uploading ${filename}: ${String(meter.value)} %`
      if (Math.floor(share * 4) > quarter) {
        quarter = Math.floor(share * 4)
        announce(words.textContent)
      }
    },
    check: () => {
      clearTimeout(stall)
      meter.removeAttribute('value')
      cancel.remove()
      words.textContent = `Reading ${filename}`
      announce(words.textContent)
    },
    onCancel: (stop: () => void) => {
      cancel.addEventListener('click', stop)
    },
  }
}

/** A file can also be dropped on its card; the button does the same. */
export function acceptDrops(card: HTMLElement, onFile: (file: File) => void) {
  card.addEventListener('dragover', (event) => {
    event.preventDefault()
    card.classList.add('over')
  })
  card.addEventListener('dragleave', () => {
    card.classList.remove('over')
  })
  card.addEventListener('drop', (event) => {
    event.preventDefault()
    card.classList.remove('over')
    const [file] = event.dataTransfer?.files ?? []
    if (file !== undefined) onFile(file)
  })
}
