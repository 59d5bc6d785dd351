import type { PositivityChoices, PositivityReply } from '../../features/replies/dataset.ts'
import type { Bench } from '../bench.ts'
import { byId } from '../dom.ts'
import { call } from '../http.ts'
import { isWorking, working } from '../shell/working.ts'
import { words } from '../words/en.ts'
import { positivityForm, positivityView } from './positivity-view.ts'

/** Test positivity from a facility table: a form while there is one, and what was measured of it. */
export function positivityPart({ state, acts, tabs, announce, noticesAt }: Bench): void {
  const { attempt, clear } = noticesAt('positivity-notices')
  const place = byId('positivity-form', HTMLElement)
  const content = byId('positivity-content', HTMLElement)
  /** Whose choices and measurements are shown. */
  let shownOf: string | undefined

  async function measure(choices: PositivityChoices): Promise<void> {
    if (isWorking(place)) return
    const isDone = await attempt((signal) =>
      working(
        place,
        words.positivity.measuring,
        async () => {
          const { positivity } = (await call('POST', '/api/dataset/positivity', {
            body: choices,
            signal,
          })) as PositivityReply
          await acts.refreshData(signal)
          content.replaceChildren(...positivityView(positivity))
        },
        clear,
      ),
    )
    if (!isDone) return
    tabs.tell('changed')
    announce(words.positivity.wasMeasured)
  }
  state.files.watch((files) => {
    const file = files.findLast(({ role, state: stage }) => role === 'facilities' && stage === 'ready')
    if (file?.id === shownOf) return
    shownOf = file?.id
    content.replaceChildren()
    place.replaceChildren(
      ...(file === undefined
        ? []
        : [
            positivityForm((choices) => {
              void measure(choices)
            }),
          ]),
    )
    if (file !== undefined) byId('facilities-fold', HTMLDetailsElement).open = true
  })
}
