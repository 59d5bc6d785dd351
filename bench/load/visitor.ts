import { setTimeout as pause } from 'node:timers/promises'
import type { Canaries } from '../../prove/canaries.ts'
import { jsonOf, type Call, type Client, type Exchange } from '../../prove/client.ts'
import type { Inspector } from '../../prove/inspector.ts'

/** What the people of one run share. */
export interface Crowd {
  readonly client: Client
  readonly canaries: Canaries
  readonly inspector: Inspector
  /** Between two steps of one person. In the middle of it their page reads the session. */
  readonly thinkMs: number
  /** Called for each step that was done. */
  readonly onStep: (step: Step) => void
}

export interface Step {
  readonly name: string
  /** From its first request until what it asked for is there, with all waits that the service asked for. */
  readonly ms: number
  /** How often the service said to come back later. */
  readonly refusals: number
}

/** A journey that cannot go on. */
export class GivenUp extends Error {}

/** One person in front of the page: one cookie, one step at a time. */
export interface Visitor {
  /** Does a step and reports how long it took. */
  step<T>(name: string, action: () => Promise<T>): Promise<T>
  /**
   * Sends a request of the present step until it is answered with the status that is right.
   * @throws GivenUp when it is refused for good or for too long
   */
  send(call: Pick<Call, 'method' | 'address' | 'body' | 'headers'>, right: number): Promise<Exchange>
  /** The JSON of a reply: of a POST when there is a body, else of a GET. */
  ask<T>(address: string, body?: unknown, right?: number): Promise<Partial<T>>
  /** Thinks, and reads the session meanwhile. */
  think(): Promise<void>
  /** Registers an id that the service made as this person's alone. */
  own(id: string | undefined, field: string): string
  /** Reports what is wrong, if anything. */
  hold(wrong: string | null): void
  start(): Promise<void>
  end(): Promise<void>
}

/** As the page does: it tries five times by itself, when the service says, or in 3 s. */
const AUTOMATIC_TRIES = 5
const UNTOLD_SECONDS = 3
/** Then a person presses its button now and then, and gives up a step after this time. */
const BY_HAND_SECONDS = 10
const PATIENCE_MS = 180_000
const LATER: readonly number[] = [0, 429, 502, 503, 504]

export function createVisitor({ client, canaries, inspector, thinkMs, onStep }: Crowd, user: number): Visitor {
  let cookie: string | null = null
  let operation = ''
  let refusals = 0
  let owned = 0

  const visitor: Visitor = {
    async step(name, action) {
      const begin = performance.now()
      operation = name
      refusals = 0
      const result = await action()
      onStep({ name, ms: performance.now() - begin, refusals })
      return result
    },
    async send(call, right) {
      const begin = performance.now()
      const isStore = URL.canParse(call.address)
      const route = isStore ? 'object store' : `${call.method} ${call.address}`
      for (let tries = 1; ; tries += 1) {
        const reply = await client.send({ user, era: 0, operation, route, cookie: isStore ? null : cookie, ...call })
        if (reply.status === right) return reply
        if (!LATER.includes(reply.status) || performance.now() - begin > PATIENCE_MS)
          throw new GivenUp(
            `Person ${user}, ${operation}: ${reply.status} ${reply.error ?? reply.bytes.toString('utf8', 0, 300)}`,
          )
        refusals += 1
        const told = Number(reply.replyHeaders['retry-after'] ?? UNTOLD_SECONDS)
        await pause(1_000 * (tries < AUTOMATIC_TRIES ? Math.max(1, told) : BY_HAND_SECONDS))
      }
    },
    async ask(address, body, right = 200) {
      return jsonOf(await visitor.send({ method: body === undefined ? 'GET' : 'POST', address, body }, right))
    },
    async think() {
      await pause(thinkMs / 2)
      await visitor.step('session read', async () => {
        const { session } = await visitor.ask<{ session: { id: string } }>('/api/session')
        visitor.hold(canaries.ownerOf(session?.id ?? '')?.user === user ? null : 'another session was shown')
      })
      await pause(thinkMs / 2)
    },
    own(id, field) {
      if (id === undefined) throw new GivenUp(`Person ${user}, ${operation}: the reply has no ${field}`)
      canaries.register(id, { user, era: 0, field, version: (owned += 1) })
      return id
    },
    hold(wrong) {
      if (wrong === null) return
      inspector.report({ kind: 'wrong numbers', detail: `${operation}: ${wrong}`, viewer: { user, era: 0 } })
    },
    async start() {
      const reply = await visitor.send({ method: 'POST', address: '/api/session' }, 201)
      cookie = cookieOf(reply)
      visitor.own(jsonOf<{ session: { id: string } }>(reply).session?.id, 'session id')
      visitor.own(decodeURIComponent(cookie.slice(cookie.indexOf('=') + 1)).split('.')[0], 'session token')
      inspector.expectAlive(cookie, reply.begin)
    },
    async end() {
      const ending = cookie ?? ''
      inspector.letEnd(ending)
      const reply = await visitor.send({ method: 'DELETE', address: '/api/session' }, 204)
      inspector.bury(ending, reply.end)
    },
  }
  return visitor
}

function cookieOf({ replyHeaders }: Exchange): string {
  const cookie = String([replyHeaders['set-cookie'] ?? ''].flat()[0]).split(';')[0] ?? ''
  if (cookie === '') throw new GivenUp('A session was started without a cookie')
  return cookie
}
