import type { Static, TSchema } from 'typebox'
import type { RequestContext } from './context.ts'

const OPENING_BRACE = 0x7b
const CLOSING_BRACE = 0x7d

/**
 * What a route's handler gets: bodies and queries have passed their schemas; ids in `params` are still to be looked up.
 */
export interface RouteInput<Body, Query> {
  readonly body: Body
  readonly query: Query
  readonly params: Readonly<Record<string, string>>
  /** The last event that a client of an event stream has seen, when it says so. */
  readonly lastEventId?: string
}

/** JSON text that goes out as it is, so that the event loop need not parse what a worker wrote. */
export class JsonText {
  readonly parts: readonly (string | Uint8Array)[]

  constructor(...parts: readonly (string | Uint8Array)[]) {
    this.parts = parts
  }
}

/** A JSON object of which some values may be JSON text already; undefined ones are left out. */
export function jsonObject(properties: Readonly<Record<string, unknown>>): JsonText {
  const parts = Object.entries(properties)
    .filter(([, value]) => value !== undefined)
    .flatMap(([name, value], at) => {
      const key = `${at === 0 ? '{' : ','}${JSON.stringify(name)}:`
      return value instanceof JsonText ? [key, ...value.parts] : [key + JSON.stringify(value)]
    })
  return new JsonText(...(parts.length === 0 ? ['{'] : parts), '}')
}

/**
 * The JSON text of an object with `fields` in front of its own, without parsing it. A field the object has already must
 * not be among them, and undefined ones are left out.
 * @param object JSON as `JSON.stringify` writes an object: it begins with `{`, and an empty one is `{}`
 * @throws Error when it is the text of anything else
 */
export function withFields(fields: Readonly<Record<string, unknown>>, object: Uint8Array): JsonText {
  const [first, second] = object
  if (first !== OPENING_BRACE || second === undefined) throw new Error('Cannot add fields: this is not a JSON object')
  const told = JSON.stringify(fields).slice(0, -1)
  return new JsonText(told === '{' || second === CLOSING_BRACE ? told : `${told},`, object.subarray(1))
}

/** One event of a stream. Its id lets a client say how far it got. */
export interface StreamEvent {
  readonly id: string
  readonly name: string
  readonly data: JsonText
}

/**
 * An answer that comes in events, the last of which holds all of it: a client that asks for `text/event-stream` gets
 * them as they are made, any other the last one's data as plain JSON.
 */
export class EventStream {
  readonly events: AsyncIterable<StreamEvent>

  constructor(events: AsyncIterable<StreamEvent>) {
    this.events = events
  }
}

/** One route of the session-bound API, said without a request, a reply, a client or an id of a session. */
export interface Route {
  readonly method: 'GET' | 'POST' | 'DELETE'
  readonly url: string
  readonly summary: string
  readonly status: number
  readonly body?: TSchema
  readonly query?: TSchema
  /** The reply's schema, for the description of the API alone; without one the reply is empty. */
  readonly reply?: TSchema
  readonly handle: (ctx: RequestContext, input: RouteInput<never, never>) => Promise<unknown>
}

interface TypedRoute<Body extends TSchema, Query extends TSchema> extends Omit<Route, 'body' | 'query' | 'handle'> {
  readonly body?: Body
  readonly query?: Query
  readonly handle: (ctx: RequestContext, input: RouteInput<Static<Body>, Static<Query>>) => Promise<unknown>
}

/** Says a route; the handler's input has the types of its schemas. */
export function route<Body extends TSchema = TSchema, Query extends TSchema = TSchema>(
  spec: TypedRoute<Body, Query>,
): Route {
  return spec
}
