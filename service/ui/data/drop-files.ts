import { byId } from '../dom.ts'
import type { Role } from './guess-role.ts'

/**
 * Takes files from the cards, where they are chosen or dropped for a role, and files that are dropped anywhere else.
 * @param onFiles the role is null when the files were not put on a card
 */
export function acceptFiles(
  roles: readonly Role[],
  onFiles: (files: readonly File[], role: Role | null) => void,
): void {
  for (const role of roles) {
    const input = byId(`${role}-file`, HTMLInputElement)
    input.addEventListener('change', () => {
      const files = [...(input.files ?? [])]
      // The same file can be chosen again after it was corrected.
      input.value = ''
      if (files.length > 0) onFiles(files, role)
    })
  }
  const over = (isOver: boolean): void => {
    document.body.classList.toggle('over', isOver)
  }
  document.addEventListener('dragover', (event) => {
    event.preventDefault()
    over(true)
  })
  document.addEventListener('dragleave', (event) => {
    if (event.relatedTarget === null) over(false)
  })
  document.addEventListener('drop', (event) => {
    event.preventDefault()
    over(false)
    const files = [...(event.dataTransfer?.files ?? [])]
    const card = event.target instanceof Element ? event.target.closest('[data-role]') : null
    const role = roles.find((each) => each === card?.getAttribute('data-role')) ?? null
    // Several files at once are looked at, even when they are dropped on one card.
    if (files.length > 0) onFiles(files, files.length === 1 ? role : null)
  })
}
