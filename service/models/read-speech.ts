import type { Model, ModelCall, ModelEvent } from './model.ts'

/** What a model meant to say and to call, where its server left both in one text. */
export interface Speech {
  readonly text: string
  readonly calls: readonly Omit<ModelCall, 'callId'>[]
}

const MOST_CALLS = 16

/**
 * Reads a reply as text. Thoughts, fenced blocks and special tokens are taken out of it, and calls that are written as
 * text are calls.
 */
export function readSpeech(reply: string): Speech {
  const calls: Speech['calls'][number][] = []
  const take = (json: string): string => {
    calls.push(...callsIn(json))
    return ' '
  }
  let text = withoutThoughts(reply)
    .replaceAll(
      /<(tool_call|function_call|tool_use)\b[^>]{0,200}>([\s\S]*?)(?:<\/\1\s*>|$)/gi,
      (_, _tag, json: string) => take(json),
    )
    .replaceAll(/<function=([\w.:-]{1,100})>([\s\S]*?)(?:<\/function>|$)/gi, (_, name: string, json: string) => {
      calls.push({ name, input: parsed(json) ?? json })
      return ' '
    })
    .replaceAll(/<\|python_tag\|>\s*([\s\S]*?)(?:<\|[a-z_]+\|>|$)/g, (_, json: string) => take(json))
    .replace(/\[TOOL_CALLS\]\s*([\s\S]*)$/, (_, json: string) => take(json))
    .replaceAll(/(?:```|~~~)[^\n]*\n?([\s\S]*?)(?:```|~~~|$)/g, (_, block: string) => take(block))
    .replaceAll(/<\|[\w-]{1,40}\|>|<\/?s>/g, ' ')
    .trim()
  if (/^[[{]/.test(text) && /[\]}]$/.test(text)) {
    const whole = callsIn(text)
    calls.push(...whole)
    if (whole.length > 0) text = ''
  }
  return { text, calls: calls.slice(0, MOST_CALLS) }
}

/**
 * A reply without what its model thought. A thought that is not closed was cut, and lasts to the end. Some servers put
 * the opening tag into the prompt, so that the reply has only the closing one.
 */
function withoutThoughts(reply: string): string {
  return reply
    .replaceAll(
      /<(think|thinking|thoughts?|reasoning|reflection|scratchpad)\b[^>]{0,200}>[\s\S]*?(?:<\/\1\s*>|$)/gi,
      ' ',
    )
    .replace(/^[\s\S]*<\/(?:think|thinking|thoughts?|reasoning|reflection|scratchpad)\s*>/i, ' ')
}

/** The calls in a JSON text, which is one call or a list; none where it is anything else. */
function callsIn(json: string): readonly Speech['calls'][number][] {
  const value = parsed(json) ?? parsedMistral(json)
  return (Array.isArray(value) ? (value as unknown[]) : [value]).flatMap((one) => {
    if (typeof one !== 'object' || one === null) return []
    const { function: inner, ...outer } = one as Record<string, unknown>
    const call = typeof inner === 'object' && inner !== null ? (inner as Record<string, unknown>) : outer
    const name = call['name'] ?? call['tool'] ?? call['tool_name']
    const input = call['arguments'] ?? call['parameters'] ?? call['input'] ?? call['args']
    if (typeof name !== 'string' || name.length > 100 || input === undefined) return []
    return [{ name, input: typeof input === 'string' ? (parsed(input) ?? input) : input }]
  })
}

/** `rank_wards{"order": "highest"}`, as newer models of Mistral write a call. */
function parsedMistral(text: string): unknown {
  const whole = text.trim()
  const name = /^[\w.-]{1,100}/.exec(whole)?.[0]
  if (name === undefined) return undefined
  const rest = whole.slice(name.length).trimStart()
  const input = rest.startsWith('[ARGS]') ? rest.slice('[ARGS]'.length).trimStart() : rest
  return input.startsWith('{') && input.endsWith('}') ? { name, arguments: parsed(input) ?? input } : undefined
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text.trim()) as unknown
  } catch {
    return undefined
  }
}

/** A model whose text is read as speech before anybody sees it. Its text comes as one event, before its calls. */
export function readingSpeech(model: Model): Model {
  return {
    name: model.name,
    async *converse(request, signal) {
      let text = ''
      const calls: ModelEvent[] = []
      for await (const event of model.converse(request, signal)) {
        if (event.type === 'text') text += event.text
        else if (event.type === 'call') calls.push(event)
        else {
          const speech = readSpeech(text)
          if (speech.text !== '') yield { type: 'text', text: speech.text }
          yield* calls
          if (request.tools.length > 0 && calls.length === 0)
            for (const [at, call] of speech.calls.entries())
              yield { type: 'call', call: { callId: `text-${String(at + 1)}`, ...call } }
          yield event
        }
      }
    },
  }
}
