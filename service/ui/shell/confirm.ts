import { byId } from '../dom.ts'

/**
 * Asks before something is done that cannot be undone, or before the person leaves this page. Resolves false when the
 * person leaves the question in any other way. Without `no`, its button says that what is there is kept.
 */
export function confirmer(): (title: string, text: string, yes: string, no?: string) => Promise<boolean> {
  const dialog = byId('confirm-dialog', HTMLDialogElement)
  const yesButton = byId('confirm-yes', HTMLButtonElement)
  const noButton = byId('confirm-no', HTMLButtonElement)
  const keep = noButton.textContent
  noButton.addEventListener('click', () => {
    dialog.close('no')
  })
  yesButton.addEventListener('click', () => {
    dialog.close('yes')
  })
  return (title, text, yes, no = keep) =>
    new Promise((resolve) => {
      byId('confirm-title', HTMLElement).textContent = title
      byId('confirm-text', HTMLElement).textContent = text
      yesButton.textContent = yes
      noButton.textContent = no
      dialog.returnValue = ''
      dialog.addEventListener(
        'close',
        () => {
          resolve(dialog.returnValue === 'yes')
        },
        { once: true },
      )
      dialog.showModal()
    })
}
