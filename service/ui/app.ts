import { chatView } from './chat-view.ts'
import { fileLine, foundView } from './data-view.ts'
import { analysisDetails, wardDetails } from './details-view.ts'
import { byId, counted, h } from './dom.ts'
import { downloadButtons, OFFERS } from './downloads.ts'
import { call, callSession, download, Problem, send } from './http.ts'
import { indicatorsForm } from './indicators-view.ts'
import { mapView } from './map-view.ts'
import { noticesIn } from './notices.ts'
import { planForm, planView } from './plan-view.ts'
import { positivityForm, positivityView } from './positivity-view.ts'
import { rankingView } from './ranking-view.ts'
import { joinQuestionsView, questionsView, readingView } from './reading-view.ts'
import { sessionClock } from './session-clock.ts'
import { acceptDrops, progressIn } from './upload-view.ts'
import type { ExportKind } from '../domain/exports/kinds.ts'
import type { AnalysesReply, Analysis, AnalysisReply, RankedWard } from '../features/replies/analyses.ts'
import type { TurnReply } from '../features/replies/chat.ts'
import type { Dataset, PositivityChoices, PositivityReply, Settled, Shapes } from '../features/replies/dataset.ts'
import type { ExportReply } from '../features/replies/exports.ts'
import type { FilesReply, UploadedFile, UploadReply } from '../features/replies/files.ts'
import type { Plan, PlanReply, PlansReply } from '../features/replies/plans.ts'
import type { SessionTimes } from './http.ts'
import type { Choice } from './indicators-view.ts'
import type { PlanChoice } from './plan-view.ts'
import type { SettleReading } from './reading-view.ts'

const ROLES: readonly UploadedFile['role'][] = Object.freeze(['wards', 'boundaries', 'facilities'])
const NO_SESSION = 'No session yet'

/** Everything the page knows about one session. When a session ends, a new one starts, so that nothing is left over. */
class Visit {
  hasSession = false
  files: readonly UploadedFile[] = []
  dataset: Dataset | null = null
  analysis: Analysis | null = null
  plan: Plan | null = null
}

openPage()

/** Wires index.html to the service, and shows what the session already holds. */
function openPage() {
  let visit = new Visit()
  let uploads = 0
  /** Whose choices and measurements are shown. */
  let facilityFile: string | undefined
  const onSessionEnded = () => {
    leave(
      'Your session has ended.',
      'It was idle too long, reached its time limit, or was ended elsewhere, and its data are deleted. Choose your ' +
        'files again to start a new one.',
    )
  }
  const hooks = {
    onSessionEnded,
    onStale: () => {
      markStale()
    },
  }
  const notices = {
    page: noticesIn(byId('page-notices', HTMLElement), hooks),
    wards: noticesIn(byId('wards-notices', HTMLElement), hooks),
    boundaries: noticesIn(byId('boundaries-notices', HTMLElement), hooks),
    facilities: noticesIn(byId('facilities-notices', HTMLElement), hooks),
    positivity: noticesIn(byId('positivity-notices', HTMLElement), hooks),
    found: noticesIn(byId('found-notices', HTMLElement), hooks),
    indicators: noticesIn(byId('indicators-notices', HTMLElement), hooks),
    ranking: noticesIn(byId('ranking-notices', HTMLElement), hooks),
    download: noticesIn(byId('download-notices', HTMLElement), hooks),
    plan: noticesIn(byId('plan-notices', HTMLElement), hooks),
    chat: noticesIn(byId('chat-notices', HTMLElement), hooks),
    end: noticesIn(byId('end-notices', HTMLElement), hooks),
  }
  const dialog = byId('end-dialog', HTMLDialogElement)
  const clock = sessionClock({
    onSoon: warn,
    onUsed: () => {
      notices.page.clear()
    },
    onEnded: onSessionEnded,
  })

  for (const role of ROLES) {
    const input = byId(`${role}-file`, HTMLInputElement)
    input.addEventListener('change', () => {
      const [file] = input.files ?? []
      // The same file can be chosen again after it was corrected.
      input.value = ''
      if (file !== undefined) void take(role, file)
    })
    acceptDrops(byId(`${role}-card`, HTMLElement), (file) => {
      void take(role, file)
    })
  }
  // A file dropped beside a card would otherwise replace the page.
  for (const event of ['dragover', 'drop'])
    document.addEventListener(event, (drag) => {
      drag.preventDefault()
    })
  addEventListener('beforeunload', (event) => {
    if (uploads > 0) event.preventDefault()
  })
  byId('use-sample', HTMLButtonElement).addEventListener('click', () => {
    void takeSample()
  })
  const chat = chatView({ attempt: notices.chat.attempt, ensureSession, working, isWorking, show: showMade })
  const downloads = downloadButtons((kind) => {
    void save(kind)
  })
  byId('end-session', HTMLButtonElement).addEventListener('click', () => {
    dialog.showModal()
  })
  byId('end-cancel', HTMLButtonElement).addEventListener('click', () => {
    dialog.close()
  })
  byId('end-confirm', HTMLButtonElement).addEventListener('click', () => {
    void end()
  })
  dialog.addEventListener('close', () => {
    notices.end.clear()
  })
  void restore()

  /** Shows what the session holds on the server; without a session the page stays as it was loaded. */
  async function restore() {
    const state = byId('session-state', HTMLElement)
    state.textContent = 'Looking for your session …'
    await notices.page.attempt(async (signal) => {
      const current = await callSession('GET', signal).catch((error: unknown) =>
        orNull(error, 'no-session'),
      )
      if (current === null) {
        state.textContent = NO_SESSION
        return
      }
      began(current)
      await refreshData(signal)
      await chat.restore(signal)
      const { analyses } = (await call('GET', '/api/analyses', { signal })) as AnalysesReply
      const latest = [...analyses].sort((one, other) => other.createdAt.localeCompare(one.createdAt))[0]
      if (latest === undefined || visit.dataset === null) return
      await showAnalysis(latest.id, signal)
      const { plans } = (await call('GET', '/api/itn-plans', { signal })) as PlansReply
      const newest = plans.find(({ analysisId }) => analysisId === latest.id)
      if (newest !== undefined)
        showPlan(((await call('GET', `/api/itn-plans/${newest.id}`, { signal })) as PlanReply).plan)
    })
  }

  async function ensureSession(signal: AbortSignal) {
    if (visit.hasSession) return
    began(await callSession('POST', signal))
  }

  function began(times: SessionTimes) {
    visit.hasSession = true
    clock.begin(times)
    const end = new Date(times.endsAt).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' })
    byId('session-state', HTMLElement).textContent =
      `Session ends after ${counted(Math.round(times.idleMs / 60_000), 'minute')} without use, at ${end} at the latest`
    byId('end-session', HTMLElement).hidden = false
  }

  /** Says that the session is about to end; any use of it removes the notice. */
  function warn(minutes: number) {
    notices.page.clear()
    byId('page-notices', HTMLElement).replaceChildren(
      h(
        'div',
        { class: 'notice', role: 'alert' },
        h('p', { class: 'notice-title' }, `Your session ends in ${counted(minutes, 'minute')}`),
        h('p', {}, 'Your files and results are deleted with it. Go on, or download what you need.'),
        h(
          'p',
          { class: 'row' },
          h(
            'button',
            {
              type: 'button',
              class: 'secondary',
              click: () => {
                void notices.page.attempt(async (signal) => {
                  await call('GET', '/api/session', { signal })
                })
              },
            },
            'Go on working',
          ),
        ),
      ),
    )
  }

  /** Takes one file from choice to what was found in it. */
  function take(role: UploadedFile['role'], file: File) {
    return notices[role]
      .attempt(async (signal) => {
        await upload(role, file, signal)
        await refreshData(signal)
        announce(`${file.name} was read.`)
      })
      .then((isDone) => {
        showFile(role, !isDone)
      })
  }

  async function takeSample() {
    const button = byId('use-sample', HTMLButtonElement)
    button.disabled = true
    notices.wards.clear()
    const done = await notices.boundaries.attempt(async (signal) => {
      await upload('wards', await download('/sample/wards.csv', 'wards.csv', signal), signal)
      await upload('boundaries', await download('/sample/boundaries.zip', 'boundaries.zip', signal), signal)
      await refreshData(signal)
    })
    button.disabled = false
    for (const role of ROLES) showFile(role)
    if (done) focusOn('found-title', 'The sample was read.')
  }

  async function upload(role: UploadedFile['role'], file: File, signal: AbortSignal) {
    await ensureSession(signal)
    const { file: made, upload: policy } = (await call('POST', '/api/files', {
      body: { role, filename: file.name, bytes: file.size },
      signal,
    })) as UploadReply
    const progress = progressIn(byId(`${role}-state`, HTMLElement), file.name, announce)
    const cancel = new AbortController()
    progress.onCancel(() => {
      cancel.abort()
      notices[role].clear()
    })
    uploads += 1
    try {
      await send(policy, file, { signal: AbortSignal.any([signal, cancel.signal]), onProgress: progress.show })
      progress.check()
      await call('POST', `/api/files/${made.id}/complete`, { signal })
    } finally {
      uploads -= 1
    }
  }

  /** Takes a file out of the data. */
  async function remove(role: UploadedFile['role'], file: UploadedFile) {
    const done = await notices[role].attempt(async (signal) => {
      await call('DELETE', `/api/files/${file.id}`, { signal })
      await refreshData(signal)
    })
    if (!done) return
    byId(`${role}-file`, HTMLElement).focus()
    announce(`${file.filename} was removed.`)
  }

  async function measure(choices: PositivityChoices) {
    if (isWorking('positivity-form')) return
    const content = byId('positivity-content', HTMLElement)
    const done = await notices.positivity.attempt(async (signal) => {
      const { positivity } = (await working('positivity-form', 'Measuring test positivity.', () =>
        call('POST', '/api/dataset/positivity', { body: choices, signal }),
      )) as PositivityReply
      await refreshData(signal)
      content.replaceChildren(...positivityView(positivity))
    })
    if (done) announce('Test positivity was measured.')
  }

  async function refreshData(signal: AbortSignal) {
    const { files } = (await call('GET', '/api/files', { signal })) as FilesReply
    const dataset = (await call('GET', '/api/dataset', { signal }).catch((error: unknown) =>
      orNull(error, 'no-data'),
    )) as Dataset | null
    visit.files = files
    visit.dataset = dataset
    for (const role of ROLES) showFile(role)
    byId('found', HTMLElement).hidden = dataset === null
    byId('indicators', HTMLElement).hidden = dataset === null
    if (dataset !== null) {
      byId('found-content', HTMLElement).replaceChildren(
        ...joinQuestionsView(dataset.questions, files, settleReading).filter((part) => part !== null),
        ...foundView(dataset, (choices, what) => {
          void settle(choices, what)
        }),
      )
      byId('indicators-content', HTMLElement).replaceChildren(
        indicatorsForm(dataset.columns, (choice) => {
          void rank(choice)
        }),
      )
    }
    if (visit.analysis !== null && visit.analysis.datasetVersion !== dataset?.version) markStale()
  }

  /** Joins or separates wards and boundaries, which makes new data. */
  async function settle(choices: readonly Settled[], what: 'accept' | 'refuse') {
    const done = await notices.found.attempt(async (signal) => {
      await call('POST', '/api/dataset/matches', { body: { [what]: choices }, signal })
      await refreshData(signal)
    })
    if (!done) return
    const [pair, another] = choices
    const said =
      pair === undefined || another !== undefined
        ? `${counted(choices.length, 'ward')} and their boundaries`
        : `${pair.ward} and ${pair.boundary}`
    focusOn('found-title', `${said} were ${what === 'accept' ? 'joined' : 'separated'}.`)
  }

  function filesOf(role: UploadedFile['role']) {
    return visit.files.filter((file) => file.role === role && file.state !== 'awaiting-upload')
  }

  function settleReading(...[fileId, body, said]: Parameters<SettleReading>) {
    const role = visit.files.find(({ id }) => id === fileId)?.role ?? 'wards'
    void notices[role]
      .attempt(async (signal) => {
        await call('PUT', `/api/files/${fileId}/reading`, { body, signal })
        await refreshData(signal)
      })
      .then((isDone) => {
        if (isDone) announce(said)
      })
  }

  /** @param isKept true when another file should have replaced it and could not */
  function showFile(role: UploadedFile['role'], isKept = false) {
    const files = filesOf(role)
    const file = files.at(-1)
    byId(`${role}-state`, HTMLElement).replaceChildren(
      ...files.flatMap((one) =>
        [
          fileLine(one, isKept, () => {
            void remove(role, one)
          }),
          ...questionsView(one.id, one.questions ?? [], one.choices?.answers ?? {}, settleReading),
          ...readingView(one, settleReading),
        ].filter((part) => part !== null),
      ),
    )
    if (role !== 'facilities' || file?.id === facilityFile) return
    facilityFile = file?.id
    byId('positivity-content', HTMLElement).replaceChildren()
    byId('positivity-form', HTMLElement).replaceChildren(
      ...(file === undefined
        ? []
        : [
            positivityForm((choices) => {
              void measure(choices)
            }),
          ]),
    )
    if (file !== undefined) byId('facilities-fold', HTMLDetailsElement).open = true
  }

  async function rank(choice: Choice) {
    if (isWorking('indicators-content')) return
    const done = await notices.indicators.attempt((signal) =>
      working('indicators-content', 'Ranking the wards.', async () => {
        const { analysis } = (await call('POST', '/api/analyses', { body: choice, signal })) as AnalysisReply
        await showAnalysis(analysis.id, signal)
      }),
    )
    if (done) focusOn('ranking-title', 'The wards are ranked.')
  }

  /** Whether the form in this place is working. If so, it does not take a second request. */
  function isWorking(place: string) {
    return byId(place, HTMLElement).querySelector('[aria-busy=true]') !== null
  }

  /** Says at the button of a form that its work is running. */
  async function working<T>(place: string, words: string, work: () => Promise<T>): Promise<T> {
    const button = byId(place, HTMLElement).querySelector('button[type=submit]')
    const said = h('span', { class: 'busy' }, words)
    button?.setAttribute('aria-busy', 'true')
    button?.after(said)
    announce(words)
    try {
      return await work()
    } finally {
      button?.removeAttribute('aria-busy')
      said.remove()
    }
  }

  async function showAnalysis(id: string, signal: AbortSignal) {
    const analysis = await wholeAnalysis(id, signal)
    const shapes = (await call('GET', '/api/dataset/shapes', { signal }).catch((error: unknown) =>
      orNull(error, 'not-found', 'no-data'),
    )) as Shapes | null
    visit.analysis = analysis
    byId('ranking', HTMLElement).hidden = false
    byId('ranking-basis', HTMLElement).textContent =
      `${String(analysis.wards.length)} wards by ${analysis.indicators.map(({ name }) => name).join(', ')}; ` +
      `${String(analysis.models.length)} models, which are combinations of these indicators; ${analysis.mode} method.`
    byId('ranking-details', HTMLElement).replaceChildren(...analysisDetails(analysis))
    const why = h(
      'div',
      { 'aria-live': 'polite' },
      h(
        'p',
        { class: 'quiet' },
        shapes === null
          ? 'Choose a ward in the table to see why it has its rank.'
          : 'Choose a ward on the map or in the table to see why it has its rank.',
      ),
    )
    const explain = (ward: RankedWard) => {
      why.replaceChildren(
        wardDetails(
          analysis.wards.find((other) => other.wardName === ward.wardName && other.wardCode === ward.wardCode) ?? ward,
          analysis.wards.length,
        ),
      )
    }
    const map = shapes === null || shapes.features.length === 0 ? null : mapView(shapes, analysis.wards, explain)
    downloads.setMap(map !== null)
    byId('map', HTMLElement).replaceChildren(
      map?.view ??
        h(
          'p',
          { class: 'no-map' },
          'No map: there are no boundaries for these wards. Add boundaries above and rank again to see one.',
        ),
      why,
    )
    const ranked = rankingView({
      analysisId: id,
      hasLga: analysis.wards.some((ward) => ward.lga !== null && ward.lga !== ''),
      attempt: notices.ranking.attempt,
      announce,
      onStale: markStale,
      onSelect: (ward) => {
        explain(ward)
        map?.show(ward)
        // On a narrow screen it is above the table, and nobody would see it change.
        const { top, bottom } = why.getBoundingClientRect()
        if (bottom < 0 || top > innerHeight) why.scrollIntoView()
      },
    })
    byId('ranked', HTMLElement).replaceChildren(ranked.view)
    byId('ranking-stale', HTMLElement).replaceChildren()
    visit.plan = null
    byId('plan', HTMLElement).hidden = false
    byId('plan-content', HTMLElement).replaceChildren()
    downloads.setPlan(false)
    byId('plan-form', HTMLElement).replaceChildren(
      planForm(visit.dataset?.columns ?? [], (choice) => {
        void plan(choice)
      }),
    )
    setCurrent(true)
    await ranked.load()
    if (analysis.stale || analysis.datasetVersion !== visit.dataset?.version) markStale()
  }

  async function wholeAnalysis(id: string, signal: AbortSignal): Promise<Analysis> {
    return ((await call('GET', `/api/analyses/${id}`, { signal })) as AnalysisReply).analysis
  }

  async function plan(choice: PlanChoice) {
    const { analysis } = visit
    if (analysis === null || isWorking('plan-form')) return
    const done = await notices.plan.attempt(async (signal) => {
      const made = (await working('plan-form', 'Planning the nets.', () =>
        call('POST', '/api/itn-plans', { body: { analysisId: analysis.id, ...choice }, signal }),
      )) as PlanReply
      showPlan(made.plan)
    })
    if (done) focusOn('plan-title', 'The nets are planned.')
  }

  function showPlan(made: Plan) {
    visit.plan = made
    byId('plan-content', HTMLElement).replaceChildren(...planView(made))
    downloads.setPlan(true)
    if (made.stale) markStale()
  }

  /** Shows what a question made where it belongs: a ranking with its map, a plan below it. */
  async function showMade(
    { analysis, plan: made }: Pick<TurnReply['reply'], 'analysis' | 'plan'>,
    signal: AbortSignal,
  ) {
    const wanted = made?.analysisId ?? analysis?.id
    if (wanted !== undefined && wanted !== visit.analysis?.id) await showAnalysis(wanted, signal)
    if (made !== undefined) showPlan(made)
  }

  function markStale() {
    setCurrent(false)
    byId('ranking-stale', HTMLElement).replaceChildren(
      h(
        'div',
        { class: 'notice stale', role: 'alert' },
        h('p', { class: 'notice-title' }, 'The data have changed since this ranking'),
        h('p', {}, 'It and its plan show the earlier data and can no longer be downloaded. Rank the wards again.'),
        h('p', { class: 'row' }, h('a', { href: '#indicators-title' }, 'Go to the indicators')),
      ),
    )
  }

  /**
   * @param isCurrent true when what is shown was made from the current data, so that it can be planned with and downloaded
   */
  function setCurrent(isCurrent: boolean) {
    downloads.setCurrent(isCurrent)
    for (const button of byId('plan-form', HTMLElement).querySelectorAll('button')) button.disabled = !isCurrent
  }

  async function save(kind: ExportKind) {
    const { analysis, plan } = visit
    if (analysis === null) return
    // The plan is a file of its own, and a part of the report and the map.
    const hasPlan = plan !== null && OFFERS[kind].plan !== 'none'
    await notices[OFFERS[kind].below === 'plan' ? 'plan' : 'download'].attempt(async (signal) => {
      const reply = (await call('POST', '/api/exports', {
        body: { kind, analysisId: analysis.id, ...(hasPlan ? { planId: plan.id } : {}) },
        signal,
      })) as ExportReply
      h('a', { href: reply.download.url, download: kind, rel: 'noopener' }).click()
      announce(`${kind} is being downloaded.`)
    })
  }

  async function end() {
    const done = await notices.end.attempt(async (signal) => {
      await call('DELETE', '/api/session', { signal })
    })
    if (!done) return
    leave('The session has ended.', 'Your files and results are being deleted.')
    clock.end()
  }

  /** Resets the page to its first state, with nothing from the last session in it. */
  function leave(title: string, text: string) {
    for (const place of Object.values(notices)) place.clear()
    visit = new Visit()
    facilityFile = undefined
    chat.clear()
    dialog.close()
    for (const id of [
      'found-content',
      'indicators-content',
      'ranking-stale',
      'map',
      'ranked',
      'ranking-details',
      'ranking-basis',
      'plan-form',
      'plan-content',
      'positivity-form',
      'positivity-content',
      ...ROLES.map((role) => `${role}-state`),
    ])
      byId(id, HTMLElement).replaceChildren()
    for (const id of ['found', 'indicators', 'ranking', 'plan', 'end-session']) byId(id, HTMLElement).hidden = true
    byId('session-state', HTMLElement).textContent = NO_SESSION
    byId('page-notices', HTMLElement).replaceChildren(
      h('div', { class: 'notice calm', role: 'status' }, h('p', { class: 'notice-title' }, title), h('p', {}, text)),
    )
    focusOn('title', `${title} ${text}`)
  }
}

/** @param text announced by screen readers without moving the focus */
function announce(text: string) {
  byId('announcer', HTMLElement).textContent = text
}

function focusOn(id: string, text: string) {
  const title = byId(id, HTMLElement)
  title.focus({ preventScroll: true })
  title.scrollIntoView()
  announce(text)
}

/** Null for a problem that only says that there is nothing yet. Other errors are thrown again. */
function orNull(error: unknown, ...kinds: string[]) {
  if (error instanceof Problem && kinds.includes(error.kind)) return null
  throw error
}
