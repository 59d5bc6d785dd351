import { madeBy, TOOL_NAMES, TOOLS } from '../../service/domain/chat/tools.ts'
import { jsonOf, type Exchange } from '../client.ts'
import type { Creation, Span } from '../history.ts'
import type { Outcome } from '../outcome.ts'
import type { Era } from '../person.ts'
import { ask, judge, pick, type Operation, type Tab } from '../world.ts'

/** What an answer may make, and the list that shows it. */
const LISTS = { analysis: 'analyses', plan: 'plans', export: 'exports' } as const
type Made = keyof typeof LISTS

interface Table {
  readonly rows: readonly (readonly (string | number | null)[])[]
}

interface ChatReply {
  readonly reply: {
    readonly text: string
    readonly intent: string
    readonly table?: Table
    readonly moreTables?: readonly Table[]
  } & Readonly<Partial<Record<Made, { id: string }>>>
  readonly turn: { readonly id: string; readonly message: string }
}

/** An example of each tool that makes nothing which another operation lists. */
const QUESTIONS: readonly string[] = TOOL_NAMES.filter((name) => madeBy(name) === null).map(
  (name) => TOOLS[name].example,
)

/** Two questions in one message, each with a table of its own: the wards with more people than these. */
const BOUNDS = [40_000, 20_000] as const
const TWO_THINGS = BOUNDS.map((bound) => `How many wards have population above ${bound}?`).join(' ')

export function chatOperations(): Operation[] {
  return [
    {
      name: 'ask in the chat',
      route: 'POST /api/chat',
      weight: 3,
      run: async (tab) => await askInChat(tab, false),
    },
    {
      name: 'ask in the chat, as a stream',
      route: 'POST /api/chat',
      weight: 2,
      run: async (tab) => await askInChat(tab, true),
    },
    {
      name: 'ask two things in the chat',
      route: 'POST /api/chat',
      weight: 1,
      run: async (tab) => await sendToChat(tab, 'ask two things in the chat', TWO_THINGS, false, twoThingsWrong),
    },
    {
      name: 'read the conversation',
      route: 'GET /api/chat',
      weight: 3,
      run: async (tab) => await readConversation(tab),
    },
    {
      name: 'forget the conversation',
      route: 'DELETE /api/chat',
      weight: 1,
      run: forget,
    },
  ]
}

async function askInChat(tab: Tab, isStream: boolean): Promise<Outcome> {
  const { era, world, person } = tab
  const note = world.canaries.text({
    user: person.user,
    era: era.number,
    field: 'chat message',
    version: (era.names += 1),
  })
  const message = `${pick(tab.random, QUESTIONS) ?? ''} (${note})`
  return await sendToChat(tab, isStream ? 'ask in the chat, as a stream' : 'ask in the chat', message, isStream)
}

/** @param wrongIn what is wrong with an answer by the data; null if nothing is */
async function sendToChat(
  tab: Tab,
  name: string,
  message: string,
  isStream: boolean,
  wrongIn?: (tab: Tab, answer: Partial<ChatReply>) => string | null,
): Promise<Outcome> {
  const { era, world, person } = tab
  const reply = await ask(
    tab,
    { name, route: 'POST /api/chat' },
    { address: '/api/chat', body: { message }, ...(isStream && { headers: { accept: 'text/event-stream' } }) },
  )
  const answer = isStream ? lastEvent(reply) : { name: 'reply', data: jsonOf<ChatReply>(reply) }
  const { turn } = answer.data
  const isAnswered = reply.status === 200 && answer.name === 'reply' && turn !== undefined
  era.made.turns.push(created(era, reply, isAnswered ? turn.id : undefined))
  // An error in the stream means that the store was not there, and the operation is tried again.
  if (reply.status === 200 && answer.name === 'error') return era.ending ? 'gone' : 'refused'
  const outcome = judge(tab, reply, [200])
  if (outcome !== 'done' || turn === undefined) return outcome
  recordMade(tab, reply, answer.data)
  world.canaries.register(turn.id, {
    user: person.user,
    era: era.number,
    field: 'turn id',
    version: era.made.turns.length,
  })
  const viewer = { user: person.user, era: era.number }
  const wrong = wrongIn?.(tab, answer.data) ?? null
  if (wrong !== null)
    world.inspector.report({ kind: 'wrong numbers', detail: wrong, viewer, request: 'POST /api/chat' })
  if (turn.message === message) return outcome
  world.inspector.report({
    kind: 'history',
    detail: 'A message was answered as another one',
    viewer,
    request: 'POST /api/chat',
  })
  return 'failed'
}

/** Both counts must follow from one edition of the person's data. Before there are data, nothing is counted. */
function twoThingsWrong({ era }: Tab, { reply }: Partial<ChatReply>): string | null {
  const [first] = reply?.moreTables ?? []
  if (reply?.intent !== 'query_wards' || first === undefined) return null
  const shown = [first, reply.table].map((table) => table?.rows[0]?.[0])
  const isOf = era.editions.some(({ populations }) =>
    BOUNDS.every((bound, at) => [...populations.values()].filter((people) => people > bound).length === shown[at]),
  )
  return isOf ? null : `The chat counts ${shown.join(' and ')} wards, which follows from none of the person's data`
}

/**
 * Records what an answer made, since lists show it like anything else: the note can read as a word that makes
 * something, as the last letters of `…2csv` do.
 */
function recordMade({ person, era, world }: Tab, { begin, end }: Exchange, { reply }: Partial<ChatReply>): void {
  for (const [made, list] of Object.entries(LISTS) as [Made, (typeof LISTS)[Made]][]) {
    const key = reply?.[made]?.id
    if (key === undefined) continue
    era.made[list].push({ begin, end, key, outcome: 'acknowledged' })
    const version = era.made[list].length
    world.canaries.register(key, { user: person.user, era: era.number, field: `${made} of the chat`, version })
  }
}

export async function readConversation(tab: Tab, fresh = false): Promise<Outcome> {
  const reply = await ask(
    tab,
    { name: 'read the conversation', route: 'GET /api/chat' },
    { address: '/api/chat', fresh },
  )
  const outcome = judge(tab, reply, [200])
  if (outcome === 'done')
    tab.era.listed.turns.push({
      begin: reply.begin,
      end: reply.end,
      keys: (jsonOf<{ turns: { id: string }[] }>(reply).turns ?? []).map(({ id }) => id),
    })
  return outcome
}

async function forget(tab: Tab): Promise<Outcome> {
  const { era } = tab
  const forgetting: { begin: number; end: number } = { begin: performance.now(), end: Infinity }
  era.forgettings.push(forgetting)
  const before = era.made.turns.filter(({ removal }) => removal === undefined)
  for (const turn of before) turn.removal = { ...forgetting }
  const reply = await ask(tab, { name: 'forget the conversation', route: 'DELETE /api/chat' }, { address: '/api/chat' })
  const outcome = judge(tab, reply, [204])
  if (outcome !== 'done') return outcome
  forgetting.end = reply.end
  for (const turn of before) turn.removal = { ...forgetting }
  return outcome
}

/** A turn that was running while the conversation was forgotten may be in it or not. */
function created({ forgettings }: Era, { begin, end, status }: Exchange, key: string | undefined): Creation {
  const overlapping = forgettings.find((forgetting: Span) => forgetting.end >= begin)
  const outcome = key !== undefined ? 'acknowledged' : status >= 400 && status < 500 ? 'refused' : 'unknown'
  return {
    begin,
    end,
    key,
    outcome,
    ...(overlapping !== undefined && { removal: { begin: overlapping.begin, end: Infinity } }),
  }
}

function lastEvent({ bytes }: Exchange): { readonly name: string; readonly data: Partial<ChatReply> } {
  const event = bytes.toString().trimEnd().split('\n\n').at(-1) ?? ''
  const field = (name: string): string => new RegExp(`^${name}: (.*)$`, 'm').exec(event)?.[1] ?? ''
  try {
    return { name: field('event'), data: JSON.parse(field('data')) as Partial<ChatReply> }
  } catch {
    return { name: field('event'), data: {} }
  }
}
