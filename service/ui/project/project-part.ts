import type { OpenedReply } from '../../features/replies/projects.ts'
import type { Bench } from '../bench.ts'
import { progressIn } from '../data/upload-progress.ts'
import { uploadFile } from '../data/upload.ts'
import { byId, fill } from '../dom.ts'
import { waitingFor } from '../shell/waiting.ts'
import { words } from '../words/en.ts'
import { openedView } from './opened-view.ts'
import { saveProject } from './save-project.ts'

/**
 * Saving the session as a project file, and opening one in its place.
 * @param restoreChat shows the conversation that came with the project
 */
export function projectPart(bench: Bench, restoreChat: (signal: AbortSignal) => Promise<void>): void {
  const { state, acts, announce, tabs } = bench
  const text = words.project
  const notices = bench.noticesAt('project-notices')
  const saveButton = byId('project-save', HTMLButtonElement)
  const hasChat = byId('project-chat', HTMLInputElement)
  const input = byId('project-file', HTMLInputElement)
  const opened = byId('project-state', HTMLElement)

  saveButton.addEventListener('click', () => {
    const waiting = waitingFor(text.making, { onCancel: notices.clear })
    byId('project-progress', HTMLElement).prepend(waiting.view)
    void notices
      .attempt(async (signal) => saveProject(hasChat.checked, announce, signal))
      .finally(() => {
        waiting.end()
      })
  })
  input.addEventListener('change', () => {
    const [file] = input.files ?? []
    // The same file can be chosen again.
    input.value = ''
    if (file !== undefined) void open(file)
  })
  state.files.watch((files) => {
    saveButton.disabled = !files.some((file) => file.state === 'ready')
  })
  state.session.watch((session) => {
    if (session === null) opened.replaceChildren()
  })

  async function open(file: File): Promise<void> {
    const isReplacing = state.files.value.length > 0
    if (isReplacing && !(await bench.confirm(text.openTitle, text.openText(file.name), text.open))) return
    opened.replaceChildren()
    const cancel = new AbortController()
    const progress = progressIn(byId('project-progress', HTMLElement), file.name, {
      announce,
      onCancel: () => {
        cancel.abort()
        notices.clear()
      },
    })
    const isOpen = await notices.attempt(async (signal) => {
      await acts.ensureSession(signal)
      const { project } = (await uploadFile('project', file, {
        signal,
        cancel: cancel.signal,
        progress,
      })) as OpenedReply
      state.ranking.set(null)
      state.plan.set(null)
      await acts.refresh(signal)
      await restoreChat(signal)
      fill(opened, ...openedView(file.name, project))
    })
    progress.end()
    if (!isOpen) return
    tabs.tell('changed')
    announce(text.isOpen(file.name))
  }
}
