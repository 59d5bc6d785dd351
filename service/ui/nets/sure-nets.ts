import type { CertaintyReply } from '../../features/replies/certainty.ts'
import type { Bench } from '../bench.ts'
import { watchAll } from '../cell.ts'
import { button, fill, h } from '../dom.ts'
import { whole } from '../formats.ts'
import { SERVICE_LANG, stream } from '../http.ts'
import { words } from '../words/en.ts'

/**
 * How sure it is who gets nets by the plan that is shown: worked out when it is asked for, and gone as soon as the plan
 * is another.
 */
export function sureNetsView(bench: Bench): HTMLElement {
  const { state, announce } = bench
  const { plan, netsCertainty, netsCertaintyShare, isStale, ranking } = state
  const { attempt, clear } = bench.noticesAt('sure-nets-notices')
  const view = h('div', { class: 'sure-nets' })
  const text = words.sureNets
  let runs = 0
  /** The plan whose nets are being worked out. */
  let runningFor: string | null = null

  const stop = (): void => {
    runs += 1
    runningFor = null
    clear()
    netsCertaintyShare.set(null)
  }
  const ask = async (): Promise<void> => {
    const made = plan.value
    if (made === null || netsCertaintyShare.value !== null) return
    runs += 1
    const run = runs
    runningFor = made.id
    netsCertaintyShare.set(0)
    await attempt(async (signal) => {
      const path = `/api/analyses/${made.analysisId}/certainty`
      for await (const { name, data } of stream(path, { planId: made.id }, signal)) {
        if (run !== runs) return
        if (name === 'progress') {
          const { done, steps } = data as { done: number; steps: number }
          netsCertaintyShare.set(done / steps)
        }
        if (name === 'certainty') netsCertainty.set(data as CertaintyReply)
      }
    })
    if (run !== runs) return
    runningFor = null
    netsCertaintyShare.set(null)
    if (netsCertainty.value !== null) announce(countsText(netsCertainty.value))
  }

  plan.watch((made) => {
    // A plan that is given a name stays the same plan.
    if (made !== null && made.id === (netsCertainty.value?.planId ?? runningFor)) return
    stop()
    netsCertainty.set(null)
  })
  watchAll([plan, netsCertainty, netsCertaintyShare, isStale, ranking], () => {
    const [sure, share] = [netsCertainty.value, netsCertaintyShare.value]
    view.hidden = plan.value === null || isStale.value || ranking.value?.analysis.mode === 'legacy'
    fill(
      view,
      sure !== null
        ? h('p', {}, countsText(sure))
        : share === null
          ? button(text.ask, () => void ask(), { kind: 'link', key: 'sure-nets' })
          : h(
              'p',
              { class: 'row' },
              text.working(share),
              h('progress', { max: 1, value: share, 'aria-label': text.ask }),
              button(words.shell.cancel, stop, { kind: 'link', key: 'sure-nets' }),
            ),
      sure === null ? null : h('p', { class: 'quiet' }, text.meaning(whole(sure.draws))),
      sure === null || sure.netsCaveats.length === 0
        ? null
        : h('ul', { lang: SERVICE_LANG }, ...sure.netsCaveats.map((caveat) => h('li', {}, caveat))),
    )
  })
  return view
}

function countsText({ wards, isFixedOrder }: CertaintyReply): string {
  const of = (verdict: string): number => wards.filter((ward) => ward.verdict === verdict).length
  const counts = { in: of('in'), choice: of('choice'), out: of('out') }
  return isFixedOrder ? words.sureNets.ofFixedOrder(counts) : words.sureNets.counts(counts)
}
