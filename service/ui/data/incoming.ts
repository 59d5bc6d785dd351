import { button, choice, fill, h } from '../dom.ts'
import { whole } from '../formats.ts'
import { words } from '../words/en.ts'
import { ROLES, type Role } from './guess-role.ts'

/** A file that was chosen or dropped, and what it is taken for. */
export interface Incoming {
  readonly file: File
  readonly role: Role
}

/**
 * Shows files before they are taken: what each is taken for, which can be changed, and what is replaced.
 * @param inUse the names of the files in use, by role
 * @returns the files with their roles, or none when the person decides against it
 */
export function confirmIncoming(
  place: HTMLElement,
  files: readonly Incoming[],
  inUse: (role: Role) => readonly string[],
): Promise<readonly Incoming[]> {
  return new Promise((resolve) => {
    const end = (taken: readonly Incoming[]): void => {
      place.replaceChildren()
      resolve(taken)
    }
    const rows = files.map(({ file, role }) => {
      const note = h('span', { class: 'quiet' })
      const select = choice(
        ROLES.map((value) => ({ value, label: words.data.roles[value] })),
        role,
        {
          'aria-label': words.data.takenFor(file.name),
          change: () => {
            note.textContent = noteOf(select.value as Role)
          },
        },
      )
      const noteOf = (now: Role): string => words.data.inUse(inUse(now))
      note.textContent = noteOf(role)
      return {
        file,
        select,
        view: h(
          'li',
          {},
          h('strong', {}, file.name),
          ` ${words.data.kib(whole(Math.ceil(file.size / 1024)))} `,
          select,
          note,
        ),
      }
    })
    const take = button(
      words.data.takeFiles(files.length),
      () => {
        end(rows.map(({ file, select }) => ({ file, role: select.value as Role })))
      },
      { kind: '' },
    )
    fill(
      place,
      h(
        'div',
        { class: 'notice calm', role: 'group', 'aria-labelledby': 'incoming-title' },
        h('p', { class: 'notice-title', id: 'incoming-title' }, words.data.incoming(files.length)),
        h('ul', { class: 'incoming' }, ...rows.map(({ view }) => view)),
        h(
          'p',
          { class: 'row' },
          take,
          button(words.data.notNow, () => {
            end([])
          }),
        ),
      ),
    )
    take.focus()
  })
}
