import type { Static, TSchema } from 'typebox'
import type { RateLimitName } from './config/rate-limits.ts'
import type { RequestContext } from './context.ts'

const OPENING_BRACE = 0x7b
const CLOSING_BRACE = 0x7d

/**
 * The input of a route's handler. Bodies and queries have passed their schemas; ids in `params` still have to be looked
 * up.
 */
export interface RouteInput<Body, Query> {
  readonly body: Body
  readonly query: Query
  readonly params: Readonly<Record<string, string>>
  /** The last event that the client of an event stream has seen, if it says so. */
  readonly lastEventId?: string
}

/** JSON text that is sent as it is, so that the event loop does not parse what a worker wrote. */
export class JsonText {
  readonly parts: readonly (string | Uint8Array)[]

  constructor(...parts: readonly (string | Uint8Array)[]) {
    this.parts = parts
  }
}

/** A JSON object in which some values may already be JSON text. Undefined values are left out. */
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
 * The JSON text of an object with `fields` in front of its own, without parsing it. `fields` must not name a field that
 * the object already has. Undefined fields are left out.
 * @param object JSON as `JSON.stringify` writes an object: it begins with `{`, and an empty object is `{}`
 * @throws Error when `object` is the text of anything else
 */
export function withFields(fields: Readonly<Record<string, unknown>>, object: Uint8Array): JsonText {
  const [first, second] = object
  if (first !== OPENING_BRACE || second === undefined) throw new Error('Cannot add fields: this is not a JSON object')
  const told = JSON.stringify(fields).slice(0, -1)
  return new JsonText(told === '{' || second === CLOSING_BRACE ? told : `${told},`, object.subarray(1))
}

/** One event of a stream. With its id, a client can say how far it got. */
export interface StreamEvent {
  readonly id: string
  readonly name: string
  readonly data: JsonText
}

/**
 * An answer in events, the last of which holds the whole answer. A client that asks for `text/event-stream` gets them
 * as they are made. Any other client gets the data of the last event as plain JSON.
 */
export class EventStream {
  readonly events: AsyncIterable<StreamEvent>

  constructor(events: AsyncIterable<StreamEvent>) {
    this.events = events
  }
}

/** A file that is sent as it is made, as fast as its client reads it. Its scope stays open until then. */
export class FileStream {
  readonly filename: string
  readonly mediaType: string
  readonly bytes: number
  /** What it holds in memory at most while it waits for its client. */
  readonly held: number
  readonly body: AsyncIterable<Uint8Array>

  /** @param filename of letters, digits and `_.-` alone */
  constructor(filename: string, mediaType: string, bytes: number, held: number, body: AsyncIterable<Uint8Array>) {
    this.filename = filename
    this.mediaType = mediaType
    this.bytes = bytes
    this.held = held
    this.body = body
  }
}

/** One route of the session-bound API, described without a request, a reply, a client or an id of a session. */
export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  readonly url: string
  readonly summary: string
  readonly status: number
  /** The limit that each request of this route takes one of. */
  readonly limit?: RateLimitName
  readonly body?: TSchema
  readonly query?: TSchema
  /** The reply's schema, used only to describe the API. Without one, the reply is empty. */
  readonly reply?: TSchema
  /** The media type of the reply, where it is not JSON. */
  readonly mediaType?: string
  readonly handle: (ctx: RequestContext, input: RouteInput<never, never>) => Promise<unknown>
}

interface TypedRoute<Body extends TSchema, Query extends TSchema> extends Omit<Route, 'body' | 'query' | 'handle'> {
  readonly body?: Body
  readonly query?: Query
  readonly handle: (ctx: RequestContext, input: RouteInput<Static<Body>, Static<Query>>) => Promise<unknown>
}

/** Describes a route. The handler's input has the types of its schemas. */
export function route<Body extends TSchema = TSchema, Query extends TSchema = TSchema>(
  spec: TypedRoute<Body, Query>,
): Route {
  return spec
}
