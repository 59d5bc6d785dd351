import { fileLine, foundView } from './data-view.js'
import { analysisDetails, wardDetails } from './details-view.js'
import { byId, counted, h } from './dom.js'
import { call, download, Problem, send } from './http.js'
import { indicatorsForm } from './indicators-view.js'
import { mapView } from './map-view.js'
import { noticesIn } from './notices.js'
import { planForm, planView } from './plan-view.js'
import { rankingView } from './ranking-view.js'
/** @import { Analysis, AnalysisEntry, Dataset, Plan, PlanEntry, RankedWard, Role, Settled, Shapes, Upload, UploadedFile } from './replies.ts' */
/** @import { Choice } from './indicators-view.js' */

/** @type {readonly Role[]} */
const ROLES = Object.freeze(['wards', 'boundaries'])

/** Everything the page knows of one session; a new one is begun when a session ends, so that nothing is left over. */
class Visit {
  hasSession = false
  /** @type {readonly UploadedFile[]} */
  files = []
  /** @type {Dataset | null} */
  dataset = null
  /** @type {Analysis | null} */
  analysis = null
  /** @type {Plan | null} */
  plan = null
}

openPage()

/** Wires index.html to the service, and shows what the session already holds. */
function openPage() {
  let visit = new Visit()
  const hooks = { onSessionEnded: () => { leave('Your session has ended.', 'It was idle too long, reached its time limit, or was ended elsewhere. Choose your files again to start a new one.') }, onStale: () => { markStale() } }
  const notices = {
    page: noticesIn(byId('page-notices', HTMLElement), hooks),
    wards: noticesIn(byId('wards-notices', HTMLElement), hooks),
    boundaries: noticesIn(byId('boundaries-notices', HTMLElement), hooks),
    found: noticesIn(byId('found-notices', HTMLElement), hooks),
    indicators: noticesIn(byId('indicators-notices', HTMLElement), hooks),
    ranking: noticesIn(byId('ranking-notices', HTMLElement), hooks),
    download: noticesIn(byId('download-notices', HTMLElement), hooks),
    plan: noticesIn(byId('plan-notices', HTMLElement), hooks),
    end: noticesIn(byId('end-notices', HTMLElement), hooks)
  }
  const dialog = byId('end-dialog', HTMLDialogElement)

  for (const role of ROLES) {
    const input = byId(`${role}-file`, HTMLInputElement)
    input.addEventListener('change', () => {
      const [file] = input.files ?? []
      // The same file can be chosen again after it was mended.
      input.value = ''
      if (file !== undefined) void take(role, file)
    })
    acceptDrops(byId(`${role}-card`, HTMLElement), (file) => { void take(role, file) })
  }
  // A file dropped beside a card would otherwise take the place of the page.
  for (const event of ['dragover', 'drop']) document.addEventListener(event, (drag) => { drag.preventDefault() })
  byId('use-sample', HTMLButtonElement).addEventListener('click', () => { void takeSample() })
  byId('download-rankings', HTMLButtonElement).addEventListener('click', () => { void save('rankings.csv') })
  byId('download-analysis', HTMLButtonElement).addEventListener('click', () => { void save('analysis_results.json') })
  byId('download-plan', HTMLButtonElement).addEventListener('click', () => { void save('itn_plan.csv') })
  byId('end-session', HTMLButtonElement).addEventListener('click', () => { dialog.showModal() })
  byId('end-cancel', HTMLButtonElement).addEventListener('click', () => { dialog.close() })
  byId('end-confirm', HTMLButtonElement).addEventListener('click', () => { void end() })
  dialog.addEventListener('close', () => { notices.end.clear() })
  void restore()

  /** Shows what the session holds on the server; without a session the page stays as it came. */
  async function restore() {
    await notices.page.attempt(async (signal) => {
      const current = await call('GET', '/api/session', { signal }).catch((/** @type {unknown} */ error) => orNull(error, 'no-session'))
      if (current === null) return
      began()
      await refreshData(signal)
      const { analyses } = /** @type {{ analyses: readonly AnalysisEntry[] }} */ (await call('GET', '/api/analyses', { signal }))
      const latest = [...analyses].sort((one, other) => other.createdAt.localeCompare(one.createdAt))[0]
      if (latest === undefined || visit.dataset === null) return
      await showAnalysis(latest.id, signal)
      const { plans } = /** @type {{ plans: readonly PlanEntry[] }} */ (await call('GET', '/api/itn-plans', { signal }))
      const newest = plans.find(({ analysisId }) => analysisId === latest.id)
      if (newest !== undefined) showPlan(/** @type {{ plan: Plan }} */ (await call('GET', `/api/itn-plans/${newest.id}`, { signal })).plan)
    })
  }

  /** @param {AbortSignal} signal */
  async function ensureSession(signal) {
    if (visit.hasSession) return
    await call('POST', '/api/session', { signal })
    began()
  }

  function began() {
    visit.hasSession = true
    byId('session-state', HTMLElement).textContent = 'Session open'
    byId('end-session', HTMLElement).hidden = false
  }

  /**
   * Takes one file from choice to what was found in it.
   * @param {Role} role
   * @param {File} file
   */
  function take(role, file) {
    return notices[role].attempt(async (signal) => {
      await upload(role, file, signal)
      await refreshData(signal)
      announce(`${file.name} was read.`)
    }).finally(() => { showFile(role) })
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

  /**
   * @param {Role} role
   * @param {File} file
   * @param {AbortSignal} signal
   */
  async function upload(role, file, signal) {
    await ensureSession(signal)
    const { file: made, upload: policy } = /** @type {{ file: UploadedFile, upload: Upload }} */ (
      await call('POST', '/api/files', { body: { role, filename: file.name, bytes: file.size }, signal }))
    const progress = progressIn(byId(`${role}-state`, HTMLElement), file.name)
    const cancel = new AbortController()
    progress.onCancel(() => { cancel.abort(); notices[role].clear() })
    await send(policy, file, { signal: AbortSignal.any([signal, cancel.signal]), onProgress: progress.show })
    progress.check()
    await call('POST', `/api/files/${made.id}/complete`, { signal })
  }

  /** @param {AbortSignal} signal */
  async function refreshData(signal) {
    const { files } = /** @type {{ files: readonly UploadedFile[] }} */ (await call('GET', '/api/files', { signal }))
    const dataset = /** @type {Dataset | null} */ (await call('GET', '/api/dataset', { signal }).catch((/** @type {unknown} */ error) => orNull(error, 'no-data')))
    visit.files = files
    visit.dataset = dataset
    for (const role of ROLES) showFile(role)
    byId('found', HTMLElement).hidden = dataset === null
    byId('indicators', HTMLElement).hidden = dataset === null
    if (dataset !== null) {
      byId('found-content', HTMLElement).replaceChildren(...foundView(dataset, (choices, what) => { void settle(choices, what) }))
      byId('indicators-content', HTMLElement).replaceChildren(indicatorsForm(dataset.columns, (choice) => { void rank(choice) }))
    }
    if (visit.analysis !== null && visit.analysis.datasetVersion !== dataset?.version) markStale()
  }

  /**
   * Joins or parts wards and boundaries, which makes new data.
   * @param {readonly Settled[]} choices
   * @param {'accept' | 'refuse'} what
   */
  async function settle(choices, what) {
    const done = await notices.found.attempt(async (signal) => {
      await call('POST', '/api/dataset/matches', { body: { [what]: choices }, signal })
      await refreshData(signal)
    })
    if (!done) return
    const [pair, another] = choices
    const said = pair === undefined || another !== undefined ? `${counted(choices.length, 'ward')} and their boundaries` : `${pair.ward} and ${pair.boundary}`
    focusOn('found-title', `${said} were ${what === 'accept' ? 'joined' : 'parted'}.`)
  }

  /** @param {Role} role */
  function fileOf(role) {
    return visit.files.find((file) => file.role === role && file.state !== 'awaiting-upload')
  }

  /** @param {Role} role */
  function showFile(role) {
    const file = fileOf(role)
    byId(`${role}-state`, HTMLElement).replaceChildren(...(file === undefined ? [] : [fileLine(file)]))
  }

  /** @param {Choice} choice */
  async function rank(choice) {
    const button = byId('indicators-content', HTMLElement).querySelector('button[type=submit]')
    if (button?.getAttribute('aria-busy') === 'true') return
    button?.setAttribute('aria-busy', 'true')
    const done = await notices.indicators.attempt(async (signal) => {
      announce('Ranking the wards.')
      const { analysis } = /** @type {{ analysis: { id: string } }} */ (await call('POST', '/api/analyses', { body: choice, signal }))
      await showAnalysis(analysis.id, signal)
    })
    button?.removeAttribute('aria-busy')
    if (done) focusOn('ranking-title', 'The wards are ranked.')
  }

  /**
   * @param {string} id
   * @param {AbortSignal} signal
   */
  async function showAnalysis(id, signal) {
    const analysis = await finished(id, signal)
    const shapes = /** @type {Shapes | null} */ (await call('GET', '/api/dataset/shapes', { signal }).catch((/** @type {unknown} */ error) => orNull(error, 'not-found', 'no-data')))
    visit.analysis = analysis
    byId('ranking', HTMLElement).hidden = false
    byId('ranking-basis', HTMLElement).textContent =
      `${String(analysis.wards.length)} wards by ${analysis.indicators.map(({ name }) => name).join(', ')}; ${String(analysis.models.length)} models, ${analysis.mode} method.`
    byId('ranking-details', HTMLElement).replaceChildren(...analysisDetails(analysis))
    const why = h('div', { 'aria-live': 'polite' }, h('p', { class: 'quiet' }, shapes === null ? 'Choose a ward in the table to see why it stands where it stands.' : 'Choose a ward on the map or in the table to see why it stands where it stands.'))
    /** @param {RankedWard} ward */
    const explain = (ward) => { why.replaceChildren(wardDetails(analysis.wards.find((other) => other.wardName === ward.wardName && other.wardCode === ward.wardCode) ?? ward, analysis.wards.length)) }
    const map = shapes === null || shapes.features.length === 0 ? null : mapView(shapes, analysis.wards, explain)
    byId('map', HTMLElement).replaceChildren(map?.view ?? h('p', { class: 'no-map' }, 'No map: there are no boundaries for these wards. Add boundaries above and rank again to see one.'), why)
    const ranked = rankingView({
      analysisId: id,
      hasLga: analysis.wards.some((ward) => ward.lga !== null && ward.lga !== ''),
      attempt: notices.ranking.attempt,
      announce,
      onStale: markStale,
      onSelect: (ward) => { explain(ward); map?.show(ward) }
    })
    byId('ranked', HTMLElement).replaceChildren(ranked.view)
    byId('ranking-stale', HTMLElement).replaceChildren()
    visit.plan = null
    byId('plan', HTMLElement).hidden = false
    byId('plan-content', HTMLElement).replaceChildren()
    byId('download-plan', HTMLElement).hidden = true
    byId('plan-form', HTMLElement).replaceChildren(planForm(visit.dataset?.columns ?? [], (choice) => { void plan(choice) }))
    setCurrent(true)
    await ranked.load()
    if (analysis.stale === true || analysis.datasetVersion !== visit.dataset?.version) markStale()
  }

  /**
   * The whole analysis, once it is done.
   * @param {string} id
   * @param {AbortSignal} signal
   * @returns {Promise<Analysis>}
   */
  async function finished(id, signal) {
    for (;;) {
      const { analysis } = /** @type {{ analysis: Analysis }} */ (await call('GET', `/api/analyses/${id}`, { signal }))
      if (analysis.state === 'done') return analysis
      if (analysis.state === 'failed') throw new Problem('failed', 'The analysis could not be finished. Rank again.')
      await new Promise((resolve) => setTimeout(resolve, 700))
    }
  }

  /** @param {{ totalNets: number, populationColumn?: string }} choice */
  async function plan(choice) {
    const { analysis } = visit
    if (analysis === null) return
    const done = await notices.plan.attempt(async (signal) => {
      const made = /** @type {{ plan: Plan }} */ (await call('POST', '/api/itn-plans', { body: { analysisId: analysis.id, ...choice }, signal }))
      showPlan(made.plan)
    })
    if (done) focusOn('plan-title', 'The nets are planned.')
  }

  /** @param {Plan} made */
  function showPlan(made) {
    visit.plan = made
    byId('plan-content', HTMLElement).replaceChildren(...planView(made))
    byId('download-plan', HTMLElement).hidden = false
    if (made.stale) markStale()
  }

  function markStale() {
    setCurrent(false)
    byId('ranking-stale', HTMLElement).replaceChildren(h('div', { class: 'notice stale', role: 'alert' },
      h('p', { class: 'notice-title' }, 'The data have changed since this ranking'),
      h('p', {}, 'It and its plan show the earlier data and can no longer be downloaded. Rank the wards again.'),
      h('p', { class: 'row' }, h('a', { href: '#indicators-title' }, 'Go to the indicators'))))
  }

  /** @param {boolean} isCurrent what is shown was made from the present data: it can be planned with and downloaded */
  function setCurrent(isCurrent) {
    const buttons = [...['rankings', 'analysis', 'plan'].map((name) => byId(`download-${name}`, HTMLButtonElement)), ...byId('plan-form', HTMLElement).querySelectorAll('button')]
    for (const button of buttons) button.disabled = !isCurrent
  }

  /** @param {'rankings.csv' | 'analysis_results.json' | 'itn_plan.csv'} kind */
  async function save(kind) {
    const isPlan = kind === 'itn_plan.csv'
    const from = isPlan ? visit.plan : visit.analysis
    if (from === null) return
    await notices[isPlan ? 'plan' : 'download'].attempt(async (signal) => {
      const reply = /** @type {{ download: { url: string } }} */ (await call('POST', '/api/exports', { body: { kind, [isPlan ? 'planId' : 'analysisId']: from.id }, signal }))
      h('a', { href: reply.download.url, download: kind, rel: 'noopener' }).click()
      announce(`${kind} is being downloaded.`)
    })
  }

  async function end() {
    const done = await notices.end.attempt(async (signal) => {
      await call('DELETE', '/api/session', { signal })
    })
    if (done) leave('The session has ended.', 'Your files and results are being deleted.')
  }

  /**
   * Back to the page as it came, with nothing of the last session in it.
   * @param {string} title
   * @param {string} text
   */
  function leave(title, text) {
    for (const place of Object.values(notices)) place.clear()
    visit = new Visit()
    dialog.close()
    for (const id of ['found-content', 'indicators-content', 'ranking-stale', 'map', 'ranked', 'ranking-details', 'ranking-basis', 'plan-form', 'plan-content', 'wards-state', 'boundaries-state']) byId(id, HTMLElement).replaceChildren()
    for (const id of ['found', 'indicators', 'ranking', 'plan', 'end-session']) byId(id, HTMLElement).hidden = true
    byId('session-state', HTMLElement).textContent = 'No session yet'
    byId('page-notices', HTMLElement).replaceChildren(h('div', { class: 'notice calm', role: 'status' }, h('p', { class: 'notice-title' }, title), h('p', {}, text)))
    focusOn('title', `${title} ${text}`)
  }
}

/** @param {string} text told to screen readers without moving anybody */
function announce(text) {
  byId('announcer', HTMLElement).textContent = text
}

/**
 * @param {string} id
 * @param {string} text
 */
function focusOn(id, text) {
  byId(id, HTMLElement).focus()
  announce(text)
}

/**
 * Null for a problem that only says that there is nothing yet; anything else goes on.
 * @param {unknown} error
 * @param {...string} kinds
 */
function orNull(error, ...kinds) {
  if (error instanceof Problem && kinds.includes(error.kind)) return null
  throw error
}

/**
 * How far a file has come, told in figures and to screen readers by quarters.
 * @param {HTMLElement} place
 * @param {string} filename
 */
function progressIn(place, filename) {
  const meter = h('progress', { max: 100, value: 0, 'aria-label': `Upload of ${filename}` })
  const words = h('span', {}, `Uploading ${filename}: 0 %`)
  const cancel = h('button', { type: 'button', class: 'link' }, 'Cancel')
  let quarter = 0
  place.replaceChildren(h('div', { class: 'progress' }, h('p', {}, words, ' ', cancel), meter))
  return {
    /** @param {number} share */
    show: (share) => {
      meter.value = Math.round(share * 100)
      words.textContent = `Uploading ${filename}: ${String(meter.value)} %`
      if (Math.floor(share * 4) > quarter) {
        quarter = Math.floor(share * 4)
        announce(words.textContent)
      }
    },
    check: () => {
      meter.removeAttribute('value')
      cancel.remove()
      words.textContent = `Reading ${filename}`
      announce(words.textContent)
    },
    /** @param {() => void} stop */
    onCancel: (stop) => { cancel.addEventListener('click', stop) }
  }
}

/**
 * A file can also be dropped on its card; the button does the same for everybody else.
 * @param {HTMLElement} card
 * @param {(file: File) => void} onFile
 */
function acceptDrops(card, onFile) {
  card.addEventListener('dragover', (event) => {
    event.preventDefault()
    card.classList.add('over')
  })
  card.addEventListener('dragleave', () => { card.classList.remove('over') })
  card.addEventListener('drop', (event) => {
    event.preventDefault()
    card.classList.remove('over')
    const [file] = event.dataTransfer?.files ?? []
    if (file !== undefined) onFile(file)
  })
}
