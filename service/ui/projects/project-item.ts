import type { KeptProject } from '../../features/replies/kept-projects.ts'
import { button, h } from '../dom.ts'
import { words } from '../words/en.ts'

/** What can be done with one project. */
export interface ProjectActs {
  readonly open: (project: KeptProject) => void
  readonly rename: (project: KeptProject, name: string) => void
  readonly copy: (project: KeptProject) => void
  readonly remove: (project: KeptProject) => void
}

/** One project of the list: its name, when it was saved, and what can be done with it. */
export function projectItem(project: KeptProject, isOpen: boolean, acts: ProjectActs): HTMLElement {
  const text = words.projects
  const { id, name, savedAt, bytes } = project
  const day = new Date(savedAt).toLocaleDateString('en-GB', { day: 'numeric', month: 'long', year: 'numeric' })
  const act = (label: string, says: string, run: () => void): HTMLButtonElement =>
    button(label, run, { kind: 'link', says, key: `${label} ${id}` })
  const given = h('input', { type: 'text', maxlength: 100, value: name, 'aria-label': text.newName(name) })
  const naming = h(
    'form',
    {
      class: 'row',
      hidden: true,
      submit: (event) => {
        event.preventDefault()
        const wanted = given.value.trim()
        if (wanted === '' || wanted === name) naming.hidden = true
        else acts.rename(project, wanted)
      },
    },
    given,
    h('button', { type: 'submit', class: 'secondary' }, text.keepName),
  )
  return h(
    'li',
    { class: isOpen ? 'chosen' : undefined },
    h('strong', {}, name),
    h('span', { class: 'quiet' }, text.facts(day, sizeOf(bytes)), isOpen ? ` · ${text.isOpen}` : null),
    h(
      'span',
      { class: 'row' },
      act(text.open, text.openOf(name), () => {
        acts.open(project)
      }),
      act(text.rename, text.renameOf(name), () => {
        naming.hidden = false
        given.focus()
      }),
      act(text.copy, text.copyOf(name), () => {
        acts.copy(project)
      }),
      act(text.remove, text.removeOf(name), () => {
        acts.remove(project)
      }),
    ),
    naming,
  )
}

function sizeOf(bytes: number): string {
  const mib = bytes / (1024 * 1024)
  return mib < 0.1 ? '0.1 MiB' : `${mib.toLocaleString(undefined, { maximumFractionDigits: 1 })} MiB`
}
