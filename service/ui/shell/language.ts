import { byId } from '../dom.ts'

/**
 * The link to the page in the other language. It leads to the station that is open. The language is a part of the
 * address and is kept nowhere else; what the session holds is the same in both.
 */
export function languageLink(): void {
  const link = byId('language', HTMLAnchorElement)
  link.addEventListener('click', () => {
    link.hash = location.hash
  })
}
