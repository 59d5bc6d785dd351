import { repeated, type Person, type Reply } from './client.ts'

interface TableView {
  readonly columns: readonly string[]
  readonly rows: readonly (readonly (string | number | null)[])[]
}

export interface ChatView {
  readonly reply: {
    readonly text: string
    readonly intent: string
    readonly basis: readonly string[]
    readonly options?: readonly string[]
    readonly table?: TableView
    readonly moreTables?: readonly TableView[]
    readonly map?: {
      readonly type: string
      readonly features: readonly { readonly properties: Readonly<Record<string, unknown>> }[]
    }
    readonly plan?: Readonly<Record<string, unknown>> & { readonly id: string }
    readonly analysis?: Readonly<Record<string, unknown>> & { readonly id: string }
    readonly export?: { readonly id: string; readonly kind: string; readonly download?: { readonly url: string } }
  }
  readonly turn: {
    readonly id: string
    readonly message: string
    readonly mode: string
    readonly datasetVersion: number | null
  }
}

export type StoredTurn = ChatView['turn'] & Pick<ChatView, 'reply'>

/** Asks and expects an answer. */
export async function say(
  who: Person,
  message: string,
  options: Parameters<Person['post']>[2] = {},
): Promise<ChatView> {
  const reply = await repeated(() => who.post('/api/chat', { message }, options))
  if (reply.status !== 200) throw new Error(`${message}: ${String(reply.status)} ${reply.text}`)
  return reply.json<ChatView>()
}

export async function turnsOf(who: Person, at?: string): Promise<readonly StoredTurn[]> {
  return (await repeated(() => who.get('/api/chat', at === undefined ? {} : { at }))).json<{ turns: StoredTurn[] }>()
    .turns
}

export interface ServerEvent {
  readonly id: string
  readonly event: string
  readonly data: string
}

export async function askForEvents(
  who: Person,
  message: string,
  at?: string,
): Promise<{ readonly reply: Reply; readonly events: readonly ServerEvent[]; readonly comments: readonly string[] }> {
  const reply = await who.post(
    '/api/chat',
    { message },
    { headers: { accept: 'text/event-stream' }, ...(at !== undefined && { at }) },
  )
  // A refusal is no stream.
  return { reply, ...(reply.status === 200 ? readEvents(reply.text) : { events: [], comments: [] }) }
}

/** Reads `text/event-stream` strictly: each block is an event with all its fields, or one comment. */
export function readEvents(text: string): {
  readonly events: readonly ServerEvent[]
  readonly comments: readonly string[]
} {
  const blocks = text.split('\n\n')
  if (blocks.pop() !== '') throw new Error('The stream does not end with an empty line')
  const fields = (block: string): ServerEvent => {
    const {
      id = '',
      event = '',
      data = '',
    } = Object.fromEntries(
      block.split('\n').map((line) => {
        const [, name, value] = /^(id|event|data): (.*)$/.exec(line) ?? []
        if (name === undefined || value === undefined) throw new Error(`No such field: ${line}`)
        return [name, value]
      }),
    ) as Partial<ServerEvent>
    return { id, event, data }
  }
  return {
    events: blocks.filter((block) => !block.startsWith(':')).map(fields),
    comments: blocks.filter((block) => block.startsWith(':')),
  }
}

/**
 * Opens a stream and gives its reader after the first event: `next` reads one piece, `rest` all others, and `leave`
 * closes the connection.
 */
export async function openStream(
  who: Person,
  url: string,
  message: string,
): Promise<{
  readonly first: string
  next(): Promise<string>
  rest(onChunk?: (chunk: string) => void): Promise<string>
  leave(): void
}> {
  const controller = new AbortController()
  const reply = await fetch(`${url}/api/chat`, {
    method: 'POST',
    signal: controller.signal,
    headers: { accept: 'text/event-stream', 'content-type': 'application/json', cookie: who.cookie ?? '' },
    body: JSON.stringify({ message }),
  })
  const reader = (reply.body as ReadableStream<Uint8Array>).pipeThrough(new TextDecoderStream()).getReader()
  const { value: first = '' } = await reader.read()
  return {
    first,
    next: async () => (await reader.read()).value ?? '',
    async rest(onChunk) {
      let text = ''
      for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
        text += chunk.value
        onChunk?.(chunk.value)
      }
      return text
    },
    leave: () => {
      controller.abort()
    },
  }
}
