import type { ComparisonReply, ListedPlan, PlanReply } from '../../features/replies/plans.ts'
import type { Bench } from '../bench.ts'
import { watchAll } from '../cell.ts'
import { button, fill, h } from '../dom.ts'
import { dayText, whole } from '../formats.ts'
import { call } from '../http.ts'
import { words } from '../words/en.ts'
import { compareView } from './compare-view.ts'

const MOST_COMPARED = 4

/** When and by whom a plan was locked; null if it is not locked. */
function lockOf({ lockedAt, lockedBy, lockIsFromProject }: ListedPlan): Parameters<typeof words.scenarios.summary>[1] {
  return lockedAt === null ? null : { day: dayText(lockedAt), by: lockedBy, isFromProject: lockIsFromProject === true }
}

/**
 * Plans that were given a name: opened, renamed, copied, locked, deleted, and compared side by side.
 * @param onOpen called with a plan that was opened
 */
export function scenariosView(bench: Bench, onOpen: (reply: PlanReply) => void): HTMLElement {
  const { state, acts, announce, tabs } = bench
  const { attempt } = bench.noticesAt('scenario-notices')
  const text = words.scenarios
  const picked = new Set<string>()
  const list = h('ul', { class: 'scenarios', 'aria-label': text.title })
  const compared = h('div', { class: 'details' })
  const name = h('input', { type: 'text', maxlength: 100, 'aria-label': text.name, placeholder: text.nameHint })
  const keep = h(
    'form',
    {
      class: 'row',
      submit: (event) => {
        event.preventDefault()
        void keepPlan()
      },
    },
    name,
    h('button', { type: 'submit', class: 'secondary' }, text.keep),
  )
  const compare = button(text.compare(0), () => {
    void comparePicked()
  })
  const view = h(
    'section',
    { class: 'details' },
    h('h3', {}, text.title),
    keep,
    list,
    h('p', { class: 'row' }, compare),
    compared,
  )

  /** Does something to plans, and lists them again. */
  const change = async (said: string, act: (signal: AbortSignal) => Promise<void>): Promise<void> => {
    const isDone = await attempt(async (signal) => {
      await act(signal)
      await acts.refreshPlans(signal)
    })
    if (!isDone) return
    tabs.tell('changed')
    announce(said)
  }
  async function keepPlan(): Promise<void> {
    const plan = state.plan.value
    const given = name.value.trim()
    if (plan === null || given === '') {
      name.focus()
      return
    }
    // A plan that has a name already stays as it is: another choice is another scenario.
    await change(text.kept(given), async (signal) => {
      const path = `/api/itn-plans/${plan.id}`
      const reply = (
        plan.name === null
          ? await call('PATCH', path, { body: { name: given }, signal })
          : await call('POST', `${path}/copies`, { body: { name: given }, signal })
      ) as PlanReply
      state.plan.set(reply.plan)
      name.value = ''
    })
  }
  async function comparePicked(): Promise<void> {
    const isDone = await attempt(async (signal) => {
      const planIds = [...picked]
      fill(
        compared,
        ...compareView(
          (await call('POST', '/api/itn-plans/compare', { body: { planIds }, signal })) as ComparisonReply,
        ),
      )
    })
    if (!isDone) return
    const title = compared.querySelector('h3')
    title?.focus()
    title?.scrollIntoView({ block: 'nearest' })
  }
  const item = (plan: ListedPlan): HTMLElement => {
    const { id, lockedAt, options } = plan
    const path = `/api/itn-plans/${id}`
    const title = plan.name ?? text.unnamed
    const isLocked = lockedAt !== null
    const act = (label: string, says: string, run: () => Promise<void>): HTMLElement =>
      button(
        label,
        () => {
          void run()
        },
        { kind: 'link', says, key: `${label} ${id}` },
      )
    const box = h('input', {
      type: 'checkbox',
      'aria-label': text.pick(title),
      'data-key': `pick ${id}`,
      checked: picked.has(id),
      change: () => {
        if (box.checked) picked.add(id)
        else picked.delete(id)
        count()
      },
    })
    return h(
      'li',
      { class: state.plan.value?.id === id ? 'chosen' : undefined },
      box,
      h('strong', {}, title),
      h('span', { class: 'quiet' }, text.summary(whole(options.totalNets), lockOf(plan), plan.stale)),
      h(
        'span',
        { class: 'row' },
        act(text.open, text.openOf(title), () =>
          change(text.opened(title), async (signal) => {
            onOpen((await call('GET', path, { signal })) as PlanReply)
          }),
        ),
        act(text.copy, text.copyOf(title), () =>
          change(text.copied(title), async (signal) => {
            const body = { name: text.copyName(title).slice(0, 100) }
            onOpen((await call('POST', `${path}/copies`, { body, signal })) as PlanReply)
          }),
        ),
        isLocked
          ? null
          : act(text.lock, text.lockOf(title), () =>
              change(text.locked(title), async (signal) => {
                await call('POST', `${path}/lock`, { signal })
              }),
            ),
        isLocked
          ? null
          : act(text.remove, text.removeOf(title), async () => {
              if (!(await bench.confirm(text.removeTitle(title), text.removeText, text.remove))) return
              picked.delete(id)
              await change(text.removed(title), async (signal) => {
                await call('DELETE', path, { signal })
              })
            }),
      ),
    )
  }
  const count = (): void => {
    compare.textContent = text.compare(picked.size)
    compare.disabled = picked.size < 2 || picked.size > MOST_COMPARED
  }
  watchAll([state.plans, state.plan], () => {
    const kept = state.plans.value.filter((plan) => plan.name !== null || plan.lockedAt !== null)
    for (const id of picked) if (!kept.some((plan) => plan.id === id)) picked.delete(id)
    keep.hidden = state.plan.value === null
    view.hidden = kept.length === 0 && state.plan.value === null
    compare.hidden = kept.length < 2
    if (kept.length === 0) compared.replaceChildren()
    fill(list, ...kept.map(item))
    count()
  })
  return view
}
