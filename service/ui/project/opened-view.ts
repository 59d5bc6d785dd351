import type { OpenedReply } from '../../features/replies/projects.ts'
import { h, longTable } from '../dom.ts'
import { words } from '../words/en.ts'

/** How a project was opened: whether it is known to be whole, and what is not as it was recorded. */
export function openedView(
  filename: string,
  { verified, why, savedAt, differences, differencesInAll, leftOut }: OpenedReply['project'],
): readonly (HTMLElement | null)[] {
  const text = words.project
  const day = new Date(savedAt).toLocaleDateString(document.documentElement.lang, {
    day: 'numeric',
    month: 'long',
    year: 'numeric',
  })
  return [
    h(
      'p',
      {},
      h('strong', {}, verified ? text.verified(filename) : text.notVerified(filename)),
      verified ? text.savedOn(day) : text.recomputed(why ?? ''),
    ),
    h('p', {}, differencesInAll === 0 ? text.allTheSame : text.differ(differencesInAll)),
    differences.length === 0
      ? null
      : longTable(text.caption, text.headings, differences, (one) => [
          one.of,
          one.ward ?? '–',
          one.figure,
          one.recorded,
          one.recomputed,
        ]),
    leftOut.length === 0
      ? null
      : h('div', {}, h('p', {}, text.leftOut), h('ul', {}, ...leftOut.map((one) => h('li', {}, one)))),
  ]
}
