import type { Settled } from '../../features/replies/dataset.ts'
import type { UploadedFile } from '../../features/replies/files.ts'
import type { Bench } from '../bench.ts'
import { watchAll } from '../cell.ts'
import { button, byId, fill, h } from '../dom.ts'
import { call, download } from '../http.ts'
import { words } from '../words/en.ts'
import { decisionQueue, type Verdict } from './decision-queue.ts'
import { acceptFiles } from './drop-files.ts'
import { fileLine } from './file-line.ts'
import { fixNamesView } from './fix-names.ts'
import { foundDetails, foundTiles } from './found-view.ts'
import { guessRole, ROLES, type Role } from './guess-role.ts'
import { confirmIncoming, type Incoming } from './incoming.ts'
import { joinedNames } from './joined-names.ts'
import { missingView } from './missing-view.ts'
import { positivityPart } from './positivity-part.ts'
import { joinQuestionsView, questionsView, type SettleReading } from './questions-view.ts'
import { readingView } from './reading-view.ts'
import { progressIn } from './upload-progress.ts'
import { uploadFile } from './upload.ts'

const SAMPLE = [
  { role: 'wards', name: 'wards.csv' },
  { role: 'boundaries', name: 'boundaries.zip' },
] as const

/** The station Data: files are taken, read, asked about and joined. */
export function dataStation(bench: Bench): void {
  const { state, acts, announce } = bench
  const notices = Object.fromEntries(ROLES.map((role) => [role, bench.noticesAt(`${role}-notices`)]))
  const attemptFor = (role: Role) => notices[role]?.attempt ?? bench.noticesAt('page-problems').attempt
  /** Roles whose new file was refused, so that the one before is still in use. */
  const refused = new Set<Role>()
  let isBusy = false

  const endings = byId('boundaries-file', HTMLInputElement)
    .accept.split(',')
    .filter((ending) => ending.startsWith('.'))
  acceptFiles(ROLES, (files, role) => {
    void takeAll(files, role)
  })
  addEventListener('beforeunload', (event) => {
    if (isBusy) event.preventDefault()
  })

  const readyFiles = (role: Role): readonly UploadedFile[] =>
    state.files.value.filter((file) => file.role === role && file.state === 'ready')

  /** @param role the card that the files were chosen at, or null when they were dropped elsewhere */
  async function takeAll(files: readonly File[], role: Role | null): Promise<void> {
    const incoming = await Promise.all(
      files.map(async (file): Promise<Incoming> => ({ file, role: role ?? (await guessRole(file, endings)) })),
    )
    const isPlain = incoming.length === 1 && role !== null && readyFiles(role).length === 0
    const inUse = (of: Role): readonly string[] => readyFiles(of).map(({ filename }) => filename)
    state.station.set('data')
    const taken = isPlain ? incoming : await confirmIncoming(byId('incoming', HTMLElement), incoming, inUse)
    if (taken.length > 0) await takeFiles(taken)
  }

  /** Takes files, each from choice to what was found in it. Wards come first, since boundaries are joined to them. */
  async function takeFiles(taken: readonly Incoming[]): Promise<boolean> {
    let isWhole = true
    setBusy(true)
    if (taken.some(({ role }) => role === 'facilities')) byId('facilities-fold', HTMLDetailsElement).open = true
    for (const role of ROLES)
      for (const { file } of taken.filter((one) => one.role === role)) {
        const isRead = await attemptFor(role)(async (signal) => {
          await acts.ensureSession(signal)
          await upload(role, file, signal)
        })
        if (isRead) announce(words.data.wasRead(file.name))
        else refused.add(role)
        isWhole &&= isRead
      }
    const isShown = await bench.noticesAt('found-notices').attempt(acts.refreshData)
    setBusy(false)
    for (const role of ROLES) showFiles(role)
    refused.clear()
    bench.tabs.tell('changed')
    return isWhole && isShown
  }

  async function upload(role: Role, file: File, signal: AbortSignal): Promise<void> {
    const cancel = new AbortController()
    const progress = progressIn(byId(`${role}-progress`, HTMLElement), file.name, {
      announce,
      onCancel: () => {
        cancel.abort()
        notices[role]?.clear()
      },
    })
    try {
      await uploadFile(role, file, { signal, cancel: cancel.signal, progress })
    } finally {
      progress.end()
    }
  }

  const sample = byId('use-sample', HTMLButtonElement)
  sample.addEventListener('click', () => {
    void takeSample()
  })
  async function takeSample(): Promise<void> {
    const { title, text, yes } = words.data.replaceBySample
    if (state.files.value.length > 0 && !(await bench.confirm(title, text, yes))) return
    const files: Incoming[] = []
    const isFetched = await attemptFor('wards')(async (signal) => {
      files.length = 0
      for (const { role, name } of SAMPLE) files.push({ role, file: await download(`/sample/${name}`, name, signal) })
    })
    if (isFetched && (await takeFiles(files))) byId('found-title', HTMLElement).focus()
  }

  async function remove(role: Role, file: UploadedFile): Promise<void> {
    const isDone = await attemptFor(role)(async (signal) => {
      await call('DELETE', `/api/files/${file.id}`, { signal })
      await acts.refreshData(signal)
    })
    if (!isDone) return
    bench.tabs.tell('changed')
    byId(`${role}-file`, HTMLElement).focus()
    announce(words.data.wasRemoved(file.filename))
  }

  const settleReading: SettleReading = (fileId, body, said) => {
    const role = state.files.value.find(({ id }) => id === fileId)?.role ?? 'wards'
    void attemptFor(role)(async (signal) => {
      await call('PUT', `/api/files/${fileId}/reading`, { body, signal })
      await acts.refreshData(signal)
    }).then((isDone) => {
      if (!isDone) return
      bench.tabs.tell('changed')
      announce(said)
    })
  }

  /** While files are taken, nothing is decided about the data that they change. */
  function setBusy(isNow: boolean): void {
    isBusy = isNow
    sample.disabled = isNow
    go.disabled = isNow
  }

  function showFiles(role: Role): void {
    fill(
      byId(`${role}-state`, HTMLElement),
      ...readyFiles(role).flatMap((file) => [
        fileLine(file, refused.has(role), () => {
          void remove(role, file)
        }),
        ...questionsView(file.id, file.questions ?? [], file.choices?.answers ?? {}, settleReading),
        ...readingView(file, settleReading),
      ]),
    )
  }
  state.files.watch(() => {
    for (const role of ROLES) showFiles(role)
  })

  const queue = decisionQueue(acts.settle, bench.noticesAt('names-notices').attempt)
  const settle = (choices: readonly Settled[], what: Verdict): void => {
    void queue.push(choices, what).then((isTaken) => {
      if (isTaken) announce(what === 'accept' ? words.names.joined(choices) : words.names.separated(choices))
    })
  }
  const [questions, tiles, details] = [h('div', {}), h('div', {}), h('div', { class: 'details' })]
  const go = button(
    words.data.next,
    () => {
      state.station.set('indicators')
      byId('indicators-title', HTMLElement).focus()
    },
    { kind: '' },
  )
  byId('found-content', HTMLElement).append(
    questions,
    tiles,
    fixNamesView(bench, queue),
    h('p', { class: 'row' }, go),
    details,
  )
  watchAll([state.dataset], () => {
    const dataset = state.dataset.value
    byId('found', HTMLElement).hidden = dataset === null
    if (dataset === null) {
      for (const part of [questions, tiles, details]) part.replaceChildren()
      return
    }
    fill(questions, ...joinQuestionsView(dataset.questions, state.files.value, settleReading))
    fill(tiles, foundTiles(dataset))
    fill(details, ...joinedNames(dataset, settle), missingView(bench, dataset), ...foundDetails(dataset))
  })
  positivityPart(bench)
}
