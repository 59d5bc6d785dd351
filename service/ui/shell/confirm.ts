import { byId } from '../dom.ts'

/**
 * Asks before something is done that cannot be undone. Resolves false when the person leaves the question in any other
 * way.
 */
export function confirmer(): (title: string, text: string, yes: string) => Promise<boolean> {
  const dialog = byId('confirm-dialog', HTMLDialogElement)
  const yesButton = byId('confirm-yes', HTMLButtonElement)
  byId('confirm-no', HTMLButtonElement).addEventListener('click', () => {
    dialog.close('no')
  })
  yesButton.addEventListener('click', () => {
    dialog.close('yes')
  })
  return (title, text, yes) =>
    new Promise((resolve) => {
      byId('confirm-title', HTMLElement).textContent = title
      byId('confirm-text', HTMLElement).textContent = text
      yesButton.textContent = yes
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
