import { byId, counted, h, longTable } from './dom.js'
import { call, send } from './http.js'
import { progressIn } from './upload-view.js'
/** @import { ExportReply } from '../features/replies/exports.ts' */
/** @import { UploadReply } from '../features/replies/files.ts' */
/** @import { OpenedReply } from '../features/replies/projects.ts' */

/**
 * Saving the session as a project file, and opening one in its place.
 * @param {object} page
 * @param {(action: (signal: AbortSignal) => Promise<void>) => Promise<boolean>} page.attempt
 * @param {() => void} page.clear gives up what is running
 * @param {(signal: AbortSignal) => Promise<void>} page.ensureSession
 * @param {(signal: AbortSignal) => Promise<void>} page.show shows what the session holds now
 * @param {(text: string) => void} page.announce
 * @param {(change: 1 | -1) => void} page.countUpload
 */
export function projectView({ attempt, clear, ensureSession, show, announce, countUpload }) {
  const button = byId('project-save', HTMLButtonElement)
  const hasChat = byId('project-chat', HTMLInputElement)
  const input = byId('project-file', HTMLInputElement)
  const state = byId('project-state', HTMLElement)
  button.addEventListener('click', () => {
    void save()
  })
  input.addEventListener('change', () => {
    const [file] = input.files ?? []
    // The same file can be chosen again.
    input.value = ''
    if (file !== undefined) void open(file)
  })

  async function save() {
    button.disabled = true
    await attempt(async (signal) => {
      const { download } = /** @type {ExportReply} */ (
        await call('POST', '/api/exports', { body: { kind: 'project.zip', chat: hasChat.checked }, signal })
      )
      // Its name comes with the file.
      h('a', { href: download.url, download: '', rel: 'noopener' }).click()
      announce('The project is being downloaded.')
    })
    button.disabled = false
  }

  /** @param {File} file */
  async function open(file) {
    const done = await attempt(async (signal) => {
      await ensureSession(signal)
      const { file: slot, upload } = /** @type {UploadReply} */ (
        await call('POST', '/api/files', { body: { role: 'project', filename: file.name, bytes: file.size }, signal })
      )
      const progress = progressIn(state, file.name, announce)
      const cancel = new AbortController()
      progress.onCancel(() => {
        cancel.abort()
        clear()
      })
      countUpload(1)
      try {
        await send(upload, file, { signal: AbortSignal.any([signal, cancel.signal]), onProgress: progress.show })
        progress.check()
        const { project } = /** @type {OpenedReply} */ (
          await call('POST', `/api/files/${slot.id}/complete`, { signal })
        )
        await show(signal)
        state.replaceChildren(...openedView(file.name, project))
      } finally {
        countUpload(-1)
      }
    })
    if (done) announce(`${file.name} is open.`)
    else state.replaceChildren()
  }
}

/**
 * How a project was opened: whether it is known to be whole, and what is not as it was recorded.
 * @param {string} filename
 * @param {OpenedReply['project']} project
 */
function openedView(filename, { verified, why, savedAt, differences, differencesInAll, leftOut }) {
  const day = new Date(savedAt).toLocaleDateString('en-GB', { day: 'numeric', month: 'long', year: 'numeric' })
  return [
    h(
      'p',
      {},
      h('strong', {}, verified ? `${filename} is open and verified.` : `${filename} is open and not verified.`),
      verified ? ` It was saved on ${day} and not changed since.` : ` ${why ?? ''} Its figures were computed again.`,
    ),
    h(
      'p',
      {},
      differencesInAll === 0
        ? 'Every ranking and plan was computed again and is the same.'
        : `${counted(differencesInAll, 'figure')} recorded in the file differ from what is computed from its data.`,
    ),
    differences.length === 0
      ? null
      : longTable('Figures that differ', ['Of', 'Ward', 'Figure', 'In the file', 'Computed'], differences, (one) => [
          one.of,
          one.ward ?? '–',
          one.figure,
          one.recorded,
          one.recomputed,
        ]),
    leftOut.length === 0
      ? null
      : h('div', {}, h('p', {}, 'Not brought back:'), h('ul', {}, ...leftOut.map((one) => h('li', {}, one)))),
  ].filter((part) => part !== null)
}
