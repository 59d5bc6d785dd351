import type { KeptProject, KeptReplies, OpenedKeptReply } from '../../features/replies/kept-projects.ts'
import { offerSignIn } from '../account/sign-in-again.ts'
import type { Bench } from '../bench.ts'
import { button, byId, fill, h } from '../dom.ts'
import { call } from '../http.ts'
import { openedView } from '../project/opened-view.ts'
import { words } from '../words/en.ts'
import { projectItem, type ProjectActs } from './project-item.ts'

/**
 * The projects of a person who has signed in: saved, opened, renamed, duplicated and deleted. For everybody else it is
 * not there.
 * @param restoreChat shows the conversation that came with a project
 */
export function projectsPart(bench: Bench, restoreChat: (signal: AbortSignal) => Promise<void>): void {
  const { state, acts, announce, tabs } = bench
  const text = words.projects
  const notices = bench.noticesAt('kept-notices')
  const section = byId('kept', HTMLElement)
  const content = byId('kept-content', HTMLElement)
  const opened = byId('kept-opened', HTMLElement)
  const name = h('input', {
    type: 'text',
    maxlength: 100,
    size: text.nameHint.length + 4,
    'aria-label': text.name,
    placeholder: text.nameHint,
  })
  const chat = h('input', { type: 'checkbox', id: 'kept-chat' })
  const saveNew = h('button', { type: 'submit', class: 'secondary' }, text.saveNew)

  state.session.watch((session) => {
    const isSignedIn = session !== null && session.personName !== null
    section.hidden = !isSignedIn
    opened.replaceChildren()
    content.replaceChildren()
    if (isSignedIn) void notices.attempt(refresh)
  })
  state.files.watch((files) => {
    saveNew.disabled = !files.some((file) => file.state === 'ready')
  })

  async function refresh(signal: AbortSignal): Promise<void> {
    show((await call('GET', '/api/projects', { signal })) as KeptReplies)
  }
  function show({ projects, open, limits }: KeptReplies): void {
    const present = projects.find(({ id }) => id === open?.id)
    const version = open?.version
    fill(
      content,
      projects.length === 0
        ? h('p', { class: 'quiet' }, text.none)
        : h(
            'ul',
            { class: 'scenarios', 'aria-label': text.title },
            ...projects.map((project) => projectItem(project, project === present, projectActs)),
          ),
      present === undefined || version === undefined
        ? null
        : h(
            'p',
            { class: 'row' },
            button(text.saveAgain(present.name), () => {
              void change(text.savedAgain(present.name), (signal) =>
                call('PATCH', pathOf(present), { body: { version, save: true, chat: chat.checked }, signal }),
              )
            }),
          ),
      h(
        'form',
        {
          class: 'row',
          submit: (event) => {
            event.preventDefault()
            void saveAsNew()
          },
        },
        name,
        saveNew,
        h('span', {}, chat, ' ', h('label', { for: 'kept-chat' }, text.withChat)),
      ),
      h('p', { class: 'quiet' }, text.room(projects.length, limits.projects), ' · ', text.kept(limits.keepDays)),
      projects.length === 0 ? null : h('p', {}, h('a', { href: '/api/person/export', download: '' }, text.all)),
    )
  }

  /** Does something to projects, and lists them again. */
  async function change(said: string, act: (signal: AbortSignal) => Promise<unknown>): Promise<void> {
    const isDone = await notices.attempt(async (signal) => {
      await act(signal)
      await refresh(signal)
    })
    if (isDone) announce(said)
  }
  async function saveAsNew(): Promise<void> {
    const given = name.value.trim()
    if (given === '') {
      name.focus()
      return
    }
    await change(text.saved(given), async (signal) => {
      await call('POST', '/api/projects', { body: { name: given, chat: chat.checked }, signal })
      name.value = ''
    })
  }
  async function open(project: KeptProject): Promise<void> {
    const isReplacing = state.files.value.length > 0
    if (isReplacing && !(await bench.confirm(text.openTitle(project.name), text.openText, text.open))) return
    opened.replaceChildren()
    await change(text.opened(project.name), async (signal) => {
      const reply = (await call('POST', `${pathOf(project)}/open`, { signal })) as OpenedKeptReply
      state.ranking.set(null)
      state.plan.set(null)
      await acts.refresh(signal)
      await restoreChat(signal)
      fill(opened, ...openedView(project.name, reply.opened))
      tabs.tell('changed')
    })
  }
  async function remove(project: KeptProject): Promise<void> {
    if (!(await bench.confirm(text.removeTitle(project.name), text.removeText, text.remove))) return
    let refusal: unknown
    await change(text.removed(project.name), async (signal) => {
      await call('DELETE', pathOf(project), { signal }).catch((error: unknown) => {
        refusal = error
        throw error
      })
    })
    await offerSignIn(bench, refusal, text.againTitle)
  }
  const projectActs: ProjectActs = {
    open: (project) => {
      void open(project)
    },
    rename: (project, given) => {
      void change(text.renamed(given), (signal) =>
        call('PATCH', pathOf(project), { body: { version: project.version, name: given }, signal }),
      )
    },
    copy: (project) => {
      void change(text.copied(project.name), (signal) =>
        call('POST', `${pathOf(project)}/duplicate`, { body: {}, signal }),
      )
    },
    remove: (project) => {
      void remove(project)
    },
  }
}

function pathOf({ id }: KeptProject): string {
  return `/api/projects/${id}`
}
