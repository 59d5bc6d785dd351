import { Type } from 'typebox'
import type { RequestContext } from '../context.ts'
import type { AnswerTable } from '../domain/chat/answer.ts'
import { interpret } from '../domain/chat/interpret.ts'
import { suggestQuestions } from '../domain/chat/question/help.ts'
import { NOTHING, remember } from '../domain/chat/remembered.ts'
import type { Outline } from '../domain/chat/outline.ts'
import { Fault } from '../domain/fault.ts'
import { EventStream, jsonObject, route, type Route, type StreamEvent } from '../route.ts'
import type { ChatTurn, StoredReply } from '../stores/chat-log.ts'
import { speakByModel } from './chat/speak-by-model.ts'
import { speakByRules } from './chat/speak-by-rules.ts'
import type { Spoken } from './chat/spoken.ts'
import { outlineOf } from './outline.ts'
import { TurnReply, TurnsReply } from './replies/chat.ts'

/** The most rows of a reply's table that are kept to be read again. The reply itself has all of them. */
const MOST_ROWS = 20
const MOST_LETTERS = 8_000
/** Faults of the session itself, with which nothing can be answered. */
const SESSION_FAULTS: ReadonlySet<string> = new Set(['session-store-unavailable', 'no-session'])

const NewMessage = Type.Object(
  { message: Type.String({ minLength: 1, maxLength: 4_000 }) },
  { additionalProperties: false },
)

export function chatRoutes(): Route[] {
  return [
    route({
      method: 'POST',
      url: '/api/chat',
      status: 200,
      limit: 'chat',
      reply: TurnReply,
      body: NewMessage,
      summary:
        'Ask a question in words. With Accept: text/event-stream the reply comes as `delta` events and one `reply` ' +
        'event, or one `error` event if it fails on the way. With Last-Event-ID, a turn that was cut gets its reply ' +
        'again, if it was saved',
      handle: async (ctx, { body: { message }, lastEventId }) =>
        new EventStream(lastEventId === undefined ? takeTurn(ctx, message) : repeatTurn(ctx, message, lastEventId)),
    }),
    route({
      method: 'GET',
      url: '/api/chat',
      status: 200,
      reply: TurnsReply,
      summary: 'The conversation of this session, oldest first: the last 100 turns or 63 KiB',
      handle: async (ctx) => {
        const turns = await ctx.chat.read()
        return {
          turns: turns.map((turn) => ({ ...show(turn), reply: turn.reply })),
          suggestions: turns.length === 0 ? await suggestionsFor(ctx) : [],
        }
      },
    }),
    route({
      method: 'DELETE',
      url: '/api/chat',
      status: 204,
      summary: 'Forget the conversation; the analyses, plans and exports it made stay',
      handle: (ctx) => ctx.chat.clear(),
    }),
  ]
}

/** The outline of a session whose data cannot be reached. */
const NO_DATA: Outline = { dataset: null, analysis: null, plan: null } as const

/** Whether a message asks only for bundled knowledge, which needs no session's data. */
function isOfKnowledge(message: string): boolean {
  const meaning = interpret(message, NO_DATA)
  return meaning.kind === 'call' && ['answer_knowledge', 'explain_method'].includes(meaning.call.tool)
}

/** Questions to begin with. Without the data, as in an outage, those that need none. */
async function suggestionsFor(ctx: RequestContext): Promise<readonly string[]> {
  const outline = await outlineOf(ctx).catch((error: unknown) => {
    if (error instanceof Fault && !SESSION_FAULTS.has(error.kind)) return NO_DATA
    throw error
  })
  return suggestQuestions(outline)
}

/**
 * Answers one message. The turn is saved as one piece before the reply is sent, so that every reply can be read again.
 */
async function* takeTurn(ctx: RequestContext, message: string): AsyncGenerator<StreamEvent> {
  const id = ctx.ids.mint()
  const [model] = ctx.models
  try {
    const turns = await ctx.chat.read()
    // Nothing is said yet, but a client that is cut off from here on knows which turn to ask for.
    yield { id: `${id}.0`, name: 'delta', data: jsonObject({ text: '' }) }
    const outline = await outlineOf(ctx).catch((error: unknown) => {
      if (error instanceof Fault && error.kind === 'object-store-unavailable' && isOfKnowledge(message)) return NO_DATA
      throw error
    })
    const spoken =
      model === undefined || outline === NO_DATA
        ? await speakByRules(ctx, message, outline, turns)
        : await speakByModel(ctx, model, message, outline, turns)
    const text = textOf(spoken)
    for (const [at, piece] of piecesOf(text).entries())
      yield { id: `${id}.${String(at + 1)}`, name: 'delta', data: jsonObject({ text: piece }) }
    const turn: ChatTurn = {
      id,
      message,
      at: ctx.now(),
      reply: storedReply(spoken, text),
      mode: spoken.mode,
      datasetVersion: outline.dataset?.version ?? null,
      call: spoken.call,
      remembered: remember(turns.at(-1)?.remembered ?? NOTHING, spoken),
    }
    await ctx.chat.append(turn)
    ctx.metrics.chatTurn(
      spoken.by,
      spoken.intent === 'clarify' || spoken.intent === 'decline' ? 'asked-back' : 'answered',
    )
    const {
      intent,
      basis,
      options,
      table,
      moreTables,
      attached: { map, chart, analysis, plan, export: exported },
    } = spoken
    yield {
      id: `${id}.reply`,
      name: 'reply',
      data: jsonObject({
        reply: jsonObject({
          text,
          intent,
          basis,
          options,
          table,
          moreTables,
          map,
          chart,
          plan: plan?.shown,
          analysis: analysis?.shown,
          export: exported?.shown,
        }),
        turn: show(turn),
      }),
    }
  } catch (error) {
    if (!ctx.signal.aborted) ctx.metrics.chatTurn(model === undefined ? 'rules' : 'model', 'failed')
    throw error
  }
}

/**
 * The reply of a turn that was saved although its client did not receive it.
 * @throws Fault `not-found` when nothing of it was saved
 */
async function* repeatTurn(ctx: RequestContext, message: string, lastEventId: string): AsyncGenerator<StreamEvent> {
  const turns = await ctx.chat.read()
  const turn = ctx.ids.find(
    turns.filter((other) => other.message === message),
    lastEventId.split('.')[0] ?? '',
  )
  yield { id: `${turn.id}.reply`, name: 'reply', data: jsonObject({ reply: turn.reply, turn: show(turn) }) }
}

/** The text can be read by itself: what the figures rest on and what could be asked instead are part of it. */
function textOf({ text, basis, options = [] }: Spoken): string {
  return [text, options.map((option) => `- ${option}`).join('\n'), basis.join('\n')]
    .filter((part) => part !== '')
    .join('\n\n')
}

/** The text, paragraph by paragraph. Together they are the whole text. */
function piecesOf(text: string): string[] {
  return text.split(/(?<=\n\n)/)
}

function storedReply(
  { intent, basis, options, table, moreTables, attached: { analysis, plan, export: exported } }: Spoken,
  text: string,
): StoredReply {
  return {
    text: text.length > MOST_LETTERS ? `${text.slice(0, MOST_LETTERS)}…` : text,
    intent,
    basis,
    ...(options !== undefined && { options }),
    ...(table !== undefined && { table: keptTable(table) }),
    ...(moreTables !== undefined && { moreTables: moreTables.map(keptTable) }),
    ...(analysis !== undefined && { analysis: { id: analysis.id } }),
    ...(plan !== undefined && { plan: { id: plan.id } }),
    ...(exported !== undefined && { export: { id: exported.id } }),
  }
}

function keptTable(table: AnswerTable): NonNullable<StoredReply['table']> {
  const left = table.rows.length - MOST_ROWS
  return { ...table, rows: table.rows.slice(0, MOST_ROWS), ...(left > 0 && { rowsLeftOut: left }) }
}

function show({ id, at, message, mode, datasetVersion }: ChatTurn): Record<string, unknown> {
  return { id, at: new Date(at).toISOString(), message, mode, datasetVersion }
}
