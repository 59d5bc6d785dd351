import type { PlanOptions } from '../../domain/plan/plan-options.ts'
import type { CertaintyReply } from '../../features/replies/certainty.ts'
import type { PlanReply } from '../../features/replies/plans.ts'
import type { Bench } from '../bench.ts'
import { watchAll } from '../cell.ts'
import { byId, fill, h } from '../dom.ts'
import { downloadsBeside } from '../downloads.ts'
import { call } from '../http.ts'
import { COVERAGE_LAYER, TIER_LAYER } from '../map/layers.ts'
import { isFiltered } from '../wards/filter.ts'
import { words } from '../words/en.ts'
import { planForm, type PlanForm } from './plan-form.ts'
import { planHeadline, planTables, type Chances } from './plan-view.ts'
import { scenariosView } from './scenarios.ts'
import { sureNetsView } from './sure-nets.ts'

/** While a slider is dragged, plans are asked for one after the other, and not more often than this. */
const LEAST_APART_MS = 150

/** The station Nets: a stock, the rules of a programme, and what follows from them while they are changed. */
export function netsStation(bench: Bench): void {
  const { state, shown } = bench
  const { ranking, plan, netsCertainty, isStale, station, dataset } = state
  const { attempt } = bench.noticesAt('plan-notices')
  const formPlace = byId('plan-form', HTMLElement)
  const [headline, tables, empty] = [h('div', {}), h('div', { class: 'details' }), h('div', { class: 'empty' })]
  const downloads = downloadsBeside(bench, 'plan')
  const pending = h('span', { class: 'busy', role: 'status' })
  let form: PlanForm | null = null
  let formOf: string | null = null
  /** The plan whose options the form holds. */
  let inForm: string | null = null
  /** The latest choices that no plan was asked for yet. */
  let wanted: PlanOptions | null = null
  let isMaking = false

  const follow = (): void => {
    wanted = isStale.value ? null : (form?.read() ?? null)
    if (wanted !== null && !isMaking) void makeWanted()
  }
  /** Asks for plans until there is one of the latest choices. Those between are left out. */
  async function makeWanted(): Promise<void> {
    isMaking = true
    pending.textContent = words.nets.working
    while (wanted !== null) {
      const options: PlanOptions = wanted
      wanted = null
      await Promise.all([make(options), new Promise((resolve) => setTimeout(resolve, LEAST_APART_MS))])
    }
    isMaking = false
    pending.textContent = ''
  }
  async function make(options: PlanOptions): Promise<void> {
    const analysis = ranking.value?.analysis
    if (analysis === undefined) return
    await attempt(async (signal) => {
      const body = { analysisId: analysis.id, ...options }
      showReply((await call('POST', '/api/itn-plans', { body, signal })) as PlanReply)
    })
  }
  function showReply({ plan: made }: PlanReply): void {
    inForm = made.id
    form?.setNeed(made.totals.need)
    plan.set(made)
  }
  /** Puts the options of a plan that was made or opened elsewhere into the form. */
  const followPlan = (): void => {
    const made = plan.value
    if (made === null || made.id === inForm || form === null) return
    const options = state.plans.value.find(({ id }) => id === made.id)?.options
    if (options === undefined) return
    inForm = made.id
    form.setNeed(made.totals.need)
    form.write(options)
  }
  /** Learns how many nets all wards need from a plan without a net, so that the slider has an end. */
  async function askNeed(): Promise<void> {
    const analysis = ranking.value?.analysis
    const population = dataset.value?.columns.find(({ kind }) => kind === 'population')?.name
    if (analysis === undefined || population === undefined || isStale.value) return
    await attempt(async (signal) => {
      const body = { analysisId: analysis.id, totalNets: 0, populationColumn: population }
      const reply = (await call('POST', '/api/itn-plans', { body, signal })) as PlanReply
      form?.setNeed(reply.plan.totals.need)
    })
  }

  const prepare = (): void => {
    const ranked = ranking.value
    const id = ranked?.analysis.id ?? null
    if (ranked === null) {
      form = null
      formOf = null
      formPlace.replaceChildren()
      return
    }
    if (id === formOf) return
    formOf = id
    form = planForm(
      {
        columns: dataset.value?.columns ?? [],
        wards: ranked.wards.map(({ name }) => name),
        hasPca: ranked.analysis.pca.suitable,
        lga: () => state.filter.value.lga,
      },
      follow,
    )
    inForm = null
    fill(formPlace, form.view)
    followPlan()
  }
  watchAll([ranking], prepare)
  watchAll([plan, state.plans], followPlan)
  watchAll([ranking, station], () => {
    if (station.value === 'nets' && ranking.value !== null && plan.value === null) void askNeed()
  })
  // The map shows what this station is about, unless another layer was chosen.
  station.watch((at) => {
    if (at === 'nets' && plan.value !== null && state.layerId.value === TIER_LAYER) state.layerId.set(COVERAGE_LAYER)
    if (at === 'results' && state.layerId.value === COVERAGE_LAYER) state.layerId.set(TIER_LAYER)
  })
  watchAll([plan, netsCertainty, shown, ranking, isStale, dataset], () => {
    const made = plan.value
    const names = new Set(shown.value?.wards.map(({ name }) => name))
    const isAll = !isFiltered(state.filter.value)
    empty.hidden = ranking.value !== null
    fill(empty, h('p', {}, words.nets.noRanking), h('p', {}, h('a', { href: '#indicators' }, words.nets.toRanking)))
    downloads.menu.hidden = made === null
    for (const control of formPlace.querySelectorAll<HTMLInputElement>('input, select, button'))
      control.disabled = isStale.value
    fill(headline, ...(made === null ? [] : planHeadline(made)))
    fill(
      tables,
      ...(made === null ? [] : planTables(made, (name) => isAll || names.has(name), chancesOf(netsCertainty.value))),
    )
  })
  plan.watch((made) => {
    if (made !== null && station.value === 'nets' && state.layerId.value === TIER_LAYER)
      state.layerId.set(COVERAGE_LAYER)
  })
  byId('plan-content', HTMLElement).append(
    empty,
    formPlace,
    h('div', { class: 'headline-row' }, h('div', { 'aria-live': 'polite' }, headline, pending), downloads.menu),
    byId('plan-download-notices', HTMLElement),
    downloads.waiting,
    sureNetsView(bench),
    byId('sure-nets-notices', HTMLElement),
    scenariosView(bench, ({ plan: opened }) => {
      plan.set(opened)
    }),
    byId('scenario-notices', HTMLElement),
    tables,
  )
}

function chancesOf(certainty: CertaintyReply | null): Chances | null {
  return certainty && new Map(certainty.wards.map(({ wardName, chanceNets }) => [wardName, chanceNets]))
}
