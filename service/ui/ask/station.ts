import type { BattleReply } from '../../features/replies/arena.ts'
import type { TurnReply, TurnsReply } from '../../features/replies/chat.ts'
import type { Bench } from '../bench.ts'
import { watchAll } from '../cell.ts'
import { button, byId, fill, h } from '../dom.ts'
import { call, stream } from '../http.ts'
import { MOST_CLASSES } from '../map/classes.ts'
import { TIER_LAYER, tierLayer, type Layer } from '../map/layers.ts'
import { isWorking, working } from '../shell/working.ts'
import { words } from '../words/en.ts'
import { battleView, leaderboardFold } from './arena-view.ts'
import { replyParts, type Reply, type ReplyActs, type Shown } from './reply-view.ts'

const ANSWER_LAYER = 'answer'

export interface AskStation {
  /** Shows the conversation so far. */
  readonly restore: (signal: AbortSignal) => Promise<void>
}

/** The station Ask: questions in words beside the map, and two answers to compare. */
export function askStation(bench: Bench): AskStation {
  const { state, acts, noticesAt, announce, tabs } = bench
  const { attempt, clear: stopAsking } = noticesAt('chat-notices')
  const turns = byId('chat-turns', HTMLElement)
  const form = byId('chat-form', HTMLFormElement)
  const input = byId('chat-message', HTMLTextAreaElement)
  const suggestions = byId('chat-suggestions', HTMLElement)
  const stop = button(words.ask.stop, () => {
    stopAsking()
  })
  const compare = button(words.arena.compare, () => {
    void fight(input.value)
  })
  const forget = button(
    words.ask.forget,
    () => {
      void forgetAll()
    },
    { kind: 'link' },
  )
  /** Addresses of charts and maps, which hold memory until they are given back. */
  let addresses: string[] = []

  const clear = (): void => {
    turns.replaceChildren()
    for (const address of addresses) URL.revokeObjectURL(address)
    addresses = []
    input.value = ''
    suggestions.replaceChildren()
    forget.hidden = true
  }
  /** A turn with its question; what is said is put into the second element. */
  const addTurn = (message: string): HTMLElement => {
    const said = h('div', { class: 'said' })
    const asked = h('p', { class: 'asked' }, h('span', { class: 'unseen' }, words.ask.youAsked), message)
    turns.append(h('div', { class: 'turn' }, asked, said))
    suggestions.replaceChildren()
    forget.hidden = false
    return said
  }
  const replyActs = (): ReplyActs => ({
    addressOf: (text, type) => {
      const address = URL.createObjectURL(new Blob([text], { type }))
      addresses.push(address)
      return address
    },
    onOption: (option) => {
      void ask(option)
    },
    onMap: state.ranking.value === null || state.shapes.value === null ? null : showOnMap,
    onPlan: () => {
      state.station.set('nets')
    },
    onRanking: () => {
      state.station.set('results')
    },
  })
  const showReply = (said: HTMLElement, message: string, reply: Shown, mode: string): void => {
    fill(said, ...replyParts(message, reply, replyActs()), h('p', { class: 'quiet' }, words.ask.answeredBy(mode)))
    said.scrollIntoView({ block: 'nearest' })
  }
  function showOnMap(map: NonNullable<Reply['map']>): void {
    const layer = map.variable === undefined ? tiersOf(map) : layerOf(map, map.variable)
    state.answerLayer.set(layer)
    state.layerId.set(layer === null ? TIER_LAYER : ANSWER_LAYER)
    announce(words.ask.isOnMap)
  }

  async function ask(message: string): Promise<void> {
    if (message.trim() === '' || isWorking(form)) return
    let said: HTMLElement | null = null
    stop.hidden = false
    const isDone = await attempt((signal) =>
      working(form, words.ask.looking, async () => {
        await acts.ensureSession(signal)
        said?.parentElement?.remove()
        const place = (said = addTurn(message))
        const text = h('p', {})
        place.append(text)
        for await (const { name, data } of stream('/api/chat', { message }, signal)) {
          if (name === 'delta') text.textContent += (data as { text: string }).text
          if (name !== 'reply') continue
          const { reply, turn } = data as TurnReply
          showReply(place, message, reply, turn.mode)
          await showMade(reply, signal)
        }
      }),
    )
    stop.hidden = true
    if (isDone) input.value = ''
    else (said as HTMLElement | null)?.append(h('p', { class: 'quiet' }, words.ask.stopped))
  }
  /** Shows an analysis or a plan that was made where it belongs. */
  async function showMade({ analysis, plan }: Pick<Reply, 'analysis' | 'plan'>, signal: AbortSignal): Promise<void> {
    const wanted = plan?.analysisId ?? analysis?.id
    if (wanted === undefined) return
    if (wanted !== state.ranking.value?.analysis.id) await acts.showRanking(wanted, signal)
    if (plan !== undefined) {
      state.plan.set(plan)
      await acts.refreshPlans(signal)
    }
    tabs.tell('changed')
  }
  async function fight(message: string): Promise<void> {
    if (message.trim() === '' || isWorking(form)) return
    const isDone = await attempt((signal) =>
      working(form, words.arena.looking, async () => {
        await acts.ensureSession(signal)
        const reply = (await call('POST', '/api/arena/battles', { body: { message }, signal })) as BattleReply
        const said = addTurn(message)
        fill(said, battleView(bench, reply))
        said.scrollIntoView({ block: 'nearest' })
      }),
    )
    if (isDone) input.value = ''
  }
  async function forgetAll(): Promise<void> {
    await attempt(async (signal) => {
      await call('DELETE', '/api/chat', { signal })
      clear()
      input.focus()
    })
  }
  async function suggest(signal: AbortSignal): Promise<void> {
    const kept = (await call('GET', '/api/chat', { signal })) as TurnsReply
    if (turns.childElementCount > 0) return
    fill(
      suggestions,
      ...kept.suggestions.map((question) =>
        button(question, () => {
          void ask(question)
        }),
      ),
    )
  }

  form.addEventListener('submit', (event) => {
    event.preventDefault()
    void ask(input.value)
  })
  input.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return
    event.preventDefault()
    void ask(input.value)
  })
  byId('chat-buttons', HTMLElement).append(compare, stop, forget)
  byId('chat', HTMLElement).append(leaderboardFold(bench))
  stop.hidden = true
  forget.hidden = true
  state.session.watch((session) => {
    if (session === null) clear()
  })
  // The questions to begin with are those of the stage that the work has reached.
  watchAll([state.station, state.dataset, state.ranking, state.plan], () => {
    if (state.station.value !== 'ask' || state.session.value === null || turns.childElementCount > 0) return
    void noticesAt('suggestion-notices').attempt(suggest)
  })
  return {
    restore: async (signal) => {
      const kept = (await call('GET', '/api/chat', { signal })) as TurnsReply
      clear()
      for (const { message, reply, mode } of kept.turns) {
        const { text, basis, options, table, moreTables } = reply
        showReply(
          addTurn(message),
          message,
          { text, basis, ...(options && { options }), ...(table && { table }), ...(moreTables && { moreTables }) },
          mode,
        )
      }
    },
  }
}

/**
 * The tiers of a map that shows only some wards, as a layer; null where it shows all, as the ranking's own layer does.
 */
function tiersOf({ features }: NonNullable<Reply['map']>): Layer | null {
  const joined = features.filter(({ properties }) => properties.matched)
  if (joined.every(({ properties }) => properties.tier !== undefined)) return null
  const tiers = new Map(joined.map(({ properties }) => [properties.wardName, properties.tier ?? null]))
  return { ...tierLayer(), id: ANSWER_LAYER, section: 'answer', valueOf: ({ name }) => tiers.get(name) ?? null }
}

/** The values of an answer as a layer of the map. */
function layerOf({ features }: NonNullable<Reply['map']>, variable: string): Layer {
  const values = new Map(features.map(({ properties }) => [properties.wardName, properties.value ?? null]))
  const texts = [...new Set(values.values())].filter((value) => typeof value === 'string').sort()
  return {
    id: ANSWER_LAYER,
    label: variable,
    section: 'answer',
    valueOf: ({ name }) => values.get(name) ?? null,
    // More texts than there are colours have none.
    ...(texts.length > 0 && {
      groups: texts.slice(0, MOST_CLASSES).map((value, at) => ({ value, label: value, colour: `scale-${at + 1}` })),
    }),
  }
}
